"""The shipped layer and the user's over it; what is bad is left out, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bank.files import (
    Layers,
    addition,
    bank,
    criterion,
    lexicon,
    line_of,
    question,
    rubric,
    write,
)


def test_nothing_at_all_is_an_empty_library(tmp_path: Path) -> None:
    layers = Layers(tmp_path)
    layers.shipped = layers.yours = tmp_path / "nowhere"
    library = layers.load()
    assert (library.banks, library.rubrics, library.complaints) == ((), {}, ())


def test_the_shipped_layer_alone(layers: Layers) -> None:
    write(layers.shipped, lexicon(), "lexicons")
    library = layers.load()
    assert library.complaints == ()
    (loaded,) = library.banks
    assert (loaded.layer, loaded.replaces, loaded.bank.id) == ("shipped", False, "reasons")
    assert loaded.file == str(layers.shipped / "reasons.yaml")
    assert loaded.bank.questions[0].answer_s == (60, 90)
    assert library.rubric_layers == {"story": "shipped"}
    assert library.word_classes == {"role": ("nurse", "senior resident")}
    assert library.replaced_questions == ()


@pytest.mark.parametrize("suffix", [".yml", ".YAML"])
def test_hidden_files_and_other_suffixes_do_not_count(layers: Layers, suffix: str) -> None:
    path = write(layers.shipped, bank("other", question("other")))
    path.rename(path.with_suffix(suffix))
    for name in ("._reasons.yaml", ".#x.yaml", "notes.txt", "reasons.yaml~"):
        (layers.shipped / name).write_bytes(b"\0")
    library = layers.load()
    assert [loaded.bank.id for loaded in library.banks] == ["other", "reasons"]
    assert library.complaints == ()


def test_rubric_none_means_that_only_time_counts(layers: Layers) -> None:
    write(layers.yours, bank("free", question("free", rubric="none", probes={})))
    found = layers.load().find("free")
    assert found
    assert found[1].rubric is None


def test_an_empty_rubric_is_not_none(layers: Layers) -> None:
    path = write(layers.yours, bank("free", question("free", rubric=None)))
    assert layers.complaints() == [
        f"yours/free.yaml:{line_of(path, 'rubric')}: questions[1].rubric: is empty, "
        "write the id of a rubric, or none"
    ]


def test_a_bank_of_the_user_replaces_the_shipped_one_in_its_place(layers: Layers) -> None:
    write(layers.shipped, bank("zoo", question("zoo")))
    write(layers.yours, bank("reasons", question("mine")))
    write(layers.yours, bank("added", question("added")))
    library = layers.load()
    assert library.complaints == ()
    assert [(b.bank.id, b.layer, b.replaces) for b in library.banks] == [
        ("reasons", "yours", True),
        ("zoo", "shipped", False),
        ("added", "yours", False),
    ]
    assert library.find("why") is None
    assert library.replaced_questions == ()


def test_a_question_of_the_user_replaces_the_shipped_one(layers: Layers) -> None:
    write(layers.shipped, bank("two", question("first"), question("second")))
    write(layers.yours, bank("mine", question("second", prompt="Mine?"), question("why")))
    library = layers.load()
    assert library.complaints == ()
    assert library.replaced_questions == ("why", "second")
    # A shipped bank of which nothing is left is left out.
    assert [b.bank.id for b in library.banks] == ["two", "mine"]
    assert [b.given_up for b in library.banks] == [("second",), ()]
    found = library.find("second")
    assert found
    assert (found[0].id, found[1].prompt) == ("mine", "Mine?")


def test_a_bad_bank_is_left_out_and_the_shipped_one_stays(layers: Layers) -> None:
    path = write(layers.yours, bank("reasons", question("good"), question("bad", answer_s=[9, 9])))
    write(layers.yours, bank("fine", question("fine")))
    library = layers.load()
    assert [(b.bank.id, b.layer) for b in library.banks] == [
        ("reasons", "shipped"),
        ("fine", "yours"),
    ]
    line = line_of(path, "answer_s", '"bad"')
    assert layers.complaints() == [
        f"yours/reasons.yaml:{line}: questions[2].answer_s: goes from 9 to 9 seconds, "
        "write the shorter time first"
    ]


def test_unreadable_things_cost_only_themselves(layers: Layers) -> None:
    write(layers.yours, bank("fine", question("fine")))
    (layers.yours / "folder.yaml").mkdir()
    (layers.yours / "gone.yaml").symlink_to("nowhere")
    (layers.yours / "binary.yaml").write_bytes(b"a: \0")
    (layers.yours / "rubrics").write_text("not a folder")
    library = layers.load()
    assert [b.bank.id for b in library.banks] == ["reasons", "fine"]
    assert [text.split(", ")[0].split(" (")[0] for text in layers.complaints()] == [
        "yours/rubrics:1: cannot be read as a folder",
        "yours/binary.yaml:1: holds a NUL byte",
        "yours/folder.yaml:1: is a folder",
        "yours/gone.yaml:1: is a link to a file that does not exist",
    ]


def test_a_file_in_place_of_the_layer_is_told_once(layers: Layers) -> None:
    layers.yours.write_text("hello")
    (complaint,) = layers.complaints()
    assert complaint.startswith("yours:1: cannot be read as a folder")
    assert len(layers.load().banks) == 1


def test_a_file_in_the_wrong_folder_is_told_once(layers: Layers) -> None:
    write(layers.yours, rubric("mine"))
    write(layers.yours, lexicon("words"), "rubrics")
    write(layers.yours, bank("mine", question("mine")), "lexicons")
    assert layers.complaints() == [
        "yours/rubrics/words.yaml:1: is a lexicon where a rubric belongs, "
        "move it into the folder lexicons",
        "yours/mine.yaml:1: is a rubric where a bank belongs, move it into the folder rubrics",
        "yours/lexicons/mine.yaml:1: is a bank where a lexicon belongs, move it one folder up",
    ]


@pytest.mark.parametrize("kind", ["", "rubrics", "lexicons"])
def test_the_id_is_the_name_of_the_file(layers: Layers, kind: str) -> None:
    data = {"": bank("mine", question("mine")), "rubrics": rubric(), "lexicons": lexicon()}[kind]
    path = write(layers.yours, data, kind)
    path.rename(path.with_stem("copy"))
    (complaint,) = layers.complaints()
    assert f'copy.yaml:2: id: the id "{data["id"]}" is not the name of the file, ' in complaint
    assert complaint.endswith('write "copy"')


def test_a_copy_that_still_has_the_old_ids_does_not_cost_the_original(layers: Layers) -> None:
    path = write(layers.yours, bank("mine", question("mine")))
    path.with_stem("a-copy").write_bytes(path.read_bytes())
    library = layers.load()
    assert [b.bank.id for b in library.banks] == ["reasons", "mine"]
    assert {complaint.file for complaint in library.complaints} == {
        str(layers.yours / "a-copy.yaml")
    }


def test_equal_ids_in_one_layer_name_both_places(layers: Layers) -> None:
    path = write(layers.yours, bank("mine", question("a"), question("b")))
    path.with_suffix(".yml").write_bytes(path.read_bytes())
    other = write(layers.yours, bank("other", question("b", prompt="Else?", probes={})))
    complaints = layers.complaints()
    assert (
        'yours/mine.yml:2: id: the id "mine" is already at yours/mine.yaml:2, '
        "change one of the two" in complaints
    )
    line, first = line_of(other, '- "id"'), line_of(path, '"b"')
    assert (
        f'yours/other.yaml:{line}: questions[1].id: the id "b" is already at '
        f"yours/mine.yaml:{first}, change one of the two" in complaints
    )


def test_word_classes_of_the_user_replace_those_of_the_same_name(layers: Layers) -> None:
    write(layers.shipped, lexicon(classes={"role": ["nurse"], "exam": ["step one"]}), "lexicons")
    write(layers.yours, lexicon(classes={"role": ["doctor"], "town": ["here"]}), "lexicons")
    library = layers.load()
    assert library.complaints == ()
    assert library.word_classes == {"role": ("doctor",), "exam": ("step one",), "town": ("here",)}


def test_one_class_in_two_lexicons_of_a_layer_is_refused(layers: Layers) -> None:
    write(layers.yours, lexicon("a"), "lexicons")
    write(layers.yours, lexicon("b"), "lexicons")
    assert layers.complaints() == [
        'yours/lexicons/b.yaml:5: classes.role: the class "role" is already at '
        "yours/lexicons/a.yaml:5, change one of the two"
    ]


def test_versions_change_with_the_content_and_with_the_word_classes(layers: Layers) -> None:
    first = layers.load().rubrics["story"]
    assert layers.load().rubrics["story"] == first
    assert len(first.version) == 12
    write(layers.yours, lexicon(), "lexicons")
    second = layers.load().rubrics["story"]
    assert second == replace(first, version=second.version)
    assert second.version != first.version
    write(layers.yours, addition("story", "story", criteria=[criterion("more")]), "rubrics")
    third = layers.load().rubrics["story"]
    assert third.version not in (first.version, second.version)


def test_layout_and_comments_do_not_change_a_version(layers: Layers) -> None:
    before = layers.load().rubrics["story"].version
    path = layers.shipped / "rubrics" / "story.yaml"
    path.write_text(f"# A comment\n\n{path.read_text()}")
    assert layers.load().rubrics["story"].version == before
