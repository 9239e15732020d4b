"""What the questions of a bank must agree on, with themselves, each other and their rubrics."""

from __future__ import annotations

import pytest

from tests.bank.files import Data, Layers, bank, line_of, question, write

MISTAKES: dict[str, tuple[Data, str]] = {
    "times": (
        {"answer_s": [90, 60]},
        "answer_s: goes from 90 to 60 seconds, write the shorter time first",
    ),
    "wording like the prompt": (
        {"prompt": "Who are you?", "wordings": ["Name?", "who  are\nYOU?"]},
        "wordings[2]: this wording is already at ",
    ),
    "equal wordings": (
        {"wordings": ["Name?", "Name?"]},
        "wordings[2]: this wording is already at ",
    ),
    "unknown rubric": (
        {"rubric": "stroy"},
        'rubric: there is no rubric "stroy", did you mean story?',
    ),
    "probe for no criterion": (
        {"probes": {"deed": "What?", "end": "How?", "ende": "Why?"}},
        'probes.ende: is no criterion of the rubric "story", did you mean end?',
    ),
    "no probes": (
        {"probes": {}},
        "probes: there is no probe for deed, end, add a question that asks for it",
    ),
    "probe without rubric": (
        {"rubric": "none", "probes": {"deed": "What?"}},
        "probes.deed: asks for a criterion, but the rubric is none, remove it",
    ),
    "equal probes": (
        {"probes": {"deed": "What?", "end": "what? "}},
        "probes.end: this probe is already at ",
    ),
}


@pytest.mark.parametrize(("changes", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_parts_that_do_not_fit(layers: Layers, changes: Data, expected: str) -> None:
    write(layers.yours, bank("mine", question("a", **changes)))
    (complaint,) = layers.complaints()
    assert complaint.startswith("yours/mine.yaml:")
    assert f"questions[1].{expected}" in complaint


def test_equal_probes_in_two_banks_of_a_layer_name_both_places(layers: Layers) -> None:
    probes = {"deed": "What?", "end": "How?"}
    first = write(layers.yours, bank("a", question("a", probes=probes)))
    other = {"deed": "Who?", "end": "How?"}
    second = write(layers.yours, bank("b", question("x"), question("b", probes=other)))
    line = line_of(second, '"How?"')
    assert layers.complaints() == [
        f"yours/b.yaml:{line}: questions[2].probes.end: this probe is already at "
        f"yours/a.yaml:{line_of(first, 'How?')}, change one of the two"
    ]


def test_layers_may_share_probes(layers: Layers) -> None:
    write(layers.yours, bank("mine", question("mine", probes=question("why")["probes"])))
    assert layers.complaints() == []


def test_a_question_without_probes_for_no_rubric_is_complete(layers: Layers) -> None:
    free = question("free", rubric="none")
    del free["probes"]
    write(layers.yours, bank("mine", free))
    assert layers.complaints() == []


def test_all_mistakes_of_all_files_are_told_at_once(layers: Layers) -> None:
    write(layers.yours, bank("a", question("a", answer_s=[9, 1]), question("b", rubric="x")))
    write(layers.yours, bank("b", question("c", prompt="")))
    (layers.yours / "c.yaml").write_text("a: no\nb: [\n")
    assert [(c.file[-6:], c.path) for c in layers.load().complaints] == [
        ("a.yaml", "questions[1].answer_s"),
        ("a.yaml", "questions[2].rubric"),
        ("b.yaml", "questions[1].prompt"),
        ("c.yaml", "a"),
        ("c.yaml", "b[1]"),
    ]
