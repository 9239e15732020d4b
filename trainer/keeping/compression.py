"""Compressing a recording: the parent's side of the child that does it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trainer.children.parent import Stopped, run_child
from trainer.errors import SoundError, TrainerError

# An hour of speech (115 MB) takes some seconds; the child gives way to every other program.
LIMIT_S = 60.0
SLOWEST_BYTES_A_SECOND = 200_000
GRACE_S = 2.0
_CHILD = "trainer.keeping.compressing"


def compress(wav: Path, target: Path, cancelled: Callable[[], bool]) -> None:
    """Write a FLAC file that is known to hold what a recording does, with its time.

    What fails leaves no target. Raises `Stopped` where it is `cancelled`, and `TrainerError`.
    """
    said = _run({"source": str(wav), "target": str(target)}, wav, cancelled)
    if "bytes" not in said:
        raise _explain(str(said["problem"]), str(said.get("detail", "")), wav)


def is_same(wav: Path, flac: Path, cancelled: Callable[[], bool]) -> bool:
    """Tell whether both forms hold the same sound. Raises as `compress` does."""
    said = _run({"source": str(wav), "target": str(flac), "check": True}, wav, cancelled)
    if "same" not in said:
        raise _explain(str(said["problem"]), str(said.get("detail", "")), wav)
    return bool(said["same"])


def _run(order: dict[str, Any], wav: Path, cancelled: Callable[[], bool]) -> dict[str, Any]:
    try:
        limit_s = LIMIT_S + wav.stat().st_size / SLOWEST_BYTES_A_SECOND
        result = run_child(
            _CHILD, [json.dumps(order)], timeout_s=limit_s, cancelled=cancelled, grace_s=GRACE_S
        )
    except OSError as error:
        return {"problem": "system", "detail": error.strerror or str(error)}
    if result.timed_out:
        if cancelled():
            raise Stopped
        return {"problem": "hanging", "detail": f"after {limit_s:.0f} s"}
    if result.messages:
        return result.messages[-1]
    return {"problem": "died", "detail": f"exit code {result.exit_code}"}


def _explain(problem: str, detail: str, wav: Path) -> TrainerError:
    why = {
        "differs": "what was written is not what was recorded",
        "no samples": "it holds no sound",
        "no recording": "it is not a recording of this program",
        "hanging": f"it was given up {detail}",
    }.get(problem, detail or problem)
    message = f"The recording {wav} was not compressed: {why}. It stays as it is."
    if problem == "no library":
        from trainer.system import package_hint  # asyncio: 30 ms

        return SoundError(message, package_hint("soundfile", again=True))
    if problem in ("no samples", "no recording"):
        return BadRecordingError(message, "Delete its answer if you do not need it.")
    return SoundError(message, f"Check the free space and your rights in {wav.parent}.")


class BadRecordingError(SoundError):
    """This one recording cannot be compressed; others can."""
