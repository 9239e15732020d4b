"""A strict reader for YAML: plain data, the line of every value, and all mistakes at once.

It takes the part of YAML that needs no knowledge of YAML: mappings, lists, text, numbers, true and
false. Anchors, aliases, merge keys and tags are refused, equal keys too, and so is each word that
only looks like text (see `trainer.bank.scalars`). Data is composed straight from the parser's
events, so nothing is ever built from an alias, and no nesting is followed below `MAX_DEPTH`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml  # 10 ms

from trainer.bank.document import Document, quote
from trainer.bank.file_text import UNSEEN, decode, read_bytes
from trainer.bank.scalars import Trap, read_plain
from trainer.display import one_line

MAX_DEPTH = 20  # a rubric has 5

# libyaml's parser is 12 times as fast; where PyYAML was built without it, Python's does the same.
_Parser: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What the two parsers say, and what that means to somebody who writes questions.
_MISFIT = (
    "this does not fit the lines above it",
    "check the spaces before it, the quotes and the brackets",
)
_SYNTAX = {
    "mapping values are not allowed": (
        "a colon stands where a text has begun already",
        "put quotes around the text, or check the spaces before it",
    ),
    "could not find expected ':'": ("this is no `name: value` line", "check the line above it too"),
    "did not find expected key": _MISFIT,
    "expected <block end>": _MISFIT,
    "did not find expected '-' indicator": _MISFIT,
    "sequence entries are not allowed": (
        "a dash stands where no list can begin",
        "begin the list on a new line, or put quotes around the text",
    ),
    "cannot start any token": (
        "a text cannot begin with this character",
        "put quotes around the text",
    ),
    "alphabetic or numeric character": (
        "a text cannot begin with & or *",
        "put quotes around the text",
    ),
    "',' or ']'": ("a list in [ ] does not end", "close it with ]"),
    "',' or '}'": ("a group in { } does not end", "close it with }"),
    "node content": ("a value is missing, or a sign has no place here", "check the line"),
    "unexpected end of stream": ("a quote is never closed", "close it"),
    "unexpected document separator": ("a quote is never closed", "close it"),
    "unknown escape character": (
        "a backslash stands before a letter that means nothing",
        "write two backslashes, or use single quotes",
    ),
    "decimal number": ("a code after a backslash is no number", "write two backslashes"),
    "invalid Unicode character escape": ("a code after a backslash is no character", "delete it"),
    "undefined tag handle": ("has a tag (!)", "remove it, or put quotes around the text"),
    "<document start>": ("something stands after the end (...)", "keep one document in a file"),
}


def read_file(path: Path) -> Document:
    """Read a file of at most 1 MB. Never raises: whatever is wrong is in `complaints`."""
    document = Document(one_line(str(path)))
    raw = read_bytes(path, document.complain_at)
    if raw is not None:
        _read(raw, document)
    return document


def read_text(raw: bytes, name: str) -> Document:
    """Read the content of a file that would be called `name`. Never raises."""
    document = Document(one_line(name))
    _read(raw, document)
    return document


def _read(raw: bytes, document: Document) -> None:
    text = decode(raw, document.complain_at)
    if text is not None:
        _Composer(text, document).compose()


class _TooDeep(Exception):  # noqa: N818  # a signal between two methods, not an error
    """The nesting limit was reached."""


_Start = yaml.ScalarEvent | yaml.CollectionStartEvent


class _Composer:
    """Turns the parser's events into plain data, and what is refused into complaints.

    `_place` is where the composer stands in the data. `_dropped` keeps what no data refers to
    alive: the lines are found by `id`, which must not be given to another container.
    """

    def __init__(self, text: str, document: Document) -> None:
        self._document = document
        self._text = text
        self._place: list[str | int] = []
        self._dropped: list[object] = []

    def compose(self) -> None:
        """Fill `data`, `whole` and `lines` of the document."""
        try:
            parser = _Parser(self._text)
            self._next: Callable[[], Any] = parser.get_event
            self._compose_stream()
        except _TooDeep:
            pass
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            self._explain(error)  # the two others: Python's parser, from a code after a backslash

    def _compose_stream(self) -> None:
        self._next()  # the start of the stream
        if isinstance(self._next(), yaml.DocumentStartEvent):
            self._document.data = self._compose_value(self._next())
            self._next()  # the end of the document
            if not isinstance(event := self._next(), yaml.StreamEndEvent):
                self._complain(event, "a second document begins", "keep one document in a file")
        if self._document.data is not None:
            self._document.whole = True
        elif not self._document.bad:
            self._document.complain_at(1, "is empty", "write something, or remove the file")

    def _compose_value(self, event: Any) -> object:
        if isinstance(event, yaml.ScalarEvent):
            return self._compose_scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self._complain(event, "refers to an anchor (*)", "write out what is meant")
            self._document.spoil(tuple(self._place))
            return None
        self._refuse_properties(event)
        if len(self._place) >= MAX_DEPTH:
            self._complain(event, f"is nested deeper than {MAX_DEPTH} levels", "write it flatter")
            raise _TooDeep
        if isinstance(event, yaml.SequenceStartEvent):
            return self._compose_sequence()
        return self._compose_mapping()

    def _compose_sequence(self) -> list[object]:
        items: list[object] = []
        lines = self._document.lines
        self._place.append(0)
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            index = self._place[-1] = len(items)
            lines[id(items), index] = event.start_mark.line + 1
            items.append(self._compose_value(event))
        self._place.pop()
        return items

    def _compose_mapping(self) -> dict[str, object]:
        mapping: dict[str, object] = {}
        lines = self._document.lines
        self._place.append("")
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._place[-1] = self._compose_key(event)
            if key in mapping:
                problem = f"stands here twice, first on line {lines[id(mapping), key]}"
                self._complain(event, problem, "keep one of the two")
                self._dropped.append(self._compose_value(self._next()))
            else:
                lines[id(mapping), key] = event.start_mark.line + 1
                mapping[key] = self._compose_value(self._next())
        self._place.pop()
        return mapping

    def _compose_key(self, event: Any) -> str:
        self._place[-1] = ""
        if not isinstance(event, yaml.ScalarEvent):
            self._complain(event, "has a name that is not a word", "write `name: value`")
            self._dropped.append(self._compose_value(event))
            return f"?{event.start_mark.index}"
        self._refuse_properties(event)
        key: str = event.value
        if event.style:
            return self._clean(event)
        if key == "<<":
            self._complain(event, "holds a merge key (<<)", "write the fields out")
        elif not isinstance(read_plain(key), str):
            self._complain(event, f"the name {quote(key)} is not text", "put quotes around it")
        return key

    def _compose_scalar(self, event: yaml.ScalarEvent) -> object:
        text: str = event.value
        self._refuse_properties(event)
        if not event.style:
            value = read_plain(text)
            if not isinstance(value, Trap):
                return value
            self._complain(event, value.problem, value.remedy)
            self._document.spoil(tuple(self._place))
            return text
        if event.style == '"':
            return self._clean(event)
        # The line break that ends a block is layout, not text.
        return text.rstrip("\n") if event.style in "|>" else text

    def _refuse_properties(self, event: _Start) -> None:
        if event.anchor:
            self._complain(event, f"has the anchor {quote('&' + event.anchor)}", "remove it")
        if event.tag:
            self._complain(event, f"has the tag {quote(event.tag)}", "remove it")

    def _clean(self, event: yaml.ScalarEvent) -> str:
        # Only an escape in double quotes can bring such a character in: `decode` took out the rest.
        text = event.value.replace("\t", "\x01") if event.style == '"' else event.value
        if UNSEEN.search(text):
            self._complain(event, "has an escape for an invisible character", "remove it")
        return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)

    def _complain(self, event: yaml.Event, problem: str, remedy: str) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        self._document.complain_at(line, problem, remedy, tuple(self._place))

    def _explain(self, error: Exception) -> None:
        said = str(getattr(error, "problem", None) or error)
        unknown = (f"is not YAML ({one_line(said, 100)})", "check the line")
        known = (plain for fragment, plain in _SYNTAX.items() if fragment in said)
        problem, remedy = next(known, unknown)
        # The parser notices a quote that is never closed at the end; the mistake is where it opens.
        which = "context_mark" if "unexpected" in said else "problem_mark"
        mark = getattr(error, which, None)
        line = min(mark.line, self._text.count("\n")) + 1 if mark else 1
        self._document.complain_at(line, problem, remedy, tuple(self._place))
