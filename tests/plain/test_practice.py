"""Practice line by line: complete, and whatever ends it, nothing that was entered is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests import fakes
from tests.plain.steps import answer, practise, review
from trainer.bank.types import Mark
from trainer.errors import StoreError
from trainer.plain.reader import InputEndedError
from trainer.services import Services

FIRST, SECOND = "I acknowledge it.", "Then came perhaps-change of my plan."
WHOLE = (
    *("h", "", FIRST, ".t", ".p", ".w", SECOND, ".", "u", "2", "", "y", "i"),
    *("o", "a", "my plan", "Say it louder", "c 1", "Louder still", "q", "t", "hard", "*"),
    *("c", "s plan = method", "", "v", "1", "v", "c 1 2", "q", "f", "", "A change.", ".", "q"),
)
"""One practice that meets most prompts."""


def kept_texts(services: Services) -> str:
    drafts = [draft.text for draft in services.unfinished()]
    rows = services.answers()
    views = [services.view(row.attempt.id) for row in rows]
    stored = [t.transcript.text for view in views for t in view.record.transcripts]
    return "\n".join([*drafts, *stored])


def test_an_answer_is_rated_settled_corrected_and_followed_up(services: Services) -> None:
    talk = practise(services, *WHOLE)
    assert talk.end is None, talk.out
    assert not talk.lines.typed
    follow_up, answered = [services.view(row.attempt.id) for row in services.answers()]
    assert answered.versions == 2
    assert answered.transcript.transcript.text == f"{FIRST}\n{SECOND}".replace("plan", "method")
    assert answered.rating and answered.rating.marks["acknowledge"] is Mark.MET
    assert answered.rating.settled == ("change",)
    assert answered.record.attempt.tags == ("hard",)
    assert answered.record.attempt.starred
    assert [note.text for note in answered.record.notes] == ["Louder still"]
    assert follow_up.record.attempt.probe_of == answered.record.attempt.id
    assert not services.unfinished()


@pytest.mark.parametrize("ending", [InputEndedError, KeyboardInterrupt])
def test_whatever_prompt_it_ends_at_nothing_is_lost(
    services: Services, ending: type[BaseException]
) -> None:
    for at in range(len(WHOLE)):
        typed = WHOLE[:at]
        talk = practise(services, *typed, ending)
        assert talk.end is not None, at
        kept = kept_texts(services)
        for line in (FIRST, SECOND):
            assert (line in kept) == (line in typed), at
        answers = [services.view(row.attempt.id) for row in services.answers()]
        noted = [note.text for view in answers for note in view.record.notes]
        assert bool(noted) == ("Say it louder" in typed), at
        for view in answers:
            services.delete_for_good(view.record.attempt.id)
        for draft in services.unfinished():
            services.discard_draft(draft.id)


def test_a_prompt_lists_its_letters_and_explains_them(services: Services) -> None:
    talk = practise(services, "?", "", "?", FIRST, ".?", ".", "?", "zz", "\x1b[31m" * 9, "q")
    assert "h hint" in talk.out
    assert "Tell what a good answer holds" in talk.out
    assert talk.out.count("Stop the clock") == 2
    (stored,) = services.answers()
    assert services.view(stored.attempt.id).transcript.transcript.text == FIRST
    assert "There is no choice “zz” here." in talk.out
    assert "\x1b" not in talk.out


def test_the_end_of_the_input_ends_an_answer_with_words(services: Services) -> None:
    practise(services, "", FIRST)
    assert [row.excerpt for row in services.answers()] == [FIRST]
    practise(services, "")
    assert len(services.answers()) == 1


def test_an_input_that_has_ended_is_not_asked_again_and_again(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    monkeypatch.setattr(services, "finish", full)
    talk = practise(services, "", FIRST)
    assert isinstance(talk.end, InputEndedError)
    assert talk.out.count("The disk is full.") == 1
    assert [draft.text for draft in services.unfinished()] == [FIRST]


def test_no_words_are_no_answer(services: Services) -> None:
    talk = practise(services, "", ".", " ", ".", ".s")
    assert talk.out.count("There are no words yet.") == 2
    assert not services.unfinished()


def test_a_redo_keeps_the_take_before(services: Services) -> None:
    practise(services, "", "First try.", ".r", "", FIRST, ".", "q")
    takes = {row.attempt.take: row.attempt.superseded for row in services.answers()}
    assert takes == {1: True, 2: False}


def test_an_answer_that_was_left_is_taken_up_with_its_time(
    services: Services, clock: fakes.FakeClock
) -> None:
    def later() -> str:
        clock.now_s += 40
        return FIRST

    practise(services, "", later, ".q")
    talk = practise(services, "u", "1", "", SECOND, ".", "q", "q", choose=True)
    assert f"  {FIRST}" in talk.out
    (row,) = services.answers()
    assert services.view(row.attempt.id).transcript.transcript.text == f"{FIRST}\n{SECOND}"
    assert row.answer_s == 40.0
    assert not services.unfinished()


def test_time_is_told_in_sentences_and_does_not_run_in_a_pause(
    services: Services, clock: fakes.FakeClock
) -> None:
    def wait(seconds: float, line: str) -> object:
        def then() -> str:
            clock.now_s += seconds
            return line

        return then

    talk = practise(services, wait(12, ""), wait(50, FIRST), ".p", wait(99, ".t"), SECOND, ".", "q")
    assert "You prepared for 12 seconds" in talk.out
    assert "50 seconds so far." in talk.out
    assert services.answers()[0].answer_s == 50.0


def test_the_preparation_time_says_when_it_is_over(services: Services) -> None:
    talk = practise(services, None, "", FIRST, ".", "q")
    assert "The preparation time is over." in talk.out
    assert len(services.answers()) == 1


def test_a_full_disk_is_told_and_the_words_stay(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    def mend() -> str:
        monkeypatch.undo()
        return "."

    monkeypatch.setattr(services.store, "save_draft", full)
    talk = practise(services, "", FIRST, ".", mend, "q")
    assert "Not saved. The disk is full." in talk.out
    assert "Not rated. The disk is full." in talk.out
    assert [row.excerpt for row in services.answers()] == [FIRST]


def test_own_marks_come_before_anything_of_the_rating(services: Services) -> None:
    services.settings = replace(services.settings, self_rating=True)
    talk = practise(services, "", FIRST, ".", "1", "3", "q")
    before = talk.out[: talk.out.index("2 of 2")]
    assert "Score" not in before
    assert "partly there" not in before
    (row,) = services.answers()
    own = {mark.id: mark.mark for mark in services.view(row.attempt.id).own}
    assert own == {"acknowledge": Mark.MET, "change": Mark.MISSED}


def test_own_marks_that_were_broken_off_are_there_when_their_answer_is_opened_again(
    services: Services,
) -> None:
    services.settings = replace(services.settings, self_rating=True)
    practise(services, "", FIRST, ".", "1", KeyboardInterrupt)
    (row,) = services.answers()
    view = services.view(row.attempt.id)
    assert not view.own
    assert services.begun_marks(view) == {"acknowledge": Mark.MET}
    waiting = "Your marks are half done: Can you tell me about your Step 1 score?"
    assert waiting in practise(services, "q", choose=True).out
    talk = review(services, "1", "3", "q", "q")
    assert "You began before: 1 of 2 points have a mark." in talk.out
    assert "1 of 2:" not in talk.out
    own = {mark.id: mark.mark for mark in services.view(row.attempt.id).own}
    assert own == {"acknowledge": Mark.MET, "change": Mark.MISSED}
    assert services.begun_marks(view) == {}
    assert waiting not in practise(services, "q", choose=True).out


def test_again_compares_with_the_answer_before(services: Services) -> None:
    answer(services, "It was unfair.")
    talk = practise(services, "", FIRST, ".", "b", "a", "", "It is a change.", ".", "q", "q")
    assert "Before: " in talk.out
    assert len(services.answers()) == 3


def test_leaving_a_question_that_came_from_a_report_goes_back_to_it(services: Services) -> None:
    talk = practise(services, "", FIRST, ".", "a", "q", "i", "q")
    assert talk.end is None
    assert not talk.lines.typed
    assert "Answered:" in talk.out[talk.out.rindex("Question 1 of 1") :]


def test_each_line_is_on_disk_before_the_next_is_asked_for(services: Services) -> None:
    seen: list[str] = []

    def look() -> str:
        seen.extend(draft.text for draft in services.unfinished())
        return ".q"

    practise(services, "", FIRST, SECOND, look)
    assert seen == [f"{FIRST}\n{SECOND}"]


@pytest.mark.parametrize(("half", "kept"), [("It is", f"{FIRST}\nIt is"), (".s", FIRST)])
def test_a_line_without_its_end_is_kept_when_the_program_is_told_to_end(
    services: Services, half: str, kept: str
) -> None:
    practise(services, "", FIRST, KeyboardInterrupt, half=half)
    assert [draft.text for draft in services.unfinished()] == [kept]


def test_what_is_typed_of_a_line_is_on_disk_before_enter_and_goes_when_it_is_taken_back(
    services: Services,
) -> None:
    seen: list[list[str]] = []

    def looked(line: str | None) -> Callable[[], str | None]:
        def look() -> str | None:
            seen.append([draft.text for draft in services.unfinished()])
            return line

        return look

    talk = practise(services, "", None, looked("It is so."), looked(".u"), ".q", half="It is")
    assert seen == [["It is"], ["It is so."]]
    assert services.unfinished() == ()
    assert talk.lines.typed == []
    practise(services, "", None, "  ", ".q", half="It is")
    assert services.unfinished() == ()


@pytest.mark.parametrize(("longest", "told"), [(None, 0), (4095, 1)])
def test_a_terminal_that_cuts_lines_is_told_of(
    services: Services, longest: int | None, told: int
) -> None:
    talk = practise(services, "", "x" * 4094, ".q", longest=longest)
    assert talk.out.count("Its end may be missing") == told


def test_an_answer_that_is_stored_leaves_no_draft_whatever_comes_then(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "view", interrupted)
    talk = practise(services, "", FIRST, ".")
    assert isinstance(talk.end, KeyboardInterrupt)
    assert len(services.answers()) == 1
    assert not services.unfinished()
