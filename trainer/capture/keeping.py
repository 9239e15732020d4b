"""What is kept of the sound that comes: from key to key, to the sample, and within limits."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from math import inf

from trainer.audio.format import RATE_HZ, SAMPLE_BYTES
from trainer.capture.microphone import Block
from trainer.capture.resampling import Resampler
from trainer.capture.take import Take
from trainer.capture.types import BLOCK_S

LOOK_AT_DISK_EVERY_S = 5.0
BEHIND_S = 1.0
"""Sound that comes so late is written down: where sound is missing, that is why."""


class LimitError(Exception):
    """No more can be kept; the text is "limit" or "reserve"."""


@dataclass(slots=True)
class _Span:
    """A time in which sound is kept, in `time.monotonic`. `begun`: its first sample has come."""

    since: float
    until: float = inf
    begun: bool = False
    kept: bool = False


class Keeper:
    """Keeps sound of a microphone at `rate_hz`, called `device`, in a take.

    Sound comes late, so `begin` and `end` only note when a key was pressed; `hear` then finds the
    sound of that moment. It raises `LimitError` at `longest_s` of sound, or with less than
    `reserve_bytes` left on the disk, and `OSError` where the disk takes no more.
    """

    def __init__(self, take: Take, longest_s: float, reserve_bytes: int) -> None:
        self.device = ""
        self.rate_hz = RATE_HZ
        self.resampler = Resampler(RATE_HZ)
        self._take = take
        self._longest_bytes = round(longest_s * RATE_HZ) * SAMPLE_BYTES
        self._reserve_bytes = reserve_bytes
        self._spans: deque[_Span] = deque()
        self._last_until: float | None = None
        self._looked_at_disk = -inf
        self._behind = False

    @property
    def wanted(self) -> bool:
        """Whether sound of this moment is to be kept."""
        return bool(self._spans) and self._spans[-1].until == inf

    @property
    def waiting(self) -> bool:
        """Whether sound that is to be kept has not come yet."""
        return bool(self._spans)

    @property
    def keeping(self) -> bool:
        """Whether sound is on disk since the last `begin`, and its end has not come yet."""
        return bool(self._spans) and self._spans[0].kept

    @property
    def paused(self) -> bool:
        """Whether something was kept, and nothing is now."""
        return self._last_until is not None and not self.keeping

    def begin(self, at: float) -> None:
        """Keep what sounds from then on."""
        if not self.wanted:
            self._spans.append(_Span(at))

    def end(self, at: float) -> None:
        """Keep what sounds until then, and nothing after."""
        if self.wanted:
            self._spans[-1].until = at

    def hear(self, block: Block, late_s: float) -> None:
        """Keep what of a block lies in a span, and end the spans that it ends."""
        self._note(block, late_s)
        samples = len(block.pcm) // SAMPLE_BYTES
        # PortAudio may call a block less late than it is long.
        start = block.came - max(block.late_s, BLOCK_S)
        while self._spans:
            span = self._spans[0]
            first = 0 if span.begun else self._sample(span.since - start, samples)
            last = self._sample(span.until - start, samples)
            span.begun = span.begun or first < samples
            ends = last < samples
            if first < last or ends:
                piece = block.pcm[first * SAMPLE_BYTES : max(first, last) * SAMPLE_BYTES]
                self._keep(self.resampler.convert(piece, last=ends), span)
            if not ends:
                return
            if span.kept:
                self._last_until = span.until
            self._spans.popleft()
            if not self._spans:
                self._take.settle()

    def _sample(self, at_s: float, samples: int) -> int:
        """Return which sample of a block is the first at or after some seconds into it."""
        return round(min(max(at_s * self.rate_hz, 0), samples))

    def _keep(self, pcm: bytes, span: _Span) -> None:
        self._look_at_disk()
        room = self._longest_bytes - round(self._take.length_s * RATE_HZ) * SAMPLE_BYTES
        piece = pcm[: max(room, 0)]
        if piece:
            paused_s = None
            if not span.kept and self._last_until is not None:
                paused_s = span.since - self._last_until
            self._take.keep(piece, self.device, paused_s)
            span.kept = True
        if len(pcm) > room:
            raise LimitError("limit")

    def _look_at_disk(self) -> None:
        now = time.monotonic()
        if now - self._looked_at_disk >= LOOK_AT_DISK_EVERY_S:
            self._looked_at_disk = now
            if self._take.free_bytes < self._reserve_bytes:
                raise LimitError("reserve")

    def _note(self, block: Block, late_s: float) -> None:
        """Write down what may explain a gap, or words that came late."""
        if self.keeping:
            if block.overflowed:
                self._take.note("overflow")
            if late_s > BEHIND_S and not self._behind:
                self._take.note("behind")
            self._behind = late_s > BEHIND_S
