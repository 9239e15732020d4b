"""Folders for sound that is not kept."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from trainer.scratch import PREFIX, Scratch

HOLDS = """
from trainer.scratch import Scratch
scratch = Scratch()
(scratch.folder / "sound").write_bytes(b"private")
print(scratch.folder, flush=True)
input()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def age(folder: Path) -> None:
    then = time.time() - 3600
    os.utime(folder, (then, then))


def folders(temporary: Path) -> list[Path]:
    return sorted(temporary.glob(f"{PREFIX}*"))


def test_a_folder_is_private_and_goes_with_what_is_in_it(temporary: Path) -> None:
    with Scratch() as scratch:
        assert scratch.folder.stat().st_mode & 0o777 == 0o700 or os.name != "posix"
        (scratch.folder / "sound").write_bytes(b"x")
    assert folders(temporary) == []


def test_what_a_killed_program_left_is_deleted_and_a_running_ones_stays(temporary: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout
        folder = Path(program.stdout.readline().strip())
        age(folder)
        Scratch().close()
        assert (folder / "sound").exists()
        program.kill()
        program.wait()
        age(folder)
        Scratch().close()
        assert folders(temporary) == []


def test_a_folder_that_is_just_being_made_stays(temporary: Path) -> None:
    fresh = temporary / f"{PREFIX}fresh"
    fresh.mkdir()
    Scratch().close()
    assert fresh.is_dir()


def test_a_link_is_not_followed(temporary: Path) -> None:
    mine = temporary / "mine"
    mine.mkdir()
    age(mine)
    link = temporary / f"{PREFIX}link"
    link.symlink_to(mine)
    Scratch().close()
    assert mine.is_dir() and link.is_symlink()
