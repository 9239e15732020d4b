"""Correcting words line by line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import fakes
from tests.plain.steps import ONE, answer
from trainer.plain.console import Console
from trainer.plain.correcting import Corrected, Correcting, correct_answer, split_lines
from trainer.plain.reader import InputEndedError
from trainer.services import Services
from trainer.transcript.types import Transcript

LONG = "It was a long night and " * 9 + "I stayed."


@given(st.text("ab \n", max_size=400))
def test_lines_hold_every_word_once_and_none_is_too_long(text: str) -> None:
    lines = [text[start:end] for start, end in split_lines(text)]
    assert " ".join(lines).split() == text.split()
    assert all(len(line) <= 70 or " " not in line.strip() for line in lines)


def corrected(
    services: Services, words: Transcript, *typed: object
) -> tuple[Corrected | None, str, list[str]]:
    draft = services.new_draft(services.plan(question_ids=ONE))
    draft = replace(draft, text=words.text, heard=words if words.words[0].start_s else None)
    out: list[str] = []
    saved: list[str] = []
    console = Console(fakes.FakeLines(*typed), out.append)
    made = Correcting(services, console, draft, words, saved.append).correct()
    return made, "".join(out), saved


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (["s long = short"], "I had a short day, and a long night."),
        (["s LONG DAY = week"], "I had a week, and a long night."),
        (["s night = evening"], "I had a long day, and a long evening."),
        (["s a long ="], "I had day, and a long night."),
        (["a So I changed."], "I had a long day, and a long night. So I changed."),
        (["1", "All is new."], "All is new."),
        (["1", ""], "I had a long day, and a long night."),
        (["s day = year", "s night = week", "z"], "I had a long year, and a long night."),
        (["d 1", "a Anew."], "Anew."),
        (
            ["s", "s =", "s x = y", "d", "d 9", "d x", "a", "7"],
            "I had a long day, and a long night.",
        ),
    ],
)
def test_words_are_changed(services: Services, typed: list[str], text: str) -> None:
    words = Transcript.typed("I had a long day, and a long night.")
    made, _, saved = corrected(services, words, *typed, "")
    assert made == Corrected(text)
    assert not saved or saved[-1] == text


def test_no_words_are_not_taken(services: Services) -> None:
    made, out, _ = corrected(services, Transcript.typed("One."), "d 1", "", "q")
    assert made is None
    assert "There are no words here." in out


def test_unsure_words_are_gone_through(services: Services) -> None:
    words = Transcript.heard(fakes.heard_words("i past? the exam? again"), "vosk")
    made, out, _ = corrected(services, words, "u", "passed", "", "")
    assert made == Corrected("i passed the exam again")
    assert "2 words are unsure." in out
    assert "“past” at 0:00" in out


def test_a_correction_is_on_disk_before_its_end(services: Services) -> None:
    attempt_id = answer(services, "It was unfair.")
    view = services.view(attempt_id)
    console = Console(fakes.FakeLines("s unfair = hard"), lambda _: None)
    with pytest.raises(InputEndedError):
        correct_answer(services, console, view)
    (draft,) = services.unfinished()
    assert (draft.text, draft.corrects) == ("It was hard.", attempt_id)
    draft, _ = services.resume(draft.id)
    assert correct_answer(services, Console(fakes.FakeLines(""), lambda _: None), view, draft)
    assert services.view(attempt_id).transcript.transcript.text == "It was hard."
    assert not services.unfinished()


def test_leaving_a_correction_leaves_the_answer(services: Services) -> None:
    view = services.view(answer(services, "It was unfair."))
    console = Console(fakes.FakeLines("a More.", "q"), lambda _: None)
    assert not correct_answer(services, console, view)
    assert not services.unfinished()
    assert services.view(view.record.attempt.id).versions == 1
