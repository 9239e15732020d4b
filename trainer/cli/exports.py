"""`trainer history export`: stored answers as files of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_text
from trainer.display import one_line
from trainer.errors import ExitCode, UsageError
from trainer.lines.text import counted

if TYPE_CHECKING:
    from trainer.exchange.exchanging import Form
    from trainer.services import Services

_FORMS = ("md", "html", "json", "csv", "srt", "vtt")
_SUBTITLES = ("srt", "vtt")
_STDOUT = "-"


def _date(context: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Let a day, or a moment, in ISO 8601 through."""
    try:
        if value is not None:
            datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter("write it as 2026-03-01", context, param) from None
    return value


@click.command("export", short_help="Write answers as pages, figures, subtitles or JSON.")
@click.argument("attempt_ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice(_FORMS),
    help="md, html, json, csv, or subtitles of one answer: srt, vtt.",
)
@click.option("--output", default=_STDOUT, metavar="FILE", help="Write here; - is stdout.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option("--bank", "bank_id", metavar="ID", help="Only answers to questions of this bank.")
@click.option("--since", callback=_date, metavar="DATE", help="Only answers from this day on.")
@click.option("--until", callback=_date, metavar="DATE", help="Only answers up to this day.")
def export(
    attempt_ids: tuple[str, ...],
    form: Form,
    output: str,
    force: bool,
    bank_id: str | None,
    since: str | None,
    until: str | None,
) -> ExitCode:
    """Write stored answers into a file, or to stdout.

    Without an ID all answers are written, or those that the options choose, the oldest first.

    \b
    md    to read and to paste: words, marks with their quotes, delivery, notes
    html  a page in one file that looks good printed; it needs no network
    json  everything but the sound, to be kept or imported again
    csv   figures for a spreadsheet, one row an answer
    srt, vtt  subtitles of one answer that has times

    The file is readable by you alone. It holds your words: think before you send it. Sound is not
    exported: see "trainer sound show" for where it is.

    The JSON has schema_version, exported_at, attempts and rubrics; docs/exchange.md explains it.

    \b
    Examples:
      trainer history export --format json --output history.json
      trainer history export 3f2a9c1b --format html --output answer.html
      trainer history export --format csv --since 2026-03-01 --output march.csv
    """
    from trainer.exchange.exporting import export as export_answers
    from trainer.importing import path_of

    if attempt_ids and (bank_id or since or until):
        raise UsageError("Name answers, or choose them by options.", "Leave out one of the two.")
    if form in _SUBTITLES and len(attempt_ids) != 1:
        raise UsageError("Subtitles are of one answer.", "Name it by its ID.")
    with services_opened() as services:
        ids = _ids(services, attempt_ids, bank_id, since, until)
        if not ids and form != "json":
            note("There are no such answers. Nothing was written.")
            return ExitCode.FAILED
        left_out: list[int] = []
        text = export_answers(services.exchange, services.view, ids, form, left_out.append)
        if left_out:
            note(f"{counted(sum(left_out))} left out: damage took the words.")
        if output == _STDOUT:
            say_text(text)
            return ExitCode.OK
        _save(path_of(output), text, form, force)
    say(f"{counted(len(ids) - sum(left_out))} written to {one_line(output)}")
    return ExitCode.OK


def _ids(
    services: Services,
    attempt_ids: Sequence[str],
    bank_id: str | None,
    since: str | None,
    until: str | None,
) -> tuple[str, ...]:
    from trainer.store.types import LibraryQuery

    if attempt_ids:
        return tuple(dict.fromkeys(services.find_attempt(one) for one in attempt_ids))
    query = LibraryQuery(bank_id=bank_id, since=since, until=until)
    found = services.exchange.chosen(query)
    if bank_id and not found:
        services.bank(bank_id)  # answers of a bank that is gone are found; a typing error not
    return found


def _save(file: Path, text: str, form: Form, force: bool) -> None:
    from trainer.exchange.document import MOST_BYTES
    from trainer.exchange.exchanging import write_file
    from trainer.exchange.exporting import export_to

    write_file(file, export_to(text, form), replaces=force)
    if form == "json" and len(text) > MOST_BYTES:
        note(
            f"This file is larger than {MOST_BYTES // 1_000_000} MB, which an import takes.",
            "To import it again, export it in parts: see --since and --until.",
        )
