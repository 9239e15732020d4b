"""The command palette: where one can go, and every key of the screen that is open."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.app import App, SystemCommand
from textual.screen import Screen


def screen_commands(app: App[None], screen: Screen[object]) -> Iterable[SystemCommand]:
    """Yield a command for each described key that works now, with the key in its help."""
    seen = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.node not in (screen, app) or not active.enabled or not binding.tooltip:
            continue
        if binding.action in seen or binding.system:
            continue
        seen.add(binding.action)
        key = app.get_key_display(binding)
        yield SystemCommand(
            binding.description,
            f"{binding.tooltip} (key: {key})",
            partial(app.run_action, binding.action, active.node),
        )
