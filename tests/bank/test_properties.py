"""What holds for every file, whatever is in it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bank.files import Layers, bank, dump, lexicon, question, rubric, write
from trainer.bank.files import Content, RubricFile
from trainer.bank.strict_yaml import read_text
from trainer.bank.types import Bank, Complaint, Lexicon, Terms
from trainer.bank.validation import validate
from trainer.display import one_line

# Machines under load are slow: a deadline would only make the tests fail at random.
patient = settings(deadline=None, max_examples=30)

KINDS: tuple[type[Content], ...] = (Bank, RubricFile, Lexicon, Terms)
NAMES = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True)
VISIBLE = st.characters(exclude_categories=("C", "Zl", "Zp"))
TEXTS = st.text(VISIBLE, min_size=1, max_size=40).filter(str.strip)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-999, 999), st.floats(-9, 9), TEXTS)
TREES = st.recursive(
    st.one_of(SCALARS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)
QUESTIONS = st.fixed_dictionaries(
    {
        "id": NAMES,
        "prompt": TEXTS,
        "wordings": st.lists(TEXTS, min_size=1, max_size=3),
        "rubric": NAMES,
        "prepare_s": st.integers(0, 600),
        "answer_s": st.lists(st.integers(1, 900), min_size=2, max_size=2),
        "intent": TEXTS,
        "pitfalls": st.lists(TEXTS, min_size=1, max_size=3),
        "tags": st.lists(NAMES, min_size=1, max_size=3),
        "probes": st.dictionaries(NAMES, TEXTS, max_size=3),
    }
)
BANKS = st.fixed_dictionaries(
    {
        "schema": st.just(1),
        "id": NAMES,
        "title": TEXTS,
        "about": TEXTS,
        "family": NAMES,
        "questions": st.lists(QUESTIONS, min_size=1, max_size=3),
    }
)
# Pieces that YAML gives a meaning to, so that random files come close to real ones.
PIECES = st.sampled_from(
    [
        *(
            "a",
            "id",
            ": ",
            ":",
            "- ",
            "\n",
            "\n  ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&x ",
            "*x",
            "!t ",
            "#",
        ),
        *(
            "'",
            '"',
            "|",
            ">",
            "?",
            "---\n",
            "...",
            "<<",
            "no",
            "12:30",
            "\t",
            "\\",
            "\\e",
            "%",
            "@",
        ),
        *("\x00", "\x1b", "\ufeff", "é", "questions", "extends", "classes", "1.0", "\ud800", "\r"),
    ]
)


def plain(value: Any) -> Any:
    """Return tuples as the lists that YAML has."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


def check(complaints: tuple[Complaint, ...], raw: bytes) -> None:
    for complaint in complaints:
        assert one_line(str(complaint)) == str(complaint)
        assert 1 <= complaint.line <= raw.count(b"\n") + raw.count(b"\r") + 1
        assert complaint.problem
        assert complaint.remedy


def read_as_each_kind(raw: bytes) -> None:
    for kind in KINDS:
        document = read_text(raw, "my.yaml")
        if document.whole:
            value = validate(document, kind)
            assert (value is None) <= document.bad
        else:
            assert document.bad
        check(document.complaints, raw)


@patient
@given(st.binary(max_size=200))
def test_no_bytes_raise(raw: bytes) -> None:
    read_as_each_kind(raw)


@settings(patient, max_examples=100)
@given(st.lists(PIECES, max_size=30))
def test_no_yaml_raises(pieces: list[str]) -> None:
    read_as_each_kind("".join(pieces).encode("utf-8", "surrogatepass"))


@patient
@given(st.data())
def test_no_damage_to_a_good_file_raises(data: st.DataObject) -> None:
    text = dump(data.draw(st.sampled_from([bank(), rubric(), lexicon()])))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    broken = text[:start] + "".join(data.draw(st.lists(PIECES, max_size=3))) + text[end:]
    read_as_each_kind(broken.encode("utf-8", "surrogatepass"))


@patient
@given(TREES)
def test_data_comes_back_as_it_was_written(tree: object) -> None:
    document = read_text(dump({"top": tree}).encode(), "my.yaml")
    assert document.complaints == ()
    assert document.data == {"top": tree}


@patient
@given(BANKS)
def test_a_valid_bank_comes_back_as_it_was_written(written: dict[str, Any]) -> None:
    document = read_text(dump(written).encode(), "my.yaml")
    value = validate(document, Bank)
    assert document.complaints == ()
    assert value
    assert plain(asdict(value)) == {"terms": [], **written}


@patient
@given(st.dictionaries(TEXTS, TREES, max_size=5))
def test_lines_are_those_of_the_yaml_library(tree: dict[str, object]) -> None:
    text = dump(tree)
    document = read_text(text.encode(), "my.yaml")

    def compare(node: yaml.Node, place: tuple[str | int, ...]) -> None:
        parts: list[tuple[str | int, yaml.Node, yaml.Node]] = []
        if isinstance(node, yaml.MappingNode):
            parts = [(key.value, key, value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            parts = [(index, item, item) for index, item in enumerate(node.value)]
        for step, marked, value in parts:
            assert document.line((*place, step)) == marked.start_mark.line + 1
            compare(value, (*place, step))

    compare(yaml.compose(text, Loader=yaml.SafeLoader), ())


@patient
@given(st.data())
def test_no_content_of_a_layer_raises(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        layers = Layers(Path(folder))
        for kind, files in {
            "": bank("mine", question("a"), question("b")),
            "rubrics": rubric("mine"),
            "lexicons": lexicon("mine"),
        }.items():
            field = data.draw(st.sampled_from(sorted(files)))
            other = data.draw(st.one_of(TREES, st.sampled_from(["story", "mine", "none", [], {}])))
            path = write(layers.yours, files, kind)
            path.write_text(dump({**files, field: other}), encoding="utf-8")
        library = layers.load(check_pattern=lambda pattern, _: pattern if "0" in pattern else None)
        for complaint in library.complaints:
            assert one_line(str(complaint)) == str(complaint)
        assert library.bank("reasons")
        assert "story" in library.rubrics
