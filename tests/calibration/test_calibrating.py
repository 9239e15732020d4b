"""What comes of a reading, from words that were never spoken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.calibration.spoken import OTHER, READING, misheard, say, sound_of
from trainer.calibration import calibrating
from trainer.calibration.calibrating import (
    FLOOR,
    Measured,
    Progress,
    compare,
    installed_engines,
    is_unsure,
    measure_recording,
)
from trainer.calibration.readings import Reading
from trainer.calibration.telling import (
    name_of,
    pace_of,
    recommendation_of,
    unread_of,
    warning_of,
    wrong_of,
)
from trainer.calibration.types import EngineResult
from trainer.capture.files import open_for_sound
from trainer.config import Settings
from trainer.errors import SoundError, TrainerError
from trainer.paths import Home
from trainer.transcript.engines import Engine
from trainer.transcript.types import HeardWord, Sound

GOOD = Engine("vosk", "vosk-model-good", Path("/models/good"))
BAD = Engine("vosk", "vosk-model-bad", Path("/models/bad"))
BUILTIN = Engine("builtin", "pocketsphinx en-us")
ELSE = Reading("else", "Something else", (OTHER,))
SAID = say(READING.text)


def measured(said: list[HeardWord] = SAID, bad: float = 0.5, good: float = 0.1) -> Measured:
    heard = {BAD: tuple(misheard(said, bad, 2)), GOOD: tuple(misheard(said, good, 3))}
    return compare((ELSE, READING), heard, {GOOD: 0.1, BAD: 0.2}, sound_of(said))


def test_the_text_is_found_and_the_best_recogniser_is_first() -> None:
    found = measured()
    assert found.reading is READING
    assert found.engines == (GOOD, BAD)
    calibration = found.calibration
    assert [result.model for result in calibration.results] == [GOOD.model, BAD.model]
    assert calibration.words == len(SAID)
    assert found.unread == 0
    assert calibration.results[0].errors == pytest.approx(0.1, abs=0.06)
    assert calibration.results[1].errors == pytest.approx(0.5, abs=0.1)
    assert calibration.results[0].work == 0.1
    assert calibration.baseline
    assert calibration.baseline.pace_wpm == pytest.approx(200)
    assert not is_unsure(calibration)


def test_a_reader_who_stops_early_is_measured_on_what_was_read() -> None:
    found = measured(SAID[:50])
    assert found.calibration.words + found.unread == len(SAID)
    assert abs(found.calibration.words - 50) <= 3
    assert found.calibration.results[0].errors < 0.25


def test_the_best_recogniser_tells_what_was_read() -> None:
    again = say(f"{READING.sentences[0]} {READING.text}")
    found = compare(
        (READING,),
        {GOOD: tuple(again), BAD: tuple(misheard(again, 0.9))},
        {},
        sound_of(again),
    )
    assert found.calibration.results[0].errors == 0
    assert found.calibration.results[1].errors == pytest.approx(0.9, abs=0.1)


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        (say(OTHER), "does not fit the text"),
        (misheard(SAID, 0.95), "does not fit the text"),
        (say("um"), "No words were heard"),
        ([], "No words were heard"),
        (SAID[:30], "Only 30 words of the text were read"),
    ],
)
def test_what_is_no_reading_is_told(said: list[HeardWord], complaint: str) -> None:
    with pytest.raises(TrainerError, match=complaint) as caught:
        compare((READING,), {GOOD: tuple(said)}, {}, sound_of(said))
    assert "Nothing was stored" in caught.value.hint


def test_what_is_unsure_says_so() -> None:
    assert is_unsure(measured(good=0.45, bad=0.7).calibration)
    assert measured(good=0.45, bad=0.7).is_unsure
    assert 0.2 < FLOOR < 0.5


def recording(tmp_path: Path, seconds: float) -> Path:
    file = tmp_path / "reading.wav"
    with open_for_sound(file) as sound:
        sound.write(bytes(round(seconds * 32_000)))
    return file


def test_one_recogniser_after_the_other_hears_it_and_one_may_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def transcribe(file: Path, engine: Engine, tell: object) -> tuple[HeardWord, ...]:
        asked.append(engine)
        tell(1.0)  # type: ignore[operator]
        if engine is BAD:
            raise SoundError("It is damaged.", "Unpack it again.")
        return tuple(SAID)

    monkeypatch.setattr(calibrating, "transcribe", transcribe)
    monkeypatch.setattr(calibrating, "measure_sound", lambda file: Sound())
    told: list[Progress] = []
    found = measure_recording(
        recording(tmp_path, 30.0), (READING,), (BAD, GOOD), told.append, "Desk"
    )
    assert asked == [BAD, GOOD]
    assert [(p.engine, p.number, p.of, p.share) for p in told] == [
        (BAD, 1, 2, 0.0),
        (BAD, 1, 2, 1.0),
        (GOOD, 2, 2, 0.0),
        (GOOD, 2, 2, 1.0),
    ]
    (failure,) = found.failures
    assert (failure.engine, failure.problem.message) == (BAD, "It is damaged.")
    assert found.calibration.device == "Desk"
    assert found.calibration.baseline is None
    with pytest.raises(SoundError, match="damaged"):
        measure_recording(recording(tmp_path, 1.0), (READING,), (BAD,))
    with pytest.raises(SoundError, match="no recogniser"):
        measure_recording(recording(tmp_path, 1.0), (READING,), ())


def test_a_long_recording_is_no_reading(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="6 minutes"):
        measure_recording(recording(tmp_path, 360.0), (READING,), (GOOD,))


def test_every_model_is_measured_once_and_the_builtin_one_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    elsewhere = tmp_path / "elsewhere" / "mine"
    shipped = tmp_path / "shipped"
    for folder in (home.models / "one", home.models / "two", shipped / "one", elsewhere):
        for name in ("am/final.mdl", "conf/model.conf", "graph/HCLG.fst"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).touch()
    monkeypatch.setattr(calibrating, "model_folders", lambda home: (home.models, shipped))
    installed = {"vosk": "0.3", "pocketsphinx": "5"}
    monkeypatch.setattr(calibrating, "package_version", installed.get)
    engines = installed_engines(home, Settings(model=str(elsewhere)))
    assert [engine.model for engine in engines] == ["mine", "one", "two", "pocketsphinx en-us"]
    assert engines[1].folder == home.models / "one"
    del installed["vosk"]
    assert [engine.name for engine in installed_engines(home, Settings())] == ["builtin"]
    installed.clear()
    assert installed_engines(home, Settings()) == ()


# What is said of it


def test_the_words_for_it() -> None:
    calibration = measured().calibration
    assert recommendation_of(calibration) == "good hears you best."
    assert wrong_of(calibration.results[0]).startswith(
        str(round(100 * calibration.results[0].errors))
    )
    assert pace_of(calibration.baseline).endswith("200 without pauses.")
    assert "could not be measured" in pace_of(None)
    assert warning_of(calibration, "vosk-model-other") == ""
    assert unread_of(0) == ""
    assert unread_of(1).startswith("1 word of the text")
    alone = compare((READING,), {BUILTIN: tuple(SAID)}, {}, Sound()).calibration
    assert name_of(alone.results[0]) == "built-in recogniser"
    assert "Only one recogniser" in recommendation_of(alone)


def test_a_quicker_one_that_is_as_good_is_said_to_be() -> None:
    heard = {GOOD: tuple(misheard(SAID, 0.1, 3)), BAD: tuple(misheard(SAID, 0.15, 3))}
    found = compare((READING,), heard, {GOOD: 0.5, BAD: 0.1}, Sound()).calibration
    assert found.results[0].model == BAD.model
    said = "bad suits you: it hears you about as well as good, and it is quicker."
    assert found.results[0].errors > found.results[1].errors
    assert recommendation_of(found) == said


def test_many_wrong_words_are_no_judgement_of_the_speaker() -> None:
    warning = warning_of(measured(good=0.5, bad=0.8).calibration, "vosk-model-in")
    assert "More than 35 words in 100 were wrong" in warning
    assert "another model may hear you better: in." in warning.lower()
    assert "not about your English" in warning
    assert "accent" not in warning
    assert json.dumps(warning).isascii()


@pytest.mark.parametrize(
    ("errors", "low", "high", "told"),
    [
        (0.12, 0.08, 0.19, "12 (8 to 19)"),
        (0.89, 0.69, 1.02, "89 (69 or more)"),
        (1.1, 0.9, 1.3, "100 (90 or more)"),
    ],
)
def test_no_more_than_all_words_are_told_to_be_wrong(
    errors: float, low: float, high: float, told: str
) -> None:
    assert wrong_of(EngineResult("builtin", "en-us", errors, low, high)) == told
