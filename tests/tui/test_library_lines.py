"""What the rows of the history and the lines below them say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.text import Text

from tests.store.samples import attempt
from trainer.store.types import Hit, LibraryQuery, LibraryRow
from trainer.tui.library_lines import (
    EMPTY,
    FOUND,
    Line,
    deleted,
    draw,
    heading,
    preview,
    state,
)

AT = "2026-03-02T09:05:00+00:00"


def line(hits: tuple[Hit, ...] = (), excerpt: str = "I did it.", **of: object) -> Line:
    made = attempt(**{"started_at": AT, **of})
    return Line.of(LibraryRow(made, excerpt, 3, 75.0, 62.0, "{}", hits=hits), "partly there")


def row(shown: Line | None, width: int = 100, **how: bool) -> str:
    return draw(
        shown, width, cursor=how.get("cursor", False), chosen=how.get("chosen", False)
    ).plain


def test_a_row_tells_when_how_good_how_long_and_what_was_asked() -> None:
    assert row(line()).rstrip() == (
        "    2026-03-02 09:05  partly there    1:15    Tell me about a setback.  I did it."
    )


def test_each_state_of_a_row_has_a_sign_of_its_own() -> None:
    assert row(line(), cursor=True)[:4] == ">   "
    assert row(line(), chosen=True)[:4] == " ●  "
    assert row(line(starred=True))[:4] == "  * "
    assert row(line(starred=True), cursor=True, chosen=True)[:4] == ">●* "
    assert row(None, cursor=True).split() == [">", "…"]


@pytest.mark.parametrize("width", [1, 12, 30, 55, 76, 200])
def test_rows_and_their_heading_fill_any_width(width: int) -> None:
    shown = line(excerpt="日本語 " * 40, prompt="你好 " * 50, starred=True)
    assert cell_len(row(shown, width)) == width
    assert cell_len(row(None, width)) == width
    columns = heading(width).index("Question")
    if width >= 55:
        assert cell_len(row(shown, width)[: row(shown, width).index("你")]) == columns


def test_what_comes_from_a_file_cannot_steer_the_terminal() -> None:
    hostile = "a\x1b[31m[red]b\u202e"
    hit = Hit(f"{hostile} found {hostile}", len(hostile) + 1, len(hostile) + 6)
    shown = line((hit,), prompt=hostile, origin=hostile, tags=(hostile,))
    for text in (row(shown, 200), preview(shown, 70, 5).plain):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "[red]" in text


def test_found_words_are_marked_in_the_row_and_below_it() -> None:
    shown = line((Hit("we saw a giraffe there", 9, 16, ((17, 22),)),))
    found = ["giraffe", "there"]
    drawn: Text = draw(shown, 120, cursor=False, chosen=False)
    assert [drawn.plain[s.start : s.end] for s in drawn.spans if s.style == FOUND] == found
    told = preview(shown, 70, 5)
    assert [told.plain[s.start : s.end] for s in told.spans if s.style == FOUND] == found


def test_each_hit_has_a_line_in_which_it_is_seen() -> None:
    far = Hit("then " * 12 + "giraffe" + " and so on" * 12, 60, 67, ((72, 74), (182, 184)))
    both = preview(line((far, far), tags=("mine",)), 40, 5)
    told = both.plain.splitlines()
    marked = [both.plain[s.start : s.end] for s in both.spans if s.style == FOUND]
    assert marked == ["giraffe", "so"] * 2
    assert len(told) == 4
    assert all(cell_len(one) <= 40 for one in told)
    assert [("giraffe" in one, one[0]) for one in told[1:3]] == [(True, "…")] * 2
    assert told[-1] == "Tags: mine"


def test_more_hits_than_room_leave_the_last_line_to_what_the_answer_is() -> None:
    told = preview(line((Hit("a giraffe", 2, 9),) * 5, origin="call.mp4"), 40, 4).plain
    assert len(told.splitlines()) == 4
    assert told.endswith("Imported from call.mp4")


def test_the_preview_names_who_else_had_to_do_with_an_answer() -> None:
    shown = line()
    shown = replace(shown, row=replace(shown.row, peers=("Ann", "B\x1ben")))
    assert preview(shown, 60, 4).plain.endswith("With Ann and B␛en")


def test_what_is_listed_is_told() -> None:
    assert state(LibraryQuery(), "", 0) == EMPTY
    assert state(LibraryQuery("x"), "", 0) == "Nothing holds these words."
    assert state(LibraryQuery(), "Starred", 0) == "Nothing fits (Starred). F changes that."
    assert state(LibraryQuery(sort="score"), "Starred", 2) == (
        "2 answers. Best score first. Starred"
    )


def test_a_deletion_says_how_it_is_undone() -> None:
    assert deleted(1) == "Deleted. Z brings it back until you leave the trainer."
    assert deleted(3).startswith("Deleted, with 2 follow-ups. Z brings it back")


def test_a_row_with_a_damaged_time_is_drawn() -> None:
    shown = line(started_at="20\x1b[2Jx")
    assert "20␛[2Jx" in row(shown)
