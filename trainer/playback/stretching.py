"""Sound at another speed with its pitch kept: WSOLA, as Verhelst and Roelands described it.

The sound is cut into frames that overlap by half. Written closer together or further apart they
would beat against each other; so each is taken from that place near its own, at most `SEARCH_S`
away, where it continues the one before it best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Two periods of a deep voice (70 Hz) fit into a frame, one into the search.
FRAME_S = 0.04
SEARCH_S = 0.0075


def stretch(
    read: Callable[[int, int], bytes], total: int, speed: float, rate_hz: int
) -> Iterator[bytes]:
    """Return `total` mono samples of 16 bits, in pieces, as `total / speed` samples.

    `read(at, count)` gives up to `count` samples from sample `at` on.
    """
    import numpy as np

    hop = round(rate_hz * FRAME_S / 2)
    search = round(rate_hz * SEARCH_S)
    rise = (0.5 - 0.5 * np.cos(np.pi * (np.arange(hop) + 0.5) / hop)).astype(np.float32)

    def samples(at: int, count: int) -> NDArray[np.float32]:
        """Return samples from anywhere, with silence before the start and after the end."""
        there = np.frombuffer(read(max(0, at), count + min(0, at)), np.int16)
        before = min(count, max(0, -at))
        return np.pad(there.astype(np.float32), (before, count - before - len(there)))

    wanted = round(total / speed)
    follows = samples(0, 2 * hop)
    for written in range(0, wanted, hop):
        near = round(written * speed) - search
        around = samples(near, 2 * hop + 2 * search)
        at = near + _best_match(around, follows)
        frame = samples(at, hop)
        piece = follows[:hop] * rise[::-1] + frame * rise
        follows = samples(at + hop, 2 * hop)
        yield np.clip(np.rint(piece[: wanted - written]), -32768, 32767).astype(np.int16).tobytes()


def _best_match(around: NDArray[np.float32], pattern: NDArray[np.float32]) -> int:
    """Return where in `around` the sound is most like the pattern (normalised correlation)."""
    import numpy as np

    likeness = np.correlate(around, pattern)
    energy = np.cumsum(np.concatenate(([0.0], around.astype(np.float64) ** 2)))
    energy = energy[len(pattern) :] - energy[: -len(pattern)]
    return int(np.argmax(likeness / np.sqrt(energy + 1.0)))
