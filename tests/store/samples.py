"""Records to store: only what a test is about needs to be named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from trainer.analysis.types import Delivery, Rating, Remark, Span
from trainer.bank.types import Mark
from trainer.store import listing
from trainer.store.database import Store
from trainer.store.types import Attempt, Draft, LibraryQuery, StoredRating, StoredTranscript
from trainer.transcript.types import FilledPause, Sound, Transcript, Word

_numbers = count(1)

RATING = Rating(
    rater="machine",
    rubric_id="adversity",
    rubric_version="abc",
    scorer_version="1",
    marks={"event": Mark.MET, "own_action": Mark.PARTLY, "result": Mark.MISSED},
    flags={"blames": False, "names_patient": True},
    spans=(
        Span(0, 2, "criterion", "event", ("cue", "other")),
        Span(1, 2, "flag", "names_patient"),
        Span(0, 1, "part", "situation"),
    ),
    unsure=("result",),
    remark=Remark.OFF_QUESTION,
)
HEARD = Transcript(
    "we lost him", (Word(0, 2, 0.1, 0.2, 0.93), Word(3, 7, 0.3, 0.9, 1.0), Word(8, 11)), "corrected"
)
SPOKEN = Transcript(
    "I had 249",
    (
        Word(0, 1, 0.1, 0.2, 0.93),
        Word(2, 5, 0.3, 0.9, 1.0),
        Word(6, 9, 1.0, 2.0, 0.5, "two forty nine"),
    ),
    "vosk",
    Sound(((0.1, 0.9), (1.0, 2.0)), (FilledPause(0.9, 1.2, 0.7),), 24.5),
)
RECORDING = f"{'ab' * 16}.wav"
FIRST = datetime(2024, 1, 1, tzinfo=UTC)


def attempt(attempt_id: str = "", **changes: Any) -> Attempt:
    number = next(_numbers)
    made = Attempt(
        id=attempt_id or f"attempt{number}",
        session_id="s",
        bank_id="adversity",
        bank_title="Adversity",
        question_id="setback",
        prompt="Tell me about a setback.",
        rubric_id="adversity",
        started_at=(FIRST + timedelta(seconds=number)).isoformat(),
        lower_s=60,
        upper_s=120,
    )
    return replace(made, **changes)


def transcript(of: Attempt, words: Transcript | str, **changes: Any) -> StoredTranscript:
    said = Transcript.typed(words) if isinstance(words, str) else words
    delivery = Delivery(len(said.words), 61.5, None, of.lower_s, of.upper_s, 2, 1)
    made = StoredTranscript(f"t{next(_numbers)}-{of.id}", of.id, of.started_at, said, delivery)
    return replace(made, **changes)


def rating(of: StoredTranscript, score: float = 62.5, **changes: Any) -> StoredRating:
    made = StoredRating(
        f"r-{next(_numbers)}-{of.id}",
        of.attempt_id,
        of.id,
        of.created_at,
        RATING,
        score,
        '{"id": "x"}',
    )
    return replace(made, **changes)


def draft(draft_id: str = "d", **changes: Any) -> Draft:
    made = Draft(
        id=draft_id,
        owner="",
        session_id="s",
        bank_id="adversity",
        question_id="setback",
        prompt="Tell me about a setback.",
        text="I was",
        counted_s=12.5,
        take=1,
        started_at="2024-01-01T00:00:00Z",
        updated_at="2024-01-01T00:00:12Z",
    )
    return replace(made, **changes)


def list_anew(store: Store) -> None:
    """Let the library show what was changed behind the store's back."""
    with store._database.writing() as db:
        listing.make(db)


def save(store: Store, text: str = "I did it.", score: float | None = 62.5, **of: Any) -> Attempt:
    """Store an attempt with a transcript and, unless `score` is None, a rating."""
    made = attempt(**of)
    words = transcript(made, text)
    store.save_attempt(made, words, None if score is None else rating(words, score))
    return made


def count_found(store: Store, words: str) -> int:
    """Return how many attempts hold these words."""
    return store.count_library(LibraryQuery(search=words))
