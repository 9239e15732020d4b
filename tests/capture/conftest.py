"""What the tests of recording share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a recording will be; its folder is not made yet."""
    return tmp_path / "recordings" / "take.wav"
