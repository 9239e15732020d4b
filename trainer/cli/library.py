"""Banks, questions, rubrics and lexicons as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from trainer.display import clock_time
from trainer.lines.text import table, wrapped

if TYPE_CHECKING:
    from trainer.bank.types import (
        Complaint,
        Layer,
        Library,
        LoadedBank,
        LoadedLexicon,
        Question,
        Rubric,
    )


def mine(layer: Layer, replaces: bool) -> str:
    """Return what stands after the title of what is the user's own."""
    if layer == "shipped":
        return ""
    return " (yours, in place of the shipped one)" if replaces else " (yours)"


def bank_note(loaded: LoadedBank) -> str:
    """Return what stands after the title of a bank: whose it is, and what it gave up."""
    lost = len(loaded.given_up)
    if lost:
        return f" (without {lost} {'question' if lost == 1 else 'questions'} that yours replace)"
    return mine(loaded.layer, loaded.replaces)


def bank_lines(loaded: LoadedBank) -> Iterator[str]:
    """Yield a bank as lines for people."""
    bank = loaded.bank
    yield from wrapped(f"{bank.title}{bank_note(loaded)}")
    yield from wrapped(bank.about)
    yield ""
    yield from table(("QUESTION", "PROMPT"), [(q.id, q.prompt) for q in bank.questions])


def question_lines(
    holder: LoadedBank, question: Question, library: Library, replaces: bool
) -> Iterator[str]:
    """Yield a question as lines for people."""
    lower_s, upper_s = question.answer_s
    rubric = library.rubrics.get(question.rubric or "")
    yield from wrapped(question.prompt)
    yield ""
    yield from wrapped(holder.bank.title, "Bank:     ")
    if replaces:
        yield "          This question is yours. It stands in for a shipped one."
    elif holder.layer == "yours":
        yield "          This question is yours."
    yield from wrapped(rubric.title if rubric else "none, time and delivery only", "Rubric:   ")
    yield (
        f"Time:     {clock_time(question.prepare_s)} to prepare, "
        f"{clock_time(lower_s)} to {clock_time(upper_s)} to answer"
    )
    yield from wrapped(", ".join(question.tags), "Tags:     ")
    yield from _section("Also asked as", question.wordings)
    yield from _section("What the interviewer wants to know", [question.intent])
    yield from _section("Take care", question.pitfalls)
    if rubric:
        probes = [
            f"{criterion.title}: {question.probes.get(criterion.id, criterion.asks)}"
            for criterion in rubric.criteria
        ]
        yield from _section("Follow-ups to expect", probes)


def _section(title: str, entries: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    for entry in entries:
        yield from wrapped(entry, "- ")


def question_json(library: Library, holder: LoadedBank, question: Question) -> dict[str, object]:
    """Return a question with the bank that it stands in."""
    return {
        "kind": "question",
        "bank": holder.bank.id,
        "layer": holder.layer,
        "replaces": question.id in library.replaced_questions and holder.layer == "yours",
        "file": holder.file,
        **asdict(question),
    }


def rubric_lines(library: Library, rubric: Rubric) -> Iterator[str]:
    """Yield a rubric as lines for people."""
    yield from wrapped(f"{rubric.title}{rubric_note(library, rubric)}")
    yield from wrapped(rubric.about)
    yield from _section("It asks", (f"{c.title}: {c.asks}" for c in rubric.criteria))
    if rubric.flags:
        yield from _section("It warns of", (f"{f.title}: {f.remedy}" for f in rubric.flags))
    yield from _section("The score", [rubric.scoring.formula])


def rubric_note(library: Library, rubric: Rubric) -> str:
    """Return what stands after the title of a rubric: whose it is."""
    layer = library.rubric_layers.get(rubric.id, "shipped")
    return mine(layer, rubric.id in library.replaced_rubrics)


def rubric_json(library: Library, rubric: Rubric) -> dict[str, object]:
    """Return a rubric as a list holds it."""
    return {
        "kind": "rubric",
        "id": rubric.id,
        "title": rubric.title,
        "about": rubric.about,
        "layer": library.rubric_layers.get(rubric.id, "shipped"),
        "replaces": rubric.id in library.replaced_rubrics,
        "file": library.rubric_files.get(rubric.id, ""),
        "criteria": [criterion.id for criterion in rubric.criteria],
        "flags": [flag.id for flag in rubric.flags],
    }


def lexicon_lines(loaded: LoadedLexicon) -> Iterator[str]:
    """Yield a lexicon as lines for people."""
    lexicon = loaded.lexicon
    yield from wrapped(f"{lexicon.id}{mine(loaded.layer, replaces=False)}")
    yield from wrapped(lexicon.about)
    for name, members in lexicon.classes.items():
        yield ""
        yield from wrapped(f"{name}{mine(loaded.layer, name in loaded.replaces)}")
        yield from wrapped(", ".join(members), "- ")


def lexicon_json(loaded: LoadedLexicon) -> dict[str, object]:
    """Return a lexicon; `replaces` tells that a class of it stands in for a shipped one."""
    place = {"layer": loaded.layer, "replaces": bool(loaded.replaces), "file": loaded.file}
    return {"kind": "lexicon", **place, **asdict(loaded.lexicon)}


def library_json(library: Library) -> dict[str, object]:
    """Return all banks, rubrics and complaints."""
    return {
        "banks": [
            bank_json(loaded) | {"questions": len(loaded.bank.questions)}
            for loaded in library.banks
        ],
        "rubrics": [rubric_json(library, rubric) for rubric in library.rubrics.values()],
        "complaints": complaints_json(library.complaints),
    }


def bank_json(loaded: LoadedBank) -> dict[str, object]:
    """Return a bank without its questions."""
    bank = loaded.bank
    return {
        "kind": "bank",
        "id": bank.id,
        "title": bank.title,
        "about": bank.about,
        "family": bank.family,
        "layer": loaded.layer,
        "replaces": loaded.replaces,
        "file": loaded.file,
        "given_up": list(loaded.given_up),
    }


def complaints_json(complaints: Iterable[Complaint]) -> list[dict[str, object]]:
    """Return complaints."""
    return [asdict(complaint) for complaint in complaints]
