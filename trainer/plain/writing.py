"""Writing answers to files of the user's own."""

from __future__ import annotations

import os
from collections.abc import Sequence
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


def write_answers(services: Services, console: Console, attempt_ids: Sequence[str]) -> None:
    """Ask for a form and a file, and write the answers there. Raises `TrainerError`."""
    kinds = _KINDS if len(attempt_ids) == 1 else _KINDS[:_OF_MANY]
    console.say("")
    for at, (_, told) in enumerate(kinds, 1):
        console.say(f"{at:>2}  {told}")
    console.say("Give the number of a form.")
    key, number = console.choose([_BACK], len(kinds))
    if key != NUMBER:
        return
    form = kinds[int(number) - 1][0]
    typed = console.line("Name of the file (Enter writes nothing): ").strip()
    if not typed:
        console.say("Nothing was written.")
        return
    file = path_of(typed)
    replaces = os.path.lexists(file) and not file.is_dir()
    if replaces and not console.agree(f"There is a file {file} already. Replace it?"):
        console.say("Nothing was written.")
        return
    text = export(services.exchange, services.view, attempt_ids, form)
    write_file(file, export_to(text, form), replaces=replaces)
    console.tell(
        f"{counted(len(attempt_ids))} written to {one_line(str(file))}. It holds your words: "
        "think before you send it."
    )
