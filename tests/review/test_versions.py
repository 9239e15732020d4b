"""The lines of versions and ratings: their order, their names, and what each tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import fakes
from tests.review.sides import rating
from trainer.analysis.delivery import measure
from trainer.analysis.types import Rating, Remark
from trainer.bank.types import Mark
from trainer.recall import decode_rubric, encode_rubric
from trainer.review.sides import side_of
from trainer.review.versions import (
    Version,
    list_versions,
    tell_rater,
    tell_score,
    tell_scorer,
    tell_words,
)
from trainer.store.types import Attempt, AttemptRecord, StoredRating, StoredTranscript
from trainer.transcript.types import Source, Transcript

MARKS = {"acknowledge": Mark.MET, "change": Mark.PARTLY}
ATTEMPT = Attempt(
    "a", "s", "b", "Bank", "q", "Why?", "ownership", "2026-03-02T09:00:00+00:00", 30, 60
)


def words(name: str, source: Source = "typed") -> StoredTranscript:
    said = Transcript.typed("I name it and then came the change.", source)
    return StoredTranscript(
        name, "a", f"2026-03-02T09:0{name}:00+00:00", said, measure(said, None, 30, 60)
    )


def rated(number: int, on: str, given: Rating | None = None) -> StoredRating:
    json = encode_rubric(fakes.rubric())
    given = given or rating(MARKS)
    at = f"2026-03-02T10:0{number}:00+00:00"
    return StoredRating(f"r{number}", "a", on, at, given, 50.0, json)


def listed(
    *transcripts: StoredTranscript, ratings: tuple[StoredRating, ...] = ()
) -> tuple[Version, ...]:
    return list_versions(AttemptRecord(ATTEMPT, transcripts, ratings), decode_rubric)


def test_the_newest_stands_first_and_each_name_leads_to_its_side() -> None:
    own = replace(rating(MARKS), rater="self")
    ratings = (rated(1, "1"), rated(2, "2"), rated(3, "1"), rated(4, "2", own))
    record = AttemptRecord(ATTEMPT, (words("1"), words("2", "corrected")), ratings)
    found = list_versions(record, decode_rubric)
    assert [one.stored for one in found] == [ratings[3], ratings[1], ratings[2], ratings[0]]
    assert [one.is_newest for one in found] == [False, True, False, False]
    assert [tell_words(one) for one in found[::2]] == ["2, corrected", "1, typed"]
    for one in found:
        assert side_of(record, decode_rubric, one.name.version, one.name.rating) == one.side


def test_words_that_only_a_person_rated_are_shown_without_a_rating_first() -> None:
    own = replace(rating(MARKS), rater="peer")
    by_person, unrated = listed(words("1"), ratings=(rated(1, "1", own),))
    assert (unrated.is_newest, unrated.name.rating, by_person.is_newest) == (True, None, False)
    assert (unrated.created_at, tell_score(unrated)) == (unrated.words.created_at, "not rated")
    assert (tell_rater(unrated), tell_scorer(unrated)) == ("-", "")
    assert tell_rater(by_person) == "A listener's marks"


@pytest.mark.parametrize(
    ("given", "by", "scorer"),
    [
        (rating(MARKS), "Keyword check", "1, checklist ownership, version test"),
        (rating(MARKS, settled=("change",)), "Keyword check, 1 settled", "1, checklist owner"),
        (rating(MARKS, rater="self"), "Your own marks", "checklist ownership, version test"),
    ],
)
def test_who_rated_is_told(given: Rating, by: str, scorer: str) -> None:
    (version,) = (one for one in listed(words("1"), ratings=(rated(1, "1", given),)) if one.stored)
    assert tell_rater(version) == by
    assert tell_scorer(version).startswith(scorer)


def test_a_score_is_told_or_why_there_is_none() -> None:
    fine = rated(1, "1")
    remarked = rated(2, "1", rating(MARKS, remark=Remark.OFF_QUESTION))
    unreadable = replace(rated(3, "1"), rubric_json="{}")
    ratings = listed(words("1"), ratings=(fine, remarked, unreadable))
    assert list(map(tell_score, ratings)) == ["cannot be read", "no marks", "54-70 partly there"]
    assert tell_score(ratings[-1], in_figures=True) == "54-70"
    guessed = replace(words("1"), delivery=replace(words("1").delivery, unmeasurable=("words",)))
    assert [tell_score(one) for one in listed(guessed, ratings=(fine,))] == ["not measurable"]
