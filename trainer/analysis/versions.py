"""The versions of an answer's words: as they were heard, and as the speaker leaves them."""

from __future__ import annotations

from trainer.transcript.types import Source, Transcript

UNRATED_SOURCES: frozenset[Source] = frozenset({"builtin", "unheard"})
"""Words that get no marks: the built-in recogniser's, until the speaker has corrected or accepted
them, which makes another version; and none at all."""


def versions(
    text: str, heard: Transcript | None = None, *, accepted: bool = True
) -> tuple[Transcript, ...]:
    """Return the versions of one answer, one or two; the last is what is to be rated.

    `heard` is what a recogniser gave, None for a typed answer. Its spoken figures become figures.
    A `text` that is empty or only repeats what was heard changes nothing, except that the words
    of the built-in recogniser are thereby the speaker's own, if they are `accepted`.
    """
    if heard is None:
        return (Transcript.typed(text),)
    from trainer.analysis.figures import with_figures
    from trainer.transcript.correction import align

    first = with_figures(heard)
    said = text.split()
    if said and said not in (heard.text.split(), first.text.split()):
        return first, align(first, text)
    if first.source == "builtin" and first.words and accepted:
        return first, align(first, first.text)
    return (first,)
