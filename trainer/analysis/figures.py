"""Spoken figures as figures: "two forty nine" in a score's place is 249. The words are kept.

A recogniser writes every number as words. Figures take the place of those that people write as
figures: results of an exam, years, percentages, and the number of a step. All other numbers stay
as they were heard: "forty nine beds", "at two forty five", "a two year old".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.analysis.grammar import FILLERS, FUNCTION_WORDS, word_set
from trainer.analysis.numbers import NUMERALS, SCALES, Number
from trainer.analysis.tokens import Reading, read
from trainer.transcript.types import Transcript, Word

_STEPS = range(1, 4)
_SCORE_REACH = 4  # tokens: "my step two score was a two forty nine"
_SCORE_WORDS = word_set("score scores scored scoring step result results exam exams ck points")
# Words that may stand between a number and what it counts or measures.
_BEFORE_NOUNS = word_set("few more most much many new other over own same some such these those")
_FOLLOWERS = (FUNCTION_WORDS | FILLERS - {"like"} | word_set(
    "despite initially last next overall plus today tomorrow yesterday"
)) - _BEFORE_NOUNS  # fmt: skip
_BEFORE_YEARS = word_set("in since from until till by during year class of")
_BEFORE_TIMES = word_set("at around about until till by before after past since")
_HALVES_OF_DAY = (
    ("am",), ("pm",), ("a", "m"), ("p", "m"), ("oclock",), ("at", "night"),
    ("in", "the", "morning"), ("in", "the", "afternoon"), ("in", "the", "evening"),
)  # fmt: skip
_LAST_MINUTE = 59


@dataclass(frozen=True, slots=True)
class _Figure:
    """What to write in the place of words `start` to `end` (half-open)."""

    start: int
    end: int
    text: str


def with_figures(transcript: Transcript) -> Transcript:
    """Return the transcript with figures where people write figures; another call changes nothing.

    The word of a figure has the time from the first word that was said for it to the last, the
    lowest of their confidences, and those words in `said`. All text between figures stays.
    """
    while figures := _find(transcript):  # a figure can make clear what stands beside it
        transcript = _write(transcript, figures)
    return transcript


def _find(transcript: Transcript) -> list[_Figure]:
    reading = read(transcript)
    figures: list[_Figure] = []
    for at, number in enumerate(reading.numbers):
        before = reading.numbers[at - 1] if at else None
        written = _written(reading.tokens, number, before)
        if written is None:
            continue
        text, end = written
        start_word, end_word = reading.words[number.start], reading.words[end - 1] + 1
        if _covers(reading, start_word, end_word, number.start, end) and all(
            _is_plain(transcript, index, first=index == start_word)
            for index in range(start_word, end_word)
        ):
            figures.append(_Figure(start_word, end_word, text))
    return figures


def _written(
    tokens: Sequence[str], number: Number, before: Number | None
) -> tuple[str, int] | None:
    """Return the figure for a number and the token where it ends; None where the words stay."""
    end, value = number.end, int(number.value)
    after = tokens[end] if end < len(tokens) else ""
    if value != number.value or after in NUMERALS or after == "point":
        return None
    if _goes_on(tokens, number, before):
        return None
    text = str(value)
    match number.kind:
        case "percent":
            return f"{text}%", end + 1
        case "label" if value in _STEPS and tokens[number.start - 1] == "step":
            return text, end
        case "year" if _stands_alone(after) or _before(tokens, number) in _BEFORE_YEARS:
            return text, end
        case "score" if _stands_alone(after) or _is_scored(tokens, number, after):
            return None if _is_time(tokens, number) else (text, end)
    return None


def _goes_on(tokens: Sequence[str], number: Number, before: Number | None) -> bool:
    """Tell whether the number is the end of a longer one: "a hundred and fifty", "one point two".

    The number of a step ends before the next one begins.
    """
    last = _before(tokens, number)
    if last == "and" and number.start > 1:
        return tokens[number.start - 2] in SCALES
    if last in ("point", "minus") or last in SCALES:
        return True
    return before is not None and before.end == number.start and before.kind != "label"


def _before(tokens: Sequence[str], number: Number) -> str:
    return tokens[number.start - 1] if number.start else ""


def _stands_alone(after: str) -> bool:
    return not after or after in _FOLLOWERS


def _is_scored(tokens: Sequence[str], number: Number, after: str) -> bool:
    """Tell whether a word for a score stands shortly before, and nothing measured follows."""
    near = tokens[max(number.start - _SCORE_REACH, 0) : number.start]
    return not _SCORE_WORDS.isdisjoint(near) and after != "over"


def _is_time(tokens: Sequence[str], number: Number) -> bool:
    """Tell whether it is a time of day: "at two forty five", "two fifteen in the morning"."""
    if number.value % 100 > _LAST_MINUTE or not SCALES.isdisjoint(
        tokens[number.start : number.end]
    ):
        return False
    if any(tuple(tokens[number.end :][: len(half)]) == half for half in _HALVES_OF_DAY):
        return True
    return _before(tokens, number) in _BEFORE_TIMES and not _is_scored(tokens, number, "")


def _covers(reading: Reading, start_word: int, end_word: int, start: int, end: int) -> bool:
    """Tell whether words `start_word` to `end_word` are tokens `start` to `end` and no others."""
    return reading.firsts[start_word] == start and reading.firsts[end_word] == end


def _is_plain(transcript: Transcript, index: int, *, first: bool) -> bool:
    """Tell whether a word is letters only and, after the first one, blanks are before it."""
    word = transcript.words[index]
    if word.said is not None or not transcript.text[word.start : word.end].isalpha():
        return False
    return first or transcript.text[transcript.words[index - 1].end : word.start].isspace()


def _write(transcript: Transcript, figures: Sequence[_Figure]) -> Transcript:
    starts = {figure.start: figure for figure in figures}
    text, copied = "", 0
    words: list[Word] = []
    index = 0
    while index < len(transcript.words):
        figure = starts.get(index, _Figure(index, index + 1, ""))
        said = transcript.words[figure.start : figure.end]
        text += transcript.text[copied : said[0].start]
        shown = figure.text or transcript.text[said[0].start : said[0].end]
        word = replace(said[0], start=len(text), end=len(text) + len(shown))
        if figure.text:
            confidences = [one.confidence for one in said if one.confidence is not None]
            word = replace(
                word,
                end_s=said[-1].end_s,
                confidence=min(confidences, default=None),
                said=transcript.quote(figure.start, figure.end),
            )
        words.append(word)
        text += shown
        copied, index = said[-1].end, figure.end
    text += transcript.text[copied:]
    return Transcript(text, tuple(words), transcript.source, transcript.sound)
