"""Notes go where their words stand, whichever version they were written on."""

from __future__ import annotations

import pytest

from tests.review.test_versions import ATTEMPT
from trainer.analysis.delivery import measure
from trainer.review.placing import place_notes
from trainer.store.types import AttemptRecord, SpanNote, StoredTranscript
from trainer.transcript.types import Transcript

FIRST = "I keep a daily log of my errors and the exam was hard"


def version(number: int, text: str) -> StoredTranscript:
    said = Transcript.typed(text)
    return StoredTranscript(str(number), "a", f"at {number}", said, measure(said, None, 30, 60))


def placed(first: str, now: str, noted: str) -> tuple[list[str], list[tuple[str, int]]]:
    """Return where a note on words of one version stands in the next, and what does not stand."""
    versions = version(1, first), version(2, now)
    words = first.split()
    start = next(
        at for at in range(len(words)) if words[at : at + len(noted.split())] == noted.split()
    )
    end = start + len(noted.split())
    note = SpanNote("n", "a", "1", start, end, "Say how.", "2026-03-02T09:00:00+00:00")
    here, left = place_notes(AttemptRecord(ATTEMPT, versions, (), notes=(note,)), versions[1])
    assert {one.id for one in here} | {one.note.id for one in left} == {"n"}
    stands = [versions[1].transcript.quote(one.start, one.end) for one in here]
    return stands, [(one.quote, one.number) for one in left]


@pytest.mark.parametrize(
    ("now", "noted", "stands"),
    [
        (f"Well, {FIRST}", "daily log", "daily log"),
        (FIRST.replace("daily log", "Daily log,"), "daily log", "Daily log,"),
        (FIRST.replace("daily", "weekly"), "a daily log of", "a weekly log of"),
        (FIRST.replace("daily", "very long daily"), "a daily log", "a very long daily log"),
        (FIRST.replace("I keep a", "I kept one"), "keep a daily log", "daily log"),
        (f"{FIRST} and my errors", "my errors", "my errors"),
        (FIRST.replace("I keep", "my errors and I keep"), "my errors", "my errors"),
    ],
)
def test_a_note_comes_along_where_at_least_half_of_its_words_stayed(
    now: str, noted: str, stands: str
) -> None:
    assert placed(FIRST, now, noted) == ([stands], [])


@pytest.mark.parametrize(
    ("now", "noted"),
    [
        ("Something else altogether", "daily log"),
        (FIRST.replace("daily log", "book"), "daily log of"),
        (FIRST.replace("daily log", "daily and very long and most boring log"), "daily log"),
        ("", "daily log"),
    ],
)
def test_what_no_longer_fits_is_told_with_its_words_and_their_version(now: str, noted: str) -> None:
    assert placed(FIRST, now, noted) == ([], [(noted, 1)])


def test_a_note_is_seen_from_older_words_too_and_one_without_words_is_not_lost() -> None:
    versions = version(1, FIRST), version(2, f"Well, {FIRST}")
    later = SpanNote("later", "a", "2", 4, 6, "Say how.", "2")
    first = SpanNote("first", "a", "1", 0, 1, "Slowly.", "1")
    beyond = SpanNote("beyond", "a", "1", 40, 50, "?", "1")
    lost = SpanNote("lost", "a", "gone", 0, 1, "?", "1")
    record = AttemptRecord(ATTEMPT, versions, (), notes=(later, beyond, lost, first))
    here, left = place_notes(record, versions[0])
    assert [(one.id, one.start, one.end) for one in here] == [("first", 0, 1), ("later", 3, 5)]
    assert [(one.note.id, one.quote, one.number) for one in left] == [
        ("beyond", "", 0),
        ("lost", "", 0),
    ]
