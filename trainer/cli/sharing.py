"""`trainer share`: one answer as a file for a mentor."""

from __future__ import annotations

from pathlib import Path

import click

from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_text
from trainer.display import one_line

_STDOUT = "-"
_LARGE_BYTES = 20_000_000


@click.command()
@click.argument("attempt_id", metavar="ATTEMPT")
@click.option("--sound", is_flag=True, help="Put the sound of the answer in, too.")
@click.option("--ratings", is_flag=True, help="Put the machine's marks in, and yours.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write here; - is stdout. Without it answer-ID.json, in this folder.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def share(attempt_id: str, sound: bool, ratings: bool, output: str | None, force: bool) -> None:
    """Write one answer into a file for a mentor.

    The mentor marks it and sends it back. The file holds the question, the newest words with their
    times, and the checklist as text. The sound is in it only with --sound. Marks are in it only
    with --ratings: whoever sees none first rates more freely. Nothing else of your history is in
    it: no other answer or version, no day, tag, note or file name, and no name of this machine.

    Nothing is sent anywhere: the file is yours to send. What comes back, take in with: trainer
    history import FILE. What is in the file: docs/share.md.

    \b
    Examples:
      trainer share 3f2a9c1b
      trainer share 3f2a9c1b --sound -o for-my-mentor.json
    """
    from trainer.exchange.exchanging import write_file
    from trainer.importing import path_of
    from trainer.lines.attempts import SHORT_ID

    with services_opened() as services:
        found = services.find_attempt(attempt_id)
        text = services.exchange.share(found, sound=sound, ratings=ratings)
    if output == _STDOUT:
        say_text(text)
        return
    file = path_of(output) if output else Path(f"answer-{found[:SHORT_ID]}.json")
    write_file(file, text, replaces=force)
    say(
        f"1 answer is written to {one_line(str(file))}",
        f"In it: its words, question and checklist{', sound' if sound else ''}"
        f"{', marks' if ratings else ''}.",
        f"When it comes back: trainer history import {one_line(str(file))}",
    )
    if len(text) > _LARGE_BYTES:
        note("It is large for a mail: send it another way, or leave out --sound.")
