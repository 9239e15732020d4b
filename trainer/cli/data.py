"""`trainer data`: what is stored and where, and deleting everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_json, stdin_is_terminal
from trainer.errors import ExitCode, UsageError
from trainer.lines.text import table, wrapped
from trainer.paths import find_home

if TYPE_CHECKING:
    from trainer.care import Survey
    from trainer.erasing import Erased
    from trainer.holdings import Holding


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def data(context: click.Context, as_json: bool) -> None:
    """Show what is stored of you and where, or delete it.

    Without a command this shows what there is, as trainer data show does.
    """
    if context.invoked_subcommand is None:
        _show(as_json)


@data.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(as_json: bool) -> None:
    """Show what is stored and where.

    In JSON: schema_version, folder, private (nobody else may look into it), bytes, answers,
    unfinished, recordings (count), stored (each with kind, files and bytes), copies (paths of
    backups and damaged files of the history, which may hold deleted answers), own (paths of your
    own files in the folder) and links (path and target). When everything is deleted, your own files
    and what links point to stay.
    """
    _show(as_json)


@data.command()
@click.option("--everything", is_flag=True, help="Delete everything that the trainer keeps.")
@click.option("--copies", is_flag=True, help="Delete backups and damaged files of the history.")
@click.option("--yes", is_flag=True, help="Delete without asking. Needed without a terminal.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def delete(everything: bool, copies: bool, yes: bool, as_json: bool) -> ExitCode:
    """Delete what is stored, for good.

    With --everything: all answers, their sound, marks and notes, drafts, your profile and voice,
    settings, logs, and the speech models that were installed. The trainer then starts as on its
    first day. Close every other window of it first. Your own files in the folder stay and are
    named, so do your question banks. Links are taken away, and what they point to stays.

    With --copies: backups that were made before an update, and damaged files that were set aside.
    They may hold answers that you have deleted.

    Only sound: trainer sound delete --all. One answer: trainer history delete ID.

    In JSON: schema_version, deleted (count), bytes, left (path and reason of what could not be
    deleted), own (paths that stay) and links (path and target of those that were taken away).
    The exit code is 1 where something could not be deleted.
    """
    if everything == copies:
        raise UsageError(
            "Say what is to be deleted: either --everything or --copies.",
            "See: trainer data delete --help",
        )
    return _delete_everything(yes, as_json) if everything else _delete_copies(yes, as_json)


def _delete_everything(yes: bool, as_json: bool) -> ExitCode:
    from trainer.care_words import ELSEWHERE, WORD, staying
    from trainer.erasing import erase_everything
    from trainer.holdings import holdings
    from trainer.keeping.saying import size
    from trainer.log import keep_quiet

    keep_quiet()
    home = find_home()
    found = holdings(home)
    going = [one for one in found if not one.stays]
    if going and not yes:
        _need_terminal()
        taken = size(sum(one.bytes for one in going))
        note(*wrapped(f"This deletes everything that the trainer keeps in {home.root}: {taken}."))
        note("Nobody can bring it back.", *staying(tuple(one for one in found if one.stays)))
        note(*wrapped(ELSEWHERE))
        word = click.prompt(f"Type {WORD} to delete it", default="", show_default=False, err=True)
        if word.strip().casefold() != WORD:
            note("Nothing was deleted.")
            return ExitCode.FAILED
    return _tell(erase_everything(home), as_json)


def _delete_copies(yes: bool, as_json: bool) -> ExitCode:
    with services_opened() as services:
        copies = services.care.survey().copies
        if copies and not yes:
            _need_terminal()
            note("This deletes these files, for good:", *_paths(copies))
            if not click.confirm("Delete them?", err=True):
                note("Nothing was deleted.")
                return ExitCode.FAILED
        return _tell(services.care.delete_copies(), as_json)


def _need_terminal() -> None:
    if not stdin_is_terminal():
        raise UsageError("Without a terminal nobody can be asked.", "Add --yes to delete.")


def _show(as_json: bool) -> None:
    with services_opened() as services:
        survey = services.care.survey()
        home = services.home
    from trainer.care_words import ELSEWHERE, HEADER, privacy, rows, staying
    from trainer.keeping.saying import size

    if as_json:
        say_json(_survey_json(survey))
        return
    say(*wrapped(str(survey.folder), "Folder: "), *wrapped(privacy(survey)), "")
    say(*table(HEADER, rows(survey, home)))
    say("", f"In all {size(survey.bytes)}.")
    if survey.copies:
        say("", "Backups and damaged files, which may hold deleted answers:")
        say(*_paths(survey.copies))
        say("To delete them: trainer data delete --copies")
    if survey.own or survey.links:
        say("", *staying(survey.own, survey.links))
    say("", *wrapped(ELSEWHERE), "", "To delete everything: trainer data delete --everything")


def _tell(done: Erased, as_json: bool) -> ExitCode:
    from trainer.care_words import ELSEWHERE, outcome

    if as_json:
        say_json(
            {
                "deleted": done.count,
                "bytes": done.bytes,
                "left": [{"path": str(path), "reason": reason} for path, reason in done.left],
                "own": _strings(done.stays),
                "links": _links(done.links),
            }
        )
    else:
        say(*outcome(done))
        say(*wrapped(ELSEWHERE))
    return ExitCode.FAILED if done.left else ExitCode.OK


def _survey_json(survey: Survey) -> dict[str, object]:
    return {
        "folder": str(survey.folder),
        "private": survey.private,
        "bytes": survey.bytes,
        "answers": survey.answers,
        "unfinished": survey.unfinished,
        "recordings": survey.sound.whole.count,
        "stored": [
            {
                "kind": share.kind,
                "files": share.files,
                "bytes": share.bytes,
            }
            for share in survey.shares
        ],
        "copies": _strings(survey.copies),
        "own": _strings(survey.own),
        "links": _links(survey.links),
    }


def _links(found: Iterable[Holding]) -> list[dict[str, str | None]]:
    return [{"path": str(one.path), "target": one.target} for one in found]


def _strings(found: Iterable[Holding]) -> list[str]:
    return [str(one.path) for one in found]


def _paths(found: Iterable[Holding]) -> list[str]:
    from trainer.keeping.saying import size

    return [f"  {one.path} ({size(one.bytes)})" for one in found]
