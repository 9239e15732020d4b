"""A comparison as JSON and as lines of text; which answers are to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from trainer.errors import UsageError
from trainer.lines.attempts import when
from trainer.lines.ratings import rounded
from trainer.lines.text import wrapped
from trainer.review import telling

if TYPE_CHECKING:
    from trainer.analysis.ranges import Figure
    from trainer.review.comparing import Comparison
    from trainer.review.facts import Fact
    from trainer.review.figures import FigurePair
    from trainer.review.sides import Side
    from trainer.services import Services

_NAMED = re.compile(r"(?P<id>[^@]+)(?:@(?P<version>\d{1,6})(?:\.(?P<rating>\d{1,6}))?)?")


def named_side(services: Services, name: str) -> Side:
    """Return what ID, ID@VERSION or ID@VERSION.RATING names. Raises `UsageError`."""
    found = _NAMED.fullmatch(name)
    if not found:
        raise UsageError(f"{name!r} names no answer.", "Write ID, ID@VERSION or ID@VERSION.RATING.")
    version, rating = found["version"], found["rating"]
    return services.reviewing.side(
        services.find_attempt(found["id"]),
        int(version) if version else None,
        int(rating) if rating else None,
    )


def comparison_json(comparison: Comparison) -> dict[str, object]:
    """Return a comparison as the help of `history compare` describes it."""
    return {
        "before": _side_json(comparison.before),
        "after": _side_json(comparison.after),
        "checklists": comparison.checklists,
        "only_before": list(comparison.only_before),
        "only_after": list(comparison.only_after),
        "rerated": comparison.is_rerated,
        "other_scorer": comparison.is_other_scorer,
        "marks": [
            {
                "id": pair.id,
                "title": pair.title,
                "before": int(pair.before),
                "after": int(pair.after),
                "sure": pair.is_sure,
                "chance": None if pair.chance is None else round(pair.chance, 3),
                "quotes_before": list(pair.quotes_before),
                "quotes_after": list(pair.quotes_after),
            }
            for pair in comparison.marks
        ],
        "flags": [asdict(pair) for pair in comparison.flags],
        "parts": [
            {
                "name": pair.name,
                "before": asdict(pair.before) if pair.before else None,
                "after": asdict(pair.after) if pair.after else None,
            }
            for pair in comparison.parts
        ],
        "parts_unclear": list(comparison.unclear),
        "facts_added": _facts_json(comparison.added),
        "facts_dropped": _facts_json(comparison.dropped),
        "delivery": [_figure_json(pair) for pair in comparison.figures],
        "same_words": round(comparison.same, 3),
        "rehearsed": comparison.is_rehearsed,
        "lines": list(comparison_lines(comparison)),
    }


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Yield a comparison as lines for people."""
    heads = ("1: ", "2: ") if comparison.is_by_two else ("Before: ", "Now:    ")
    for label, side in zip(heads, (comparison.before, comparison.after), strict=True):
        at = when(side.created_at if comparison.is_same_attempt else side.started_at)
        yield from wrapped(f"{telling.describe_side(side)}, {at}", label)
        if side is comparison.before or side.prompt != comparison.before.prompt:
            yield from wrapped(side.prompt, " " * len(label))
    yield ""
    yield from _block("", telling.tell_same_words(comparison))
    yield from _block("", telling.tell_standing(comparison))
    yield from _block("Marks", telling.tell_marks(comparison))
    yield from _block("Flags", [telling.tell_flag(pair) for pair in comparison.flags])
    # The words of two ratings have no parts that changed.
    parts = [] if comparison.is_by_two else [telling.tell_part(pair) for pair in comparison.parts]
    if any(comparison.unclear) and not comparison.is_by_two:
        sides = " and ".join(
            name for name, lacks in zip(("before", "now"), comparison.unclear, strict=True) if lacks
        )
        parts.append(f"The parts of the story could not be told apart {sides}.")
    yield from _block("Story", parts)
    if comparison.added is None or comparison.dropped is None:
        yield from _block("Facts", [telling.GUESSED])
    else:
        yield from _block("Facts added", telling.tell_facts(comparison.added))
        yield from _block("Facts dropped", telling.tell_facts(comparison.dropped))
    figures = [telling.tell_figure(pair) for pair in comparison.figures]
    yield from _block("Delivery", figures, last=True)


def _block(title: str, lines: Sequence[str], *, last: bool = False) -> Iterator[str]:
    if not lines:
        return
    if title:
        yield title
    for line in lines:
        yield from wrapped(line, "  " if title else "", "    " if title else "  ")
    if not last:
        yield ""


def _side_json(side: Side) -> dict[str, object]:
    score = side.score
    return {
        "id": side.attempt_id,
        "started_at": side.started_at,
        "prompt": side.prompt,
        "version": side.version,
        "rating": side.rating_number,
        "rubric": side.rating.rubric_id if side.rating else None,
        "rater": side.rating.rater if side.rating else None,
        "scorer": side.rating.scorer_version if side.rating else None,
        "created_at": side.created_at,
        "remark": side.remark,
        "score": rounded(score.value) if score else None,
        "band": {"low": score.low, "high": score.high, "word": score.word} if score else None,
    }


def _facts_json(facts: tuple[Fact, ...] | None) -> list[dict[str, object]] | None:
    if facts is None:
        return None
    return [
        {
            "kind": fact.kind,
            "text": fact.text,
            "start": fact.start,
            "end": fact.end,
            "unsure": fact.is_unsure,
        }
        for fact in facts
    ]


def _figure_json(pair: FigurePair) -> dict[str, object]:
    return {
        "name": pair.name,
        "before": _range_json(pair.before),
        "after": _range_json(pair.after),
        "change": pair.change,
    }


def _range_json(figure: Figure | None) -> dict[str, float] | None:
    if figure is None:
        return None
    return {name: round(value, 2) for name, value in asdict(figure).items()}
