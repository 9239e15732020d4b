"""What a speaker settles: marks that the machine is not sure of, decided by who said the words.

A mark that is not sure is a question to the speaker. The answer takes the place of the machine's
guess and its words become the quote; all else stays the machine's, and `Rating.settled` tells
which marks are the speaker's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from trainer.analysis.clauses import split
from trainer.analysis.tokens import read, read_text
from trainer.analysis.types import MOST_CANDIDATES, Rating, Span
from trainer.bank.types import Mark, Rubric
from trainer.display import one_line
from trainer.errors import UsageError
from trainer.transcript.correction import stayed
from trainer.transcript.types import Transcript

_KINDS = ("criterion", "candidate")
_OVERLAP = 0.5  # of a clause's words: one that shares as many with a quote is no other choice


@dataclass(frozen=True, slots=True)
class Decision:
    """What the speaker says of one criterion.

    `span` are the words that show it, as half-open indices; None keeps the machine's own.
    """

    mark: Mark
    span: tuple[int, int] | None = None


def settle(
    rating: Rating, criterion: str, mark: Mark, span: tuple[int, int] | None = None
) -> Rating:
    """Return the rating with the speaker's decision on one criterion.

    Words `span` become its only quote; without them the machine's own stay. Settled as missed,
    what was quoted becomes a candidate. Raises `UsageError` for a criterion that is neither
    unsure nor settled, and `ValueError` where a mark above missed would have no words.
    """
    if criterion not in (*rating.unsure, *rating.settled):
        raise UsageError(_not_open(rating, criterion), _what_is_open(rating))
    own = rating.spans_of("criterion", criterion)
    if mark is Mark.MISSED:
        return _decided(rating, criterion, mark, (*own, *rating.spans_of("candidate", criterion)))
    if span is None:
        if not own:
            raise ValueError(f"{criterion} needs the words that show it")
        return _decided(rating, criterion, mark, own)
    start, end = span
    if not 0 <= start < end:
        raise ValueError(f"no words {start} to {end}")
    known = {(s.start, s.end): s for s in rating.spans if s.kind in _KINDS and s.name == criterion}
    chosen = known.get(span, Span(start, end, "criterion", criterion))
    return _decided(rating, criterion, mark, (chosen,))


def overrule(rating: Rating, machine: Rating, rubric: Rubric) -> Rating:
    """Return the rating with the flags of `machine`, less those that settled marks speak against.

    A flag that a met criterion would keep down (`Flag.unless_met`, `unless_partly`) is not raised
    where the speaker has settled that criterion so. `machine` is the rating of the same words
    before anything was settled: a decision that is taken back brings its flag back.
    """
    settled = {name: rating.marks[name] for name in rating.settled}
    flags = dict(machine.flags)
    for flag in rubric.flags:
        met = any(settled.get(name) is Mark.MET for name in flag.unless_met)
        if met or any(settled.get(name, Mark.MISSED) for name in flag.unless_partly):
            flags[flag.id] = False
    spans = (
        *(span for span in rating.spans if span.kind != "flag"),
        *(span for span in machine.spans if span.kind == "flag" and flags.get(span.name)),
    )
    return replace(rating, flags=flags, spans=spans)


def carry_over(before: Rating, said: Transcript, rating: Rating, now: Transcript) -> Rating:
    """Return a new rating of an answer with what the speaker settled in the rating `before`.

    `said` are the words then. Where the words `now` are the same, every decision stays. Where
    they were corrected, a mark stays whose quote is still there; that something was not said does
    not, for it may stand there now.
    """
    if rating.remark:
        return rating
    same = said.text == now.text
    way = {} if same else stayed(said, now)
    for name in before.settled:
        if name not in rating.marks:
            continue
        mark, spans = before.marks[name], before.spans_of("criterion", name)
        if not same:
            quotes = ((span, said.quote(span.start, span.end)) for span in spans)
            places = (_carried(way, span) or locate(now, quote) for span, quote in quotes)
            spans = tuple(Span(*place, "criterion", name) for place in places if place)
        elif mark is Mark.MISSED:
            spans = before.spans_of("candidate", name)
        if spans or (same and mark is Mark.MISSED):
            rating = _decided(rating, name, mark, spans)
    return rating


def other_words(transcript: Transcript, taken: Iterable[Span]) -> tuple[tuple[int, int], ...]:
    """Return the clauses of an answer, in order, that are not mostly in the spans `taken`."""
    held = [range(span.start, span.end) for span in taken]
    return tuple(
        (clause.start, clause.end)
        for clause in split(transcript, read(transcript))
        if not any(_shares(range(clause.start, clause.end), words) for words in held)
    )


def locate(transcript: Transcript, quote: str) -> tuple[int, int] | None:
    """Return where words stand in an answer for the first time, as a half-open span of its words.

    Case and punctuation do not matter. None where they do not stand there in a row.
    """
    reading, wanted = read(transcript), read_text(quote)
    if not wanted:
        return None
    for at in range(len(reading.tokens) - len(wanted) + 1):
        if reading.tokens[at : at + len(wanted)] == wanted:
            return reading.words[at], reading.words[at + len(wanted) - 1] + 1
    return None


def _carried(way: Mapping[int, int], span: Span) -> tuple[int, int] | None:
    """Return where words stand that all stayed in a row, whichever like them stand before."""
    kept = [way.get(at, -1) for at in range(span.start, span.end)]
    row = range(kept[0], kept[0] + len(kept))
    return (row.start, row.stop) if row.start >= 0 and kept == [*row] else None


def _decided(rating: Rating, name: str, mark: Mark, shown: Iterable[Span]) -> Rating:
    """Return the rating with this mark as the speaker's, shown by these spans."""
    if mark is Mark.MISSED:
        spans = [replace(span, kind="candidate") for span in shown][:MOST_CANDIDATES]
    else:
        spans = [replace(span, kind="criterion") for span in shown]
    others = [s for s in rating.spans if not (s.kind in _KINDS and s.name == name)]
    return replace(
        rating,
        marks={**rating.marks, name: mark},
        spans=(*others, *spans),
        unsure=tuple(open_one for open_one in rating.unsure if open_one != name),
        settled=(*(other for other in rating.settled if other != name), name),
    )


def _shares(clause: range, words: range) -> bool:
    common = min(clause.stop, words.stop) - max(clause.start, words.start)
    return common >= _OVERLAP * len(clause)


def _not_open(rating: Rating, criterion: str) -> str:
    shown = repr(one_line(criterion, 64))
    if criterion in rating.marks:
        return f"The mark for {shown} is sure, so there is nothing to settle."
    return f"There is no point {shown} in this rating."


def _what_is_open(rating: Rating) -> str:
    open_ones = (*rating.unsure, *rating.settled)
    if open_ones:
        return f"Points that you can settle: {', '.join(open_ones)}"
    return "Nothing in this rating is unsure. Correct the words if they are wrong."
