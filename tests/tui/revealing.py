"""A round of a session on one keyboard, up to its reveal, for tests of what is shown then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests import fakes
from tests.peer.sessions import asked
from tests.tui.agreeing import SAID
from tests.tui.spoken import spoken_attempt
from trainer.bank.types import Mark
from trainer.exchange.writing import attempt_entry, rating_entry
from trainer.meeting.types import Meeting, Place
from trainer.peer import events
from trainer.peer.types import Answer, Asked, FormLine, MomentKind
from trainer.services import Services

MISSED, PARTLY, MET = Mark
FORM = tuple(FormLine(one.id, one.title, one.asks, one.marks) for one in fakes.rubric().criteria)
QUESTION = replace(
    asked(1),
    bank_id="low-score",
    question_id="low-score-direct",
    prompt="Can you tell me about your Step 1 score?",
    rubric_id="ownership",
    rubric_version="test",
    form=FORM,
)
MARKED: tuple[tuple[int, MomentKind, float, str], ...] = (
    (1, "good", 1.5, ""),
    (1, "filler", 4.2, ""),
    (1, "filler", 5.0, ""),
    (2, "filler", 4.4, ""),
    (2, "note", 6.0, "Calm here."),
)


def answered(
    services: Services, meeting: Meeting, question: Asked = QUESTION, said: str = SAID
) -> str:
    """Let the first answer in this home, and the others mark moments; return the answer's id."""
    ann, ben, *_ = meeting.places
    attempt_id = spoken_attempt(services, said)
    record = services.view(attempt_id).record
    entry = replace(attempt_entry(record, {}), ratings=(), recording=None, prompt=question.prompt)
    (stored,) = record.ratings
    words = len(record.transcripts[0].transcript.words)
    machine = replace(rating_entry(stored, {}, words), rubric=None)
    before = (
        events.RoundBegun(*ben.stamp()),
        events.QuestionChosen(*ben.stamp(), question),
        events.QuestionAsked(*ben.stamp()),
        events.AnswerBegun(*ann.stamp()),
    )
    for event in before:
        tell(meeting, event)
    for number, (who, kind, at_s, text) in enumerate(MARKED):
        stamp = meeting.places[who].stamp()
        tell(meeting, events.MomentMarked(*stamp, f"m{number}", kind, at_s, text))
    tell(meeting, events.AnswerEnded(*ann.stamp(), 7.0))
    tell(meeting, events.AnswerGiven(*ann.stamp(), Answer(attempt_id, 7.0, entry)))
    if question.form:
        tell(meeting, events.MachineRated(*ann.stamp(), machine))
    return attempt_id


def rate(meeting: Meeting, marks: Mapping[int, tuple[Mark, Mark]], note: str = "") -> None:
    """Let places rate, by their number, and reveal."""
    for number, (one, other) in marks.items():
        stamp = meeting.places[number].stamp()
        given = {"acknowledge": one, "change": other}
        tell(meeting, events.Rated(*stamp, given, note if number == 1 else ""))
    tell(meeting, events.Revealed(*meeting.places[1].stamp()))


def tell(meeting: Meeting, event: Any) -> None:
    """Send an event from the place of who did it, and wait until it is kept."""
    place: Place = next(one for one in meeting.places if one.you == event.by)
    place.send(event).result(5)
