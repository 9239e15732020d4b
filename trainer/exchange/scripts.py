"""Reads transcripts that are plain text: of Otter, Meet, Zoom and others, or words alone.

Their times, where there are any, say when somebody begins; the next one to begin ends it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from trainer.exchange.passages import Passage, named, seconds_of, split_name

_TIME = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_ALONE = re.compile(rf"[\[(]?(?P<time>{_TIME})[\])]?\s*")
_HEAD = re.compile(
    rf"\[?(?P<name>[^\W_][^:\[\]\n]{{0,59}}?)\]?(?:\s*[\[(]|\s+)(?P<time>{_TIME})[\])]?:?\s*"
)
_TIMED = re.compile(rf"[\[(]?(?P<time>{_TIME})[\])]?\s*(?:[-\u2013]\s*)?(?P<text>\S.*)")
_MEET_TITLE = re.compile(r"\s*Transcript\s*")
_CLOSING = re.compile(
    r"Transcribed by https?://otter\.ai.*|(?:Meeting|Transcription) ended (?:after|at) .*"
    r"|This editable transcript was computer generated.*",
    re.IGNORECASE,
)


def read_script(text: str) -> tuple[Passage, ...]:
    """Return what is said in a plain text; where it names nobody, all of it as one passage."""
    lines = _body(text.lstrip("\ufeff").split("\n"))
    passages = named(tuple(_grouped(lines)))
    if all(p.speaker is None and p.start_s is None for p in passages):
        whole = "\n".join(line for _, line in lines).strip()
        return (Passage(whole, lines[0][0]),) if whole else ()
    return _ended(passages)


def _body(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return the lines with their numbers, without what a program says about its transcript."""
    numbered = [(n, line) for n, line in enumerate(lines, 1) if not _CLOSING.fullmatch(line)]
    heads = [line.strip().rstrip(":").lower() for _, line in numbered[:20]]
    if "attendees" in heads:
        for index in range(heads.index("attendees") + 1, len(heads)):
            if _MEET_TITLE.fullmatch(numbered[index][1]):
                return numbered[index + 1 :]
    return numbered


def _grouped(lines: Sequence[tuple[int, str]]) -> Iterator[Passage]:
    """Yield a passage for each line; times and speakers stand in lines of their own or before."""
    speaker: str | None = None
    start_s: float | None = None
    filled = [(number, line.strip()) for number, line in lines if line.strip()]
    headed, timed = _is_used(filled, _head), _is_used(filled, _TIMED.fullmatch)
    for number, line in filled:
        if found := _ALONE.fullmatch(line):
            start_s = seconds_of(found["time"])
        elif headed and (found := _head(line)):
            speaker, start_s = " ".join(found["name"].split()), seconds_of(found["time"])
        elif timed and (found := _TIMED.fullmatch(line)):
            yield Passage(found["text"], number, speaker, seconds_of(found["time"]))
            start_s = None
        else:
            yield Passage(line, number, speaker, start_s)
            start_s = None


def _head(line: str) -> re.Match[str] | None:
    """Return the name and time of a line that holds nothing else; None for any other line."""
    found = _HEAD.fullmatch(line)
    return found if found and split_name(f"{found['name']}:") else None


def _is_used(lines: Sequence[tuple[int, str]], form: Callable[[str], re.Match[str] | None]) -> bool:
    """Tell whether a file has lines of this form: "Woke up 6:30" may stand in any text, once."""
    found = [index for index, (_, line) in enumerate(lines) if form(line)]
    return len(found) > 1 or found == [0]


def _ended(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return passages that end where the next one begins; the last has no end.

    Lines that follow without a time belong to the passage before, if its speaker says them.
    """
    joined: list[Passage] = []
    for passage in passages:
        before = joined[-1] if joined else None
        if before and passage.start_s is None and passage.speaker == before.speaker:
            joined[-1] = replace(before, text=f"{before.text} {passage.text}")
        else:
            joined.append(passage)
    ended = []
    for passage, after in zip_longest(joined, joined[1:]):
        start_s, end_s = passage.start_s, after.start_s if after else None
        whole = start_s is not None and end_s is not None and end_s > start_s
        ended.append(replace(passage, end_s=end_s if whole else None))
    return tuple(ended)
