"""Classes of word forms that no list can hold: numbers, past tenses, names."""

from __future__ import annotations

from trainer.analysis.grammar import (
    ADVERBS,
    BASE_DEEDS,
    IRREGULAR_PARTICIPLES,
    IRREGULAR_PASTS,
    MODALS,
    NOT_PASTS,
    STATES,
    word_set,
)
from trainer.analysis.numbers import Number
from trainer.analysis.tokens import Reading

BUILT_IN = word_set("""number score year age percent past acted act done doing adverb modal name""")
"""Names of the built-in classes; `trainer.analysis.patterns` says what each matches."""

_SHORTEST_ED = 4  # letters: "used", "owed"
_SHORTEST_ING = 5  # letters: "doing"
_NOT_DOING = word_set("thing something nothing anything everything morning evening during")


def is_past(token: str) -> bool:
    """Tell whether `token` looks like a past tense."""
    if token in IRREGULAR_PASTS:
        return True
    return token.endswith("ed") and len(token) >= _SHORTEST_ED and token not in NOT_PASTS


def is_adverb(token: str) -> bool:
    """Tell whether `token` can stand between a subject and its verb."""
    return token in ADVERBS or (token.endswith("ly") and len(token) > _SHORTEST_ED)


def find(reading: Reading) -> dict[str, dict[int, tuple[int, ...]]]:
    """Return, for every built-in class, the ends of its matches by their start."""
    found: dict[str, dict[int, tuple[int, ...]]] = {name: {} for name in BUILT_IN}
    for number in reading.numbers:
        for name in _classes_of(number):
            found[name][number.start] = (number.end,)
    for at, token in enumerate(reading.tokens):
        after = (at + 1,)
        past = is_past(token)
        if past:
            found["past"][at] = after
            if token not in STATES:
                found["acted"][at] = after
        if past or token in IRREGULAR_PARTICIPLES:
            found["done"][at] = after
        if token in BASE_DEEDS:
            found["act"][at] = after
        if token in MODALS:
            found["modal"][at] = after
        if is_adverb(token):
            found["adverb"][at] = after
        if len(token) >= _SHORTEST_ING and token.endswith("ing") and token not in _NOT_DOING:
            found["doing"][at] = after
    for at in reading.names:
        found["name"][at] = (at + 1,)
    return found


def _classes_of(number: Number) -> tuple[str, ...]:
    if number.kind in ("score", "percent"):
        return ("number", number.kind)
    if number.kind == "count":
        return ("number",)
    return () if number.kind == "label" else (number.kind,)
