"""What to think of a microphone's level, from some seconds of speech and the room around it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST_BLOCKS = 40
"""Two seconds at 20 blocks a second: less holds no sentence."""
SILENT_DBFS = -70.0
"""Peaks of a muted microphone stay below it. Chosen, not measured: such a one sends zeros, or the
last bits of its converter (-90 dBFS), and the noise of an open one is far above those."""
QUIET_DBFS = -42.0
"""A voice below it is far away, or the input is turned down: usual are -30 to -12 dBFS. Chosen:
12 dB below the quietest usual voice."""
LEAST_CONTRAST_DB = 18.0
"""How far a voice must stand out. Measured with pink noise under six clips of human speech, in
the measures of `judge`: from 18 dB on, voice detection took at most 4 % of the pauses for voice;
at 17 dB up to 14 %, at 15 dB up to 84 %, and then pauses and pace mean nothing."""

# What counts as the voice, and as the room around it. The loudest second of a sentence is 4 to 6 dB
# above the average of all that voice detection takes for voice.
_VOICE_BLOCKS = 20
_ROOM_SHARE = 0.1


class Verdict(StrEnum):
    """What a level can be, the worst first."""

    SILENT = "silent"
    CLIPPING = "clipping"
    QUIET = "too quiet"
    NOISY = "noisy room"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict in words: what is heard, and what to do about it.

    `voice_dbfs` and `room_dbfs` (root mean square) are what it was made from.
    """

    verdict: Verdict
    message: str
    remedy: str
    voice_dbfs: float
    room_dbfs: float


_WORDS = {
    Verdict.SILENT: (
        "No sound comes from the microphone.",
        "Look whether it is muted, and whether it is the right one.",
    ),
    Verdict.CLIPPING: (
        "The sound is too loud and is cut off.",
        "Move back from the microphone, or turn it down.",
    ),
    Verdict.QUIET: (
        "Your voice is too quiet, or you have not spoken yet.",
        "Say a sentence. If it stays too quiet, move closer or turn the microphone up.",
    ),
    Verdict.NOISY: (
        "The room is noisy: your voice does not stand out.",
        "Close doors and windows, move closer to the microphone, or use a headset.",
    ),
    Verdict.GOOD: ("Your voice is heard well.", "Keep this distance to the microphone."),
}


def judge(blocks: Sequence[tuple[float, float, bool]]) -> Judgement | None:
    """Judge the last seconds; None where there are too few of them.

    Each block is 50 ms: root mean square and peak in dBFS, and whether it was clipped, as in
    `RecorderState`. Ten seconds are a good measure: a sentence, and the room before and after it.
    """
    if len(blocks) < LEAST_BLOCKS:
        return None
    levels = sorted(level for level, _, _ in blocks)
    voice_dbfs = _mean(levels[-_VOICE_BLOCKS:])
    room_dbfs = levels[int(len(levels) * _ROOM_SHARE)]
    if max(peak for _, peak, _ in blocks) < SILENT_DBFS:
        verdict = Verdict.SILENT
    elif any(clipped for _, _, clipped in blocks):
        verdict = Verdict.CLIPPING
    elif voice_dbfs < QUIET_DBFS:
        verdict = Verdict.QUIET
    elif voice_dbfs - room_dbfs < LEAST_CONTRAST_DB:
        verdict = Verdict.NOISY
    else:
        verdict = Verdict.GOOD
    return Judgement(verdict, *_WORDS[verdict], voice_dbfs, room_dbfs)


def _mean(levels_dbfs: Sequence[float]) -> float:
    """Return the level of the mean power."""
    power = sum(10 ** (level / 10) for level in levels_dbfs) / len(levels_dbfs)
    return 10 * math.log10(power)
