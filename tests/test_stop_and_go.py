"""Builds that are stopped: killed, interrupted, out of space. The same command goes on, to the same bytes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import ROOT
from test_shards import article

# Small shards: so that there is something to go on with.
PROGRAM = """
import sys
from quotes.shards import cut
cut.FIRST = 12_000
from quotes.cli import main
if __name__ == "__main__":
    sys.argv[0] = "quotes"
    main()
"""


@pytest.fixture
def program(tmp_path) -> Path:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    return path


@pytest.fixture
def raw(write_lines) -> Path:
    return write_lines("raw.jsonl", [*(article(number) for number in range(300)), "broken"])


def start(program: Path, *arguments: object, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, program, *map(str, arguments)], stderr=subprocess.PIPE, encoding="utf-8", cwd=ROOT, **options
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = process.communicate(timeout=300)
    return process.returncode, said


def wait_for(condition, process: subprocess.Popen[str]) -> None:
    while not condition() and process.poll() is None:
        time.sleep(0.01)


def shards(work: Path) -> dict[str, int]:
    return {path.parent.name: path.stat().st_mtime_ns for path in work.glob("[0-9]*/done.json")}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_killed_twice_it_ends_with_the_bytes_of_an_undisturbed_run(program, raw, tmp_path):
    output, work = tmp_path / "out", tmp_path / ".out.work"
    arguments = ("build", raw, "-o", output, "--no-stance", "-w", 2)
    for enough in (2, 6):
        process = start(program, *arguments)
        wait_for(lambda enough=enough: len(shards(work)) >= enough, process)
        process.kill()
        finish(process)
        assert not output.exists()
    before = shards(work)
    process = start(program, *arguments)
    wait_for(lambda: len(shards(work)) > len(before) + 2, process)
    assert before.items() <= shards(work).items(), "a finished shard was done again"
    code, said = finish(process)
    assert code == 1, said
    assert "of an earlier run kept" in said
    assert finish(start(program, "build", raw, "-o", tmp_path / "straight", "--no-stance", "-w", 1))[0] == 1
    assert contents(output) == contents(tmp_path / "straight")
    assert {path.name for path in tmp_path.iterdir()} == {"program.py", "raw.jsonl", "out", "straight"}


def test_ctrl_c_ends_cleanly_and_says_how_to_go_on(program, raw, tmp_path):
    arguments = ("extract", raw, "-o", tmp_path / "out.jsonl", "--no-stance", "-w", 2)
    # A shell starts what runs behind it deaf to Ctrl-C, and so would be what this starts.
    hear = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    process = start(program, *arguments, start_new_session=True, **hear)
    wait_for(lambda: len(shards(tmp_path / ".out.jsonl.work")) >= 2, process)
    os.killpg(process.pid, signal.SIGINT)
    code, said = finish(process)
    assert code == 130, said
    assert said == "Error: stopped. The same command goes on from here.\n"
    assert not (tmp_path / "out.jsonl").exists()
    code, said = finish(start(program, *arguments))
    assert "of an earlier run kept" in said
    rows = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({json.loads(row)["doc_id"] for row in rows}) == 300


def test_two_builds_into_one_folder_the_second_refuses(program, raw, tmp_path):
    arguments = ("build", raw, "-o", tmp_path / "out", "--no-stance", "-w", 1)
    first = start(program, *arguments)
    wait_for(lambda: len(shards(tmp_path / ".out.work")) >= 1, first)
    first.send_signal(signal.SIGSTOP)
    code, said = finish(start(program, *arguments))
    first.send_signal(signal.SIGCONT)
    assert (code, "another process is making this" in said) == (2, True), said
    assert finish(first)[0] == 1
    code, said = finish(start(program, *arguments))
    assert (code, "there already" in said) == (2, True)


def test_workers_do_not_outlive_a_killed_build(program, raw, tmp_path):
    process = start(program, "build", raw, "-o", tmp_path / "out", "--no-stance", "-w", 2)
    wait_for(lambda: len(shards(tmp_path / ".out.work")) >= 1, process)
    workers = children(process.pid)
    assert workers
    process.kill()
    finish(process)
    for _ in range(1000):
        if not any(alive(one) for one in workers):
            return
        time.sleep(0.02)
    pytest.fail("workers are left")


def children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found.append(int(path.parent.name))
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/mounts").exists() or os.geteuid() != 0, reason="only root mounts a small disk")
@pytest.mark.parametrize("command", ["build", "extract"])
def test_a_full_disk_is_told_and_with_room_it_goes_on(program, raw, tmp_path, command):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "none", disk]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    output = disk / ("out" if command == "build" else "out.parquet")
    arguments = (command, raw, "-o", output, "--no-stance", "-w", 1)
    try:
        code, said = finish(start(program, *arguments))
        assert code == 2, said
        assert "the disk is full" in said
        assert "Traceback" not in said
        assert not output.exists()
        assert shards(disk / f".{output.name}.work")
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        code, said = finish(start(program, *arguments))
        assert (code, "of an earlier run kept" in said) == (1, True), said
        assert output.exists()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_place_that_may_not_be_written_to_is_refused(program, raw):
    code, said = finish(start(program, "extract", raw, "-o", "/proc/out.jsonl", "--no-stance", "-w", 1))
    assert (code, "nothing can be written there" in said) == (2, True), said
