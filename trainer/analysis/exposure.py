"""Whether an answer brings up the weak point of the exam record where nobody asked about it.

Advisers agree on two things: do not volunteer a low score or a failed attempt, and do not name a
weakness that repeats it. What was asked is judged by the question's words alone, and in doubt the
question counts as asking: a hint that is wrong does more harm than one that is missing.

The patterns were written on the questions of the shipped banks and on `corpus/development.jsonl`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from trainer.analysis.clauses import split
from trainer.analysis.grammar import NEGATIONS
from trainer.analysis.guards import judge
from trainer.analysis.items import Pattern, WordClass
from trainer.analysis.matching import Matcher
from trainer.analysis.patterns import build_classes, parse_pattern
from trainer.analysis.quoting import widen
from trainer.analysis.tokens import read
from trainer.transcript.types import Transcript

Stretch = tuple[int, int]
"""Words from the first to behind the last (half-open indices into the transcript's words)."""

LEAST_PLAIN_SCORE = 226
"""Lower results of Step 1 and Step 2 CK are weak points: up to 225 is slightly low already."""

_DENIAL_REACH = 3  # tokens before a match
_DENIALS = NEGATIONS | {"if", "whether"}

_CLASSES = {
    "usmle": (
        "step 1|2|3|one|two|three", "usmle", "usmles", "step|my|2|two ck|cs", "my|both steps",
        "mrcp", "plab", "amc", "comlex", "licensing|board|boards exam|exams",
    ),
    "own_exam": (
        "{usmle}", "my ({done}) (board|medical|final) exam|exams|examination|test|score|scores",
        "the|that|this|an|one (big|board|medical|final|same) exam|exams",
    ),
    "failed": ("failed", "fail", "flunked", "bombed", "underperformed", "failing"),
    "low": (
        "low", "lower", "lowest", "poor", "poorly", "bad", "badly", "weak", "weaker", "below",
        "not good|great|high|strong|well", "disappointing", "mediocre", "modest", "terrible",
    ),
    "again": (
        "second|third|fourth|two|three|four|2|3|several attempt|attempts|try|tries|times",
        "twice", "retake", "retook", "resit", "failed|unsuccessful attempt|attempts",
    ),
    "testing": (
        "test|exam taking|taker|anxiety", "multiple choice", "exams", "tests", "examinations",
        "standardized|standardised|written|timed test|exam", "{usmle}", "board|exam|test scores",
    ),
    "trouble": (
        "weakness", "weakest", "weak", "weaker", "problem", "struggle", "struggled", "struggling",
        "difficult", "difficulty", "nervous", "improve", "improving",
    ),
}  # fmt: skip
_SHOWS = (
    "i ({adverb}) (have|had) ({adverb}) {failed} ... {own_exam}",
    "{own_exam} ... i ({adverb}) (have|had) {failed}",
    "{failed} ... {usmle}", "{usmle} ... {failed}",
    "did not ({adverb}) pass|clear|make ... {own_exam}",
    "{own_exam} ... did not ({adverb}) pass|go well",
    "not|without pass|passing|clear ... {usmle}", "{usmle} ... not pass|passed|clear|cleared",
    "{low} ... {usmle}", "{usmle} ... {low}", "my ... score|scores ... {low}",
    "{low} (board|exam|step|test) score|scores ... i|my|me", "my {low} score|scores",
    "{usmle} ... {again}", "{again} ... {usmle}",
    "my failed|second|third|two|three attempt|attempts",
    "i needed|took|had two|three attempts|tries",
)  # fmt: skip
_FIGURES = (
    "{usmle} ... {score}", "{score} ... {usmle}", "scored ... {score}", "my ... score ... {score}",
)  # fmt: skip
_REPEATS = (
    "{testing} ... {trouble}|hard", "{trouble} ... {testing}",
    "i ... bad|poor|slow|anxious|poorly ... {testing}",
    "is|was|are|were|say|be my (exam|board|test) {usmle}|score|scores|exams",
)  # fmt: skip
_IS_NOT_GOOD = ("not|never ... good|strong|great|best ... {testing}",)
_RECORD = (
    "{usmle}", "score", "scores", "scored", "attempt", "attempts", "tries", "exam", "exams",
    "examination", "grade", "grades", "transcript", "boards", "cv", "resume", "application",
    "record", "file", "letter", "letters", "evaluation", "evaluations", "red flag|flags", "gap",
    "gaps", "leave of", "graduated", "graduation", "test taker", "steps twice", "not match|matched",
    "unmatched", "match day|week", "no position", "last cycle|match", "reapply",
    "repeat|repeated a|the|your", "applied last|before", "without an entry", "nothing on it",
)  # fmt: skip
_OTHERWISE = (
    "not (choose|pick|use|name|take|mention|be) (about) (an|a|your|the) exam|exams|score|scores",
    "leave your (test|exam|board) score|scores|exams aside|out", "can not find|see ... application",
    "other than|besides|beyond|except ... {usmle}|exam|exams|score|scores",
    "apart|aside from ... {usmle}|exam|exams|score|scores",
)  # fmt: skip
_WEAKNESS = (
    "weakness", "weaknesses", "weak|weaker|weakest point|points|side|sides|spot|area|trait",
    "area|areas ... improve|improvement|growth|development|grow|develop",
    "you need|have|want|like|hope|trying to ... improve|better|grow|develop",
    "you (still) working on", "ask you to work on", "needs|need ... improvement",
    "should|could|can you (still) improve|better", "improve|change about|in yourself",
    "not (so|very) good at", "least good at",
)  # fmt: skip


def asks_about_record(question: str) -> bool:
    """Tell whether a question is about the exam record or the application, as far as words say."""
    asked = Transcript.typed(question)
    reading = read(asked)
    limits = (len(reading.tokens),) * len(reading.tokens)
    matcher = Matcher(reading, _classes())
    barred = _matches(matcher, _OTHERWISE, limits)
    return any(
        not any(start <= place <= end for start, end in barred)
        for place, _ in _matches(matcher, _RECORD, limits)
    )


def asks_for_weakness(question: str) -> bool:
    """Tell whether a question asks the speaker for a weakness, and not for one of the record."""
    reading = read(Transcript.typed(question))
    limits = (len(reading.tokens),) * len(reading.tokens)
    found = _matches(Matcher(reading, _classes()), _WEAKNESS, limits)
    return bool(found) and not asks_about_record(question)


def find_weak_record(transcript: Transcript) -> Stretch | None:
    """Return the first words that name a low score or a failed attempt as the speaker's own."""
    return _first(transcript)


def find_repeated_weakness(transcript: Transcript) -> Stretch | None:
    """Return the first words that name exams or the exam record as the speaker's weakness."""
    return _first(transcript, repeats=True)


def _first(transcript: Transcript, repeats: bool = False) -> Stretch | None:
    reading = read(transcript)
    standings = judge(reading, split(transcript, reading), frozenset())
    limits = tuple(s.end for s in standings for _ in range(s.start, s.end))
    clause_of = tuple(s for s in standings for _ in range(s.start, s.end))
    matcher = Matcher(reading, _classes())
    low = [n.start for n in reading.numbers if n.kind == "score" and n.value < LEAST_PLAIN_SCORE]
    places = _matches(matcher, _SHOWS, limits)
    for start, end in _matches(matcher, _FIGURES, limits):
        if any(start <= place < end for place in low):
            places.append((start, end))
    places = [(start, end) for start, end in places if clause_of[start].factual]
    if repeats:
        places += _matches(matcher, _IS_NOT_GOOD, limits)
        for start, end in _matches(matcher, _REPEATS, limits):
            if NEGATIONS.isdisjoint(reading.tokens[start:end]):
                places.append((start, end))
    for start, end in sorted(places):
        standing = clause_of[start]
        before = reading.tokens[standing.start : start]
        if standing.subject in ("first", "none") and not _is_denied(before):
            return widen(reading.words[start], reading.words[end - 1] + 1, standing)
    return None


def _is_denied(before: Sequence[str]) -> bool:
    """Tell whether the words before a match deny it: "I have never failed Step 1"."""
    near = before[-_DENIAL_REACH:]
    return any(
        word in _DENIALS and near[k + 1 : k + 2] not in (("only",), ("just",))
        for k, word in enumerate(near)
    )


def _matches(
    matcher: Matcher, texts: tuple[str, ...], limits: tuple[int, ...]
) -> list[tuple[int, int]]:
    return [found for pattern in _patterns(texts) for found in matcher.matches(pattern, limits)]


@lru_cache(maxsize=8)
def _patterns(texts: tuple[str, ...]) -> tuple[Pattern, ...]:
    return tuple(parse_pattern(text) for text in texts)


@lru_cache(maxsize=1)
def _classes() -> dict[str, WordClass]:
    return build_classes(_CLASSES)
