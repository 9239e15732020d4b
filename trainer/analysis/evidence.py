"""The words behind a mark, as the speaker said them."""

from __future__ import annotations

from trainer.analysis.types import Rating
from trainer.transcript.types import Transcript


def quotes(transcript: Transcript, rating: Rating) -> dict[str, list[str]]:
    """Return what was quoted for every criterion marked above missed, strongest first.

    Quotes are verbatim substrings of the transcript's text, each from one clause. Flags and
    story parts are not quoted here.
    """
    found: dict[str, list[str]] = {}
    for span in rating.spans:
        if span.kind == "criterion":
            found.setdefault(span.name, []).append(transcript.quote(span.start, span.end))
    return found
