"""How raters agree, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.agreement.types import Figure
from trainer.coach.own_marks import word_of
from trainer.display import clock_time, one_line
from trainer.review.agreement import LEAST_SESSIONS, Apart, Leniency, Pair, RaterAgreement
from trainer.review.rated import Line, Quote, Who

KAPPA = (
    "Kappa is 1 where all marks are the same and 0 where they agree as by chance. A mark that is "
    "two steps away counts four times."
)
_LONGEST_NAME = 40
_MOST_NAMED = 8


def tell_who(who: Who) -> str:
    """Return what to call a rater in a list."""
    if who.rater == "machine":
        return "Machine"
    if who.name:
        return one_line(who.name, _LONGEST_NAME)
    return "You" if who.rater == "self" else "A listener"


def tell_rater(who: Who) -> str:
    """Return what to call a rater over many answers: of others, and of one's own, differ."""
    return f"{tell_who(who)} (own answers)" if who.rater == "self" and who.name else tell_who(who)


def tell_extent(found: RaterAgreement) -> str:
    """Return how much there is, and what is missing for intervals."""
    answers = "1 answer was" if found.answers == 1 else f"{found.answers} answers were"
    sessions = "1 session" if found.sessions == 1 else f"{found.sessions} sessions"
    line = f"{answers} marked by two or more raters, in {sessions}."
    if found.sessions < LEAST_SESSIONS:
        line += f" How sure this is can be told from {LEAST_SESSIONS} sessions on."
    return line


def tell_leniency(one: Leniency) -> str:
    """Return by how much a rater gives more or less than the others for the same answers."""
    value = one.step.value or 0.0
    amount = f"{value:+.2f} of a step a mark{_interval(one.step, '+.2f')}, {one.marks} marks"
    if one.step.low is None:
        return f"{amount}."
    if not one.is_sure:
        return f"{amount}. Like the others, as far as these marks tell."
    return f"{amount}. Gives {'more' if value > 0 else 'less'} than the others."


def tell_pair(one: Pair) -> str:
    """Return how far two raters agree."""
    same = f"{one.equal} of {one.marks} marks the same"
    if one.kappa.value is None:
        return f"{same}. There is no kappa: nobody gave different marks."
    return f"{same}, kappa {one.kappa.value:.2f}{_interval(one.kappa, '.2f')}."


def tell_apart(one: Apart) -> str:
    """Return how often raters gave one criterion the same mark."""
    return f"{one.equal} of {one.pairs} pairs of marks are the same."


def tell_marks(names: Sequence[str], line: Line) -> str:
    """Return who gave which mark; `names` are in the order of the marks."""
    return ", ".join(
        f"{name}: {'no mark' if mark is None else word_of(mark)}"
        for name, mark in zip(names, line.marks, strict=True)
    )


def tell_by_mark(names: Sequence[str], line: Line) -> list[str]:
    """Return for each mark that was given, the best first, who gave it and what it means."""
    told = []
    for mark in sorted({mark for mark in line.marks if mark is not None}, reverse=True):
        givers = [name for name, one in zip(names, line.marks, strict=True) if one == mark]
        who = ", ".join(givers[:_MOST_NAMED])
        if len(givers) > _MOST_NAMED:
            who += f" and {len(givers) - _MOST_NAMED} more"
        told.append(f"{word_of(mark)} ({who}): {line.criterion.marks.of(mark)}")
    return told


def tell_quote(quote: Quote) -> str:
    """Return the words to listen to, with the place in the sound where it is known."""
    place = "" if quote.start_s is None else f" at {clock_time(quote.start_s)}"
    near = "" if quote.is_proof else "The nearest words: "
    return f'{near}"{one_line(quote.text, 400)}"{place}'


def _interval(figure: Figure, form: str) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f" ({figure.low:{form}} to {figure.high:{form}})"
