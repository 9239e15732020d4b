"""A help text as one drawing: headings, paragraphs and lists.

It is written like Markdown. Textual's own widget for that makes a widget of each paragraph, and
opens four times as slowly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

_HEADING = re.compile(r"#+ (.+)")
_ITEM = re.compile(r"(-|\d+\.) (.+)")
_STRONG = re.compile(r"\*\*(.+?)\*\*|`(.+?)`")
_BULLET = "•"


def draw_help(text: str, heading_style: str = "bold") -> Group:
    """Return a text as it is drawn at any width.

    Blocks stand between empty lines: headings (#), lists (- or 1.) and paragraphs. In them
    **words** and `keys` are bold.
    """
    drawn: list[RenderableType] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        heading = _HEADING.fullmatch(block)
        if drawn:
            drawn.append("")
        if heading:
            drawn.append(Text(heading[1], style=heading_style))
        elif _ITEM.match(block):
            drawn.append(_list(block))
        else:
            drawn.append(_inline(" ".join(block.split())))
    return Group(*drawn)


def _list(block: str) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    for sign, words in _items(block):
        table.add_row(_BULLET if sign == "-" else sign, _inline(words))
    return table


def _items(block: str) -> Iterator[tuple[str, str]]:
    sign, words = "", ""
    for line in block.splitlines():
        item = _ITEM.match(line)
        if item is None:
            words += f" {line.strip()}"
            continue
        if sign:
            yield sign, words
        sign, words = item[1], item[2]
    yield sign, words


def _inline(words: str) -> Text:
    text, at = Text(), 0
    for strong in _STRONG.finditer(words):
        text.append(words[at : strong.start()])
        text.append(strong[1] or strong[2], style="bold")
        at = strong.end()
    return text.append(words[at:])
