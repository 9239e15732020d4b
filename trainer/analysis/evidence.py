"""The words behind a mark, as the speaker said them, and which of them to quote first."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.analysis.cues import Evidence
from trainer.analysis.grammar import FILLERS, FUNCTION_WORDS
from trainer.analysis.tokens import Reading, read_word
from trainer.analysis.types import Rating, SpanKind
from trainer.bank.types import Mark, Part
from trainer.transcript.correction import unsure
from trainer.transcript.types import Transcript

LONGEST_QUOTE_WORDS = 40

_PLACES: dict[Part, tuple[float, float]] = {
    "situation": (0.0, 0.15),
    "task": (0.1, 0.35),
    "action": (0.3, 0.75),
    "result": (0.68, 0.95),
    "reflection": (0.8, 1.0),
}
"""Shares of an answer in which raters found most quotes for a part of a story."""

_PLACE_GAIN = 0.8
_NEIGHBOUR_SHARE = 0.3  # of a neighbour's evidence: raters quote where deed follows deed
_CONTENT_GAIN = 0.02  # for each word that tells something, up to ten
_MOST_CONTENT = 10
_UNSURE_SHARE = 1 / 3
"""A choice: a cue is mostly two or three telling words, so with one in three unsure the words that
earned the mark are likely among them."""


def by_prominence(found: Sequence[Evidence], part: Part | None, reading: Reading) -> list[Evidence]:
    """Return evidence in the order in which a rater would quote it.

    Weights of cues tie often; what decides then was fitted on raters' quotes in 135 answers:
     the place in the story, evidence beside it, and how much the clause tells.
    """
    count = max(len(reading.firsts) - 1, 1)
    solid = {item.clause: item.solid for item in found}
    low, high = _PLACES[part] if part else (0.0, 0.0)

    def prominence(item: Evidence) -> tuple[float, int]:
        near = sum(min(solid.get(k, 0.0), item.solid) for k in (item.clause - 1, item.clause + 1))
        tokens = reading.tokens[reading.firsts[item.start] : reading.firsts[item.end]]
        content = sum(t not in FUNCTION_WORDS and t not in FILLERS for t in tokens)
        gain = item.solid + 0.5 * item.mass + _NEIGHBOUR_SHARE * near
        gain += _CONTENT_GAIN * min(content, _MOST_CONTENT)
        if part and low <= (item.start + item.end) / 2 / count <= high:
            gain += _PLACE_GAIN
        return -gain, item.start

    return sorted(found, key=prominence)


def quotes(transcript: Transcript, rating: Rating, kind: SpanKind, name: str) -> tuple[str, ...]:
    """Return what is quoted for one criterion, flag or part, strongest first, each text once.

    Quotes are verbatim substrings of the transcript's text, of at most `LONGEST_QUOTE_WORDS`
    words: a person who rates may mark a whole answer. A criterion that is missed has none.
    """
    if kind == "criterion" and rating.marks.get(name, Mark.MISSED) is Mark.MISSED:
        return ()
    found = (
        transcript.quote(span.start, min(span.end, span.start + LONGEST_QUOTE_WORDS))
        for span in rating.spans_of(kind, name)
    )
    return tuple(dict.fromkeys(found))


def doubts(transcript: Transcript, quote: str) -> str:
    """Return the words of a quote that the recogniser was unsure of, in order, each once."""
    at = transcript.text.find(quote)
    if at < 0:
        return ""
    unsure_words = (transcript.words[index] for index in unsure(transcript))
    found = (
        transcript.text[word.start : word.end]
        for word in unsure_words
        if at <= word.start and word.end <= at + len(quote)
    )
    return ", ".join(dict.fromkeys(found))


def rests_on_unsure(transcript: Transcript, quotes: Sequence[str]) -> bool:
    """Whether every one of these quotes rests on words that the recogniser was unsure of.

    A quote does where at least `_UNSURE_SHARE` of the words that tell something are unsure.
    """
    return bool(quotes) and all(_rests_on_unsure(transcript, quote) for quote in quotes)


def _rests_on_unsure(transcript: Transcript, quote: str) -> bool:
    at = transcript.text.find(quote)
    guessed = {transcript.words[index] for index in unsure(transcript)}
    telling = [
        word
        for word in transcript.words
        if at <= word.start and word.end <= at + len(quote)
        for token in read_word(transcript.text[word.start : word.end])[:1]
        if token not in FUNCTION_WORDS and token not in FILLERS
    ]
    count = sum(word in guessed for word in telling)
    return at >= 0 and count > 0 and count >= _UNSURE_SHARE * len(telling)
