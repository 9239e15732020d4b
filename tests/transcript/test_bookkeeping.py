"""However often children die, the words are those of one that lives."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.transcript.bookkeeping import MOST_DEATHS, Account, add_words, begin, bury, hear
from trainer.transcript.engines import Engine, RecogniserPhase
from trainer.transcript.types import HeardWord

ENGINE = Engine("builtin", "a model")
# What a child says about five utterances of four seconds.
UTTERANCES = [
    {
        "words": [
            [f"word{n}", 4.0 * n + 0.5, 4.0 * n + 1, 0.9],
            ["and", 4.0 * n + 1, 4.0 * n + 2, 0.5],
        ],
        "until_s": 4.0 * (n + 1),
        "read_s": 4.0 * (n + 1) + 0.25,
    }
    for n in range(5)
]
WORDS = add_words((), [word for utterance in UTTERANCES for word in utterance["words"]])  # type: ignore[attr-defined]


def child(from_s: float) -> list[dict[str, Any]]:
    """Return everything that a child says which begins at `from_s` and lives to the end."""
    said: list[dict[str, Any]] = [{"ready": "builtin"}]
    for utterance in UTTERANCES:
        if utterance["until_s"] > from_s:  # type: ignore[operator]
            said += [{"partial": "word", "read_s": utterance["until_s"]}, utterance]
    return [*said, {"done": True, "read_s": 20.25}]


@given(st.lists(st.integers(0, 12), max_size=30))
def test_deaths_change_no_word(lives: list[int]) -> None:
    account = begin(ENGINE, 0.0)
    for life in lives:
        for message in child(account.until_s)[:life]:
            account = hear(account, message)
        account = bury(account, -9)
        finals = len(account.state.words)
        assert account.state.words == WORDS[:finals]
        assert account.state.read_s >= account.until_s == account.at_s or account.over
    if account.state.phase is RecogniserPhase.FAILED:
        assert account.deaths == MOST_DEATHS
        assert account.state.problem
    else:
        for message in child(account.until_s):
            account = hear(account, message)
        assert account.state.phase is RecogniserPhase.DONE
        assert account.state.words == WORDS
        assert account.state.read_s == 20.25
    assert bury(account, -9) is account


def test_final_words_forgive_the_deaths_before_them() -> None:
    account = begin(ENGINE, 0.0)
    for utterance in UTTERANCES:
        for _ in range(MOST_DEATHS - 1):
            account = bury(hear(account, {"ready": "builtin"}), -9)
        account = hear(account, utterance)
    assert account.state.words == WORDS
    assert account.deaths == 0
    for _ in range(MOST_DEATHS):
        assert account.state.problem is None
        account = bury(account, -11)
    assert account.state.words == WORDS
    assert account.state.problem
    assert "SIGSEGV" in account.state.problem.message
    assert "sound are kept" in account.state.problem.message


def test_a_partial_text_is_replaced_by_its_words() -> None:
    account = hear(begin(ENGINE, 0.0), {"ready": "builtin"})
    assert account.state.phase is RecogniserPhase.READING
    account = hear(account, {"partial": "word zero", "read_s": 1.5})
    assert (account.state.partial, account.state.read_s) == ("word zero", 1.5)
    account = hear(account, UTTERANCES[0])
    assert account.state.partial == ""
    assert [word.word for word in account.state.words] == ["word0", "and"]


@pytest.mark.parametrize(
    ("exit_code", "hung", "over", "message"),
    [
        (-6, False, True, "SIGABRT"),
        (-11, False, True, "SIGSEGV"),
        (1, False, True, "code 1"),
        (-9, False, False, ""),  # the system or the user did that
        (-15, False, False, ""),
        (-9, True, True, "did not answer"),
    ],
)
def test_a_child_that_dies_in_its_trial(
    exit_code: int, hung: bool, over: bool, message: str
) -> None:
    account = bury(begin(ENGINE, 0.0), exit_code, hung=hung)
    assert account.over is over
    if over:
        assert account.state.problem
        assert message in account.state.problem.message
        assert account.state.problem.hint


def test_too_little_memory_to_start_is_told() -> None:
    account = begin(ENGINE, 0.0)
    for _ in range(MOST_DEATHS):
        account = bury(account, -9)
    assert account.state.problem
    assert "memory" in account.state.problem.hint


def test_one_that_hangs_again_and_again_is_told() -> None:
    account = hear(begin(ENGINE, 0.0), {"ready": "builtin"})
    for _ in range(MOST_DEATHS):
        account = bury(account, -9, hung=True)
    assert account.state.problem
    assert "stood still" in account.state.problem.message


def test_nothing_changes_after_the_end() -> None:
    account = hear(begin(ENGINE, 0.0), {"done": True, "read_s": 0.0})
    assert account.over
    for message in ({"partial": "more"}, {"problem": "deaf"}, UTTERANCES[0]):
        assert hear(account, message) is account


times = st.floats(0, 1000, allow_nan=False)


@given(st.lists(st.tuples(st.text(min_size=1), times, times, st.floats(0, 1))))
def test_words_never_overlap(said: list[tuple[str, float, float, float]]) -> None:
    words = add_words((HeardWord("first", 1.0, 2.0, 1.0),), said)
    assert [word.word for word in words[1:]] == [word for word, *_ in said]
    for before, word in pairwise(words):
        assert before.end_s <= word.start_s <= word.end_s


def test_an_account_begins_where_it_is_told() -> None:
    account = begin(ENGINE, 12.5)
    assert isinstance(account, Account)
    assert (account.until_s, account.at_s, account.state.read_s) == (12.5, 12.5, 12.5)
    assert account.state.phase is RecogniserPhase.STARTING
