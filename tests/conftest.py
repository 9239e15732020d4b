"""What all tests share."""

import gc
import logging
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from trainer.paths import Home

pytest_plugins = ["tests.sound"]

# Workers share the cores: numpy's threads would wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Looking for garbage after each few hundred objects takes a seventh of the time of a screen's test.
gc.set_threshold(100_000, 50, 50)

# Else each worker and each program that a test starts compiles all that it loads.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Where a change is judged the same examples judge it each time; other runs explore.
settings.register_profile("judging", derandomize=True, database=None)
if "TRAINER_REQUIRE_AUDIO" in os.environ:
    settings.load_profile("judging")

# Programs that are started here obey signals, also where whoever started the tests ignores them.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(autouse=True)
def fresh_log() -> Iterator[None]:
    """Take back what a program that ran inside a test did to the log."""
    yield
    logger = logging.getLogger("trainer")
    logger.propagate = True
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
        handler.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A data folder that is not made yet."""
    return Home(tmp_path / "home")


def pytest_xdist_auto_num_workers() -> int:
    """Use two workers a core: many tests wait for speech, which takes the time that it takes."""
    return 2 * (os.cpu_count() or 1)
