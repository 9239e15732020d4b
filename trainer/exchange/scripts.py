"""Reads transcripts that are plain text: of Otter, Meet, Zoom, Teams and others, or words alone.

Their times, where there are any, say when somebody begins; the next one to begin ends it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from trainer.exchange.passages import Passage, named, seconds_of, split_name

_TIME = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_ALONE = re.compile(rf"[\[(]?(?P<time>{_TIME})[\])]?\s*")
_HEAD = re.compile(
    rf"\[?(?P<name>[^\W_][^:\[\]\n]{{0,59}}?)\]?(?:\s*[\[(]|\s+)(?P<time>{_TIME})[\])]?:?\s*"
)
_TIMED = re.compile(rf"[\[(]?(?P<time>{_TIME})[\])]?\s*(?:[-\u2013]\s*)?(?P<text>\S.*)")
_RANGE = re.compile(rf"\[(?P<time>{_TIME})\s*-->\s*(?P<end>{_TIME})\]\s*(?P<text>.*)")
_SPOKEN = (
    r"(?=\d)(?:(?P<h>\d{1,2}) hours? ?)?(?:(?P<m>\d{1,3}) minutes? ?)?"
    r"(?:(?P<s>\d{1,2}) seconds?)?"
)
_SPOKEN_HEAD = re.compile(rf"(?P<name>[^\W_][^:\n]{{0,59}}?) {{1,3}}{_SPOKEN}")
_SPOKEN_ALONE = re.compile(rf"{_SPOKEN} ?(?:{_TIME})?")
_LONGEST_HEAD = 150
_MEET_TITLE = re.compile(r"\s*Transcript\s*")
_CLOSING = re.compile(
    r"Transcribed by https?://otter\.ai.*|(?:Meeting|Transcription) ended (?:after|at) .*"
    r"|This editable transcript was computer generated.*"
    r"|[^:]{1,60} (?:started|stopped) transcription",
    re.IGNORECASE,
)

_Turn = tuple[str, float | None]
"""Who begins to speak, and at which second."""


def read_script(text: str) -> tuple[Passage, ...]:
    """Return what is said in a plain text; where it names nobody, all of it as one passage."""
    lines = _body(text.lstrip("\ufeff").split("\n"))
    passages = _without_preface(named(tuple(_grouped(lines))))
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


def _without_preface(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Return passages without a title, a date or a summary before the first that anybody says."""
    first = next((index for index, p in enumerate(passages) if p.speaker), 0)
    before, after = passages[:first], passages[first:]
    is_talk = len({p.speaker for p in after}) > 1 or any(p.start_s is not None for p in after)
    return after if is_talk and all(p.start_s is None for p in before) else passages


def _grouped(lines: Sequence[tuple[int, str]]) -> Iterator[Passage]:
    """Yield a passage for each line; times and speakers stand in lines of their own or before."""
    speaker: str | None = None
    start_s: float | None = None
    filled = [(number, line.strip()) for number, line in lines if line.strip()]
    head = _form_of_heads(filled)
    if head is _spoken_head:
        filled = _without_doubles(filled)
    timed = _is_used(filled, _TIMED.fullmatch)
    for number, line in filled:
        if found := _ALONE.fullmatch(line):
            start_s = seconds_of(found["time"])
        elif head and (turn := head(line)):
            speaker, start_s = turn
        elif found := _RANGE.fullmatch(line):
            begin_s, end_s = seconds_of(found["time"]), seconds_of(found["end"])
            yield Passage(found["text"], number, speaker, begin_s, end_s)
        elif timed and (found := _TIMED.fullmatch(line)):
            yield Passage(found["text"], number, speaker, seconds_of(found["time"]))
            start_s = None
        else:
            yield Passage(line, number, speaker, start_s)
            start_s = None


def _form_of_heads(lines: Sequence[tuple[int, str]]) -> Callable[[str], _Turn | None] | None:
    """Return what reads the lines that say who begins and when; None where there are none."""
    if _is_used(lines, _head):
        return _head
    if sum(_spoken_head(line) is not None for _, line in lines) > 1:
        return _spoken_head
    timed = [index for index, (_, line) in enumerate(lines) if _TIMED.fullmatch(line)]
    apart = all(after - index > 1 for index, after in pairwise([*timed, len(lines)]))
    if len(timed) > 1 and apart and all(_turned_head(lines[index][1]) for index in timed):
        return _turned_head
    return None


def _without_doubles(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return lines without those that Teams' page shows beside its heads: a name, then a time."""
    times = {index for index, (_, line) in enumerate(lines) if _SPOKEN_ALONE.fullmatch(line)}
    return [one for index, one in enumerate(lines) if not {index, index + 1} & times]


def _head(line: str) -> _Turn | None:
    """Return what a line says that holds "Name  0:12" and nothing else; None for any other."""
    found = _HEAD.fullmatch(line) if len(line) <= _LONGEST_HEAD else None
    return _turn(found["name"], seconds_of(found["time"])) if found else None


def _spoken_head(line: str) -> _Turn | None:
    """Return what a line says that holds "Name 1 minute 12 seconds", as a screen reader says it."""
    found = _SPOKEN_HEAD.fullmatch(line) if len(line) <= _LONGEST_HEAD else None
    if not found:
        return None
    hours, minutes, seconds = (int(found[unit] or 0) for unit in "hms")
    return _turn(found["name"], hours * 3600.0 + minutes * 60 + seconds)


def _turned_head(line: str) -> _Turn | None:
    """Return what a line says that holds "0:12 - Name" and nothing else; None for any other."""
    found = _TIMED.fullmatch(line)
    return _turn(found["text"], seconds_of(found["time"])) if found else None


def _turn(name: str, start_s: float | None) -> _Turn | None:
    return (" ".join(name.split()), start_s) if split_name(f"{name}:") else None


def _is_used(lines: Sequence[tuple[int, str]], form: Callable[[str], object]) -> bool:
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
        start_s, end_s = passage.start_s, passage.end_s
        if end_s is None:
            end_s = after.start_s if after else None
        whole = start_s is not None and end_s is not None and end_s > start_s
        ended.append(replace(passage, end_s=end_s if whole else None))
    return tuple(ended)
