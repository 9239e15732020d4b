"""The log never reaches the terminal, whatever becomes of its file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WARN = "import logging; logging.getLogger('trainer.somewhere').warning('something is wrong')"


def stderr_of(code: str, home: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", f"{code}; {WARN}", str(home)],
        check=True,
        capture_output=True,
        text=True,
    ).stderr


def begun(then: str = "") -> str:
    code = "import sys; from pathlib import Path; from trainer import log; "
    return f"{code}from trainer.paths import Home; {then}log.start_logging(Home(Path(sys.argv[1])))"


def test_a_line_goes_to_a_private_file(tmp_path: Path) -> None:
    assert stderr_of(begun(), tmp_path) == ""
    file = tmp_path / "logs" / "trainer.log"
    assert file.read_text(encoding="utf-8").endswith("trainer.somewhere something is wrong\n")
    assert sys.platform == "win32" or file.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_on_a_full_disk_a_line_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "trainer.log").symlink_to("/dev/full")
    assert stderr_of(begun(), tmp_path) == ""


def test_without_a_log_a_warning_goes_nowhere(tmp_path: Path) -> None:
    quiet = "from trainer import log; log.keep_quiet()"
    assert stderr_of(quiet, tmp_path) == ""
    assert not list(tmp_path.iterdir())


def test_a_log_can_begin_after_silence(tmp_path: Path) -> None:
    assert stderr_of(begun("log.keep_quiet(); "), tmp_path) == ""
    assert (tmp_path / "logs" / "trainer.log").is_file()
