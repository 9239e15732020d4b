"""A file of marked answers, read strictly: every mistake is told with its file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, BinaryIO, TypeVar

from trainer.bank.types import Complaint, Mark, Rubric
from trainer.display import one_line
from trainer.errors import UsageError
from trainer.evaluation.lines import LineError, kind, read_lines, shown
from trainer.evaluation.quoting import holds
from trainer.evaluation.types import MarkedAnswer

FIELDS = ("id", "speaker", "rubric", "question", "text", "marks", "flags", "quotes", "overall")
"""What is read of a line. `rubric`, `text` and `marks` must be there; other fields are left alone,
except where one looks like one of these misspelt."""

LEAST_OVERALL, MOST_OVERALL = 1, 5
_KNOWN_BESIDES = ("author", "kind")  # of the project's own files
_MISSPELT = 0.8  # likeness of two names
_LONGEST_ID = 64
_T = TypeVar("_T")


class MistakesError(UsageError):
    """The file cannot be measured on. `complaints` has every mistake, in the order of lines."""

    def __init__(self, name: str, complaints: Sequence[Complaint]) -> None:
        count = "1 mistake" if len(complaints) == 1 else f"{len(complaints)} mistakes"
        super().__init__(
            f"{name} has {count}, so nothing was measured.",
            "Mend the file. What a line holds is told in docs/rating.md and: "
            "trainer evaluate --help",
        )
        self.complaints = tuple(complaints)


def read_answers(
    stream: BinaryIO, name: str, rubrics: Mapping[str, Rubric]
) -> tuple[MarkedAnswer, ...]:
    """Return the answers in a file called `name`. Raises `MistakesError` or `UsageError`."""
    answers: list[MarkedAnswer] = []
    complaints: list[Complaint] = []
    lines_of: dict[str | int, int] = {}
    for number, fields in read_lines(stream):
        reading = _Line(name, number, rubrics)
        if isinstance(fields, LineError):
            reading.complain("", fields.problem, fields.remedy)
        else:
            answer = reading.answer(fields)
            if answer.id in lines_of and "id" in fields:
                reading.complain(
                    "id",
                    f"{shown(answer.id)} is also the id of line {lines_of[answer.id]}",
                    "give every answer an id of its own",
                )
            lines_of.setdefault(answer.id, number)
            answers.append(answer)
        complaints += reading.complaints
    if complaints:
        raise MistakesError(name, complaints)
    if not any(mark is not None for answer in answers for mark in answer.marks.values()):
        raise UsageError(
            f"{name} holds no mark to measure by.",
            "Put one answer with its marks on each line, see: trainer evaluate --help",
        )
    return tuple(answers)


class _Line:
    """One line under examination: it gathers complaints and goes on."""

    def __init__(self, file: str, number: int, rubrics: Mapping[str, Rubric]) -> None:
        self._file = one_line(file)
        self._number = number
        self._rubrics = rubrics
        self.complaints: list[Complaint] = []

    def complain(self, path: str, problem: str, remedy: str) -> None:
        self.complaints.append(Complaint(self._file, self._number, path, problem, remedy))

    def answer(self, fields: Mapping[str, Any]) -> MarkedAnswer:
        """Return the answer, with anything in the place of what was complained about."""
        self._look_for_misspelt(fields)
        text = self._text(fields, "text", needed=True)
        rubric = self._rubric(fields)
        criteria = [criterion.id for criterion in rubric.criteria] if rubric else None
        flags = [flag.id for flag in rubric.flags] if rubric else None
        return MarkedAnswer(
            id=self._id(fields),
            speaker=self._text(fields, "speaker").strip() or None,
            rubric=rubric or next(iter(self._rubrics.values())),
            question=self._text(fields, "question"),
            text=text,
            marks=self._values(fields, "marks", criteria, self._mark, needed=True),
            flags=self._values(fields, "flags", flags, self._flag),
            quotes=self._values(fields, "quotes", criteria, lambda p, v: self._quotes(p, v, text)),
            overall=self._overall(fields),
        )

    def _look_for_misspelt(self, fields: Mapping[str, Any]) -> None:
        for field in fields:
            if field not in FIELDS and field not in _KNOWN_BESIDES:
                meant = get_close_matches(field.lower()[:_LONGEST_ID], FIELDS, 1, _MISSPELT)
                if meant and meant[0] not in fields:
                    self.complain("", f"unknown field {shown(field)}", f'is "{meant[0]}" meant?')

    def _rubric(self, fields: Mapping[str, Any]) -> Rubric | None:
        name = self._text(fields, "rubric", needed=True)
        rubric = self._rubrics.get(name)
        if rubric is None and isinstance(fields.get("rubric"), str):
            known = ", ".join(sorted(self._rubrics))
            self.complain("rubric", f"there is no rubric {shown(name)}", f"known are: {known}")
        return rubric

    def _id(self, fields: Mapping[str, Any]) -> str | int:
        value = fields.get("id", f"line {self._number}")
        if isinstance(value, str | int) and not isinstance(value, bool):
            return value
        what = "a number with decimals" if isinstance(value, float) else kind(value)
        self.complain("id", f"it is {what}", "write text or a whole number")
        return f"line {self._number}"

    def _text(self, fields: Mapping[str, Any], name: str, needed: bool = False) -> str:
        value = fields.get(name)
        if isinstance(value, str):
            return value
        if name not in fields and needed:
            self.complain(name, "it is missing", "every line has rubric, text and marks")
        elif value is not None or needed:
            self.complain(name, f"it is {kind(value)}", "write text")
        return ""

    def _values(
        self,
        fields: Mapping[str, Any],
        name: str,
        known: Iterable[str] | None,
        read: Callable[[str, Any], _T],
        needed: bool = False,
    ) -> dict[str, _T]:
        """Return what an object of the line holds by name; all names pass while none is known."""
        held = fields.get(name)
        if not isinstance(held, dict):
            if name not in fields and needed:
                self.complain(name, "it is missing", "every line has rubric, text and marks")
            elif held is not None or needed:
                self.complain(name, f"it is {kind(held)}", "write an object, such as {}")
            return {}
        values: dict[str, _T] = {}
        for key, value in held.items():
            path = f"{name}.{one_line(key, _LONGEST_ID)}"
            if known is not None and key not in known:
                what = "flag" if name == "flags" else "criterion"
                names = ", ".join(known) or "none"
                self.complain(path, f"the rubric has no such {what}", f"known are: {names}")
            else:
                values[key] = read(path, value)
        return values

    def _mark(self, path: str, value: object) -> Mark | None:
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value in (0, 1, 2):
            return Mark(value)
        self.complain(path, f"{shown(value)} is no mark", "write 0, 1, 2 or null")
        return None

    def _flag(self, path: str, value: object) -> bool | None:
        if value is None or isinstance(value, bool):
            return value
        self.complain(path, f"it is {kind(value)}", "write true, false or null")
        return None

    def _quotes(self, path: str, value: object, text: str) -> tuple[str, ...]:
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(quote, str) for quote in value):
            self.complain(path, f"it is {kind(value)}", "write a list of texts")
            return ()
        for quote in value:
            if not holds(text, quote):
                self.complain(
                    path, f"{shown(quote)} is not in the text", "copy the words from the text"
                )
        return tuple(value)

    def _overall(self, fields: Mapping[str, Any]) -> float | None:
        value = fields.get("overall")
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            if LEAST_OVERALL <= value <= MOST_OVERALL:
                return float(value)
            self.complain("overall", f"{shown(value)} is outside 1 to 5", "write 1 to 5 or null")
        else:
            self.complain("overall", f"it is {kind(value)}", "write a number from 1 to 5, or null")
        return None
