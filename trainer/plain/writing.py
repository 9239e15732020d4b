"""Writing answers to files of the user's own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.display import one_line
from trainer.exchange.exchanging import write_file
from trainer.exchange.exporting import export, export_to
from trainer.importing import path_of
from trainer.lines.text import counted
from trainer.plain.console import NUMBER, Console, Letter

if TYPE_CHECKING:
    from trainer.exchange.exchanging import Form
    from trainer.services import Services

_BACK = Letter("q", "back", "Go back. Nothing is written.")
_KINDS: tuple[tuple[Form, str], ...] = (
    ("md", "text to read and to paste (md)"),
    ("html", "a page that looks good printed (html)"),
    ("json", "everything but the sound, to keep or to import again (json)"),
    ("csv", "figures for a spreadsheet (csv)"),
    ("srt", "subtitles (srt)"),
    ("vtt", "subtitles (vtt)"),
)
_OF_MANY = 4
_NAMING = (
    "Write a name for the file, with its folder if it is not to be in this one. No file is "
    "replaced without a question."
)
_FOR_A_MENTOR = "a file for a mentor, who marks it and sends it back"


def write_answers(services: Services, console: Console, attempt_ids: Sequence[str]) -> None:
    """Ask for a form and a file, and write the answers there. Raises `TrainerError`."""
    one = attempt_ids[0] if len(attempt_ids) == 1 else None
    kinds = _KINDS if one else _KINDS[:_OF_MANY]
    offered = [*(told for _, told in kinds), *([_FOR_A_MENTOR] if one else [])]
    console.say("")
    for at, told in enumerate(offered, 1):
        console.say(f"{at:>2}  {told}")
    console.say("Give the number of a form.")
    key, number = console.choose([_BACK], len(offered))
    if key != NUMBER:
        return
    if one and int(number) > len(kinds):
        _share(services, console, one)
        return
    form = kinds[int(number) - 1][0]
    named = ask_file(console)
    if named is None:
        return
    file, replaces = named
    text = export(services.exchange, services.view, attempt_ids, form)
    write_file(file, export_to(text, form), replaces=replaces)
    console.tell(
        f"{counted(len(attempt_ids))} written to {one_line(str(file))}. It holds your words: "
        "think before you send it."
    )


def _share(services: Services, console: Console, attempt_id: str) -> None:
    """Ask what a mentor is to get, and write it. Raises `TrainerError`."""
    console.tell(
        "In it are the newest words, the question and the checklist, and nothing else of your "
        "history. Names that you said are in the words."
    )
    has_sound = services.view(attempt_id).recording is not None
    sound = has_sound and console.agree("Put the sound in? Your voice is in it then.")
    ratings = console.agree("Put marks in, too? Whoever sees none first rates more freely.")
    named = ask_file(console)
    if named is None:
        return
    file, replaces = named
    text = services.exchange.share(attempt_id, sound=sound, ratings=ratings)
    write_file(file, text, replaces=replaces)
    console.tell(
        f"The answer is written to {one_line(str(file))}. Whoever marks it opens it with: trainer "
        "review FILE. What comes back you take in with: trainer history import FILE."
    )


def ask_file(console: Console) -> tuple[Path, bool] | None:
    """Ask for a file, and whether it may be replaced; None where nothing is to be written."""
    typed = console.ask("Name of the file (Enter writes nothing)", _NAMING)
    if not typed:
        console.say("Nothing was written.")
        return None
    file = path_of(typed)
    replaces = os.path.lexists(file) and not file.is_dir()
    if replaces and not console.agree(
        f"There is a file {one_line(str(file))} already. Replace it?"
    ):
        console.say("Nothing was written.")
        return None
    return file, replaces
