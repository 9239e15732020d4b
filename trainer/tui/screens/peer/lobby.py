"""The lobby of a session: who is here, who sits where, and what is to come."""

from __future__ import annotations

from textual.app import ComposeResult

from trainer.tui.screens.peer.scene import SceneScreen
from trainer.tui.widgets.key_line import KeyLine


class LobbyScreen(SceneScreen):
    """Before the first round, between rounds, and after the last."""

    def compose(self) -> ComposeResult:
        """Yield the page."""
        yield from self.bars()
        yield KeyLine()
