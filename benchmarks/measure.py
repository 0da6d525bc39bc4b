"""A command run and measured: seconds, and the memory of all its processes together."""

from __future__ import annotations

import os
import platform
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.25  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Measured:
    """Wall-clock seconds, seconds of processor time, MB of memory at most, and the load before and after."""

    seconds: float
    processor: float
    megabytes: float
    load: tuple[float, float]


def measured(command: Sequence[str | Path], accepted: Sequence[int] = (0,)) -> Measured:
    """Runs a command to its end. Raises RuntimeError, with what it said, where it fails."""
    before, load = os.times(), os.getloadavg()[0]
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak = [0.0]
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watch.start()
    _, said = process.communicate()
    done.set()
    watch.join()
    seconds, after = time.perf_counter() - start, os.times()
    if process.returncode not in accepted:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.returncode}: {said[-500:]}")
    processor = sum(after[2:4]) - sum(before[2:4])
    return Measured(round(seconds, 2), round(processor, 2), round(peak[0], 1), (load, os.getloadavg()[0]))


def _watch(pid: int, peak: list[float], done: threading.Event) -> None:
    while not done.wait(_EVERY):
        peak[0] = max(peak[0], sum(map(_megabytes, _tree(pid))))


def _tree(pid: int) -> list[int]:
    """A process and everything that it started."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(path.parent.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def _megabytes(pid: int) -> float:
    """The share of memory of a process: what it has with others is counted once, over all of them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon")) / 1024


def machine() -> dict[str, object]:
    """What the figures were taken on."""
    model = "unknown"
    if Path("/proc/cpuinfo").exists():
        names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gib": round(memory, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
