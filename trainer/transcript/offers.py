"""The suggestions for one text while its speaker corrects it: which are still open, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from trainer.transcript.likely import MOST, Likely
from trainer.transcript.types import Transcript, Word

Sign = tuple[str, tuple[tuple[float | None, str], ...]]
"""A suggestion by what stays of it whatever is changed around it: the term and the heard words."""


@dataclass(frozen=True, slots=True)
class _Offer:
    likely: Likely
    sign: Sign


class Offers:
    """What was found in the words as they were heard. Nothing is ever taken but by the speaker.

    At most `MOST` are shown at a time; what was taken or declined makes room for the next.
    `declined` is kept by whoever hands it in, so that a no is remembered when the text is opened
    again.
    """

    def __init__(
        self,
        heard: Transcript | None = None,
        found: Iterable[Likely] = (),
        declined: set[Sign] | None = None,
    ) -> None:
        self._offers = [
            _Offer(one, (one.term.text, _signs(heard, heard.words[one.start : one.end])))
            for one in found
            if heard is not None
        ]
        self._declined = set() if declined is None else declined

    def standing(self, words: Transcript) -> tuple[Likely, ...]:
        """Return the open suggestions as spans of `words`, in their order: the most alike of them.

        One stands as long as all of its words stand there as they were heard, side by side.
        """
        signs = _signs(words, words.words)
        places: dict[tuple[float | None, str], list[int]] = {}
        for at, sign in enumerate(signs):
            places.setdefault(sign, []).append(at)
        standing: list[Likely] = []
        for offer in self._offers:
            wanted = offer.sign[1]
            if len(standing) == MOST:
                break
            if offer.sign in self._declined:
                continue
            for at in places.get(wanted[0], ()):
                if signs[at : at + len(wanted)] == wanted:
                    standing.append(replace(offer.likely, start=at, end=at + len(wanted)))
                    break
        return tuple(sorted(standing, key=lambda likely: likely.start))

    def decline(self, words: Transcript, likely: Likely) -> None:
        """Do not offer it again for this text; `likely` is one that stands in `words`."""
        span = words.words[likely.start : likely.end]
        self._declined.add((likely.term.text, _signs(words, span)))


def _signs(transcript: Transcript, words: tuple[Word, ...]) -> tuple[tuple[float | None, str], ...]:
    return tuple((word.start_s, transcript.text[word.start : word.end]) for word in words)
