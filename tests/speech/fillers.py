"""Hesitant speech whose filled pauses and silences are known, all of it synthetic.

A speaker says sentences, breaks off at words, is silent, says "um" between, glued to the words or
with silence around it, and drawls some words on purpose: those are no filled pauses. The filled
pauses come from espeak-ng's phonemes, stretched, and from `humming`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.speech.humming import hum
from tests.speech.voices import RATE_HZ, SAMPLE_BYTES, say
from trainer.playback.stretching import stretch

Floats = npt.NDArray[np.float32]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Speaker:
    """An espeak-ng voice at a rate; `scale` is how far its resonances lie above a man's."""

    voice: str
    rate_wpm: int
    pitch: int = 50
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Hesitant:
    """Samples in the range of 16-bit numbers at `RATE_HZ`, and what is known of them in seconds.

    `inside` are the silences inside a sentence, `between` those between two.
    """

    samples: Floats
    fillers: tuple[Span, ...]
    inside: tuple[Span, ...]
    between: tuple[Span, ...]

    @property
    def pcm(self) -> bytes:
        """The samples as they stand in a WAV file."""
        return as_pcm(self.samples)

    @property
    def length_s(self) -> float:
        """How long it lasts."""
        return len(self.samples) / RATE_HZ


# No speaker and no sound of a filled pause stands in both parts.
TUNING_SPEAKERS = (
    Speaker("en-us", 150, 40),
    Speaker("en-us+f3", 165, 50, 1.17),
    Speaker("en-gb-x-rp", 185, 55),
    Speaker("en-us+Annie", 140, 30, 1.17),
    Speaker("en-029+m1", 170, 50),
    Speaker("en+f2", 155, 45, 1.17),
    Speaker("en-us+m8", 135, 60),
    Speaker("en-gb-x-gbclan+steph", 175, 50, 1.17),
    Speaker("en-us+m2", 180, 50),
    Speaker("en-029+f1", 145, 50, 1.17),
    Speaker("en-gb-x-rp+Andy", 160, 45),
    Speaker("en-us+belinda", 170, 45, 1.17),
    Speaker("en-us-nyc", 140, 50),
    Speaker("en-gb-x-gbcwmd+Alicia", 155, 55, 1.17),
    Speaker("en+m5", 165, 55),
    Speaker("en-us+shelby", 185, 50, 1.17),
)
HELD_OUT_SPEAKERS = (
    Speaker("en-us+m3", 140, 45),
    Speaker("en-gb-scotland", 160, 55),
    Speaker("en-us-nyc+f1", 170, 50, 1.17),
    Speaker("en-029+linda", 150, 45, 1.17),
    Speaker("en-gb-x-gbcwmd+max", 190, 40),
    Speaker("en-us+anika", 135, 50, 1.17),
)
Kind = str | tuple[str, ...]
# Phonemes for espeak-ng, or sounds for `hum`.
TUNING_KINDS: tuple[Kind, ...] = (
    *("V:", "@:", "V:m", "A:", "O:", "E:m"),
    *(("uh",), ("uh", "m"), ("m",), ("eh",), ("eh", "n")),
)
HELD_OUT_KINDS: tuple[Kind, ...] = (
    *("3:", "@:m", "a:", "3:m"),
    *(("schwa",), ("schwa", "m"), ("er",), ("ah", "m"), ("n",)),
)

FILLER_S = (0.2, 0.9)
FILLER_DB = (-6.0, 1.0)
SILENCE_S = (0.25, 1.8)
DRAWL = (1.25, 1.6)
# Of the places where a speaker can break off, inside a sentence and before one.
SHARE_BROKEN_OFF = 0.14
SHARE_FILLED = 0.55
SHARE_FILLED_FIRST = 0.25
SHARE_DRAWLED = 0.2
# How the voice goes before a break: down, or on, or up.
ENDINGS = ("", "", ",", ",", "?")
GLUE_S = 0.015
LEVEL = (1200.0, 4500.0)


