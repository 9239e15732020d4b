"""The screen of the history at 100, 10 000 and 100 000 attempts, in a terminal that nobody sees.

How long from the key to the rows, and what the process holds then, as ratios to the smallest.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.library import COMMON, SIZES, history
from benchmarks.ratio import Amount, Ratio
from trainer.paths import Home

ROUNDS = 5
TURNS = 3000
QUICK_RATIO = 2.0
QUICK_MS = 300.0
"""What a key may take: a person notices more. Searches of a common word collect all its hits."""


def measure() -> Iterator[Ratio | Amount | str]:
    """Make each history, use its screen in a process of its own, and compare with the smallest."""
    smallest: dict[str, list[float]] = {}
    memory_mb = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            home = history(Path(folder), size)
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.library_screen", str(home.root)],
                check=True,
                capture_output=True,
                text=True,
            )
            measured = json.loads(done.stdout)
            for what, times_s in measured["times"].items():
                before = smallest.setdefault(what, times_s)
                if before is not times_s:
                    target = QUICK_RATIO if what == "opened" else None
                    yield Ratio.of(
                        f"{what}, {size} attempts", times_s, f"{SIZES[0]}", before, target
                    )
            slowest = max(sorted(times)[len(times) // 2] for times in measured["times"].values())
            yield Amount(f"the slowest key with {size} attempts", 1000 * slowest, "ms", QUICK_MS)
            memory_mb = memory_mb or measured["memory_mb"]
            yield Amount(
                f"the memory with {size} attempts", measured["memory_mb"], "MB", memory_mb * 1.5
            )


async def _use(home: Home) -> dict[str, list[float]]:
    """Open the screen and press its keys; return how long the rows took after each."""
    from trainer.services import open_services
    from trainer.tui.app import TrainerApp
    from trainer.tui.screens.library import LibraryScreen
    from trainer.tui.widgets.library_table import LibraryTable

    times: dict[str, list[float]] = {}
    services = open_services(home)
    app = TrainerApp(lambda: services, services.settings)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.app.workers.wait_for_complete()
        app.tidying.stop()  # it is measured elsewhere, and would run between the keys

        def is_here() -> bool:
            screen = app.screen
            if not isinstance(screen, LibraryScreen) or screen.is_reading:
                return False
            table = screen.query_one(LibraryTable)
            top = table.scroll_offset.y
            last = min(table.total, top + table.size.height) - 1
            return table.line(top) is not None and table.line(last) is not None

        async def press(what: str, act: Callable[[], object]) -> None:
            began = time.perf_counter()
            act()
            for _ in range(TURNS):
                await asyncio.sleep(0.001)
                if is_here():
                    break
            else:
                raise RuntimeError(f"the rows did not come: {what}")
            times.setdefault(what, []).append(time.perf_counter() - began)

        for _ in range(ROUNDS):
            screen = LibraryScreen()
            await press("opened", lambda shown=screen: app.push_screen(shown))
            table = screen.query_one(LibraryTable)
            await press("End", lambda shown=table: shown.action_go(-1))
            await press("Page up", lambda shown=table: shown.action_turn(-1))
            await press("Home", lambda shown=table: shown.action_go(0))
            await press("another order", lambda shown=screen: shown.action_order(1))
            for typed in (COMMON[:1], COMMON[:4], COMMON):
                await press(
                    f"searched for {typed!r}",
                    lambda shown=screen, said=typed: shown.search_for(said),
                )
            await press("search taken away", screen.action_leave)
            await press("deleted", screen.action_delete)
            await press("undone", screen.action_undo)
            screen.dismiss()
            await pilot.pause()
            await pilot.app.workers.wait_for_complete()  # home counts again, at every size
    services.close()
    return times


def _memory_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


def main() -> None:
    """Use the screen over the history in the folder that is named, and print what it took."""
    times = asyncio.run(_use(Home(Path(sys.argv[1]))))
    print(json.dumps({"times": times, "memory_mb": _memory_mb()}))


if __name__ == "__main__":
    main()
