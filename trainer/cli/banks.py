"""`trainer banks`: read the banks, and check files of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.cli.output import note, say, say_commands, say_json, table, wrapped
from trainer.display import clock_time, one_line
from trainer.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from trainer.bank.types import Complaint, Library, LoadedBank, Question
    from trainer.catalogue import SchemaName


@click.group(invoke_without_command=True)
@click.pass_context
def banks(context: click.Context) -> ExitCode | None:
    """Read the question banks, and check your own.

    Your own banks stand in the folder banks of your data folder. The command "trainer doctor"
    shows where that is.
    """
    return None if context.invoked_subcommand else say_commands(context)


@banks.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_banks(as_json: bool) -> None:
    """List all banks, and the rubrics that answers can be rated by.

    In JSON: schema_version, banks, rubrics and complaints. A bank has kind, id, title, about,
    family, layer (shipped or yours), replaces (it stands in for a shipped one), file and
    questions (their number). A rubric has id, title, about, layer, criteria and flags.
    """
    from trainer.catalogue import open_catalogue

    library = open_catalogue().library()
    if as_json:
        say_json(_library_json(library))
        return
    rows = [
        (loaded.bank.id, str(len(loaded.bank.questions)), f"{loaded.bank.title}{_mine(loaded)}")
        for loaded in library.banks
    ]
    say(*table(("BANK", "QUESTIONS", "TITLE"), rows))
    say("", *table(("RUBRIC", "TITLE"), [(r.id, r.title) for r in library.rubrics.values()]))
    if library.complaints:
        count = len(library.complaints)
        note(
            f"{'One mistake' if count == 1 else f'{count} mistakes'} in the files of the banks.",
            "See: trainer banks check",
        )


@banks.command()
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(name: str, as_json: bool) -> None:
    """Show one bank, or one question with its intent and follow-ups.

    ID is the id of a bank or of a question. Banks are looked up first.

    JSON has schema_version, kind (bank or question), layer, replaces, file, and all that the
    file says.

    \b
    Examples:
      trainer banks show teamwork
      trainer banks show teamwork-nurse-noticed --json
    """
    from trainer.catalogue import open_catalogue

    library = open_catalogue().library()
    loaded = library.bank(name)
    if loaded:
        if as_json:
            say_json(_bank_json(loaded) | {"questions": [asdict(q) for q in loaded.bank.questions]})
        else:
            say(*_bank_lines(loaded))
        return
    found = library.find(name)
    if found is None:
        raise UsageError(
            f"There is no bank or question {one_line(name, 64)!r}.", "See: trainer banks list"
        )
    bank, question = found
    holder = library.bank(bank.id)
    assert holder is not None
    replaces = question.id in library.replaced_questions
    if as_json:
        say_json(
            {
                "kind": "question",
                "bank": bank.id,
                "layer": holder.layer,
                "replaces": replaces,
                "file": holder.file,
                **asdict(question),
            }
        )
    else:
        say(*_question_lines(holder, question, library, replaces))


@banks.command()
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def check(files: tuple[str, ...], as_json: bool) -> ExitCode:
    """Check banks, rubrics and lexicons, and tell every mistake.

    Without a FILE it checks all files of the program and of your data folder. Each mistake is
    one line: file, line, place, problem, remedy. The exit code is 2 if there is any.

    In JSON: schema_version, ok and complaints. A complaint has file, line, path, problem and
    remedy.

    \b
    Example:
      trainer banks check my-bank.yaml
    """
    from trainer.catalogue import check_files, open_catalogue

    library = None if files else open_catalogue().library()
    complaints = library.complaints if library else check_files([Path(file) for file in files])
    if as_json:
        say_json({"ok": not complaints, "complaints": _complaints_json(complaints)})
    elif complaints:
        say(*(" ".join(str(complaint).splitlines()) for complaint in complaints))
    elif library:
        questions = sum(len(loaded.bank.questions) for loaded in library.banks)
        say(f"No mistakes in {len(library.banks)} banks with {questions} questions.")
    else:
        say("No mistakes in 1 file." if len(files) == 1 else f"No mistakes in {len(files)} files.")
    return ExitCode.USAGE if complaints else ExitCode.OK


@banks.command()
@click.argument(
    "kind",
    metavar="[bank|rubric|lexicon]",
    type=click.Choice(["bank", "rubric", "lexicon"]),
    default="bank",
)
def schema(kind: SchemaName) -> None:
    """Write the JSON Schema of a kind of file, for your editor.

    Without an argument it is the schema of a bank.

    \b
    Example:
      trainer banks schema rubric > rubric.schema.json
    """
    from trainer.catalogue import schema as schema_of

    say(json.dumps(schema_of(kind), indent=2))


def _mine(loaded: LoadedBank) -> str:
    if loaded.layer == "shipped":
        return ""
    return " (yours, in place of the shipped one)" if loaded.replaces else " (yours)"


def _bank_lines(loaded: LoadedBank) -> Iterator[str]:
    bank = loaded.bank
    yield from wrapped(f"{bank.title}{_mine(loaded)}")
    yield from wrapped(bank.about)
    yield ""
    yield from table(("QUESTION", "PROMPT"), [(q.id, q.prompt) for q in bank.questions])


def _question_lines(
    holder: LoadedBank, question: Question, library: Library, replaces: bool
) -> Iterator[str]:
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


def _library_json(library: Library) -> dict[str, object]:
    return {
        "banks": [
            _bank_json(loaded) | {"questions": len(loaded.bank.questions)}
            for loaded in library.banks
        ],
        "rubrics": [
            {
                "id": rubric.id,
                "title": rubric.title,
                "about": rubric.about,
                "layer": library.rubric_layers.get(rubric.id, "shipped"),
                "criteria": [criterion.id for criterion in rubric.criteria],
                "flags": [flag.id for flag in rubric.flags],
            }
            for rubric in library.rubrics.values()
        ],
        "complaints": _complaints_json(library.complaints),
    }


def _bank_json(loaded: LoadedBank) -> dict[str, object]:
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
    }


def _complaints_json(complaints: Iterable[Complaint]) -> list[dict[str, object]]:
    return [asdict(complaint) for complaint in complaints]
