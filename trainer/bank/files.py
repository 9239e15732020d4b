"""What the four kinds of YAML files hold, and a file on its way into the library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Generic, Literal, TypeVar

from annotated_types import MinLen

from trainer.bank.document import Document
from trainer.bank.types import (
    Bank,
    Criterion,
    Flag,
    Identifier,
    Lexicon,
    Scoring,
    Terms,
    Text,
)


@dataclass(frozen=True, slots=True)
class RubricFile:
    """A checklist for one family of questions, on its own or as an addition to another one.

    With `extends`, what the file holds is added to that rubric; a criterion or flag of the same
    id takes the place of the other's. Without it, `scoring` and `criteria` are needed.
    """

    schema: Literal[1]
    id: Identifier
    title: Text
    about: Text
    extends: Identifier | None = None
    scoring: Scoring | None = None
    criteria: Annotated[tuple[Criterion, ...], MinLen(1)] | None = None
    flags: tuple[Flag, ...] = ()
    topic: tuple[Text, ...] = ()


Content = Bank | RubricFile | Lexicon | Terms
T = TypeVar("T", bound=Content)


@dataclass(frozen=True, slots=True, eq=False)
class Source(Generic[T]):
    """A file whose content fits its kind.

    Complaints of the checks that follow gather in `document`; a file with any complaint stays out
    of the library.
    """

    path: Path
    document: Document
    value: T
