"""What the screens say of raters: marks in signs, a difference with its words, who gives more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from trainer.display import one_line, visible
from trainer.review import plots
from trainer.review.plots import Spot
from trainer.review.telling_agreement import (
    KAPPA,
    tell_apart,
    tell_by_mark,
    tell_leniency,
    tell_pair,
    tell_quote,
    tell_rater,
    tell_who,
)
from trainer.tui.progress_plots import moment_labels
from trainer.tui.widgets.plot import MARK_SIGNS, Draw

if TYPE_CHECKING:
    from trainer.review.agreement import Disagreement, RaterAgreement
    from trainer.review.rated import Line, Who

DIFFERS = "≠"
_NO_MARK = "·"
_MOST_POINTS = 12
_SHORT_NAME = 10


def sign_of_step(line: Line) -> str:
    """Return a sign for each step that the marks of a line lie apart; none where they agree."""
    return DIFFERS * line.step


def marks_in_signs(case: Disagreement) -> str:
    """Return who gave which mark, in one short line."""
    pairs = zip(case.answer.given, case.line.marks, strict=True)
    return "  ".join(
        f"{_NO_MARK if mark is None else MARK_SIGNS[mark]} "
        f"{one_line(tell_who(given.who), _SHORT_NAME)}"
        for given, mark in pairs
    )


def tell_case(case: Disagreement) -> Iterator[str]:
    """Yield the question, who gave what, what that means, and the words to listen to."""
    yield one_line(case.answer.prompt)
    yield from tell_line([tell_who(given.who) for given in case.answer.given], case.line)


def tell_line(names: Iterable[str], line: Line) -> Iterator[str]:
    """Yield a criterion's title, its words, and who gave it which mark and what that means."""
    same = "all gave the same mark" if any(mark is not None for mark in line.marks) else "no marks"
    yield one_line(line.criterion.title) + ("" if line.step else f": {same}")
    yield tell_quote(line.quote) if line.quote else "No words are quoted for it."
    yield from tell_by_mark(list(names), line)


def tell_raters(found: RaterAgreement, you: str = "") -> Content:
    """Return who gives more, how far each two agree, and in which points raters lie apart.

    `you` is what to call the user where several look at the screen: nobody is "You" there.
    """

    def told(who: Who) -> str:
        is_user = who.rater == "self" and not who.name
        return tell_rater(replace(who, name=you) if is_user else who)

    blocks = (
        ("Who gives more", [f"{told(one.who)}: {tell_leniency(one)}" for one in found.leniency]),
        (
            "How far two agree",
            [f"{told(pair.one)} and {told(pair.other)}: {tell_pair(pair)}" for pair in found.pairs],
        ),
        ("", [KAPPA]),
        (
            "Where raters lie apart",
            [f"{one.title}: {tell_apart(one)}" for one in found.criteria[:_MOST_POINTS]],
        ),
    )
    pieces: list[Content] = []
    for head, lines in blocks:
        if head:
            pieces.append(Content.styled(head, "bold $primary"))
        pieces += [Content(visible(line)) for line in lines]
        pieces.append(Content(""))
    return Content("\n").join(pieces[:-1])


def draw_over_time(found: RaterAgreement, height: int) -> Draw:
    """Draw the share of equal marks in percent, session by session."""

    def draw(width: int) -> list[str]:
        spots = [
            Spot(one.began, 100 * one.equal / one.pairs) for one in found.over_time if one.pairs
        ]
        return plots.draw_spots(spots, (0, 100), width, height, moment_labels)

    return draw
