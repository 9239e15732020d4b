"""Whether the parts of a history's file fit together, so that all of it can be shown and used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from trainer.bank.types import Rubric
from trainer.display import one_line
from trainer.exchange import document as entries
from trainer.store.tags import plain
from trainer.transcript.types import Transcript

MOST_RUBRIC = 2_000_000
"""Characters of one rubric; the longest shipped one has 60 000."""

_SHOWN = 64


class MisfitError(Exception):
    """Something in a file contradicts something else in it; `place` says where."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(problem)
        self.place = place
        self.problem = problem


def check(history: entries.HistoryFile, rubrics: Mapping[str, str]) -> None:
    """Check a file whose fields are all right one by one; `rubrics` as they will be stored.

    Raises `MisfitError`.
    """
    decoded = {name: _rubric(name, text) for name, text in rubrics.items()}
    seen: dict[str, set[str]] = {}
    for number, attempt in enumerate(history.attempts):
        place = f"attempts[{number}]"
        for kind, where, found in _ids(attempt, place):
            known = seen.setdefault(kind, set())
            if found in known:
                raise MisfitError(where, f"The id {found!r} stands there twice.")
            known.add(found)
        _check_attempt(attempt, place)
        words = {}
        for index, transcript in enumerate(attempt.transcripts):
            here = f"{place}.transcripts[{index}]"
            words[transcript.id] = check_transcript(transcript, here)
        for index, rating in enumerate(attempt.ratings):
            check_rating(rating, f"{place}.ratings[{index}]", words, decoded)
        for index, note in enumerate(attempt.notes):
            here = f"{place}.notes[{index}]"
            check_moment(note.created_at, here)
            _check_name(note, here)
            check_span(note.start, note.end, here, _words(note.transcript_id, words, here))
        for index, review in enumerate(attempt.filler_reviews):
            _check_review(review, f"{place}.filler_reviews[{index}]")
    _check_parents(history.attempts)


def _ids(attempt: entries.AttemptEntry, place: str) -> Iterator[tuple[str, str, str]]:
    yield "attempt", place, attempt.id
    for name in ("transcripts", "ratings", "filler_reviews", "notes", "moments"):
        for index, entry in enumerate(getattr(attempt, name)):
            yield name, f"{place}.{name}[{index}]", entry.id


def _check_attempt(attempt: entries.AttemptEntry, place: str) -> None:
    check_moment(attempt.started_at, place)
    if attempt.lower_s > attempt.upper_s:
        raise MisfitError(place, "lower_s is above upper_s.")
    if attempt.tags != plain(attempt.tags):
        raise MisfitError(f"{place}.tags", "Tags are plain words in order, each once.")


def _check_parents(attempts: Sequence[entries.AttemptEntry]) -> None:
    """Refuse follow-ups that go round: an answer cannot follow itself."""
    parents = {attempt.id: attempt.probe_of for attempt in attempts}
    sound: set[str] = set()
    for number, attempt in enumerate(attempts):
        way: set[str] = set()
        at: str | None = attempt.id
        while at in parents and at not in sound:
            if at in way:
                raise MisfitError(f"attempts[{number}].probe_of", "This follow-up follows itself.")
            way.add(at)
            at = parents[at]
        sound |= way


def check_transcript(transcript: entries.TranscriptEntry, place: str) -> int:
    """Return how many words it has. Raises `MisfitError`."""
    check_moment(transcript.created_at, place)
    if transcript.sound:
        for index, (start_s, end_s) in enumerate(transcript.sound.voiced or ()):
            _check_times(start_s, end_s, f"{place}.sound.voiced[{index}]")
        for index, filled in enumerate(transcript.sound.filled or ()):
            _check_times(filled.start_s, filled.end_s, f"{place}.sound.filled[{index}]")
    for index, filler in enumerate(transcript.delivery.fillers or ()):
        if filler.low > filler.high:
            raise MisfitError(f"{place}.delivery.fillers[{index}]", "low is above high.")
    if transcript.words is None:
        return len(Transcript.typed(transcript.text).words)
    at = 0
    for index, word in enumerate(transcript.words):
        here = f"{place}.words[{index}]"
        if not at <= word.start < word.end <= len(transcript.text):
            raise MisfitError(here, "The word does not stand behind the one before, in the text.")
        if word.start_s is not None and word.end_s is not None:
            _check_times(word.start_s, word.end_s, here)
        at = word.end
    return len(transcript.words)


def check_rating(
    rating: entries.RatingEntry,
    place: str,
    words: Mapping[str, int],
    rubrics: Mapping[str, Rubric | None],
) -> None:
    """Check a rating; `words` are how many each transcript has. Raises `MisfitError`."""
    check_moment(rating.created_at, place)
    _check_name(rating, place)
    count = _words(rating.transcript_id, words, place)
    for index, span in enumerate(rating.spans):
        check_span(span.start, span.end, f"{place}.spans[{index}]", count)
    for name, chances in rating.chances.items():
        if chances.met > chances.partly:
            here = f"{place}.chances.{one_line(name, _SHOWN)}"
            raise MisfitError(here, "met is likelier than at least partly.")
    if rating.rubric is None:
        return
    if rating.rubric not in rubrics:
        raise MisfitError(f"{place}.rubric", "This rubric is not among the rubrics of the file.")
    rubric = rubrics[rating.rubric]
    for criterion in rubric.criteria if rubric else ():
        if criterion.id not in rating.marks:
            raise MisfitError(f"{place}.marks", f"The criterion {criterion.id!r} has no mark.")


def _rubric(name: str, text: str) -> Rubric | None:
    """Return a rubric that marks can be read by, None for one that this version cannot read."""
    from trainer.recall import decode_rubric

    place = f"rubrics.{one_line(name, _SHOWN)}"
    if len(text) > MOST_RUBRIC:
        raise MisfitError(place, "It is longer than any rubric.")
    rubric = decode_rubric(text)
    if rubric is None:
        return None
    ids = [criterion.id for criterion in rubric.criteria]
    if len(set(ids)) < len(ids):
        raise MisfitError(place, "Two criteria have the same id.")
    return rubric


def _check_review(review: entries.FillerReviewEntry, place: str) -> None:
    check_moment(review.created_at, place)
    _check_name(review, place)
    if review.moments is not None and len(review.moments) != review.count:
        raise MisfitError(place, "The count is not the number of moments.")
    for index, (start_s, end_s) in enumerate(review.moments or ()):
        _check_times(start_s, end_s, f"{place}.moments[{index}]")


def check_moment(moment: str, place: str) -> None:
    """Check that there is such a moment. Raises `MisfitError`."""
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        raise MisfitError(place, f"{moment!r} is no date and time.") from None


def _check_name(
    entry: entries.RatingEntry | entries.NoteEntry | entries.FillerReviewEntry, place: str
) -> None:
    if entry.rater_name and entry.rater != "peer":
        raise MisfitError(f"{place}.rater_name", "Only a peer has a name.")


def _check_times(start_s: float, end_s: float, place: str) -> None:
    if end_s < start_s:
        raise MisfitError(place, "It ends before it begins.")


def check_span(start: int, end: int, place: str, words: int) -> None:
    """Check that a transcript of so many words has these. Raises `MisfitError`."""
    if not start < end <= words:
        raise MisfitError(place, f"There are no words {start} to {end} in a transcript of {words}.")


def _words(transcript_id: str, words: Mapping[str, int], place: str) -> int:
    if transcript_id not in words:
        raise MisfitError(place, "Its transcript is not among those of the answer.")
    return words[transcript_id]
