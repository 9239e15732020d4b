"""Lines from real pipes and terminals, and what a prompt takes."""

from __future__ import annotations

import io
import os
import pty
import signal
import termios
import threading
from collections.abc import Iterator

import pytest

from tests.fakes import FakeLines
from tests.waiting import wait_until
from trainer.lines.text import table, wrapped
from trainer.plain.console import NUMBER, Console, Letter
from trainer.plain.keys import OpenLine
from trainer.plain.reader import InputEndedError, LineReader
from trainer.terminal import taking_keys

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


def test_a_terminal_gives_its_keys_shows_them_and_is_afterwards_as_before() -> None:
    leader, follower = pty.openpty()
    with os.fdopen(follower, "r+b", buffering=0) as raw:
        stream = io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8")
        before = termios.tcgetattr(stream)
        with taking_keys(stream) as by_key:
            assert by_key
            reader = LineReader(stream, by_key)
            assert reader.next(0.01) is None
            os.write(leader, b"half a caf" + "é".encode()[:1])
            wait_until(lambda: reader.half_typed() == "half a caf", "not read")
            os.write(leader, "é".encode()[1:] + b"x\x7f")
            wait_until(lambda: reader.half_typed() == "half a café", "not erased")
            os.kill(os.getpid(), signal.SIGCONT)
            assert reader.next(0.01, "Answer: ") is None
            os.write(leader, b"\nand type-ahead\n" + "é".encode()[:1])
            assert reader.next(10.0) == "half a café"
            assert reader.half_typed() == ""
            assert reader.next(10.0) == "and type-ahead"
            os.write(leader, "é".encode()[1:] + b"\n\x04")
            assert reader.next(10.0) == "é"
            with pytest.raises(InputEndedError):
                reader.next(10.0)
            long = "word " * 1000
            typing = threading.Thread(target=os.write, args=(leader, f"{long}\n".encode()))
            typing.start()
            assert reader.next(10.0) == long
            typing.join()
            seen = ""
            while not seen.endswith(f"{long}\r\n"):
                seen += os.read(leader, 65536).decode()
            assert seen.startswith("half a caféx\b \b\rAnswer: half a café\r\nand type-ahead\r\né")
        assert termios.tcgetattr(stream) == before
        os.close(leader)


def test_a_terminal_that_goes_while_the_program_is_stopped_ends_the_input() -> None:
    leader, follower = pty.openpty()
    with os.fdopen(follower, "r+b", buffering=0) as raw:
        stream = io.TextIOWrapper(io.BufferedReader(raw))
        with taking_keys(stream) as by_key:
            reader = LineReader(stream, by_key)
            os.close(leader)
            os.kill(os.getpid(), signal.SIGCONT)
            assert all_lines(reader) == []
        assert by_key and by_key.is_back


@pytest.mark.parametrize("mode", ["r", "w"])
def test_what_is_no_terminal_to_read_and_write_keeps_its_lines(mode: str) -> None:
    leader, follower = pty.openpty()
    name = os.ttyname(follower)
    with open(name, mode) as stream, taking_keys(stream) as by_key:  # noqa: PTH123
        assert not by_key
        assert mode == "w" or LineReader(stream, by_key).longest == 4095
    os.close(follower)
    os.close(leader)
    with taking_keys(None) as by_key, taking_keys(io.StringIO()) as of_text:
        assert not by_key
        assert not of_text


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("ab\x7fc", "ac", "ab\b \bc"),
        ("\x08a", "a", "a"),
        ("two words\x17x", "two x", "two words" + "\b \b" * 5 + "x"),
        ("gone\x15x", "x", "gone" + "\b \b" * 4 + "x"),
        ("日\x7fe\u0301\x7f", "", "日" + "\b \b" * 2 + "e\u0301\b \b"),
        ("a\x1b[1;5Cb\x1bOPc\x1b[Dd", "abcd", "abcd"),
        ("a\tb\x07\x00\x9b", "a b", "a b"),
    ],
)
def test_keys_are_taken_as_a_terminal_takes_them(typed: str, text: str, shown: str) -> None:
    line = OpenLine()
    assert "".join(map(line.take, typed)) == shown
    assert line.text == text


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


def test_enter_alone_is_no_choice_where_it_has_no_meaning() -> None:
    written: list[str] = []
    letters = [letter for letter in LETTERS if letter.key]
    assert Console(FakeLines("", "q"), written.append).choose(letters) == ("q", "")
    assert "Type one of these, then press Enter." in "".join(written)


@pytest.mark.parametrize(("columns", "most"), [(60, 58), (20, 40), (200, 78), (0, 78)])
def test_lines_are_as_wide_as_the_terminal_up_to_a_readable_width(
    columns: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (24, columns))
    with os.fdopen(follower, "w") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        folded = wrapped("a " * 200, "> ")
        cut = table(("A", "B"), [("a", "b" * 200)])
    os.close(leader)
    assert max(map(len, folded)) in (most - 1, most)
    assert len(cut[1]) == most


def test_a_sign_is_named_and_no_key_stands_apart_from_its_word() -> None:
    written: list[str] = []
    letters = [Letter(key, "does what it is for", "About.") for key in "*/+-.abcdefg"]
    Console(FakeLines("a"), written.append).choose(letters)
    out = "".join(written)
    assert "* (asterisk) does what it is for" in out
    assert "? (question mark) help.\n" in out
    ends = [line.removesuffix(",").removesuffix(".") for line in out.splitlines()[:-1]]
    assert all(line.endswith(("does what it is for", "help")) for line in ends)


def test_a_prompt_for_words_explains_itself_and_asks_again() -> None:
    written: list[str] = []
    console = Console(FakeLines(" ? ", " why? "), written.append)
    assert console.ask("The note", "Write what you want to remember.") == "why?"
    asked = "The note: Write what you want to remember.\nThe note: "
    assert "".join(written) == asked


def test_each_answer_of_a_pipe_ends_its_line() -> None:
    written: list[str] = []
    Console(FakeLines("x", is_terminal=False), written.append).line("Tags: ")
    assert "".join(written) == "Tags: \n"
