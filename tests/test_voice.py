from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcript.installed import write_model
from trainer import voice
from trainer.transcript.engines import Engine


def test_one_line_says_what_speaking_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = tmp_path / "libraries"
    libraries.write_bytes(b"libportaudio.so.2\0")
    monkeypatch.setattr(voice, "_LIBRARIES", libraries)
    monkeypatch.setattr(voice, "find_spec", lambda name: object())
    key = "press s, then choose Recogniser"  # home shows this line
    assert key in voice.readiness(None)
    builtin = voice.readiness(Engine("builtin", "pocketsphinx en-us"))
    assert "built-in" in builtin
    assert "roughly" in builtin
    assert key in builtin
    ready = voice.readiness(Engine("vosk", "small-model", write_model(tmp_path / "small-model")))
    assert ready.endswith("with small-model.")
    gone = voice.readiness(Engine("vosk", "gone", tmp_path / "gone"))
    assert "not written down" in gone
    assert key in gone
    libraries.write_bytes(b"libportmidi.so.0\0")
    assert "install the library PortAudio" in voice.readiness(None)
    libraries.unlink()  # no Linux: nobody can tell without loading it
    assert "PortAudio" not in voice.readiness(None)
    monkeypatch.setattr(voice, "find_spec", lambda name: None)
    missing = voice.readiness(Engine("vosk", "small-model", Path("small-model")))
    assert "install sounddevice" in missing
    assert "\n" not in missing
