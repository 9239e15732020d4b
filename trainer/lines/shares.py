"""A shared answer as lines: for whoever marks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.display import clock_time, one_line
from trainer.lines.ratings import MARK_WORDS
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.bank.types import Rubric
    from trainer.exchange.desk import Desk, Given
    from trainer.exchange.share_merging import Received

HIDDEN = "The file holds what others gave. You see it after your own marks."
BY_NAME = "Names are what people wrote: the file proves nothing about who they are."
_LONGEST_QUOTE = 200
_LONGEST_NAME = 80
_RATERS = {"machine": "The machine", "self": "Whoever spoke"}


def shared_lines(desk: Desk) -> Iterator[str]:
    """Yield the question, why it is asked, the words, and what was given so far."""
    view, entry = desk.view(), desk.entry
    yield from wrapped(entry.asked.prompt, "Question:  ")
    if entry.asked.intent:
        yield from wrapped(entry.asked.intent, "Why asked: ")
    yield f"Time:      {time_line(desk)}"
    if view.recording:
        yield f"Sound:     {clock_time(view.recording_s or 0.0)}"
    yield ""
    yield from wrapped(view.transcript.transcript.text, "  ")
    yield from given_lines(desk)
    if desk.hides:
        yield ""
        yield from wrapped(HIDDEN)


def time_line(desk: Desk) -> str:
    """Return how long the answer should be, and how long it is where that is known."""
    asked, answer_s = desk.entry.asked, desk.entry.words.answer_s
    told = f"it should take {clock_time(asked.lower_s)} to {clock_time(asked.upper_s)}"
    return told if not answer_s or answer_s < 1 else f"{told}; it took {clock_time(answer_s)}"


def given_lines(desk: Desk) -> Iterator[str]:
    """Yield marks and comments: own ones, and once they are revealed those of others."""
    rubric = desk.view().rubric
    for given in desk.given():
        yield ""
        yield f"{named(given, desk)}:"
        for line in marks_of(given, rubric):
            yield from wrapped(line, "  ", "          ")
        if given.note.strip():
            yield from wrapped(given.note, "  ")
    comments = desk.comments()
    if comments:
        yield ""
        yield "Comments on words:"
    words = desk.view().transcript.transcript
    for number, comment in enumerate(comments, 1):
        quote = one_line(words.quote(comment.start, comment.end), _LONGEST_QUOTE)
        by = "you" if desk.is_own(comment) else one_line(comment.name, _LONGEST_NAME)
        yield from wrapped(f"{number}. “{quote}” ({by})", "", "   ")
        yield from wrapped(one_line(comment.text), "   ", "   ")


def named(given: Given, desk: Desk) -> str:
    """Return who gave something, as its heading says it."""
    if not given.is_person:
        return _RATERS.get(given.who, "Somebody")
    own = desk.own
    name = one_line(given.who, _LONGEST_NAME)
    return f"You ({name})" if own and own.id == given.id else name


def marks_of(given: Given, rubric: Rubric | None) -> Iterator[str]:
    """Yield the mark of each point that has one."""
    for criterion in rubric.criteria if rubric else ():
        if criterion.id in given.marks:
            yield f"{MARK_WORDS[given.marks[criterion.id]]:<7} {one_line(criterion.title)}"


def kept_line(desk: Desk) -> str:
    """Return where what was given is."""
    if not desk.is_kept:
        return "What you gave is not in a file yet. Write it to another one."
    if desk.target is None:
        return "Nothing is given yet. The first mark or comment makes a file beside this one."
    return f"All that you gave is in {one_line(str(desk.target.absolute()))}. Send this file back."


def received_lines(received: Received) -> Iterator[str]:
    """Yield what an import of a shared answer has added."""
    if not received.names:
        yield "Nobody has added anything to this file yet. Nothing was changed."
        return
    names = ", ".join(one_line(name, _LONGEST_NAME) for name in received.names)
    ratings, comments = received.ratings, received.comments
    rated = "1 rating" if ratings == 1 else f"{ratings} ratings"
    said = "1 comment" if comments == 1 else f"{comments} comments"
    there = f" There already: {received.same}." if received.same else ""
    yield f"From {names}: {rated} and {said} added.{there}"
    if received.left_out:
        left = ", ".join(one_line(name, _LONGEST_NAME) for name in received.left_out)
        yield f"Left out, as they are by another checklist than this answer has: marks of {left}."
