"""Models are looked for in the user's folder first, then beside the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcript.installed import pretend_installed, pretend_shipped, write_model
from trainer.config import Settings
from trainer.paths import Home
from trainer.transcript.choosing import choose
from trainer.transcript.engines import Engine


def test_a_model_in_the_home_is_used_before_a_shipped_and_the_built_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_installed(monkeypatch, "vosk", "pocketsphinx")
    shipped = pretend_shipped(monkeypatch, tmp_path / "shipped")
    home = Home(tmp_path)
    write_model(shipped / "a-model")
    own = write_model(home.models / "own-model")
    assert choose(home, Settings()).engine == Engine("vosk", "own-model", own)
    chosen = choose(home, Settings(model="builtin")).engine
    assert chosen
    assert chosen.name == "builtin"
