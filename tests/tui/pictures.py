"""Pictures of a screen: it is opened once, and drawn at each size and in each theme that is asked.

A window that is made larger or smaller must show what one shows that began like that, but for how
far it is scrolled. So the pictures of a screen tell too that it follows its window.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from pytest_textual_snapshot import SVGImageExtension
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex
from textual.pilot import Pilot

from trainer.tui.app import TrainerApp

Steps = Callable[[Pilot[None]], Awaitable[None]]
Size = tuple[int, int]
Views = Mapping[str, tuple[str, Size]]

SMALL: Size = (80, 24)
MIDDLE: Size = (120, 40)
TINY: Size = (4, 3)  # what is left of a pane that is split too often


class Pictures(SVGImageExtension):  # type: ignore[misc]
    """Keeps each picture in a file named after its test function and its own name."""

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        """Return the name of the file."""
        return f"{test_location.methodname}[{index}]"


def at(*sizes: Size, light: Size | None = None) -> Views:
    """Return views of these sizes in the dark theme, and one in the light theme, by their names."""
    looks = [(theme, size) for size in sizes for theme in ("dark", "light")]
    return {
        f"{theme}-{size[0]}x{size[1]}": (theme, size)
        for theme, size in looks
        if theme == "dark" or size == light
    }


def assert_drawn(
    snapshot: Any,
    app: TrainerApp,
    steps: Steps,
    views: Views | Sequence[Size] = (SMALL, MIDDLE),
    name: str = "",
) -> None:
    """Open what `steps` lead to in the first view, and compare its picture in each.

    Views are themes with sizes by what their pictures are called behind `name`, or only sizes. At
    the end the window becomes as small as it can, and large again: no screen may fall over that.
    """
    if not isinstance(views, Mapping):
        views = {f"{size[0]}x{size[1]}": ("", size) for size in views}
    drawn = asyncio.run(_draw(app, steps, views))
    known = snapshot.use_extension(Pictures)
    named = {"-".join(filter(None, (name, called))): svg for called, svg in drawn.items()}
    other = {called: svg for called, svg in named.items() if known(name=called) != svg}
    if other:
        folder = Path(mkdtemp(prefix="pictures-"))
        for called, svg in other.items():
            (folder / f"{called}.svg").write_text(svg, encoding="utf-8")
        raise AssertionError(f"other than before: {', '.join(other)}. As drawn now: {folder}")


async def _draw(app: TrainerApp, steps: Steps, views: Views) -> dict[str, str]:
    drawn = {}
    _, first = next(iter(views.values()))
    async with app.run_test(size=first) as pilot:
        await steps(pilot)
        screen = app.screen
        for called, (theme, size) in views.items():
            if theme:
                app.apply_looks(replace(app.services.settings, theme=theme))
            if app.size != size:
                await pilot.resize_terminal(*size)
            await pilot.pause()  # workers may go on: some pictures are of what they do
            await pilot.wait_for_scheduled_animations()
            await pilot.pause()
            drawn[called] = app.export_screenshot(title=app.title, simplify=True)
        for size in (TINY, SMALL):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert app.screen is screen
    return drawn
