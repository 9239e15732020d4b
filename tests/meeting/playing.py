"""What people do in a round, step by step, over homes with the banks of the fakes."""

from __future__ import annotations

from dataclasses import replace

from tests import fakes
from tests.waiting import wait_until
from trainer.bank.types import Library, Mark
from trainer.meeting.types import Meeting, Place
from trainer.paths import Home
from trainer.peer import events
from trainer.peer.planning import asked_of
from trainer.peer.types import Asked, Phase, RoundView
from trainer.services import Services
from trainer.store.database import Store
from trainer.transcript.types import Transcript

SAID = "I acknowledge it, um, and half-change my days."
ALL_MET = {"acknowledge": Mark.MET, "change": Mark.MET}


def open_home(home: Home, library: Library | None = None) -> Services:
    """Return services over a home; without a library with that of the fakes."""
    home.prepare()
    known = library or fakes.library()
    return Services(home, Store.open(home), lambda: known, fakes.FakeRater)


def bank_question(question_id: str = "low-score-direct") -> Asked:
    """Return a question of the fakes as it is asked."""
    found = fakes.library().find(question_id)
    assert found
    return asked_of(*found, fakes.rubric() if found[1].rubric else None)


def do(place: Place, kind: type[events.Event], *said: object) -> None:
    """Let something happen, and wait until it is kept."""
    place.send(kind(*place.stamp(), *said)).result(10)


def shown(place: Place) -> RoundView:
    """Return the round that is shown at a place."""
    current = place.view.round
    assert current
    return current


def until(place: Place, phase: Phase) -> None:
    """Wait until a round has come so far."""
    wait_until(
        lambda: place.view.round is not None and shown(place).phase is phase, f"it is {phase.value}"
    )


def ask(place: Place, asked: Asked | None = None) -> None:
    """Begin a round and ask."""
    do(place, events.RoundBegun)
    do(place, events.QuestionChosen, asked or bank_question())
    do(place, events.QuestionAsked)


def answer(services: Services, place: Place, said: str = SAID, *, typed: bool = False) -> str:
    """Answer and hand it in; return the attempt's id."""
    until(place, Phase.ASKING)
    do(place, events.AnswerBegun)
    do(place, events.AnswerEnded, 20.0)
    asked = shown(place).asked
    assert asked
    run = services.meetings.run_of(asked, place.view.session_id)
    heard = None if typed else Transcript.heard(fakes.heard_words(said), "vosk")
    draft = replace(services.new_draft(run), text=said, counted_s=20.0, heard=heard)
    attempt_id = services.finish(draft, run.item)
    services.meetings.hand_in(place, attempt_id)
    return attempt_id


def mark_and_rate(place: Place, note: str = "Calm and clear") -> None:
    """Mark a filler and rate as somebody who listened."""
    until(place, Phase.RATING)
    do(place, events.MomentMarked, f"m-{place.you}", "filler", 7.0)
    do(place, events.Rated, ALL_MET, note)


def kept_whole(services: Services, meeting: Meeting) -> tuple[str, ...]:
    """Keep until nothing is left to keep."""
    kept: list[str] = []

    def is_done() -> bool:
        kept.extend(services.meetings.keep_rounds(meeting))
        return all(place.view.unkept is None for place in meeting.places)

    wait_until(is_done, "all is kept")
    return tuple(kept)
