"""The line of keys: true after every change, and never without the help and the way back."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button

from trainer.tui.widgets.key_line import Key, KeyLine, place

OPEN, STAR, TAGS = Key("enter", "⏎", "Open"), Key("asterisk", "*", "Star"), Key("t", "t", "Tags")
BACK = Key("escape", "esc", "Back", lasting=True)
HELP = Key("f1", "f1", "Help", lasting=True)
COMMANDS = Key("ctrl+p", "^p", "Commands")
KEYS = [OPEN, STAR, TAGS, BACK, HELP]


def names(width: int) -> list[str]:
    return [placed.key.meaning if placed.key else "…" for placed in place(KEYS, COMMANDS, width)]


def test_a_wide_line_holds_all_keys_and_the_commands_at_its_edge() -> None:
    placed = place(KEYS, COMMANDS, 80)
    assert [each.key for each in placed] == [*KEYS, COMMANDS]
    assert [each.start for each in placed] == [0, 8, 16, 24, 34, 68]
    assert all(each.airy for each in placed[:-1])


def test_the_commands_go_first_then_the_air_then_keys_from_the_right() -> None:
    all_keys = ["Open", "Star", "Tags", "Back", "Help"]
    assert names(56) == [*all_keys, "Commands"]
    assert names(55) == all_keys
    assert place(KEYS, COMMANDS, 42)[0].airy
    assert names(41) == names(37) == all_keys
    assert not place(KEYS, COMMANDS, 41)[0].airy
    assert names(36) == names(32) == ["Open", "Star", "…", "Back", "Help"]
    assert names(31) == names(25) == ["Open", "…", "Back", "Help"]
    assert names(24) == names(18) == ["…", "Back", "Help"]
    assert names(17) == ["Back", "Help"]


@given(
    st.lists(
        st.builds(
            Key, st.text(max_size=6), st.text("abc⏎→", max_size=4), st.text("ab ", max_size=9)
        ),
        max_size=12,
    ),
    st.integers(0, 200),
)
def test_no_key_covers_another_and_help_is_there_where_it_can_be(
    others: list[Key], width: int
) -> None:
    placed = place([*others, HELP], COMMANDS, width)
    assert all(left.end <= right.start for left, right in pairwise(placed))
    help_only = place([HELP], None, width)
    if width >= help_only[-1].end + 1:
        assert HELP in [each.key for each in placed]
        assert placed[-1].end <= width + 1


class Keys(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "act", "Act"),
        Binding("b", "later", "Later"),
        Binding("c", "never", "Never"),
    ]
    offered = False
    acted = 0

    def compose(self) -> ComposeResult:
        yield Button("one")
        yield Button("two")
        yield KeyLine()

    def action_act(self) -> None:
        self.acted += 1

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return {"later": self.offered, "never": None}.get(action, True)


async def test_the_line_follows_its_keys_and_a_click_presses_one() -> None:
    app = Keys()
    async with app.run_test() as pilot:
        line = app.query_one(KeyLine)
        for app.offered, shown in (
            (False, " a Act  c Never "),
            (True, " a Act  b Later  c Never "),
            (False, " a Act  c Never "),
        ):
            app.refresh_bindings()
            await pilot.pause()
            assert line.render().plain.startswith(shown)
        assert line.render().plain.endswith("▏^p palette ")
        await pilot.press("tab")
        await pilot.click(KeyLine, offset=(3, 0))
        await pilot.click(KeyLine, offset=(9, 0))
        await pilot.pause()
        assert app.acted == 1


async def test_quit_and_the_help_of_a_dialog_stay_in_a_narrow_line() -> None:
    app = Keys()
    for letter in "defghi":
        app._bindings.bind(letter, f"bell_{letter}", "Other")
    app._bindings.bind("f1", "app.help", "Help")
    app._bindings.bind("q", "app.quit", "Quit")
    for letter in "jkl":
        app._bindings.bind(letter, f"bell_{letter}", "Other")
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.pause()
        line = app.query_one(KeyLine).render().plain
        assert "Help" in line
        assert "Quit" in line
        assert "…" in line
