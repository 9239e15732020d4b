"""From the passages of a transcript to the words of one speaker, with the times that are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer.display import clock_time, one_line, visible
from trainer.errors import UsageError
from trainer.exchange.captions import Kind, read_captions, recognise
from trainer.exchange.encodings import read_text
from trainer.exchange.passages import Passage, speakers_of
from trainer.exchange.problems import FileError, FormError
from trainer.exchange.scripts import read_script
from trainer.transcript.types import Transcript, Word

MOST_WORDS = 10_000
"""An hour of fast speech: what is longer is no answer."""

_WORD = re.compile(r"\S+")
_SHOWN_SPEAKERS = 12
_SHOWN_NAME = 40


@dataclass(frozen=True, slots=True)
class Said:
    """What one speaker said in a part of a transcript.

    `interrupted` tells that others speak in between, so that the times hold theirs too.
    """

    transcript: Transcript
    speaker: str | None
    speakers: tuple[str, ...]
    interrupted: bool

    @property
    def timed(self) -> bool:
        """Whether the words have times."""
        return any(word.start_s is not None for word in self.transcript.words)


def read_passages(file: Path, kind: Kind | str = "auto") -> tuple[Passage, ...]:
    """Return what a transcript of another program holds.

    `kind` is vtt, srt, sbv, txt, or auto to tell by what it holds. Raises `FileError`.
    """
    text = visible(read_text(file))
    found = recognise(text) if kind == "auto" else kind
    try:
        if found in ("vtt", "srt", "sbv"):
            passages = read_captions(text, found)  # type: ignore[arg-type]  # one of these three
        else:
            passages = read_script(text)
    except FormError as error:
        hint = "Save the transcript again in the program that it comes from, or mend this line."
        raise FileError(file, error.problem, hint, f"line {error.line}") from error
    if not passages:
        raise FileError(file, "It holds no words.", "Look into it: it may be the wrong file.")
    return passages


def take_words(
    passages: Sequence[Passage],
    speaker: str | None = None,
    from_s: float = 0.0,
    to_s: float | None = None,
) -> Said:
    """Return what a speaker said between two seconds, with times that count from `from_s`.

    Raises `UsageError` where there are several speakers and none is named, where nobody has that
    name, where a part is wanted and there are no times, and where the part holds no words, or more
    than an answer.
    """
    if from_s or to_s is not None:
        passages = _part(passages, from_s, to_s)
    name = _chosen(passages, speaker)
    own = [p for p in passages if p.speaker == name]
    first, last = passages.index(own[0]), len(passages) - list(reversed(passages)).index(own[-1])
    said = _joined(own, from_s)
    if len(said.words) > MOST_WORDS:
        raise UsageError(
            f"These are {len(said.words)} words: more than one answer.",
            "Say from when to when the answer is, or cut the file.",
        )
    names = tuple(one for one in speakers_of(passages) if one is not None)
    return Said(said, name, names, len(own) < last - first)


def _part(passages: Sequence[Passage], from_s: float, to_s: float | None) -> list[Passage]:
    part: list[Passage] = []
    at: float | None = None
    timed = False
    for passage in passages:
        at = at if passage.start_s is None else passage.start_s
        timed = timed or at is not None
        if at is not None and from_s <= at and (to_s is None or at < to_s):
            part.append(passage)
    if not timed:
        raise UsageError(
            "This transcript has no times, so no part of it can be named.",
            "Take it whole, or cut the file in an editor.",
        )
    if not part:
        last = clock_time(max(p.start_s for p in passages if p.start_s is not None))
        raise UsageError(
            "Nobody begins to speak in this part.", f"The last passage begins at {last}."
        )
    return part


def _chosen(passages: Sequence[Passage], speaker: str | None) -> str | None:
    found = speakers_of(passages)
    if speaker is None:
        if len(found) == 1:
            return next(iter(found))
        raise UsageError(
            f"Several people speak: {_listed(found)}.", "Name the one who answers with --speaker."
        )
    wanted = " ".join(speaker.split()).casefold()
    names = [name for name in found if name is not None]
    same = [name for name in names if name.casefold() == wanted]
    like = same or [name for name in names if wanted and wanted in name.casefold()]
    if len(like) == 1:
        return like[0]
    if not names:
        raise UsageError("This transcript names no speakers.", "Leave the speaker out.")
    problem = "Several speakers have" if like else "No speaker has"
    raise UsageError(
        f"{problem} the name {one_line(speaker, _SHOWN_NAME)!r}.",
        f"Speakers: {_listed(found)}.",
    )


def _listed(found: dict[str | None, int]) -> str:
    shown = [
        f"{one_line(name, _SHOWN_NAME) if name else 'no name'} ({count} words)"
        for name, count in list(found.items())[:_SHOWN_SPEAKERS]
    ]
    more = len(found) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _joined(passages: Sequence[Passage], from_s: float) -> Transcript:
    """Return passages as one text; words have times only where every passage has both of its own.

    Times that stand for some of the words would make a wrong length and a wrong pace.
    """
    timed = all(p.start_s is not None and p.end_s is not None for p in passages)
    text = " ".join(p.text for p in passages)
    words: list[Word] = []
    at, earliest = 0, 0.0
    for passage in passages:
        place = None
        if timed and passage.start_s is not None and passage.end_s is not None:
            start_s = max(passage.start_s - from_s, earliest)
            place = (start_s, max(passage.end_s - from_s, start_s))
            earliest = place[1]
        words += _spread(passage.text, at, place)
        at += len(passage.text) + 1
    return Transcript(text, tuple(words), "imported")


def _spread(text: str, at: int, place: tuple[float, float] | None) -> Iterator[Word]:
    """Yield the words of a passage that begins at character `at`, its time shared by length."""
    found = list(_WORD.finditer(text))
    total = sum(len(match[0]) for match in found)
    passed = 0
    for match in found:
        start, end = at + match.start(), at + match.end()
        if place is None:
            yield Word(start, end)
            continue
        begin_s, length_s = place[0], place[1] - place[0]
        start_s = begin_s + length_s * passed / total
        passed += len(match[0])
        end_s = begin_s + length_s * passed / total
        yield Word(start, end, round(start_s, 3), round(end_s, 3))


def holds_history(file: Path) -> bool:
    """Tell whether a file is JSON by its name or its beginning; a transcript never is."""
    if file.suffix.lower() == ".json":
        return True
    try:
        if not file.is_file():  # a pipe would be waited for
            return False
        with file.open("rb") as opened:
            begin = opened.read(1000)
    except (OSError, ValueError):
        return False  # whoever reads it on says why
    return begin.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
