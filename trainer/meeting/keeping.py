"""From a revealed round to what a history keeps of it.

Both homes make the same of it: ids are made of the session, the round and who gave or marked it, so
that nothing is there twice, however often a round is kept and wherever histories meet later. Raters
are named as an answer knows them: "self" is whoever gave the answer, also in the history of the
interviewer, and all others are "peer" with the name that they had in the session.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from trainer.analysis.types import Rating
from trainer.bank.types import Criterion, Cue, Feedback, Levels, Rubric, ScoreBand, Scoring
from trainer.catalogue import score
from trainer.coach.fillers import marked_moments
from trainer.exchange.reading import stored_attempt, stored_rating
from trainer.peer.types import MACHINE, Asked, FormLine, FormRating, RoundView, SessionView
from trainer.recall import encode_rubric
from trainer.store.types import (
    AttemptRecord,
    FillerReview,
    MarkedMoment,
    SharedRole,
    SharedRound,
    SpanNote,
    StoredRating,
    StoredTranscript,
)

_SPACE = uuid.UUID("6f1d5a52-6a0c-4c52-9f1e-0c8a3f1f7b11")
_NO_CUE = (Cue("none", 1.0, ("nothing",)),)
_EQUAL = Scoring(
    "Each line gives 0 for missed, half for partly and 1 for met, scaled to 100.",
    (0.0, 0.5, 1.0),
    8.0,
    (
        ScoreBand(0.0, "not there yet"),
        ScoreBand(40.0, "partly there"),
        ScoreBand(70.0, "good"),
        ScoreBand(85.0, "strong"),
    ),
)
"""For a checklist of which only the form is known: all its lines count the same."""


def record_of(
    view: SessionView, kept: RoundView, role: SharedRole, rubrics: Mapping[str, Rubric]
) -> AttemptRecord:
    """Return a revealed round with its words as a history has it, to be merged into one.

    `role` is what the owner of the history was. `rubrics` are those of this home: the one that was
    rated by, where it is there in the same version; else one is made of the form.
    """
    assert kept.answer
    assert kept.answer.document
    return _Keeping(view, kept, rubrics).record(role)


def role_in(kept: RoundView, participant_id: str) -> SharedRole:
    """Return what somebody was in a round."""
    if participant_id == kept.candidate_id:
        return "candidate"
    return "interviewer" if participant_id == kept.interviewer_id else "observer"


class _Keeping:
    def __init__(self, view: SessionView, kept: RoundView, rubrics: Mapping[str, Rubric]) -> None:
        assert kept.answer
        assert kept.answer.document
        self._view = view
        self._kept = kept
        self._bare = stored_attempt(kept.answer.document, {})
        self._rubric = _rubric_of(kept.asked, rubrics) if kept.asked else None
        self._rubric_json = encode_rubric(self._rubric) if self._rubric else ""
        self._names = {one.id: one.name for one in view.participants}

    def record(self, role: SharedRole) -> AttemptRecord:
        bare = self._bare
        rated = tuple(self._ratings())
        return replace(
            bare,
            ratings=tuple(sorted(rated, key=lambda stored: stored.created_at)),
            filler_reviews=tuple(self._filler_reviews()),
            notes=tuple(self._notes()),
            moments=tuple(self._moments()),
            shared=self._shared(role),
        )

    @property
    def _words(self) -> StoredTranscript:
        return self._bare.transcripts[-1]

    @property
    def _attempt_id(self) -> str:
        return self._bare.attempt.id

    def _id(self, kind: str, what: str) -> str:
        said = "/".join((self._view.session_id, str(self._kept.number), kind, what))
        return uuid.uuid5(_SPACE, said).hex

    def _name(self, participant_id: str) -> str:
        """Return what a peer is called; the speaker has no name beside an answer of theirs."""
        if participant_id == self._kept.candidate_id:
            return ""
        return self._names.get(participant_id, "")

    def _ratings(self) -> Iterator[StoredRating]:
        rubric = self._rubric
        for given in self._kept.ratings if rubric else ():
            assert rubric
            if given.participant_id != MACHINE:
                yield self._rating(given, rubric)
            elif given.entry:
                stored = stored_rating(self._attempt_id, given.entry, {})
                yield replace(stored, rubric_json=self._rubric_json)

    def _rating(self, given: FormRating, rubric: Rubric) -> StoredRating:
        by = given.participant_id
        rater = self._rater(by)
        rating = Rating(rater, rubric.id, rubric.version, rater, dict(given.marks), {}, ())
        return StoredRating(
            self._id("rating", by),
            self._attempt_id,
            self._words.id,
            given.created_at,
            rating,
            score(rating, rubric).value,
            self._rubric_json,
            self._name(by),
            given.note,
        )

    def _notes(self) -> Iterator[SpanNote]:
        """Yield what was said where there was no form: it stands on all words."""
        count = len(self._words.transcript.words)
        for given in () if self._rubric or not count else self._kept.ratings:
            by = given.participant_id
            if given.note.strip():
                yield SpanNote(
                    self._id("note", by),
                    self._attempt_id,
                    self._words.id,
                    0,
                    count,
                    given.note,
                    given.created_at,
                    self._rater(by),
                    self._name(by),
                )

    def _moments(self) -> Iterator[MarkedMoment]:
        for one in self._kept.moments:
            yield MarkedMoment(
                self._id("moment", one.id),
                self._attempt_id,
                one.kind,
                float(one.at_s),
                one.text,
                self._name(one.participant_id),
            )

    def _filler_reviews(self) -> Iterator[FillerReview]:
        """Yield what each listener counted of a spoken answer.

        The interviewer's is the last, and so the one that is shown where only one is. Who marked
        none has not counted any.
        """
        if self._bare.transcripts[0].transcript.source == "typed":
            return
        listeners = {one.participant_id for one in self._kept.moments if one.kind == "filler"}
        asks = self._kept.interviewer_id
        for by in sorted(listeners - {self._kept.candidate_id}, key=lambda one: (one == asks, one)):
            marked = (
                one.at_s
                for one in self._kept.moments
                if one.kind == "filler" and one.participant_id == by
            )
            heard = marked_moments(self._words.transcript, marked)
            yield FillerReview(
                self._id("fillers", by),
                self._attempt_id,
                self._words.created_at,
                "peer",
                len(heard),
                heard,
                self._name(by),
            )

    def _shared(self, role: SharedRole) -> SharedRound:
        kept = self._kept
        seats = {kept.candidate_id, kept.interviewer_id}
        rated = {one.participant_id for one in kept.ratings}
        marked = {one.participant_id for one in kept.moments}
        watched = {*kept.listeners, *rated, *marked} - seats
        return SharedRound(
            self._attempt_id,
            self._view.session_id,
            kept.number,
            role,
            self._names.get(kept.candidate_id, ""),
            self._names.get(kept.interviewer_id, ""),
            tuple(one.name for one in self._view.participants if one.id in watched),
        )

    def _rater(self, participant_id: str) -> Literal["self", "peer"]:
        return "self" if participant_id == self._kept.candidate_id else "peer"


def _rubric_of(asked: Asked, rubrics: Mapping[str, Rubric]) -> Rubric | None:
    """Return by what a round was rated; None where there was no form."""
    if asked.rubric_id is None or not asked.form:
        return None
    own = rubrics.get(asked.rubric_id)
    if own and own.version == asked.rubric_version and fits(own, asked):
        return own
    return Rubric(
        id=asked.rubric_id,
        title=asked.bank_title or asked.rubric_id,
        about="This checklist came with a question of a session with others.",
        scoring=_EQUAL,
        criteria=tuple(_criterion(line) for line in asked.form),
        version=asked.rubric_version,
    )


def fits(rubric: Rubric, asked: Asked) -> bool:
    """Whether a rubric has exactly the lines of the form."""
    return {one.id for one in rubric.criteria} == {line.id for line in asked.form}


def _criterion(line: FormLine) -> Criterion:
    meant = line.marks
    return Criterion(
        line.id,
        line.title,
        line.asks,
        1.0,
        meant,
        Feedback(meant.met, meant.partly, meant.missed, line.title),
        Levels(1.0, 2.0),
        _NO_CUE,
    )
