"""Reads subtitles: WebVTT of Teams, Zoom and Webex, SubRip, and SBV of Meet and YouTube.

What is no words goes: settings of a cue, styles, notes, tags, numbers of cues.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from trainer.exchange.passages import Passage, named, seconds_of, split_name
from trainer.exchange.problems import FormError

Kind = Literal["vtt", "srt", "sbv"]

_ARROW = re.compile(r"\s*(\S+)\s*-->\s*(\S+)(?:\s.*)?")
_PAIR = re.compile(r"\s*([\d:.]+),([\d:.]+)\s*")
_APART = ("NOTE", "STYLE", "REGION")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_MOMENT = re.compile(r"<([\d:.]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>|</?>|\{\\[^}\n]*\}")
_PIECES = re.compile(r"(<v(?:\.[^\s>]*)?\s+[^>]*>|<[\d:.]+>)")
_WEBEX = re.compile(r'\d+ "([^"<>]+)" \(\d+\)\s*')
_ROLLED_S = 0.1
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class _Cue:
    line: int
    start_s: float
    end_s: float
    lines: tuple[str, ...]
    speaker: str | None = None


def recognise(text: str) -> Kind | None:
    """Return which kind of subtitles a text is; None if it is none."""
    lines = [line for line in text.lstrip("\ufeff").split("\n", 50)[:50] if line.strip()]
    if not lines:
        return None
    if re.match(r"WEBVTT(?:\s|$)", lines[0]):
        return "vtt"
    if any("-->" in line and not line.lstrip().startswith("[") for line in lines[:3]):
        return "srt"
    return "sbv" if _PAIR.fullmatch(lines[0]) else None


def read_captions(text: str, kind: Kind) -> tuple[Passage, ...]:
    """Return what is said in subtitles. Raises `FormError` for a cue that is not whole."""
    passages: list[Passage] = []
    for cue in _without_repeats(_voiced(list(_cues(text, kind)))):
        passages += _passages(cue)
    return named(passages)


def _cues(text: str, kind: Kind) -> Iterator[_Cue]:
    last: _Cue | None = None
    for count, (first, block) in enumerate(_blocks(text.lstrip("\ufeff"))):
        if kind == "vtt" and (count == 0 or block[0].split()[0] in _APART):
            head = next((i for i, line in enumerate(block) if "-->" in line), None)
            if count or head is None:
                continue
            first, block = first + head, block[head:]
        at = next((i for i, line in enumerate(block) if _is_timing(line, kind)), None)
        if at is None:
            # a blank line inside a cue: what follows belongs to it, but for a lone number
            if last and not (len(block) == 1 and block[0].strip().isdecimal()):
                last = replace(last, lines=(*last.lines, *block))
            continue
        speaker = _WEBEX.fullmatch(block[at - 1]) if at else None
        while at is not None:
            if last:
                yield last
            start_s, end_s = _times(block[at], first + at, kind)
            following = _next_cue(block, at + 1, kind)
            lines = block[at + 1 : following]
            if following is not None and lines and lines[-1].strip().isdecimal():
                lines.pop()  # the number of the next cue
            last = _Cue(first + at, start_s, end_s, tuple(lines), speaker[1] if speaker else None)
            at = following
    if last:
        yield last


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield what stands between blank lines, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _is_timing(line: str, kind: Kind) -> bool:
    return bool(_PAIR.fullmatch(line)) if kind == "sbv" else "-->" in line


def _next_cue(block: Sequence[str], begin: int, kind: Kind) -> int | None:
    """Return where in a block another cue begins without a blank line before it."""
    form = _PAIR if kind == "sbv" else _ARROW
    for index in range(begin, len(block)):
        found = form.fullmatch(block[index])
        if found and None not in [seconds_of(one) for one in found.groups()]:
            return index
    return None


def _times(line: str, number: int, kind: Kind) -> tuple[float, float]:
    found = (_PAIR if kind == "sbv" else _ARROW).fullmatch(line)
    start_s, end_s = (seconds_of(one) for one in found.groups()) if found else (None, None)
    if start_s is None or end_s is None:
        raise FormError(number, "A cue needs two times, such as 00:01:02.000 --> 00:01:05.500.")
    if end_s < start_s:
        raise FormError(number, "A cue ends before it begins.")
    return start_s, end_s


def _voiced(cues: Sequence[_Cue]) -> Sequence[_Cue]:
    """Return cues with tags for voices where their speakers stand in lines of their own.

    Meet writes "(Name)", Teams' older documents the name as the first line of every cue.
    """
    firsts = [cue.lines[0] for cue in cues if len(cue.lines) > 1]
    bracketed = sum(_name_in(line, bracketed=True) is not None for line in firsts)
    if bracketed > 1 and bracketed * 2 >= len(cues):
        return [replace(cue, lines=tuple(_tagged(cue.lines))) for cue in cues]
    names = {_name_in(line) for line in firsts}
    if len(firsts) < len(cues) or None in names or len(names) == len(cues):
        return cues
    return [
        replace(cue, lines=(f"<v {_name_in(cue.lines[0])}>{cue.lines[1]}", *cue.lines[2:]))
        for cue in cues
    ]


def _tagged(lines: Sequence[str]) -> Iterator[str]:
    name: str | None = None
    for line in lines:
        if found := _name_in(line, bracketed=True):
            name = found
        elif line.strip() != "-":
            yield f"<v {name}>{line}" if name else line
            name = None


def _name_in(line: str, *, bracketed: bool = False) -> str | None:
    """Return the name that a line is; None where it is anything else."""
    text = line.strip()
    if bracketed:
        if not (text.startswith("(") and text.endswith(")")):
            return None
        text = text[1:-1]
    is_name = text[-1:].isalnum() or text.endswith((".", ")"))
    return text if is_name and not set("<>:") & set(text) and split_name(f"{text}:") else None


def _without_repeats(cues: Sequence[_Cue]) -> Iterator[_Cue]:
    """Yield cues without lines that roll up: shown again above the next one."""
    shown: str | None = None
    for cue in cues:
        lines = tuple(line for line in cue.lines if line.strip())
        plain = [_plain(_PIECES.sub("", line)) for line in lines]
        if not lines:
            continue
        repeats = plain[0] == shown
        shown = plain[-1]
        if repeats and (len(lines) > 1 or cue.end_s - cue.start_s < _ROLLED_S):
            lines = lines[1:]
        if lines:
            yield replace(cue, lines=lines)


def _passages(cue: _Cue) -> Iterator[Passage]:
    """Yield the pieces of a cue: another voice or a time inside it begins another."""
    speaker = cue.speaker
    start_s = cue.start_s
    pieces: list[Passage] = []
    for part in _PIECES.split("\n".join(cue.lines)):
        if voice := _VOICE.fullmatch(part):
            speaker = " ".join(html.unescape(voice[1]).split())[:_LONGEST_NAME] or None
        elif (moment := _MOMENT.fullmatch(part)) and (at := seconds_of(moment[1])) is not None:
            start_s = min(max(at, start_s), cue.end_s)
        elif words := _plain(part):
            pieces.append(Passage(words, cue.line, speaker, start_s))
    for piece, after in zip_longest(pieces, pieces[1:]):
        later = after.start_s if after and after.start_s != piece.start_s else None
        yield replace(piece, end_s=cue.end_s if later is None else later)


def _plain(text: str) -> str:
    """Return the words of a piece, without tags and in one line."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())
