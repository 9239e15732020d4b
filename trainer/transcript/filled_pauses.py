"""Filled pauses ("um", "uh", "er", "mm") found in the sound itself, whatever a recogniser heard.

A filled pause is a voice that waits: mouth and pitch stay as they are, for longer than in a word.
Goto, Itou and Hayamizu (Eurospeech 1999) found them by a small transition of the pitch and a small
deformation of the spectral envelope; Audhkhasi and others (ICASSP 2009) by formants that stand
still. Here both are taken together with the length, and compared with what is usual for the
speaker in the same recording. No vowel is looked for by name: what fills a pause differs between
languages, and between accents of English.

What it cannot tell apart: a word drawn out as long and as flat as an "um", a hummed or sung note,
one instrument that plays. A filled pause under 0.3 s between two words is often missed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from trainer.transcript.steady import Stretch, find_stretches
from trainer.transcript.types import FilledPause
from trainer.transcript.voicing import Frames, read_frames

Span = tuple[float, float]

# Counts are ranges: those of at least `SURE` are its low end, those of at least `POSSIBLE` its
# high end. A single one counts as found from `LIKELY` on. What is less than possible is not told.
# In the tuning part of tests/speech/fillers.py, each answer weighed by a fit to other voices and
# texts, the range holds the true count (10 in the mean) in 76 % of answers in quiet and under white
# and pink noise at 20 dB, and is 3 to 4 wide. With .1 it would hold 80 to 84 %, and a speaker
# without any would read of up to six a minute. In a babble at 20 dB it holds it in 54 %: some never
# become a stretch there, and no limit brings them back.
SURE = 0.9
LIKELY = 0.5
POSSIBLE = 0.2

# A logistic regression on the features of trainer/transcript/steady.py, fitted by
# `python -m training.filled_pauses` to synthetic speech: the tuning part of tests/speech/fillers.py
# in quiet, under white, pink and babble noise at 20 dB, and under white noise at 10 dB.
# Not used, though each found some more in the tuning part: how long the stretch is beside the
# speaker's others (that tells how often somebody says "um", not that this is one), how far the
# mouth is from its usual place, and how much the pitch wanders (these fit voices of a program), how
# evenly the level runs (so the test speech is made), whether the pitch rises or falls (the two
# programs that made it differ). The level of the noise, with `lively` weighing more, gained 2
# points of F1 across voices and texts and nothing in the held-out part; and where little is said
# but "um", it found none at all. Boosted trees gained nothing.
BIAS = -0.740
WEIGHTS: Mapping[str, float] = {
    "length": 1.797,
    "change": -1.221,
    "lively": 2.142,
    "core": 8.015,
    "slope": -0.329,
    "higher": -0.247,
    "louder": -0.248,
    "silence": 0.929,
}
# Two that follow at once are one: the vowel and the nasal of a long "um".
_LONGEST_GAP_S = 0.15


def find_filled_pauses(file: Path, voiced: Sequence[Span] | None) -> tuple[FilledPause, ...]:
    """Return the filled pauses in a recording of ours that are at least `POSSIBLE`, in order.

    `voiced` is where the voice is active, if that is known: what lies mostly outside of it is none.
    None are found where there is no file. Raises `OSError` when the file cannot be read.
    """
    try:
        frames = read_frames(file)
    except FileNotFoundError:
        return ()
    return filled_pauses_in(frames, voiced) if frames else ()


def filled_pauses_in(frames: Frames, voiced: Sequence[Span] | None) -> tuple[FilledPause, ...]:
    """Return the filled pauses in frames that were measured already."""
    found = (
        FilledPause(stretch.start_s, stretch.end_s, _chance(stretch))
        for stretch in find_stretches(frames)
        if voiced is None or _inside(stretch, voiced)
    )
    return _joined([pause for pause in found if pause.chance >= POSSIBLE])


def _chance(stretch: Stretch) -> float:
    told = sum(WEIGHTS[name] * value for name, value in stretch.features.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, BIAS + told)))), 3)


def _inside(stretch: Stretch, voiced: Sequence[Span]) -> bool:
    shared = (
        max(0.0, min(stretch.end_s, end_s) - max(stretch.start_s, start_s))
        for start_s, end_s in voiced
    )
    return sum(shared) >= 0.5 * (stretch.end_s - stretch.start_s)


def _joined(pauses: Sequence[FilledPause]) -> tuple[FilledPause, ...]:
    """Make one of those that follow at once, if all are as likely; else the likelier one counts."""
    joined: list[FilledPause] = []
    for pause in pauses:
        if joined and pause.start_s - joined[-1].end_s <= _LONGEST_GAP_S:
            before = joined.pop()
            if (before.chance >= LIKELY) is (pause.chance >= LIKELY):
                chance = max(before.chance, pause.chance)
                pause = FilledPause(before.start_s, pause.end_s, chance)
            else:
                pause = max(before, pause, key=lambda each: each.chance)
        joined.append(pause)
    return tuple(joined)
