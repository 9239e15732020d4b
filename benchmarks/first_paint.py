"""From the start of the program to what the user sees, against the emptiest Textual program."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ratio import Ratio
from benchmarks.terminal import Session
from trainer.catalogue import open_catalogue
from trainer.paths import Home

ROUNDS = 9
FIRST_PAINT = 1.5
HOME_COMPLETE = 2.0
TRAINER = str(Path(sys.executable).with_name("trainer"))
EMPTY_APP = str(Path(__file__).with_name("empty_app.py"))
ANYTHING = r"[^\s\x00-\x1f]|  "  # an empty screen is painted too, with spaces


def measure() -> Iterator[Ratio]:
    """Start the programs in turn, so that a busy moment of the machine meets all of them."""
    empty: list[float] = []
    times: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        home_complete = _home_complete(Path(folder))
        for number in range(ROUNDS + 1):
            with Session([sys.executable, EMPTY_APP], {}) as session:
                empty.append(session.seconds_until(ANYTHING))
            for start in ("first start", "second start"):
                home = str(Path(folder) / f"home-{number}")
                first = times.setdefault(f"first paint, {start}", [])
                complete = times.setdefault(f"banks and counts, {start}", [])
                with Session([TRAINER], {"TRAINER_HOME": home}) as session:
                    first.append(session.seconds_until("Interview trainer"))
                    complete.append(session.seconds_until(home_complete))
    for what, measured in times.items():
        target = FIRST_PAINT if what.startswith("first") else HOME_COMPLETE
        # The first round warms the disk's cache.
        yield Ratio.of(what, measured[1:], "an empty Textual app", empty[1:], target)
    yield _version()


def _home_complete(folder: Path) -> str:
    """Return a pattern for home with the first bank, its count, and what is ready."""
    bank = open_catalogue(Home(folder)).library().banks[0].bank
    return rf"(?s){re.escape(bank.title)}\s+{len(bank.questions)}\b.*Ready"


def _version() -> Ratio:
    """`trainer --version` is what scripts and packagers start."""
    commands = {"trainer": [TRAINER, "--version"], "python": [sys.executable, "-c", "pass"]}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(2 * ROUNDS):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times[name].append(time.perf_counter() - began)
    return Ratio.of("trainer --version", times["trainer"], "python -c pass", times["python"])
