"""The course in which the history is read, without a screen."""

from __future__ import annotations

import pytest

from trainer.store.types import LibraryQuery
from trainer.tui.library_reading import Asked, Course


@pytest.fixture
def begun() -> list[Asked]:
    return []


@pytest.fixture
def course(begun: list[Asked]) -> Course:
    return Course(begun.append)


def test_of_the_searches_that_are_typed_while_one_is_read_only_the_last_is_read(
    course: Course, begun: list[Asked]
) -> None:
    for typed in ("p", "po", "pot", "pota"):
        course.ask_anew(LibraryQuery(search=typed))
    assert [asked.query.search for asked in begun] == ["p"]
    assert not course.end(begun[0])
    assert [asked.query.search for asked in begun] == ["p", "pota"]
    assert course.is_busy
    assert course.end(begun[1])
    assert course.is_listed
    assert not course.is_busy


def test_pages_wait_for_a_list_and_never_take_its_place(course: Course, begun: list[Asked]) -> None:
    course.ask_anew(LibraryQuery())
    course.ask_more(LibraryQuery(), (1,))
    assert course.end(begun[0])
    assert len(begun) == 1  # nothing is known of a list that was not here
    for page in (1, 2, 3):
        course.ask_more(LibraryQuery(), (page,))
    course.end(begun[-1])
    assert [asked.pages for asked in begun[1:]] == [(1,), (3,)]
    course.ask_anew(LibraryQuery(search="x"))
    course.ask_more(LibraryQuery(), (4,))
    course.end(begun[-1])
    assert begun[-1].query.search == "x"
    assert begun[-1].fresh
