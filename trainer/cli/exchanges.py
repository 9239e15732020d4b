"""`trainer history export`, `import` and `search`: what goes out, what comes in, what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.cli.asked import Asked, part_of, part_options, question_options
from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_json, say_text, wrapped
from trainer.display import one_line
from trainer.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from trainer.exchange.exchanging import Form
    from trainer.exchange.said import Said
    from trainer.recall import AttemptView
    from trainer.services import Services
    from trainer.store.merging import Merged
    from trainer.store.types import LibraryRow

_FORMS = ("md", "html", "json", "csv", "srt", "vtt")
_SUBTITLES = ("srt", "vtt")
_STDOUT = "-"
_USUAL_LIMIT = 20
_SHOWN_HITS = 3


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
        text = "".join(_written(services, ids, form))
        if output == _STDOUT:
            say_text(text)
            return ExitCode.OK
        _save(path_of(output), text, form, force)
    say(f"{_counted(len(ids))} written to {one_line(output)}")
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


def _written(services: Services, ids: Sequence[str], form: Form) -> Iterator[str]:
    if form == "json":
        yield from services.exchange.history_file(ids)
    elif form == "md":
        from trainer.exchange.markdown import write_markdown

        yield from write_markdown(_views(services, ids))
    elif form == "html":
        from trainer.exchange.page import write_page

        yield from write_page(_views(services, ids))
    elif form == "csv":
        from trainer.exchange.sheet import write_sheet

        yield write_sheet(_views(services, ids))
    else:
        from trainer.exchange.subtitles import write_subtitles

        yield write_subtitles(services.view(ids[0]).transcript.transcript, form)


def _views(services: Services, ids: Sequence[str]) -> Iterator[AttemptView]:
    """Yield answers that can be shown; damage may have left one without any words."""
    left = 0
    for attempt_id in ids:
        try:
            yield services.view(attempt_id)
        except UsageError:
            left += 1
    if left:
        note(f"{_counted(left)} without any words left out.")


def _save(file: Path, text: str, form: Form, force: bool) -> None:
    from trainer.exchange.document import MOST_BYTES
    from trainer.exchange.exchanging import write_file
    from trainer.exchange.sheet import MARK_OF_ORDER

    write_file(file, MARK_OF_ORDER + text if form == "csv" else text, replaces=force)
    if form == "json" and len(text) > MOST_BYTES:
        note(
            f"This file is larger than {MOST_BYTES // 1_000_000} MB, which an import takes.",
            "To import it again, export it in parts: see --since and --until.",
        )


@click.command("import", short_help="Take in an exported history, or a transcript.")
@click.argument("file", metavar="FILE")
@click.option(
    "--format",
    "form",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "json", "txt", "vtt", "srt", "sbv"]),
    help="What FILE is.",
)
@click.option("--speaker", metavar="NAME", help="Who answers, where several people speak.")
@question_options
@part_options
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def import_file(
    file: str,
    form: str,
    speaker: str | None,
    question_id: str | None,
    ask: str | None,
    rubric_id: str | None,
    from_s: float | None,
    to_s: float | None,
    date: datetime | None,
    as_json: bool,
) -> None:
    """Take in a history that was exported as JSON, or what was said by a transcript.

    A history is added to yours: answers that are there already stay as they are, and get only the
    versions, ratings and notes that they lack. A file that is not right changes nothing.

    A transcript of another program becomes an answer, which is rated and stored: txt, vtt, srt or
    sbv, from Zoom, Teams, Meet, Otter and others. It must be said which question it answers: with
    --question, or with --ask and --rubric. Where several people speak, --speaker names the one who
    answers; a part of the name will do. --from and --to say where the answer is in the file. Sound
    and video are imported with "trainer import".

    In JSON, of a history: schema_version, added, completed, same, and differing (ids of answers
    that contradict yours and were left out). Of a transcript: what "trainer history show" gives,
    and speaker, speakers, timed (the words have times) and interrupted (others speak in between).

    \b
    Examples:
      trainer history import history.json
      trainer history import call.vtt --speaker Omar --question why-im-chose
      trainer history import talk.txt --ask "Why this city?" --rubric motivation
    """
    from trainer.exchange.said import holds_history
    from trainer.importing import path_of

    path = path_of(file)
    asks = question_id or ask or rubric_id or speaker or from_s or to_s or date
    if form == "json" or (form == "auto" and holds_history(path)):
        if asks:
            raise UsageError(
                "A history knows its questions, speakers and dates.", "Leave out these options."
            )
        with services_opened() as services:
            _tell_merged(services.exchange.merge_file(path), as_json)
        return
    from trainer.exchange.said import read_passages, take_words

    asked = Asked(question_id, ask, rubric_id)
    part = part_of(from_s, to_s)
    with services_opened() as services:
        item = asked.item(services)
        said = take_words(read_passages(path, form), speaker, *part)
        attempt_id = services.exchange.take_in(said, item, path, date)
        view = services.view(attempt_id)
    _tell_said(view, said, as_json)


def _tell_merged(merged: Merged, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "added": merged.added,
                "completed": merged.completed,
                "same": merged.same,
                "differing": list(merged.differing),
            }
        )
        return
    say(f"{_counted(merged.added)} added.")
    if merged.completed:
        say(f"{_counted(merged.completed)} completed with what was missing.")
    if merged.same:
        say(f"{_counted(merged.same)} there already.")
    if merged.differing:
        note(
            f"{_counted(len(merged.differing))} left out, because yours say something else:",
            *(f"  {one}" for one in merged.differing[:_USUAL_LIMIT]),
        )


def _tell_said(view: AttemptView, said: Said, as_json: bool) -> None:
    from trainer.cli.attempts import SHORT_ID, view_json

    if said.interrupted and said.timed:
        note(
            "Others speak in between, so the length holds what they say.",
            "Name the part of one answer with --from and --to.",
        )
    if as_json:
        say_json(
            {
                **view_json(view),
                "speaker": said.speaker,
                "speakers": list(said.speakers),
                "timed": said.timed,
                "interrupted": said.interrupted,
            }
        )
        return
    attempt, report = view.record.attempt, view.report
    short, count = attempt.id[:SHORT_ID], len(view.transcript.transcript.words)
    words = "1 word" if count == 1 else f"{count} words"
    by = f" of {one_line(said.speaker, 40)}" if said.speaker else ""
    say(f"{short}  imported from {one_line(attempt.origin or '', 60)}: {words}{by}")
    if report.score:
        say(f"{report.score.word.capitalize()}, {report.score.low} to {report.score.high} of 100.")
    else:
        say(report.remark or report.unmeasurable or "It has no marks.")
    say(f"See it: trainer history show {short}")


@click.command()
@click.argument("text", metavar="TEXT", nargs=-1, required=True)
@click.option("--bank", "bank_id", metavar="ID", help="Only answers to questions of this bank.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_USUAL_LIMIT,
    show_default=True,
    metavar="N",
    help="At most this many answers, the newest first.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def search(text: tuple[str, ...], bank_id: str | None, limit: int, as_json: bool) -> None:
    """Find words in your answers, and show them in context.

    An answer is found if its question or its newest words hold all of TEXT, the last word also as
    a beginning.

    In JSON: schema_version, more (there are more than the limit) and attempts: what "trainer
    history list" gives of each, and hits, each with text (one line), start and end (characters in
    it). Without hits the question holds the words.

    \b
    Examples:
      trainer history search night shift
      trainer history search senior --bank teamwork --json
    """
    from trainer.cli.attempts import summary_json
    from trainer.store.types import LibraryQuery

    wanted = " ".join(text)
    if not any(character.isalnum() for character in wanted):
        raise UsageError("There is no word to look for.", "Give a word with a letter or digit.")
    with services_opened() as services:
        query = LibraryQuery(search=wanted, bank_id=bank_id)
        found = services.answers(query, limit + 1)
        if bank_id and not found:
            services.bank(bank_id)
        shown = [(row, services.band_word(row)) for row in found[:limit]]
    if as_json:
        attempts = [{**summary_json(row, word), "hits": _hits(row)} for row, word in shown]
        say_json({"more": len(found) > limit, "attempts": attempts})
        return
    if not shown:
        note("No answer holds these words.")
    for row, _ in shown:
        say(*_found_lines(row))
    if len(found) > limit:
        note(f"There are more. See them with: --limit {limit * 2}")


def _hits(row: LibraryRow) -> list[dict[str, object]]:
    return [{"text": hit.text, "start": hit.start, "end": hit.end} for hit in row.hits]


def _found_lines(row: LibraryRow) -> Iterator[str]:
    from trainer.cli.attempts import SHORT_ID, when

    attempt = row.attempt
    head = f"{attempt.id[:SHORT_ID]}  {when(attempt.started_at)}  "
    yield from wrapped(one_line(attempt.prompt, 200), head)
    for hit in row.hits[:_SHOWN_HITS]:
        yield from wrapped(hit.text, "    ")
    more = len(row.hits) - _SHOWN_HITS
    if more > 0:
        yield f"    and {more} more"
    if not row.hits:
        yield "    (in the question)"


def _counted(count: int) -> str:
    return "1 answer is" if count == 1 else f"{count} answers are"
