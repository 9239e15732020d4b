"""What all tests share."""

import logging
from collections.abc import Iterator

import pytest

pytest_plugins = ["tests.sound"]


@pytest.fixture(autouse=True)
def fresh_log() -> Iterator[None]:
    """Take back what a program that ran inside a test did to the log."""
    yield
    logger = logging.getLogger("trainer")
    logger.propagate = True
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
        handler.close()
