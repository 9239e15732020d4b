"""What a reader did beside reading: stopped early, skipped a line, began again, said more.

None of it is an error of the recogniser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trainer.calibration.word_errors import Pair, align, count_differences

ANCHOR = 2
"""So many words in a row, right and in order, show a place in the text. One alone may be chance."""

SKIPPED_FROM = 3
"""Fewer words of the text that are missing in a row count as errors, whoever lost them."""

SKIPPED_SHARE = 0.4
"""Words are skipped where the voice there lasts less than this share of what the reader needs for
so many words. A choice: a recogniser that loses words leaves all of their time, a reader none."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A word as it is compared, and when it was heard, in seconds."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a text.

    `words` are the indices of its words that were read, in order. `extra` is when something else
    was said, as seconds (start, end): a beginning that was begun again, or a remark. `sure` is how
    many words were heard right in a row with others, between the first and the last of them `heard`
    words were heard and `spoken` were read, from `begin_s` to `end_s`.
    """

    words: tuple[int, ...]
    extra: tuple[tuple[float, float], ...]
    sure: int = 0
    heard: int = 0
    spoken: int = 0
    begin_s: float = 0.0
    end_s: float = 0.0


def find_read(
    text: Sequence[str], heard: Sequence[Heard], voiced: Sequence[tuple[float, float]] | None
) -> Read:
    """Return what was read of `text`. `voiced` is where the voice was active, None: not known."""
    pairs = align(text, [word.text for word in heard], joined=True)
    anchors = _anchors(pairs, text, heard)
    if not anchors:
        return Read((), ())
    voice = voiced if voiced is not None else _whole(heard)
    place = _Place(text, heard, voice, anchors)
    unread: set[int] = set()
    extra: list[tuple[float, float]] = []
    for gap in place.gaps():
        skipped = place.is_skipped(gap)
        if skipped:
            unread.update(range(gap.said, gap.said_end))
        outside = gap.heard == 0 or gap.heard_end == len(heard)
        if gap.heard < gap.heard_end and outside and (skipped or gap.said == gap.said_end):
            extra.append((heard[gap.heard].start_s, heard[gap.heard_end - 1].end_s))
    extra += _restarts(pairs, text, heard)
    (first, begin), (last, end) = anchors[0], anchors[-1]
    words = tuple(at for at in range(len(text)) if at not in unread)
    return Read(
        words,
        tuple(sorted(set(extra))),
        sure=len(anchors),
        heard=end - begin + 1,
        spoken=sum(first <= at <= last for at in words),
        begin_s=heard[begin].start_s,
        end_s=heard[end].end_s,
    )


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two anchors: words of the text and heard ones, half-open."""

    said: int
    said_end: int
    heard: int
    heard_end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A text, what was heard of it, and the anchors between both."""

    text: Sequence[str]
    heard: Sequence[Heard]
    voice: Sequence[tuple[float, float]]
    anchors: Sequence[tuple[int, int]]

    def gaps(self) -> Iterator[_Gap]:
        """Yield what stands before, between and after the anchors."""
        ends = [(-1, -1), *self.anchors, (len(self.text), len(self.heard))]
        for (said, heard), (said_end, heard_end) in pairwise(ends):
            yield _Gap(said + 1, said_end, heard + 1, heard_end)

    def is_skipped(self, gap: _Gap) -> bool:
        """Tell whether there is too little voice for the words of the text that stand here."""
        words = gap.said_end - gap.said
        if words < SKIPPED_FROM:
            return False
        begin_s = self.heard[gap.heard - 1].end_s if gap.heard else 0.0
        last = gap.heard_end == len(self.heard)
        end_s = self._end_s() if last else self.heard[gap.heard_end].start_s
        needed_s = words * self._word_s()
        return _voice_s(self.voice, begin_s, end_s) < SKIPPED_SHARE * needed_s

    def _end_s(self) -> float:
        return max([self.heard[-1].end_s, *(end for _, end in self.voice)])

    def _word_s(self) -> float:
        """Return how long this reader's words last: those that are surely of the text."""
        spans = [self.heard[heard] for _, heard in self.anchors]
        return sum(word.end_s - word.start_s for word in spans) / len(spans)


def _anchors(
    pairs: Sequence[Pair], text: Sequence[str], heard: Sequence[Heard]
) -> list[tuple[int, int]]:
    """Return the pairs of equal words that stand beside another such pair."""
    anchors: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for pair in (*pairs, Pair(None, None)):
        said, at = pair.said, pair.heard
        if said is not None and at is not None and text[said] == heard[at].text:
            run.append((said, at))
            continue
        if len(run) >= ANCHOR:
            anchors += run
        run = []
    return anchors


def _restarts(
    pairs: Sequence[Pair], text: Sequence[str], heard: Sequence[Heard]
) -> Iterator[tuple[float, float]]:
    """Yield when words were read twice: added ones that are nearly those before or after them."""
    at = said = 0  # words of the text until here
    while at < len(pairs):
        end = at
        while end < len(pairs) and pairs[end].said is None:
            end += 1
        if end > at:
            places = [pair.heard for pair in pairs[at:end] if pair.heard is not None]
            words = [heard[place].text for place in places]
            size = len(words)
            beside = (text[max(said - size, 0) : said], text[said : said + size])
            if any(count_differences(one, words) <= size // 3 for one in beside):
                yield heard[places[0]].start_s, heard[places[-1]].end_s
        else:
            end, said = at + 1, said + 1
        at = end


def _whole(heard: Sequence[Heard]) -> tuple[tuple[float, float], ...]:
    """Take all of the time for voice, where nothing is known of it."""
    return ((0.0, heard[-1].end_s),) if heard else ()


def _voice_s(voice: Sequence[tuple[float, float]], begin_s: float, end_s: float) -> float:
    return sum(max(0.0, min(end, end_s) - max(start, begin_s)) for start, end in voice)
