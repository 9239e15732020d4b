"""What is told before YAML sees a file. Every case fails for root as well."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trainer.bank.file_text import MAX_BYTES
from trainer.bank.strict_yaml import read_file


def told(path: Path) -> list[str]:
    document = read_file(path)
    return [str(complaint).removeprefix(f"{path}:") for complaint in document.complaints]


def content(tmp_path: Path, raw: bytes) -> list[str]:
    path = tmp_path / "my.yaml"
    path.write_bytes(raw)
    return told(path)


def test_a_missing_file(tmp_path: Path) -> None:
    assert told(tmp_path / "my.yaml") == ["1: does not exist, check the name"]


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    assert told(tmp_path) == ["1: is a folder, give a file instead"]


def test_a_device_in_place_of_a_file() -> None:
    assert told(Path(os.devnull)) == ["1: is a device or a pipe, give a file instead"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "my.yaml")
    assert told(tmp_path / "my.yaml") == ["1: is a device or a pipe, give a file instead"]


def test_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "my.yaml").symlink_to(tmp_path / "gone.yaml")
    assert told(tmp_path / "my.yaml") == [
        "1: is a link to a file that does not exist, mend or remove the link"
    ]


def test_a_link_to_itself_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "my.yaml").symlink_to(tmp_path / "my.yaml")
    (complaint,) = told(tmp_path / "my.yaml")
    assert complaint.startswith("1: cannot be read (")
    assert complaint.endswith("), check the file and its rights")


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("a: 1\n")
    (tmp_path / "my.yaml").symlink_to(tmp_path / "real")
    assert told(tmp_path / "my.yaml") == []


def test_an_impossible_name() -> None:
    assert [c.problem for c in read_file(Path("a\0b.yaml")).complaints] == [
        "is not a possible name of a file"
    ]


def test_the_largest_file_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    assert content(tmp_path, b"a: 1\n".ljust(MAX_BYTES, b"#")) == []
    assert content(tmp_path, b"#" * (MAX_BYTES + 1)) == [
        "1: has 1,000,001 bytes, more than 1,000,000, split it"
    ]


def test_utf8_with_a_mark_is_accepted(tmp_path: Path) -> None:
    assert content(tmp_path, "\ufeffa: é\n".encode()) == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_utf16_and_utf32_are_named(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith("be") else ""
    (complaint,) = content(tmp_path, f"{mark}a: é\n".encode(encoding))
    assert complaint == f"1: is written in {encoding[:6].upper()}, save the file as UTF-8 text"


def test_latin1_is_told_by_byte_and_line(tmp_path: Path) -> None:
    assert content(tmp_path, "a: 1\nb: caf\xe9\nc: 12:30\nd: \xfc\n".encode("latin-1")) == [
        "2: holds the byte 0xE9 at position 7 of the line, which is not UTF-8, "
        "save the file as UTF-8 text",
        '3: c: "12:30" is read as a number to the base 60 by some programs, put quotes around it',
        "4: holds the byte 0xFC at position 4 of the line, which is not UTF-8, "
        "save the file as UTF-8 text",
    ]


def test_binary_is_told_by_its_first_nul(tmp_path: Path) -> None:
    assert content(tmp_path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") == [
        "3: holds a NUL byte, so it is UTF-16 or no text at all, save the file as UTF-8 text"
    ]


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\u202e"])
def test_invisible_characters_are_told(tmp_path: Path, character: str) -> None:
    assert content(tmp_path, f"a: 1\nb: x{character}y\nc: 3\n".encode()) == [
        f"2: holds the invisible character U+{ord(character):04X}, delete it"
    ]


def test_scripts_that_need_joiners_are_text(tmp_path: Path) -> None:
    persian = "\N{ARABIC LETTER MEEM}\N{ZERO WIDTH NON-JOINER}\N{ARABIC LETTER KHAH}"
    assert content(tmp_path, f"a: {persian}\n".encode()) == []


def test_tabs_are_told_and_stop_the_rest_only_where_they_indent(tmp_path: Path) -> None:
    assert content(tmp_path, b"a: x\ty\nb: no\n") == [
        "1: holds a tab, use spaces",
        '2: b: "no" is read as true or false by some programs, '
        "put quotes around it, or write true or false",
    ]
    assert content(tmp_path, b"a:\n\tb: no\n \tc: 1\n") == [
        "2: holds a tab, use spaces",
        "3: holds a tab, use spaces",
    ]
