import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.calibration.storing import (
    forget_calibration,
    load_calibration,
    read_calibration,
    save_calibration,
)
from trainer.calibration.types import Baseline, Calibration, EngineResult
from trainer.errors import ConfigError
from trainer.paths import Home

CALIBRATION = Calibration(
    read_at="2026-03-04T10:00:00+00:00",
    device="Desk microphone",
    words=150,
    results=(
        EngineResult("vosk", "vosk-model-small-en-us-0.15", 0.12, 0.08, 0.2),
        EngineResult("builtin", "pocketsphinx en-us", 0.4, 0.3, 0.55),
    ),
    baseline=Baseline(128.0, 151.5),
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_what_is_saved_is_loaded(home: Home) -> None:
    assert load_calibration(home) is None
    save_calibration(home, CALIBRATION)
    assert load_calibration(home) == CALIBRATION
    bare = replace(CALIBRATION, device=None, baseline=None, results=())
    save_calibration(home, bare)
    assert load_calibration(home) == bare


@pytest.mark.skipif(os.name != "posix", reason="rights are of POSIX systems")
def test_only_the_user_can_read_it(home: Home) -> None:
    save_calibration(home, CALIBRATION)
    assert stat.S_IMODE(home.calibration_file.stat().st_mode) == 0o600


def test_a_save_that_fails_leaves_the_old_one(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    save_calibration(home, CALIBRATION)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ConfigError, match="No space left"):
        save_calibration(home, replace(CALIBRATION, words=7))
    assert load_calibration(home) == CALIBRATION
    assert [path.name for path in home.root.iterdir() if path.is_file()] == ["calibration.json"]


def test_it_is_forgotten_even_where_it_is_damaged(home: Home) -> None:
    assert not forget_calibration(home)
    home.prepare()
    home.calibration_file.write_bytes(b"\xff{")
    assert forget_calibration(home)
    assert not home.calibration_file.exists()


def _stored(**changes: object) -> str:
    stored = {
        "schema_version": 1,
        "read_at": "2026-03-04T10:00:00+00:00",
        "device": None,
        "words": 150,
        "results": [
            {"engine": "vosk", "model": "m", "errors": 0.1, "low": 0.05, "high": 0.2},
        ],
        "baseline": {"pace_wpm": 120, "articulation_wpm": 150.0},
    }
    return json.dumps({**stored, **changes})


def test_the_form_that_the_hostile_files_are_made_of_is_right(home: Home) -> None:
    home.prepare()
    home.calibration_file.write_text(_stored())
    assert read_calibration(home) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "3",
        '"x"',
        "[" * 100_000,
        _stored(schema_version=2),
        _stored(schema_version=None),
        _stored(read_at=3),
        _stored(read_at="\ud800"),
        _stored(device=[]),
        _stored(words=True),
        _stored(words=0),
        _stored(words="150"),
        _stored(results={}),
        _stored(results=[3]),
        _stored(results=[{"engine": "vosk"}]),
        _stored(results=[{"engine": "x", "model": "m", "errors": 0, "low": 0, "high": 0}]),
        _stored(results=[{"engine": [], "model": "m", "errors": 0, "low": 0, "high": 0}]),
        _stored(results=[{"engine": "vosk", "model": "m", "errors": 0, "low": 0.3, "high": 0.2}]),
        _stored(results=[{"engine": "vosk", "model": "m", "errors": -1, "low": 0, "high": 0}]),
        _stored(baseline={"pace_wpm": 10**400, "articulation_wpm": 10**400}),
        _stored(baseline={"pace_wpm": float("nan"), "articulation_wpm": 150}),
        _stored(baseline={"pace_wpm": 150, "articulation_wpm": 120}),
        _stored(baseline={"pace_wpm": 0, "articulation_wpm": 120}),
        _stored(baseline=[120, 150]),
    ],
)
def test_a_damaged_file_is_told_and_counts_as_none(home: Home, text: str) -> None:
    home.prepare()
    home.calibration_file.write_text(text)
    assert load_calibration(home) is None
    with pytest.raises(ConfigError, match="is damaged"):
        read_calibration(home)


def test_a_folder_in_its_place_is_told(home: Home) -> None:
    home.prepare()
    home.calibration_file.mkdir()
    assert load_calibration(home) is None
    with pytest.raises(ConfigError):
        forget_calibration(home)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["schema_version", "results", "words", "device", "baseline", "read_at"]
                )
                | st.text(max_size=5),
                inner,
                max_size=7,
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_raises_anything_else(tmp_path_factory: pytest.TempPathFactory, it: object) -> None:
    home = Home(tmp_path_factory.mktemp("home"))
    home.calibration_file.write_text(json.dumps(it))
    load_calibration(home)
