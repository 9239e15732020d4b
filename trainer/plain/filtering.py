"""Choosing what the history lists, and in which order, by numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.narrowing import SORTS, cleared, order_in_words
from trainer.plain.console import NUMBER, Console, Letter

if TYPE_CHECKING:
    from trainer.narrowing import Narrowing
    from trainer.services import Services
    from trainer.store.types import LibraryQuery

_DONE = Letter("", "shows the list", "Show the list as it is narrowed down now.")
_CLEAR = Letter("c", "clears all", "Narrow nothing down any more.")
_BACK = Letter("", "leaves it", "Leave it as it is.")


def choose_filter(services: Services, console: Console, query: LibraryQuery) -> LibraryQuery:
    """Ask to what the list is to be narrowed down; return the query for it."""
    contents = services.contents()
    while True:
        ways = services.narrowings(contents, query)
        console.say("")
        for at, way in enumerate(ways, 1):
            console.tell(f"{way.name}: {way.chosen(query).label}", f"{at:>2}  ")
        console.say("Give the number of what to choose.")
        key, number = console.choose([_DONE, _CLEAR], len(ways))
        if key == NUMBER:
            query = _choose(console, ways[int(number) - 1], query)
        elif key == _CLEAR.key:
            query = cleared(query)
        else:
            return query


def _choose(console: Console, way: Narrowing, query: LibraryQuery) -> LibraryQuery:
    console.say("", way.name)
    for at, choice in enumerate(way.choices, 1):
        times = "" if choice.times is None else f" ({choice.times})"
        console.tell(f"{choice.label}{times}", f"{at:>2}  ")
    key, number = console.choose([_BACK], len(way.choices))
    return way.narrow(query, way.choices[int(number) - 1]) if key == NUMBER else query


def choose_order(console: Console, query: LibraryQuery) -> LibraryQuery:
    """Ask for the order of the list; return the query with it."""
    console.say("", f"Now: {order_in_words(query)}")
    for at, word in enumerate(SORTS.values(), 1):
        console.say(f"{at:>2}  {word}")
    key, number = console.choose([_BACK], len(SORTS))
    if key != NUMBER:
        return query
    sort, descending = list(SORTS)[int(number) - 1]
    return replace(query, sort=sort, descending=descending)
