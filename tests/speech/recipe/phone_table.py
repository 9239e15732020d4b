"""Kaldi's numbers for phones, for their place in a word, and for their transitions.

Silence is phone 1. Every other sound has four phones, for its place in a word; all four share
one output of the acoustic model (a "pdf"), which is the sound's index. Every phone is a single
state with two transitions: staying in it, and leaving it.
"""

from __future__ import annotations

from collections.abc import Sequence

PLACES = ("begin", "end", "internal", "singleton")
SILENCE_PHONE = 1
SILENCE_PDF = 0


class PhoneTable:
    """Numbers for `sounds`, of which the first is silence."""

    def __init__(self, sounds: Sequence[str]) -> None:
        self.sounds = tuple(sounds)
        self._index = {sound: index for index, sound in enumerate(sounds)}

    @property
    def number_of_phones(self) -> int:
        """How many phones there are; their numbers begin with 1."""
        return SILENCE_PHONE + len(PLACES) * (len(self.sounds) - 1)

    def pdf(self, phone: int) -> int:
        """Return the output of the acoustic model that scores a phone."""
        if phone == SILENCE_PHONE:
            return SILENCE_PDF
        return 1 + (phone - SILENCE_PHONE - 1) // len(PLACES)

    def place(self, phone: int) -> str:
        """Return where in a word a phone stands, in the words of `word_boundary.int`."""
        if phone == SILENCE_PHONE:
            return "nonword"
        return PLACES[(phone - SILENCE_PHONE - 1) % len(PLACES)]

    def in_word(self, sounds: Sequence[str]) -> list[int]:
        """Return the phones of a word with these sounds."""
        if len(sounds) == 1:
            return [self._phone(sounds[0], "singleton")]
        places = ["begin", *["internal"] * (len(sounds) - 2), "end"]
        return [self._phone(sound, place) for sound, place in zip(sounds, places, strict=True)]

    def hold(self, phone: int) -> int:
        """Return the transition id of staying in a phone."""
        return 2 * (phone - 1) + 1

    def enter(self, phone: int) -> int:
        """Return the transition id that leaves a phone; the reordered form begins with it."""
        return 2 * (phone - 1) + 2

    def hold_silence(self) -> int:
        """Return the transition id of staying in silence."""
        return self.hold(SILENCE_PHONE)

    def enter_silence(self) -> int:
        """Return the transition id with which silence begins."""
        return self.enter(SILENCE_PHONE)

    def _phone(self, sound: str, place: str) -> int:
        before = len(PLACES) * (self._index[sound] - 1)
        return SILENCE_PHONE + 1 + before + PLACES.index(place)
