"""What stands in the user's data folder and wants a decision: told on home and by the doctor."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from trainer.calibration.storing import read_calibration
from trainer.errors import ConfigError
from trainer.paths import Home
from trainer.store.backups import damaged
from trainer.system import private_hint, quoted


def standing(home: Home, strays: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return what the user should know as long as it is so, a sentence or two each.

    `strays` are recordings that belong to no answer.
    """
    exposed = exposure(home)
    found = [f"{exposed} {private_hint(home.root)}"] if exposed else []
    found += [text for text in (left_over(home), ownerless(strays), spoilt(home)) if text]
    return tuple(found)


def exposure(home: Home) -> str | None:
    """Return that other users can look into the home; None where they cannot."""
    if os.name != "posix" or not home.root.is_dir():
        return None
    mode = home.root.stat().st_mode & 0o777
    if not mode & 0o077:
        return None
    return f"{home.root} has mode {mode:04o}: other users of this machine can look into it."


def left_over(home: Home) -> str | None:
    """Return which damaged files of the history are kept; None where there is none."""
    files = damaged(home.database)
    if not files:
        return None
    names = ", ".join(str(file) for file in files)
    kept = "A damaged history file is" if len(files) == 1 else "Damaged history files are"
    return f"{kept} kept: {names}. Delete what you no longer need: trainer data delete --copies"


def spoilt(home: Home) -> str | None:
    """Return that the figures of the user's voice cannot be read; None where they can."""
    try:
        read_calibration(home)
    except ConfigError as error:
        return str(error)
    return None


def ownerless(strays: Sequence[Path]) -> str | None:
    """Return that recordings belong to no answer, and how to hear what they hold.

    None where there is none. They are not deleted: they may be all that is left of an answer.
    """
    if not strays:
        return None
    folder, count = strays[0].parent, len(strays)
    subject = "1 recording" if count == 1 else f"{count} recordings"
    verb, them = ("belongs", "it") if count == 1 else ("belong", "them")
    first = quoted(str(strays[0]))
    return (
        f"{subject} in {folder} {verb} to no answer. Write {them} down with: "
        f"trainer transcribe {first} - or delete what you no longer need."
    )
