"""Whether the words and the sound of an answer are clear enough for figures, and for a score."""

from __future__ import annotations

from trainer.analysis.types import Unmeasurable
from trainer.transcript.correction import unsure
from trainer.transcript.types import Transcript

MOST_UNSURE = 0.3
"""From this share of unsure words on, too much is guessed. The chain behind it:

With 0 to 30 % wrong words put into the 202 answers of `corpus/unseen.jsonl`, the marks agree with
raters' nearly as well as typed (kappa .81 typed; .78, .79 and .78 at 10, 20 and 30 %); at 40 %
(.73) the typed figure leaves the interval, and at 50 % it is .70. These errors are scattered; those
of a recogniser come in groups and do more harm. So beyond one wrong word in three a score is not
given.

The test model of Vosk heard 260 spoken answers in nine voices with white noise from none to
4 dB above the voice. The share of unsure words follows that of wrong ones (correlation .95):
20 to 25 % unsure had 27 % wrong in the mean, 30 to 35 % had 41 %, 50 to 60 % had 72 %. From 30 % on
97 of the 103 answers with more than 40 % wrong were caught, and 3 of the other 157; with the mean
below .75 none of those 157 was. What stays unseen is a recogniser that is sure and wrong: one
voice that the model never heard had 70 % wrong words and 15 % unsure ones.
"""

LEAST_MEAN = 0.75
"""Below this mean confidence too much is guessed, however it is spread: see `MOST_UNSURE`."""


def is_spoken(transcript: Transcript) -> bool:
    """Whether an answer was said and not typed: there is sound, or words have times."""
    return transcript.sound is not None or any(w.start_s is not None for w in transcript.words)


def unmeasurable(transcript: Transcript) -> tuple[Unmeasurable, ...]:
    """Return what of an answer is too unclear: "words", "sound", both or nothing.

    Words that the speaker corrected or accepted are measurable, and so are typed ones. Those of the
    built-in recogniser never are: about two in five are wrong. But their number is right to 2 %
    (measured on clean read speech), so that a rough pace can be told from them.
    """
    from trainer.transcript.measuring import NOISY_DB  # 10 ms that a report can do without

    found: list[Unmeasurable] = []
    if _guessed(transcript):
        found.append("words")
    snr_db = transcript.sound.snr_db if transcript.sound else None
    if snr_db is not None and snr_db < NOISY_DB:
        found.append("sound")
    return tuple(found)


def _guessed(transcript: Transcript) -> bool:
    if transcript.source in ("typed", "corrected", "unheard") or not transcript.words:
        return False
    if transcript.source == "builtin":
        return True
    sureness = [w.confidence for w in transcript.words if w.confidence is not None]
    if not sureness:
        return False
    share = len(unsure(transcript)) / len(transcript.words)
    return share >= MOST_UNSURE or sum(sureness) / len(sureness) < LEAST_MEAN
