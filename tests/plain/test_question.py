"""The question as it is asked line by line: read aloud, hidden in a drill, and its hint."""

from __future__ import annotations

from tests import fakes
from tests.plain.steps import practise
from trainer.errors import SoundError
from trainer.plain.console import PROMPT as ASKS
from trainer.services import Services

PROMPT = "Can you tell me about your Step 1 score?"
ANSWER = "You ask about my score. I acknowledge it."


def sounded(aloud: fakes.FakeAloud) -> object:
    """Let the voice sound and come to its end; nobody types."""

    def ends() -> None:
        aloud.now.sounds()
        aloud.now.end()

    return ends


def test_a_drill_hides_the_text_until_it_is_asked_for_and_the_report_tells(
    services: Services, aloud: fakes.FakeAloud
) -> None:
    typed = (sounded(aloud), "l", sounded(aloud), "t", "", ANSWER, ".", "q")
    talk = practise(services, *typed, reading="drill")
    assert talk.end is None, talk.out
    before, after = talk.out.split(ASKS, 2)[:2]
    assert PROMPT not in before + after
    assert "The text is hidden." in before
    assert PROMPT in talk.out
    assert "You heard the question twice and looked at the text." in talk.out
    assert all(voice.closed for voice in aloud.voices)


def test_enter_stops_the_voice_and_is_no_answer(services: Services, aloud: fakes.FakeAloud) -> None:
    def enter() -> str:
        aloud.now.sounds()
        return ""

    talk = practise(services, enter, "q", reading="read")
    assert talk.end is None
    assert aloud.now.stopped
    assert PROMPT in talk.out


def test_a_question_that_cannot_be_read_is_shown(
    services: Services, aloud: fakes.FakeAloud
) -> None:
    def breaks() -> None:
        aloud.now.end(SoundError("There is no loudspeaker.", "Connect one."))

    talk = practise(services, breaks, "q", reading="drill")
    assert "There is no loudspeaker." in talk.out
    assert PROMPT in talk.out
    aloud.missing = SoundError("A speech program is missing.", "Install one.")
    assert PROMPT in practise(services, "q", reading="drill").out


def test_the_speed_of_reading_changes_and_has_its_ends(services: Services) -> None:
    talk = practise(services, "-", "-", "+", "+", "+", "q")
    assert services.settings.reading_speed == "fast"
    assert "It does not go slower." in talk.out
    assert "It does not go faster." in talk.out


def test_the_hint_tells_what_a_good_answer_holds(services: Services) -> None:
    talk = practise(services, "h", "q")
    assert "What they want to know" in talk.out
    assert "- You name it: " in talk.out
