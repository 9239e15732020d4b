"""What home says of the banks, of what waits, and of what is ready."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from textual.content import Content

from trainer.display import one_line, visible

if TYPE_CHECKING:
    from trainer.bank.types import Bank
    from trainer.services import BankLine, Overview

MOST_COMPLAINTS = 2
LABEL_CELLS = 9
_MOST_PROMPT = 28  # one line of 80 columns
_KEYWORDS_ALONE = "keywords alone. A full install is more exact. See: trainer doctor"


def opening(wait: str = "", width: int = 80) -> Content:
    """Return the state before the history is open, with what one waits for."""
    lines = [_ready("opening the history …")]
    if wait:
        lines.append(_line("Wait", "$primary", wait, width))
    return Content("\n").join(lines)


def state(overview: Overview, width: int, *, by_voice: bool, rates_fully: bool) -> Content:
    """Return how one answers, what is ready and what is missing, in a window of `width` cells."""
    answers = "1 answer" if overview.answers == 1 else f"{overview.answers} answers"
    lines = [_way(by_voice), _ready(f"history ({answers})")]
    lines += [  # before what is always there, as a low window shows few lines
        _line("To mend", "$warning", text, width) for text in overview.missing[:MOST_COMPLAINTS]
    ]
    more = len(overview.missing) - MOST_COMPLAINTS
    if more > 0:
        lines.append(Content(f"         and {more} more. See them all: trainer banks check"))
    if not rates_fully:
        lines.append(_line("Rating", "$warning", _KEYWORDS_ALONE, width))
    lines.append(_line("Voice", "$primary", overview.voice, width))
    return Content("\n").join(lines)


def waiting(overview: Overview) -> str:
    """Return what was begun and waits, line by line; "" where nothing does."""
    lines = []
    if overview.unfinished:
        count = overview.unfinished
        what, it = ("An answer is", "it") if count == 1 else (f"{count} answers are", "one")
        lines.append(f"{what} not finished. Press u to go on, or to discard {it}.")
    if overview.half_marked:
        newest = one_line(overview.half_marked[0], _MOST_PROMPT)  # the next one follows it
        lines.append(f"Your marks are half done. Press h and open: {newest}")
    return "\n".join(lines)


def about(bank: Bank | None, questions: int) -> Content:
    """Return what a bank holds; None: all banks, of which a practice asks so many questions."""
    if bank is None:
        return Content.assemble(
            ("All banks, mixed\n\n", "bold $primary"),
            f"{questions} questions from all banks. Those that you have answered least come first.",
        )
    return Content.assemble(
        (f"{visible(bank.title)}\n\n", "bold $primary"),
        f"{visible(bank.about)}\n\n",
        *(f"· {one_line(question.prompt)}\n" for question in bank.questions),
    )


def title(bank: BankLine) -> str:
    """Return the name of a bank in the list."""
    return f"{visible(bank.title)} (yours)" if bank.yours else visible(bank.title)


def _ready(history: str) -> Content:
    return Content.assemble(("Ready    ", "bold $success"), f"typed practice, rating, {history}")


def _way(by_voice: bool) -> Content:
    ways = (
        ("by keyboard", "speak instead"),
        ("by voice", "type instead, m to try the microphone"),
    )
    now, other = ways[by_voice]
    return Content.assemble(("Answer   ", "bold $primary"), (now, "bold"), f". Press v to {other}.")


def _line(label: str, style: str, text: str, width: int) -> Content:
    """Return a text beside its label, every line of it."""
    room = max(20, width - LABEL_CELLS - 6)
    lines = [part for line in visible(text).splitlines() for part in wrap(line, room)]
    indented = ("\n" + " " * LABEL_CELLS).join(lines)
    return Content.assemble((label.ljust(LABEL_CELLS), f"bold {style}"), indented)
