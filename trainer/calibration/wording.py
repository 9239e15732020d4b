"""Words in the one form in which a text and what was heard of it are compared.

Recognisers and readers differ in what is no error: case, punctuation, "2" for "two", "two forty
nine" for "two hundred and forty nine", "C K" for "CK", "it's" for "it is".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trainer.analysis.grammar import word_set
from trainer.analysis.tokens import read
from trainer.transcript.types import Transcript

HESITATIONS = word_set("um umm uh uhh er erm eh ah hm hmm mm mmm huh")
"""What a recogniser may write for a filled pause. No text of ours has one, so it is no error."""

_NUMERALS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen"""
_TIES = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL, _TENS = _NUMERALS.split(), _TIES.split()
_LARGEST = 999_999  # larger numbers stay figures
_WORDS_OF_A_LETTER = ("a", "i")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is compared. It comes from words `start` to `end` (half-open) of a transcript.

    All words of one number come from the same words.
    """

    text: str
    start: int
    end: int


def tokens_of(transcript: Transcript) -> tuple[Token, ...]:
    """Return the words of a transcript as they are compared, without hesitations.

    As in a rating only the first `tokens.MOST_WORDS` count.
    """
    return tuple(_joined([token for token in _tokens(transcript) if token.text not in HESITATIONS]))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a plain text as they are compared."""
    return tuple(token.text for token in tokens_of(Transcript.typed(text)))


def _tokens(transcript: Transcript) -> Iterator[Token]:
    plain = transcript.text.lower()  # a rating reads "US" as a country, and "us" as people
    if len(plain) == len(transcript.text):  # else words would stand elsewhere
        transcript = replace(transcript, text=plain)
    reading = read(transcript)
    numbers = {number.start: number for number in reading.numbers}
    at = 0
    while at < len(reading.tokens):
        number = numbers.get(at)
        end = number.end if number else at + 1
        first, last = reading.words[at], reading.words[end - 1] + 1
        said: Sequence[str] = [reading.tokens[at]]
        if number and number.value == int(number.value) and number.value <= _LARGEST:
            said = _spoken(int(number.value))
        elif number:
            said = reading.tokens[at:end]
        elif said[0] == "%":
            said = ["percent"]
        yield from (Token(word, first, last) for word in said)
        at = end


def _spoken(number: int) -> list[str]:
    """Return a whole number in words, without "and"."""
    if number >= 1000:
        return [*_spoken(number // 1000), "thousand", *_rest(number % 1000)]
    if number >= 100:
        return [_SMALL[number // 100], "hundred", *_rest(number % 100)]
    if number >= 20:
        return [_TENS[number // 10 - 2], *_rest(number % 10)]
    return [_SMALL[number]]


def _rest(number: int) -> list[str]:
    return _spoken(number) if number else []


def _joined(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens with spelt letters as one: "c k" is "ck".

    An "a" or "i" before or after them is a word of its own: "I took a C K test".
    """
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and _is_letter(tokens[end]):
            end += 1
        while end > at and tokens[end - 1].text in _WORDS_OF_A_LETTER:
            end -= 1
        if tokens[at].text in _WORDS_OF_A_LETTER or end <= at:
            end = at + 1
        letters = "".join(token.text for token in tokens[at:end])
        yield Token(letters, tokens[at].start, tokens[end - 1].end)
        at = end


def _is_letter(token: Token) -> bool:
    return len(token.text) == 1 and token.text.isalpha()