def hesitate(
    sentences: Sequence[str], speaker: Speaker, kinds: Sequence[Kind], seed: int
) -> Hesitant:
    """Let a speaker say sentences with filled pauses of these kinds, as the seed has it."""
    return _Telling(speaker, kinds, np.random.default_rng(seed)).tell(sentences)


def as_pcm(samples: Floats) -> bytes:
    """Return samples as 16-bit PCM; what is too loud is clipped."""
    return np.clip(np.round(samples), -32768, 32767).astype("<i2").tobytes()


class _Telling:
    """The sound so far, and what is known of it."""

    def __init__(
        self, speaker: Speaker, kinds: Sequence[Kind], chance: np.random.Generator
    ) -> None:
        self._speaker = speaker
        self._kinds = kinds
        self._chance = chance
        self._sound = np.zeros(0, np.float32)
        self._fillers: list[Span] = []
        self._inside: list[Span] = []
        self._between: list[Span] = []
        own = self._say("[[V:]]")
        self._pitch_hz = _pitch_of(own[len(own) // 4 : len(own) // 2])
        self._level = float(np.sqrt(np.mean(self._say("home at nine") ** 2)))

    def tell(self, sentences: Sequence[str]) -> Hesitant:
        chance = self._chance
        self._sound = np.zeros(round(chance.uniform(0.3, 1.5) * RATE_HZ), np.float32)
        for number, sentence in enumerate(sentences):
            if number:
                self._fall_silent(self._between)
            if chance.random() < SHARE_FILLED_FIRST:
                self._fill()
                if chance.random() < 0.5:
                    self._fall_silent(self._inside)
            for place, words in enumerate(self._pieces(sentence)):
                if place:
                    self._break_off()
                ending = ENDINGS[self._chance.integers(len(ENDINGS))]
                self._glue(self._drawled(self._say(words + ending)))
        self._sound = np.pad(self._sound, (0, round(0.8 * RATE_HZ)))
        spoken = self._sound[np.abs(self._sound) > 1]
        wanted = chance.uniform(*LEVEL)
        samples = self._sound * np.float32(wanted / np.sqrt(np.mean(spoken**2)))
        inside, between = tuple(self._inside), tuple(self._between)
        return Hesitant(samples, tuple(self._fillers), inside, between)

    def _pieces(self, sentence: str) -> list[str]:
        pieces = [[]]
        for word in sentence.split():
            if pieces[-1] and self._chance.random() < SHARE_BROKEN_OFF:
                pieces.append([])
            pieces[-1].append(word)
        return [" ".join(piece) for piece in pieces]

    def _break_off(self) -> None:
        if self._chance.random() >= SHARE_FILLED:
            self._fall_silent(self._inside)
            return
        glued_before, glued_after = self._chance.random(2) < 0.5
        if not glued_before:
            self._fall_silent(self._inside)
        self._fill()
        if not glued_after:
            self._fall_silent(self._inside)

    def _fall_silent(self, kept: list[Span]) -> None:
        begin = len(self._sound)
        silence = round(self._chance.uniform(*SILENCE_S) * RATE_HZ)
        self._sound = np.pad(self._sound, (0, silence))
        kept.append((begin / RATE_HZ, len(self._sound) / RATE_HZ))

    def _fill(self) -> None:
        kind = self._kinds[self._chance.integers(len(self._kinds))]
        length_s = self._chance.uniform(*FILLER_S)
        pitch_hz = self._pitch_hz * 2 ** (self._chance.normal(-1, 1.5) / 12)
        if isinstance(kind, str):
            sound = self._from_phonemes(kind, length_s)
        else:
            seed = int(self._chance.integers(2**31))
            sound = hum(kind, length_s, pitch_hz, self._speaker.scale, seed)
        sound = self._shape(sound)
        loudness = self._level * 10 ** (self._chance.uniform(*FILLER_DB) / 20)
        begin = len(self._sound)
        self._glue(sound * np.float32(loudness / np.sqrt(np.mean(sound**2))))
        self._fillers.append((begin / RATE_HZ, len(self._sound) / RATE_HZ))

    def _from_phonemes(self, phonemes: str, length_s: float) -> Floats:
        """Stretch what espeak-ng says, without its rise and its fall, and let the pitch wander."""
        said = self._say(f"[[{phonemes}]]")
        said = said[len(said) // 8 : len(said) * 7 // 8]
        chance = self._chance
        at_s = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
        semitones = chance.normal(-1, 1.5) + chance.uniform(-1.5, 0.5) * at_s
        semitones += chance.normal(0, 0.25) * np.sin(
            2 * np.pi * (chance.uniform(1, 5) * at_s + chance.random())
        )
        # Read faster it is higher, and so much more of it is needed.
        places = np.cumsum(2 ** (semitones / 12))
        slower = _stretched(said, len(said) / places[-1])
        return np.interp(places, np.arange(len(slower)), slower).astype(np.float32)

    def _shape(self, sound: Floats) -> Floats:
        """Let it rise, fall and wobble in level."""
        chance = self._chance
        rise, fall = (round(chance.uniform(0.02, x) * RATE_HZ) for x in (0.05, 0.09))
        level_db = np.linspace(0, chance.uniform(-4, 1), len(sound))
        wobble = np.sin(2 * np.pi * (chance.uniform(2, 6) * np.arange(len(sound)) / RATE_HZ))
        shape = 10 ** ((level_db + chance.uniform(0, 1) * wobble) / 20)
        shape[:rise] *= np.linspace(0.1, 1, rise)
        shape[-fall:] *= np.linspace(1, 0.1, fall)
        return (sound * shape).astype(np.float32)

    def _drawled(self, sound: Floats) -> Floats:
        if self._chance.random() >= SHARE_DRAWLED:
            return sound
        return _stretched(sound, 1 / self._chance.uniform(*DRAWL))

    def _glue(self, sound: Floats) -> None:
        """Add sound; where the last did not end in silence, one goes over into the other."""
        glue = min(round(GLUE_S * RATE_HZ), len(self._sound), len(sound))
        rise = np.linspace(0, 1, glue, dtype=np.float32)
        if not self._sound[-glue:].any():
            self._sound = np.concatenate((self._sound, sound))
            return
        crossing = self._sound[-glue:] * rise[::-1] + sound[:glue] * rise
        self._sound = np.concatenate((self._sound[:-glue], crossing, sound[glue:]))

    def _say(self, text: str) -> Floats:
        speaker = self._speaker
        spoken = say(text, speaker.voice, rate_wpm=speaker.rate_wpm, pitch=speaker.pitch)
        return _trimmed(np.frombuffer(spoken, dtype="<i2").astype(np.float32))


def _trimmed(sound: Floats) -> Floats:
    """Cut off what lies 35 dB under the loudest: breath, and the echo that some voices have."""
    frame = RATE_HZ // 100
    frames = sound[: len(sound) // frame * frame].reshape(-1, frame)
    level = np.sqrt(np.mean(frames**2, axis=1))
    loud = np.flatnonzero(level > level.max() * 10 ** (-35 / 20))
    return sound[loud[0] * frame : (loud[-1] + 1) * frame]


def _stretched(sound: Floats, speed: float) -> Floats:
    pcm = as_pcm(sound)

    def read(at: int, count: int) -> bytes:
        return pcm[at * SAMPLE_BYTES : max(0, at + count) * SAMPLE_BYTES]

    slower = b"".join(stretch(read, len(sound), speed, RATE_HZ))
    return np.frombuffer(slower, dtype="<i2").astype(np.float32)


def _pitch_of(sound: Floats) -> float:
    """Return the pitch of a steady sound in Hz."""
    spectrum = np.abs(np.fft.rfft(sound - sound.mean(), 2 * len(sound))) ** 2
    likeness = np.fft.irfft(spectrum)
    lags = np.arange(RATE_HZ // 350, min(RATE_HZ // 65, len(sound)))
    return RATE_HZ / int(lags[np.argmax(likeness[lags])])
