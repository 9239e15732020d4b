"""Which terms a speaker may have said: the profile's, those of the question and bank, the shipped.

They are put beside what a recogniser was unsure of; nothing is changed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from trainer.bank.types import Library, Question, Term
from trainer.paths import Home
from trainer.profile.storing import load_profile

if TYPE_CHECKING:
    from trainer.transcript.likely import Likely
    from trainer.transcript.offers import Offers, Sign
    from trainer.transcript.types import Transcript

_SENTENCE = re.compile(r"(?<=[.?!:])\s+")
_EDGES = re.compile(r"^\W+|\W+$")
_LONG = 10  # letters of a word of a question that is worth looking for


class Suggestions:
    """Finds likely corrections, and remembers while the program runs what was declined."""

    def __init__(self, home: Home, library: Callable[[], Library]) -> None:
        self._home = home
        self._library = library
        self._declined: dict[str, set[Sign]] = {}

    def terms(self, question_id: str | None = None) -> tuple[Term, ...]:
        """Return what could be said in an answer to a question; what comes first is likelier."""
        profile, _ = load_profile(self._home)
        library = self._library()
        terms = list(profile.terms())
        found = library.find(question_id) if question_id else None
        if found:
            bank, question = found
            terms += (Term(text, kind="bank") for text in bank.terms)
            terms += (Term(text, kind="question") for text in names_in(question))
        unique: dict[str, Term] = {}
        for term in (*terms, *library.terms):
            known = unique.setdefault(term.text.casefold(), term)
            if term.said and not known.said:  # how it is said may stand in another list
                unique[term.text.casefold()] = Term(known.text, term.said, known.kind)
        return tuple(unique.values())

    def find(self, words: Transcript) -> tuple[Likely, ...]:
        """Return the few likeliest corrections of heard words, the most alike first."""
        from trainer.transcript.likely import find_likely

        return find_likely(words, self.terms())

    def offers(self, words: Transcript, question_id: str, text_id: str) -> Offers:
        """Return the likely corrections of a text, to be corrected; `text_id` names the text.

        Takes up to a tenth of a second, and reads files.
        """
        from trainer.transcript.likely import find_likely
        from trainer.transcript.offers import Offers

        found = find_likely(words, self.terms(question_id), limit=len(words.words))
        return Offers(words, found, self._declined.setdefault(text_id, set()))

    def complaints(self) -> tuple[str, ...]:
        """Return what is wrong with the profile's file."""
        return tuple(str(complaint) for complaint in load_profile(self._home)[1])


def names_in(question: Question) -> Iterator[str]:
    """Yield the names and the long words of a question: they come back in its answers."""
    for wording in question.all_wordings:
        for sentence in _SENTENCE.split(wording):
            name: list[str] = []
            for number, piece in enumerate([*sentence.split(), ""]):
                word = _EDGES.sub("", piece)
                begins = number == 0 or not piece[:1].isalnum()
                if _is_name(word, begins) or (name and word.isdigit()):
                    name.append(word)
                    continue
                if name:
                    yield " ".join(name)
                name = []
                if len(word) >= _LONG and word.isalpha():
                    yield word.lower()


def _is_name(word: str, first: bool) -> bool:
    capitals = sum(letter.isupper() for letter in word)
    return capitals > 1 or (capitals == 1 and not first and len(word) > 1 and "'" not in word)
