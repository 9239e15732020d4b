"""`trainer history`: list, show, settle and delete stored answers."""

from __future__ import annotations

from typing import Any

import click

from trainer.cli.agreements import agreement
from trainer.cli.annotating import star, tag
from trainer.cli.exports import export
from trainer.cli.filters import filter_options, query_of, tell_unknown
from trainer.cli.history_imports import import_file
from trainer.cli.notes import note as note_words
from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_commands, say_json, stdin_is_terminal
from trainer.cli.reviews import compare, progress
from trainer.cli.searching import search
from trainer.cli.self_ratings import rate_self
from trainer.cli.versions import rate_again, versions
from trainer.cli.whys import chosen, told_apart, why_option
from trainer.display import one_line
from trainer.errors import ExitCode, UsageError

USUAL_LIMIT = 20
_QUESTION = "Delete this answer and its follow-ups for good, with their sound?"


@click.group(invoke_without_command=True)
@click.pass_context
def history(context: click.Context) -> ExitCode | None:
    """List, show, settle and delete your stored answers.

    An answer is named by its id. The first characters are enough if no other id begins with
    them.
    """
    return None if context.invoked_subcommand else say_commands(context)


@history.command("list")
@click.option("--search", default="", metavar="TEXT", help="Only answers that hold these words.")
@filter_options
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=USUAL_LIMIT,
    show_default=True,
    metavar="N",
    help="At most this many.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_attempts(search: str, limit: int, as_json: bool, **asked: Any) -> None:
    """List stored answers, the newest first.

    Every option narrows the list down further. Points, warnings and ids stand in "trainer history
    show ID --json".

    In JSON: schema_version, more (there are more than the limit) and attempts. An attempt has id,
    started_at (UTC), bank, question, prompt, take, superseded (there is a later take),
    follow_up_of, criterion (that a follow-up asks for), origin (the file that it was imported from,
    or null), session (its practice), starred, tags, spoken, raters (machine, self, peer), peers
    (names of others who rated it or took part in its round), excerpt, words (their number),
    answer_s (seconds), score (0 to 100), word, remark (why there is no score, or null) and
    measurable (false where too many words are unsure for a score).

    \b
    Examples:
      trainer history list --search "night shift" --limit 5
      trainer history list --mark change=missed --since 2026-03-01
      trainer history list --starred --sort score
    """
    from trainer.lines.attempts import summary_json, summary_table
    from trainer.store.types import LibraryQuery

    query = query_of(search, **asked)
    with services_opened() as services:
        found = services.answers(query, limit + 1)
        if not found:
            tell_unknown(services, query)
        shown = [(summary, services.band_word(summary)) for summary in found[:limit]]
    if as_json:
        say_json(
            {
                "more": len(found) > limit,
                "attempts": [summary_json(summary, word) for summary, word in shown],
            }
        )
        return
    if not found:
        every = LibraryQuery(sort=query.sort, descending=query.descending)
        note("There are no answers yet." if query == every else "There are no such answers.")
        return
    say(*summary_table(shown))
    if len(found) > limit:
        note(f"There are more. See them with: --limit {limit * 2}")


@history.command()
@click.argument("attempt_id", metavar="ID", required=False)
@click.option(
    "--version",
    type=int,
    metavar="N",
    help="Show this version of the words. 1 is the first. The newest is shown otherwise.",
)
@click.option(
    "--rating",
    type=int,
    metavar="N",
    help="Show this rating of the words. 1 is the first. The machine's newest is shown otherwise.",
)
@why_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(
    attempt_id: str | None,
    version: int | None,
    rating: int | None,
    why: str | None,
    as_json: bool,
) -> None:
    """Show one stored answer with its rating.

    In JSON: schema_version, id, started_at (UTC), bank, bank_title, question, prompt, take,
    superseded, follow_up_of, criterion, origin, session, starred, tags, follow_ups, version,
    versions, rating (its number among those of these words, or null), ratings (how many they have),
    recording (the file with the sound, or null), recording_s (its length in seconds), source
    (typed, vosk, builtin, unheard, imported or corrected), text, own_marks (what you gave the
    points yourself: 0 missed, 1 partly, 2 met), probe (the follow-up to answer next), rater
    (machine, self or peer), rater_name and comment (what a person who rated is called and wrote
    beside the marks), listeners (all others who rated), round (of a session with others: session,
    number, role, candidate, interviewer and observers, or null) and moments (what listeners marked:
    kind, at_s, name, text and quote), and the fields of a rating: see "trainer score --help". Of
    every mark that is not sure the text asks whether you said it: see "trainer history settle
    --help". With --why every mark is explained: see "trainer score --help". An old rating is
    explained by the present version of the rater. Your notes follow in the text: see "trainer
    history note --help".

    \b
    Examples:
      trainer history show 3f2a9c1b --version 1
      trainer history show 3f2a9c1b --why
    """
    from trainer.cli.shortfalls import Shortfall
    from trainer.coach.method import KEYWORDS
    from trainer.lines.attempts import view_json, view_lines
    from trainer.lines.notes import note_lines
    from trainer.lines.whys import why_json, why_lines

    attempt_id, why = told_apart(attempt_id, why)
    with services_opened() as services:
        view = services.view(services.find_attempt(attempt_id), version, rating)
        reasons = None if why is None else chosen(services.why(view), why)
        if reasons or view.report.method is KEYWORDS:  # what was stored is as it was
            Shortfall(services).tell(view.rubric)
    if as_json:
        told = why_json(reasons, view.transcript.transcript) if reasons else {}
        say_json({**view_json(view), **told})
    else:
        notes = ("", "Your notes", *note_lines(view)) if view.record.notes else ()
        say(*view_lines(view), *notes, *(why_lines(reasons) if reasons else ()))


