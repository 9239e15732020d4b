"""The questions: what each one really asks, what to avoid, and the follow-ups to expect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static, Tree

from trainer.bank.types import Library, LoadedBank, Question
from trainer.display import clock_time, one_line, visible
from trainer.errors import TrainerError
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.key_line import KeyLine

Pieces = list[str | tuple[str, str]]


class BanksScreen(TrainerScreen, Screen[None]):
    """A tree of banks and questions, and what is known about the chosen one."""

    CSS_PATH = "../styles/banks.tcss"
    HELP = """\
# Questions

Right and left open and close a bank. The chosen question is explained beside the list;
Tab goes there to scroll. P practises the chosen question or bank.

You can add your own: see the folder named in the settings, and `trainer banks check`.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "practise", "Practise this", tooltip="Answer the chosen question or bank"),
        Binding("right", "open", "Open", show=False),
        Binding("left", "close", "Close", show=False),
        Binding("escape", "leave", "Back", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    @dataclass
    class LibraryReady(Message):
        """The banks were read."""

        library: Library

    def __init__(self) -> None:
        super().__init__()
        self._library: Library | None = None

    def compose(self) -> ComposeResult:
        """Yield the tree and the detail beside it."""
        yield Static("Questions", classes="title-bar")
        with Horizontal(id="body"):
            tree: Tree[tuple[LoadedBank, Question | None]] = Tree("Banks", id="tree")
            tree.show_root = False
            tree.guide_depth = 2
            yield tree
            yield VerticalScroll(Static(id="detail-text"), id="detail")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the banks, unless home has done so."""
        self.set_focus(self.query_one(Tree))
        self._read()

    @work(thread=True, exit_on_error=False)
    def _read(self) -> None:
        self.post_message(self.LibraryReady(self.services.library()))

    def on_banks_screen_library_ready(self, message: LibraryReady) -> None:
        """Fill the tree."""
        self._library = message.library
        tree = self.query_one(Tree)
        for loaded in message.library.banks:
            yours = " (yours)" if loaded.layer == "yours" else ""
            branch = tree.root.add(
                Text(f"{one_line(loaded.bank.title)}{yours}"), data=(loaded, None)
            )
            for question in loaded.bank.questions:
                branch.add_leaf(Text(one_line(question.prompt)), data=(loaded, question))
        tree.root.expand()
        if message.library.banks:
            tree.move_cursor(tree.root.children[0])
        else:
            self.query_one("#detail-text", Static).update("There are no questions to show.")

    def on_tree_node_highlighted(
        self, message: Tree.NodeHighlighted[tuple[LoadedBank, Question | None]]
    ) -> None:
        """Explain the chosen bank or question."""
        if message.node.data is None:
            return
        loaded, question = message.node.data
        text = self._about_question(question) if question else _about_bank(loaded)
        self.query_one("#detail-text", Static).update(text)
        self.query_one("#detail").scroll_home(animate=False)

    def action_open(self) -> None:
        """Open the chosen bank, or go to its first question."""
        tree = self.query_one(Tree)
        node = tree.cursor_node
        if node and node.allow_expand and not node.is_expanded:
            node.expand()
        else:
            tree.action_cursor_down()

    def action_close(self) -> None:
        """Close the bank that the cursor is in."""
        tree = self.query_one(Tree)
        node = tree.cursor_node
        if node is None:
            return
        branch = node if node.allow_expand else node.parent
        if branch and branch is not tree.root:
            tree.move_cursor(branch)
            branch.collapse()

    def action_practise(self) -> None:
        """Answer the chosen question, or questions of the chosen bank."""
        node = self.query_one(Tree).cursor_node
        if node is None or node.data is None:
            return
        loaded, question = node.data
        try:
            run = self.services.plan(
                bank_ids=[] if question else [loaded.bank.id],
                question_ids=[question.id] if question else [],
            )
        except TrainerError as error:
            self.complain(error)
            return
        self.trainer.practise(run)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    def _about_question(self, question: Question) -> Content:
        lower_s, upper_s = question.answer_s
        pieces: Pieces = [(f"{visible(question.prompt)}\n\n", "bold")]
        pieces += [("Also asked as\n", "bold $primary")]
        pieces += [f"· {visible(wording)}\n" for wording in question.wordings]
        pieces += [
            ("\nWhat they want to know\n", "bold $primary"),
            f"{visible(question.intent)}\n",
            ("\nTake care\n", "bold $primary"),
        ]
        pieces += [f"· {visible(pitfall)}\n" for pitfall in question.pitfalls]
        pieces += [
            ("\nTime\n", "bold $primary"),
            f"{clock_time(question.prepare_s)} to prepare, "
            f"{clock_time(lower_s)} to {clock_time(upper_s)} to answer\n",
        ]
        rubric = self._library.rubrics.get(question.rubric or "") if self._library else None
        if rubric is None:
            pieces += [("\nRated by\n", "bold $primary"), "Time and delivery only\n"]
        else:
            pieces += [("\nRated by\n", "bold $primary"), f"{visible(rubric.title)}\n"]
            pieces += [("\nFollow-ups to expect\n", "bold $primary")]
            for criterion in rubric.criteria:
                probe = question.probes.get(criterion.id, criterion.asks)
                pieces += [
                    (f"· {visible(criterion.title)}: ", "$quiet"),
                    f"{visible(probe)}\n",
                ]
        pieces += [(f"\n{', '.join(question.tags)} · {question.id}", "$quiet")]
        return Content.assemble(*pieces)


def _about_bank(loaded: LoadedBank) -> Content:
    bank = loaded.bank
    where = "yours, in place of the one that comes along" if loaded.replaces else loaded.layer
    return Content.assemble(
        (f"{visible(bank.title)}\n\n", "bold"),
        f"{visible(bank.about)}\n\n",
        (f"{len(bank.questions)} questions · {bank.id} · {where}", "$quiet"),
    )
