"""Every misfit of a file with its kind, at once and in plain words."""

from __future__ import annotations

from trainer.bank.files import RubricFile, T
from trainer.bank.strict_yaml import read_text
from trainer.bank.types import Bank, Lexicon
from trainer.bank.validation import validate


def told(kind: type[T], text: str) -> list[str]:
    document = read_text(text.encode(), "my.yaml")
    assert validate(document, kind) is None
    return [str(complaint).removeprefix("my.yaml:") for complaint in document.complaints]


def test_all_misfits_of_a_bank_at_once() -> None:
    text = f"""\
schema: 2
id: Foo bar
titel: 1.10
title:
about: "  "
family: yes
questions:
  - id: a
    promt: foo
    wordings: []
    rubric: 5
    prepare_s: -1
    answer_s: [1, 2, 3]
    intent: {{a: b}}
    pitfalls: nope
    tags: [A, 2024]
    probes: {{"": x, b: 1.10, c: }}
  - 5
  - {{id: a, prepare_s: 1.5, answer_s: [1], xyzzy: 1, rubric: a,
     wordings: [x], intent: x, pitfalls: [x], tags: [x],
     prompt: {"x" * 3000}}}
"""
    ids = "use small letters, digits, - and _, with a letter or digit first"
    assert told(Bank, text) == [
        "1: schema: is the number 2, write 1",
        f'2: id: "Foo bar" cannot be an id, {ids}',
        "3: titel: is no known field, did you mean title?",
        "4: title: is empty, write text",
        "5: about: is empty, write something",
        '6: family: "yes" is read as true or false by some programs, '
        "put quotes around it, or write true or false",
        "9: questions[1].promt: is no known field, did you mean prompt?",
        "10: questions[1].wordings: has 0 entries, write at least 1",
        "11: questions[1].rubric: is read as the number 5, put quotes around it",
        "12: questions[1].prepare_s: is the number -1, write at least 0",
        "13: questions[1].answer_s: has 3 entries, write at most 2",
        "14: questions[1].intent: is a group of fields, write text",
        '15: questions[1].pitfalls: is the text "nope", write a list',
        f'16: questions[1].tags[1]: "A" cannot be an id, {ids}',
        "16: questions[1].tags[2]: is read as the number 2024, put quotes around it",
        "17: questions[1].probes: is empty, write something",
        "17: questions[1].probes.b: is read as the number 1.1, put quotes around it",
        "17: questions[1].probes.c: is empty, write text",
        "18: questions[2]: is the number 5, write a group of `name: value` lines",
        "19: questions[3].xyzzy: is no known field, known are: id, prompt, wordings, rubric, "
        "prepare_s, answer_s, intent, pitfalls, tags, probes",
        "19: questions[3].prepare_s: is the number 1.5, write a whole number",
        "19: questions[3].answer_s[2]: is missing, add it",
        "21: questions[3].prompt: has 3,000 characters, use at most 2,000",
    ]


def test_all_misfits_of_a_rubric_at_once() -> None:
    text = """\
schema: 1
id: foo
title: 1.10
about: true
version: abc
extends: base
flags:
  - id: x
    title: x
    says: x
    remedy: x
    penalty: 500
    cues:
      - {id: x, wieght: 3, any: [x]}
      - {id: x, weight: .5, any: [], zone: [0.5], alone: 1}
criteria:
  - {id: x, title: x, asks: x, part: plot, weight: 0, marks: x, feedback: [x],
     levels: {partly: x, mett: 5}, cues: [{id: x, weight: 1, any: [""]}]}
"""
    parts = "'situation', 'task', 'action', 'result' or 'reflection'"
    group = "a group of `name: value` lines"
    assert sorted(told(RubricFile, text)) == sorted(
        [
            "3: title: is read as the number 1.1, put quotes around it",
            "4: about: is read as true, put quotes around it",
            "5: version: is no known field, known are: schema, id, title, about, extends, scoring, "
            "criteria, flags, topic",
            "8: flags[1].level: is missing, add it",
            "12: flags[1].penalty: is the number 500, write at most 50",
            "14: flags[1].cues[1].wieght: is no known field, did you mean weight?",
            "15: flags[1].cues[2].any: has 0 entries, write at least 1",
            "15: flags[1].cues[2].alone: is the number 1, write true or false",
            "15: flags[1].cues[2].zone[2]: is missing, add it",
            f'17: criteria[1].part: is the text "plot", write {parts}',
            "17: criteria[1].weight: is the number 0, write a number above 0",
            f'17: criteria[1].marks: is the text "x", write {group}',
            f"17: criteria[1].feedback: is a list, write {group}",
            "18: criteria[1].levels.mett: is no known field, did you mean met?",
            '18: criteria[1].levels.partly: is the text "x", write a number',
            "18: criteria[1].cues[1].any[1]: is empty, write something",
        ]
    )


def test_all_misfits_of_a_lexicon_at_once() -> None:
    text = "schema: 1\nid: x\nabout: x\nclasses:\n  Roles: [a]\n  b: []\n  c: x\n  d: ['', 'no']\n"
    ids = "use small letters, digits, - and _, with a letter or digit first"
    assert told(Lexicon, text) == [
        f'5: classes.Roles: "Roles" cannot be an id, {ids}',
        "6: classes.b: has 0 entries, write at least 1",
        '7: classes.c: is the text "x", write a list',
        "8: classes.d[1]: is empty, write something",
    ]
    assert told(Lexicon, "schema: 1\nid: x\nabout: x\nclasses: {}\n") == [
        "4: classes: has 0 entries, write at least 1"
    ]


def test_a_file_that_is_no_mapping() -> None:
    assert told(Bank, "- a\n- b\n") == ["1: is a list, write a group of `name: value` lines"]
    assert told(Bank, "hello\n") == ['1: is the text "hello", write a group of `name: value` lines']


def test_a_value_that_was_not_understood_is_told_once() -> None:
    text = "schema: 1\nid: x\nabout: 12:30\nclasses: *other\n"
    assert len(told(Lexicon, text)) == 2


def test_thousands_of_misfits_end_in_a_limit() -> None:
    fields = "".join(f"k{n}: 1\n" for n in range(20_000))
    assert told(Bank, fields)[-1] == "100: has more mistakes, mend these first"
