"""The program as a process: codes, streams, signals, terminals. Few, since each costs a start."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, run_process, start
from tests.sound import SoundServer
from trainer.paths import Home

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
DEADLINE_S = 30.0


def line(identifier: str, text: str = "I checked the chart myself.") -> bytes:
    return json.dumps({"id": identifier, "rubric": "tiny", "text": text}).encode() + b"\n"


def python(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_the_version_needs_click_and_the_standard_library_only(home: Home) -> None:
    code = (
        "import sys; before = set(sys.modules); from trainer.cli.main import main;"
        "code = main(['--version']);"
        "print(code, *sorted({m.partition('.')[0] for m in set(sys.modules) - before}))"
    )
    with python(code) as process:
        out, err = process.communicate(timeout=60)
    version, modules = out.decode().splitlines()
    code, *names = modules.split()
    assert version.startswith("trainer ")
    assert (code, err) == ("0", b"")
    assert {n for n in names if n not in sys.stdlib_module_names} <= {"trainer", "click"}
    assert "sqlite3" not in names


def test_without_a_terminal_the_program_prints_help_and_ends_with_2(home: Home) -> None:
    result = run_process()
    assert result.code == 2
    assert result.out.startswith("Usage: trainer [OPTIONS]")
    assert "needs a terminal" in result.err


def test_results_go_to_stdout_and_all_else_to_stderr(tiny: Home, tmp_path: Path) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text("I checked the chart.")
    good = run_process("score", str(answer), "--rubric", "tiny")
    assert (good.code, good.err) == (0, "")
    assert 'met     You checked\n        "I checked the chart."' in good.out
    bad = run_process("score", str(answer), "--rubric", "nope")
    assert (bad.code, bad.out) == (2, "")
    assert bad.err.startswith("There is no rubric 'nope'.\nRubrics: ")


def test_a_bad_bank_gives_2(tiny: Home) -> None:
    (tiny.banks / "mine.yaml").write_text("schema: no\n")
    result = run_process("banks", "check")
    assert (result.code, result.err) == (2, "")
    assert f"{tiny.banks / 'mine.yaml'}:1: " in result.out


def test_each_line_is_answered_before_the_next_one_comes(tiny: Home) -> None:
    with start("score", "--batch", "-", bufsize=0) as process:
        assert process.stdin and process.stdout and process.stderr
        for number in range(5):
            process.stdin.write(line(str(number)) if number != 2 else b"nonsense\n")
            answer = json.loads(process.stdout.readline())
            assert answer["id"] == (str(number) if number != 2 else None)
        process.stdin.write(line("last").rstrip())
        process.stdin.close()
        assert json.loads(process.stdout.readline())["id"] == "last"
        assert process.stdout.read() == b""
        assert process.stderr.read() == b""
        assert process.wait(DEADLINE_S) == 1


def test_two_hundred_lines_keep_their_order(tiny: Home, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    said = "I checked the pump and the line again."
    lines = [line(str(number), said if number else "") for number in range(200)]
    lines[50] = b"\n"
    path.write_bytes(b"".join(lines))
    result = run_process("score", "--batch", str(path))
    assert (result.code, result.err) == (0, "")
    answers = result.json_lines
    assert [a["id"] for a in answers] == [str(n) for n in range(200) if n != 50]
    assert answers[0]["marks"] == {"checked": 0}
    assert answers[-1]["marks"] == {"checked": 2}


@posix
def test_ctrl_c_ends_a_batch_with_130_and_without_a_traceback(tiny: Home) -> None:
    # a shell that starts tests in the background would make its children ignore the signal
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from trainer.cli.main import main; sys.exit(main())"
    )
    with python(code, "score", "--batch", "-") as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(line("1"))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "1"
        process.send_signal(signal.SIGINT)
        assert process.wait(DEADLINE_S) == 130
        assert process.stderr.read().strip() == b""


def test_a_batch_whose_reader_went_away_ends_quietly(tiny: Home) -> None:
    with start("score", "--batch", "-") as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(line("1"))
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(line("2") + line("3"))
        process.stdin.flush()
        assert process.wait(DEADLINE_S) == 1
        assert process.stderr.read() == b""


@posix
@pytest.mark.parametrize("arguments", ["banks list", "--help", "banks show teamwork --json"])
def test_a_closed_pipe_ends_every_command_quietly(home: Home, arguments: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        result = run_process(*arguments.split(), stdout=writer)
    finally:
        os.close(writer)
    assert (result.code, result.err) == (1, "")


@posix
def test_a_closed_stdout_ends_quietly(home: Home) -> None:
    command = f'exec "{sys.executable}" -m trainer banks list >&-'
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_told(home: Home) -> None:
    with Path("/dev/full").open("w") as full:
        result = run_process("banks", "list", stdout=full)
    assert result.code == 1
    assert result.err.startswith("The output cannot be written: No space left")
    assert len(result.err.splitlines()) == 2


def test_a_stream_that_is_not_utf_8_gets_what_it_can_show(tiny: Home) -> None:
    result = run_process(
        "score",
        "-",
        "--rubric",
        "tiny",
        stdin="I checked the naïve chart twice.".encode(),
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert (result.code, result.err) == (0, "")
    assert "checked the na?ve chart" in result.out


@posix
def test_the_application_opens_on_the_question_and_control_q_leaves_it(home: Home) -> None:
    import pty
    import termios

    terminal, inner = pty.openpty()
    termios.tcsetwinsize(terminal, (40, 120))
    streams = {"stdin": inner, "stdout": inner, "stderr": inner}
    environment = {"TERM": "xterm-256color"}
    arguments = ("practice", "--question", "teamwork-nurse-noticed")
    with start(*arguments, env=environment, **streams) as process:
        os.close(inner)
        seen = read_until(terminal, b"nurse noticed something")
        os.write(terminal, b"\x11")
        while process.poll() is None:
            seen += read_some(terminal)
        os.close(terminal)
    assert process.returncode == 0
    assert b"Traceback" not in seen


def read_until(terminal: int, wanted: bytes) -> bytes:
    seen = b""
    deadline = time.monotonic() + DEADLINE_S
    while wanted not in seen:
        assert time.monotonic() < deadline, seen.decode(errors="replace")[-3000:]
        seen += read_some(terminal)
    return seen


def read_some(terminal: int) -> bytes:
    if not select.select([terminal], [], [], 0.1)[0]:
        return b""
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other end has closed
        return b""


@pytest.mark.audio
def test_practice_by_voice_without_a_microphone_ends_with_3(
    home: Home, no_sound_server: SoundServer
) -> None:
    result = run_process("practice", "--voice")
    assert (result.code, result.out) == (3, "")
    message, hint = result.err.splitlines()
    assert message == (
        "This machine cannot record. Microphone: None was found. "
        "Typed answers work: trainer practice --typed"
    )
    assert "Connect a microphone" in hint


@pytest.mark.audio
def test_practice_by_voice_with_a_microphone_asks_for_a_terminal_only(
    home: Home, sound_server: SoundServer
) -> None:
    result = run_process("practice", "--voice")
    assert (result.code, result.out) == (2, "")
    assert "needs a terminal" in result.err
