"""A rating as JSON and as lines of text, the same in every command that shows one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from trainer.analysis.evidence import quotes
from trainer.analysis.types import Delivery, Rating, Score
from trainer.bank.types import Mark
from trainer.coach.delivery import delivery_json, is_guessed
from trainer.coach.report import CriterionLine, Report
from trainer.lines.stories import story_json, story_lines
from trainer.lines.text import wrapped
from trainer.transcript.types import Transcript

MARK_WORDS = {Mark.MET: "met", Mark.PARTLY: "partly", Mark.MISSED: "missed"}
_COLUMN = 8  # the longest word of a mark and its gap
_INDENT = " " * _COLUMN


def rating_json(transcript: Transcript, rating: Rating, score: float | None) -> dict[str, object]:
    """Return the fields that every rating has in JSON; `score` in 0..100, None for none to show.

    `quotes` are verbatim pieces of the text, for every criterion, strongest first.
    """
    return {
        "rubric": rating.rubric_id,
        "marks": {name: int(mark) for name, mark in rating.marks.items()},
        "flags": {name: bool(raised) for name, raised in rating.flags.items()},
        "quotes": {
            name: list(quotes(transcript, rating, "criterion", name)) for name in rating.marks
        },
        "score": None if score is None else rounded(score),
        "unsure": list(rating.unsure),
        "settled": list(rating.settled),
        "chances": {
            name: {"partly": round(chances.partly, 3), "met": round(chances.met, 3)}
            for name, chances in rating.chances.items()
        },
        "remark": rating.remark,
        "notes": list(rating.notes),
        "scorer": rating.scorer_version,
    }


NO_RATING: Mapping[str, object] = {
    "rubric": None,
    "marks": {},
    "flags": {},
    "quotes": {},
    "score": None,
    "unsure": [],
    "settled": [],
    "chances": {},
    "remark": None,
    "notes": [],
    "scorer": None,
}
"""The fields of `rating_json` where there is no rubric to rate by."""


def report_json(report: Report, transcript: Transcript, delivery: Delivery) -> dict[str, object]:
    """Return what the report adds: the band, the words about each mark, and the delivery."""
    return {
        "band": _band_json(report.score),
        "measurable": not is_guessed(delivery),
        "report": {
            "remark": report.remark,
            "unmeasurable": report.unmeasurable,
            "notes": list(report.notes),
            "source": report.source,
            "criteria": [{**asdict(line), "mark": int(line.mark)} for line in report.lines],
            "flags": [asdict(flag) for flag in report.flags],
            "advice": asdict(report.advice) if report.advice else None,
            "parts": [
                {"name": part.name, "quote": transcript.quote(part.start, part.end)}
                for part in report.parts
            ],
            "story": story_json(report.story),
        },
        "delivery": delivery_json(delivery),
    }


def report_lines(report: Report, stored_as: str | None = None) -> Iterator[str]:
    """Yield the report as lines for people; `stored_as` is the id of an answer to settle."""
    if report.score:
        yield f"Score: {band(report.score)}"
        yield ""
    elif report.unmeasurable:
        yield from wrapped(report.unmeasurable, "Score: ", "  ")
        yield ""
    if report.remark:
        yield from wrapped(report.remark)
        yield ""
    for note in report.notes:
        yield from wrapped(note)
        yield ""
    for line in report.lines:
        state = " (not sure)" if line.unsure else " (settled by you)" if line.settled else ""
        yield from wrapped(f"{line.title}{state}", MARK_WORDS[line.mark].ljust(_COLUMN))
        if line.quotes:
            yield from wrapped(quoted(line.quotes, line.doubts), _INDENT)
        if line.caution:
            yield from wrapped(line.caution, _INDENT)
        if line.mark is not Mark.MET:
            yield from wrapped(line.comment, _INDENT)
    if report.lines:
        yield ""
    for flag in report.flags:
        yield from wrapped(f"This could sound like {flag.says}")
        if flag.quotes:
            yield from wrapped(quoted(flag.quotes, flag.doubts), _INDENT)
        if flag.caution:
            yield from wrapped(flag.caution, _INDENT)
        yield ""
    if report.advice:
        advice = report.advice
        yield from wrapped(f"One thing to change next: {advice.title}")
        if advice.quote:
            said = quoted((advice.quote,), (advice.doubt,))
            yield from wrapped(said, "  You said: ")
        yield from wrapped(advice.missing, "  ")
        if advice.opener:
            yield from wrapped(f'"{advice.opener} ..."', "  You could go on: ")
        yield ""
    yield from story_lines(report.story)
    if report.story:
        yield ""
    if report.source:
        yield from wrapped(report.source, "Words: ")
    for number, figure in enumerate(report.delivery):
        yield from wrapped(figure, "Delivery: " if number == 0 else " " * len("Delivery: "))
    if report.method:
        yield ""
        yield from wrapped(report.method.note)
    for line in report.lines:
        if line.unsure:
            yield ""
            yield from _question(line, stored_as)


def band(score: Score) -> str:
    """Return a score as people read it: its word and its band."""
    return f"{score.word}, {score.low}-{score.high}"


def rounded(value: float) -> int | float:
    """Return a score with at most one decimal, whole where it is whole."""
    short = round(float(value), 1)
    return int(short) if short.is_integer() else short


def _question(line: CriterionLine, stored_as: str | None) -> Iterator[str]:
    """Yield what is asked about a mark that is not sure."""
    asked = f"{line.title}. Did you say this fully, half or not?"
    yield from wrapped(asked, "Not sure: ", "  ")
    yield from wrapped(line.asks, "  An interviewer would ask: ", "  ")
    if line.quotes:
        yield from wrapped(quoted(line.quotes, line.doubts), "  I heard it in: ", "  ")
    elif line.nearest:
        yield from wrapped(f'"{line.nearest[0]}"', "  The nearest words: ", "  ")
    if stored_as:
        yield f"  Settle it: trainer history settle {stored_as} {line.id} met|partly|missed"


def quoted(quotes: Sequence[str], doubts: Sequence[str]) -> str:
    """Return the first quote, and which of its words the recogniser was unsure of."""
    doubt = doubts[0] if doubts else ""
    return f'"{quotes[0]}"' + (f" (unsure: {doubt})" if doubt else "")


def _band_json(score: Score | None) -> dict[str, object] | None:
    return {"low": score.low, "high": score.high, "word": score.word} if score else None
