from pathlib import Path

from trainer.bank.glance import Glance, look
from trainer.bank.loading import load_library
from trainer.paths import shipped


def test_a_glance_says_what_loading_finds(tmp_path: Path) -> None:
    library = load_library(shipped("question_banks"), tmp_path)
    assert list(look(shipped("question_banks"))) == [
        Glance(b.bank.id, b.bank.title, len(b.bank.questions)) for b in library.banks
    ]


def test_a_file_that_is_no_bank_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("id: other\nquestions:\n  - id: a\n")
    assert look(tmp_path) == ()
    assert look(tmp_path / "missing") == ()
