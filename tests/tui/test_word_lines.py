"""How words are laid out in lines, with signs between them and notes beside them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from trainer.coach.hesitations import Break, FillerWords, Hesitations
from trainer.tui.widgets.legend import NOTE_SIGN
from trainer.tui.widgets.word_lines import (
    Line,
    Page,
    Run,
    SideNote,
    Signs,
    lay_out,
    place_numbers,
    word_at,
)
from trainer.tui.widgets.word_signs import find_signs, seconds


def note(start: int, end: int, text: str = "Said", sign: str = "●") -> SideNote:
    return SideNote(start, end, sign, "", text)


def page_of(
    text: str, notes: tuple[SideNote, ...] = (), signs: Signs | None = None, width: int = 20
) -> Page:
    words = text.split(" ")
    runs = [Run("", 0, len(words))]
    gaps = [" "] * len(words)
    return lay_out(words, gaps, runs, signs or Signs(), notes, width, 12 if notes else 0)


def drawn(page: Page) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in page.lines]


def margin(page: Page) -> list[str]:
    rows = (line.margin for line in page.lines)
    return [f"{row.number} {row.sign} {row.text}" if row else "" for row in rows]


@given(
    st.lists(
        st.text("ab é日🙂", min_size=1, max_size=30).map(lambda t: t.replace(" ", "")), max_size=40
    ),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 40)), max_size=6),
    st.integers(8, 30),
)
@settings(max_examples=60, deadline=None)
def test_no_line_is_too_long_and_every_word_stands_once_in_its_line(
    texts: list[str], spans: list[tuple[int, int]], width: int
) -> None:
    words = [text or "x" for text in texts]
    notes = tuple(
        note(start, min(start + length, len(words)))
        for start, length in spans
        if start < len(words)
    )
    runs = [Run("situation", 0, len(words) // 2), Run("", len(words) // 2, len(words))]
    runs = [run for run in runs if run.end > run.start]
    page = lay_out(words, [" "] * len(words), runs, Signs(), notes, width, 14)
    pieces = [piece for line in page.lines for piece in line.pieces]
    assert all(piece.end <= width for piece in pieces)
    assert not any(line.pieces and line.pieces[-1].kind == "gap" for line in page.lines)
    joined: dict[int, str] = {}
    for piece in pieces:
        if piece.kind == "word":
            joined[piece.left] = joined.get(piece.left, "") + piece.text
    assert [joined[at] for at in range(len(words))] == words
    for at, y in enumerate(page.line_of):
        assert any(p.kind == "word" and p.left == at for p in page.lines[y].pieces)
    told = [line.margin.note for line in page.lines if line.margin and line.margin.sign.strip()]
    assert sorted(told, key=str) == sorted(notes, key=str)
    assert all(
        cell_len(f"{row.number} {row.sign} {row.text}") <= 14
        for line in page.lines
        if (row := line.margin)
    )


def test_a_number_joins_words_and_margin_and_equal_places_share_it() -> None:
    notes = (note(0, 2, "One"), note(2, 4, "Two", "!"), note(0, 2, "Three", "◐"))
    page = page_of("a b c d e f g", notes)
    assert drawn(page)[0] == "a b¹ c d² e f g"
    assert margin(page)[:3] == ["¹ ● One", "  ◐ Three", "² ! Two"]
    assert [number for _, number in place_numbers(notes)] == ["¹", "²"]


def test_notes_that_end_at_one_word_have_a_number_each() -> None:
    page = page_of("a b c", (note(0, 2), note(1, 2)))
    assert drawn(page)[0] == "a b¹,² c"


def test_a_note_stands_at_the_line_of_its_last_word_or_below() -> None:
    page = page_of("aaaa " * 20 + "end", (note(0, 1), note(19, 21, "Said later and longer")))
    assert margin(page)[0] == "¹ ● Said"
    line = next(y for y, text in enumerate(drawn(page)) if "end²" in text)
    assert margin(page)[line : line + 3] == ["² ● Said", "    later", "    and…"]


def test_without_room_for_a_margin_the_notes_stand_below() -> None:
    words = ["a", "b"]
    page = lay_out(words, [" ", ""], [Run("", 0, 2)], Signs(), (note(0, 1),), 20, 0)
    assert drawn(page) == ["a¹ b", "", ""]
    assert margin(page) == ["", "", "¹ ● Said"]


def test_lines_that_were_typed_stay_lines() -> None:
    page = lay_out(["a", "b", "c"], ["\n", "\n\n\n", ""], [Run("", 0, 3)], Signs(), (), 20, 0)
    assert drawn(page) == ["a", "b", "", "c"]


def test_pauses_and_fillers_are_written_with_signs() -> None:
    told = Hesitations(
        (Break("pause", 1, 1.0, 1.84), Break("um", 1, 2.0, 2.2, False), Break("pause", 4, 5, 7.04)),
        (FillerWords(1, 3, True), FillerWords(3, 4, False)),
    )
    page = page_of("a you know so", signs=find_signs(told, ()), width=40)
    assert drawn(page) == ["a (.8) [um?] [you know] [so?] (2.0)"]
    assert [seconds(length) for length in (0.4, 0.96, 12.0)] == [".4", "1.0", "12.0"]


def test_the_words_of_a_note_stand_between_signs() -> None:
    notes = (note(1, 3, sign=NOTE_SIGN),)
    page = page_of("a b c d", notes, find_signs(Hesitations((), (FillerWords(1, 2, True),)), notes))
    assert drawn(page)[0] == "a «[b] c»¹ d"


def test_a_cell_leads_to_its_word() -> None:
    line: Line = page_of(
        "ab cd", signs=find_signs(Hesitations((Break("pause", 1, 0, 1),)), ())
    ).lines[0]
    assert "".join(piece.text for piece in line.pieces) == "ab (1.0) cd"
    assert [word_at(line, x) for x in (0, 1, 2, 4, 9, 10, 11, -1)] == [0, 0, 0, 1, 1, 1, None, None]
