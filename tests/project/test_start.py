"""`trainer --version` is quick because it imports next to nothing."""

from __future__ import annotations

import json
import subprocess
import sys

import trainer

HEAVY = {
    "asyncio",
    "numpy",
    "platformdirs",
    "pydantic",
    "rich",
    "sounddevice",
    "sqlite3",
    "textual",
    "yaml",
}
CODE = """
import json, sys
from trainer.cli.main import main
code = main(["--version"])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
sys.exit(code)
"""


def test_the_version_imports_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    version, modules = done.stdout.splitlines()
    assert version == f"trainer {trainer.__version__}"
    assert HEAVY.isdisjoint(json.loads(modules))
