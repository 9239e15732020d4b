"""What is said of the user's data, in plain English; the same on a screen and a terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.display import one_line
from trainer.holdings import Holding, Kind
from trainer.keeping.saying import size

if TYPE_CHECKING:
    from trainer.care import Share, Survey
    from trainer.erasing import Erased
    from trainer.paths import Home

HEADER = ("What", "How many", "Size", "Where")
WORD = "delete"
"""What is to be typed before everything is deleted."""

TITLES: dict[Kind, str] = {
    "history": "Answers: words, marks, notes",
    "sessions": "Sessions with others",
    "recordings": "Sound of your answers",
    "copies": "Backups and damaged files",
    "profile": "Your names (trainer profile)",
    "calibration": "Figures of your voice",
    "settings": "Settings",
    "models": "Speech models and downloads",
    "logs": "Logs, without words of yours",
    "locks": "Locks of running programs",
    "banks": "Question banks of your own",
    "other": "Files of your own",
}
ELSEWHERE = (
    "Not in this folder, and not known here: files that you exported, sound files that you "
    "imported from elsewhere, and copies or backups that you or your system made."
)
_MOST_NAMED = 10
_LONGEST = 500


def _where(kind: Kind, home: Home) -> str:
    """Return where a kind lies, as a path below the data folder; empty where that is the folder."""
    places: dict[Kind, str] = {
        "history": home.database.name,
        "sessions": home.peer.name,
        "recordings": home.recordings.name,
        "copies": f"{home.database.name}.*",
        "profile": home.profile.name,
        "calibration": home.calibration_file.name,
        "settings": home.config_file.name,
        "models": home.models.name,
        "logs": home.logs.name,
        "locks": home.locks.name,
        "banks": home.banks.name,
        "other": "",
    }
    folders = ("recordings", "sessions", "models", "logs", "locks", "banks")
    return f"{places[kind]}{os.sep}" if kind in folders else places[kind]


def privacy(survey: Survey) -> str:
    """Return who may look into the folder."""
    if survey.private:
        return "Only you can read it. Nothing of it leaves this machine by itself."
    from trainer.system import private_hint  # asyncio: 30 ms

    return f"Other users of this machine can look into it. {private_hint(survey.folder)}"


def rows(survey: Survey, home: Home) -> list[tuple[str, str, str, str]]:
    """Return what there is of each kind: title, how many, size, and where."""
    return [
        (TITLES[share.kind], _count(share, survey), size(share.bytes), _where(share.kind, home))
        for share in survey.shares
    ]


def _count(share: Share, survey: Survey) -> str:
    if share.kind == "history":
        unfinished = f", {survey.unfinished} unfinished" if survey.unfinished else ""
        return f"{survey.answers}{unfinished}"
    if share.kind == "recordings":
        return str(survey.sound.whole.count)
    return "1 file" if share.files == 1 else f"{share.files} files"


def outcome(done: Erased) -> Iterator[str]:
    """Yield what became of a deletion."""
    if done.count:
        files = "1 file is" if done.count == 1 else f"{done.count} files are"
        yield f"{files} deleted: {size(done.bytes)} are free again."
    else:
        yield "There was nothing to delete."
    yield from left(done)
    yield from staying(done.stays, done.links)


def left(done: Erased) -> Iterator[str]:
    """Yield what could not be deleted."""
    if done.left:
        yield "These could not be deleted. Delete them yourself:"
        yield from (f"  {one_line(str(path), _LONGEST)}: {reason}" for path, reason in done.left)


def staying(own: tuple[Holding, ...], links: tuple[Holding, ...] = ()) -> Iterator[str]:
    """Yield what stays: the user's own files, and what links point to."""
    if own:
        yield "These are your own and stay. Delete them yourself if you want:"
        yield from (f"  {_shown(one)}" for one in own[:_MOST_NAMED])
        if len(own) > _MOST_NAMED:
            yield f"  and {len(own) - _MOST_NAMED} more"
    if links:
        yield "These are links. They go, and what they point to stays:"
        yield from (f"  {_shown(one)}" for one in links)


def interruption(done: Erased | None) -> str | None:
    """Return what was done at the start because a deletion had been interrupted, or None."""
    if done is None:
        return None
    told = "Everything was being deleted when the program was ended. The rest is deleted now."
    return " ".join((told, *(line.strip() for line in left(done))))


def _shown(one: Holding) -> str:
    arrow = "" if one.target is None else f" -> {one.target}"
    return one_line(f"{one.path}{arrow}", _LONGEST)
