"""`trainer history`: list, show and delete stored answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import click

from trainer.cli.output import note, say, say_json, stdin_is_terminal, table, wrapped
from trainer.cli.ratings import NO_RATING, rating_json, report_json, report_lines, rounded
from trainer.display import one_line
from trainer.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from trainer.services import AttemptView
    from trainer.store.types import AttemptSummary

SHORT_ID = 8
USUAL_LIMIT = 20


@click.group()
def history() -> None:
    """List, show and delete your stored answers.

    An answer is named by its id. The first characters are enough if no other id begins with
    them.
    """


@history.command("list")
@click.option("--search", default="", metavar="TEXT", help="Only answers that hold these words.")
@click.option("--bank", "bank_id", metavar="ID", help="Only answers to questions of this bank.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=USUAL_LIMIT,
    show_default=True,
    metavar="N",
    help="At most this many, the newest first.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_attempts(search: str, bank_id: str | None, limit: int, as_json: bool) -> None:
    """List stored answers, the newest first.

    \b
    Example:
      trainer history list --search "night shift" --limit 5
    """
    from trainer.services import open_services

    with closing(open_services()) as services:
        found = services.history(search, bank_id=bank_id, limit=limit + 1)
        shown = [(summary, services.band_word(summary)) for summary in found[:limit]]
    if as_json:
        say_json(
            {
                "more": len(found) > limit,
                "attempts": [_summary_json(summary, word) for summary, word in shown],
            }
        )
        return
    if not found:
        note("There are no such answers." if search or bank_id else "There are no answers yet.")
        return
    rows = [
        (s.attempt.id[:SHORT_ID], _when(s.attempt.started_at), word, _asked(s)) for s, word in shown
    ]
    say(*table(("ID", "WHEN", "RATING", "QUESTION"), rows))
    if len(found) > limit:
        note(f"There are more. See them with: --limit {limit * 2}")


@history.command()
@click.argument("attempt_id", metavar="ID")
@click.option(
    "--version",
    type=int,
    metavar="N",
    help="Show this version of the words. 1 is the first. The newest is shown otherwise.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(attempt_id: str, version: int | None, as_json: bool) -> None:
    """Show one stored answer with its rating.

    \b
    Example:
      trainer history show 3f2a9c1b --version 1
    """
    from trainer.services import open_services

    with closing(open_services()) as services:
        view = services.view(services.find_attempt(attempt_id), version)
    if as_json:
        say_json(_view_json(view))
    else:
        say(*_view_lines(view))


@history.command()
@click.argument("attempt_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Delete without asking. Needed without a terminal.")
def delete(attempt_id: str, yes: bool) -> ExitCode:
    """Delete one stored answer for good, with its follow-ups.

    \b
    Example:
      trainer history delete 3f2a9c1b
    """
    from trainer.services import open_services

    with closing(open_services()) as services:
        view = services.view(services.find_attempt(attempt_id))
        attempt = view.record.attempt
        if not yes:
            if not stdin_is_terminal():
                raise UsageError("Without a terminal nobody can be asked.", "Add --yes to delete.")
            note(f"{_when(attempt.started_at)}  {one_line(attempt.prompt, 60)}")
            if not click.confirm("Delete this answer and its follow-ups for good?", err=True):
                note("Nothing was deleted.")
                return ExitCode.FAILED
        count = services.delete(attempt.id)
    say("1 answer is deleted." if count == 1 else f"{count} answers are deleted.")
    return ExitCode.OK


def _when(timestamp: str) -> str:
    return datetime.fromisoformat(timestamp).astimezone().strftime("%Y-%m-%d %H:%M")


def _asked(summary: AttemptSummary) -> str:
    attempt = summary.attempt
    kind = "Follow-up: " if attempt.probe_of else ""
    take = f" (take {attempt.take})" if attempt.superseded or attempt.take > 1 else ""
    return f"{kind}{attempt.prompt}{take}"


def _summary_json(summary: AttemptSummary, word: str) -> dict[str, object]:
    attempt = summary.attempt
    return {
        "id": attempt.id,
        "started_at": attempt.started_at,
        "bank": attempt.bank_id,
        "question": attempt.question_id,
        "prompt": attempt.prompt,
        "take": attempt.take,
        "superseded": attempt.superseded,
        "follow_up_of": attempt.probe_of,
        "criterion": attempt.criterion_id,
        "excerpt": summary.excerpt,
        "words": summary.words,
        "answer_s": summary.answer_s,
        "score": None if summary.score is None else rounded(summary.score),
        "word": None if summary.score is None else word,
    }


def _view_json(view: AttemptView) -> dict[str, object]:
    attempt, words = view.record.attempt, view.transcript
    score = next(
        (r.score for r in reversed(view.record.ratings) if r.transcript_id == words.id), None
    )
    rated = (
        rating_json(words.transcript, view.rating, score)
        if view.rating and score is not None
        else NO_RATING
    )
    return {
        "id": attempt.id,
        "started_at": attempt.started_at,
        "bank": attempt.bank_id,
        "bank_title": attempt.bank_title,
        "question": attempt.question_id,
        "prompt": attempt.prompt,
        "take": attempt.take,
        "superseded": attempt.superseded,
        "follow_up_of": attempt.probe_of,
        "criterion": attempt.criterion_id,
        "follow_ups": list(view.record.follow_up_ids),
        "version": view.version,
        "versions": view.versions,
        "source": words.transcript.source,
        "text": words.transcript.text,
        **rated,
        **report_json(view.report, words.transcript, words.delivery),
        "probe": {"criterion": view.probe.criterion_id, "text": view.probe.text}
        if view.probe
        else None,
    }


def _view_lines(view: AttemptView) -> Iterator[str]:
    attempt = view.record.attempt
    kind = "Follow-up: " if attempt.probe_of else "Question:  "
    yield from wrapped(attempt.prompt, kind)
    yield from wrapped(attempt.bank_title, "Bank:      ")
    yield f"Answered:  {_when(attempt.started_at)}, take {attempt.take}"
    if view.versions > 1:
        yield f"Version:   {view.version} of {view.versions}"
    yield ""
    yield from wrapped(view.transcript.transcript.text, "  ")
    yield ""
    if view.rating is None:
        yield from wrapped(
            "An earlier take. It was kept and not rated."
            if attempt.superseded
            else "Without a rubric only the delivery is reported."
        )
        yield ""
    yield from report_lines(view.report)
    if view.probe:
        yield ""
        yield from wrapped(view.probe.text, "The interviewer could ask next: ", "  ")
    for follow_up in view.record.follow_up_ids:
        yield f"Follow-up answered: {follow_up[:SHORT_ID]}"
