"""Sound files from elsewhere, made into recordings: the parent's side.

The libraries that read them are written in C, and a file may be made to harm them: they run in a
child, which can crash or hang alone.
"""

from __future__ import annotations

import json
import logging
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer.children.parent import Stopped, run_child
from trainer.display import clock_time, going_on, one_line
from trainer.errors import SoundError, TrainerError, UsageError
from trainer.paths import PRIVATE_FOLDER_MODE

LONGEST_S = 2 * 3600.0
"""Longer sound than this is refused: it is not an answer, and would fill the disk."""

# An hour of compressed speech (7 MB) takes some seconds, so this is plenty for a slow machine.
LIMIT_S = 60.0
SLOWEST_BYTES_A_SECOND = 200_000
LONGEST_LIMIT_S = 900.0
# A child that was told nothing better than to end has to take away what it wrote.
GRACE_S = 2.0
LOOK_EVERY_S = 0.1
_PLAIN = "wav, flac, ogg, opus and mp3"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a sound file: seconds of sound, and whether it was damaged after them."""

    length_s: float
    damaged: bool


def convert(
    source: Path,
    target: Path,
    from_s: float = 0.0,
    to_s: float | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Converted:
    """Make a recording of a sound file: wav, flac, ogg, mp3, and what ffmpeg knows if it is there.

    What is in the file counts, not its name. Only the sound from one second to another is taken,
    None for the file's end. A file that is damaged somewhere is kept up to there. `target` appears
    when it is whole, for the user alone; what fails leaves nothing behind. Raises `UsageError`
    where the file is not one that can be read, `SoundError` for the rest, and `Stopped` where it
    is `cancelled`.
    """
    size = _check(source)
    if from_s < 0 or (to_s is not None and to_s <= from_s):
        raise UsageError("The end must come after the beginning.", "Give both in seconds.")
    if to_s is not None and to_s - from_s > LONGEST_S:
        raise _explain("too long", "", source, target)
    limit_s = min(LIMIT_S + size / SLOWEST_BYTES_A_SECOND, LONGEST_LIMIT_S)
    partial = target.with_name(f"{target.name}.partial")
    order = {"source": str(source), "target": str(partial), "longest_s": LONGEST_S}
    order |= {"from_s": from_s, "to_s": to_s}
    try:
        target.parent.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
        said = _run(order, limit_s, cancelled)
        if "length_s" not in said:
            raise _explain(said["problem"], said.get("detail", ""), source, target)
        partial.replace(target)
    except OSError as error:
        raise _explain("no room", error.strerror or str(error), source, target) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    if said["damaged"]:
        _log.info("a sound file is damaged after %.1f s", said["length_s"])
    return Converted(said["length_s"], said["damaged"])


def _check(source: Path) -> int:
    """Return the size of a file that may hold sound. Raises `UsageError`."""
    name = one_line(str(source))
    try:
        found = source.stat()
    except FileNotFoundError:
        raise UsageError(f"The file {name} is not there.", "Check its name and folder.") from None
    except (OSError, ValueError) as error:
        raise _unreadable(source, getattr(error, "strerror", None) or str(error)) from None
    if stat.S_ISDIR(found.st_mode):
        raise UsageError(f"{name} is a folder.", "Name a sound file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise UsageError(
            f"{name} is not a file but a device or a pipe.",
            "Save the sound into a file first, and name that.",
        )
    if not found.st_size:
        raise UsageError(f"The file {name} is empty.", "Check how it was saved or copied.")
    return found.st_size


def _run(order: dict[str, Any], limit_s: float, cancelled: Callable[[], bool]) -> dict[str, Any]:
    """Return what the child said last. Raises `Stopped`."""
    child = "trainer.capture.converting"
    result = run_child(
        child, [json.dumps(order)], timeout_s=limit_s, cancelled=cancelled, grace_s=GRACE_S
    )
    if result.timed_out and cancelled():
        raise Stopped
    said = result.messages[-1] if result.messages else {}
    if "length_s" in said:
        return said
    if result.timed_out:  # whatever it said while it was being ended
        return {"problem": "hanging", "detail": f"{limit_s:.0f}"}
    return said or {"problem": "died", "detail": f"exit code {result.exit_code}"}


def _explain(problem: str, detail: str, source: Path, target: Path) -> TrainerError:
    """Return the error for what the child, or the system, said of a file."""
    from trainer.system import ffmpeg_hint, package_hint  # asyncio: 30 ms

    name, detail = one_line(str(source)), one_line(detail, 200)
    convertible = f"Save it as one of {_PLAIN}, and try again."
    match problem:
        case "unreadable":
            return _unreadable(source, detail)
        case "not sound":
            return UsageError(
                f"The file {name} holds no sound that can be read.",
                f"Name a sound file. If it is one, it may be damaged: {going_on(convertible)}",
            )
        case "needs ffmpeg":
            return SoundError(f"Reading the file {name} ({detail}) needs ffmpeg.", ffmpeg_hint())
        case "perhaps ffmpeg":
            return UsageError(
                f"The file {name} holds no sound that can be read.",
                f"Name a sound file ({_PLAIN}). For other kinds ffmpeg is needed. {ffmpeg_hint()}",
            )
        case "broken ffmpeg":
            return SoundError(f"ffmpeg cannot be started: {detail}.", ffmpeg_hint(again=True))
        case "no library":
            return SoundError(
                f"The package soundfile cannot be used: {detail}.",
                package_hint("soundfile", again=True),
            )
        case "no samples":
            return UsageError(
                f"The file {name} holds no sound: it is empty, or was cut off at its beginning.",
                "Check how it was saved or copied.",
            )
        case "too long":
            return UsageError(
                f"The sound in {name} is longer than {clock_time(LONGEST_S)} minutes.",
                "Cut the answer out of it, and name that file.",
            )
        case "beyond":
            return UsageError(
                f"The sound in {name} ends at {clock_time(float(detail))}, before the part begins.",
                "Choose an earlier beginning.",
            )
        case "no room":
            return SoundError(
                f"The sound of {name} cannot be kept in {one_line(str(target.parent))}: {detail}.",
                "Free some space on its disk and check your rights there, then try again.",
            )
        case "hanging":
            return SoundError(
                f"Reading the file {name} was given up after {detail} s.", convertible
            )
        case _:
            return SoundError(
                f"The file {name} made its reader fail ({detail}). Nothing else is harmed.",
                f"It is probably damaged. {convertible}",
            )


def _unreadable(source: Path, detail: str) -> UsageError:
    return UsageError(
        f"The file {one_line(str(source))} cannot be read: {one_line(detail, 200)}.",
        "Check its rights and its disk.",
    )
