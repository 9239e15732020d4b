"""Writes subtitles: the words of an answer as cues that can be read in time.

A cue has at most two lines of 42 characters and stays for 1 to 7 seconds, as broadcasters have it;
it ends where a clause or a pause does. Cues never overlap, so that a lone word between two others
may stay for less than a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from trainer.display import one_line
from trainer.errors import UsageError
from trainer.transcript.types import Transcript

MOST_CHARACTERS = 42
MOST_LINES = 2
LEAST_S = 1.0
MOST_S = 7.0
PAUSE_S = 0.4

_SENTENCE_END = re.compile(r"[.!?\u2026][\"')\u201d\u2019]*$")
_CLAUSE_END = re.compile(r"[,;:\u2013\u2014][\"')\u201d\u2019]*$")
_JOINTS = frozenset(
    [
        "and",
        "but",
        "so",
        "because",
        "then",
        "when",
        "while",
        "which",
        "after",
        "before",
        "until",
        "if",
        "or",
    ]
)
_SRT_SIGNS = str.maketrans({"<": "\u2039", ">": "\u203a", "{": "(", "}": ")"})
_VTT_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from one second to another."""

    start_s: float
    end_s: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    start_s: float
    end_s: float


def write_subtitles(transcript: Transcript, form: Literal["srt", "vtt"]) -> str:
    """Return the words as SubRip or WebVTT. Raises `UsageError` where they have no times."""
    cues = make_cues(transcript)
    if not cues:
        raise UsageError(
            "The words of this answer have no times.",
            "Subtitles need an answer that was spoken, or imported with times.",
        )
    mark = "," if form == "srt" else "."
    signs = _SRT_SIGNS if form == "srt" else _VTT_SIGNS
    blocks = [
        f"{number}\n{_clock(cue.start_s, mark)} --> {_clock(cue.end_s, mark)}\n"
        + "\n".join(line.translate(signs) for line in cue.lines)
        for number, cue in enumerate(cues, 1)
    ]
    head = ["WEBVTT"] if form == "vtt" else []
    return "\n\n".join([*head, *blocks]) + "\n"


def make_cues(transcript: Transcript) -> tuple[Cue, ...]:
    """Return the words as cues, in order; none where no word has a time."""
    words = list(_pieces(transcript))
    groups: list[Sequence[_Said]] = []
    while words:
        count = _take(words)
        groups.append(words[:count])
        words = words[count:]
    groups = list(_without_flashes(groups))
    cues = []
    for group, after in zip_longest(groups, groups[1:]):
        start_s = group[0].start_s
        limit = after[0].start_s if after else start_s + MOST_S
        end_s = min(max(group[-1].end_s, start_s + LEAST_S), start_s + MOST_S, limit)
        cues.append(Cue(start_s, end_s, tuple(_lines(group))))
    return tuple(cues)


def _pieces(transcript: Transcript) -> Iterator[_Said]:
    """Yield words with times that never go back, none longer than a line.

    A word without a time takes the end of the one before. Times count in milliseconds.
    """
    timed = [word for word in transcript.words if word.start_s is not None]
    if not timed:
        return
    at_s = max(timed[0].start_s or 0.0, 0.0)
    for word in transcript.words:
        text = one_line(transcript.text[word.start : word.end])
        if not text:
            continue
        start_s = at_s if word.start_s is None else max(word.start_s, at_s)
        end_s = max(start_s if word.end_s is None else word.end_s, start_s)
        for begin in range(0, len(text), MOST_CHARACTERS):
            piece = text[begin : begin + MOST_CHARACTERS]
            length_s = (end_s - start_s) / len(text)
            from_s = round(start_s + length_s * begin, 3)
            yield _Said(piece, from_s, round(from_s + length_s * len(piece), 3))
        at_s = round(end_s, 3)


def _take(words: Sequence[_Said]) -> int:
    """Return how many words the next cue shows: as many as fit, up to the best place to break."""
    fit = 1
    while fit < len(words) and _fits(words[: fit + 1]):
        fit += 1
    if fit == len(words):
        return fit
    for count in range(1, fit):
        # a long silence ends a cue wherever it is: nothing is shown while nobody speaks
        if words[count].start_s - words[count - 1].end_s >= LEAST_S:
            return count
    return max(range(1, fit + 1), key=lambda count: (_worth(words, count), count))


def _fits(words: Sequence[_Said]) -> bool:
    long = words[-1].end_s - words[0].start_s > MOST_S
    return not long and len(_lines(words)) <= MOST_LINES


def _worth(words: Sequence[_Said], count: int) -> float:
    """Return how well a cue of so many words ends; a short one is worth less."""
    last, after = words[count - 1], words[count]
    worth = 0.0
    if _SENTENCE_END.search(last.text):
        worth = 3.0
    elif after.start_s - last.end_s >= PAUSE_S or _CLAUSE_END.search(last.text):
        worth = 2.0
    elif after.text.lower() in _JOINTS:
        worth = 1.0
    shown = sum(len(word.text) + 1 for word in words[:count])
    lasting = last.end_s - words[0].start_s
    return worth + 1.5 * min(shown / MOST_CHARACTERS, 1.0) - (2.0 if lasting < LEAST_S else 0.0)


def _without_flashes(groups: Sequence[Sequence[_Said]]) -> Iterator[Sequence[_Said]]:
    """Yield groups; one that could not stay for `LEAST_S` goes with a neighbour where that fits."""
    joined: list[Sequence[_Said]] = []
    for group in groups:
        before = joined[-1] if joined else None
        short = before is not None and group[0].start_s - before[0].start_s < LEAST_S
        if before is not None and short and _fits([*before, *group]):
            joined[-1] = [*before, *group]
        else:
            joined.append(group)
    yield from joined


def _lines(words: Sequence[_Said]) -> list[str]:
    """Return the words in lines, filled one after the other; two of them about equally long."""
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word.text) <= MOST_CHARACTERS:
            lines[-1] += f" {word.text}"
        else:
            lines.append(word.text)
    return _balanced(words) if len(lines) == MOST_LINES else lines


def _balanced(words: Sequence[_Said]) -> list[str]:
    texts = [word.text for word in words]
    halves = [(" ".join(texts[:cut]), " ".join(texts[cut:])) for cut in range(1, len(texts))]
    fitting = [half for half in halves if max(map(len, half)) <= MOST_CHARACTERS]
    return list(min(fitting, key=lambda half: max(map(len, half))))


def _clock(seconds: float, mark: str) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{mark}{rest % 1000:03d}"
