"""Checking files before they are put in their place."""

from __future__ import annotations

from pathlib import Path

from tests.bank.files import Layers, addition, bank, criterion, lexicon, question, rubric, write
from trainer.bank.loading import check_files


def check(layers: Layers, *paths: Path) -> list[str]:
    found = check_files(paths, layers.shipped, layers.yours)
    return [str(complaint).replace(f"{layers.shipped.parent}/", "") for complaint in found]


def test_without_files_the_users_layer_is_checked(layers: Layers) -> None:
    write(layers.shipped, bank("bad", question("bad", rubric="nowhere")))
    assert check(layers) == []
    write(layers.yours, bank("mine", question("mine", rubric="nowhere")))
    assert len(check(layers)) == 1


def test_only_the_given_files_are_told_about(layers: Layers, tmp_path: Path) -> None:
    write(layers.yours, bank("bad", question("bad", rubric="nowhere")))
    good = write(tmp_path, bank("good", question("good")))
    bad = write(tmp_path, bank("other", question("other", answer_s=[2, 1])))
    assert check(layers, good) == []
    assert [text.split(":")[0] for text in check(layers, good, bad)] == ["other.yaml"]


def test_a_file_stands_in_for_the_users_file_of_its_name(layers: Layers, tmp_path: Path) -> None:
    write(layers.yours, bank("mine", question("mine")))
    assert check(layers, write(tmp_path, bank("mine", question("mine")))) == []
    assert check(layers, layers.yours / "mine.yaml") == []
    assert check(layers, layers.yours / ".." / "yours" / "mine.yaml") == []
    assert check(layers, layers.yours / "mine.yaml", layers.yours / "mine.yaml") == []


def test_questions_must_not_clash_with_the_users_other_banks(
    layers: Layers, tmp_path: Path
) -> None:
    write(layers.yours, bank("mine", question("a")))
    (complaint, *_) = check(layers, write(tmp_path, bank("new", question("a"))))
    assert 'the id "a" is already at yours/mine.yaml:' in complaint


def test_the_kind_is_told_by_the_folder_or_by_the_content(layers: Layers, tmp_path: Path) -> None:
    more = addition("story", "story", criteria=[criterion("more")])
    paths = [
        write(tmp_path / "x", rubric("mine")),
        write(tmp_path / "x", more),
        write(tmp_path / "x", lexicon()),
        write(tmp_path / "y", more, "rubrics"),
    ]
    assert check(layers, *paths) == []
    half = tmp_path / "y" / "rubrics" / "half.yaml"
    half.write_text("id: half\n")
    assert "y/rubrics/half.yaml:1: schema: is missing, add it" in check(layers, half)


def test_given_files_know_each_other(layers: Layers, tmp_path: Path) -> None:
    mine = write(tmp_path, bank("mine", question("a", rubric="own")))
    assert len(check(layers, mine)) == 1
    assert check(layers, mine, write(tmp_path, rubric("own"), "rubrics")) == []


def test_a_shipped_file_is_checked_in_its_own_layer(layers: Layers) -> None:
    write(layers.yours, addition("story", "story", criteria=[criterion("more")]), "rubrics")
    assert check(layers, layers.shipped / "reasons.yaml") == []
    assert check(layers, layers.shipped / "rubrics" / "story.yaml") == []


def test_a_name_that_would_not_be_found(layers: Layers, tmp_path: Path) -> None:
    path = write(tmp_path, bank("mine", question("mine"))).rename(tmp_path / "mine.txt")
    assert check(layers, path) == [
        "mine.txt:1: would not be found by this name, let the name end in .yaml"
    ]


def test_files_that_cannot_be_read(layers: Layers, tmp_path: Path) -> None:
    assert check(layers, tmp_path / "gone.yaml", tmp_path, Path("a\0b")) == [
        "gone.yaml:1: does not exist, check the name",
        f"{tmp_path}:1: is a folder, give a file instead",
        "a␀b:1: is not a possible name of a file, check the name",
    ]
