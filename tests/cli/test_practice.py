"""`practice`: what is chosen before the screen opens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Run
from tests.fakes import FakeApp
from trainer.capture.devices import InputDevice, SoundCheck
from trainer.doctor import sound
from trainer.tui import app as tui

FINE = SoundCheck("1", "PortAudio 19", (InputDevice("Built-in", 1, 16000.0, default=True),))


@pytest.fixture(autouse=True)
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeApp]]:
    monkeypatch.setattr(tui, "TrainerApp", FakeApp)
    monkeypatch.setattr(FakeApp, "opened", None)
    monkeypatch.setattr(FakeApp, "voice", None)
    monkeypatch.setattr(FakeApp, "reading", None)
    monkeypatch.setattr(FakeApp, "count", 0)
    monkeypatch.setattr(FakeApp, "return_code", 0)
    yield FakeApp


def asked() -> list[str]:
    assert FakeApp.opened is not None
    return [item.question.id for item in FakeApp.opened.items]


def test_trainer_alone_opens_home(run: Run) -> None:
    result = run(terminal=True)
    assert (result.code, result.out) == (0, "")
    assert (FakeApp.count, FakeApp.opened) == (1, None)


def test_practice_opens_on_questions_of_all_banks(run: Run) -> None:
    assert run("practice", terminal=True).code == 0
    assert len(asked()) == 4


def test_banks_and_count_are_kept(run: Run) -> None:
    assert run("practice", "--bank", "low-score", "--count", "2", terminal=True).code == 0
    assert len(asked()) == 2
    assert all(question.startswith("low-score") for question in asked())
    assert run("practice", "--bank", "low-score", "--bank", "small-talk", terminal=True).code == 0
    assert len(asked()) == 4


def test_the_same_seed_asks_the_same(run: Run) -> None:
    orders = []
    for _ in range(3):
        run("practice", "--seed", "7", terminal=True)
        orders.append(asked())
    assert orders[0] == orders[1] == orders[2]


def test_one_question(run: Run) -> None:
    run("practice", "--question", "low-score-boards", terminal=True)
    assert asked() == ["low-score-boards"]


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--bank", "nope"), "There is no bank 'nope'."),
        (("--bank", "low-score", "--bank", "nope"), "There is no bank 'nope'."),
        (("--question", "nope"), "There is no question 'nope'."),
        (("--question", "low-score-gap", "--bank", "low-score"), "Give either"),
        (("--voice", "--typed"), "Give either --voice or --typed."),
        (("--voice", "--bank", "nope"), "There is no bank 'nope'."),
    ],
)
def test_wrong_ids_are_told_before_the_screen_opens(
    run: Run, options: tuple[str, ...], message: str, terminal: bool
) -> None:
    result = run("practice", *options, terminal=terminal)
    assert (result.code, result.out, FakeApp.count) == (2, "", 0)
    assert message in result.err


def test_practice_needs_a_terminal(run: Run) -> None:
    result = run("practice")
    assert (result.code, result.out, FakeApp.count) == (2, "", 0)
    assert "needs a terminal" in result.err


def test_an_application_that_failed_is_told_by_the_code(run: Run) -> None:
    FakeApp.return_code = 1
    assert run(terminal=True).code == 1


@pytest.mark.parametrize(
    ("options", "reading"), [((), None), (("--read-aloud",), "read"), (("--drill",), "drill")]
)
def test_whether_questions_are_read_is_handed_on(
    run: Run, options: tuple[str, ...], reading: str | None
) -> None:
    run("practice", "--typed", *options, terminal=True)
    assert FakeApp.reading == reading


def test_a_question_is_read_in_one_way_only(run: Run) -> None:
    result = run("practice", "--read-aloud", "--drill", terminal=True)
    assert (result.code, FakeApp.count) == (2, 0)
    assert "either --read-aloud or --drill" in result.err


@pytest.mark.parametrize(
    ("options", "voice"), [((), None), (("--voice",), True), (("--typed",), False)]
)
def test_the_way_to_answer_is_handed_on(
    run: Run, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], voice: bool | None
) -> None:
    monkeypatch.setattr(sound, "check_sound", lambda: FINE)
    assert run("practice", *options, terminal=True).code == 0
    assert (FakeApp.count, FakeApp.voice) == (1, voice)


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize(
    ("found", "says", "remedy"),
    [
        (SoundCheck(problem="no package"), "Package sounddevice", "sounddevice"),
        (SoundCheck("1", None, (), "no portaudio", "not found"), "Library PortAudio", "portaudio"),
        (SoundCheck("1", "PortAudio 19", (), "no device"), "Microphone", "microphone"),
        (SoundCheck("1", None, (), "hanging"), "does not answer", "Run: "),
    ],
)
def test_a_machine_that_cannot_record_is_told_before_the_screen_opens(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    found: SoundCheck,
    says: str,
    remedy: str,
    terminal: bool,
) -> None:
    monkeypatch.setattr(sound, "check_sound", lambda: found)
    result = run("practice", "--voice", terminal=terminal)
    assert (result.code, result.out, FakeApp.count) == (3, "", 0)
    message, hint = result.err.splitlines()
    assert says in message
    assert "trainer practice --typed" in message
    assert remedy in hint


@pytest.mark.parametrize("options", [(), ("--typed",)])
def test_typed_practice_asks_nothing_of_the_sound(
    run: Run, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sound, "check_sound", None)
    assert run("practice", *options, terminal=True).code == 0
