"""What the doctor finds out about the rating: whether the trained reader can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.doctor.conftest import only
from tests.encoder.networks import write_network
from trainer import catalogue
from trainer.analysis.rating import CUES_VERSION
from trainer.doctor import Check, data
from trainer.encoder import loading
from trainer.encoder.loading import open_reader, shipped_folder
from trainer.encoder.manifest import EXAMPLES, MANIFEST, VOCABULARY, WEIGHTS
from trainer.encoder.reading import Reader
from trainer.paths import Home

FILES = (MANIFEST, VOCABULARY, EXAMPLES, WEIGHTS)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of a whole encoder, in place of the shipped ones."""
    made = write_network(tmp_path / "encoder")
    monkeypatch.setattr(catalogue, "open_encoder", lambda: open_reader(made))
    return made


def rating(home: Home) -> Check:
    return only(data.examine_banks(home), "rating")


def test_a_reader_that_is_ready_is_told_with_its_version(home: Home, folder: Path) -> None:
    check = rating(home)
    assert (check.state, check.remedy) == ("ok", "")
    assert f"{CUES_VERSION}+encoder-test" in check.detail


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing(home: Home, folder: Path, name: str) -> None:
    (folder / name).unlink()
    check = rating(home)
    assert check.state == "missing"  # practice goes on
    assert str(folder / name) in check.detail
    assert check.remedy.startswith("Install the trainer again.")
    for word in ("keywords alone", "less exact", "not the same as on a full install"):
        assert word in check.remedy


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_damaged(home: Home, folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])
    check = rating(home)
    assert check.state == "broken"
    assert f"damaged: {folder / name}" in check.detail
    assert "keywords alone" in check.remedy


@pytest.mark.parametrize(
    ("error", "state", "told"),
    [
        (ModuleNotFoundError("no"), "missing", "missing"),
        (ImportError("no"), "broken", "does not work"),
        (RuntimeError("built for a newer processor"), "broken", "does not work"),
    ],
)
def test_a_numpy_that_cannot_be_loaded(
    home: Home, monkeypatch: pytest.MonkeyPatch, error: Exception, state: str, told: str
) -> None:
    def fail() -> Reader:
        raise error

    monkeypatch.setattr(loading, "open_reader", fail)
    check = rating(home)
    assert check.state == state
    assert f"numpy, which {'is ' if state == 'missing' else ''}{told}" in check.detail
    assert "Install numpy again. Until then marks come from keywords alone" in check.remedy


def test_what_is_found_here_is_what_this_folder_holds(home: Home) -> None:
    check = rating(home)
    is_whole = all((shipped_folder() / name).exists() for name in FILES)
    assert check.state == ("ok" if is_whole else "missing")