@history.command()
@click.argument("attempt_id", metavar="ID")
@click.argument("criterion", metavar="CRITERION")
@click.argument("mark", metavar="MARK", type=click.Choice(["met", "partly", "missed"]))
@click.option("--quote", metavar="TEXT", help="The words of your answer that show it.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, as history show does.")
def settle(attempt_id: str, criterion: str, mark: str, quote: str | None, as_json: bool) -> None:
    """Say yourself what a mark is that the rating is not sure of.

    MARK is met (you said it fully), partly (half of it) or missed. "trainer history show" asks
    about every criterion that can be settled. A mark above missed needs words of your answer: the
    quote that stands there, or others with --quote. What you settled can be settled again, and
    the ratings before it are kept.

    \b
    Example:
      trainer history settle 3f2a9c1b change met --quote "forty questions a day"
    """
    from trainer.lines.attempts import view_json
    from trainer.lines.settling import decision, settled_lines

    with services_opened() as services:
        view = services.view(services.find_attempt(attempt_id))
        decided = {criterion: decision(services, view, criterion, mark, quote)}
        services.settle(view.record.attempt.id, decided, view.transcript.id)
        view = services.view(view.record.attempt.id)
    if as_json:
        say_json(view_json(view))
    else:
        say(*settled_lines(view, criterion))


@history.command()
@click.argument("attempt_id", metavar="ID")
@click.option("--count", type=int, metavar="N", help="Keep this number of filled pauses.")
@click.option(
    "--by",
    type=click.Choice(["you", "listener"]),
    default="you",
    show_default=True,
    help="Who counted.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def fillers(attempt_id: str, count: int | None, by: str, as_json: bool) -> None:
    """Show where an "um" may be in a spoken answer, or keep a count.

    The machine finds filled pauses in the sound and can be wrong. A count by ear stands beside
    its range in the report, and every count before is kept. In the application M on a report
    goes through the sound.

    In JSON: schema_version, moments (each with start_s, end_s, chance from 0 to 1 or null where a
    person added it, counted, and the words before and after) and counts (by you or listener,
    count, created_at), the oldest first.

    \b
    Examples:
      trainer history fillers 3f2a9c1b
      trainer history fillers 3f2a9c1b --count 5 --by listener
    """
    from trainer.lines.fillers import filler_lines, fillers_json

    with services_opened() as services:
        found = services.find_attempt(attempt_id)
        if count is not None:
            services.count_fillers(found, count, rater="self" if by == "you" else "peer")
        view = services.view(found)
        moments = services.moments(view)
    if as_json:
        say_json(fillers_json(view, moments))
    else:
        say(*filler_lines(view, moments))


@history.command()
@click.argument("attempt_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Delete without asking. Needed without a terminal.")
def delete(attempt_id: str, yes: bool) -> ExitCode:
    """Delete one stored answer for good.

    Its follow-ups go with it, and the sound of all of them. This cannot be undone: what is deleted
    on the screen of the history can be brought back there, until the program ends.

    \b
    Example:
      trainer history delete 3f2a9c1b
    """
    from trainer.lines.attempts import when

    with services_opened() as services:
        view = services.view(services.find_attempt(attempt_id))
        attempt = view.record.attempt
        if not yes:
            if not stdin_is_terminal():
                raise UsageError("Without a terminal nobody can be asked.", "Add --yes to delete.")
            note(f"{when(attempt.started_at)}  {one_line(attempt.prompt, 60)}")
            if not click.confirm(_QUESTION, err=True):
                note("Nothing was deleted.")
                return ExitCode.FAILED
        count = services.delete_for_good(attempt.id)
        copies = services.store.copies()
    say("1 answer is deleted." if count == 1 else f"{count} answers are deleted.")
    if copies:
        note(
            "The deleted words may still stand in copies of the history. Delete those that you "
            "no longer need:",
            *(str(path) for path in copies),
        )
    return ExitCode.OK


history.add_command(agreement)
history.add_command(compare)
history.add_command(note_words)
history.add_command(progress)
history.add_command(rate_again)
history.add_command(rate_self)
history.add_command(versions)
history.add_command(export)
history.add_command(import_file)
history.add_command(search)
history.add_command(star)
history.add_command(tag)
