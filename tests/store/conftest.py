from __future__ import annotations

from collections.abc import Iterator

import pytest

from trainer.paths import Home
from trainer.store.database import Store


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    with Store.open(home) as opened:
        yield opened
