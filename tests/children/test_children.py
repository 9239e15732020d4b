"""A child speaks in JSON lines, ends in time, and never outlives its parent."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.children.speaker import GRANDCHILD_S
from tests.waiting import wait_until
from trainer.children.parent import Child, run_child

SPEAKER = "tests.children.speaker"
PLENTY_S = 30.0

posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def test_a_child_speaks_and_ends(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "trainer.children")
    result = run_child(SPEAKER, ["speak"], timeout_s=PLENTY_S)
    assert result.messages == ({"word": "hello", "accent": "é\u2028"}, {"word": "bye"})
    assert result.exit_code == 3
    assert not result.timed_out
    logged = [record.getMessage() for record in caplog.records]
    assert f"{SPEAKER}: a complaint" in logged
    assert f"{SPEAKER}: a library prints to standard output" in logged
    assert f"{SPEAKER}: [1, 2]" in logged


def test_a_crash_goes_to_the_log(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO, "trainer.children")
    result = run_child(SPEAKER, ["crash"], timeout_s=PLENTY_S)
    assert (result.messages, result.exit_code) == ((), 1)
    assert f"{SPEAKER}: RuntimeError: crashed" in [r.getMessage() for r in caplog.records]
    assert capfd.readouterr() == ("", "")


def test_words_of_a_message_that_broke_off_are_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "trainer.children")
    assert run_child(SPEAKER, ["break off"], timeout_s=PLENTY_S).messages == ()
    assert [r.getMessage() for r in caplog.records] == [f"{SPEAKER}: a message that broke off"]


@posix
@pytest.mark.parametrize(("task", "number"), [("hang", signal.SIGTERM), ("refuse", signal.SIGKILL)])
def test_a_child_that_hangs_is_ended(task: str, number: int) -> None:
    result = run_child(SPEAKER, [task], timeout_s=2.0)
    assert result.timed_out
    # What listens to its parent may go by itself before the signal comes.
    assert result.exit_code in ((0, -number) if task == "hang" else (-number,))
    assert result.messages == ({"word": "here"},)


def test_a_grandchild_that_holds_the_pipes_is_not_waited_for() -> None:
    began = time.monotonic()
    assert run_child(SPEAKER, ["grandchild"], timeout_s=PLENTY_S).exit_code == 0
    assert time.monotonic() - began < GRANDCHILD_S - 2


def test_files_in_the_working_folder_are_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run_child(SPEAKER, ["speak"], timeout_s=PLENTY_S).exit_code == 3


def test_a_child_ends_when_its_parent_is_killed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"""
from tests.children.speaker import GRANDCHILD_S
from trainer.children.parent import run_child
run_child({SPEAKER!r}, ["hang", "{port}"], timeout_s=60)
"""
        parent = subprocess.Popen([sys.executable, "-c", code])
        server.settimeout(PLENTY_S)
        child, _ = server.accept()
    with child:
        child.settimeout(PLENTY_S)
        assert child.recv(16) == b"here"
        parent.kill()
        parent.wait()
        child.settimeout(2.0)
        assert child.recv(16) == b""  # its end of the connection closed: it is gone


def test_a_child_is_told_things_and_keeps_what_it_has_when_it_ends() -> None:
    heard: list[dict[str, object]] = []
    ends: list[int] = []
    child = Child(SPEAKER, ["echo"], on_message=heard.append, on_end=ends.append)
    assert child.tell({"say": "é"}) and child.tell({"say": 2})
    wait_until(lambda: len(heard) == 2, "both came back", PLENTY_S)
    assert child.running
    assert child.close(PLENTY_S) == 0
    assert heard == [{"say": "é"}, {"say": 2}, {"word": "bye"}]
    assert ends == [0]
    assert not child.running
    assert not child.tell({"say": 3})
    assert child.close() == 0


@posix
def test_the_end_of_a_killed_child_is_told() -> None:
    ends: list[int] = []
    child = Child(SPEAKER, ["hang"], on_message=lambda message: None, on_end=ends.append)
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait(PLENTY_S) == -signal.SIGKILL
    assert ends == [-signal.SIGKILL]
