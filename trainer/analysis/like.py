"""When the word "like" is a filler: never in "I like to help", "like a family", "people like you".

The rules were chosen on the sentences of tests/analysis/fillers/tuning.txt and on the answers of
corpus/development.jsonl; tests/analysis/test_spoken_fillers.py holds what they reach.
"""

from __future__ import annotations

from trainer.analysis.grammar import BASE_DEEDS, word_set
from trainer.analysis.phrases import (
    ADVERBS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    FILLED,
    JOINTS,
    PREPOSITIONS,
    STRESSES,
    SUBJECTS,
    Phrases,
)

_COMPARING = word_set(
    """feel feels felt feeling look looks looked looking sound sounds sounded sounding seem seems
    seemed taste smell smells act acts acted acting behave behaved behaving more less much nothing
    something anything everything somebody someone anyone anybody people things thing stuff exactly
    alike lot bit kind type sort others those ones patients places cases nobody everybody"""
)
_AS_IF = _COMPARING | word_set(
    "treat treats treated treating talk talked spoke speak shouted cried"
)
_LIKING = word_set("would should also do does to not might could never")
_SPEAKERS = word_set("i you we they he she who patients people residents")
_WHAT_IS_LIKED = word_set("what thing things part which all everything")
_OBJECTS = word_set("him her them me us")
_POINTING = word_set("this that these those it you")
_REPLIES = word_set("wait okay ok no oh what why how hey yes yeah who well please sorry")
_SAYING = word_set("said say says mentioned told explained")
_MEASURES = word_set("score scores number numbers result results figure percentile something")
_TAKING = word_set(
    """have has had got get gets took take takes did made make saw see need needed want wanted found
    gave sent wrote learned learnt spent met"""
)
_QUANTITIES = word_set("half so many few several hundreds thousands twice")
_QUALITIES = word_set(
    """hard good bad difficult easy crazy scary angry tired alone amazing terrible great nice big
    small huge long short sick sad happy sure ready old young new late early busy fine weird funny
    important impossible perfect horrible awful shocked stressed scared nervous afraid lost done"""
)
_MEMBERS = word_set("many most every all any other others some")


def judge_like(phrases: Phrases, at: int) -> bool | None:
    """Tell whether the "like" at this token is a filler: True surely, False possibly, else None."""
    if phrases.set_off(at, at + 1):
        return True
    before = _before(phrases, at)
    last, after = phrases.at(before), phrases.at(at + 1)
    opened = phrases.opens(at) or last in JOINTS or before < 0
    if not after or phrases.ends(at + 1) or after == "to":
        return None
    denied = last == "not" and phrases.at(before - 1) in ("do", "did", "does", "would")
    if last in ("would", "should") or denied:
        return None
    if after in FILLED or (after, phrases.at(at + 2)) in (("you", "know"), ("i", "mean")):
        return None if last in _COMPARING else True
    if after in STRESSES and last not in _SPEAKERS | {"just"}:
        return True
    if _compares(phrases, at, last, opened):
        return None
    if last in _SPEAKERS | _LIKING and not (last == "did" and phrases.is_number(at + 1)):
        return _after_speaker(phrases, at, last)
    if phrases.is_number(at + 1) and not (after == "one" and last in BE):
        return None if last in _MEASURES else True
    if last in BE:
        return _after_be(phrases, at, before)
    if last in (PREPOSITIONS - {"around", "over", "through"}) | (DETERMINERS - {"her"}):
        return None if after in {"of", "minded", "manner"} else True
    if opened or before < at - 1:
        return _at_opening(phrases, at, bool(last))
    if phrases.clause_follows(at + 1) and after in SUBJECTS - {"you"}:
        return phrases.comma_before(at)  # without one it can be "as if"
    if after in ADVERBS or after in _QUANTITIES:
        return True
    if last in _TAKING and (after in ("a", "an", "some") or _is_bare(phrases, at + 1)):
        return True
    return True if after in AUXILIARIES and phrases.is_finite(at + 1) else None


def _before(phrases: Phrases, at: int) -> int:
    """Return the place of the word before, past other fillers."""
    place = at - 1
    while place >= 0:
        pair = (phrases.at(place - 1), phrases.at(place))
        if phrases.at(place) in FILLED or phrases.at(place) in ("basically", "actually"):
            place -= 1
        elif pair in (("you", "know"), ("i", "mean"), ("kind", "of"), ("sort", "of")):
            place -= 2
        else:
            break
    return place


def _compares(phrases: Phrases, at: int, last: str, opened: bool) -> bool:
    """Whether it is "as": after a word that compares, before a pronoun or "I said"."""
    after, second = phrases.at(at + 1), phrases.at(at + 2)
    if last in _COMPARING or (last == "just" and phrases.at(at - 2) not in BE):
        return True
    if after in SUBJECTS and second in _SAYING:
        return True
    if after in _OBJECTS and not (after == "her" and phrases.clause_follows(at + 1)):
        return True
    if after in _POINTING:
        return not phrases.is_finite(at + 2) or (after == "you" and not opened)
    near = {phrases.at(place) for place in range(at - 4, at)}
    return not opened and after in SUBJECTS and bool(near & _AS_IF)


def _after_speaker(phrases: Phrases, at: int, last: str) -> bool | None:
    """Judge "I like ...": a filler where another verb carries the clause."""
    if last == "to":
        return True if phrases.at(at + 1) in BASE_DEEDS else None
    if last in ("do", "does", "might", "could", "not"):
        return None
    if {phrases.at(place) for place in range(at - 4, at - 1)} & _WHAT_IS_LIKED:
        return None
    return True if phrases.is_finite(at + 1) or phrases.at(at + 1) == "never" else None


def _after_be(phrases: Phrases, at: int, before: int) -> bool | None:
    """Judge "was like": a filler before what was said, felt or measured, not in a comparison."""
    after, subject = phrases.at(at + 1), phrases.at(before - 1)
    if after in _REPLIES | ADVERBS | _QUALITIES or after in _QUANTITIES:
        return True
    if after in ("i", "we", "he", "she", "they"):
        return subject in ("i", "we", "he", "she", "they")
    if subject == "there":
        return True
    if after == "the" and (
        phrases.at(at + 2) in ("best", "worst", "only", "first", "last")
        or phrases.at(at + 2).endswith("est")
    ):
        return True
    return True if after.endswith("ly") and after != "family" else None


def _at_opening(phrases: Phrases, at: int, goes_on: bool) -> bool | None:
    """Judge "like" at the beginning of a clause, or after another filler."""
    after = phrases.at(at + 1)
    if not goes_on or phrases.opens(at):
        if after in _MEMBERS or after in DETERMINERS - {"no"}:
            return None
        return phrases.clause_follows(at + 1)
    if after.endswith("ing"):
        return False
    if after in DETERMINERS and not phrases.clause_follows(at + 1):
        return after == "no"
    return True


def _is_bare(phrases: Phrases, place: int) -> bool:
    """Whether a noun without its article can stand here."""
    token = phrases.at(place)
    return bool(token) and token not in DETERMINERS | SUBJECTS | PREPOSITIONS | AUXILIARIES
