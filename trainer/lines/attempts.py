"""A stored attempt as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from trainer.coach.delivery import is_guessed
from trainer.display import clock_time, one_line
from trainer.lines.own_marks import own_lines
from trainer.lines.ratings import NO_RATING, rating_json, report_json, report_lines, rounded
from trainer.lines.shared_rounds import comment_lines, moment_lines, round_lines, shared_json
from trainer.lines.text import table, wrapped

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.store.types import Attempt, AttemptSummary

SHORT_ID = 8
_LONGEST_WHEN = 16


def when(timestamp: str) -> str:
    """Return a stored time as people here read it: in their own time zone, to the minute.

    One that damage has made unreadable is shown as it stands.
    """
    try:
        return datetime.fromisoformat(timestamp).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return one_line(timestamp, _LONGEST_WHEN)


def summary_table(shown: Sequence[tuple[AttemptSummary, str]]) -> list[str]:
    """Return attempts, each with the word for its rating, as lines of a table."""
    rows = [
        (summary.attempt.id[:SHORT_ID], when(summary.attempt.started_at), word, asked(summary))
        for summary, word in shown
    ]
    return table(("ID", "WHEN", "RATING", "QUESTION"), rows)


def summary_json(summary: AttemptSummary, word: str) -> dict[str, object]:
    """Return an attempt as a list holds it; `word` stands for its rating.

    Where the rating has a remark, the remark stands in place of a score. Words that are mostly
    guessed are not measurable, and have none.
    """
    score = None if summary.remark or not summary.measurable else summary.score
    return {
        **_attempt_json(summary.attempt),
        "spoken": summary.spoken,
        "raters": list(summary.raters),
        "peers": list(summary.peers),
        "excerpt": summary.excerpt,
        "words": summary.words,
        "answer_s": summary.answer_s,
        "score": None if score is None else rounded(score),
        "word": None if score is None else word,
        "remark": summary.remark,
        "measurable": summary.measurable,
    }


def view_json(view: AttemptView) -> dict[str, object]:
    """Return one version of an attempt with its rating and report."""
    attempt, words = view.record.attempt, view.transcript
    stored = view.stored
    rated = dict(NO_RATING)
    if stored:
        # a remark is all that is said, and guessed words have no score
        shown = not stored.rating.remark and not is_guessed(words.delivery)
        rated = rating_json(words.transcript, stored.rating, stored.score if shown else None)
    return {
        **_attempt_json(attempt),
        "bank_title": attempt.bank_title,
        "follow_ups": list(view.record.follow_up_ids),
        "version": view.version,
        "versions": view.versions,
        "rating": view.rating_number,
        "ratings": len(view.record.ratings_of(words)),
        "recording": str(view.recording) if view.recording else None,
        "recording_s": view.recording_s,
        "source": words.transcript.source,
        "text": words.transcript.text,
        **rated,
        **report_json(view.report, words.transcript, words.delivery),
        "own_marks": {one.id: int(one.mark) for one in view.own},
        **shared_json(view),
        "probe": {"criterion": view.probe.criterion_id, "text": view.probe.text}
        if view.probe
        else None,
    }


def view_lines(view: AttemptView, *, commands: bool = True) -> Iterator[str]:
    """Yield one version of an attempt as lines for people; `commands`: with those that go on."""
    attempt, report = view.record.attempt, view.report
    yield from wrapped(attempt.prompt, "Follow-up: " if attempt.probe_of else "Question:  ")
    yield from wrapped(attempt.bank_title, "Bank:      ")
    yield f"Answered:  {when(attempt.started_at)}, take {attempt.take}"
    if attempt.origin:
        label = "Sound:     " if attempt.recording else "Words:     "
        yield from wrapped(f"imported from {one_line(attempt.origin)}", label)
    yield from round_lines(view)
    if view.versions > 1:
        yield f"Version:   {view.version} of {view.versions}"
    if view.stored != view.record.rating_of(view.transcript):
        count = len(view.record.ratings_of(view.transcript))
        yield f"Rating:    {view.rating_number} of {count}"
    if view.recording:
        length = clock_time(view.recording_s or 0.0)
        yield from wrapped(f"{view.recording} ({length})", "Recording: ")
    elif attempt.recording:
        yield "Recording: not kept any more"
    yield ""
    yield from wrapped(view.transcript.transcript.text, "  ")
    yield ""
    if report.score is None and report.remark is None and report.unmeasurable is None:
        yield _unrated(view)
        yield ""
    yield from report_lines(report, attempt.id[:SHORT_ID] if view.is_newest and commands else None)
    for lines in (comment_lines(view), own_lines(view), moment_lines(view)):
        told = tuple(lines)
        yield from ("", *told) if told else ()
    if view.probe:
        yield ""
        yield from wrapped(view.probe.text, "The interviewer could ask next: ", "  ")
    for follow_up in view.record.follow_up_ids:
        yield f"Follow-up answered: {follow_up[:SHORT_ID]}"


def _attempt_json(attempt: Attempt) -> dict[str, object]:
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
        "origin": attempt.origin,
        "session": attempt.session_id,
        "starred": attempt.starred,
        "tags": list(attempt.tags),
    }


def _unrated(view: AttemptView) -> str:
    attempt = view.record.attempt
    if view.stored:
        return "The rubric of this rating cannot be read by this version."
    if attempt.superseded:
        return "This is an earlier take. It was kept and not rated."
    if attempt.rubric_id is None:
        return "This question has no rubric. Only the delivery is reported."
    return "This answer was not rated."


def asked(summary: AttemptSummary) -> str:
    """Return what an answer was asked, and what kind of answer it is."""
    attempt = summary.attempt
    kind = "Follow-up: " if attempt.probe_of else ""
    take = f" (take {attempt.take})" if attempt.superseded or attempt.take > 1 else ""
    imported = "Imported: " if attempt.origin else ""
    return f"{imported}{kind}{attempt.prompt}{take}"
