"""Every key that the footer of a screen does not show is named in its help."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.screen import Screen

from trainer.tui import screens

NAMES = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Escape",
    "left_square_bracket": r"\[",
    "right_square_bracket": r"\]",
    "asterisk": r"\*",
    "slash": "/",
    "minus": "-",
    "plus": r"\+",
    "full_stop": "full stop",
    "comma": "comma",
}
ON_EVERY_SCREEN = ("app.quit", "app.help")
ALIKE = {"pageup", "pagedown", "home", "end", "up", "down", "left", "right", "tab", "shift+tab"}
"""Keys that do everywhere what they say."""
NEVER = {("TogetherScreen", "show_text")}
"""What a screen inherits and never offers."""


def all_screens() -> Iterator[type[Screen[object]]]:
    for found in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        module = importlib.import_module(found.name)
        for kind in vars(module).values():
            is_own = getattr(kind, "__module__", "") == module.__name__
            if is_own and isinstance(kind, type) and issubclass(kind, Screen) and kind.HELP:
                yield kind


def named(key: str) -> str:
    if key.startswith("shift+"):
        return "Shift"
    if key.startswith("ctrl+"):
        return rf"Ctrl\+{key[-1].upper()}"
    if key.isdigit():
        return rf"\bnumber\b|\b{key}\b"
    return NAMES.get(key, rf"\b{key.upper()}\b")


@pytest.mark.parametrize("screen", all_screens(), ids=lambda kind: kind.__name__)
def test_a_hidden_key_is_in_the_help_of_its_screen(screen: type[Screen[object]]) -> None:
    own = [kind for kind in screen.__mro__ if kind.__module__.startswith("trainer.")]
    bindings = [
        one if isinstance(one, Binding) else Binding(*one)
        for kind in own
        for one in kind.__dict__.get("BINDINGS", [])
    ]
    told = {binding.action for binding in bindings if binding.show} | {*ON_EVERY_SCREEN}
    help_text = str(getattr(screen, "HELP", ""))
    missing = [
        binding.key
        for binding in bindings
        if binding.action not in told
        and (screen.__name__, binding.action) not in NEVER
        and not set(binding.key.split(",")) <= ALIKE
        and not any(re.search(named(key), help_text) for key in binding.key.split(","))
    ]
    assert not missing
