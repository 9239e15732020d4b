"""Folders of the user's data."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.catalogue import open_catalogue
from trainer.errors import TrainerError
from trainer.paths import Home, find_home


def test_a_file_in_place_of_the_banks_stops_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.banks.write_text("no folder", encoding="utf-8")
    home.prepare()
    (complaint,) = open_catalogue(home).library().complaints
    assert complaint.file == str(home.banks)


@pytest.mark.parametrize("name", ["home", "home/inner"])
def test_a_file_in_place_of_the_home_says_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    with pytest.raises(TrainerError) as raised:
        Home(tmp_path / name).prepare()
    assert str(tmp_path / "home") in raised.value.hint
    assert "Move" in raised.value.hint
    assert "TRAINER_HOME" in raised.value.hint


def test_a_home_without_rights_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(TrainerError) as raised:
        Home(tmp_path / "home").prepare()
    assert raised.value.hint.endswith(f"run: chmod u+rwx {tmp_path}")


def test_a_home_in_that_of_a_user_who_is_not_there_is_a_folder_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAINER_HOME", "~nobody-has-this-name/x")
    assert find_home().root == tmp_path / "~nobody-has-this-name" / "x"
