"""`trainer sound`: what sound is kept, tidying it, and deleting it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_json, stdin_is_terminal
from trainer.config import MOST_DAYS
from trainer.errors import ExitCode, UsageError
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.keeping.types import Amount, Count, Plan, Tidied


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def sound(context: click.Context, as_json: bool) -> None:
    """Show, tidy or delete the sound of your answers.

    Without a command this shows what there is, as trainer sound show does. What is kept, and for
    how long, is chosen in the settings of the application.
    """
    if context.invoked_subcommand is None:
        _show(as_json)


@sound.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(as_json: bool) -> None:
    """Show how much sound there is, and what becomes of it.

    In JSON: schema_version, folder, keep (flac or transcript), days (the age limit, or null),
    recordings, wav, flac, unfinished, stray (each with count and bytes), oldest (UTC, or null),
    and to_delete, to_compress and kept_longer (each with count and bytes). Sound is kept longer
    than the settings say while its words are not safe yet.
    """
    _show(as_json)


@sound.command()
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def tidy(dry_run: bool, as_json: bool) -> ExitCode:
    """Compress and delete sound as the settings say.

    The application does the same at its start and end. Never deleted is sound of an unfinished
    answer, sound that is shown in another window, and sound whose words are not written down or
    accepted yet.

    In JSON: schema_version, deleted and compressed (each with count and bytes), saved_bytes, left
    (what was in use or not readable), busy (another window was tidying) and problem (or null).
    With --dry-run: to_delete, to_compress and kept_longer.
    """
    from trainer.keeping.saying import outlook

    with services_opened() as services:
        if dry_run:
            plan = services.sounds.plan()
            if as_json:
                say_json(_plan_json(plan))
            else:
                _say(outlook(plan))
            return ExitCode.OK
        return _tell(services.sounds.tidy(), as_json)


@sound.command()
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(0, MOST_DAYS),
    metavar="DAYS",
    help="Delete sound that is older than this.",
)
@click.option("--all", "everything", is_flag=True, help="Delete the sound of all stored answers.")
@click.option("--yes", is_flag=True, help="Delete without asking. Needed without a terminal.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, as sound tidy does.")
def delete(days: int | None, everything: bool, yes: bool, as_json: bool) -> ExitCode:
    """Delete the sound of stored answers for good. Their words and ratings stay.

    The sound of unfinished answers stays too: finish or discard those in the application.

    \b
    Examples:
      trainer sound delete --older-than 90
      trainer sound delete --all
    """
    from trainer.keeping.saying import recordings
    from trainer.keeping.types import amount

    if (days is None) != everything:
        raise UsageError(
            "Say which sound: either --older-than DAYS or --all.",
            "See: trainer sound delete --help",
        )
    with services_opened() as services:
        found = services.sounds.matching(days)
        if found and not yes:
            if not stdin_is_terminal():
                raise UsageError("Without a terminal nobody can be asked.", "Add --yes to delete.")
            note(f"This deletes {recordings(amount(found))}, for good.")
            unsafe = sum(not one.named.written for one in found)
            if unsafe:
                note(f"{_of(unsafe, len(found))} no words that are written down or accepted yet.")
            if not click.confirm("Delete this sound?", err=True):
                note("Nothing was deleted.")
                return ExitCode.FAILED
        return _tell(services.sounds.delete(days), as_json)


def _show(as_json: bool) -> None:
    from trainer.keeping.saying import choice, outlook, recordings, shares

    with services_opened() as services:
        count, plan, settings = services.sounds.count(), services.sounds.plan(), services.settings
        folder = str(services.home.recordings)
    if as_json:
        kept: dict[str, object] = {"keep": settings.sound, "days": settings.sound_days}
        say_json({"folder": folder, **kept, **_count_json(count), **_plan_json(plan)})
        return
    whole = recordings(count.whole)
    say(f"{whole[0].upper()}{whole[1:]}.", *wrapped(folder, "Folder: "))
    if count.whole.count:
        say(*wrapped(f"{shares(count)}."))
    if count.oldest:
        oldest = datetime.fromisoformat(count.oldest).astimezone()
        say(f"The oldest is of {oldest.strftime('%Y-%m-%d')}.")
    say("", *wrapped(choice(settings)))
    _say(outlook(plan))


def _tell(done: Tidied, as_json: bool) -> ExitCode:
    from trainer.keeping.saying import outcome

    if as_json:
        say_json(
            {
                "deleted": _amount_json(done.deleted),
                "compressed": _amount_json(done.compressed),
                "saved_bytes": done.saved_bytes,
                "left": done.left,
                "busy": done.is_busy,
                "problem": str(done.problem) if done.problem else None,
            }
        )
    else:
        _say(outcome(done))
    if done.problem:
        note(done.problem.message, done.problem.hint)
    return ExitCode.FAILED if done.problem or done.is_busy else ExitCode.OK


def _say(lines: Iterator[str]) -> None:
    for line in lines:
        say(*wrapped(line))


def _of(part: int, whole: int) -> str:
    if part == whole == 1:
        return "It has"
    return "1 of them has" if part == 1 else f"{part} of them have"


def _count_json(count: Count) -> dict[str, object]:
    return {
        "recordings": _amount_json(count.whole),
        "wav": _amount_json(count.wav),
        "flac": _amount_json(count.flac),
        "unfinished": _amount_json(count.unfinished),
        "stray": _amount_json(count.stray),
        "oldest": count.oldest,
    }


def _plan_json(plan: Plan) -> dict[str, object]:
    from trainer.keeping.types import amount

    return {
        "to_delete": _amount_json(amount(plan.delete)),
        "to_compress": _amount_json(amount(plan.compress)),
        "kept_longer": _amount_json(amount(plan.waiting)),
    }


def _amount_json(amount: Amount) -> dict[str, int]:
    return {"count": amount.count, "bytes": amount.bytes}
