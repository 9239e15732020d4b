"""The history line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plain.steps import answer, review
from trainer.plain.reader import InputEndedError
from trainer.plain.review import PAGE
from trainer.services import Services


@pytest.fixture
def two(services: Services) -> tuple[str, str]:
    """An older and a newer answer."""
    return answer(services, "It was unfair."), answer(services, "I acknowledge the change.")


def test_an_empty_history_can_be_left(services: Services) -> None:
    talk = review(services, "p", "", "1", "c 1 2", "?", "q")
    assert talk.end is None
    assert "0 answers." in talk.out
    assert "There are no such answers yet." in talk.out


def test_answers_are_found_and_their_words_marked(services: Services, two: tuple[str, str]) -> None:
    talk = review(services, "/ unfair", "/ ...", "/", "q")
    found = talk.out[talk.out.index("1 answer with") :]
    assert "[unfair]" in found
    assert "Give one with a letter or digit." in found
    assert "2 answers." in found


def test_a_list_is_narrowed_down_and_ordered(services: Services, two: tuple[str, str]) -> None:
    services.annotations.star(two[0])
    talk = review(services, "f", "10", "2", "", "f", "c", "", "o", "2", "1", "q", "q")
    assert "1 answer. Newest first. Starred." in talk.out
    assert "2 answers. Oldest first." in talk.out
    assert "  It was unfair.\n" in talk.out[talk.out.index("Oldest first.\n 1") :]


def test_long_lists_come_in_pages_with_lasting_numbers(services: Services) -> None:
    for number in range(PAGE + 1):
        answer(services, f"Answer {number}.")
    talk = review(services, "11", "", "11", "q", "-", "q")
    assert talk.end is None
    assert "There is no number 11 here." in talk.out
    assert "\n  Answer 0.\n" in talk.out
    back = talk.out[talk.out.index("The list again, at 11 of 11.") :]
    assert back.index("\n11  ") < back.index("11 answers.")  # what stands before is not told again
    assert not services.unfinished()


def test_what_is_deleted_comes_back(services: Services, two: tuple[str, str]) -> None:
    review(services, "d 1", "d", "d 7", "d 0000000019", "d " + "9" * 5000, "z", "1", "d", "", "q")
    assert [row.attempt.id for row in services.answers()] == [two[0]]


def test_answers_are_starred_tagged_compared_and_told_over_time(
    services: Services, two: tuple[str, str]
) -> None:
    talk = review(services, "* 2", "t 1", "hard, early", "c 2 1", "c 1 1", "p", "q")
    newer, older = services.answers()
    assert (newer.attempt.tags, older.attempt.starred) == (("early", "hard"), True)
    assert "Gained: " in talk.out
    assert "Write c and two numbers of the list" in talk.out
    assert "2 answers in 1 week" in talk.out


def test_what_is_listed_is_written_to_a_file(
    services: Services, two: tuple[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "answers.md"
    review(services, "/ unfair", "x", "1", str(file), "q")
    text = file.read_text(encoding="utf-8")
    assert "It was unfair." in text
    assert "I acknowledge" not in text
    assert file.stat().st_mode & 0o777 == 0o600
    kept = review(
        services, "x", "1", str(file), "n", "x", "1", str(tmp_path), "x", "q", "x", "1", "", "q"
    )
    assert file.read_text(encoding="utf-8") == text
    assert "is a folder." in " ".join(kept.out.split())
    assert kept.end is None


def test_an_answer_from_the_list_is_answered_again(
    services: Services, two: tuple[str, str]
) -> None:
    talk = review(services, "2", "a", "", "I acknowledge it now.", ".", "b", "q", "q", "q")
    assert talk.end is None, talk.out
    assert len(services.answers()) == 3


WALK = (
    *("/ unfair", "/", "f", "1", "2", "", "f", "c", "", "o", "2", "c 2 1", "t 1", "", "x", "1", ""),
    *("1", "i", "y", "v", "1", "v", "q", "o", "a", "unfair", "", "q", "t", "", "x", "q", "c", "1"),
    *("", "s a = b", "q", "a", "h", "q", "b", "q", "p", "q"),
)
"""A way past most prompts of a review; nothing of it changes an answer."""


@pytest.mark.parametrize("ending", [InputEndedError, KeyboardInterrupt])
def test_a_review_may_end_at_any_prompt(
    services: Services, two: tuple[str, str], ending: type[BaseException]
) -> None:
    whole = review(services, *WALK)
    assert whole.end is None, whole.out
    assert not whole.lines.typed
    before = [services.view(one).record for one in two]
    for at in range(len(WALK)):
        talk = review(services, *WALK[:at], ending)
        assert isinstance(talk.end, ending), talk.out
        for draft in services.unfinished():
            services.discard_draft(draft.id)  # a correction that was begun is kept
    assert [services.view(one).record for one in two] == before
