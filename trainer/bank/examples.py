"""Worked examples: answers of our own with the mark of each point and the reason for it.

Who rates for the first time rates such an answer and then reads why. They are files in the folder
`examples`, named by their rubric, and only shipped: a user's own rubrics have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from annotated_types import Len, MinLen

from trainer.bank.document import Document, suggest
from trainer.bank.strict_yaml import read_file
from trainer.bank.types import SOME_TEXT, Complaint, Identifier, Mark, Rubric, Text
from trainer.bank.validation import validate

FOLDER = "examples"

_MARKS = {"missed": Mark.MISSED, "partly": Mark.PARTLY, "met": Mark.MET}


@dataclass(frozen=True, slots=True)
class ExampleMark:
    """The right mark of a point, the words that it rests on, why, and what to say of it.

    `say` is spoken to the candidate. A missed point has no `quote`.
    """

    mark: Literal["missed", "partly", "met"]
    reason: Text
    say: Text
    quote: Text | None = None

    @property
    def given(self) -> Mark:
        """The mark as ratings have it."""
        return _MARKS[self.mark]


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """An answer to `question`, with a mark for each criterion of `rubric`."""

    schema: Literal[1]
    rubric: Identifier
    question: Text
    answer: Annotated[str, Len(1, 4000), SOME_TEXT]
    marks: Annotated[dict[Identifier, ExampleMark], MinLen(1)]


def read_example(shipped: Path, rubric: Rubric) -> WorkedExample | None:
    """Return the example of a rubric; None where there is none, or it does not fit the rubric.

    A rubric that the user has changed may have other points: its example would mislead.
    """
    path = example_file(shipped, rubric.id)
    if not path.is_file():
        return None
    document = read_file(path)
    return check_example(document, rubric)


def example_file(shipped: Path, rubric_id: str) -> Path:
    """Return where the example of a rubric is looked for; `shipped` is the folder of banks."""
    return shipped / FOLDER / f"{rubric_id}.yaml"


def is_example(path: Path) -> bool:
    """Tell by its folder, or by what it holds, whether a file is meant as a worked example."""
    if path.absolute().parent.name == FOLDER:
        return True
    data = read_file(path).data
    return isinstance(data, dict) and {"rubric", "answer", "marks"} <= data.keys()


def check_file(path: Path, rubrics: Mapping[str, Rubric]) -> tuple[Complaint, ...]:
    """Return the mistakes in the file of an example, by the rubric that it names."""
    document = read_file(path)
    data = document.data if isinstance(document.data, dict) else {}
    name = data.get("rubric")
    rubric = rubrics.get(name) if isinstance(name, str) else None
    if document.whole and rubric is None and isinstance(name, str):
        document.complain(("rubric",), "is no rubric that there is", suggest(name, rubrics.keys()))
    elif document.whole and rubric is None:
        validate(document, WorkedExample)
    elif rubric:
        check_example(document, rubric)
    if rubric and path.name != f"{rubric.id}.yaml":
        problem = "would not be found by this name"
        document.complain_at(1, problem, f"name it {rubric.id}.yaml")
    return document.complaints


def check_example(document: Document, rubric: Rubric) -> WorkedExample | None:
    """Return the example in a document, or None after a complaint about each misfit."""
    example = validate(document, WorkedExample) if document.whole else None
    if example is None:
        return None
    if example.rubric != rubric.id:
        document.complain(("rubric",), "is another rubric", f"write {rubric.id}")
    names = {criterion.id for criterion in rubric.criteria}
    for name in sorted(names - example.marks.keys()):
        document.complain(("marks",), f"has no mark for {name}", "add it")
    for name, mark in example.marks.items():
        if name not in names:
            document.complain(("marks", name), "is no point of the rubric", "delete it")
        if mark.quote is None and mark.mark != "missed":
            document.complain(("marks", name), "has no quote", "quote the words of the answer")
        elif mark.quote is not None and mark.mark == "missed":
            document.complain(("marks", name, "quote"), "proves a missed point", "delete it")
        elif mark.quote is not None and mark.quote not in example.answer:
            document.complain(("marks", name, "quote"), "is not in the answer", "copy the words")
    return None if document.bad else example
