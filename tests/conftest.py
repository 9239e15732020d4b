"""What all tests share."""

import gc
import logging
import os
import signal
import sys
from collections import Counter
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

# Where a change is judged the same examples judge it each time, and fewer; other runs explore.
settings.register_profile("judging", derandomize=True, database=None, max_examples=50)
if "TRAINER_REQUIRE_AUDIO" in os.environ:
    settings.load_profile("judging")

TOGETHER = 25
LONGEST_NAME = 80
SCREEN_S, OTHER_S = 0.6, 0.1  # what one test takes, about
WAITING_PART = 0.8

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


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a long text by its beginning: some have a megabyte, and each worker tells all names."""
    if isinstance(val, str | bytes) and len(val) > LONGEST_NAME:
        return f"{val[:LONGEST_NAME]!r}..."
    return None


def pytest_unconfigure() -> None:
    """Let pytest not look five times for garbage in all that ends with the process."""
    gc.freeze()


def pytest_xdist_auto_num_workers() -> int:
    """Use two workers a core: many tests wait for speech, which takes the time that it takes."""
    return 2 * (os.cpu_count() or 1)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Hand tests out to workers so that the cores are busy to the end.

    Tests that wait for speech or a terminal are spread over the first part, among those that
    compute; those of screens are short and come last. What a file sets up is set up once for up to
    `TOGETHER` of its tests.
    """
    if not hasattr(config, "workerinput"):
        return
    programs: list[pytest.Item] = []
    sounds: list[pytest.Item] = []
    screens: list[pytest.Item] = []
    grouped: list[pytest.Item] = []
    others: list[pytest.Item] = []
    seen: Counter[Path] = Counter()
    for item in items:
        if item.get_closest_marker("xdist_group"):
            grouped.append(item)
        elif item.get_closest_marker("e2e"):
            programs.append(item)
        elif item.get_closest_marker("audio"):
            sounds.append(item)
        elif item.path.parent.name == "tui":
            screens.append(item)
        else:
            others.append(item)
            part = f"{item.path.parent.name}-{item.path.stem}-{seen[item.path] // TOGETHER}"
            seen[item.path] += 1
            item.add_marker(pytest.mark.xdist_group(part))
    begin_s: list[tuple[float, pytest.Item]] = []
    passed_s = 0.0
    for item in grouped + others + screens:
        begin_s.append((passed_s, item))
        passed_s += SCREEN_S if item.path.parent.name == "tui" else OTHER_S
    for waiting in (programs, sounds):
        each_s = WAITING_PART * passed_s / max(1, len(waiting))
        begin_s += ((place * each_s, item) for place, item in enumerate(waiting))
    items[:] = [item for _, item in sorted(begin_s, key=lambda pair: pair[0])]
