"""One side of a comparison: some words of an attempt, and one rating of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer.analysis.scoring import score
from trainer.analysis.types import Delivery, Rating, Remark, Score
from trainer.bank.types import Rubric
from trainer.coach.people import name_of
from trainer.errors import UsageError
from trainer.store.types import AttemptRecord, FillerReview, StoredRating, StoredTranscript
from trainer.transcript.types import Transcript

DecodeRubric = Callable[[str], Rubric | None]


@dataclass(frozen=True, slots=True)
class SideName:
    """Which words of which answer, and which rating of them: the newest where a number is None.

    Both numbers count from 1: the versions of the words, and the ratings of that version.
    """

    attempt_id: str
    version: int | None = None
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """Words of an attempt with one rating of them.

    `version` counts the attempt's words from 1, `rating_number` the ratings of these words; both
    ratings' fields are None where the words are not rated, or by a rubric that cannot be read.
    `started_at` is when the answer was given, and `created_at` when its rating was given, or where
    there is none its words were written (both ISO 8601). `prompt` is the wording that was asked,
    `recording` the name of the file with the sound, which may be gone. `rater_name` is what the
    person who rated is called, where that is not the user.
    """

    attempt_id: str
    started_at: str
    prompt: str
    version: int
    transcript: Transcript
    delivery: Delivery
    rubric: Rubric | None = None
    rating: Rating | None = None
    rating_number: int | None = None
    reviews: tuple[FillerReview, ...] = ()
    recording: str | None = None
    created_at: str = ""
    rater_name: str = ""

    @property
    def is_rated(self) -> bool:
        """Whether there are marks to compare: a remark stands in place of all of them."""
        return self.rating is not None and self.rubric is not None and self.rating.remark is None

    @property
    def given_by(self) -> tuple[str, str] | None:
        """Who rated: which kind of rater, and the name of one who is not the user."""
        return (self.rating.rater, self.rater_name) if self.rating else None

    @property
    def is_guessed(self) -> bool:
        """Whether the words are mostly guessed: then there is neither score nor fact in them."""
        return "words" in self.delivery.unmeasurable

    @property
    def remark(self) -> Remark | None:
        """Why the marks are not to be shown; None where they are, or where there are none."""
        return self.rating.remark if self.rating else None

    @property
    def score(self) -> Score | None:
        """The score with its band; None where there is none to show."""
        if self.rubric is None or self.rating is None or not self.is_rated or self.is_guessed:
            return None
        return score(self.rating, self.rubric)


def side_of(
    record: AttemptRecord,
    decode: DecodeRubric,
    version: int | None = None,
    rating_number: int | None = None,
) -> Side:
    """Return the newest words of an attempt with their newest rating, or those that are named.

    `decode` reads a stored rubric. Raises `UsageError` for a version or a rating that is not there.
    """
    words, number = choose_words(record, version)
    stored, chosen_number = choose_rating(record, words, rating_number)
    rubric = decode(stored.rubric_json) if stored else None
    return Side(
        attempt_id=record.attempt.id,
        started_at=record.attempt.started_at,
        prompt=record.attempt.prompt,
        version=number,
        transcript=words.transcript,
        delivery=words.delivery,
        rubric=rubric,
        rating=stored.rating if stored and rubric else None,
        rating_number=chosen_number if rubric else None,
        reviews=record.filler_reviews,
        recording=record.attempt.recording,
        created_at=stored.created_at if stored else words.created_at,
        rater_name=name_of(record, stored) if stored else "",
    )


def choose_words(record: AttemptRecord, version: int | None) -> tuple[StoredTranscript, int]:
    """Return a version of an attempt's words with its number, the newest without one.

    Raises `UsageError` for a version that is not there, and where damage has left no words at all.
    """
    count = len(record.transcripts)
    if not count:
        raise UsageError("The words of this answer are lost.", "The history file was damaged.")
    number = count if version is None else version
    if not 1 <= number <= count:
        raise UsageError(f"There is no version {number}.", f"Versions: 1 to {count}")
    return record.transcripts[number - 1], number


def choose_rating(
    record: AttemptRecord, words: StoredTranscript, number: int | None = None
) -> tuple[StoredRating | None, int | None]:
    """Return a rating of these words with its number among all of them, which counts from 1.

    Without a number it is the machine's newest, (None, None) where it has given none. Raises
    `UsageError` for a number that is not there.
    """
    ratings = record.ratings_of(words)
    if number is None:
        newest = record.rating_of(words)
        return (newest, ratings.index(newest) + 1) if newest else (None, None)
    if not 1 <= number <= len(ratings):
        raise UsageError(
            f"There is no rating {number} of these words.",
            f"Ratings: 1 to {len(ratings)}" if ratings else "They are not rated.",
        )
    return ratings[number - 1], number
