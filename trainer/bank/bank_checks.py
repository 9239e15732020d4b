"""Whether the questions of a layer fit together, and fit the rubrics that they name."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.bank.document import Claims, Document, Place, quote, suggest
from trainer.bank.files import Source
from trainer.bank.types import Bank, Question
from trainer.bank.views import View


def check_banks(sources: Sequence[Source[Bank]], view: View) -> None:
    """Check the banks of one layer: alone, against each other and against their rubrics."""
    ids, probes = Claims(), Claims()
    for source in sources:
        document = source.document
        for index, question in enumerate(source.value.questions):
            place: Place = ("questions", index)
            ids.claim(question.id, document, (*place, "id"), f"the id {quote(question.id)}")
            for name, probe in question.probes.items():
                probes.claim(_plain(probe), document, (*place, "probes", name), "this probe")
            _check_times(document, place, question)
            _check_wordings(document, place, question)
            _check_rubric(document, place, question, view)


def _check_times(document: Document, place: Place, question: Question) -> None:
    lower, upper = question.answer_s
    if lower >= upper:
        problem = f"goes from {lower} to {upper} seconds"
        document.complain((*place, "answer_s"), problem, "write the shorter time first")


def _check_wordings(document: Document, place: Place, question: Question) -> None:
    claims = Claims()
    claims.claim(_plain(question.prompt), document, (*place, "prompt"), "")
    for index, wording in enumerate(question.wordings):
        claims.claim(_plain(wording), document, (*place, "wordings", index), "this wording")


def _check_rubric(document: Document, place: Place, question: Question, view: View) -> None:
    probes = (*place, "probes")
    if question.rubric is None:
        for name in question.probes:
            problem = "asks for a criterion, but the rubric is none"
            document.complain((*probes, name), problem, "remove it")
        return
    rubric = view.rubrics.get(question.rubric)
    if rubric is None:
        view.refuse(document, (*place, "rubric"), question.rubric)
        return
    criteria = [criterion.id for criterion in rubric.criteria]
    for name in question.probes:
        if name not in criteria:
            problem = f"is no criterion of the rubric {quote(rubric.id)}"
            document.complain((*probes, name), problem, suggest(name, criteria))
    missing = [name for name in criteria if name not in question.probes]
    if missing:
        problem = f"there is no probe for {', '.join(missing)}"
        document.complain(probes, problem, "add a question that asks for it")


def _plain(text: str) -> str:
    """Return what makes two texts the same to a reader: the words, whatever the layout."""
    return " ".join(text.casefold().split())
