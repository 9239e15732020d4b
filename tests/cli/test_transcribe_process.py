"""`transcribe` as a process: when it is ended, its children end and its copies of sound go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from tests.cli.test_transcribe import wav
from tests.processes import children_of
from tests.speech.listening import MODEL
from tests.waiting import wait_until
from trainer.paths import Home

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc"),
    pytest.mark.skipif(find_spec("vosk") is None, reason="Vosk has no package here"),
]

DEADLINE_S = 30.0
# A shell that starts tests in the background would make its children ignore the signal.
CODE = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from trainer.cli.main import main; sys.exit(main())"
)


def is_recogniser(pid: int) -> bool:
    try:
        return b"trainer.transcript.recognising" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.mark.parametrize(
    ("number", "to"),
    [
        (signal.SIGINT, "the group"),
        (signal.SIGINT, "the program"),
        (signal.SIGTERM, "the program"),
        (signal.SIGHUP, "the group"),
    ],
)
def test_a_signal_leaves_neither_children_nor_copies(
    home: Home, tmp_path: Path, number: signal.Signals, to: str
) -> None:
    sound, copies = tmp_path / "long.wav", tmp_path / "copies"
    sound.write_bytes(wav(900.0))
    copies.mkdir()
    command = [sys.executable, "-c", CODE, "transcribe", "-", "--model", str(MODEL)]
    with (
        sound.open("rb") as stdin,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(copies)},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process,
    ):
        wait_until(
            lambda: any(map(is_recogniser, children_of(process.pid))), "it listens", DEADLINE_S
        )
        started = children_of(process.pid)
        assert list(copies.iterdir())
        if to == "the group":
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        out, err = process.communicate(timeout=DEADLINE_S)
    assert (process.returncode, out, err.strip()) == (130, b"", b"")
    assert list(copies.iterdir()) == []
    wait_until(lambda: not any(map(is_recogniser, started)), "its children end")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["transcribe", "no-such.wav", "--model", str(MODEL)], 2, "There is no file"),
        (["transcribe", __file__, "--model", str(MODEL)], 2, "no sound"),
        (["transcribe"], 2, "FILE"),
        (["models", "use", str(ROOT)], 3, "not complete"),
        (["models", "use"], 2, "See: trainer models use --help"),
        (["models"], 2, "A command is missing."),
        (["practice", "--voice", "--typed"], 2, "Give either"),
    ],
)
def test_each_mistake_has_its_code(
    run_real: Run,
    capfd: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    says: str,
) -> None:
    result = run_real(*arguments)
    assert result.code == code
    assert says in result.err
    assert "Traceback" not in result.err
    assert capfd.readouterr() == ("", ""), "a child wrote into the terminal"
