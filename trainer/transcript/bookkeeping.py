"""What is known of a recognition while its children come and go: pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from trainer.errors import SoundError
from trainer.transcript.engines import Engine, RecogniserPhase, RecogniserState
from trainer.transcript.problems import explain, explain_end, explain_hang
from trainer.transcript.types import HeardWord

# So many children may end without a final word between them.
MOST_DEATHS = 3
# Ended from outside (SIGTERM, SIGKILL): the model need not be to blame.
_FROM_OUTSIDE = (-15, -9)


@dataclass(frozen=True, slots=True)
class Account:
    """One recognition so far.

    Everything before `until_s` is final: the next child begins there. `at_s` is where the present
    child reads, `worked` whether one passed its trial, `deaths` how many ended since the last
    progress.
    """

    engine: Engine
    state: RecogniserState = RecogniserState()  # noqa: RUF009 - it is frozen
    until_s: float = 0.0
    at_s: float = 0.0
    worked: bool = False
    deaths: int = 0

    @property
    def over(self) -> bool:
        """Whether no child is needed any more."""
        return self.state.over


def begin(engine: Engine, from_s: float) -> Account:
    """Return the account of a recognition that has not begun."""
    return Account(engine, RecogniserState(read_s=from_s), from_s, from_s)


def hear(account: Account, message: dict[str, Any]) -> Account:
    """Return the account after a child said something."""
    if account.over:
        return account
    if "problem" in message:
        detail = str(message.get("detail", ""))
        return fail(account, explain(account.engine, message["problem"], detail))
    state = account.state
    if "ready" in message:
        state = replace(state, phase=RecogniserPhase.READING)
        return replace(account, state=state, worked=True)
    at_s = message.get("read_s", account.at_s)
    state = replace(state, read_s=max(state.read_s, at_s))
    account = replace(account, at_s=at_s)
    if "partial" in message:
        state = replace(state, partial=message["partial"])
    if "words" in message and message["until_s"] >= account.until_s:
        until_s = message["until_s"]
        deaths = 0 if until_s > account.until_s else account.deaths
        state = replace(state, words=add_words(state.words, message["words"]), partial="")
        account = replace(account, until_s=until_s, deaths=deaths)
    if "done" in message:
        state = replace(state, phase=RecogniserPhase.DONE, partial="")
    return replace(account, state=state)


def add_words(
    words: tuple[HeardWord, ...], more: Sequence[tuple[str, float, float, float]]
) -> tuple[HeardWord, ...]:
    """Return the words with more behind them, none of which begins before the last one ends."""
    added = list(words)
    for word, start_s, end_s, confidence in more:
        start_s = max(start_s, added[-1].end_s if added else 0.0)
        added.append(HeardWord(word, start_s, max(start_s, end_s), confidence))
    return tuple(added)


def bury(account: Account, exit_code: int, *, hung: bool = False) -> Account:
    """Return the account after a child ended before it was done; `hung`: it had to be ended.

    It is over where another child would fare no better.
    """
    if account.over:
        return account
    deaths = account.deaths + 1
    account = replace(account, deaths=deaths, at_s=account.until_s)
    if not account.worked and (hung or exit_code not in _FROM_OUTSIDE):
        problem = explain(account.engine, "hanging") if hung else None
        return fail(account, problem or explain_end(account.engine, exit_code, worked=False))
    if deaths < MOST_DEATHS:
        return account
    if hung:
        return fail(account, explain_hang())
    return fail(account, explain_end(account.engine, exit_code, worked=account.worked))


def fail(account: Account, problem: SoundError) -> Account:
    """Return the account with a problem that ends it; the words stay."""
    state = replace(account.state, phase=RecogniserPhase.FAILED, partial="", problem=problem)
    return replace(account, state=state)
