"""Numbers in speech: "two oh four", "one ninety nine", "two hundred and eight", "forty".

A recogniser writes numbers as words, and a person types them as figures; cues must see the same
thing. A year, an age or a bed is a number too, but no proof of anything: each has its own kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trainer.analysis.grammar import word_set

NumberKind = Literal["score", "year", "age", "percent", "label", "count"]

_NUMERALS = """zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen"""
_TIES = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_NUMERALS.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TIES.split(), start=2)} | {"fourty": 40}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ZEROES = frozenset({"oh", "o"})
NUMERALS = frozenset({*_UNITS, *_TENS, *_SCALES, *_ZEROES})
"""The words that numbers are made of, without the "and" in them."""

SCALES = frozenset(_SCALES)
_STEPS = frozenset({"one", "two", "three"})
_LABELLED = word_set(
    """step steps level part phase grade bed room ward table floor bay theatre number day week
    chapter covid type stage class unit"""
)
_AGED = frozenset({"year", "years", "month", "months", "week", "weeks"})
_COUNTED = word_set(
    """patient patients bed beds question questions page pages hour hours people person mg ml
    milligrams day days week weeks month months minute minutes kilometers kilometres km miles
    students year years times cases dollars villages doctors nurses charts families children
    blocks admissions surveys participants"""
)
_SCORES = range(150, 301)  # three-digit results of Step 1 and Step 2 CK lie in 1..300
_YEARS = range(1950, 2040)
_LONGEST = 8  # tokens of one number; "two hundred and fifty thousand three hundred" has seven


@dataclass(frozen=True, slots=True)
class Number:
    """A number in tokens `start` to `end` (half-open)."""

    start: int
    end: int
    value: float
    kind: NumberKind


def find_numbers(tokens: Sequence[str]) -> list[Number]:
    """Return every number in `tokens`, first to last. The lone word "one" is a pronoun."""
    found = []
    at = 0
    while at < len(tokens):
        read = _read(tokens, at)
        if read is None:
            at += 1
            continue
        end, value, as_year = read
        if end - at == 1 and tokens[at] == "one" and not _is_label(tokens, at):
            at = end
            continue
        found.append(Number(at, end, value, _kind(tokens, at, end, value, as_year)))
        at = end
    return found


def _is_label(tokens: Sequence[str], at: int) -> bool:
    return at > 0 and tokens[at - 1] in _LABELLED


def _read(tokens: Sequence[str], at: int) -> tuple[int, float, bool] | None:
    """Read one number at `at`: its end, its value, and whether it was said as a year."""
    word = tokens[at]
    if word[0].isdigit():
        try:
            return at + 1, float(word), len(word) == 4
        except ValueError:  # superscripts, fractions and mixed words such as "2nd"
            return None
    run = _run(tokens, at)
    if not run:
        return None
    value, as_year = _value(run)
    if at > 0 and tokens[at - 1] == "step" and run[0] in _STEPS and value not in _SCORES:
        # "step one two forty nine" are two numbers
        run = run[:1]
        value, as_year = _value(run)
    return at + len(run), value, as_year


def _run(tokens: Sequence[str], at: int) -> list[str]:
    run: list[str] = []
    for word in tokens[at : at + _LONGEST]:
        known = word in _UNITS or word in _TENS or (word in _SCALES and run)
        zero = word in _ZEROES and run and run[-1] in _UNITS
        joint = word == "and" and run and run[-1] in _SCALES
        if not (known or zero or joint):
            break
        run.append(word)
    while run and (run[-1] == "and" or run[-1] in _ZEROES):
        run.pop()
    return run


def _value(run: Sequence[str]) -> tuple[float, bool]:
    if any(word in _SCALES for word in run):
        total, part = 0, 0
        for word in run:
            if word == "hundred":
                part = max(part, 1) * 100
            elif word in _SCALES:
                total, part = total + max(part, 1) * _SCALES[word], 0
            else:
                part += _small(word)
        return float(total + part), "thousand" in run
    # "two oh four", "one ninety nine", "twenty nineteen": figures said one after the other
    pieces: list[int] = []
    for word in run:
        value = _small(word)
        if pieces and 20 <= pieces[-1] < 100 and pieces[-1] % 10 == 0 and 0 < value < 10:
            pieces[-1] += value
        else:
            pieces.append(value)
    said = "".join(str(piece) for piece in pieces)
    return float(said), len(pieces) == 2 and all(piece >= 10 for piece in pieces)


def _small(word: str) -> int:
    return _UNITS.get(word, _TENS.get(word, 0))


def _kind(tokens: Sequence[str], start: int, end: int, value: float, as_year: bool) -> NumberKind:
    after = tokens[end] if end < len(tokens) else ""
    if after in ("%", "percent"):
        return "percent"
    if _is_label(tokens, start) and value < 100:
        return "label"
    if after in _AGED and end + 1 < len(tokens) and tokens[end + 1] in ("old", "of"):
        return "age"
    if as_year and value in _YEARS and after not in _COUNTED:
        return "year"
    if value in _SCORES and after not in _COUNTED:
        return "score"
    return "count"
