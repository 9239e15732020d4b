"""`trainer banks`: read the banks, and check files of one's own."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.cli.library import (
    bank_json,
    bank_lines,
    bank_note,
    complaints_json,
    lexicon_json,
    lexicon_lines,
    library_json,
    question_json,
    question_lines,
    rubric_json,
    rubric_lines,
    rubric_note,
)
from trainer.cli.output import note, say, say_commands, say_json
from trainer.display import one_line
from trainer.errors import ExitCode, UsageError
from trainer.lines.text import table

if TYPE_CHECKING:
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
    family, layer (shipped or yours), replaces (it stands in for a shipped one), file,
    given_up (its questions that yours stand in for) and questions (their number). A rubric has
    kind, id, title, about, layer, replaces, file, criteria and flags.
    """
    from trainer.catalogue import open_catalogue

    library = open_catalogue().library()
    if as_json:
        say_json(library_json(library))
        return
    rows = [
        (loaded.bank.id, str(len(loaded.bank.questions)), f"{loaded.bank.title}{bank_note(loaded)}")
        for loaded in library.banks
    ]
    say(*table(("BANK", "QUESTIONS", "TITLE"), rows))
    rubrics = [(r.id, f"{r.title}{rubric_note(library, r)}") for r in library.rubrics.values()]
    say("", *table(("RUBRIC", "TITLE"), rubrics))
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
    """Show one bank, question, rubric or lexicon.

    ID is the id of one of them. They are looked up in this order.

    JSON has schema_version, kind (bank, question, rubric or lexicon), layer, replaces, file, and
    all that the file says.

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
            say_json(bank_json(loaded) | {"questions": [asdict(q) for q in loaded.bank.questions]})
        else:
            say(*bank_lines(loaded))
        return
    found = library.find(name)
    if found:
        holder = library.bank(found[0].id)
        assert holder is not None
        question = question_json(library, holder, found[1])
        if as_json:
            say_json(question)
        else:
            say(*question_lines(holder, found[1], library, bool(question["replaces"])))
        return
    rubric = library.rubrics.get(name)
    if rubric:
        if as_json:
            say_json(rubric_json(library, rubric) | asdict(rubric))
        else:
            say(*rubric_lines(library, rubric))
        return
    lexicons = [loaded for loaded in library.lexicons if loaded.lexicon.id == name]
    if not lexicons:
        raise UsageError(
            f"There is no bank, question, rubric or lexicon {one_line(name, 64)!r}.",
            "See: trainer banks list",
        )
    if as_json:
        say_json(lexicon_json(lexicons[-1]))
    else:
        say(*lexicon_lines(lexicons[-1]))


@banks.command()
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def check(files: tuple[str, ...], as_json: bool) -> ExitCode:
    """Check files of banks, and tell every mistake.

    They may hold banks, rubrics, lexicons, terms or worked examples.

    Without a FILE it checks all files of the program and of your data folder. Each mistake is
    one line: file, line, place, problem, remedy. The exit code is 2 if there is any.

    In JSON: schema_version, ok and complaints. A complaint has file, line, path, problem and
    remedy.

    \b
    Example:
      trainer banks check my-bank.yaml
    """
    from trainer.catalogue import check_examples, check_files, open_catalogue

    library = None if files else open_catalogue().library()
    if library:
        complaints = (*library.complaints, *check_examples(library))
    else:
        complaints = check_files([Path(file) for file in files])
    if as_json:
        say_json({"ok": not complaints, "complaints": complaints_json(complaints)})
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
    metavar="[bank|rubric|lexicon|terms|example]",
    type=click.Choice(["bank", "rubric", "lexicon", "terms", "example"]),
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
