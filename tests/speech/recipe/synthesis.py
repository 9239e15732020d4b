"""Speech with its phones and their times, from libespeak-ng through ctypes.

The library reports an event for every word and phoneme that it speaks, with the exact sample, so
no forced alignment is needed. Its interface is described in espeak-ng's `speak_lib.h`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

SILENCE = "SIL"

# Constants of speak_lib.h.
OUTPUT_SYNCHRONOUS = 2
INITIALIZE_PHONEME_EVENTS = 0x0001
INITIALIZE_DONT_EXIT = 0x8000
CHARS_UTF8 = 1
END_PAUSE = 0x1000
EVENT_LIST_TERMINATED, EVENT_WORD, EVENT_PHONEME = 0, 1, 7
PARAMETER_RATE, PARAMETER_PITCH, PARAMETER_RANGE, PARAMETER_WORD_GAP = 1, 3, 4, 7

# A name that the command line understands and the library does not.
LIBRARY_NAMES = {"en-gb": "en"}

STRESS_MARKS = str.maketrans("", "", "',%=|")
PALATAL_GLIDE = ";"  # colours the phone before it, and counts as a part of it
# Rare allophones, and the phone whose model they share.
SHARED_PHONES = {
    "r-": "r",
    "t2": "t",
    "t#": "t",
    "w#": "w",
    "@-": "@",
    "@2": "@",
    "I2": "I",
    "I#": "I",
    "aI2": "aI",
    "aI3": "aI",
    "aI@": "aI",
    "O2": "0",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """How something is said. `pitch` and `pitch_range` go from 0 to 99; `word_gap` is in 10 ms."""

    name: str
    rate_wpm: int
    pitch: int
    pitch_range: int
    word_gap: int


@dataclass(frozen=True, slots=True)
class Phone:
    """A stretch of one speech sound."""

    symbol: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Reading:
    """How words were pronounced; several words if they were read as one unit ("of the")."""

    words: tuple[str, ...]
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpokenText:
    """Samples in the range of 16-bit numbers at `rate_hz`, and what sounds in them when."""

    samples: npt.NDArray[np.float32]
    rate_hz: int
    phones: tuple[Phone, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class _Event:
    kind: int
    sample: int
    text_position: int
    mnemonic: str


class _EventId(ctypes.Union):
    _fields_ = (
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    )


class _EventStructure(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


_SynthesisCallback = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.POINTER(ctypes.c_short),
    ctypes.c_int,
    ctypes.POINTER(_EventStructure),
)


class Synthesiser:
    """The library, loaded once in a process. It keeps state from one text to the next."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._library.espeak_Synth.argtypes = [
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.POINTER(ctypes.c_uint),
            ctypes.c_void_p,
        ]
        options = INITIALIZE_PHONEME_EVENTS | INITIALIZE_DONT_EXIT
        self.rate_hz: int = self._library.espeak_Initialize(OUTPUT_SYNCHRONOUS, 0, None, options)
        if self.rate_hz <= 0:
            raise RuntimeError("espeak-ng did not start")
        self._sound: list[npt.NDArray[np.int16]] = []
        self._events: list[_Event] = []
        # Kept, or the library would call a function that is gone.
        self._callback = _SynthesisCallback(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, voice: Voice) -> SpokenText:
        """Speak a text of plain words with single spaces between them."""
        self._sound.clear()
        self._events.clear()
        self._choose(voice)
        data = text.encode() + b"\0"
        flags = CHARS_UTF8 | END_PAUSE
        if self._library.espeak_Synth(data, len(data), 0, 0, 0, flags, None, None):
            raise RuntimeError(f"espeak-ng did not speak: {text}")
        samples = np.concatenate(self._sound).astype(np.float32)
        return _interpret(text, samples, self.rate_hz, self._events)

    def _choose(self, voice: Voice) -> None:
        language, plus, variant = voice.name.partition("+")
        name = LIBRARY_NAMES.get(language, language) + plus + variant
        if self._library.espeak_SetVoiceByName(name.encode()):
            raise ValueError(f"espeak-ng has no voice {name}")
        for parameter, value in (
            (PARAMETER_RATE, voice.rate_wpm),
            (PARAMETER_PITCH, voice.pitch),
            (PARAMETER_RANGE, voice.pitch_range),
            (PARAMETER_WORD_GAP, voice.word_gap),
        ):
            self._library.espeak_SetParameter(parameter, value, 0)

    def _take(self, sound: Any, length: int, events: Any) -> int:
        if sound and length > 0:
            self._sound.append(np.ctypeslib.as_array(sound, shape=(length,)).copy())
        index = 0
        while events[index].type != EVENT_LIST_TERMINATED:
            event = events[index]
            mnemonic = bytes(event.id.string).decode() if event.type == EVENT_PHONEME else ""
            self._events.append(_Event(event.type, event.sample, event.text_position, mnemonic))
            index += 1
        return 0  # go on speaking


def _interpret(
    text: str, samples: npt.NDArray[np.float32], rate_hz: int, events: Sequence[_Event]
) -> SpokenText:
    words = text.split()
    word_at = _word_at_position(words)
    spoken_words: list[int] = []
    phones_of: dict[int, list[str]] = {}
    phones: list[Phone] = []
    for event, end in _with_ends(events, len(samples)):
        if event.kind == EVENT_WORD and event.text_position in word_at:
            spoken_words.append(word_at[event.text_position])
        if event.kind != EVENT_PHONEME or end <= event.sample:
            continue
        symbol = _phone_symbol(event.mnemonic)
        if symbol == PALATAL_GLIDE:
            if phones:
                before = phones[-1]
                phones[-1] = Phone(before.symbol, before.start_s, end / rate_hz)
            continue
        start = event.sample if phones else 0
        phones.append(Phone(symbol, start / rate_hz, end / rate_hz))
        if symbol != SILENCE and spoken_words:
            phones_of.setdefault(spoken_words[-1], []).append(symbol)
    return SpokenText(samples, rate_hz, tuple(phones), _readings(words, spoken_words, phones_of))


def _with_ends(events: Sequence[_Event], length: int) -> list[tuple[_Event, int]]:
    """Pair each event with the sample of the next phoneme, where its own sound ends."""
    paired = []
    end = length
    for event in reversed(events):
        paired.append((event, end))
        if event.kind == EVENT_PHONEME:
            end = event.sample
    return paired[::-1]


def _word_at_position(words: Sequence[str]) -> dict[int, int]:
    """Map the library's positions in the text, which count from 1, to indices of words."""
    positions = {}
    begin = 1
    for index, word in enumerate(words):
        for position in range(begin, begin + len(word)):
            positions[position] = index
        begin += len(word) + 1
    return positions


def _phone_symbol(mnemonic: str) -> str:
    plain = "" if mnemonic.startswith("_") else mnemonic.translate(STRESS_MARKS)
    return SHARED_PHONES.get(plain, plain) or SILENCE


def _readings(
    words: Sequence[str], spoken_words: Sequence[int], phones_of: dict[int, list[str]]
) -> tuple[Reading, ...]:
    """Give each word its phones. A jump in the indices of words means that some were joined."""
    readings = []
    for index, following in zip(spoken_words, [*spoken_words[1:], len(words)], strict=True):
        if spoken_words.count(index) == 1 and following > index and index in phones_of:
            phones = tuple(phones_of[index])
            readings.append(Reading(tuple(words[index:following]), phones))
    return tuple(readings)
