"""What the doctor's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.doctor import Check
from trainer.paths import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def only(checks: tuple[Check, ...], check_id: str) -> Check:
    (found,) = (check for check in checks if check.id == check_id)
    return found
