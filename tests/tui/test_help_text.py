"""The help as it is drawn."""

from io import StringIO

import pytest
from rich.console import Console

from trainer.tui.screens.report import ReportScreen
from trainer.tui.widgets.help_text import draw_help

TEXT = """\
# Your data

Every line
goes on. [b]No markup[/b] and **strong words**.

- X writes all answers into a file
  of your own
- `^p` the palette

1. First
"""


def drawn(text: str, width: int = 30, *, styled: bool = False) -> str:
    file = StringIO()
    Console(
        file=file, width=width, force_terminal=styled, color_system="standard" if styled else None
    ).print(draw_help(text, "bold cyan"))
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def test_paragraphs_flow_and_lists_hang() -> None:
    assert drawn(TEXT) == (
        "Your data\n\n"
        "Every line goes on. [b]No\nmarkup[/b] and strong words.\n\n"
        "• X writes all answers into a\n  file of your own\n• ^p the palette\n\n"
        "1. First"
    )


def test_headings_keys_and_strong_words_are_bold() -> None:
    styled = drawn(TEXT, styled=True)
    for words in ("strong words", "^p"):
        assert f"\x1b[1m{words}\x1b[0m" in styled
    assert "\x1b[1;36mYour data\x1b[0m" in styled


@pytest.mark.parametrize("width", [10, 200])
def test_nothing_of_a_text_is_lost(width: int) -> None:
    words = drawn(ReportScreen.HELP, width).replace("•", "-").split()
    assert "".join(words) == "".join(ReportScreen.HELP.replace("# ", "").split())
