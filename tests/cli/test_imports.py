"""`trainer import`: a sound file becomes a stored answer, or says why not and leaves nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.cli.conftest import ROOT, Run, run_process
from tests.cli.test_transcribe import wav
from tests.cli.test_transcribe_process import CODE, is_recogniser
from tests.fakes import heard_words
from tests.processes import children_of
from tests.speech.answers import LOW_SCORE
from tests.speech.listening import MODEL
from tests.speech.voices import DEFAULT_VOICE, speak
from tests.transcript.installed import pretend_installed, write_model
from tests.waiting import wait_until
from trainer.paths import HOME_VARIABLE, Home
from trainer.transcript import transcribing

TO = ("--question", "low-score-direct")
REAL = ("--question", "low-score-step1-direct")
HEARD = "i acknowledge it then came the change"
DEADLINE_S = 30.0


@pytest.fixture
def sound(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound file in which both recognisers hear `HEARD`."""
    monkeypatch.setattr(transcribing, "transcribe", lambda *_: heard_words(HEARD))
    pretend_installed(monkeypatch, "vosk", "pocketsphinx")
    write_model(home.models / "mine")
    path = tmp_path / "a call.wav"
    path.write_bytes(wav(3.0))
    return path


def kept(home: Home) -> list[str]:
    return sorted(path.suffix for path in home.recordings.glob("*"))


def test_it_says_the_id_the_rating_and_where_to_look(run: Run, home: Home, sound: Path) -> None:
    result = run("import", sound, *TO)
    assert (result.code, result.err) == (0, "")
    short = result.out.split()[0]
    assert f"{short}  imported from a call.wav: 0:03, 7 words" in result.out
    assert "of 100." in result.out
    shown = run(*result.out.rpartition("See it: trainer ")[2].split())
    assert "Sound:     imported from a call.wav" in shown.out
    assert "met     You changed" in shown.out
    assert kept(home) == [".flac", ".json"]
    assert "Imported: Can you tell" in run("history", "list").out


def test_the_json_is_that_of_the_history(run: Run, sound: Path) -> None:
    told = run("import", sound, *TO, "--json").json
    shown = run("history", "show", told["id"], "--json").json
    assert {name: told[name] for name in shown} == shown
    assert told["origin"] == "a call.wav"
    assert (told["engine"], told["rough"], told["damaged"]) == ("vosk", False, False)
    assert told["problem"] is None
    assert told["length_s"] == 3.0


def test_a_part_and_a_date_are_taken(run: Run, sound: Path) -> None:
    options = ("--from", "0:01", "--to", "2.5", "--date", "2026-03-01T14:30:00+00:00", "--json")
    told = run("import", sound, *TO, *options).json
    assert told["length_s"] == 1.5
    assert told["started_at"].startswith("2026-03-01T14:30:00")


def test_a_question_of_ones_own_needs_no_bank(run: Run, sound: Path) -> None:
    asked = ("--ask", "What  went\nwrong?", "--rubric", "ownership", "--json")
    told = run("import", sound, *asked).json
    assert told["prompt"] == "What went wrong?"
    assert told["marks"]["change"] == 2
    told = run("import", sound, "--ask", "Anything else?", "--json").json
    assert told["score"] is None


def test_rough_words_are_stored_without_marks(run: Run, sound: Path) -> None:
    result = run("import", sound, *TO, "--engine", "builtin")
    assert result.code == 0
    assert "not rated" in result.err
    assert "of 100" not in result.out
    assert "press h for the history" in result.out


def test_without_a_recogniser_the_sound_is_kept(
    run: Run, home: Home, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_installed(monkeypatch)
    result = run("import", sound, *TO)
    assert result.code == 0
    assert "the sound is kept" in result.err
    assert kept(home) == [".flac", ".json"]
    refused = run("import", sound, *TO, "--engine", "vosk")
    assert refused.code == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Say which question this answers."),
        (("--ask", "  "), "Say which question this answers."),
        ((*TO, "--ask", "Why?"), "Name one question."),
        ((*TO, "--rubric", "ownership"), "Leave out --rubric."),
        (("--question", "nope"), "trainer banks show BANK"),
        (("--ask", "Why?", "--rubric", "nope"), "Rubrics: ownership"),
        ((*TO, "--from", "2", "--to", "1"), "ends before it begins"),
        ((*TO, "--from", "soon"), "write it as 75 or 1:15"),
        ((*TO, "--date", "yesterday"), "write it as 2026-03-01"),
        ((*TO, "--date", "2999-01-01"), "in the future"),
        ((*TO, "--from", "10"), "ends at 0:03"),
    ],
)
def test_what_does_not_fit_is_told_with_its_remedy(
    run: Run, home: Home, sound: Path, arguments: tuple[str, ...], says: str
) -> None:
    result = run("import", sound, *arguments)
    assert (result.code, result.out) == (2, "")
    assert says in result.err
    assert kept(home) == []
    assert run("history", "list", "--json").json["attempts"] == []


