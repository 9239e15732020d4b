"""`score` on sound: it is transcribed, and rated unless the words are too rough."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, Run
from tests.cli.test_transcribe import wav
from tests.fakes import heard_words
from tests.transcript.installed import pretend_installed, write_model
from trainer.paths import Home
from trainer.transcript import transcribing

BY_QUESTION = ("--question", "low-score-direct")
HEARD = "i acknowledge it was half-change"


@pytest.fixture
def sound(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound file in which both recognisers hear `HEARD`."""
    monkeypatch.setattr(transcribing, "transcribe", lambda *_: heard_words(HEARD))
    pretend_installed(monkeypatch, "vosk", "pocketsphinx")
    write_model(home.models / "mine")
    path = tmp_path / "answer.wav"
    path.write_bytes(wav(3.0))
    return path


def test_what_was_heard_is_rated(run: Run, sound: Path) -> None:
    result = run("score", sound, *BY_QUESTION)
    assert (result.code, result.err) == (0, "")
    assert 'met     You name it\n        "acknowledge"' in result.out
    assert 'partly  You changed\n        "half-change"' in result.out
    assert "Delivery: 5 words" in result.out
    assert "words a minute" in result.out


def test_json_holds_the_rating_and_what_was_heard(run: Run, sound: Path) -> None:
    value = run("score", sound, *BY_QUESTION, "--json").json
    assert value["marks"] == {"acknowledge": 2, "change": 1}
    assert value["rough"] is False
    assert value["heard"]["text"] == HEARD
    assert value["heard"]["engine"] == "vosk"
    assert value["heard"]["words"][0]["word"] == "i"
    assert value["delivery"]["pace_wpm"] > 0


def test_words_of_the_builtin_recogniser_get_no_marks(run: Run, sound: Path) -> None:
    by_builtin = (*BY_QUESTION, "--engine", "builtin")
    result = run("score", sound, *by_builtin)
    assert result.code == 0
    assert "too rough to rate yet" in result.out
    assert "Score" not in result.out
    assert "met" not in result.out.split()
    assert "words a minute" in result.out
    value = run("score", sound, *by_builtin, "--json").json
    assert value["rough"] is True
    assert value["marks"] == value["quotes"] == {}
    assert value["score"] is value["band"] is None
    assert "too rough to rate yet" in value["report"]["remark"]
    assert value["delivery"]["answer_s"] > 0


def test_words_that_are_mostly_guessed_get_marks_and_no_score(
    run: Run, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guessed = "i? acknowledge? it was half-change?"
    monkeypatch.setattr(transcribing, "transcribe", lambda *_: heard_words(guessed))
    result = run("score", sound, *BY_QUESTION)
    assert "Score: Not measurable: too many words are unsure" in result.out
    assert '"acknowledge" (unsure: acknowledge)' in result.out
    assert "The words behind this are unsure" in result.out
    assert "words a minute" not in result.out
    value = run("score", sound, *BY_QUESTION, "--json").json
    assert value["measurable"] is False
    assert value["score"] is value["band"] is value["delivery"]["pace_wpm"] is None
    assert value["marks"] == {"acknowledge": 2, "change": 1}
    assert value["delivery"]["unmeasurable"] == ["words"]


@pytest.mark.parametrize("name", ["answer.wav", "answer", "answer.txt", "answer.FLAC", "-"])
def test_sound_is_told_by_its_content_and_by_its_name(
    run: Run, sound: Path, tmp_path: Path, name: str
) -> None:
    content = sound.read_bytes()
    if name != "-":
        (tmp_path / name).write_bytes(content)
    stdin = content if name == "-" else b""
    result = run("score", "-" if name == "-" else tmp_path / name, *BY_QUESTION, stdin=stdin)
    assert (result.code, result.err) == (0, "")
    assert '"acknowledge"' in result.out


@pytest.mark.parametrize("name", ["answer.wav", "answer.MP3", "answer.m4a"])
def test_text_that_is_named_like_sound_is_no_sound(
    run: Run, sound: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    result = run("score", tmp_path / name, *BY_QUESTION)
    assert (result.code, result.out) == (2, "")
    assert "no sound" in result.err


def test_sound_that_is_broken_is_told(run: Run, sound: Path) -> None:
    result = run("score", "-", *BY_QUESTION, stdin=b"RIFF\0\0\0\0WAVEfmt ")
    assert (result.code, result.out) == (2, "")
    assert "The file stdin" in result.err


def test_an_engine_is_no_matter_for_text(run: Run, sound: Path) -> None:
    result = run("score", "-", *BY_QUESTION, "--engine", "builtin", "--json", stdin=GOOD)
    assert (result.code, result.err) == (0, "")
    assert "rough" not in result.json
    assert result.json["marks"]


def test_a_question_without_a_rubric_gets_delivery_only(run: Run, sound: Path) -> None:
    result = run("score", sound, "--question", "small-talk-journey")
    assert result.code == 0
    assert "no rubric" in result.out
    assert "Delivery: 5 words" in result.out


def test_a_batch_takes_no_sound(run: Run, sound: Path) -> None:
    result = run("score", "--batch", sound)
    assert (result.code, result.out) == (2, "")
    assert "one file at a time" in result.err


def test_wrong_ids_are_told_before_anything_is_heard(
    run: Run, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcribing, "transcribe", None)
    assert run("score", sound, "--question", "nope").code == 2


def test_nothing_is_stored(run: Run, sound: Path, home: Home) -> None:
    before = sorted(home.root.rglob("*"))
    assert run("score", sound, *BY_QUESTION).code == 0
    assert sorted(home.root.rglob("*")) == before
