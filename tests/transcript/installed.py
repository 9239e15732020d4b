"""Recognisers and models that look as if they were installed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from trainer.paths import shipped
from trainer.transcript import choosing, lookup

MODEL_FILES = ("am/final.mdl", "conf/model.conf", "graph/HCLG.fst")


def write_model(folder: Path, files: Sequence[str] = MODEL_FILES) -> Path:
    """Write a folder that looks like a Vosk model and holds nothing; return it."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    return folder


def pretend_shipped(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Let this new folder be the one beside the program: with the catalogue and no models."""
    folder.mkdir()
    shutil.copy(shipped("models") / "catalogue.yaml", folder)
    monkeypatch.setattr(choosing, "shipped", lambda name: folder)
    return folder


def pretend_installed(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """Let these packages of recognisers be installed, and no others."""
    monkeypatch.setattr(choosing, "package_version", lambda p: "1.0" if p in packages else None)
    monkeypatch.setattr(lookup, "_is_installed", lambda p: p in packages)
