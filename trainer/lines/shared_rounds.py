"""What other people did with an answer: its round, what they marked and wrote; lines and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.coach.moments import count_kinds, moment_quote, tell_moment
from trainer.coach.people import comments_of, describe_round, listed, listeners_of, name_of
from trainer.display import one_line
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.recall import AttemptView

_MOST_COMMENT = 1000


def shared_json(view: AttemptView) -> dict[str, object]:
    """Return the round of an answer, the marks in time of all listeners, and who rated it."""
    shared, stored = view.record.shared, view.stored
    words = view.transcript.transcript
    return {
        "round": {
            "session": shared.session_id,
            "number": shared.number,
            "role": shared.role,
            "candidate": shared.candidate,
            "interviewer": shared.interviewer,
            "observers": list(shared.observers),
        }
        if shared
        else None,
        "moments": [
            {
                "kind": one.kind,
                "at_s": one.at_s,
                "name": one.rater_name,
                "text": one.text,
                "quote": moment_quote(words, one.at_s),
            }
            for one in view.record.moments
        ],
        "rater": stored.rating.rater if stored else None,
        "rater_name": name_of(view.record, stored) if stored else "",
        "comment": stored.comment if stored else "",
        "listeners": list(listeners_of(view.record)),
    }


def round_lines(view: AttemptView) -> Iterator[str]:
    """Yield with whom the answer was given, and who of them has rated it."""
    if view.record.shared:
        yield from wrapped(describe_round(view.record.shared), "Session:   ", " " * 11)
    names = listeners_of(view.record)
    if names:
        yield from wrapped(listed(names), "Rated by:  ", " " * 11)


def comment_lines(view: AttemptView) -> Iterator[str]:
    """Yield what people wrote beside their marks."""
    for who, comment in comments_of(view.record):
        yield from wrapped(one_line(comment, _MOST_COMMENT), f"{who} wrote: ", "  ")


def moment_lines(view: AttemptView) -> Iterator[str]:
    """Yield what listeners marked, each with the words around it."""
    moments = view.record.moments
    if not moments:
        return
    yield from wrapped(count_kinds(moments), "Marked while listening: ", "  ")
    for one in moments:
        quote = moment_quote(view.transcript.transcript, one.at_s)
        near = f' ("{one_line(quote)}")' if quote else ""
        yield from wrapped(f"{tell_moment(one, one.rater_name)}{near}", "  ", "    ")
