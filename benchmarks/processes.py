"""What a process and its children cost, as Linux tells it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100

_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)


@contextmanager
def one_core() -> Iterator[Mapping[str, str]]:
    """Let processes that start meanwhile run on one core; yields the environment for them.

    Where a process cannot be bound to a core, numpy is held to one thread and nothing else is.
    """
    environment = {**os.environ, **_ONE_THREAD}
    if not hasattr(os, "sched_setaffinity"):
        yield environment
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield environment
    finally:
        os.sched_setaffinity(0, cores)


def cpu_s(pid: int) -> float:
    """Return the seconds of CPU that a running process has used, in steps of 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def cpu_of_children_s() -> float:
    """Return the seconds of CPU that children of this process used which have ended."""
    used = os.times()
    return used.children_user + used.children_system


def peak_mb(pid: int) -> float:
    """Return the most memory that a running process has held, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1000
    raise RuntimeError(f"process {pid} has no memory any more")


def child_of(pid: int, module: str) -> int:
    """Return the process that runs `module` below the process `pid`."""
    return next(child for child in _below(pid) if module in _command(child))


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="utf-8").split():
            yield int(child)
            yield from _below(int(child))


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
