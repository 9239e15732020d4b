"""Answers as Markdown: to read, to send, to paste elsewhere.

What somebody said or wrote is text: whatever could be read as markup is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from trainer.analysis.types import Span
from trainer.bank.types import Mark
from trainer.coach.own_marks import describe_own, own_heading
from trainer.display import one_line, visible
from trainer.exchange.facts import (
    WITHOUT_SOUND,
    facts_of,
    moments_of,
    notes_of,
    state_of,
    verdict_of,
)
from trainer.recall import AttemptView
from trainer.transcript.types import Transcript

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|~&$^=#])")
_FIRST_SIGN = re.compile(r"^(\s*)([+:-])", re.MULTILINE)
_NUMBER = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)
_ADDRESS = re.compile(r"(?i)(\b(?:https?|ftp|mailto|file)|\bwww)([:.])")


def write_markdown(views: Iterable[AttemptView]) -> Iterator[str]:
    """Yield answers as Markdown, one piece each, with a rule between them."""
    for number, view in enumerate(views):
        if number:
            yield "\n---\n\n"
        yield "\n".join(_lines(view)).rstrip() + "\n"


def escaped(text: str) -> str:
    """Return text as it must stand in Markdown to be shown as it is, without links."""
    shown = _SIGNS.sub(r"\\\1", visible(text))
    shown = _FIRST_SIGN.sub(r"\1\\\2", shown)
    shown = _NUMBER.sub(r"\1\\\2", shown)
    return _ADDRESS.sub(r"\1\\\2", shown)


def _lines(view: AttemptView) -> Iterator[str]:
    report, transcript = view.report, view.transcript.transcript
    yield f"# {_line(view.record.attempt.prompt)}"
    yield ""
    for label, value in facts_of(view):
        yield f"- {_line(label)}: {_line(value)}"
    yield ""
    yield "## Rating"
    yield ""
    yield _line(verdict_of(view))
    for note in report.notes:
        yield from ("", _line(note))
    yield ""
    yield "## Words"
    yield ""
    for paragraph in visible(transcript.text).split("\n"):
        yield f"> {escaped(paragraph.strip())}".rstrip()
    yield ""
    if report.parts:
        yield from ("## Story", "")
        for name, run in groupby(report.parts, key=lambda part: part.name):
            said = " \u2026 ".join(_quoted(transcript, run))
            yield f"- **{_line(name)}**: {_line(said)}"
        yield ""
    yield from _marks(view)
    if report.delivery:
        yield from ("## Delivery", "")
        yield from (f"- {_line(figure)}" for figure in report.delivery)
        yield ""
    notes = tuple(notes_of(view))
    if notes:
        yield from ("## Notes", "")
        for fact in notes:
            yield f"- \u201c{_line(fact.quote)}\u201d {fact.by}: {_line(fact.text)}"
        yield ""
    moments = tuple(moments_of(view))
    if moments:
        yield from ("## Marked while listening", "")
        for told, quote in moments:
            yield f"- {_line(told)}" + (f" \u201c{_line(quote)}\u201d" if quote else "")
        yield ""
    yield WITHOUT_SOUND


def _marks(view: AttemptView) -> Iterator[str]:
    report = view.report
    if report.lines:
        yield from ("## Marks", "")
        for line in report.lines:
            yield f"- **{state_of(line)}**: {_line(line.title)}"
            for quote in line.quotes:
                yield f"  - \u201c{_line(quote)}\u201d"
            if line.caution:
                yield f"  - {_line(line.caution)}"
            if line.mark is not Mark.MET:
                yield f"  - {_line(line.comment)}"
        yield ""
    if view.own:
        yield from (f"## {_line(own_heading(view.speaker))}", "")
        yield from (f"- {_line(told)}" for told in describe_own(view.own, view.speaker))
        yield ""
    if report.flags:
        yield from ("## What could sound wrong", "")
        for flag in report.flags:
            yield f"- This could sound like {_line(flag.says)}"
            for quote in flag.quotes:
                yield f"  - \u201c{_line(quote)}\u201d"
        yield ""
    if report.advice:
        advice = report.advice
        yield from ("## One thing to change next", "")
        yield f"**{_line(advice.title)}** {_line(advice.missing)}"
        if advice.opener:
            yield from ("", f"You could go on: \u201c{_line(advice.opener)} \u2026\u201d")
        yield ""


def _quoted(transcript: Transcript, parts: Iterable[Span]) -> Iterator[str]:
    """Yield the words of parts; those that follow each other without a gap as one."""
    start = end = -1
    for part in parts:
        if part.start != end:
            if end > start:
                yield transcript.quote(start, end)
            start = part.start
        end = part.end
    yield transcript.quote(start, end)


def _line(text: str) -> str:
    return escaped(one_line(text))
