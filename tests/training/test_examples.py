"""What the network is shown of an answer: its pieces, its marks, and where the evidence stands."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from trainer.encoder.wordpieces import Vocabulary
from training.corpus import Answer, Head, by_others, find_heads
from training.examples import UNKNOWN, join, make_example
from training.forms import PLAIN, TYPED, Form, Hearing
from training.sizes import LONGEST

VOCABULARY = Vocabulary.parse(
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\ni\nsaid\nstop\n,\nand\nleft\n.\nthe\nward\n"
)
ANSWER = Answer(
    id="a-1",
    author="a",
    rubric="teamwork",
    question="What happened?",
    text="I said stop, and left. The ward",
    adversarial=False,
    marks={"action": 2, "result": 0, "task": None, "roles": 1},
    flags={"blame": True, "we_only": False},
    quotes={"action": ["I said stop"]},
    flag_quotes={"blame": ["and left"]},
)
ACTION, RESULT, TASK, ROLES = (Head("star", name, False) for name in ANSWER.marks)
BLAME, WE_ONLY = (Head("star", name, True) for name in ANSWER.flags)
OTHER = Head("ownership", "blame", True)
HEADS = (ACTION, RESULT, TASK, ROLES, BLAME, WE_ONLY, OTHER)


@pytest.fixture
def hearing() -> Hearing:
    return Hearing([ANSWER], Random(1))


def test_rubrics_that_extend_star_share_its_heads() -> None:
    heads = find_heads([ANSWER, replace(ANSWER, rubric="resilience", marks={"support": 1})])
    assert [head.name for head in heads] == [
        *("star/action", "star/result", "star/roles", "star/support", "star/task"),
        *("star/blame", "star/we_only"),
    ]


def test_marks_become_two_truths_and_unknown_ones_none(hearing: Hearing) -> None:
    example = make_example(ANSWER, hearing.words(ANSWER.text, TYPED), HEADS, VOCABULARY)
    truths = {head: tuple(example.marks[row]) for row, head in enumerate(HEADS)}
    assert truths == {
        ACTION: (1, 1),
        RESULT: (0, 0),
        TASK: (UNKNOWN, UNKNOWN),
        ROLES: (1, 0),
        BLAME: (1, 1),
        WE_ONLY: (0, 0),
        OTHER: (UNKNOWN, UNKNOWN),
    }


def test_quoted_pieces_are_evidence_and_all_others_are_not(hearing: Hearing) -> None:
    example = make_example(ANSWER, hearing.words(ANSWER.text, TYPED), HEADS, VOCABULARY)
    assert example.pieces == (2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 3)
    assert example.evidence[:, 0].tolist() == [1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert example.evidence[:, 4].tolist() == [0, 0, 0, 0, 1, 1, 0, 0, 0]
    assert set(example.evidence[:, 1].tolist() + example.evidence[:, 5].tolist()) == {0}
    for row in (2, 3, 6):  # not marked, marked but not quoted, of another rubric
        assert set(example.evidence[:, row].tolist()) == {UNKNOWN}


def test_plain_text_has_the_evidence_of_its_words(hearing: Hearing) -> None:
    words = hearing.words(ANSWER.text, PLAIN)
    assert " ".join(word.text for word in words) == "i said stop and left the ward"
    example = make_example(ANSWER, words, HEADS, VOCABULARY)
    assert example.evidence[:, 0].tolist() == [1, 1, 1, 0, 0, 0, 0]


def test_wrong_words_stand_where_the_right_ones_stood() -> None:
    said = replace(ANSWER, text=" ".join(["said stop"] * 200))
    heard = Hearing([said], Random(1)).words(said.text, Form(plain=True, errors=0.2))
    right = [word for word in heard if said.text[word.start : word.end] == word.text]
    assert 0.75 < len(right) / 400 < 0.95
    assert all(word.text in ("said", "stop") for word in heard)
    assert [word.start for word in heard] == sorted(word.start for word in heard)


def test_what_is_too_long_for_the_network_is_cut_off(hearing: Hearing) -> None:
    long = replace(ANSWER, text="stop " * 600)
    example = make_example(long, hearing.words(long.text, TYPED), HEADS, VOCABULARY)
    assert len(example.pieces) == LONGEST
    assert example.pieces[-1] == VOCABULARY.end


def test_a_batch_is_filled_up_and_says_where(hearing: Hearing) -> None:
    short = replace(ANSWER, text="I left.", quotes={})
    examples = [
        make_example(answer, hearing.words(answer.text, TYPED), HEADS, VOCABULARY)
        for answer in (ANSWER, short)
    ]
    batch = join(examples)
    assert batch.pieces.shape == (2, 11)
    assert batch.real.sum(axis=1).tolist() == [11, 5]
    assert batch.said.sum(axis=1).tolist() == [9, 3]
    assert batch.said[1].nonzero()[0].tolist() == [1, 2, 3]
    assert np.all(batch.evidence[1, 4:] == UNKNOWN)


def test_authors_are_left_out_whole() -> None:
    answers = [replace(ANSWER, id=f"{name}-1", author=name) for name in ("a", "b", "c")]
    others, own = by_others(answers, ["b", "c"])
    assert [answer.author for answer in others] == ["a"]
    assert [answer.author for answer in own] == ["b", "c"]
