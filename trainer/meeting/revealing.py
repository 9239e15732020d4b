"""A revealed round as people look at it: marks side by side, moments, who counted which fillers.

Pure, from what a participant sees of the round. The seconds of the words come with the machine's
rating.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from trainer.analysis.types import UM, FillerCount, Rater, Remark
from trainer.exchange.reading import stored_rating, stored_transcript
from trainer.peer.types import MACHINE, Moment, PersonId, RoundView
from trainer.review.rated import Line, quote_for
from trainer.review.sides import SideName
from trainer.transcript.types import Transcript

if TYPE_CHECKING:
    from trainer.store.types import AttemptRecord, StoredRating, StoredTranscript

Part = Literal["candidate", "interviewer", "observer", "machine"]
_ORDER: Mapping[Part, int] = {"candidate": 0, "interviewer": 1, "observer": 2, "machine": 3}
_RATERS: Mapping[Part, Rater] = {"candidate": "self", "machine": "machine"}


@dataclass(frozen=True, slots=True)
class Column:
    """Somebody who rated, and what they wrote beside it. `id` is `MACHINE` for the machine.

    `unsure` names the criteria that the machine was not sure of.
    """

    id: PersonId
    part: Part
    note: str = ""
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FillerTally:
    """Filled pauses: how many the sound has, None where none was searched; who marked how many.

    `marked` has only people who marked one: whoever marked none may not have counted.
    """

    heard: FillerCount | None
    marked: tuple[tuple[PersonId, int], ...]


@dataclass(frozen=True, slots=True)
class RevealedRound:
    """Everything of a round that is revealed.

    `columns` are the candidate, the interviewer, observers and the machine, as far as they rated;
    the marks of a line are in this order. `moments` are those of all, by their second. `words` are
    the newest of the answer, None where they were never handed in; `length_s` is its time. `remark`
    says why the machine gave no marks that could be shown.
    """

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    moments: tuple[Moment, ...]
    fillers: FillerTally
    words: Transcript | None
    length_s: float
    remark: Remark | None = None

    @property
    def differing(self) -> int:
        """How many lines were not given one mark by all."""
        return sum(line.step > 0 for line in self.lines)

    @property
    def first_differing(self) -> int:
        """The index of the line that lies widest apart; 0 where none does."""
        steps = [line.step for line in self.lines]
        return steps.index(max(steps)) if steps else 0

    @property
    def is_heard(self) -> bool:
        """Whether the words were heard in a sound; else they were typed."""
        return self.words is not None and self.words.is_heard


def lay_side_by_side(shown: RoundView) -> RevealedRound:
    """Return a round that a participant sees as one looks at it."""
    newest, rated, machine = _words(shown)
    remark = machine.rating.remark if machine else None
    given = sorted(
        (one for one in shown.ratings if one.participant_id != MACHINE or remark is None),
        key=lambda one: _ORDER[part_of(shown, one.participant_id)],
    )
    answer_s = shown.answer.answer_s if shown.answer else 0.0
    return RevealedRound(
        tuple(
            Column(
                one.participant_id,
                part_of(shown, one.participant_id),
                one.note,
                one.entry.unsure if one.entry else (),
            )
            for one in given
        ),
        tuple(
            Line(
                point,
                tuple(one.marks.get(point.id) for one in given),
                quote_for(point.id, rated, machine),
            )
            for point in (shown.asked.form if shown.asked else ())
        ),
        tuple(sorted(shown.moments, key=lambda one: one.at_s)),
        _tally(shown, newest),
        newest.transcript if newest else None,
        max(answer_s, *(one.at_s for one in shown.moments), 0.0),
        remark,
    )


def part_of(shown: RoundView, participant_id: str) -> Part:
    """Return what somebody was in this round."""
    if participant_id == MACHINE:
        return "machine"
    if participant_id == shown.candidate_id:
        return "candidate"
    return "interviewer" if participant_id == shown.interviewer_id else "observer"


def rows_by_person(revealed: RevealedRound) -> list[tuple[PersonId, list[Moment]]]:
    """Return the moments of each person, those first who marked most."""
    people = [one for one, _ in Counter(m.participant_id for m in revealed.moments).most_common()]
    return [(one, [m for m in revealed.moments if m.participant_id == one]) for one in people]


def stored_side(record: AttemptRecord, part: Part, name: str) -> SideName | None:
    """Return the newest rating in a history by the machine, or by the person who took this part.

    None where it is not there: a person's is stored only once the round is kept. `name` is the
    person's own.
    """

    def is_theirs(one: StoredRating) -> bool:
        if part in _RATERS:
            return one.rating.rater == _RATERS[part]
        return one.rating.rater == "peer" and one.rater_name == name

    found = next((one for one in reversed(record.ratings) if is_theirs(one)), None)
    for version, words in enumerate(record.transcripts, 1):
        ratings = record.ratings_of(words)
        if found and found in ratings:
            return SideName(record.attempt.id, version, ratings.index(found) + 1)
    return None


def _words(
    shown: RoundView,
) -> tuple[StoredTranscript | None, StoredTranscript | None, StoredRating | None]:
    """Return the newest words, those that the machine rated, and its rating."""
    document = shown.answer.document if shown.answer else None
    if document is None or not document.transcripts:
        return None, None, None
    newest = stored_transcript(document.id, document.transcripts[-1])
    entry = next((one.entry for one in shown.ratings if one.entry), None)
    if entry is None:
        return newest, None, None
    words = next((one for one in document.transcripts if one.id == entry.transcript_id), None)
    return (
        newest,
        stored_transcript(document.id, words) if words else None,
        stored_rating(document.id, replace(entry, rubric=None), {}),
    )


def _tally(shown: RoundView, newest: StoredTranscript | None) -> FillerTally:
    counted = Counter(m.participant_id for m in shown.moments if m.kind == "filler")
    known: Sequence[FillerCount] = ()
    if newest and newest.transcript.is_heard:
        known = newest.delivery.fillers or ()
    return FillerTally(
        next((one for one in known if one.what == UM), None),
        tuple(sorted(counted.items(), key=lambda one: _ORDER[part_of(shown, one[0])])),
    )