@pytest.mark.parametrize("form", ["wav", "flac", "ogg", "mp3"])
@pytest.mark.usefixtures("sound")  # a recogniser that is quick
def test_every_form_is_taken_whatever_its_name(run: Run, tmp_path: Path, form: str) -> None:
    wave = 0.3 * np.sin(2 * np.pi * 440 * np.arange(2 * 44_100) / 44_100)
    file = tmp_path / f"call.{form}"
    soundfile.write(file, np.stack([wave, 0 * wave], axis=1), 44_100, format=form.upper())
    named = file.rename(tmp_path / "call.dat")
    told = run("import", named, "--ask", "Why?", "--json").json
    assert told["length_s"] == pytest.approx(2.0, abs=0.1)
    assert told["origin"] == "call.dat"
    assert Path(told["recording"]).suffix == ".flac"


HOSTILE = {
    "empty": b"",
    "text": b"I was born in a small town. " * 9,
    "header only": wav(0.0),
    "lying header": wav(0.1)[:40] + b"\xff\xff\xff\x7f",
    "zip": b"PK\3\4" + bytes(500),
    "ogg junk": b"OggS" + bytes(range(256)) * 8,
    "flac junk": b"fLaC" + bytes(range(256)) * 8,
    "mp4 junk": b"\0\0\0\x18ftypmp42" + bytes(4096),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_leaves_nothing(
    run: Run, home: Home, tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    file = tmp_path / "call.wav"
    file.write_bytes(HOSTILE[name])
    result = run("import", file, "--ask", "Why?")
    assert result.code in (2, 3)
    assert result.out == ""
    assert "Traceback" not in result.err
    assert capfd.readouterr() == ("", ""), "the child wrote into the terminal"
    assert kept(home) == []


# As processes


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.skipif(find_spec("vosk") is None, reason="Vosk has no package here")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_ended_while_it_listens_it_says_what_is_kept(
    home: Home, tmp_path: Path, number: signal.Signals
) -> None:
    file = tmp_path / "long.wav"
    file.write_bytes(wav(900.0))
    command = [sys.executable, "-c", CODE, "import", str(file), *REAL, "--model", str(MODEL)]
    environment = {**os.environ, HOME_VARIABLE: str(home.root)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, start_new_session=True, **pipes
    ) as process:
        wait_until(
            lambda: any(map(is_recogniser, children_of(process.pid))), "it listens", DEADLINE_S
        )
        os.killpg(process.pid, number)
        out, err = process.communicate(timeout=DEADLINE_S)
    assert (process.returncode, out) == (130, b"")
    assert b"kept as an unfinished answer" in err
    assert kept(home) == [".json", ".wav"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.skipif(find_spec("vosk") is None, reason="Vosk has no package here")
def test_killed_while_it_listens_it_leaves_a_draft(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "long.wav"
    file.write_bytes(wav(900.0))
    arguments = ["import", str(file), *REAL, "--model", str(MODEL)]
    with subprocess.Popen([sys.executable, "-m", "trainer", *arguments], cwd=ROOT) as process:
        wait_until(
            lambda: any(map(is_recogniser, children_of(process.pid))), "it listens", DEADLINE_S
        )
        process.kill()
    told = run_process("sound", "--json").json
    assert told["unfinished"]["count"] == 1
    assert told["stray"]["count"] == 0


# As it is


@pytest.mark.audio
@pytest.mark.skipif(find_spec("vosk") is None, reason="Vosk has no package here")
def test_a_spoken_answer_is_imported_and_its_rating_appears(home: Home, tmp_path: Path) -> None:
    """A call in stereo, at another rate, with the candidate on one side and later in the file."""
    import soxr

    spoken = np.frombuffer(speak(LOW_SCORE.sentences, DEFAULT_VOICE).pcm, "<i2") / 32768
    there = soxr.resample(np.concatenate([np.zeros(16_000 * 20), spoken]), 16_000, 44_100)
    file = tmp_path / "video call.flac"
    soundfile.write(file, np.stack([there, 0 * there], axis=1), 44_100)
    options = ("--from", "0:20", "--model", str(MODEL), "--json")
    told = run_process("import", str(file), *REAL, *options).json
    heard = told["text"].split()
    said = set(LOW_SCORE.text.split())
    assert sum(word in said for word in heard) > 0.8 * len(heard)
    assert len(heard) > 60
    assert told["score"] > 40
    assert told["recording_s"] == pytest.approx(len(spoken) / 16_000, abs=0.1)
    quote = json.dumps(told["quotes"])
    assert "plan" in quote or "mistake" in quote
