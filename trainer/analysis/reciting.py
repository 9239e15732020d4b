"""Whether an answer is recited: a song, a poem, a prayer, a refrain. None tells of the speaker.

No list could hold all songs. What is looked for is how they are made: lines that come back, verse
that is broken into short lines, rhyme, the words of singing and praying; and nothing of the
work that every question here is about. In the 835 plain answers of `corpus/development.jsonl` that
have 16 words or more, at most one word in 19 stood in a piece that came back, at most one piece in
13 rhymed, and at least 93 in 100 runs of three words were different.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from trainer.analysis.grammar import word_set
from trainer.analysis.guards import trigrams
from trainer.analysis.tokens import read_text

_FEWEST_WORDS = 16
_ENOUGH = 2.0  # points; plain answers had at most 1
_REPEATED = (0.12, 0.3)  # of the words, in pieces that come back: one point, two points
_DISTINCT = (0.88, 0.78)  # of the runs of three words: below it one point, two points
_MARKED = (0.025, 0.06)  # of the words: of singing and praying
_FEWEST_MARKED = 2  # such words; "oh no, thank you" is no song
_RHYMED = 0.1  # of the pieces
_FEWEST_PIECES = 5  # in which rhyme can be told from chance
_VERSE_POINTS = 1.5
_IDLE_POINTS = 0.5  # no word of work at all
_SPEAKER_SHARE = 0.08  # of the words: "I" and "my"; poems have them too, and fewer
_FEWEST_LINES = 4
_LINE_WORDS = 9  # the middle line of verse has at most so many; wrapped prose has more
_OPEN_LINES = 0.3  # of the lines of verse: they end without the end of a sentence
_WORKING = 3  # different words of work; with so many only a plain refrain is believed
_LONGEST_LINE = 15  # words; what comes back in longer runs was pasted and not sung
_END = re.compile(r"[\n.,;:!?\u2014]+")
_COMMON_ENDS = ("ing", "ion", "ent", "ted", "ity", "ers", "ter", "ess", "ays", "day", "ble")

_SUNG = word_set(
    """oh ooh ohh o la na lala nana hey yo uh baby darling lullaby hallelujah amen thee thy thine
    thou hath lord hallowed holy mercy bless blessed forgive grant deliver pray praise moonlight
    lanterns sings singing dancing tonight moon stars sky angels heaven forever"""
)
_SINGING = word_set("la na lala nana ooh")
_WORKING_STEMS = (
    "patient", "doctor", "hospital", "resid", "medic", "nurs", "clinic", "exam", "score", "step",
    "program", "attending", "ward", "treat", "diagn", "team", "intern", "student", "school",
    "univers", "surg", "icu", "research", "career", "job", "colleague", "boss", "rotation",
    "senior", "disease", "consult", "question", "professor", "interview", "supervis", "feedback",
    "shift", "chart", "study", "studied", "specialt", "physician", "emergency", "pharmac",
)  # fmt: skip


def has_refrain(text: str, tokens: Sequence[str]) -> bool:
    """Tell whether so much of an answer comes back that it can only be sung or chanted.

    `tokens` are the words of `text`. A text that was pasted twice must come as one copy.
    """
    if len(tokens) < _FEWEST_WORDS:
        return False
    if _share(tokens, _SINGING) >= _REPEATED[1]:
        return True
    counted = _without_long_runs(tokens) if _works(tokens) else tokens
    return _refrain(counted, _pieces(text)) > _ENOUGH


def is_recited(text: str, tokens: Sequence[str]) -> bool:
    """Tell whether an answer is a song, a poem, a prayer or a mere refrain; as `has_refrain`."""
    if len(tokens) < _FEWEST_WORDS:
        return False
    pieces = _pieces(text)
    if _works(tokens):
        sung = _sung(tokens) >= _MARKED[0]
        return sung and _refrain(_without_long_runs(tokens), pieces) >= _ENOUGH
    points = _refrain(tokens, pieces) + _steps(_sung(tokens), _MARKED)
    if _is_verse(text):
        points += _VERSE_POINTS
    if len(pieces) >= _FEWEST_PIECES and _rhymes(pieces) >= _RHYMED * len(pieces):
        points += 1
    if not any(token.startswith(_WORKING_STEMS) for token in tokens):
        points += _IDLE_POINTS
    if _share(tokens, {"i", "my", "me"}) > _SPEAKER_SHARE:
        points -= _IDLE_POINTS
    return points >= _ENOUGH


def _pieces(text: str) -> list[tuple[str, ...]]:
    pieces = (read_text(piece) for piece in _END.split(text))
    return [piece for piece in pieces if piece]


def _works(tokens: Sequence[str]) -> bool:
    return len({t for t in tokens if t.startswith(_WORKING_STEMS)}) >= _WORKING


def _refrain(tokens: Sequence[str], pieces: Sequence[tuple[str, ...]]) -> float:
    """Return the points (0..4) for what comes back: runs of words, and whole pieces."""
    runs = len(tokens) - 2
    distinct = len(trigrams(tokens)) / runs if runs > 0 else 1.0
    lines = Counter(piece for piece in pieces if 2 <= len(piece) <= _LONGEST_LINE)
    back = sum(len(piece) * times for piece, times in lines.items() if times > 1)
    return _steps(back / max(len(tokens), 1), _REPEATED) + _steps(
        -distinct, [-d for d in _DISTINCT]
    )


def _steps(value: float, steps: Sequence[float]) -> int:
    return sum(value >= step for step in steps)


def _share(tokens: Sequence[str], words: frozenset[str] | set[str]) -> float:
    return sum(token in words for token in tokens) / len(tokens)


def _sung(tokens: Sequence[str]) -> float:
    """Return the share of words of singing and praying, 0 where they are too few to tell."""
    count = sum(token in _SUNG for token in tokens)
    return count / len(tokens) if count >= _FEWEST_MARKED else 0.0


def _is_verse(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < _FEWEST_LINES:
        return False
    middle = sorted(len(line.split()) for line in lines)[len(lines) // 2]
    open_lines = sum(line[-1] not in ".!?:" for line in lines[:-1])
    return middle <= _LINE_WORDS and open_lines >= _OPEN_LINES * (len(lines) - 1)


def _rhymes(pieces: Sequence[tuple[str, ...]]) -> int:
    """Return how many pieces rhyme with one of the next two."""
    ends = [piece[-1] for piece in pieces]
    return sum(
        any(_rhyme(end, other) for other in ends[at + 1 : at + 3]) for at, end in enumerate(ends)
    )


def _rhyme(one: str, other: str) -> bool:
    if one == other or min(len(one), len(other)) < 3:
        return False
    return one[-3:] == other[-3:] and not one.endswith(_COMMON_ENDS)


def _without_long_runs(tokens: Sequence[str]) -> list[str]:
    """Return the tokens without those that repeat a long run word by word."""
    size = _LONGEST_LINE
    seen: set[tuple[str, ...]] = set()
    copied = [False] * len(tokens)
    for at in range(len(tokens) - size + 1):
        run = tuple(tokens[at : at + size])
        if run in seen:
            copied[at : at + size] = [True] * size
        seen.add(run)
    return [token for token, again in zip(tokens, copied, strict=True) if not again]
