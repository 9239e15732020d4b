from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.keeping.stored import Stock
from trainer.config import Settings
from trainer.keeping.keeping import Keeping
from trainer.paths import Home
from trainer.store.database import Store


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    with Store.open(home) as opened:
        yield opened


@pytest.fixture
def stock(home: Home, store: Store) -> Stock:
    """A history whose answers have sound."""
    return Stock(home, store)


@pytest.fixture
def keeping(home: Home, store: Store) -> Callable[..., Keeping]:
    """Make what keeps the sound of the history, by these settings."""

    def make(**settings: object) -> Keeping:
        chosen = replace(Settings(), **settings)  # type: ignore[arg-type]
        return Keeping(home, store, lambda: chosen)

    return make
