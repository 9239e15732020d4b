"""Where in a recording the voice is active, measured from the sound and not from the words.

The detector takes other people's voices and a hall's echo for voice too. So a frame must also be
loud enough: louder than what is always there, as long as that is far softer than the voice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.audio.format import RATE_HZ, SAMPLE_BYTES
from trainer.audio.reading import pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FRAME_S = 0.02
FRAME_BYTES = round(RATE_HZ * FRAME_S) * SAMPLE_BYTES
# Of the detector's four modes the one that missed no speech in clean human clips.
MODE = 2
# So many frames in a row make a voice, and so many a pause.
ON_FRAMES = 3
OFF_FRAMES = 10
# The detector holds on to a voice: true gaps of 0.5 and 1.0 s came out as 0.37 and 0.88 s.
HOLD_S = 0.12
# A frame is too soft for the voice where it stands less than so far above the softest tenth of the
# recording, and at least so far below the voice's loud frames (its upper fifth). Measured on the
# tuning part of tests/speech/hesitant_texts.py under a babble 20 dB below the voice: of the pauses
# of 0.4 s and more 99 % are found with this and 20 % without, elsewhere as many as before.
ABOVE_NOISE_DB = 6.0
BELOW_VOICE_DB = 14.0
_SOFT_SHARE, _LOUD_SHARE = 0.1, 0.8
# So many frames beside a loud one count as loud too: a "t" has a silence inside.
_BESIDE = 2
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
    import numpy as np

    hears = Vad(MODE).is_speech
    voiced: list[bool] = []
    levels: list[NDArray[np.float32]] = []
    try:
        for piece in pieces(file, _PIECE_BYTES):
            whole = piece[: len(piece) - len(piece) % FRAME_BYTES]
            voiced += (hears(frame, RATE_HZ) for frame in _frames(whole))
            levels.append(_levels_db(whole))
    except FileNotFoundError:
        return ()
    if not any(voiced):
        return ()
    loud = _loud(np.array(voiced), np.concatenate(levels))
    return join_frames(bool(voice) for voice in np.array(voiced) & loud)


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


def _frames(piece: bytes) -> Iterator[bytes]:
    for at in range(0, len(piece), FRAME_BYTES):
        yield piece[at : at + FRAME_BYTES]


def _levels_db(piece: bytes) -> NDArray[np.float32]:
    """Return the level of each frame; full scale is 0."""
    import numpy as np

    frames = np.frombuffer(piece, dtype="<i2").reshape(-1, FRAME_BYTES // SAMPLE_BYTES)
    power = np.var(frames.astype(np.float32) / 32768, axis=1)
    levels_db: NDArray[np.float32] = (10 * np.log10(power + 1e-10)).astype(np.float32)
    return levels_db


def _loud(voiced: NDArray[np.bool_], levels_db: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Tell which frames are loud enough, or so near behind one as the detector holds on."""
    import numpy as np

    padded = np.pad(levels_db, _BESIDE, mode="edge")
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * _BESIDE + 1).max(axis=1)
    limit = min(
        float(np.quantile(around, _SOFT_SHARE)) + ABOVE_NOISE_DB,
        float(np.quantile(levels_db[voiced], _LOUD_SHARE)) - BELOW_VOICE_DB,
    )
    loud = around > limit
    held: NDArray[np.bool_] = loud.copy()
    for later in range(1, round(HOLD_S / FRAME_S) - _BESIDE + 1):
        held[later:] |= loud[:-later]
    return held
