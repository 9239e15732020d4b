"""Sound tests are skipped where there is no sound server, but not where they are required."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SOUND_TEST = "tests/capture/test_devices.py::test_a_microphone_is_found"


@pytest.mark.parametrize(("required", "outcome"), [("", "1 skipped"), ("1", "1 error")])
def test_a_skipped_sound_test(tmp_path: Path, required: str, outcome: str) -> None:
    environment = {**os.environ, "PATH": str(tmp_path), "TRAINER_REQUIRE_AUDIO": required}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", SOUND_TEST]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert outcome in done.stdout.splitlines()[-1]
    assert done.returncode == (1 if required else 0)
    assert "pulseaudio is not installed" in done.stdout
