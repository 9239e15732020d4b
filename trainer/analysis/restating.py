"""Whether an answer begins by taking up its question, as interview coaches advise.

Restating gives time to think and shows what was understood. It is looked for in the first words
only: words of the question's own come back there, or the answer names it as a question ("you are
asking about ..."). An answer that begins at once holds such words too, but fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.analysis.grammar import FILLERS, FUNCTION_WORDS, word_set
from trainer.analysis.tokens import Reading, read, read_text
from trainer.transcript.types import Transcript

OPENING_WORDS = 25
"""Words that are looked at: about ten seconds of speech, the longest restatement one would wait
for."""

_STEM = 5  # letters by which "matched" is the question's "match"
_SHORT = 4  # letters of a word that longer ones may be made of: "teammate" is of the "team"
_TAKEN_UP = 3  # of the question's words; answers that began at once had up to two
_SHARE = 0.5  # of the words of a short question
_FEWEST = 2  # of them
_NAMED = 1  # where the answer speaks of a question, one word of it is enough

_FRAMES = tuple(
    tuple(frame.split())
    for frame in (
        "you ask",
        "you asked",
        "you are asking",
        "you want to know",
        "you want to hear",
        "you would like to know",
        "you would like to hear",
        "your question",
        "the question",
        "this question",
        "question is",
        "fair question",
        "if i understand",
        "if i understood",
        "i understand that you",
    )
)
_EMPTY = word_set("tell please describe walk talk thing something someone good morning sure")
_BASES = {
    "chose": "choose", "chosen": "choose", "dealt": "deal", "felt": "feel", "gave": "give",
    "knew": "know", "left": "leave", "lost": "lose", "met": "meet", "saw": "see", "seen": "see",
    "spent": "spend", "spoke": "speak", "taken": "take", "taught": "teach", "thought": "think",
    "took": "take", "went": "go", "gone": "go", "wrote": "write", "written": "write",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Restatement:
    """Words `start` to `end` (half-open indices into the transcript's) that take up the question.

    `stems` are the beginnings of the question's words that are found there.
    """

    start: int
    end: int
    stems: tuple[str, ...]


def find_restatement(transcript: Transcript, question: str) -> Restatement | None:
    """Return the words of an answer's beginning that take up the question, None without any."""
    asked = set(_stems(read_text(question)))
    reading = read(transcript)
    opening = reading.tokens[:OPENING_WORDS]
    places = [
        (at, stem)
        for at, said in enumerate(_each(opening))
        for stem in asked
        if _is_form(said, stem)
    ]
    found = tuple(dict.fromkeys(stem for _, stem in places))
    frame = _frame(opening)
    needed = min(_TAKEN_UP, max(_FEWEST, round(_SHARE * len(asked))), max(1, len(asked)))
    if len(found) < (_NAMED if frame is not None else needed):
        return None
    ats = [at for at, _ in places] + ([frame] if frame is not None else [])
    return _restatement(reading, min(ats), max(ats), found)


def _restatement(reading: Reading, first: int, last: int, found: tuple[str, ...]) -> Restatement:
    return Restatement(reading.words[first], reading.words[last] + 1, found)


def _frame(opening: Sequence[str]) -> int | None:
    """Return where the answer speaks of a question, None where it does not."""
    for at in range(len(opening)):
        if any(tuple(opening[at : at + len(frame)]) == frame for frame in _FRAMES):
            return at
    return None


def _is_form(said: str, asked: str) -> bool:
    return said == asked or (len(asked) == _SHORT and said.startswith(asked))


def _stems(tokens: Sequence[str]) -> tuple[str, ...]:
    return tuple(stem for stem in _each(tokens) if stem)


def _each(tokens: Sequence[str]) -> tuple[str, ...]:
    """Return the stem of each word that carries meaning, and an empty text for the others."""
    return tuple(
        ""
        if token in FUNCTION_WORDS or token in FILLERS or token in _EMPTY
        else _BASES.get(token, token)[:_STEM]
        for token in tokens
    )
