from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.paths import Home
from trainer.store.database import Store


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    with Store.open(home) as opened:
        yield opened
