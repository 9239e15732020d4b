"""`trainer history compare` and `progress`: answers beside each other, and over time."""

from __future__ import annotations

import click

from trainer.cli.opening import services_opened
from trainer.cli.output import say, say_json


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
    rubric, scorer, remark, score and band), checklists (same, changed, different or none),
    only_before and only_after (titles of criteria), rerated, other_scorer, marks (each with
    before and after from 0 to 2, sure, chance and quotes), flags, parts (of the story),
    parts_unclear, facts_added and facts_dropped (null where too many words are unsure), delivery
    (each with value, low and high, and change), same_words (a share from 0 to 1), rehearsed, and
    all as lines.

    \b
    Examples:
      trainer history compare 3f2a9c1b 77ab01cd
      trainer history compare 3f2a9c1b@1 3f2a9c1b@2
    """
    from trainer.cli.comparisons import comparison_json, comparison_lines, named_side
    from trainer.reviewing import compare_sides

    with services_opened() as services:
        sides = named_side(services, before), named_side(services, after)
        compared = compare_sides(services.library(), *sides)
    if as_json:
        say_json(comparison_json(compared))
    else:
        say(*comparison_lines(compared))
