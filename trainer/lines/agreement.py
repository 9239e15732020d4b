"""How raters agree, as JSON and as lines of text without colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.display import one_line
from trainer.lines.attempts import when
from trainer.lines.text import wrapped
from trainer.review.telling_agreement import (
    KAPPA,
    tell_apart,
    tell_by_mark,
    tell_extent,
    tell_leniency,
    tell_marks,
    tell_pair,
    tell_quote,
    tell_rater,
    tell_who,
)

if TYPE_CHECKING:
    from trainer.agreement.types import Figure
    from trainer.review.agreement import RaterAgreement
    from trainer.review.rated import Line, RatedAnswer, Who

_MOST_LISTED = 10


def agreement_json(found: RaterAgreement) -> dict[str, object]:
    """Return the agreement as the help of `history agreement` describes it."""
    return {
        "answers": found.answers,
        "sessions": found.sessions,
        "raters": [
            {
                **_who_json(one.who),
                "marks": one.marks,
                "answers": one.answers,
                "step": _figure_json(one.step),
                "sure": one.is_sure,
            }
            for one in found.leniency
        ],
        "pairs": [
            {
                "one": _who_json(pair.one),
                "other": _who_json(pair.other),
                "marks": pair.marks,
                "equal": pair.equal,
                "answers": pair.answers,
                "sessions": pair.sessions,
                "kappa": _figure_json(pair.kappa),
            }
            for pair in found.pairs
        ],
        "criteria": [
            {
                "rubric": one.rubric_id,
                "id": one.criterion_id,
                "title": one.title,
                "pairs": one.pairs,
                "equal": one.equal,
                "step": round(one.step, 3),
            }
            for one in found.criteria
        ],
        "over_time": [
            {
                "session": one.session_id,
                "began": one.began,
                "answers": one.answers,
                "pairs": one.pairs,
                "equal": one.equal,
            }
            for one in found.over_time
        ],
        "differing": found.differing,
        "disagreements": [
            {"answer": one.answer.attempt_id, **_line_json(one.answer, one.line)}
            for one in found.disagreements
        ],
    }


def agreement_lines(found: RaterAgreement) -> Iterator[str]:
    """Yield the agreement as text."""
    yield from wrapped(tell_extent(found))
    yield from ("", "Who gives more")
    for one in found.leniency:
        yield from wrapped(f"{tell_rater(one.who)}: {tell_leniency(one)}", "  ", "    ")
    yield from ("", "How far two agree")
    for pair in found.pairs:
        names = f"{tell_rater(pair.one)} and {tell_rater(pair.other)}"
        yield from wrapped(f"{names}: {tell_pair(pair)}", "  ", "    ")
    yield from wrapped(KAPPA, "  ")
    yield from ("", "Where raters lie apart")
    for apart in found.criteria[:_MOST_LISTED]:
        name = f"{apart.title} ({apart.rubric_id})"
        yield from wrapped(f"{name}: {tell_apart(apart)}", "  ", "    ")
    if len(found.over_time) > 1:
        yield from ("", "Marks that were the same, by session")
        for session in found.over_time[-_MOST_LISTED:]:
            yield f"  {when(session.began)}  {session.equal} of {session.pairs} pairs of marks"
    if not found.disagreements:
        return
    yield from ("", "Talk about these")
    for case in found.disagreements[:_MOST_LISTED]:
        answer = case.answer
        head = f"{answer.attempt_id[:8]}  {when(answer.started_at)}  {case.line.criterion.title}"
        yield from wrapped(head, "  ", "    ")
        yield from wrapped(_marks(answer, case.line), "    ")
        if case.line.quote:
            yield from wrapped(tell_quote(case.line.quote), "    ")
    if found.differing > _MOST_LISTED:
        yield f"  And {found.differing - _MOST_LISTED} more."


def side_by_side_json(answer: RatedAnswer) -> dict[str, object]:
    """Return one answer as the help of `history agreement` describes it."""
    return {
        "id": answer.attempt_id,
        "session": answer.session_id,
        "started_at": answer.started_at,
        "prompt": answer.prompt,
        "rubric": answer.rubric.id,
        "raters": [{**_who_json(one.who), "comment": one.comment} for one in answer.given],
        "marks": [_line_json(answer, line) for line in answer.lines],
    }


def side_by_side_lines(answer: RatedAnswer) -> Iterator[str]:
    """Yield what all raters gave one answer, and what the marks that differ mean."""
    yield from wrapped(answer.prompt)
    for line in answer.lines:
        sign = "*" if line.step else " "
        yield ""
        yield from wrapped(line.criterion.title, f"{sign} ")
        if not line.step:
            yield from wrapped(_marks(answer, line), "    ")
            continue
        for told in tell_by_mark(_names(answer), line):
            yield from wrapped(told, "    ", "      ")
        if line.quote:
            yield from wrapped(tell_quote(line.quote), "    ")
    for one in answer.given:
        if one.comment:
            yield ""
            yield from wrapped(f"{tell_who(one.who)} says: {one.comment}")
    if any(line.step for line in answer.lines):
        yield from ("", "* Here the marks differ.")


def _marks(answer: RatedAnswer, line: Line) -> str:
    return tell_marks(_names(answer), line)


def _names(answer: RatedAnswer) -> list[str]:
    return [tell_who(given.who) for given in answer.given]


def _line_json(answer: RatedAnswer, line: Line) -> dict[str, object]:
    quote = line.quote
    return {
        "criterion": line.criterion.id,
        "title": line.criterion.title,
        "step": line.step,
        "marks": [
            {**_who_json(given.who), "mark": None if mark is None else int(mark)}
            for given, mark in zip(answer.given, line.marks, strict=True)
        ],
        "quote": quote
        and {
            "text": one_line(quote.text),
            "start_s": quote.start_s,
            "end_s": quote.end_s,
            "proof": quote.is_proof,
        },
        "recording": answer.recording,
    }


def _who_json(who: Who) -> dict[str, object]:
    return {"rater": who.rater, "name": who.name}


def _figure_json(figure: Figure) -> dict[str, float | None]:
    values = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {name: None if v is None else round(v, 3) for name, v in values.items()}
