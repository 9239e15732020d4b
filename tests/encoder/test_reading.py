"""A reader says what the network's formulas say, of any words, and the same every time."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.encoder.agreement import check_agreement
from tests.encoder.networks import (
    HEADS,
    KINDS,
    LONGEST,
    QUOTES,
    WIDTH,
    random_arrays,
    write_network,
)
from trainer.encoder import wordpieces
from trainer.encoder.examples import Examples
from trainer.encoder.loading import open_reader
from trainer.encoder.reading import NOTHING_SAID, Reader
from trainer.encoder.types import Impression, Opinion

ANSWER = "One night, the nurse told me: \u201cthe patient\u2019s waiting.\u201d I \u0301 went"
WORDS = ANSWER.split()


def same(one: Opinion, other: Opinion) -> bool:
    """Tell whether two opinions are equal to the last bit."""
    return one == other and all(
        np.array_equal(impression.vector, other.impressions[head].vector)
        for head, impression in one.impressions.items()
    )


def like(vector: list[float]) -> Impression:
    return Impression(0.0, 0.0, (), np.array(vector, np.float32))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_formulas_are_kept(tmp_path: Path, seed: int) -> None:
    check_agreement(write_network(tmp_path, random_arrays(seed)), WORDS)


@pytest.mark.parametrize("times", [1, 2, 3, 7])
def test_the_formulas_are_kept_in_windows(small: Path, times: int) -> None:
    check_agreement(small, ["the", "nurse", "waits", "-ing", "a"] * 3 * times)


def test_a_single_piece(small: Path) -> None:
    check_agreement(small, ["nurse"])


@pytest.mark.parametrize("count", [LONGEST - 3, LONGEST - 2, LONGEST - 1])
def test_the_edge_between_one_window_and_two(small: Path, count: int) -> None:
    check_agreement(small, ["nurse"] * count)


def test_evidence_is_given_for_every_word_and_is_0_without_a_piece(reader: Reader) -> None:
    for impression in reader.read(WORDS, HEADS).impressions.values():
        assert len(impression.words) == len(WORDS)
        assert all(
            (word == "\u0301") == (e == 0) for word, e in zip(WORDS, impression.words, strict=True)
        )


def test_what_else_is_asked_changes_nothing(reader: Reader) -> None:
    everything = reader.read(WORDS, HEADS)
    assert set(everything.impressions) == reader.heads == set(HEADS)
    for head in HEADS:
        alone = reader.read(WORDS, [head, "star/unknown"])
        assert list(alone.impressions) == [head]
        assert same(alone, replace(everything, impressions={head: everything.impressions[head]}))


def test_the_same_words_give_the_same_opinion_in_every_thread(reader: Reader) -> None:
    answers = [WORDS * n for n in (1, 2, 3, 4)] * 6
    expected = [reader.read(words, HEADS) for words in answers]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda words: reader.read(words, HEADS), answers))
    assert all(map(same, found, expected))


@pytest.mark.parametrize("words", [[], [""], ["\u0301", " "]])
def test_nothing_said(reader: Reader, words: list[str]) -> None:
    opinion = reader.read(words, ["star/blame", "fit/link"])
    assert set(opinion.impressions) == {"star/blame", "fit/link"}
    for impression in opinion.impressions.values():
        assert (impression.partly, impression.met) == (NOTHING_SAID, NOTHING_SAID)
        assert impression.words == (0.0,) * len(words)
        assert not impression.vector.any()
    assert opinion.kinds == dict.fromkeys(KINDS, 1 / len(KINDS))
    assert reader.closest("star/blame", opinion.impressions["star/blame"]) is None


@given(st.lists(st.text(st.characters(), max_size=40), max_size=30))
def test_any_words_are_read(reader: Reader, words: list[str]) -> None:
    opinion = reader.read(words, HEADS)
    assert math.isclose(sum(opinion.kinds.values()), 1, abs_tol=1e-5)
    for impression in opinion.impressions.values():
        assert math.isfinite(impression.partly)
        assert math.isfinite(impression.met)
        assert np.isfinite(impression.vector).all()
        assert len(impression.words) == len(words)
        assert all(0 <= evidence <= 1 for evidence in impression.words)


def test_a_very_long_answer(reader: Reader) -> None:
    words = ["nurse"] * (wordpieces.MOST_PIECES + 10)
    (impression,) = reader.read(words, ["fit/link"]).impressions.values()
    assert len(impression.words) == len(words)
    assert all(impression.words[: wordpieces.MOST_PIECES])
    assert not any(impression.words[wordpieces.MOST_PIECES :])


def test_vectors_cannot_be_changed(reader: Reader) -> None:
    for words in (WORDS, []):
        vector = reader.read(words, ["fit/link"]).impressions["fit/link"].vector
        assert vector.shape == (WIDTH,)
        with pytest.raises(ValueError, match="read-only"):
            vector[0] = 1


def test_the_closest_example_has_the_greatest_cosine(reader: Reader) -> None:
    table = random_arrays()["example.q"].astype(np.float64)
    rows = [row for row, quote in enumerate(QUOTES) if quote["head"] == "star/situation"]
    for impression in (
        reader.read(WORDS, HEADS).impressions["star/situation"],
        like([1.0] * WIDTH),
    ):
        vector = impression.vector.astype(np.float64)
        cosines = [
            table[row] @ vector / np.linalg.norm(table[row]) / np.linalg.norm(vector)
            for row in rows
        ]
        example = reader.closest("star/situation", impression)
        assert example is not None
        assert example.quote == QUOTES[rows[int(np.argmax(cosines))]]["quote"]
        assert example.likeness == pytest.approx(max(max(cosines), 0), abs=1e-5)


def test_likeness_lies_between_0_and_1(reader: Reader) -> None:
    vector = random_arrays()["example.q"][1].astype(np.float32)
    alike = reader.closest("star/blame", like(list(vector * 7)))
    opposite = reader.closest("star/blame", like(list(-vector)))
    assert alike is not None
    assert opposite is not None
    assert (alike.head, alike.mark, alike.quote) == ("star/blame", 2, "the nurse forgot")
    assert alike.likeness == pytest.approx(1)
    assert alike.likeness <= 1
    assert opposite.likeness == 0


def test_a_head_without_examples_has_no_closest_one(reader: Reader) -> None:
    assert reader.closest("fit/link", like([1.0] * WIDTH)) is None
    assert reader.closest("star/unknown", like([1.0] * WIDTH)) is None


def test_an_encoder_without_examples(tmp_path: Path) -> None:
    reader = open_reader(write_network(tmp_path, examples=[]))
    assert reader.closest("star/blame", like([1.0] * WIDTH)) is None
    assert Examples({}).closest("star/blame", np.ones(WIDTH, np.float32)) is None


def test_the_manifest_tells_the_version(tmp_path: Path, reader: Reader) -> None:
    assert reader.version == "encoder-test"
    changed = write_network(tmp_path, changes={"version": "encoder-other"})
    assert open_reader(changed).version == "encoder-other"
