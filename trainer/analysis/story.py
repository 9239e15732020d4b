"""The story of an answer: its parts over time, who acts in it, what is brought up unasked.

All of it is read from the words and the rating's spans, so that any rating that is kept can be
looked at so, whatever found its parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.analysis import exposure
from trainer.analysis.copies import read_once
from trainer.analysis.exposure import Stretch
from trainer.analysis.grammar import FIRST, WE
from trainer.analysis.shape import (
    Run,
    StoryPart,
    find_runs,
    find_times,
    is_clear,
    measure_parts,
    tells_story,
)
from trainer.analysis.tokens import MOST_WORDS, read_word
from trainer.analysis.types import Note, Rating
from trainer.bank.types import Mark, Part, Rubric
from trainer.transcript.types import Transcript

PROBLEM: tuple[Part, ...] = ("situation", "task")
CHANGE: tuple[Part, ...] = ("action", "result", "reflection")


@dataclass(frozen=True, slots=True)
class Moment:
    """Where something begins: the word, its place as a share of the words (0..1), and `seconds`.

    Seconds count from the first word; None where words have no times.
    """

    word: int
    share: float
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Extent:
    """How long something is; `seconds` is None where words have no times."""

    words: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Story:
    """What one answer's words tell about its shape.

    `parts` and `runs` are empty where the rubric knows no story, and where the parts could not be
    told apart (`unclear`). They are of the answer's first `words`, those that were rated: of a text
    that was pasted twice one copy. `i_words` and `we_words` count "I" and "we" with their forms in
    the action, None without one. For rubrics that ask for something to be owned, `owning` is the
    mark it got and `owned` where it begins, None where that mark is not met: what is owned late or
    around corners has no place to praise. `problem` and `change` are how long the one and the other
    are told (both None without parts). `volunteered` are words that bring up the exam record though
    the question did not, `repeated` words that name it as the weakness asked for.
    """

    parts: tuple[StoryPart, ...] = ()
    runs: tuple[Run, ...] = ()
    words: int | None = None
    unclear: bool = False
    i_words: int | None = None
    we_words: int | None = None
    asks_to_own: bool = False
    owning: Mark | None = None
    owned: Moment | None = None
    problem: Extent | None = None
    change: Extent | None = None
    volunteered: Stretch | None = None
    repeated: Stretch | None = None


def read_story(
    transcript: Transcript, rubric: Rubric | None, rating: Rating | None, question: str
) -> Story | None:
    """Return the story of an answer to `question`; None where there is nothing to tell.

    Without a rubric and its rating only what was brought up unasked is known, and where the
    rating has a remark, that is all that is said. Never raises on any text.
    """
    if not transcript.words or (rating is not None and rating.remark):
        return None
    volunteered, repeated = _exposed(transcript, rubric, question)
    story = Story(volunteered=volunteered, repeated=repeated)
    if rubric is not None and rating is not None and tells_story(rubric):
        story = _with_parts(story, _rated(transcript, rating), rubric, rating)
    return None if story == Story() else story


def _exposed(
    transcript: Transcript, rubric: Rubric | None, question: str
) -> tuple[Stretch | None, Stretch | None]:
    """Return the words that volunteer the record, and those that name it as the weakness."""
    if exposure.asks_for_weakness(question):
        return None, exposure.find_repeated_weakness(transcript)
    asks_to_own = rubric is not None and _to_own(rubric) is not None
    if not question or asks_to_own or exposure.asks_about_record(question):
        return None, None
    return exposure.find_weak_record(transcript), None


def _rated(transcript: Transcript, rating: Rating) -> Transcript:
    """Return a transcript without the words that were not rated: they have no part."""
    if Note.PASTED_TWICE in rating.notes:
        transcript, _ = read_once(transcript)
    return replace(transcript, words=transcript.words[:MOST_WORDS])


def _with_parts(story: Story, transcript: Transcript, rubric: Rubric, rating: Rating) -> Story:
    own = _to_own(rubric)
    if own is not None:
        mark = rating.marks.get(own)
        owned = _beginning(transcript, rating, own) if mark is Mark.MET else None
        story = replace(story, asks_to_own=True, owning=mark, owned=owned)
    runs = find_runs(transcript, rating)
    if not runs and rating.rater != "machine":
        return story  # people give marks; they are not asked for parts
    if not is_clear(transcript, runs):
        return replace(story, unclear=True)
    parts = measure_parts(transcript, rubric, runs)
    acted = [run for run in runs if run.name == "action"]
    said = [token for run in acted for token in _tokens(transcript, run)]
    return replace(
        story,
        parts=parts,
        runs=runs,
        words=len(transcript.words),
        i_words=sum(token in FIRST for token in said) if acted else None,
        we_words=sum(token in WE for token in said) if acted else None,
        problem=_extent(parts, PROBLEM) if own is not None else None,
        change=_extent(parts, CHANGE) if own is not None else None,
    )


def _to_own(rubric: Rubric) -> str | None:
    """Return the id of the criterion that has to be heard early: what is to be owned."""
    return next((c.id for c in rubric.criteria if c.within is not None), None)


def _beginning(transcript: Transcript, rating: Rating, criterion_id: str) -> Moment | None:
    count = len(transcript.words)
    starts = [span.start for span in rating.spans_of("criterion", criterion_id)]
    word = min(starts, default=count)
    if word >= count:
        return None
    begun_s = transcript.words[word].start_s
    first_s, _ = find_times(transcript, 0, count)
    seconds = None if begun_s is None or first_s is None else begun_s - first_s
    return Moment(word, word / count, seconds)


def _extent(parts: Sequence[StoryPart], names: Sequence[Part]) -> Extent:
    told = [part for part in parts if part.name in names]
    timed = [part.seconds for part in told if part.seconds is not None]
    seconds = sum(timed) if told and len(timed) == len(told) else None
    return Extent(sum(part.words for part in told), seconds)


def _tokens(transcript: Transcript, run: Run) -> list[str]:
    words = transcript.words[run.start : run.end]
    return [token for word in words for token in read_word(transcript.text[word.start : word.end])]
