"""The wheel holds all that the program needs, and works on its own in an empty folder."""

from __future__ import annotations

import email
import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import trainer
from trainer.encoder.loading import shipped_folder
from trainer.encoder.manifest import WEIGHTS

PROJECT = Path(__file__).parents[2]
PYTHON = sys.executable

# The wheel is built once, by one worker.
pytestmark = pytest.mark.xdist_group("wheel")


def run(*command: str | Path, **options: object) -> str:
    """Run a program that must succeed, and return what it wrote to standard output."""
    done = subprocess.run(command, capture_output=True, text=True, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    run(PYTHON, "-m", "pip", "wheel", PROJECT, *options, "--wheel-dir", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def archive(wheel: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(wheel) as opened:
        yield opened


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The wheel in an environment of its own, with the dependencies of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=False)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    options = ["--no-deps", "--no-index", "--no-compile", "--quiet"]
    run(PYTHON, "-m", "pip", "--python", programs / "python", "install", *options, wheel)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own_packages = Path(run(programs / "python", "-c", code).strip())
    # Folders named here come last, and their own .pth files (this checkout's) do not count.
    dependencies = sysconfig.get_path("purelib")
    (own_packages / "dependencies.pth").write_text(dependencies, encoding="utf-8")
    empty = folder / "empty"
    empty.mkdir()
    home = folder / "home"
    environment = {**os.environ, "TRAINER_HOME": str(home)}
    environment.pop("PYTHONPATH", None)
    return SimpleNamespace(
        run=lambda *words: run(programs / words[0], *words[1:], cwd=empty, env=environment),
        empty=empty,
        home=home,
        packages=own_packages,
    )


def test_the_wheel_holds_what_the_program_reads(archive: zipfile.ZipFile) -> None:
    held = set(archive.namelist())
    for top, target in (
        ("question_banks", "trainer/question_banks"),
        ("models", "trainer/models"),
        ("trainer", "trainer"),
    ):
        files = [
            path
            for kind in ("*.yaml", "*.json", "*.tcss", "*.py", "py.typed")
            for path in (PROJECT / top).rglob(kind)
        ]
        assert files
        for path in files:
            assert f"{target}/{path.relative_to(PROJECT / top).as_posix()}" in held
    for path in (PROJECT / "trainer/encoder/data").iterdir():
        assert f"trainer/encoder/data/{path.name}" in held
    for folder in ("rubrics", "lexicons"):
        assert any(name.startswith(f"trainer/question_banks/{folder}/") for name in held)


def test_the_wheel_holds_nothing_else(archive: zipfile.ZipFile) -> None:
    info = f"interview_trainer-{trainer.__version__}.dist-info"
    for name in archive.namelist():
        assert name.startswith(("trainer/", f"{info}/")), name
        assert "__pycache__" not in name
    for name in ("LICENSE", "NOTICE", "trainer/encoder/data/LICENSE-MiniLM.txt"):
        assert f"{info}/licenses/{name}" in archive.namelist()


def test_the_metadata(archive: zipfile.ZipFile) -> None:
    info = f"interview_trainer-{trainer.__version__}.dist-info"
    metadata = email.message_from_bytes(archive.read(f"{info}/METADATA"))
    assert metadata["Name"] == "interview-trainer"
    assert metadata["Version"] == trainer.__version__
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT AND Apache-2.0"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert "@" not in " ".join(metadata.get_all("Requires-Dist", []))
    assert "trainer = trainer.cli.main:main" in archive.read(f"{info}/entry_points.txt").decode()


def test_the_installed_program_says_its_version(installed: SimpleNamespace) -> None:
    assert installed.run("trainer", "--version").split()[-1] == trainer.__version__
    code = "import trainer; print(trainer.__file__)"
    assert Path(installed.run("python", "-c", code).strip()).is_relative_to(installed.packages)


def test_the_installed_program_finds_its_banks(installed: SimpleNamespace) -> None:
    from trainer.catalogue import open_catalogue
    from trainer.paths import Home

    listed = json.loads(installed.run("trainer", "banks", "list", "--json"))
    library = open_catalogue(Home(installed.home)).library()
    assert len(listed["banks"]) == len(library.banks) >= 12
    assert list(installed.empty.iterdir()) == []


def test_the_installed_program_rates_and_knows_models(
    installed: SimpleNamespace, tmp_path: Path
) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text("I failed, and I changed my plan.", encoding="utf-8")
    by = ("--question", "low-score-step1-direct", "--json")
    rated = json.loads(installed.run("trainer", "score", answer, *by))
    is_trained = (shipped_folder() / WEIGHTS).exists()
    assert ("encoder" in rated["scorer"]) is is_trained
    assert json.loads(installed.run("trainer", "models", "list", "--json"))["models"]
    assert list(installed.empty.iterdir()) == []
