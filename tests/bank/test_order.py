from pathlib import Path

from trainer.bank.loading import load_library
from trainer.paths import shipped


def test_banks_stand_in_the_order_of_their_titles(tmp_path: Path) -> None:
    library = load_library(shipped("question_banks"), tmp_path)
    titles = [loaded.bank.title.casefold() for loaded in library.banks]
    assert titles == sorted(titles)
    assert len(titles) > 1
