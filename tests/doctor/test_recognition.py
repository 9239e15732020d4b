"""The doctor tells which recogniser is used, whether it works, and what is missing for others."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.doctor.conftest import only
from tests.transcript.installed import MODEL_FILES, pretend_installed, pretend_shipped, write_model
from trainer.config import Settings, save_settings
from trainer.doctor import recognition
from trainer.errors import SoundError
from trainer.paths import Home
from trainer.transcript.choosing import known_models
from trainer.transcript.engines import Engine
from trainer.transcript.problems import explain

NAME = "vosk-model-small-en-us-0.15"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return pretend_shipped(monkeypatch, tmp_path / "shipped")


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    """The engines that were tried; each works."""
    seen: list[Engine] = []

    def succeed(engine: Engine, timeout_s: float) -> SoundError | None:
        seen.append(engine)
        return None

    monkeypatch.setattr(recognition, "try_engine", succeed)
    return seen


def test_the_packages_of_the_recognisers(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_installed(monkeypatch, "vosk")
    checks = recognition.examine_packages(home)
    assert only(checks, "vosk").state == "ok"
    absent = only(checks, "pocketsphinx")
    assert absent.state == "missing"
    assert absent.remedy.endswith("pocketsphinx")


def test_a_model_is_missing_then_incomplete_then_there(home: Home, shipped: Path) -> None:
    (check,) = recognition.examine_models(home)
    assert check.state == "missing"
    assert check.remedy == "Run: trainer models install"  # the one that is recommended
    for count in range(len(MODEL_FILES)):
        write_model(home.models / NAME, MODEL_FILES[: count + 1])
        (check,) = recognition.examine_models(home)
        assert check.state == ("ok" if count == 2 else "broken")
    assert check.detail == str(home.models / NAME)


def test_the_model_that_is_not_complete_is_the_one_to_install(home: Home, shipped: Path) -> None:
    *_, last = known_models(home)
    write_model(home.models / last.model.name, MODEL_FILES[:1])
    (check,) = recognition.examine_models(home)
    assert (check.state, check.remedy) == (
        "broken",
        f"Run: trainer models install {last.model.name}",
    )


def test_models_that_the_catalogue_does_not_know_are_found(
    home: Home, shipped: Path, tmp_path: Path
) -> None:
    mine = write_model(home.models / "mine")
    elsewhere = write_model(tmp_path / "elsewhere")
    save_settings(home, Settings(model=str(elsewhere)))
    (check,) = recognition.examine_models(home)
    assert check.detail == f"{mine}, {elsewhere}"


def test_the_recogniser_in_use_is_tried(
    home: Home, shipped: Path, monkeypatch: pytest.MonkeyPatch, tried: list[Engine]
) -> None:
    pretend_installed(monkeypatch, "vosk", "pocketsphinx")
    (check,) = recognition.examine_recogniser(home)
    assert (check.state, tried[-1].name) == ("ok", "builtin")
    assert "rough" in check.detail
    write_model(home.models / NAME)
    (check,) = recognition.examine_recogniser(home)
    assert (check.state, tried[-1].folder) == ("ok", home.models / NAME)
    assert "rough" not in check.detail
    save_settings(home, Settings(model="builtin"))
    (check,) = recognition.examine_recogniser(home)
    assert tried[-1].name == "builtin"
    assert "You chose it." in check.detail


def test_without_a_recogniser_answers_can_still_be_recorded(
    home: Home, shipped: Path, monkeypatch: pytest.MonkeyPatch, tried: list[Engine]
) -> None:
    pretend_installed(monkeypatch)
    (check,) = recognition.examine_recogniser(home)
    assert (check.state, tried) == ("missing", [])
    assert "can be recorded" in check.detail
    assert "pocketsphinx" in check.remedy


def test_a_recogniser_that_fails_is_told_with_its_remedy(
    home: Home, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_installed(monkeypatch, "vosk")
    write_model(home.models / NAME)
    monkeypatch.setattr(
        recognition, "try_engine", lambda engine, timeout_s: explain(engine, "refused", sound=False)
    )
    (check,) = recognition.examine_recogniser(home)
    assert check.state == "broken"
    assert str(home.models / NAME) in check.detail
    assert "sound is kept" not in check.detail  # there is none
    assert "trainer models use" in check.remedy


@pytest.mark.parametrize(("program", "state"), [("/usr/bin/ffmpeg", "ok"), (None, "missing")])
def test_ffmpeg_is_optional(
    home: Home, monkeypatch: pytest.MonkeyPatch, program: str | None, state: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: program if name == "ffmpeg" else None)
    check = only(recognition.examine_files(home), "ffmpeg")
    assert (check.state, bool(check.remedy)) == (state, state != "ok")


@pytest.mark.parametrize(
    ("free", "state", "detail"),
    [
        (200_000_000 - 1, "missing", "200 MB"),
        (200_000_000 + 32_000 * 60 * 30, "ok", "30 minutes"),
        (200_000_000 + 32_000 * 3600 * 9, "ok", "9 hours"),
    ],
)
def test_the_space_for_recordings(
    home: Home, monkeypatch: pytest.MonkeyPatch, free: int, state: str, detail: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    check = only(recognition.examine_files(home), "recording-space")
    assert check.state == state
    assert detail in check.detail
