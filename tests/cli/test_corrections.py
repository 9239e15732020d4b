"""Likely corrections beside a transcript: by known terms and the user's own, never applied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import fakes
from tests.cli.conftest import Run
from tests.cli.test_transcribe import SMALL, wav
from tests.transcript.installed import pretend_installed, write_model
from trainer import catalogue
from trainer.bank.types import Term
from trainer.paths import Home
from trainer.profile.storing import add_name
from trainer.transcript import transcribing

SAID = "i passed the you? smell? ee? at monty? fury? and it was clear"


@pytest.fixture
def sound(tmp_path: Path, home: Home, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in which Vosk hears what was `SAID`."""
    monkeypatch.setattr(transcribing, "transcribe", lambda *_: fakes.heard_words(SAID))
    terms = (Term("USMLE", ("u s m l e",), "exam"),)
    library = replace(fakes.library(), terms=terms)
    monkeypatch.setattr(catalogue, "library_loader", lambda home: lambda: library)
    pretend_installed(monkeypatch, "vosk")
    write_model(home.models / SMALL)
    path = tmp_path / "answer.wav"
    path.write_bytes(wav())
    return path


def test_they_stand_on_stderr_and_the_words_stay(run: Run, sound: Path) -> None:
    result = run("transcribe", sound)
    assert result.out.split() == SAID.replace("?", "").split()
    assert result.err == "Perhaps USMLE for “you smell ee” at 0:01.\n"


def test_json_has_them_with_their_words_and_times(run: Run, sound: Path) -> None:
    value = run("transcribe", sound, "--json").json
    assert value["text"] == SAID.replace("?", "")
    (likely,) = value["likely"]
    assert 0.7 < likely.pop("likeness") <= 1
    assert likely == {
        "term": "USMLE",
        "kind": "exam",
        "heard": "you smell ee",
        "words": [3, 6],
        "start_s": 1.5,
        "end_s": 2.9,
    }


def test_names_of_the_profile_are_among_them(run: Run, sound: Path, home: Home) -> None:
    add_name(home, "programs", "Montefiore", ("montifee oar ee",))
    found = run("transcribe", sound, "--json").json["likely"]
    assert {one["term"]: one["kind"] for one in found} == {"USMLE": "exam", "Montefiore": "program"}


def test_a_bad_profile_does_not_stop_it(run: Run, sound: Path, home: Home) -> None:
    home.prepare()
    home.profile.write_text("programs: [\n")
    assert run("transcribe", sound).code == 0


def test_the_help_names_their_fields(run: Run, sound: Path) -> None:
    told = run("transcribe", "--help").out
    for name in run("transcribe", sound, "--json").json["likely"][0]:
        assert name in told
