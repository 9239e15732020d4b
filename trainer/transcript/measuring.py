"""What the sound of a recording tells by itself: where the voice is, and what it does there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.transcript.filled_pauses import Span, filled_pauses_in
from trainer.transcript.types import Sound
from trainer.transcript.voice_activity import find_voice
from trainer.transcript.voicing import HOP_S, read_frames

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Below this estimate neither pauses nor filled pauses should be told. Measured with
# benchmarks/hearing.py: at 20 dB (told as 19.7 to 20.9) 99 % of pauses are found whatever the noise
# is; with a babble at 15 dB (told as 16.3) 13 % of them and a third of the filled pauses.
NOISY_DB = 17.0
# Of the voice, and of what is between, this much is needed to tell how far one is above the other.
_LEAST_VOICE_S = 1.0
_LEAST_NOISE_S = 0.5
# So near to the voice it may still be the voice that sounds.
_BESIDE_S = 0.2
# Where somebody never pauses, or all is so loud that it is taken for voice, the softest moments are
# the nearest to noise that there is.
_SOFTEST_SHARE = 0.05
_CLEAREST_DB = 60.0


def measure_sound(file: Path) -> Sound:
    """Return what can be measured in a recording of ours. Raises `OSError` where it is unreadable.

    A file that is not there holds no voice. The file is read twice, once for the voice and once for
    the rest: that costs some milliseconds for each minute of it.
    """
    voiced = find_voice(file)
    try:
        frames = read_frames(file)
    except FileNotFoundError:
        frames = None
    if frames is None:
        return Sound(voiced, ())
    snr_db = None if voiced is None else snr_of(frames.level_db, voiced)
    return Sound(voiced, filled_pauses_in(frames, voiced), snr_db)


def snr_of(level_db: NDArray[np.float32], voiced: Sequence[Span]) -> float | None:
    """Return how far the voice stands above the noise, in dB, from the levels of all frames.

    At most `_CLEAREST_DB`; None where there is too little voice, or too little of anything.
    """
    import numpy as np

    voice, near = np.zeros(len(level_db), bool), np.zeros(len(level_db), bool)
    for start_s, end_s in voiced:
        voice[round(start_s / HOP_S) : round(end_s / HOP_S)] = True
        first = round((start_s - _BESIDE_S) / HOP_S)
        near[max(0, first) : round((end_s + _BESIDE_S) / HOP_S)] = True
    if voice.sum() * HOP_S < _LEAST_VOICE_S:
        return None
    between = level_db[~near]
    if len(between) * HOP_S >= _LEAST_NOISE_S:
        noise_db = float(np.median(between))
    else:
        noise_db = float(np.quantile(level_db, _SOFTEST_SHARE))
    noise = 10 ** (noise_db / 10)
    with_noise = float(np.mean(10 ** (level_db[voice].astype(np.float64) / 10)))
    snr_db = 10 * np.log10(max(with_noise - noise, 0.1 * noise) / noise)
    return round(min(float(snr_db), _CLEAREST_DB), 1)
