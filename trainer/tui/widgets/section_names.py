"""One line with the numbered names of a screen's sections; the one that is shown is reversed."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.widgets import Static


class SectionNames(Static):
    """Names sections: `titles` by their ids, in their order. The first is shown at the start."""

    DEFAULT_CSS = "SectionNames { height: auto; }"

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__(id="sections")
        self._titles = titles
        self.shown = next(iter(titles))

    def on_mount(self) -> None:
        """Name them."""
        self.show(self.shown)

    def show(self, section: str) -> None:
        """Mark another one as shown."""
        self.shown = section
        self.update(
            Content(" ").join(
                Content.assemble((f" {number} {title} ", "bold reverse" if name == section else ""))
                for number, (name, title) in enumerate(self._titles.items(), 1)
            )
        )

    def beside(self, step: int) -> str:
        """Return the section so many steps on, around the ends."""
        names = list(self._titles)
        return names[(names.index(self.shown) + step) % len(names)]
