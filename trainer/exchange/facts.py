"""What every page of an answer says about it, whatever the page is written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from trainer.bank.types import Mark
from trainer.coach.moments import moment_quote, tell_moment
from trainer.coach.people import comments_of, describe_round, listed, listeners_of, tell_by
from trainer.coach.report import CriterionLine
from trainer.display import one_line
from trainer.recall import AttemptView

MARK_WORDS = {Mark.MET: "met", Mark.PARTLY: "partly", Mark.MISSED: "missed"}
WITHOUT_SOUND = "Sound is not part of this file."


@dataclass(frozen=True, slots=True)
class NoteFact:
    """A note on some words: the words, the note, and who wrote it.

    `by` also tells the version of the words, where they do not stand in the one that is shown.
    """

    quote: str
    text: str
    by: str


def moment_here(timestamp: str) -> str:
    """Return a stored moment as people here read it: in their own time zone, to the minute."""
    return datetime.fromisoformat(timestamp).astimezone().strftime("%Y-%m-%d %H:%M")


def facts_of(view: AttemptView) -> Iterator[tuple[str, str]]:
    """Yield what is known of an answer beside its words, as label and value, unescaped."""
    attempt = view.record.attempt
    yield "Answered", moment_here(attempt.started_at)
    yield "Bank", one_line(attempt.bank_title)
    if view.record.shared:
        yield "Session", describe_round(view.record.shared)
    if attempt.probe_of:
        yield "Kind", "follow-up"
    if attempt.take > 1 or attempt.superseded:
        later = ", there is a later one" if attempt.superseded else ""
        yield "Take", f"{attempt.take}{later}"
    if attempt.origin:
        yield "Imported from", one_line(attempt.origin)
    if view.versions > 1:
        yield "Version of the words", f"{view.version} of {view.versions}"
    if view.stored != view.record.rating_of(view.transcript):
        count = len(view.record.ratings_of(view.transcript))
        yield "Rating", f"{view.rating_number} of {count} of these words"
    if view.report.source:
        yield "Words", view.report.source
    if view.report.score and view.report.method:
        yield "Marks by", view.report.method.inside
    names = listeners_of(view.record)
    if names:
        yield "Rated by", listed(names)
    for who, comment in comments_of(view.record):
        yield f"{who} wrote", one_line(comment)
    if attempt.tags:
        yield "Tags", ", ".join(one_line(tag) for tag in attempt.tags)
    if attempt.starred:
        yield "Starred", "yes"
    yield "Id", attempt.id


def verdict_of(view: AttemptView) -> str:
    """Return the score as its word and band, or what stands in its place."""
    report = view.report
    if report.score:
        return f"{report.score.word}, {report.score.low} to {report.score.high} of 100"
    return report.remark or report.unmeasurable or "not rated"


def state_of(line: CriterionLine) -> str:
    """Return the word for a mark, and whether it is sure."""
    state = ", not sure" if line.unsure else ", settled by you" if line.settled else ""
    return MARK_WORDS[line.mark] + state


def notes_of(view: AttemptView) -> Iterator[NoteFact]:
    """Yield the notes on the words that are shown, and after them those on words of others."""
    transcript = view.transcript.transcript
    for note in view.notes:
        quote = one_line(transcript.quote(note.start, note.end))
        yield NoteFact(quote, note.text, tell_by(note.rater, note.rater_name))
    for left in view.notes_elsewhere:
        by = tell_by(left.note.rater, left.note.rater_name)
        where = f"version {left.number}" if left.number else "words that are lost"
        yield NoteFact(one_line(left.quote), left.note.text, f"{by}, on {where}")


def moments_of(view: AttemptView) -> Iterator[tuple[str, str]]:
    """Yield what listeners marked, each with the words around it as far as they have times."""
    for moment in view.record.moments:
        quote = one_line(moment_quote(view.transcript.transcript, moment.at_s))
        yield tell_moment(moment, moment.rater_name), quote
