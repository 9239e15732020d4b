"""Answers as one HTML page that needs nothing else: no script, no network, no other file.

Everything that somebody said or wrote is escaped, the page's policy lets a browser load nothing,
and its one style sheet is named there by its digest. The page holds no address.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import get_args

from trainer.analysis.types import Span
from trainer.bank.types import Mark, Part
from trainer.coach.moments import MOMENT_SIGNS, word_heard
from trainer.coach.own_marks import describe_own, own_heading
from trainer.display import clock_time, one_line, visible
from trainer.exchange.facts import (
    MARK_WORDS,
    WITHOUT_SOUND,
    facts_of,
    moment_here,
    moments_of,
    notes_of,
    state_of,
    verdict_of,
)
from trainer.recall import AttemptView
from trainer.transcript.correction import unsure

_STYLE = Path(__file__).with_name("page.css")
_PARTS = frozenset(get_args(Part))
_KEY = (
    "Bold words earned a mark, and the small number says which. Highlighted words could sound "
    "wrong, and the letter says how. Dotted words are unsure."
)
_MOMENT_KEY = "A sign with a time is what somebody marked who listened; a list of them follows."
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def write_page(views: Iterable[AttemptView]) -> Iterator[str]:
    """Yield the page, piece by piece."""
    shown = list(views)
    style = _STYLE.read_text(encoding="utf-8")
    one = shown[0].record.attempt.prompt if len(shown) == 1 else "Interview answers"
    yield _head(one_line(one, 80), style)
    if len(shown) > 1:
        yield f"<h1>{len(shown)} answers</h1>\n<nav><ol>\n"
        for number, view in enumerate(shown, 1):
            attempt = view.record.attempt
            about = f"{moment_here(attempt.started_at)}, {verdict_of(view)}"
            yield f'<li><a href="#answer-{number}">{_line(attempt.prompt)}</a>'
            yield f" <small>{_line(about)}</small></li>\n"
        yield "</ol></nav>\n"
    for number, view in enumerate(shown, 1):
        first = ' class="first"' if number == 1 else ""
        yield f'<article id="answer-{number}"{first}>\n'
        yield "\n".join(_answer(view))
        yield "\n</article>\n"
    yield f"<footer><p>{WITHOUT_SOUND}</p></footer>\n"
    yield "</body>\n</html>\n"


def _head(title: str, style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def _answer(view: AttemptView) -> Iterator[str]:
    report = view.report
    yield f"<h2>{_line(view.record.attempt.prompt)}</h2>"
    yield "<dl>"
    for label, value in facts_of(view):
        yield f"<dt>{_text(label)}</dt><dd>{_line(value)}</dd>"
    yield "</dl>"
    yield f'<p class="verdict">{_line(verdict_of(view))}</p>'
    yield from (f"<p>{_line(note)}</p>" for note in report.notes)
    yield "<h3>Words</h3>"
    yield from _words(view)
    yield from _marks(view)
    if report.delivery:
        yield "<h3>Delivery</h3>\n<ul>"
        yield from (f"<li>{_line(figure)}</li>" for figure in report.delivery)
        yield "</ul>"
    notes = tuple(notes_of(view))
    if notes:
        yield '<h3>Notes</h3>\n<ul class="notes">'
        for note in notes:
            yield f"<li><blockquote>{_text(note.quote)}</blockquote>"
            yield f"<p>{_text(note.text)} ({_line(note.by)})</p></li>"
        yield "</ul>"
    moments = tuple(moments_of(view))
    if moments:
        yield '<h3>Marked while listening</h3>\n<ul class="moments">'
        for told, quote in moments:
            said = f" <q>{_text(quote)}</q>" if quote else ""
            yield f"<li>{_line(told)}{said}</li>"
        yield "</ul>"


def _marks(view: AttemptView) -> Iterator[str]:
    report = view.report
    if report.lines:
        yield '<h3>Marks</h3>\n<ol class="marks">'
        for line in report.lines:
            word = MARK_WORDS[line.mark]
            yield f'<li><span class="state {word}">{_text(state_of(line))}</span>'
            yield f"<strong>{_line(line.title)}</strong>"
            yield from (f"<blockquote>{_line(quote)}</blockquote>" for quote in line.quotes)
            if line.caution:
                yield f"<p>{_line(line.caution)}</p>"
            if line.mark is not Mark.MET:
                yield f"<p>{_line(line.comment)}</p>"
            yield "</li>"
        yield "</ol>"
    if view.own:
        yield f"<h3>{_line(own_heading(view.speaker))}</h3>\n<ul>"
        told = describe_own(view.own, view.speaker)
        yield from (f"<li>{_line(sentence)}</li>" for sentence in told)
        yield "</ul>"
    if report.flags:
        yield '<h3>What could sound wrong</h3>\n<ol class="marks flags">'
        for flag in report.flags:
            yield f"<li>This could sound like {_line(flag.says)}"
            yield from (f"<blockquote>{_line(quote)}</blockquote>" for quote in flag.quotes)
            yield "</li>"
        yield "</ol>"
    if report.advice:
        advice = report.advice
        yield "<h3>One thing to change next</h3>"
        yield f"<p><strong>{_line(advice.title)}</strong> {_line(advice.missing)}</p>"
        if advice.opener:
            yield f"<p>You could go on: \u201c{_line(advice.opener)} \u2026\u201d</p>"


def _words(view: AttemptView) -> Iterator[str]:
    """Yield the transcript in bands of story parts, with what earned a mark or could sound wrong.

    Without parts it is one band.
    """
    transcript = view.transcript.transcript
    count = len(transcript.words)
    if not count:
        yield '<div class="part"><p>(no words)</p></div>'
        return
    parts = [""] * count
    for span in view.report.parts:
        for at in range(span.start, min(span.end, count)):
            parts[at] = parts[at] or span.name
    signs = _signs(view, count)
    for name, run in groupby(range(count), key=parts.__getitem__):
        places = list(run)
        kind = f" {name}" if name in _PARTS else ""
        head = f"<h4>{_line(name)}</h4>" if name else ""
        yield f'<div class="part{kind}">{head}<p>{_run(view, places, signs)}</p></div>'
    if any(any(sign) for sign in signs):
        listened = f" {_MOMENT_KEY}" if any(marked for *_, marked in signs) else ""
        yield f'<p class="key">{_KEY}{listened}</p>'


_Sign = tuple[str, str, bool, str]
"""The numbers of the marks that a word earned, the letters of flags, whether it is unsure, and what
listeners marked when they heard it."""


def _signs(view: AttemptView, count: int) -> list[_Sign]:
    rating, report = view.rating, view.report
    marks: list[list[str]] = [[] for _ in range(count)]
    flags: list[list[str]] = [[] for _ in range(count)]
    for number, line in enumerate(report.lines, 1):
        if rating and line.mark is not Mark.MISSED:
            _sign(marks, str(number), rating.spans_of("criterion", line.id))
    for number, flag in enumerate(report.flags):
        if rating:
            letter = _LETTERS[number % len(_LETTERS)]
            _sign(flags, letter, rating.spans_of("flag", flag.id))
    doubtful = set(unsure(view.transcript.transcript))
    marked: list[list[str]] = [[] for _ in range(count)]
    for moment in view.record.moments:
        at = word_heard(view.transcript.transcript, moment.at_s)
        if at is not None:
            marked[at].append(f"{MOMENT_SIGNS[moment.kind]}\u00a0{clock_time(moment.at_s)}")
    return [
        (",".join(marks[at]), ",".join(flags[at]), at in doubtful, " ".join(marked[at]))
        for at in range(count)
    ]


def _sign(places: list[list[str]], sign: str, spans: Iterable[Span]) -> None:
    for span in spans:
        for at in range(span.start, min(span.end, len(places))):
            if sign not in places[at]:
                places[at].append(sign)


def _run(view: AttemptView, places: Sequence[int], signs: Sequence[_Sign]) -> str:
    """Return words of one band; what stands between two words of one kind belongs to them."""
    transcript = view.transcript.transcript
    pieces: list[str] = []
    for sign, run in groupby(places, key=signs.__getitem__):
        at = list(run)
        first, last = transcript.words[at[0]], transcript.words[at[-1]]
        said = _text(transcript.text[first.start : last.end])
        marks, flags, doubtful, marked = sign
        kinds = [k for k, on in (("shows", marks), ("wrong", flags), ("unsure", doubtful)) if on]
        if kinds:
            said = f'<span class="{" ".join(kinds)}">{said}</span>'
        after = signs[at[-1] + 1][:2] if at[-1] + 1 < len(signs) else ("", "")
        ended = _ended(sign, after)
        if ended:
            said += f"<sup>{ended}</sup>"
        if marked:
            said += f'<sup class="moment">{_text(marked)}</sup>'
        pieces.append(said)
    return " ".join(pieces)


def _ended(sign: _Sign, after: Sequence[str]) -> str:
    """Return the numbers and letters whose words end before those that have the signs `after`."""
    kinds = zip(sign[:2], after, strict=True)
    return " ".join(
        ",".join(left)
        for here, then in kinds
        if (left := [one for one in here.split(",") if one and one not in then.split(",")])
    )


def _text(text: str) -> str:
    """Return text as it must stand in HTML to be shown as it is, in an attribute too."""
    return html.escape(visible(text), quote=True)


def _line(text: str) -> str:
    return _text(one_line(text))
