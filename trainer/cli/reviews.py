"""`trainer history compare` and `progress`: answers beside each other, and over time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_json

if TYPE_CHECKING:
    from datetime import datetime


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def compare(before: str, after: str, as_json: bool) -> None:
    """Compare two stored answers, or two versions of one.

    A is before and B is now. Each is an id, ID@VERSION for a version of its words, or
    ID@VERSION.RATING for one of several ratings of these words; 1 is the first. The newest are
    taken otherwise. Marks gained and lost are told with their words, and how sure that is. A
    figure of delivery is called changed only where its ranges do not touch.

    In JSON: schema_version, before and after (each with id, started_at, prompt, version, rating,
    rubric, rater, scorer, created_at, remark, score and band), checklists (same, changed, different
    or none), only_before and only_after (titles of criteria), rerated, other_scorer, marks (each
    with before and after from 0 to 2, sure, chance and quotes), flags, parts (of the story),
    parts_unclear, facts_added and facts_dropped (null where too many words are unsure), delivery
    (each with value, low and high, and change), same_words (a share from 0 to 1), rehearsed, and
    all as lines.

    \b
    Examples:
      trainer history compare 3f2a9c1b 77ab01cd
      trainer history compare 3f2a9c1b@1 3f2a9c1b@2
    """
    from trainer.lines.comparisons import comparison_json, comparison_lines, named_side

    with services_opened() as services:
        sides = named_side(services, before), named_side(services, after)
        compared = services.reviewing.compare(*sides)
    if as_json:
        say_json(comparison_json(compared))
    else:
        say(*comparison_lines(compared))


@click.command()
@click.option("--bank", "bank_id", metavar="ID", help="Only answers to questions of this bank.")
@click.option("--rubric", "rubric_id", metavar="ID", help="Only answers rated by this rubric.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only answers from this day on, such as 2026-03-01.",
)
@click.option("--plain", is_flag=True, help="Lists in place of plots, for a screen reader.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def progress(
    bank_id: str | None,
    rubric_id: str | None,
    since: datetime | None,
    plain: bool,
    as_json: bool,
) -> None:
    """Show your answers over time.

    For every rubric: scores, how often each point was met, and by week. Then delivery, time, your
    own marks beside the machine's, and what keeps recurring. A trend is told only from 10 answers
    on, and only where chance alone would hardly look like it. Follow-ups count as time only.

    In JSON: schema_version, answers, weeks (Mondays), rubrics (each with id, title, answers,
    scores, trend, scorers and criteria, whose weeks hold met, partly and missed, or null), figures
    of delivery (with low and high), spent (by week), self_rating (n, distance, over, higher, lower
    and equal by criterion) and recurring (with times, of, unsure, quotes and sentence). A trend has
    direction (rises, falls, unclear or too few), n and tau (from -1 to 1, or null).

    \b
    Example:
      trainer history progress --rubric ownership --since 2026-01-01
    """
    from trainer.lines.progress import can_draw, progress_json, progress_lines
    from trainer.store.types import LibraryQuery

    day = since.date() if since else None
    with services_opened() as services:
        if bank_id and not services.count_answers(LibraryQuery(bank_id=bank_id)):
            services.bank(bank_id)  # answers of a bank that is gone are found; a typing error not
        found = services.reviewing.progress(bank_id, rubric_id, day)
        if rubric_id and not found.answers:
            services.rubric(rubric_id)
    if as_json:
        say_json(progress_json(found))
    elif found.answers:
        drawn = not plain and can_draw(sys.stdout.encoding if sys.stdout else None)
        say(*progress_lines(found, plain=not drawn))
    else:
        note("There are no such answers." if bank_id or rubric_id or day else "No answers yet.")
