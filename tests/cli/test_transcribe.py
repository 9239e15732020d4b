"""`transcribe`: the words of a sound file, with which recogniser, and every way to have none."""

from __future__ import annotations

import io
import os
import re
import tempfile
import threading
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.fakes import heard_words
from tests.transcript.installed import pretend_installed, write_model
from trainer.cli import answers
from trainer.config import Settings, save_settings
from trainer.errors import SoundError
from trainer.paths import Home
from trainer.transcript import measuring, transcribing
from trainer.transcript.engines import Engine
from trainer.transcript.types import FilledPause, HeardWord, Sound

SMALL = "vosk-model-small-en-us-0.15"
SAID = "yes i failed step one " * 8


def wav(length_s: float = 1.0) -> bytes:
    """Return a WAV file of silence."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        sound.writeframes(bytes(2 * round(16000 * length_s)))
    return file.getvalue()


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "answer.wav"
    path.write_bytes(wav())
    return path


@pytest.fixture
def folder_of_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where private copies of sound are made."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def heard(home: Home, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Engine, Path]]:
    """Vosk with a model is there, and hears what was `SAID`; what was transcribed, and by what."""
    seen: list[tuple[Engine, Path]] = []

    def hear(
        file: Path, engine: Engine, on_progress: Callable[[float], object]
    ) -> tuple[HeardWord, ...]:
        assert file.stat().st_mode & 0o077 == 0
        seen.append((engine, file))
        on_progress(0.5)
        return heard_words(SAID)

    monkeypatch.setattr(transcribing, "transcribe", hear)
    pretend_installed(monkeypatch, "vosk", "pocketsphinx")
    write_model(home.models / SMALL)
    return seen


Heard = list[tuple[Engine, Path]]


def test_the_words_are_wrapped_text_on_stdout(run: Run, sound: Path, heard: Heard) -> None:
    result = run("transcribe", sound)
    assert (result.code, result.err) == (0, "")
    assert result.out.split() == SAID.split()
    assert 1 < len(result.out.splitlines()) < 4
    assert max(map(len, result.out.splitlines())) <= 78


def test_json(run: Run, sound: Path, heard: Heard) -> None:
    result = run("transcribe", sound, "--json")
    assert (result.code, result.err) == (0, "")
    value = result.json
    assert list(value) == [
        *(
            "schema_version",
            "engine",
            "model",
            "text",
            "words",
            "figures",
            "length_s",
            "damaged",
            "voiced",
            "filled",
            "snr_db",
            "likely",
        ),
    ]
    assert (value["schema_version"], value["engine"], value["model"]) == (1, "vosk", SMALL)
    assert value["text"] == SAID.strip()
    assert value["words"][1] == {"word": "i", "start_s": 0.5, "end_s": 0.9, "confidence": 0.98}
    step = {"said": "one", "figure": "1", "start_s": 2.0, "end_s": 2.4}
    assert value["figures"][0] == step
    assert (value["length_s"], value["damaged"], value["voiced"]) == (1.0, False, [])
    assert (value["filled"], value["snr_db"]) == ([], None)


def test_json_tells_what_was_measured_in_the_sound(
    run: Run, sound: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = (FilledPause(0.1, 0.4004, 0.9123), FilledPause(0.6, 0.8, 0.3))
    measured = Sound(((0.1, 0.8),), filled, 21.5)
    monkeypatch.setattr(measuring, "measure_sound", lambda file: measured)
    value = run("transcribe", sound, "--json").json
    assert value["filled"] == [
        {"start_s": 0.1, "end_s": 0.4, "chance": 0.912},
        {"start_s": 0.6, "end_s": 0.8, "chance": 0.3},
    ]
    assert (value["voiced"], value["snr_db"]) == ([[0.1, 0.8]], 21.5)
    told = set(re.findall(r"\w+", run("transcribe", "--help").out))
    assert set(value["filled"][0]) <= told
    monkeypatch.setattr(measuring, "measure_sound", lambda file: Sound())
    value = run("transcribe", sound, "--json").json
    assert (value["voiced"], value["filled"], value["snr_db"]) == (None, None, None)


@pytest.mark.parametrize("command", ["transcribe", "score"])
def test_the_help_names_every_field_of_the_json(
    run: Run, sound: Path, heard: Heard, command: str
) -> None:
    options = ("--question", "low-score-direct") if command == "score" else ()
    value = run(command, sound, *options, "--json").json
    told = set(re.findall(r"\w+", run(command, "--help").out))
    assert set(value) <= told
    if command == "transcribe":
        for entries in (value["words"], value["figures"], value["likely"]):
            assert {name for entry in entries for name in entry} <= told


def test_sound_comes_from_stdin_too_and_no_copy_stays(
    run: Run, sound: Path, heard: Heard, folder_of_copies: Path
) -> None:
    result = run("transcribe", "-", stdin=sound.read_bytes())
    assert result.out.split() == SAID.split()
    assert heard[0][1].is_relative_to(folder_of_copies)
    assert list(folder_of_copies.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero")
def test_sound_that_never_ends_does_not_fill_the_disk(
    folder_of_copies: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "MOST_COPIED_BYTES", 5_000_000)
    result = run("transcribe", "/dev/zero")
    assert result.code == 2
    assert "/dev/zero gives more than" in result.err
    assert not list(folder_of_copies.iterdir())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_is_read_as_stdin_is(
    run: Run, sound: Path, tmp_path: Path, heard: Heard, folder_of_copies: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=[sound.read_bytes()], daemon=True)
    writer.start()
    assert run("transcribe", pipe).out.split() == SAID.split()
    assert list(folder_of_copies.iterdir()) == []


def test_progress_is_for_terminals(run: Run, sound: Path, heard: Heard) -> None:
    result = run("transcribe", sound, terminal=True)
    assert result.err.startswith("\rListening: 50%\r")
    assert result.err.endswith(" \r")
    assert "\r" not in result.out


def test_the_builtin_recogniser_is_called_rough(run: Run, sound: Path, heard: Heard) -> None:
    result = run("transcribe", sound, "--engine", "builtin")
    assert result.code == 0
    assert result.out.split() == SAID.split()
    assert "rough" in result.err
    assert "trainer models install" in result.err
    value = run("transcribe", sound, "--engine", "builtin", "--json").json
    assert (value["engine"], value["model"]) == ("builtin", "pocketsphinx en-us")


def test_sound_without_words_is_told(
    run: Run, sound: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcribing, "transcribe", lambda *_: ())
    result = run("transcribe", sound)
    assert (result.code, result.out, result.err) == (0, "\n", "No words were heard.\n")
    assert run("transcribe", sound, "--json").json["words"] == []


def test_words_that_are_escapes_show_as_text(
    run: Run, sound: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = HeardWord("\x1b]0;x\x07\x1b[31mred", 0.0, 1.0, 1.0)
    monkeypatch.setattr(transcribing, "transcribe", lambda *_: (word,))
    for options in ((), ("--json",)):
        assert not {"\x1b", "\x07"} & set(run("transcribe", sound, *options).out)


@pytest.mark.parametrize(
    ("options", "chosen", "used"),
    [
        ((), None, SMALL),
        ((), "builtin", "pocketsphinx en-us"),
        (("--engine", "vosk"), "builtin", SMALL),
        (("--engine", "builtin"), None, "pocketsphinx en-us"),
        (("--model", "zulu"), "builtin", "zulu"),
        (("--engine", "vosk", "--model", "zulu"), None, "zulu"),
    ],
)
def test_options_go_before_the_settings(
    run: Run,
    home: Home,
    sound: Path,
    heard: Heard,
    options: tuple[str, ...],
    chosen: str | None,
    used: str,
) -> None:
    write_model(home.models / "zulu")
    save_settings(home, Settings(model=chosen))
    assert run("transcribe", sound, *options, "--json").json["model"] == used
    assert [engine.model for engine, _ in heard] == [used]


@pytest.mark.parametrize(
    ("installed", "options", "code", "message", "remedy"),
    [
        ((), (), 3, "There is no recogniser", "-m pip install pocketsphinx"),
        (("vosk",), (), 3, "There is no recogniser", "trainer models install"),
        (("vosk",), ("--engine", "builtin"), 3, "PocketSphinx, is not", "install pocketsphinx"),
        (("pocketsphinx",), ("--engine", "vosk"), 3, "package vosk is not", "install vosk"),
        (
            ("vosk", "pocketsphinx"),
            ("--engine", "vosk"),
            3,
            "no Vosk model",
            "trainer models install",
        ),
        (("vosk",), ("--model", "nope"), 2, "There is no model 'nope'", "trainer models list"),
        (("vosk",), ("--model", "x", "--engine", "builtin"), 2, "takes no --model", "Leave out"),
        (("vosk",), ("--engine", "other"), 2, "'other' is not", "trainer transcribe --help"),
    ],
)
def test_a_recogniser_that_is_missing_is_told_with_its_command(
    run: Run,
    sound: Path,
    monkeypatch: pytest.MonkeyPatch,
    installed: tuple[str, ...],
    options: tuple[str, ...],
    code: int,
    message: str,
    remedy: str,
) -> None:
    pretend_installed(monkeypatch, *installed)
    result = run("transcribe", sound, *options)
    assert (result.code, result.out) == (code, "")
    said, hint = result.err.splitlines()
    assert message in said
    assert remedy in hint


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"I am text.\n", "no sound"), (b"", "is empty"), (wav(0), "no sound")],
    ids=["text", "nothing", "no samples"],
)
@pytest.mark.parametrize("by", ["file", "stdin"])
def test_what_holds_no_sound_is_told(
    run: Run, tmp_path: Path, heard: Heard, content: bytes, message: str, by: str
) -> None:
    path = tmp_path / "answer.wav"
    path.write_bytes(content)
    name, stdin = (path, b"") if by == "file" else ("-", content)
    result = run("transcribe", name, stdin=stdin)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert (str(path) if by == "file" else "The file stdin") in result.err
    assert "trainer-" not in result.err


def test_a_missing_file_a_folder_and_the_keyboard_are_told(
    run: Run, tmp_path: Path, heard: Heard
) -> None:
    for name, terminal, message in (
        (tmp_path / "a.wav", False, "There is no file"),
        (tmp_path, False, "is a folder"),
        ("-", True, "stdin is the keyboard"),
    ):
        result = run("transcribe", name, terminal=terminal)
        assert (result.code, result.out) == (2, "")
        assert message in result.err


def test_a_file_that_ends_too_early_gives_what_is_there(
    run: Run, sound: Path, heard: Heard
) -> None:
    sound.write_bytes(wav(3.0)[:-32000])
    result = run("transcribe", sound, "--json")
    assert result.code == 0
    assert result.json["length_s"] == pytest.approx(2.0, abs=0.1)


def test_a_damaged_file_is_told(run: Run, tmp_path: Path, heard: Heard) -> None:
    import numpy
    import soundfile

    path = tmp_path / "answer.flac"
    noise = numpy.random.default_rng(1).uniform(-0.5, 0.5, 16000 * 20)
    soundfile.write(path, noise, 16000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    result = run("transcribe", path, "--json")
    assert result.code == 0
    assert result.json["damaged"] is True
    assert 5 < result.json["length_s"] <= 10
    assert "The file is damaged after 0:0" in result.err


@pytest.mark.parametrize("raised", [SoundError("It broke.", "Mend it."), KeyboardInterrupt()])
def test_whatever_happens_no_copy_of_the_sound_stays(
    run: Run,
    sound: Path,
    heard: Heard,
    folder_of_copies: Path,
    monkeypatch: pytest.MonkeyPatch,
    raised: BaseException,
) -> None:
    def fail(*_: object) -> None:
        assert list(folder_of_copies.iterdir())
        raise raised

    monkeypatch.setattr(transcribing, "transcribe", fail)
    result = run("transcribe", "-", stdin=sound.read_bytes())
    assert result.code == (3 if isinstance(raised, SoundError) else 130)
    assert result.out == ""
    assert list(folder_of_copies.iterdir()) == []


def test_nothing_is_stored(run: Run, sound: Path, home: Home, heard: Heard) -> None:
    before = sorted(home.root.rglob("*"))
    assert run("transcribe", sound).code == 0
    assert sorted(home.root.rglob("*")) == before
