"""Who acts in an answer, and whether it happened: what is told as a whole, not clause by clause.

A cousin's career and a wished-for future hold the same words as the speaker's own deeds. What is
measured here are shares of the whole answer; `notes` writes a note by them that limits marks,
those of trained heads too. `bearing` judges the same by other limits for another end: it scales
the evidence of cues down, clause by clause, and writes no note. The limits were set on 403 answers
by six authors and adjusted on 526 by eight others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from trainer.analysis.grammar import (
    BASE_DEEDS,
    FUNCTION_WORDS,
    NEGATIONS,
    PERSONS,
    STATES,
    word_set,
)
from trainer.analysis.guards import Standing
from trainer.analysis.wordforms import is_adverb, is_past

_OTHERS = word_set("he she")
_SPEAKER = word_set("i we")
_HELPING = word_set("did do have had was were am are")
_SAYING = word_set("say tell hear think know remember admire learn believe share ask")
_SAID = word_set("said told heard learned shared asked")
"""With `_SAYING` what the one who only tells a story does in it: "I heard it from him"."""

_CONDITIONAL = word_set("would could should might will shall")
_HAD = word_set("a an the to no none some my his her our two three never")
"""After "I'd" these show that it was "I had"; the reading of words takes it for "I would"."""

_FEWEST_OTHERS = 5  # times "he" or "she"
_OTHERS_RATIO = 1.6  # of them to "I" and "we", plus one; own stories reached 1.7, with three deeds
_UNNAMED_RATIO = 3.0  # where no friend, brother or colleague is named: it may be a patient
_MOST_DEEDS = 2  # of the speaker's own, in a story that is another's
_OTHERS_BY_DEED = 5  # times "he" or "she" for each of these

_NAMED_TIMES = 3
_TITLES = word_set("doctor dr named called")
_IS_MY = {("is", "my"), ("was", "my")}

_FEWEST_WORDS = 25
_HABITS = word_set("every each always usually often nightly daily")


@dataclass(frozen=True, slots=True)
class Deeds:
    """Figures of one answer; shares are of its words (0..1).

    `others` counts "he", "she" and the name of a friend, `speaker` "I" and "we", `own` what "I"
    or "we" did beside telling; `named` says that a friend, brother, colleague or the like occurs.
    `wished` is the share of clauses that say what one would do, `modals` that of the words that
    make them so, `done` that of clauses which tell the speaker's past deeds.
    """

    words: int
    others: int
    speaker: int
    own: int
    named: bool
    wished: float
    modals: float
    done: float


def measure_deeds(tokens: Sequence[str], standings: Sequence[Standing]) -> Deeds:
    """Return the figures of an answer with these tokens and standings of its clauses."""
    wished = done = modals = 0
    habitual = False
    for standing in standings:
        clause = tokens[standing.start : standing.end]
        found = _modals(clause)
        if found:
            # "I would get up every day": from there on "would" tells what used to be
            habit = standing.factual and not _HABITS.isdisjoint(clause)
            habitual = habitual or (habit and not wished and "if" not in tokens)
            wished += 0 if habit or habitual else len(clause)
            modals += 0 if habit or habitual else found
        elif standing.factual and standing.subject in ("first", "we") and _has_deed(clause):
            done += len(clause)
    words = max(len(tokens), 1)
    return Deeds(
        words=len(tokens),
        others=sum(token in _OTHERS for token in tokens) + _count_names(tokens),
        speaker=sum(token in _SPEAKER for token in tokens),
        own=_count_deeds(tokens),
        named=any(token in PERSONS for token in tokens),
        wished=wished / words,
        modals=modals / words,
        done=done / words,
    )


def is_of_another(deeds: Deeds) -> bool:
    """Tell whether most of what is done in an answer is done by somebody else."""
    ratio = deeds.others / (deeds.speaker + 1)
    return (
        deeds.others >= max(_FEWEST_OTHERS, _OTHERS_BY_DEED * deeds.own)
        and ratio >= (_OTHERS_RATIO if deeds.named else _UNNAMED_RATIO)
        and deeds.own <= _MOST_DEEDS
    )


def is_conditional(deeds: Deeds, story: bool) -> bool:
    """Tell whether most of an answer says what one would do, and hardly any of it what was done.

    `story` says that the question asks for something that happened; where it asks for reasons
    too, wishes are in place, and only an answer of nothing else is meant.
    """
    least, modals, done = (0.4, 0.04, 0.12) if story else (0.5, 0.065, 0.05)
    return (
        deeds.words >= _FEWEST_WORDS
        and deeds.wished >= least
        and deeds.modals >= modals
        and deeds.done <= done
        and deeds.own <= _MOST_DEEDS
    )


def _count_names(tokens: Sequence[str]) -> int:
    """Return how often a friend's name occurs: a word after "friend", or before "is my friend".

    A recogniser writes no capitals, so a name is such a word that comes again and again.
    """
    names = set()
    for at, token in enumerate(tokens):
        if token in PERSONS:
            after = [word for word in tokens[at + 1 : at + 3] if word not in _TITLES]
            names.update(after[:1])
            if tuple(tokens[at - 2 : at]) in _IS_MY:
                names.update(tokens[max(at - 3, 0) : at - 2])
    names -= FUNCTION_WORDS | BASE_DEEDS | PERSONS
    counts = Counter(token for token in tokens if token in names and not is_past(token))
    return sum(count for count in counts.values() if count >= _NAMED_TIMES)


def _modals(clause: Sequence[str]) -> int:
    return sum(
        word in _CONDITIONAL and not (word == "would" and _next(clause, at) in _HAD)
        for at, word in enumerate(clause)
    )


def _next(clause: Sequence[str], at: int) -> str:
    return clause[at + 1] if at + 1 < len(clause) else ""


def _has_deed(clause: Collection[str]) -> bool:
    denied = not NEGATIONS.isdisjoint(clause)
    return not denied and any(is_past(word) and word not in STATES for word in clause)


def _count_deeds(tokens: Sequence[str]) -> int:
    """Return how often "I" or "we" stands before a verb of doing, adverbs between them aside."""
    count = 0
    for at, word in enumerate(tokens):
        if word not in _SPEAKER:
            continue
        after = [token for token in tokens[at + 1 : at + 4] if not is_adverb(token)][:2]
        if after and after[0] in _HELPING:
            count += len(after) > 1 and (after[1].endswith("ing") or _is_deed(after[1]))
        elif after:
            count += _is_deed(after[0]) or after[0] in BASE_DEEDS - _SAYING or after[0] == "got"
    return count


def _is_deed(word: str) -> bool:
    return is_past(word) and word not in STATES and word not in _SAID
