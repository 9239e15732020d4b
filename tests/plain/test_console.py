"""Lines from real pipes and terminals, and what a prompt takes."""

from __future__ import annotations

import io
import os
import pty
import termios
from collections.abc import Iterator

import pytest

from tests.fakes import FakeLines
from trainer.plain.console import NUMBER, Console, InputEndedError, Letter, LineReader
from trainer.terminal import keeping_open_line

LETTERS = (
    Letter("", "goes on", "Go on."),
    Letter("d", "deletes", "Delete.", takes_more=True),
    Letter("q", "quits", "Quit."),
    Letter("/", "searches", "Search.", takes_more=True),
)


@pytest.fixture
def pipe() -> Iterator[tuple[LineReader, int]]:
    read, write = os.pipe()
    with os.fdopen(read) as stream:
        yield LineReader(stream), write


def all_lines(reader: LineReader) -> list[str]:
    lines = []
    while True:
        try:
            line = reader.next(10.0)
        except InputEndedError:
            return lines
        assert line is not None
        lines.append(line)


def test_lines_come_whole_whatever_pieces_they_come_in(pipe: tuple[LineReader, int]) -> None:
    reader, write = pipe
    for piece in (
        b"one\r\ntw",
        b"o\n",
        "café\n".encode()[:4],
        "café\n".encode()[4:],
        b"\n",
        b"end",
    ):
        os.write(write, piece)
    os.close(write)
    assert all_lines(reader) == ["one", "two", "café", "", "end"]
    assert all_lines(reader) == []


def test_keys_that_move_and_bytes_that_are_no_text_leave_nothing_behind(
    pipe: tuple[LineReader, int],
) -> None:
    reader, write = pipe
    os.write(write, b"a\x1b[Db\x1bOPc\x1b[1;5Cd\x00\x07e\tf\xff\n")
    os.close(write)
    assert all_lines(reader) == ["abcde\tf\N{REPLACEMENT CHARACTER}"]


def test_nothing_in_time_is_nothing_and_the_line_comes_later(pipe: tuple[LineReader, int]) -> None:
    reader, write = pipe
    assert reader.next(0.01) is None
    os.write(write, b"late\n")
    assert reader.next(10.0) == "late"
    os.close(write)


def test_a_terminal_goes_on_after_its_end_of_input() -> None:
    leader, follower = pty.openpty()
    with os.fdopen(follower) as stream:
        reader = LineReader(stream)
        assert reader.is_terminal
        os.write(leader, b"\x04")
        with pytest.raises(InputEndedError):
            reader.next(10.0)
        os.write(leader, b"again\n")
        assert reader.next(10.0) == "again"
        os.close(leader)
        assert all_lines(reader) == []


def test_what_is_typed_of_a_line_can_be_had_once_and_the_terminal_is_as_before() -> None:
    leader, follower = pty.openpty()
    with os.fdopen(follower) as stream:
        before = termios.tcgetattr(stream)
        with keeping_open_line(stream):
            reader = LineReader(stream)
            assert reader.next(0.01) is None
            assert termios.tcgetattr(stream)[3] & termios.NOFLSH  # not every system flushes here
            os.write(leader, "half a café\x03".encode())
            assert reader.half_typed() == "half a café"
        assert termios.tcgetattr(stream) == before
        os.close(leader)


@pytest.mark.parametrize("stream", [None, io.StringIO("one\ntwo")])
def test_streams_without_a_file_serve_too(stream: io.StringIO | None) -> None:
    assert all_lines(LineReader(stream)) == ([] if stream is None else ["one", "two"])


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("", ("", "")),
        ("  Q ", ("q", "")),
        ("d 3", ("d", "3")),
        ("D", ("d", "")),
        ("/night shift", ("/", "night shift")),
        ("2", (NUMBER, "2")),
    ],
)
def test_a_prompt_takes(typed: str, chosen: tuple[str, str]) -> None:
    assert Console(FakeLines(typed), lambda _: None).choose(LETTERS, 2) == chosen


@pytest.mark.parametrize("typed", ["quit", "q now", "d3", "0", "3", "-1", "²", "9" * 5000, "\x1b"])
def test_a_prompt_refuses_and_asks_again(typed: str) -> None:
    written: list[str] = []
    console = Console(FakeLines(typed, "q"), written.append)
    assert console.choose(LETTERS, 2) == ("q", "")
    out = "".join(written)
    assert "There is no" in out
    assert out.count("q quits") == 2
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_sign_is_named_and_no_key_stands_apart_from_its_word() -> None:
    written: list[str] = []
    letters = [Letter(key, "does what it is for", "About.") for key in "*/+-.abcdefg"]
    Console(FakeLines("a"), written.append).choose(letters)
    out = "".join(written)
    assert "* (asterisk) does what it is for" in out
    assert "? (question mark) help.\n" in out
    ends = [line.removesuffix(",").removesuffix(".") for line in out.splitlines()[:-1]]
    assert all(line.endswith(("does what it is for", "help")) for line in ends)


def test_each_answer_of_a_pipe_ends_its_line() -> None:
    written: list[str] = []
    Console(FakeLines("x", is_terminal=False), written.append).line("Tags: ")
    assert "".join(written) == "Tags: \n"
