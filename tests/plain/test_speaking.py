"""Answers by voice, line by line: what is recorded is said, and kept whatever ends it."""

from __future__ import annotations

from tests import fakes
from tests.plain.steps import practise
from trainer.capture.types import RecorderPhase
from trainer.errors import SoundError
from trainer.plain.reader import InputEndedError
from trainer.services import Services

HEARD = "i acknowledge the low score then came the change"


def ready(microphone: fakes.FakeMicrophone) -> object:
    """Let the microphone be on; nobody types."""

    def on() -> None:
        microphone.now.on(RecorderPhase.READY)

    return on


def speaks(microphone: fakes.FakeMicrophone, text: str = HEARD, length_s: float = 5.0) -> object:
    """Say something, then press Enter."""

    def say() -> str:
        microphone.now.hears(text)
        microphone.now.on(RecorderPhase.RECORDING, length_s=length_s)
        return ""

    return say


def test_a_spoken_answer_is_recorded_shown_and_rated(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    talk = practise(
        services, "", ready(microphone), None, speaks(microphone), ".", "", "q", by_voice=True
    )
    assert talk.end is None, talk.out
    said = talk.out[talk.out.index("Speak now.") :]
    assert said.startswith("Speak now. Enter ends it.\n\nYour sound is on disk. 5 seconds so far.")
    assert str(services.home.recordings) in talk.out.replace("\n", "")
    (row,) = services.answers()
    view = services.view(row.attempt.id)
    assert view.record.attempt.recording
    assert view.rating is not None
    assert microphone.now.calls == ["record", "pause", "stop", "close"]


def test_nothing_is_recorded_before_its_row_is_stored(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    seen: list[str | None] = []

    def look() -> str:
        seen.extend(draft.recording for draft in services.store.drafts())
        return ""

    practise(services, "", ready(microphone), None, look, "q", by_voice=True)
    assert seen == [microphone.now.file.name]


def test_it_records_on_in_the_same_file_and_starts_over_in_another(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    talk = practise(
        services,
        *("", ready(microphone), None, speaks(microphone), "", None, speaks(microphone), "r"),
        *("", ready(microphone), None, speaks(microphone), ".", "", "q"),
        by_voice=True,
    )
    first, second = microphone.opened
    assert first.calls == ["record", "pause", "record", "pause", "close"]
    assert first.file != second.file
    assert {row.attempt.take for row in services.answers()} == {1, 2}, talk.out


def test_whatever_ends_it_keeps_sound_and_words(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    def interrupted() -> None:
        microphone.now.hears(HEARD)
        microphone.now.on(RecorderPhase.RECORDING, length_s=5.0)
        raise KeyboardInterrupt

    talk = practise(services, "", ready(microphone), None, interrupted, by_voice=True)
    assert isinstance(talk.end, KeyboardInterrupt)
    (draft,) = services.unfinished()
    assert draft.heard and draft.text == HEARD
    assert (draft.recording, draft.counted_s) == (microphone.now.file.name, 5.0)
    assert microphone.now.calls[-1] == "close"


def test_the_end_of_the_input_while_recording_keeps_all(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    talk = practise(services, "", ready(microphone), None, InputEndedError, by_voice=True)
    assert isinstance(talk.end, InputEndedError)
    kept = [draft.recording for draft in services.store.drafts()]
    assert kept == [microphone.now.file.name]


def test_an_answer_that_is_taken_up_records_nothing_before_enter(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    practise(services, "", ready(microphone), None, speaks(microphone), "q", by_voice=True)

    def hears() -> None:
        microphone.now.hears(HEARD)
        microphone.now.on(RecorderPhase.READY, length_s=5.0)

    practise(services, "u", "1", "", hears, ".", "", "q", "q", choose=True)
    assert microphone.now.calls == ["stop", "close"]
    (row,) = services.answers()
    assert services.view(row.attempt.id).record.attempt.recording
    assert not services.unfinished()


def test_without_a_microphone_the_answer_is_typed(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    microphone.problem = SoundError("There is no microphone.", "Connect one.")
    talk = practise(services, "", "", "k", "I acknowledge it.", ".", "q", by_voice=True)
    assert talk.out.count("There is no microphone. Connect one.") == 2
    assert [row.excerpt for row in services.answers()] == ["I acknowledge it."]


def test_a_recording_that_breaks_off_says_why_and_keeps_what_there_is(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    def unplugged() -> None:
        problem = SoundError("The microphone is gone.", "Plug it in.")
        microphone.now.hears(HEARD)
        microphone.now.on(RecorderPhase.ENDED, length_s=4.0, problem=problem)

    talk = practise(services, "", ready(microphone), None, unplugged, "q", by_voice=True)
    assert "The microphone is gone. Plug it in." in talk.out
    (draft,) = services.unfinished()
    assert (draft.text, draft.counted_s) == (HEARD, 4.0)


def test_rough_words_are_stored_without_marks_where_that_is_chosen(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    microphone.engine = services.engine()  # the built-in one
    talk = practise(
        services, "", ready(microphone), None, speaks(microphone), ".", "o", "q", by_voice=True
    )
    assert "rough draft" in talk.out
    (row,) = services.answers()
    assert services.view(row.attempt.id).rating is None
