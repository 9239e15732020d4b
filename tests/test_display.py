import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from trainer.display import clock_time, one_line, visible


def test_escapes_become_pictures_and_reordering_is_seen() -> None:
    assert visible("\x1b[31mred\x07") == "␛[31mred␇"
    assert visible("a\u202eb\u2066c\x9bd\x7f") == "a\ufffdb\ufffdc\ufffdd\ufffd"
    assert visible("שלום مرحبا") == "שלום مرحبا"
    assert visible("a\r\nb\rc\td") == "a\nb\nc\td"
    assert visible("\ud800") == "\ufffd"


@given(st.text(st.characters(codec=None)))
def test_nothing_that_moves_the_cursor_or_the_order_of_letters_remains(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    for character in shown:
        assert character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(character) not in ("LRE", "RLE", "LRO", "RLO", "PDF")
    shown.encode()


@given(st.text(), st.integers(2, 40))
def test_one_line_keeps_its_limit(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert "\n" not in line
    assert len(line) <= limit


def test_clock_time() -> None:
    assert [clock_time(s) for s in (0, 9.9, 75, 3600)] == ["0:00", "0:09", "1:15", "60:00"]
