"""What marks in the words of an answer look like, and the line that says what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from trainer.coach.hesitations import Hesitations

# Each must be seen without colour, and beside the others: a word can be all three. Underlined words
# are unsure on every screen. Many terminals draw no italics, so that no mark rests on them. Without
# colour nothing is left of a background: chosen and played words are reversed then, and what could
# sound wrong has its sign before each word in place of that.
EVIDENCE_STYLE = "bold $success"
FLAG_STYLE = "bold reverse $warning"
UNSURE_STYLE = "underline $warning"
CHOSEN_STYLE = "reverse $foreground on $background"
PLAYING_STYLE = "bold reverse $primary on $background"
SIGN_STYLE = "$quiet"

FLAG_SIGN, FLAG_SIGN_STYLE = "!", "bold $warning"
NOTE_SIGN, NOTE_STYLE = "✎", "bold $accent"
NOTED = ("«", "»")
"""What stands around the words of a note."""
SURE_UM, POSSIBLE_UM = "[um]", "[um?]"


def legend(
    *,
    marks: bool,
    flags: bool,
    unsure: bool,
    notes: bool,
    heard: Hesitations,
    colourless: bool = False,
) -> Iterator[Content]:
    """Yield what each sign means that stands in the words."""
    flag = (FLAG_SIGN, FLAG_SIGN_STYLE) if colourless else ("reversed", FLAG_STYLE)
    ums = [one.sure for one in heard.breaks if one.kind == "um"]
    fillers = [*ums, *(one.sure for one in heard.fillers)]
    quiet = f"bold {SIGN_STYLE}"
    entries = (
        (marks, "bold", EVIDENCE_STYLE, "earned a mark"),
        (flags, *flag, "could sound wrong"),
        (unsure, "underlined", UNSURE_STYLE, "unsure"),
        (len(ums) < len(heard.breaks), "(.8)", quiet, "pause in seconds"),
        (any(fillers), SURE_UM, quiet, "filler"),
        (not all(fillers), POSSIBLE_UM, quiet, "perhaps a filler"),
        (notes, "".join(NOTED), quiet, "your note"),
    )
    for holds, sign, style, meaning in entries:
        if holds:
            yield Content.assemble((sign, style), (f": {meaning}", "$quiet"))
