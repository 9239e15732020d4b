"""How loud a piece of sound is, in plain Python: loading numpy would cost more than it saves."""

from __future__ import annotations

import math
from array import array
from operator import mul

from trainer.capture.types import SILENCE_DBFS

FULL_SCALE = 32768


class Meter:
    """Measures the blocks since it was last read; where there are none, the last ones still."""

    def __init__(self) -> None:
        self._squares = self._samples = self._peak = 0
        self._clipped = False
        self._found = (SILENCE_DBFS, SILENCE_DBFS, False)

    def hear(self, pcm: bytes) -> None:
        """Take in a block of 16-bit samples."""
        samples = array("h", pcm)
        if not samples:
            return
        highest, lowest = max(samples), min(samples)
        self._squares += sum(map(mul, samples, samples))
        self._samples += len(samples)
        self._peak = max(self._peak, highest, -lowest)
        self._clipped |= highest == FULL_SCALE - 1 or lowest == -FULL_SCALE

    def read(self) -> tuple[float, float, bool]:
        """Return root mean square and peak in dBFS, and whether a sample was at the limit."""
        if self._samples:
            rms = math.sqrt(self._squares / self._samples)
            self._found = (_dbfs(rms), _dbfs(self._peak), self._clipped)
            self._squares = self._samples = self._peak = 0
            self._clipped = False
        return self._found


def _dbfs(amplitude: float) -> float:
    if amplitude <= 0:
        return SILENCE_DBFS
    return max(20 * math.log10(amplitude / FULL_SCALE), SILENCE_DBFS)
