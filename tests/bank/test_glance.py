import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.bank.glance import Glance, look
from trainer.bank.loading import load_library
from trainer.paths import shipped

BANK = """\
schema: 1
id: mine
title: "My own: questions"
questions:
- prompt: One
  pitfalls:
    - a
    - b
  id: x
- prompt: Two
"""


def test_a_glance_says_what_loading_finds(tmp_path: Path) -> None:
    library = load_library(shipped("question_banks"), tmp_path)
    seen = look(shipped("question_banks"), tmp_path)
    assert list(seen) == [
        Glance(b.bank.id, b.bank.title, len(b.bank.questions), b.layer == "yours")
        for b in library.banks
    ]


def test_other_styles_are_counted_and_the_user_s_bank_wins(tmp_path: Path) -> None:
    ours, yours = tmp_path / "ours", tmp_path / "yours"
    ours.mkdir()
    yours.mkdir()
    (ours / "mine.yaml").write_text("id: mine\ntitle: Shipped\nquestions:\n  - id: a\n")
    (yours / "mine.yml").write_bytes(b"\xef\xbb\xbf" + BANK.encode())
    assert look(ours, yours) == (Glance("mine", "My own: questions", 2, True),)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"id: x\n", b"questions: [1]\n", b"\x00"])
def test_what_cannot_be_read_at_a_glance_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.yaml").write_bytes(content)
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "broken.yaml").symlink_to(tmp_path / "nowhere")
    assert look(tmp_path, tmp_path / "missing") == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_text_is_too_odd(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.yaml").write_bytes(os.fsencode(text.encode("utf-8", "replace")))
    assert len(look(tmp_path, tmp_path / "missing")) <= 1
