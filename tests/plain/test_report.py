"""What can be done with an answer from its report, line by line."""

from __future__ import annotations

from typing import Any

import pytest

from tests import fakes
from tests.plain.steps import Talk, answer, practise, review
from tests.tui.spoken import spoken_attempt
from trainer.playback.player import PlayerPhase
from trainer.services import Services
from trainer.transcript.types import FilledPause, Sound

SAID = "i acknowledge it and then i changed my plan for good"
FOUND = (FilledPause(1.0, 1.4, 0.9), FilledPause(3.0, 3.3, 0.3))


@pytest.fixture
def spoken(services: Services) -> str:
    """A spoken answer with two moments that may be an "um"."""
    return spoken_attempt(services, SAID, measured=Sound(((0.0, 5.5),), FOUND, 30.0))


def report(services: Services, *typed: object) -> Talk:
    """Open the newest answer, and type these lines."""
    talk = review(services, "1", *typed, "q", "q")
    assert talk.end is None, talk.out
    assert not talk.lines.typed
    return talk


def test_sound_plays_from_a_quote_from_words_and_again(
    services: Services, spoken: str, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    talk = report(services, "p", "", "", "1", "", "my plan", "", "+", "l my plan", "", "no", "q")
    begins = [(round(p.from_s, 2), p.to_s is None, p.speed) for p in loudspeaker.players]
    plan_s = SAID.split().index("my") / 2 - 0.1
    quote_s = SAID.split().index("acknowledge") / 2 - 0.1
    assert begins == [
        (0.0, True, 1.0),
        (quote_s, True, 1.0),
        (plan_s, True, 1.0),
        (plan_s, False, 1.25),
    ]
    assert not loudspeaker.playing
    assert "do not stand in the answer" in talk.out


def test_a_place_without_sound_is_not_played_again_and_again(
    services: Services,
    spoken: str,
    loudspeaker: fakes.FakeLoudspeaker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = loudspeaker.players

    def ends_at_once(*given: Any) -> fakes.FakePlayer:
        player = loudspeaker(*given)
        assert len(opened) < 4, "it goes round"
        player.end()
        return player

    monkeypatch.setattr(services, "open_player", ends_at_once)
    talk = report(services, "p", "l my plan", "q")
    assert "There is no sound at this place." in talk.out
    assert len(opened) == 1


def test_sound_that_cannot_be_played_says_why(
    services: Services, spoken: str, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    from trainer.errors import SoundError

    def breaks() -> None:
        loudspeaker.players[-1].end(SoundError("There is no loudspeaker.", "Connect one."))
        assert loudspeaker.players[-1].state().phase is PlayerPhase.ENDED

    talk = report(services, "p", "", breaks, "q")
    assert "There is no loudspeaker. Connect one." in talk.out


def test_ums_are_counted_by_ear_and_by_a_listener(services: Services, spoken: str) -> None:
    report(services, "m", "", "n", "y", "m", "t", "many", "m", "t", "4", "m", "", "q")
    record = services.view(spoken).record
    kept = [(one.rater, one.count, one.moments) for one in record.filler_reviews]
    assert kept == [("self", 1, ((3.0, 3.3),)), ("peer", 4, None)]


def test_rating_again_is_offered_only_where_it_would_differ(services: Services) -> None:
    attempt_id = answer(services, "I acknowledge it.")
    refused = report(services, "r")
    assert "There is no choice “r” here." in refused.out
    services._rater = fakes.FakeRater(version="fake-2")
    talk = report(services, "r")
    assert "The words are the same. Only the rating differs." in talk.out
    assert len(services.view(attempt_id).record.ratings) == 2


def test_what_fails_is_told_and_the_report_stays(services: Services) -> None:
    attempt_id = answer(services, "I acknowledge it.")

    def gone() -> str:
        services.delete_for_good(attempt_id)
        return "t"

    talk = review(services, "1", gone, "", "*", "q", "q")
    assert talk.end is None
    assert "no longer in the history" in talk.out or "There is no attempt" in talk.out


def test_an_answer_that_is_deleted_from_its_report_comes_back_from_the_list(
    services: Services,
) -> None:
    answer(services, "I acknowledge it.")
    assert not review(services, "1", "d", "", "z", "q").lines.typed
    assert len(services.answers()) == 1


def test_an_answer_that_is_deleted_in_a_practice_can_be_brought_back_there(
    services: Services,
) -> None:
    talk = practise(services, "", "I acknowledge it.", ".", "d", "z", "*", "q")
    assert talk.end is None, talk.out
    assert [row.attempt.starred for row in services.answers()] == [True]


def test_a_note_is_stored_while_it_is_typed_and_is_as_before_where_enter_comes_alone(
    services: Services,
) -> None:
    attempt_id = answer(services, "I acknowledge my plan.")
    seen = []

    def look() -> str:
        seen.append([note.text for note in services.view(attempt_id).notes])
        return ""

    add = ("a", "my plan")
    typed = ("1", "o", *add, None, look, *add, "Louder", "c 1", None, look, "c 1")
    talk = review(services, *typed, KeyboardInterrupt, half="Half of it")
    assert not talk.lines.typed
    look()
    assert seen == [["Half of it"]] * 3
    assert talk.out.count("Nothing was added.") == 1
    assert talk.out.count("Now: Louder") == 2
