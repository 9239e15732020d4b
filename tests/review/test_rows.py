"""From records of the history to rows: what is taken, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import fakes
from tests.review.sides import LONG, rating, spoken
from tests.review.whole import whole_row
from tests.store import samples
from trainer.analysis.delivery import measure
from trainer.analysis.types import Remark, Span
from trainer.bank.types import Mark
from trainer.errors import UsageError
from trainer.review.rows import quotes_of
from trainer.review.sides import side_of
from trainer.store.types import AttemptRecord

MISSED, PARTLY, MET = Mark
MACHINE = rating(
    {"acknowledge": MISSED, "change": MET}, flags={"blame": True}, unsure=("acknowledge",)
)
MACHINE = replace(MACHINE, spans=(*MACHINE.spans, Span(4, 6, "candidate", "acknowledge")))


def record(*ratings: object, text: object = LONG, **attempt: object) -> AttemptRecord:
    of = samples.attempt("a" * 32, rubric_id="ownership", **attempt)
    words = samples.transcript(of, text)  # type: ignore[arg-type]
    words = replace(words, delivery=measure(words.transcript, 60.0, 30, 60))
    stored = [samples.rating(words, rating=one) for one in ratings]
    return AttemptRecord(of, (words,), tuple(stored))


def decode(_: str) -> object:
    return fakes.rubric()


def test_a_row_has_the_machines_marks_and_their_quotes() -> None:
    row = whole_row(record(MACHINE), decode)  # type: ignore[arg-type]
    assert (row.marks, row.unsure) == (MACHINE.marks, {"acknowledge"})
    assert quotes_of(record(MACHINE), decode) == {  # type: ignore[arg-type]
        "acknowledge": ("and I",),
        "change": ("My score",),
        "blame": ("score was",),
    }
    assert (row.time_s, row.rubric_title, row.is_follow_up) == (60.0, "Owning a weak point", False)
    assert row.score is not None


def test_the_speakers_own_marks_stand_beside() -> None:
    own = rating({"change": PARTLY}, rater="self")
    older = rating({"change": MISSED}, rater="self")
    for given in ((MACHINE, older, own), (older, own, MACHINE)):
        row = whole_row(record(*given), decode)  # type: ignore[arg-type]
        assert (row.marks["change"], row.self_marks) == (MET, {"change": PARTLY})


def test_a_remark_leaves_time_only() -> None:
    off = replace(MACHINE, remark=Remark.OFF_QUESTION)
    row = whole_row(record(off, probe_of="x"), decode)  # type: ignore[arg-type]
    assert quotes_of(record(off), decode) == {}  # type: ignore[arg-type]
    assert (row.marks, row.flags, row.score) == ({}, {}, None)
    assert (row.time_s, row.is_follow_up) == (60.0, True)


def test_a_rubric_that_cannot_be_read_leaves_time_only() -> None:
    row = whole_row(record(MACHINE), lambda _: None)
    assert (row.marks, row.time_s) == ({}, 60.0)


def test_only_what_was_spoken_has_figures() -> None:
    assert whole_row(record(MACHINE), decode).figures == {}  # type: ignore[arg-type]
    figures = whole_row(record(MACHINE, text=spoken(LONG)), decode).figures  # type: ignore[arg-type]
    assert figures["pace"].low < figures["pace"].value < figures["pace"].high


def test_a_side_is_any_rating_of_its_words() -> None:
    newer = replace(MACHINE, scorer_version="2")
    both = record(MACHINE, newer)
    assert side_of(both, decode).rating == newer  # type: ignore[arg-type]
    first = side_of(both, decode, 1, 1)  # type: ignore[arg-type]
    assert (first.rating, first.rating_number) == (MACHINE, 1)
    for version, number in ((2, None), (0, None), (1, 3), (1, 0)):
        with pytest.raises(UsageError):
            side_of(both, decode, version, number)  # type: ignore[arg-type]
