import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from trainer.store import pages

ROWS = {
    (1, None, 0, 1, -1, 200, -70_000, 2**40, -(2**63)),
    (2, "", "é\N{GRINNING FACE}", 2.5, -0.25, b"\x00\xff", "x" * 470, "y" * 5000, "z" * 140_000),
    (300, "short", *range(-3, 4)),
    (2**40, "w" * 4061, "v" * 460, "u" * 65_501, None, None, None, None, None),
}


def read(file: Path) -> set[tuple[object, ...]]:
    return {(number, *values[1:]) for number, values in pages.rows(file) if len(values) == 9}


@pytest.mark.parametrize("size", [512, 4096, 65536])
def test_rows_are_read_as_sqlite_wrote_them(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "whole"
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"PRAGMA page_size = {size}")
        db.execute("CREATE TABLE t (number INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h)")
        db.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", ROWS)
        db.execute("ALTER TABLE t ADD COLUMN i DEFAULT 7")
        db.commit()
    assert read(file) == ROWS
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])  # the end of the long texts is gone
    assert read(file) < ROWS
    file.write_bytes(whole)
    monkeypatch.setattr(pages, "_LONGEST", 100_000)  # a damaged length takes no more memory
    assert len(read(file)) == len(ROWS) - 1


def test_noise_and_nothing_hold_no_rows(tmp_path: Path) -> None:
    file = tmp_path / "noise"
    for data in (
        b"",
        b"\x0d",
        b"\x0d" * 10_000,
        b"\xff" * 10_000,
        random.Random(1).randbytes(99_999),
    ):
        file.write_bytes(data)
        assert read(file) == set()


def test_a_text_that_goes_on_in_a_page_of_nothing_but_its_own_number_comes_to_an_end(
    tmp_path: Path,
) -> None:
    page, cell = bytearray(4096), 200
    page[100], page[103:105], page[108:110] = 0x0D, b"\x00\x01", cell.to_bytes(2, "big")
    page[cell : cell + 3] = b"\xa0\x04\x01"  # 4100 bytes of row 1, 489 of them here
    page[cell + 3 + 489 : cell + 3 + 493] = b"\x00\x00\x00\x02"
    file = tmp_path / "looped"
    file.write_bytes(bytes(page) + b"\x00\x00\x00\x02")
    assert read(file) == set()
