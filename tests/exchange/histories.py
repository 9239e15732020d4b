"""Histories of every kind that can be stored: made by Hypothesis, and one written by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests import fakes
from trainer.analysis.types import Chances, Delivery, FillerCount, Note, Rating, Remark, Span
from trainer.bank.types import Mark
from trainer.recall import encode_rubric
from trainer.store.tags import plain
from trainer.store.types import (
    Attempt,
    AttemptRecord,
    FillerReview,
    MarkedMoment,
    SharedRound,
    SpanNote,
    StoredRating,
    StoredTranscript,
)
from trainer.transcript.types import FilledPause, Sound, Transcript, Word

START = datetime(2026, 1, 1, tzinfo=UTC)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
names = st.text(st.characters(codec="ascii", categories=("Ll", "Nd")), min_size=1, max_size=8)
seconds = st.floats(0, 1000)
shares = st.floats(0, 1)
moments = st.integers(0, 10**6).map(
    lambda n: (START + timedelta(seconds=n)).isoformat(timespec="milliseconds")
)
RUBRICS = (
    "",
    '{"id":"x"}',
    '{"id": "x"}',
    "no json at all",
    '{"a":1e999}',
    '{"b":[1.5,null,"\u00e9\u2028\x00"]}'.replace("\x00", ""),
    "[" * 3000,
)


@st.composite
def transcripts(draw: DrawFn) -> Transcript:
    text = draw(texts)
    source = draw(st.sampled_from(["typed", "corrected", "vosk", "builtin", "imported"]))
    words = Transcript.typed(text).words
    if draw(st.booleans()):
        timed = []
        for word in words:
            start, length = draw(seconds), draw(seconds)
            times = draw(st.sampled_from([(None, None), (start, start + length)]))
            said = draw(st.none() | texts)
            timed.append(Word(word.start, word.end, *times, draw(st.none() | shares), said))
        words = tuple(timed)
    sound = None
    if draw(st.booleans()):
        voiced = draw(st.none() | st.just(((0.0, 1.5), (2.0, 3.0))))
        filled = draw(st.none() | st.just((FilledPause(0.5, 0.75, 0.5),)))
        sound = Sound(voiced, filled, draw(st.none() | st.floats(-50, 90)))
    return Transcript(text, words, source, sound)  # type: ignore[arg-type]


@st.composite
def ratings(draw: DrawFn, count: int) -> Rating:
    marks = draw(st.dictionaries(names, st.sampled_from(list(Mark)), max_size=3))
    spans = []
    for _ in range(draw(st.integers(0, 2)) if count else 0):
        start = draw(st.integers(0, count - 1))
        end = draw(st.integers(start + 1, count))
        kind = draw(st.sampled_from(["criterion", "flag", "part", "candidate"]))
        spans.append(Span(start, end, kind, draw(names), draw(st.just(()) | st.just(("cue",)))))
    low, high = sorted((draw(shares), draw(shares)))
    return Rating(
        draw(st.sampled_from(["machine", "self", "peer"])),
        draw(names),
        draw(texts),
        draw(texts),
        marks,
        draw(st.dictionaries(names, st.booleans(), max_size=2)),
        tuple(spans),
        tuple(draw(st.lists(names, max_size=2))),
        draw(st.none() | st.sampled_from(list(Remark))),
        tuple(draw(st.lists(st.sampled_from(list(Note)), max_size=2))),
        {name: Chances(high, low) for name in marks},
        tuple(draw(st.lists(names, max_size=1))),
    )


@st.composite
def records(draw: DrawFn, number: int) -> AttemptRecord:
    own = f"a{number}"
    attempt = Attempt(
        own,
        draw(names),
        draw(names),
        draw(texts),
        draw(names),
        draw(texts),
        draw(st.none() | names),
        draw(moments),
        60,
        draw(st.integers(60, 200)),
        draw(st.integers(1, 4)),
        draw(st.booleans()),
        draw(st.none() | st.just(f"a{number - 1}")),
        draw(st.none() | names),
        draw(st.none() | st.just("ab" * 16 + ".flac")),
        draw(st.none() | texts),
        draw(st.booleans()),
        plain(draw(st.lists(texts, max_size=3))),
    )
    versions: list[StoredTranscript] = []
    given: list[StoredRating] = []
    notes: list[SpanNote] = []
    for index in range(draw(st.integers(1, 3))):
        words = draw(transcripts())
        delivery = Delivery(
            len(words.words),
            draw(st.none() | seconds),
            draw(st.none() | st.floats(0, 500)),
            attempt.lower_s,
            attempt.upper_s,
            1,
            2,
            pauses=draw(st.none() | st.integers(0, 9)),
            fillers=draw(st.none() | st.just((FillerCount("like", 1, 3),))),
            unmeasurable=draw(st.just(()) | st.just(("words",))),  # type: ignore[arg-type]
        )
        before = versions[-1].id if versions else None
        version = StoredTranscript(f"{own}-t{index}", own, draw(moments), words, delivery, before)
        versions.append(version)
        for count in range(draw(st.integers(0, 2))):
            rating = draw(ratings(len(words.words)))
            rubric = draw(st.sampled_from(RUBRICS))
            score = draw(st.floats(0, 100))
            identity = f"{own}-r{index}{count}"
            given.append(
                StoredRating(
                    identity,
                    own,
                    version.id,
                    draw(moments),
                    rating,
                    score,
                    rubric,
                    draw(names) if rating.rater == "peer" else "",
                    draw(texts),
                )
            )
        if words.words and draw(st.booleans()):
            rater = draw(st.sampled_from(["self", "peer"]))
            identity = f"{own}-n{index}"
            notes.append(
                SpanNote(
                    identity,
                    own,
                    version.id,
                    0,
                    1,
                    draw(texts),
                    draw(moments),
                    rater,
                    draw(names) if rater == "peer" else "",
                )
            )
    reviews = []
    if draw(st.booleans()):
        found = draw(st.none() | st.just(((0.5, 1.0),)))
        reviews.append(FillerReview(f"{own}-f", own, draw(moments), "self", 1, found))
    marked = (
        MarkedMoment(f"{own}-m{index}", own, "blame", float(index), draw(texts), draw(names))
        for index in range(draw(st.integers(0, 2)))
    )
    role = draw(st.sampled_from(["candidate", "interviewer", "observer"]))
    shared = SharedRound(own, draw(names), 2, role, draw(texts), draw(texts), ("x", draw(texts)))
    return AttemptRecord(
        attempt,
        tuple(versions),
        tuple(given),
        filler_reviews=tuple(reviews),
        notes=tuple(notes),
        moments=tuple(marked),
        shared=draw(st.none() | st.just(shared)),
    )


@st.composite
def histories(draw: DrawFn) -> tuple[AttemptRecord, ...]:
    return tuple(draw(records(number)) for number in range(draw(st.integers(0, 3))))


def answer(number: int = 1, text: str = "I acknowledge it. Then came the change.") -> AttemptRecord:
    """Return an answer that was rated by a rubric that is there, with a note."""
    own, rubric = f"a{number}", fakes.library().rubrics["ownership"]
    at = (START + timedelta(days=number)).isoformat(timespec="milliseconds")
    words = Transcript.typed(text)
    attempt = Attempt(
        own, "s1", "low-score", "Low", "low-score-direct", "Why?", rubric.id, at, 60, 120
    )
    marks = {criterion.id: Mark.MISSED for criterion in rubric.criteria}
    first = rubric.criteria[0].id
    rating = Rating(
        "machine",
        rubric.id,
        rubric.version,
        "1",
        {**marks, first: Mark.MET},
        {flag.id: False for flag in rubric.flags},
        (Span(0, 3, "criterion", first), Span(0, 3, "part", "situation")),
    )
    version = StoredTranscript(
        f"{own}-t", own, at, words, Delivery(len(words.words), 42.0, None, 60, 120, 1, 0)
    )
    return AttemptRecord(
        attempt,
        (version,),
        (StoredRating(f"{own}-r", own, version.id, at, rating, 50.0, encode_rubric(rubric)),),
        notes=(SpanNote(f"{own}-n", own, version.id, 0, 2, "Slower here", at),),
    )
