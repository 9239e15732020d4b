"""`trainer history search`: what was said around the words that are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from trainer.cli.filters import filter_options, query_of, tell_unknown
from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_json
from trainer.display import one_line
from trainer.errors import UsageError
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.store.types import LibraryRow

_USUAL_LIMIT = 20
_SHOWN_HITS = 3


@click.command()
@click.argument("text", metavar="TEXT", nargs=-1, required=True)
@filter_options
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_USUAL_LIMIT,
    show_default=True,
    metavar="N",
    help="At most this many answers.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def search(text: tuple[str, ...], limit: int, as_json: bool, **asked: Any) -> None:
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
    from trainer.lines.attempts import summary_json

    wanted = " ".join(text)
    if not any(character.isalnum() for character in wanted):
        raise UsageError("There is no word to look for.", "Give a word with a letter or digit.")
    with services_opened() as services:
        query = query_of(wanted, **asked)
        found = services.answers(query, limit + 1)
        if not found:
            tell_unknown(services, query)
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
    from trainer.lines.attempts import SHORT_ID, when

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
