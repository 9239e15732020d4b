"""The line of keys at the bottom of a screen."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey


class KeyLine(Footer):
    """A footer that is made anew only where its keys have changed.

    Textual's own is made anew whenever bindings are looked at, such as after each move of the
    focus: most times with the same keys.
    """

    def __init__(self) -> None:
        super().__init__()
        self._drawn: tuple[object, ...] | None = None

    def compose(self) -> ComposeResult:
        """Yield the keys that work now."""
        self._drawn = self._keys() if self._bindings_ready else None
        for child in super().compose():
            if isinstance(child, FooterKey):
                # Else each key is styled as a compact one when it is mounted, and then once more.
                compact = self.compact or child.has_class("-command-palette")
                child.set_reactive(FooterKey.compact, compact)
                child.set_class(compact, "-compact", update=False)
            yield child

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Draw the keys, unless they are those that stand there."""
        if screen is not self.screen or self._drawn is None or self._drawn != self._keys():
            super().bindings_changed(screen)

    def _keys(self) -> tuple[object, ...]:
        return tuple(
            (active.binding, active.enabled, active.tooltip)
            for active in self.screen.active_bindings.values()
            if active.binding.show or active.binding.system
        )
