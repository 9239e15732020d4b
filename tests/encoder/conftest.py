"""A small network and its reader, for all tests of the room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.encoder.networks import write_network
from trainer.encoder.loading import open_reader
from trainer.encoder.reading import Reader


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a small network. Nobody may change them."""
    return write_network(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="session")
def reader(small: Path) -> Reader:
    return open_reader(small)
