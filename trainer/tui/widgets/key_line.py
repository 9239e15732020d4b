"""The line of keys at the bottom of a screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

LEFT_OUT = "…"
WAYS_OUT = ("help", "app.help", "app.quit", "quit")  # actions whose keys stay in a narrow line


@dataclass(frozen=True, slots=True)
class Key:
    """A key that works now, as it is drawn.

    `lasting` is one that stays in the line where others must leave it: the way back and the help.
    """

    key: str
    shown: str
    meaning: str
    works: bool = True
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A key and its place in the line, in cells; without a key the sign for those left out."""

    start: int
    key: Key | None
    airy: bool

    @property
    def end(self) -> int:
        """The first cell behind it."""
        return self.start + _width(self.key, self.airy)


def place(keys: list[Key], last: Key | None, width: int) -> list[Placed]:
    """Return what of these keys stands where in a line of `width` cells.

    All stand there with air around them, `last` at the right edge. Where they do not fit, first
    `last` goes, then the air, then the keys that are not lasting, from the right: a sign says so.
    """
    if last is not None:
        at = width - _width(last, airy=False)
        if _used(keys, airy=True) < at - 1:
            return [*_in_a_row(keys, airy=True), Placed(at, last, airy=False)]
    for airy in (True, False):
        if _used(keys, airy) <= width:
            return list(_in_a_row(keys, airy))
    kept: list[Key | None] = list(keys)
    for place_of, key in reversed(list(enumerate(keys))):
        if key.lasting:
            continue
        del kept[place_of]
        if _used([*kept, None], airy=False) <= width:
            kept.insert(place_of, None)
            break
    return list(_in_a_row(kept, airy=False))


def _width(key: Key | None, airy: bool) -> int:
    if key is None:
        return len(LEFT_OUT) + 1
    return cell_len(key.shown) + cell_len(key.meaning) + (3 if airy else 2)


def _used(keys: list[Key] | list[Key | None], airy: bool) -> int:
    return sum(_width(key, airy) for key in keys) - 1  # what follows the last may be cut


def _in_a_row(keys: list[Key] | list[Key | None], airy: bool) -> Iterator[Placed]:
    start = 0
    for key in keys:
        placed = Placed(start, key, airy)
        yield placed
        start = placed.end


class KeyLine(Widget, can_focus=False):
    """The keys of the screen that work now, in one line; a click on one presses it.

    It is drawn anew only where its keys have changed. Textual's own footer is made of a widget for
    each key, and made anew whenever bindings are looked at, such as after each move of the focus.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "key-line--key",
        "key-line--meaning",
        "key-line--resting",
        "key-line--edge",
    }
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        color: $footer-foreground;
        background: $footer-background;
        text-wrap: nowrap;
        & > .key-line--key {
            color: $footer-key-foreground;
            background: $footer-key-background;
            text-style: bold;
        }
        & > .key-line--meaning {
            color: $footer-description-foreground;
            background: $footer-description-background;
        }
        & > .key-line--resting {
            text-style: dim;
        }
        & > .key-line--edge {
            color: $foreground 20%;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[Key] = []
        self.last: Key | None = None

    def on_mount(self) -> None:
        """Hear of bindings that change."""
        self.screen.bindings_updated_signal.subscribe(self, self._look)

    def on_unmount(self) -> None:
        """Hear no more."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    @property
    def placed(self) -> list[Placed]:
        """What stands in the line now, from the left."""
        return place(self.keys, self.last, self.size.width)

    def render(self) -> Content:
        """Return the line."""
        key_style = self.get_visual_style("key-line--key")
        meaning_style = self.get_visual_style("key-line--meaning")
        resting = self.get_visual_style("key-line--resting", partial=True)
        parts: list[Content] = []
        drawn = 0
        for placed in self.placed:
            if placed.key is None:
                parts.append(Content.styled(f"{LEFT_OUT} ", meaning_style))
            else:
                key, air = placed.key, " " if placed.airy else ""
                if key is self.last:
                    parts.append(Content(" " * (placed.start - drawn - 1)))
                    parts.append(Content.styled("▏", self.get_visual_style("key-line--edge")))
                entry = Content.assemble(
                    (f"{air}{key.shown}{air}", key_style),
                    (f"{'' if air else ' '}{key.meaning} ", meaning_style),
                )
                parts.append(entry if key.works else entry.stylize(resting))
            drawn = placed.end
        return Content("").join(parts)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that was clicked."""
        for placed in self.placed:
            if placed.key is not None and placed.start <= event.x < placed.end:
                if placed.key.works:
                    self.app.simulate_key(placed.key.key)
                else:
                    self.app.bell()

    def _look(self, screen: Screen[Any]) -> None:
        """Take the keys that work now, unless the whole terminal has lost the focus."""
        if screen is not self.screen or not self.app.app_focus:
            return
        keys: dict[str, Key] = {}
        last = None
        for active in screen.active_bindings.values():
            binding = active.binding
            key = Key(
                binding.key,
                self.app.get_key_display(binding),
                binding.description,
                active.enabled,
                binding.key == "escape" or binding.action in WAYS_OUT,
            )
            if binding.key == self.app.COMMAND_PALETTE_BINDING:
                last = key
            elif binding.show:
                keys.setdefault(binding.action, key)
        if (list(keys.values()), last) != (self.keys, self.last):
            self.keys, self.last = list(keys.values()), last
            self.refresh()
