"""The follow-ups of a question, as a list that the keys of a screen go through."""

from __future__ import annotations

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trainer.meeting.probing import Branch, ProbeTree
from trainer.tui.console_lines import branch_line


class ProbeList(OptionList):
    """The tree of follow-ups. The keys of the screen go through it: it needs no focus."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__(id="probes", markup=False, compact=True)
        self._tree = ProbeTree((), ())
        self._numbered = True

    def show(self, tree: ProbeTree, *, numbered: bool) -> None:
        """Show these follow-ups, `numbered` for who asks them; the cursor stays where it is."""
        if (tree, numbered) == (self._tree, self._numbered):
            return
        at = self.highlighted
        moved = [b.ask for b in tree.branches] != [b.ask for b in self._tree.branches]
        self._tree, self._numbered = tree, numbered
        self.clear_options()
        options: list[Option | None] = [
            Option(branch_line(number if numbered else None, one))
            for number, one in enumerate(tree.branches, 1)
        ]
        if tree.own and tree.general:
            options.insert(len(tree.own), None)
        self.add_options(options)
        if tree.branches:
            self.highlighted = 0 if moved or at is None else at

    def branch(self, number: int | None = None) -> Branch | None:
        """Return the follow-up of that number, else the one under the cursor."""
        at = self.highlighted if number is None else number - 1
        branches = self._tree.branches
        return branches[at] if at is not None and at < len(branches) else None
