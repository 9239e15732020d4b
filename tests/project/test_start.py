"""`trainer --version` is quick because it imports next to nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import trainer

PROJECT = Path(__file__).parents[2]

HEAVY = {
    "asyncio",
    "numpy",
    "platformdirs",
    "pydantic",
    "rich",
    "sqlite3",
    "textual",
    "yaml",
}
SOUND = {"pocketsphinx", "sounddevice", "soundfile", "soxr", "vosk", "webrtcvad"}
CODE = """
import json, sys
from trainer.cli.main import main
code = main(sys.argv[1:])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
sys.exit(code)
"""


def run(*arguments: str) -> tuple[str, set[str]]:
    """Return what a command wrote, and the packages that were imported by its end."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, *arguments], capture_output=True, text=True, cwd=PROJECT
    )
    assert done.returncode == 0, done.stderr
    *written, modules = done.stdout.splitlines()
    return "\n".join(written), set(json.loads(modules))


def test_the_version_imports_nothing_heavy() -> None:
    version, modules = run("--version")
    assert version == f"trainer {trainer.__version__}"
    assert (HEAVY | SOUND).isdisjoint(modules)


def test_rating_a_text_imports_nothing_for_sound(tmp_path: Path) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text("I checked the chart with the nurse.", encoding="utf-8")
    report, modules = run("score", str(answer), "--rubric", "teamwork")
    assert "Delivery" in report
    assert (SOUND | {"textual", "sqlite3"}).isdisjoint(modules)
