"""`trainer history versions` and `rate-again`: all that an answer was rated, and a new rating."""

from __future__ import annotations

import click

from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_json


@click.command()
@click.argument("attempt_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def versions(attempt_id: str, as_json: bool) -> None:
    """List the versions of an answer with their ratings.

    Every version of its words is kept, and every rating of them; the newest stand first. The
    name of a line is what "trainer history compare" takes, and "trainer history show" shows one
    with --version and --rating.

    In JSON: schema_version, outdated (today's rater or checklist is another than that of the
    newest rating) and versions, each with version (of the words), rating (its number
    among those of these words, or null), newest (it is what is shown when nothing is named),
    created_at (UTC), source, rater (machine, self or peer, or null where the words are not
    rated), rater_name and comment (of a person who rated), scorer, rubric, rubric_version, settled,
    remark, score and band.

    \b
    Example:
      trainer history versions 3f2a9c1b
    """
    from trainer.lines.versions import version_lines, versions_json

    with services_opened() as services:
        view = services.view(services.find_attempt(attempt_id))
        found = services.versions(view)
        outdated = services.is_outdated(view)
    if as_json:
        say_json({**versions_json(found), "outdated": outdated})
        return
    say(*version_lines(found))
    if outdated:
        command = f"trainer history rate-again {attempt_id}"
        note("An older checklist or rater gave the newest marks.", f"Rate it again: {command}")


@click.command("rate-again")
@click.argument("attempt_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, as history compare does.")
def rate_again(attempt_id: str, as_json: bool) -> None:
    """Rate an answer again, and show what changed.

    Today's rater and checklist rate its newest words. The ratings before are kept, and so is
    what you settled. An answer that they have rated already stays as it is: the same words would
    get the same marks. Words of the built-in recogniser that you did not correct or accept are
    not rated.

    In JSON the comparison of the two ratings: see "trainer history compare --help". Where nothing
    was rated again, schema_version and rated_again, which is false; after a first rating, it is
    true.

    \b
    Example:
      trainer history rate-again 3f2a9c1b
    """
    from trainer.cli.shortfalls import Shortfall
    from trainer.lines.comparisons import comparison_json, comparison_lines

    with services_opened() as services:
        before = services.view(services.find_attempt(attempt_id))
        found = before.record.attempt.id
        if before.rating_number and not services.is_outdated(before):
            if as_json:
                say_json({"rated_again": False})
            else:
                note("Nothing to do: today's rater and checklist would give the same marks.")
            return
        services.rate_again(found)
        after = services.view(found)
        Shortfall(services).tell(after.rubric)
        if not before.rating_number:
            if as_json:
                say_json({"rated_again": True})
            else:
                note(f"It is rated now. See: trainer history show {found[:8]}")
            return
        reviewing = services.reviewing
        compared = reviewing.compare(
            reviewing.side(found, before.version, before.rating_number), reviewing.side(found)
        )
    if as_json:
        say_json({"rated_again": True, **comparison_json(compared)})
    else:
        say(*comparison_lines(compared))
