"""A code is easily said, holds its port, and tells a slip from another session's code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import UsageError
from trainer.peer.code import ALPHABET, FIRST_PORT, PORTS, Code

CODES = st.builds(Code, st.integers(FIRST_PORT, FIRST_PORT + PORTS - 1), st.integers(0, 2**25 - 1))


@given(CODES)
def test_a_code_is_read_as_it_is_said(code: Code) -> None:
    assert len(code.text.replace("-", "")) == 8
    assert not set("01OI") & set(code.text)
    for said in (code.text, code.text.lower(), code.text.replace("-", " "), f" {code.text}\n"):
        assert Code.read(said) == code


@given(CODES, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_a_slip_is_mostly_told_and_never_taken_for_the_code(
    code: Code, at: int, letter: str
) -> None:
    letters = list(code.text.replace("-", ""))
    if letters[at] == letter:
        return
    letters[at] = letter
    try:
        assert Code.read("".join(letters)) != code
    except UsageError as error:
        assert error.hint


def test_31_of_32_slips_are_told() -> None:
    code = Code(FIRST_PORT + 5, 1_234_567)
    told = 0
    for at in range(8):
        for letter in ALPHABET:
            text = code.text.replace("-", "")
            try:
                Code.read(text[:at] + letter + text[at + 1 :])
            except UsageError:
                told += 1
    assert told > 8 * 31 * 0.9


@pytest.mark.parametrize(
    "said", ["", "K7MP", "K7MP-2XQHH", "0OI1-0OI1", "K7MP\u20132\x1b[", "ß" * 8]
)
def test_what_is_no_code_says_so_without_escapes(said: str) -> None:
    with pytest.raises(UsageError) as caught:
        Code.read(said)
    assert caught.value.message.isprintable()


def test_a_code_does_not_show_its_secret_in_logs() -> None:
    assert "1234567" not in repr(Code(FIRST_PORT, 1_234_567))
