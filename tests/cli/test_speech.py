"""Commands on real speech: spoken by espeak-ng, heard by Vosk or the built-in recogniser."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
import soundfile

from tests.cli.conftest import Run, run_process
from tests.speech.answers import LOW_SCORE
from tests.speech.listening import MODEL
from tests.speech.voices import RATE_HZ, say_to
from trainer.calibration.word_errors import word_error_rate
from trainer.paths import Home

pytestmark = pytest.mark.audio

BY_TEST_MODEL = ("--model", str(MODEL))
BY_QUESTION = ("--question", "low-score-step1-direct")
BY_BUILTIN = ("--engine", "builtin")

needs_builtin = pytest.mark.skipif(
    find_spec("pocketsphinx") is None, reason="PocketSphinx is not installed"
)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole answer, spoken."""
    path = tmp_path_factory.mktemp("spoken") / "answer.wav"
    say_to(path, LOW_SCORE.sentences)
    return path


@pytest.fixture(scope="module")
def sentence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence, spoken: the built-in recogniser is slow."""
    path = tmp_path_factory.mktemp("spoken") / "sentence.wav"
    say_to(path, LOW_SCORE.sentences[:1])
    return path


def test_an_answer_is_heard(run_real: Run, spoken: Path) -> None:
    result = run_real("transcribe", spoken, *BY_TEST_MODEL, "--json")
    assert (result.code, result.err) == (0, "")
    value = result.json
    assert word_error_rate(LOW_SCORE.text, value["text"]) <= 0.1
    assert value["text"] == " ".join(word["word"] for word in value["words"])
    times = [at for word in value["words"] for at in (word["start_s"], word["end_s"])]
    assert times == sorted(times)
    assert times[-1] <= value["length_s"]
    assert all(0 <= word["confidence"] <= 1 for word in value["words"])
    assert {"249", "1"} <= {figure["figure"] for figure in value["figures"]}
    assert len(value["voiced"]) == len(LOW_SCORE.sentences)


@pytest.mark.parametrize("kind", ["flac", "ogg", "mp3"])
def test_words_are_heard_in_every_kind_of_file(
    run_real: Run, sentence: Path, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"answer.{kind}"
    soundfile.write(file, soundfile.read(sentence)[0], RATE_HZ)
    result = run_real("transcribe", file, *BY_TEST_MODEL)
    assert (result.code, result.err) == (0, "")
    assert word_error_rate(LOW_SCORE.sentences[0], " ".join(result.out.split())) <= 0.1


def test_a_spoken_answer_is_rated(run_real: Run, spoken: Path) -> None:
    value = run_real("score", spoken, *BY_QUESTION, *BY_TEST_MODEL, "--json").json
    assert value["rough"] is False
    assert value["score"] > 50
    quotes = [quote for quotes in value["quotes"].values() for quote in quotes]
    assert any("249" in quote for quote in quotes)
    assert value["delivery"]["pace_wpm"] == pytest.approx(165, rel=0.15)


@needs_builtin
def test_the_builtin_recogniser_is_honest(run_real: Run, sentence: Path) -> None:
    result = run_real("transcribe", sentence, *BY_BUILTIN, "--json")
    assert (result.code, "rough" in result.err) == (0, True)
    assert (result.json["engine"], result.json["model"]) == ("builtin", "pocketsphinx en-us")
    assert result.json["words"]
    result = run_real("score", sentence, *BY_QUESTION, *BY_BUILTIN)
    assert "too rough to rate yet" in result.out
    assert "words a minute" in result.out
    assert "Score" not in result.out


def test_a_process_hears_stdin_by_the_model_in_the_home(home: Home, sentence: Path) -> None:
    home.prepare()
    home.models.mkdir()
    (home.models / "mine").symlink_to(MODEL, target_is_directory=True)
    result = run_process("transcribe", "-", stdin=sentence.read_bytes())
    assert (result.code, result.err) == (0, "")
    assert word_error_rate(LOW_SCORE.sentences[0], " ".join(result.out.split())) <= 0.1


def test_a_model_that_crashes_is_an_error_of_one_line(
    run_real: Run, sentence: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(MODEL, broken)
    (broken / "conf" / "model.conf").write_text("", encoding="utf-8")
    result = run_real("transcribe", sentence, "--model", broken)
    assert (result.code, result.out) == (3, "")
    assert str(broken) in result.err
    assert len(result.err.splitlines()) == 2
