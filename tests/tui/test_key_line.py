"""The line of keys: true after every change, and left alone without one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button
from textual.widgets._footer import FooterKey

from trainer.tui.widgets.key_line import KeyLine


class Keys(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "act", "Act"),
        Binding("b", "later", "Later"),
    ]
    offered = False

    def compose(self) -> ComposeResult:
        yield Button("one")
        yield Button("two")
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.offered if action == "later" else True


def keys(app: Keys) -> list[FooterKey]:
    return list(app.query(FooterKey).exclude(".-command-palette"))


async def test_the_same_keys_stay_where_they_are() -> None:
    app = Keys()
    async with app.run_test() as pilot:
        await pilot.pause()
        before = keys(app)
        assert [key.description for key in before] == ["Act"]
        await pilot.press("tab")
        await pilot.pause()
        assert app.focused is app.query(Button)[1]
        assert keys(app) == before


async def test_a_key_that_begins_to_work_appears_and_goes_again() -> None:
    app = Keys()
    async with app.run_test() as pilot:
        for app.offered, shown in ((True, ["Act", "Later"]), (False, ["Act"])):
            app.refresh_bindings()
            await pilot.pause()
            assert [key.description for key in keys(app)] == shown
