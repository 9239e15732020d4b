"""Where in a recording the voice is active, measured from the sound and not from the words."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from trainer.audio.format import RATE_HZ, SAMPLE_BYTES
from trainer.audio.reading import pieces

FRAME_S = 0.02
FRAME_BYTES = round(RATE_HZ * FRAME_S) * SAMPLE_BYTES
# Of the detector's four modes the one that missed no speech in clean human clips.
MODE = 2
# So many frames in a row make a voice, and so many a pause.
ON_FRAMES = 3
OFF_FRAMES = 10
# The detector holds on to a voice: true gaps of 0.5 and 1.0 s came out as 0.37 and 0.88 s.
HOLD_S = 0.12
_PIECE_BYTES = 100 * FRAME_BYTES

_log = logging.getLogger(__name__)


def find_voice(file: Path) -> tuple[tuple[float, float], ...] | None:
    """Return where the voice is active in a recording of ours, as seconds (start, end).

    In order, without overlaps, and empty where there is no file. None where the detector is not
    installed: then nothing is known. Raises `OSError` when the file cannot be read.
    """
    try:
        from webrtcvad import Vad  # type: ignore[import-untyped]  # 5 ms
    except ImportError as error:
        _log.warning("no voice detection: %s", error)
        return None
    hears = Vad(MODE).is_speech
    try:
        return join_frames(hears(frame, RATE_HZ) for frame in _frames(file))
    except FileNotFoundError:
        return ()


def join_frames(voiced: Iterable[bool]) -> tuple[tuple[float, float], ...]:
    """Join frames of `FRAME_S` with and without voice into stretches (start, end) of voice.

    What is over before the detector lets go is a click and no voice.
    """
    hold = round(HOLD_S / FRAME_S)
    stretches: list[tuple[int, int]] = []
    start: int | None = None
    run = at = 0  # frames in a row that speak against the present state, and all frames
    for at, voice in enumerate(voiced, 1):
        run = run + 1 if voice is (start is None) else 0
        if start is None and run == ON_FRAMES:
            start, run = at - run, 0
        elif start is not None and run == OFF_FRAMES:
            stretches.append((start, at - run - hold))
            start, run = None, 0
    if start is not None:
        stretches.append((start, at - run - hold if run else at))
    return tuple(
        (round(start * FRAME_S, 3), round(end * FRAME_S, 3))
        for start, end in stretches
        if start < end
    )


def _frames(file: Path) -> Iterator[bytes]:
    for piece in pieces(file, _PIECE_BYTES):
        whole = len(piece) - len(piece) % FRAME_BYTES
        for at in range(0, whole, FRAME_BYTES):
            yield piece[at : at + FRAME_BYTES]
