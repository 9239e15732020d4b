"""What a screen of numbered sections does: it shows one of them, by its number or by the arrows."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.section_names import SectionNames


def section_keys(sections: Mapping[str, str]) -> tuple[BindingType, ...]:
    """Return the keys that lead from section to section; `sections` are their titles by id."""
    return (
        Binding(
            "left", "section(-1)", "Section", key_display="← →", tooltip="Go to the section before"
        ),
        Binding(
            "right", "section(1)", "Next section", show=False, tooltip="Go to the next section"
        ),
        *(
            Binding(str(number), f"show('{name}')", title, show=False, tooltip=f"Show: {title}")
            for number, (name, title) in enumerate(sections.items(), 1)
        ),
    )


class SectionedScreen(TrainerScreen):
    """Has `SectionNames` and one `ContentSwitcher`; `section` is the id of what is shown."""

    section = ""

    def action_section(self, step: int) -> None:
        """Go to the section before or after this one."""
        self.action_show(self.query_one(SectionNames).beside(step))

    def action_show(self, section: str) -> None:
        """Show a section."""
        self.section = self.query_one(ContentSwitcher).current = section
        self.query_one(SectionNames).show(section)
        self.focus_section()
        self.refresh_bindings()

    def focus_section(self) -> None:
        """Let the keys of the section that is shown work."""
        self.set_focus(self.focused_by_default)

    @property
    def focused_by_default(self) -> Widget | None:
        """What of the section the arrow keys go to; None where nothing can be gone through."""
        return self.query_one(f"#{self.section}")
