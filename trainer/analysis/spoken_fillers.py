"""Words that a speaker puts in while thinking: "like", "you know", "I mean", "sort of", "so" ...

The same words mostly carry meaning ("what I mean", "this kind of patient", "so I asked"), so only
what stands around them can tell. What the context leaves open counts as possible and not as sure;
what is more often meant than not is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer.analysis.grammar import word_set
from trainer.analysis.like import judge_like
from trainer.analysis.phrases import (
    ADVERBS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    FILLED,
    JOINTS,
    PREPOSITIONS,
    SUBJECTS,
    Phrases,
    is_verb_of_past,
)
from trainer.analysis.tokens import Reading
from trainer.analysis.types import UM
from trainer.analysis.wordforms import is_adverb
from trainer.transcript.types import Transcript


@dataclass(frozen=True, slots=True)
class SpokenFiller:
    """A filler in tokens `start` to `end` (half-open). Not `sure`: it may carry meaning."""

    what: str
    start: int
    end: int
    sure: bool


def find_fillers(transcript: Transcript, reading: Reading) -> tuple[SpokenFiller, ...]:
    """Return the fillers among the words, in order and without overlaps; `UM` for "uh" and "er"."""
    phrases = Phrases(transcript, reading)
    found: list[SpokenFiller] = []
    at = 0
    while at < len(reading.tokens):
        filler = _filler(phrases, reading, transcript, at)
        if filler:
            found.append(filler)
        at = filler.end if filler else at + 1
    return tuple(found)


def _filler(
    phrases: Phrases, reading: Reading, transcript: Transcript, at: int
) -> SpokenFiller | None:
    token = phrases.at(at)
    if token in FILLED:
        word = transcript.words[reading.words[at]]
        meant = _is_room_or_length(phrases, at, transcript.text[word.start : word.end])
        return None if meant else SpokenFiller(UM, at, at + 1, True)
    for words, judge in _RULES.get(token, ()):
        end = at + len(words)
        if phrases.tokens[at:end] == words:
            sure = judge(phrases, at)
            if sure is not None:
                return SpokenFiller(" ".join(words), at, end, sure)
    return None


def _is_room_or_length(phrases: Phrases, at: int, surface: str) -> bool:
    """Whether "er" is the emergency room, and "mm" a length."""
    written, last = phrases.at(at), phrases.at(at - 1)
    if written == "er":
        return "ER" in surface or last in DETERMINERS or last in ("in", "to", "from", "at")
    return written == "mm" and phrases.is_number(at - 1)


# "you know"

_KNOWN_AFTER = word_set(
    """if when as do did does how once unless whether before until let what than would could should
    can may might must will sure more less whatever everything all something anything someone
    somebody anyone everyone people person places where who ever"""
)
_KNOWN = word_set(
    """what how why who where when him her them me us it about that your enough nothing best better
    more only these those everybody everyone exactly which whether if"""
)


def _judge_you_know(phrases: Phrases, at: int) -> bool | None:
    last, after = phrases.at(at - 1), phrases.at(at + 2)
    if phrases.set_off(at, at + 2):
        return None if phrases.opens(at) and phrases.opens(at + 2) and at else True
    if last in (BE | PREPOSITIONS | {"to"}) - {"before", "after"} and not phrases.opens(at):
        return True
    if (last, after) == ("before", "it") or (phrases.at(at - 2), last) == ("how", "much"):
        return None
    if last in _KNOWN_AFTER and not phrases.comma_before(at):
        # "the first thing was when, you know, I called"
        return True if last in ("when", "where") and after in ("i", "we") else None
    if last == "that":
        return True if phrases.clause_follows(at + 2) and after != "you" else None
    if after == "what" and phrases.at(at + 3) == "i" and phrases.at(at + 4) == "mean":
        return True
    if after in ("it", "that", "this") and phrases.is_finite(at + 3):
        return last not in _THINKING
    if phrases.comma_before(at) and phrases.has_comma(at + 2):
        return True
    if after in _KNOWN:
        return None
    if after in ("the", "my", "this", "these", "a", "an") and phrases.at(at + 3) != "first":
        if phrases.clause_follows(at + 2):
            return True
        return None if phrases.opens(at) or last in JOINTS or last in SUBJECTS else False
    if last in ("every", "patient", "doctor") and phrases.is_finite(at + 2):
        return None
    return last not in _THINKING


_THINKING = word_set("think hope believe guess sure")


# "I mean"


def _judge_i_mean(phrases: Phrases, at: int) -> bool | None:
    last, after = phrases.at(at - 1), phrases.at(at + 2)
    if last in ("what", "that", "this", "which", "do", "did", "how", "who") and not (
        phrases.comma_before(at)
    ):
        return None
    if after in ("to", "by", "business", "every", "well") or phrases.ends(at + 2):
        return None
    if phrases.set_off(at, at + 2) or phrases.has_comma(at + 2):
        return True
    if after in ("it", "that", "this", "them", "him"):
        return True if phrases.is_finite(at + 3) else None
    near = [phrases.at(place) for place in range(at - 5, at)]
    if ("say" in near or "said" in near or "by" in near or "with" in near) and not (
        phrases.opens(at) or last in JOINTS
    ):
        return None
    return True


# "kind of", "sort of"

_KINDS = DETERMINERS | word_set(
    """this that what which same different all many two three four one another new other special
    certain several various such right wrong whole both best worst first second next last
    whatever"""
)
_ALSO_SUBJECTS = word_set("that this it those these")


def _judge_kind_of(phrases: Phrases, at: int) -> bool | None:
    last, after = phrases.at(at - 1), phrases.at(at + 2)
    if phrases.set_off(at, at + 2):
        return True
    if last in _ALSO_SUBJECTS and is_verb_of_past(after):
        return True
    if last in _KINDS or phrases.is_number(at - 1):
        return None
    if after in ("him", "her", "them", "you", "us") and not phrases.clause_follows(at + 2):
        return None
    known = SUBJECTS | AUXILIARIES | JOINTS | PREPOSITIONS | ADVERBS | FILLED | {"to", "that"}
    if phrases.opens(at) or last in known or is_verb_of_past(last) or is_adverb(last):
        return True
    if phrases.at(at - 2) in DETERMINERS or phrases.at(at - 3) in DETERMINERS:
        # "a very special kind of patient", but also "my attending kind of smiled"
        return True if is_verb_of_past(after) or after in AUXILIARIES else None
    return is_verb_of_past(after) or after in AUXILIARIES


# "basically", "actually"


def _opens_clause(phrases: Phrases, at: int, after: int) -> bool:
    """Whether a clause begins with the word at `at`; what follows it stands at `after`."""
    last = phrases.at(at - 1)
    if phrases.comma_before(at) or last in {"and", "so", "because", "then"} | FILLED:
        return True
    free = last not in SUBJECTS | AUXILIARIES | DETERMINERS | {"what", "that", "who", "but", "if"}
    return free and phrases.at(after) in ("i", "we", "he", "she", "they", "there")


def _judge_basically(phrases: Phrases, at: int) -> bool | None:
    after = phrases.at(at + 1)
    if after in ("the", "healthy", "normal", "identical", "equal") and phrases.at(at - 1) in BE:
        return True if after == "the" and phrases.at(at + 2) == "only" else None
    if phrases.set_off(at, at + 1) or _opens_clause(phrases, at, at + 1):
        return True
    return None if after in ("identical", "healthy", "normal") else False


def _judge_actually(phrases: Phrases, at: int) -> bool | None:
    last = phrases.at(at - 1)
    if phrases.set_off(at, at + 1):
        return True
    if _opens_clause(phrases, at, at + 1) and last not in ("but", "because"):
        return True
    if phrases.ends(at + 1):
        return False
    # "he is actually a friend", but "did not actually read", "what actually happened"
    return False if last in BE and phrases.at(at - 2) not in ("what", "who", "not") else None


# "so", "well"


def _judge_so(phrases: Phrases, at: int) -> bool | None:
    after = phrases.at(at + 1)
    if after in FILLED | {"yeah", "yes"}:
        return True
    if at == 0:
        meant = after in {"many", "much", "far", "few", "that", "if", "long"}
        return phrases.has_comma(1) or (None if meant else False)
    return None  # "so I asked" mostly tells what follows from what


def _judge_well(phrases: Phrases, at: int) -> bool | None:
    after = phrases.at(at + 1)
    if phrases.comma_before(at) and phrases.has_comma(at + 1):
        return True
    if not (phrases.opens(at) or phrases.at(at - 1) in FILLED):
        return None
    pair = (after, phrases.at(at + 2))
    if after in FILLED or pair in (("you", "know"), ("i", "mean")):
        return True
    return bool(after in SUBJECTS or after in DETERMINERS)


_Judge = Callable[[Phrases, int], bool | None]
_RULES: dict[str, tuple[tuple[tuple[str, ...], _Judge], ...]] = {
    "like": ((("like",), judge_like),),
    "you": ((("you", "know"), _judge_you_know),),
    "i": ((("i", "mean"), _judge_i_mean),),
    "kind": ((("kind", "of"), _judge_kind_of),),
    "sort": ((("sort", "of"), _judge_kind_of),),
    "basically": ((("basically",), _judge_basically),),
    "actually": ((("actually",), _judge_actually),),
    "so": ((("so",), _judge_so),),
    "well": ((("well",), _judge_well),),
}
