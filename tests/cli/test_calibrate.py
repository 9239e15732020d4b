"""`calibrate`: a recording of a text is measured, and kept only when that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.calibration.spoken import OTHER, READING, misheard, say, sound_of
from tests.cli.conftest import Run
from trainer.calibration import calibrations, readings
from trainer.calibration.calibrating import Failure, Measured, OnProgress, Progress, compare
from trainer.calibration.readings import Reading
from trainer.calibration.storing import load_calibration
from trainer.errors import SoundError
from trainer.paths import Home
from trainer.transcript.engines import Engine

GOOD = Engine("vosk", "vosk-model-good", Path("/models/good"))
BUILTIN = Engine("builtin", "pocketsphinx en-us")
BROKEN = Engine("vosk", "broken", Path("/models/broken"))
SAID = say(READING.text)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "reading.wav"
    made.touch()
    return made


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Reading | None]:
    """Two recognisers hear the reading, and a third one is broken; these texts were named."""
    named: list[Reading | None] = []

    def measure_file(
        self: object, file: Path, reading: Reading | None, on_progress: OnProgress
    ) -> Measured:
        named.append(reading)
        on_progress(Progress(GOOD, 1, 2, 0.5))
        heard = {GOOD: tuple(misheard(SAID, 0.1)), BUILTIN: tuple(misheard(SAID, 0.4))}
        failure = Failure(BROKEN, SoundError("It is damaged.", "Unpack it again."))
        return compare((READING,), heard, {GOOD: 0.1}, sound_of(SAID), (failure,))

    monkeypatch.setattr(calibrations.Calibrations, "measure_file", measure_file)
    return named


def test_a_reading_is_measured_and_not_kept_without_a_yes(run: Run, home: Home, file: Path) -> None:
    result = run("calibrate", file)
    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0] == "The text: A story"
    assert lines[1] == "How well each recogniser hears you, by 74 words that were read:"
    assert lines[3] == "Words wrong in 100  Recogniser"
    assert lines[4].endswith("  good")
    assert lines[5].endswith("  built-in recogniser")
    assert "good hears you best." in lines
    assert "Your pace in reading: 200 words a minute, 200 without pauses." in lines
    assert "broken was left out. It is damaged." in result.err
    assert "Nothing is kept. Add --save" in result.err
    assert load_calibration(home) is None


def test_the_figures_are_kept_shown_and_forgotten(run: Run, home: Home, file: Path) -> None:
    result = run("calibrate", file, "--save")
    assert "The figures are kept. The recording is not." in result.err
    kept = load_calibration(home)
    assert kept
    shown = run("calibrate", "--show")
    assert shown.err == ""
    assert set(shown.out.splitlines()) < set(result.out.splitlines())
    as_json = run("calibrate", "--show", "--json").json
    assert as_json["schema_version"] == 1
    assert as_json["words"] == 74
    assert [one["model"] for one in as_json["results"]] == [r.model for r in kept.results]
    assert run("calibrate", "--forget").out == "The figures are deleted.\n"
    assert run("calibrate", "--forget").out == "There are no figures.\n"
    assert run("calibrate", "--show").code == 2


def test_somebody_at_a_terminal_is_asked(run: Run, home: Home, file: Path) -> None:
    assert run("calibrate", file, stdin="n\n", terminal=True).code == 0
    assert load_calibration(home) is None
    result = run("calibrate", file, stdin="y\n", terminal=True)
    assert "Keep these figures?" in result.err
    assert "Keep these" not in result.out
    assert load_calibration(home)


def test_as_json_nothing_is_asked(run: Run, file: Path) -> None:
    value = run("calibrate", file, "--json").json
    assert (value["text"], value["unread"], value["saved"]) == ("story", 0, False)
    assert value["failures"] == [{"engine": "vosk", "model": "broken", "problem": "It is damaged."}]
    assert value["results"][0]["work"] == 0.1
    assert value["results"][1]["work"] is None
    assert value["baseline"] == {"pace_wpm": 200.0, "articulation_wpm": 200.0}


def test_the_texts_are_shown_and_one_is_named(
    run: Run, file: Path, asked: Sequence[Reading | None]
) -> None:
    known = readings.load_readings()
    shown = run("calibrate", "--texts")
    for one in known:
        assert f"{one.id}: {one.title}" in shown.out.splitlines()
        assert one.sentences[-1].split()[-1] in shown.out
    assert [t["id"] for t in run("calibrate", "--texts", "--json").json["texts"]] == [
        one.id for one in known
    ]
    run("calibrate", file, "--text", known[1].id)
    run("calibrate", file)
    assert asked == [known[1], None]
    wrong = run("calibrate", file, "--text", "none-such")
    assert wrong.code == 2
    assert "There is no text 'none-such'." in wrong.err


@pytest.mark.parametrize(
    "words",
    [(), ("--save",), ("--show", "--texts"), ("x.wav", "--show"), ("--show", "--text", "clinic")],
)
def test_what_does_not_fit_together_is_told(run: Run, words: tuple[str, ...]) -> None:
    result = run("calibrate", *words)
    assert (result.code, result.out) == (2, "")
    assert "trainer calibrate --help" in result.err


def test_a_damaged_file_of_figures_is_told(run: Run, home: Home) -> None:
    home.prepare()
    home.calibration_file.write_text("{")
    result = run("calibrate", "--show")
    assert result.code == 1
    assert "is damaged: your calibration is lost." in result.err


def test_another_text_is_told(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def measure_file(*words: object) -> Measured:
        other = say(OTHER)
        return compare((READING,), {GOOD: tuple(other)}, {}, sound_of(other))

    monkeypatch.setattr(calibrations.Calibrations, "measure_file", measure_file)
    result = run("calibrate", file, "--save")
    assert (result.code, result.out) == (1, "")
    assert "What was heard does not fit the text" in result.err
