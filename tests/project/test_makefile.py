"""`make` installs once, starts at once, and says what to do where it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("make"), reason="make is not installed"
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files that `make install` looks at, with nothing installed."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy2(PROJECT / name, tmp_path)
    return tmp_path


def write_program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def make(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *words], cwd=checkout, env=environment, capture_output=True, text=True
    )


def test_the_second_run_opens_at_once(checkout: Path) -> None:
    write_program(checkout / ".venv/bin/python", "echo installing")
    write_program(checkout / ".venv/bin/trainer", "echo started")
    assert make(checkout, "run").stdout.splitlines()[-2:] == ["installing", "started"]
    assert make(checkout, "run").stdout == "started\n"
    os.utime(checkout / ".venv/installed-runtime", (1, 1))  # older than pyproject.toml
    assert "installing" in make(checkout, "run").stdout


def test_the_tools_are_not_needed_to_run(checkout: Path) -> None:
    write_program(checkout / ".venv/bin/python", 'echo "$@"')
    write_program(checkout / ".venv/bin/trainer", "")
    assert "[dev]" not in make(checkout, "run").stdout
    for tool in ("ruff", "mypy", "lint-imports", "pytest"):
        write_program(checkout / ".venv/bin" / tool, f'echo "{tool} $@"')
    stages = make(checkout, "test").stdout
    assert "--editable .[dev]" in stages
    order = ["ruff check", "ruff format --check", "mypy", "lint-imports", "pytest"]
    assert sorted(order, key=stages.index) == order
    write_program(checkout / ".venv/bin/mypy", "exit 1")
    stopped = make(checkout, "test")
    assert stopped.returncode
    assert "pytest" not in stopped.stdout


def test_an_interrupted_installation_is_taken_up_again(checkout: Path) -> None:
    write_program(checkout / ".venv/bin/python", "exit 1")
    write_program(checkout / ".venv/bin/trainer", "echo started")
    for _ in range(2):
        failed = make(checkout, "run")
        assert failed.returncode
        assert "started" not in failed.stdout


def test_without_a_package_of_pocketsphinx_the_rest_is_installed(checkout: Path) -> None:
    # a pip that finds no wheel fails, and says so on stderr
    no_wheel = 'case "$*" in *builtin*) echo "no matching distribution" >&2; exit 1;; esac'
    write_program(checkout / ".venv/bin/python", f'echo "$@"\n{no_wheel}')
    write_program(checkout / ".venv/bin/trainer", "echo started")
    first = make(checkout, "run")
    assert (first.returncode, first.stderr) == (0, "")
    told = [line for line in first.stdout.splitlines() if "PocketSphinx was not" in line]
    assert len(told) == 1
    assert "trainer models list" in told[0]
    assert first.stdout.endswith("started\n")
    assert "--only-binary pocketsphinx" in first.stdout  # never built from its source
    assert make(checkout, "run").stdout == "started\n"


def test_with_a_package_of_pocketsphinx_nothing_is_told(checkout: Path) -> None:
    write_program(checkout / ".venv/bin/python", 'echo "$@"')
    write_program(checkout / ".venv/bin/trainer", "")
    assert "PocketSphinx" not in make(checkout, "run").stdout


def test_a_python_that_is_too_old(checkout: Path) -> None:
    write_program(checkout / "old", 'test "$1" = --version && echo Python 3.9.1 || exit 1')
    failed = make(checkout, "install", "PYTHON=./old")
    assert failed.returncode
    assert "needs Python 3.11 or newer; this is Python 3.9.1." in failed.stderr


def test_a_python_that_is_not_there(checkout: Path) -> None:
    failed = make(checkout, "install", "PYTHON=no-such-python")
    assert failed.returncode
    assert "no-such-python was not found" in failed.stderr


def test_a_python_without_virtual_environments(checkout: Path) -> None:
    write_program(checkout / "bare", 'case "$2" in *ensurepip*) exit 1;; esac')
    failed = make(checkout, "install", "PYTHON=./bare")
    assert failed.returncode
    assert "sudo apt-get install python3-venv" in failed.stderr
    assert not (checkout / ".venv").exists()
