"""A reading as the rules of spoken fillers see it: what stands before and after, where it breaks.

A recogniser writes no commas, so only what the words themselves tell can decide; where there is
punctuation, or a pause between words with times, it helps.
"""

from __future__ import annotations

from trainer.analysis.clauses import PAUSE_S, pause_after
from trainer.analysis.grammar import MODALS, STATES, word_set
from trainer.analysis.numbers import NUMERALS
from trainer.analysis.tokens import Reading
from trainer.analysis.wordforms import is_adverb, is_past
from trainer.transcript.types import Transcript

SUBJECTS = word_set("i we he she they you it there")
BE = word_set("am is are was were be been being")
AUXILIARIES = BE | MODALS | word_set("have has had do does did")
DETERMINERS = word_set("a an the my our your their its his these those every each some any no")
JOINTS = word_set("and but so because or then cause")
PREPOSITIONS = word_set(
    """of in on at for with from about into over after before between during without under through
    around by"""
)
_RELATIVES = word_set("who that which what where when how if")
STRESSES = word_set("really so very super pretty totally extremely completely incredibly quite")
ADVERBS = STRESSES | word_set(
    """just only actually basically maybe perhaps probably almost always never literally not still
    even sometimes suddenly honestly everything nobody whatever"""
)
FILLED = word_set("um umm uh uhh uhm erm er eh hmm hm mm mmm ah")
"""How a filled pause is written. "ER" is a room and "5 mm" a length: see `spoken_fillers`."""


def is_verb_of_past(token: str) -> bool:
    """Tell whether `token` looks like a verb of the past, of deeds or of states."""
    return is_past(token) or token in STATES


_ENDS = (".", "!", "?", "\u2026", ";", ":")
_ROUNDING_S = 1e-6  # times are sums: 1.2 - 0.8 is a little less than 0.4
_CLOSERS = "\"')]}\u201d\u2019"


class Phrases:
    """The tokens of a text with their neighbours. A place outside the text holds ""."""

    def __init__(self, transcript: Transcript, reading: Reading) -> None:
        self.tokens = reading.tokens
        self._numbers = {at for n in reading.numbers for at in range(n.start, n.end)}
        self._breaks: set[int] = {0}
        self._commas: set[int] = set()
        self._dots: set[int] = {0}
        last = len(reading.firsts) - 2
        for index in range(last + 1):
            at = reading.firsts[index + 1]
            word = transcript.words[index]
            surface = transcript.text[max(word.start, word.end - 8) : word.end].rstrip(_CLOSERS)
            if surface.endswith(_ENDS):
                self._breaks.add(at)
                self._dots.add(at)
            elif surface.endswith((",", "\u2014", "\u2013")):
                self._commas.add(at)
            elif index < last and pause_after(transcript, index) >= PAUSE_S - _ROUNDING_S:
                self._breaks.add(at)

    def at(self, place: int) -> str:
        """Return the token at a place; "" before the text and after it."""
        return self.tokens[place] if 0 <= place < len(self.tokens) else ""

    def opens(self, place: int) -> bool:
        """Whether a sentence begins here: at the start, after punctuation or after a pause."""
        return place in self._breaks

    def comma_before(self, place: int) -> bool:
        """Whether a comma or the end of a sentence stands before this place."""
        return place in self._commas or place in self._breaks

    def set_off(self, start: int, end: int) -> bool:
        """Whether commas stand on both sides of these tokens, or a sentence ends beside them."""
        ended = end in self._commas or end in self._dots
        return ended and (start in self._commas or start in self._dots)

    def has_comma(self, place: int) -> bool:
        """Whether a comma stands before this place."""
        return place in self._commas

    def ends(self, place: int) -> bool:
        """Whether nothing of the sentence stands here: the text or the sentence is over."""
        return place >= len(self.tokens) or place in self._dots

    def is_number(self, place: int) -> bool:
        """Whether a figure or a word of a number stands here."""
        token = self.at(place)
        return place in self._numbers or token[:1].isdigit() or token in NUMERALS - {"o", "oh"}

    def is_finite(self, place: int) -> bool:
        """Whether a verb that carries a clause stands here, perhaps after an adverb or two."""
        while is_adverb(self.at(place)) or self.at(place) in ADVERBS:
            place += 1
        token = self.at(place)
        return token in AUXILIARIES - {"be", "been", "being"} or is_verb_of_past(token)

    def clause_follows(self, place: int) -> bool:
        """Whether a subject and its verb follow: "he was", "my father had", "it is"."""
        token = self.at(place)
        if token in SUBJECTS:
            if token in ("i", "we", "he", "she", "they"):
                return bool(self.at(place + 1))
            return self.is_finite(place + 1)
        if token in DETERMINERS | {"this", "that", "her"}:
            pointing = token in ("this", "that", "these", "those")
            return (pointing and self.is_finite(place + 1)) or self._noun_has_verb(place + 1)
        return False

    def _noun_has_verb(self, place: int) -> bool:
        """Whether one or two words are followed by their verb, and by no subject of their own."""
        for step in (0, 1):
            if self.at(place + step) in SUBJECTS | _RELATIVES | JOINTS | PREPOSITIONS:
                return False
            if self.is_finite(place + step + 1):
                return True
        return False
