"""Whether an answer begins by taking up its question, measured on openings written for it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from trainer.analysis.restating import OPENING_WORDS, find_restatement
from trainer.transcript.types import Transcript

HERE = Path(__file__).parent


def openings(name: str) -> list[dict[str, str]]:
    read: list[dict[str, str]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return read


def found(opening: str, question: str) -> str | None:
    transcript = Transcript.typed(opening)
    restatement = find_restatement(transcript, question)
    if restatement is None:
        return None
    words = transcript.words[restatement.start : restatement.end]
    return transcript.text[words[0].start : words[-1].end]


@pytest.mark.parametrize(
    ("name", "count", "missed"), [("tuning.yaml", 15, 0), ("openings.yaml", 40, 1)]
)
def test_openings_are_told_apart(name: str, count: int, missed: int) -> None:
    pairs = openings(name)
    assert len(pairs) == count
    not_found = [p["restated"] for p in pairs if not found(p["restated"], p["question"])]
    false = [p["not_restated"] for p in pairs if found(p["not_restated"], p["question"])]
    assert len(not_found) <= missed, not_found
    assert false == []


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        ("What is your greatest weakness?", "My greatest weakness is speed.", "greatest weakness"),
        ("Why this program?", "Well, why this program? Two reasons.", "program?"),
        (
            "Tell me about your family.",
            "You are asking about my family. I am married.",
            "You are asking about my family.",
        ),
        ("What went wrong with Step 1?", "It was a bad plan.", None),
        ("Why this program?", "", None),
        ("???", "Some words.", None),
    ],
)
def test_the_words_that_show_it_are_told(question: str, answer: str, words: str | None) -> None:
    assert found(answer, question) == words


def test_words_of_the_question_further_on_are_no_restatement() -> None:
    late = "I " + "really " * OPENING_WORDS + "think my greatest weakness is speed"
    assert found(late, "What is your greatest weakness?") is None


@given(st.text(max_size=200), st.text(max_size=100))
def test_any_text_is_taken(answer: str, question: str) -> None:
    transcript = Transcript.typed(answer)
    restatement = find_restatement(transcript, question)
    if restatement:
        assert 0 <= restatement.start < restatement.end <= len(transcript.words)
        assert restatement.stems
