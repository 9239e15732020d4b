"""Words are cut into pieces as they were for the training, whatever they are made of."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.encoder import wordpieces
from trainer.encoder.loading import shipped_folder
from trainer.encoder.manifest import VOCABULARY
from trainer.encoder.problems import Damage
from trainer.encoder.wordpieces import LONGEST_WORD, Vocabulary

# st.characters has surrogates too, which st.text alone leaves out.
ANY_WORD = st.text(st.characters(), max_size=60)
LIKELY_WORD = st.text(
    st.sampled_from("aeinorstu-'.,ÉéñßİıǅÅ\u0301\u200d한日7٣²ﬁ_🙂\x00\ud800"), max_size=30
)


@cache
def shipped() -> Vocabulary:
    return Vocabulary.parse(read_shipped())


@cache
def read_shipped() -> str:
    return (shipped_folder() / VOCABULARY).read_text(encoding="utf-8")


@cache
def numbers() -> dict[str, int]:
    return {piece: number for number, piece in enumerate(read_shipped().split("\n")[:-1])}


def names(*words: str) -> list[str]:
    lines = read_shipped().split("\n")
    return [lines[number] for number in shipped().pieces(words).ids]


def cut_plainly(text: str) -> list[int]:
    """Cut as the training did: longest piece first, looked for from the word's very end."""
    found = []
    straight = re.sub("[\u2018\u2019\u02bc]", "'", unicodedata.normalize("NFC", text))
    for match in re.finditer(r"\w+|[^\w\s]", straight):
        decomposed = unicodedata.normalize("NFD", match.group().lower())
        word = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
        cut: list[int] = []
        while word:
            begun = "##" if cut else ""
            sizes = [n for n in range(len(word), 0, -1) if begun + word[:n] in numbers()]
            if not sizes:
                cut = [numbers()["[UNK]"]]
                break
            cut.append(numbers()[begun + word[: sizes[0]]])
            word = word[sizes[0] :] or ""
        found += cut
    return found


@given(st.lists(ANY_WORD | LIKELY_WORD, max_size=8))
def test_pieces_are_those_of_the_training(words: list[str]) -> None:
    pieces = shipped().pieces(words)
    assert list(pieces.ids) == [number for word in words for number in cut_plainly(word)]


@given(st.lists(ANY_WORD | LIKELY_WORD, max_size=8))
def test_every_piece_leads_back_to_its_word(words: list[str]) -> None:
    pieces = shipped().pieces(words)
    expected = [n for n, word in enumerate(words) for _ in shipped().pieces([word]).ids]
    assert list(pieces.owners) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Nurse,", ["nurse", ","]),
        ("didn't", ["didn", "'", "t"]),
        ("didn\u2019t", ["didn", "'", "t"]),
        ("intubated", ["int", "##uba", "##ted"]),
        ("Café", ["cafe"]),
        ("café".replace("é", "e\u0301"), ["cafe"]),
        (unicodedata.normalize("NFD", "naïve"), ["naive"]),
        ("249", ["249"]),
        ("\u0301", []),
        ("", []),
        (" \t", []),
        ("🙂", ["[UNK]"]),
        ("\x07", ["[UNK]"]),
        ("\ud800", ["[UNK]"]),
        ("[CLS]", ["[", "cl", "##s", "]"]),
        ("##ing", ["#", "#", "ing"]),
    ],
)
def test_words_of_all_kinds(word: str, expected: list[str]) -> None:
    assert names(word) == expected


def test_a_very_long_word_is_cut() -> None:
    whole = "ab" * LONGEST_WORD
    assert shipped().pieces([whole]) == shipped().pieces([whole[:LONGEST_WORD]])
    assert len(shipped().pieces(["x" * 1_000_000]).ids) <= LONGEST_WORD


def test_an_endless_answer_is_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordpieces, "MOST_PIECES", 5)
    pieces = shipped().pieces(["nurse,"] * 4)
    assert pieces.owners == (0, 0, 1, 1, 2)
    assert pieces.ids == shipped().pieces(["nurse,", "nurse,", "nurse"]).ids


def test_pieces_are_numbered_by_line_and_nothing_else_ends_a_line() -> None:
    vocabulary = Vocabulary.parse("[CLS]\n[SEP]\n[UNK]\n\u2028\n\x85\na\n")
    assert len(vocabulary) == 6
    assert vocabulary.pieces(["a"]).ids == (5,)


def test_a_vocabulary_without_the_pieces_that_the_network_needs() -> None:
    with pytest.raises(Damage, match=r"without \[CLS\], \[UNK\]"):
        Vocabulary.parse("[SEP]\na\n")
