"""The commands and programs of the documents run as they are printed, and every command is told of.

A fenced block marked ``console`` is run line by line (lines that begin with ``$``), one marked ``python`` as
a program, all of one document in its order and in one folder, so that a later block may use what an earlier
one wrote. Output that is printed in a block must come out, line by line; a line with … in it is not compared.
A comment before a block, which no reader sees, leaves it out:

    <!-- not run: why -->
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer

from conftest import ROOT
from quotes.cli import app

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/releases.md", "docs/scale.md")
_BLOCK = re.compile(r"(<!-- not run: .+? -->\n+)?^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

ARTICLES = """\
{"doc_id": "ncna-1", "published": "2024-03-05", "publisher": "NCNA", "title": "Harvest safe", "text": "Vell, March 5 (NCNA) -- President Aldo Brenn of Norvania said on Tuesday: “The harvest is safe, and nobody will go hungry.”"}
{"doc_id": "ncna-2", "published": "2024-03-06", "publisher": "NCNA", "text": "Foreign Minister Mira Solveg called the sanctions “an insult to every farmer” on Wednesday."}
"""  # noqa: E501


@dataclass(frozen=True)
class Block:
    """One fenced block: where it begins, its language, its lines."""

    document: str
    line: int
    language: str
    code: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def blocks(document: str) -> list[Block]:
    """The blocks of a document that are to be run."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return [
        Block(document, text.count("\n", 0, match.start(2)) + 1, match[2], match[3])
        for match in _BLOCK.finditer(text)
        if match[1] is None
    ]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder with the repository's files in reach, some articles, and the program of this environment."""
    folder = tmp_path_factory.mktemp("commands")
    for path in ROOT.iterdir():  # copies of what a command might write to
        if path.is_file():
            shutil.copy(path, folder)
        elif path.name == "data":
            shutil.copytree(path, folder / path.name)
        elif path.name in ("src", "scripts", "docs"):
            (folder / path.name).symlink_to(path)
    (folder / "articles.jsonl").write_text(ARTICLES, encoding="utf-8")
    (folder / "articles").mkdir()
    (folder / "articles" / "articles.jsonl").write_text(ARTICLES, encoding="utf-8")
    programs = folder / "programs"
    programs.mkdir()
    for name, what in (("quotes", "-m quotes.cli"), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {what} "$@"\n')
        (programs / name).chmod(0o755)
    return folder


def environment(place: Path) -> dict[str, str]:
    return os.environ | {
        "PATH": f"{place / 'programs'}{os.pathsep}{os.environ['PATH']}",
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": str(place / "cache"),
        "COLUMNS": "200",
        "NO_COLOR": "1",
    }


def bash(command: str, place: Path) -> subprocess.CompletedProcess[str]:
    # A program whose reader leaves early, as head does, ends with a failure that is none.
    options = ["-eu"] if "| head" in command else ["-euo", "pipefail"]
    return subprocess.run(
        ["bash", *options, "-c", command],
        cwd=place,
        env=environment(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def parts(code: str) -> list[tuple[str, list[str]]]:
    """Commands of a console block, each with the output printed under it."""
    found: list[tuple[str, list[str]]] = []
    for line in code.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found and found[-1][0].endswith("\\"):
            found[-1] = (f"{found[-1][0][:-1]}{line.removeprefix('>').strip()}", [])
        elif found and line.strip():
            found[-1][1].append(line)
    return found


def squeezed(text: str) -> str:
    return " ".join(text.split())


def run_command(command: str, place: Path) -> str:
    """Runs a command; of ``make``, which would run this very test, only whether the target is there."""
    if command.startswith("make"):
        command = command.replace("make", "make --dry-run", 1)
    done = bash(command, place)
    assert done.returncode == 0, f"$ {command}\n{done.stdout}"
    return done.stdout


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_document_runs_as_it_is_printed(document, place):
    found = blocks(document)
    assert found, f"{document} shows no command"
    for block in found:
        if block.language == "python":
            script = place / "block.py"
            script.write_text(block.code, encoding="utf-8")
            run_command("python block.py", place)
            continue
        for command, printed in parts(block.code):
            output = [squeezed(line) for line in run_command(command, place).splitlines()]
            for line in printed:
                assert "…" in line or squeezed(line) in output, f"{block}: not in the output: {line}"


def commands() -> list[str]:
    """Every command of the program, as one types it."""
    group = typer.main.get_command(app)
    names = []
    for name, command in group.commands.items():
        below = getattr(command, "commands", {})
        names += [f"quotes {name} {sub}" for sub in below] or [f"quotes {name}"]
    return names


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command):
    assert any(command in (ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS)


@pytest.mark.parametrize(
    "target", re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
)
def test_every_make_target_is_documented(target):
    assert any(f"make {target}" in (ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS)
