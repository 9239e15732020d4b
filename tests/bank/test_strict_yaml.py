"""YAML's traps, each told with its line and a remedy, by either of PyYAML's parsers."""

from __future__ import annotations

import textwrap

import pytest
import yaml

from trainer.bank import strict_yaml
from trainer.bank.document import MOST_COMPLAINTS, Document
from trainer.bank.strict_yaml import MAX_DEPTH, read_text

PARSERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]


@pytest.fixture(params=PARSERS, autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "_Parser", request.param)


def read(text: str | bytes) -> Document:
    raw = text if isinstance(text, bytes) else textwrap.dedent(text).encode()
    return read_text(raw, "my.yaml")


def told(text: str | bytes) -> list[str]:
    return [str(complaint) for complaint in read(text).complaints]


def test_plain_data_comes_through() -> None:
    document = read(
        """\
        # A comment
        title: Tell me about "yourself" - now
        quoted: 'no'
        seconds: [60, +90, -1]
        weight: 1.10
        small: .5
        sure: true
        unsure: False
        nothing:
        tilde: ~
        folded: >-
          one
          two
        kept: |
          one
          two
        empty: {}
        list:
          - a: 1
            b: [x, {c: z}]
        """
    )
    assert document.complaints == ()
    assert document.whole
    assert document.data == {
        "title": 'Tell me about "yourself" - now',
        "quoted": "no",
        "seconds": [60, 90, -1],
        "weight": 1.1,
        "small": 0.5,
        "sure": True,
        "unsure": False,
        "nothing": None,
        "tilde": None,
        "folded": "one two",
        "kept": "one\ntwo",
        "empty": {},
        "list": [{"a": 1, "b": ["x", {"c": "z"}]}],
    }


def test_a_complaint_names_file_line_place_problem_and_remedy() -> None:
    assert told("a: 1\nlist:\n  - x\n  - no\n") == [
        'my.yaml:4: list[2]: "no" is read as true or false by some programs, '
        "put quotes around it, or write true or false"
    ]


@pytest.mark.parametrize("word", ["no", "No", "NO", "yes", "Yes", "on", "OFF", "y", "N"])
def test_words_that_are_truth_values_to_some_are_refused(word: str) -> None:
    (complaint,) = told(f"a: {word}\n")
    assert f'"{word}" is read as true or false' in complaint


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("12:30", "base 60"),
        ("1:30:00", "base 60"),
        ("190:20:30.15", "base 60"),
        ("2026-11-21", "a date"),
        ("2026-1-2T10:00:00Z", "a date"),
        ("2026-11-21 10:00:00", "a date"),
        ("010", "base 8"),
        ("0o17", "base 8"),
        ("08", "base 8"),
        ("0x1F", "base 16"),
        ("0b11", "base 16"),
        ("1_000", "underscore"),
        ("1e5", "exponent"),
        (".inf", "infinity"),
        ("-.INF", "infinity"),
        (".nan", "infinity"),
        ("1.0e999", "too large"),
    ],
)
def test_numbers_that_programs_read_differently_are_refused(word: str, reading: str) -> None:
    (complaint,) = told(f"a: 1\nb: {word}\n")
    assert complaint.startswith(f'my.yaml:2: b: "{word}" is')
    assert reading in complaint
    assert "put quotes around it" in complaint
    assert told(f"a: '{word}'\n") == []


@pytest.mark.parametrize("word", ["12:75", "1.2.3", "24/7", "+", "-5 or so", "2024-01-02 was it"])
def test_words_that_only_begin_like_numbers_are_text(word: str) -> None:
    document = read(f"a: {word}\n")
    assert (document.data, document.complaints) == ({"a": word}, ())


def test_long_digits_are_text_and_no_error() -> None:
    assert read("a: " + "9" * 5000).data == {"a": "9" * 5000}


def test_names_must_be_text_too() -> None:
    assert told("no: 1\n12: 2\n12:30: 3\n~: 4\n'no ': 5\n") == [
        'my.yaml:1: the name "no" is not text, put quotes around it',
        'my.yaml:2: the name "12" is not text, put quotes around it',
        'my.yaml:3: the name "12:30" is not text, put quotes around it',
        'my.yaml:4: the name "~" is not text, put quotes around it',
    ]


def test_equal_names_are_refused_and_both_places_named() -> None:
    assert told("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: {x: 1}\n") == [
        "my.yaml:5: b.c: stands here twice, first on line 3, keep one of the two",
        "my.yaml:6: a: stands here twice, first on line 1, keep one of the two",
    ]


def test_what_stands_in_a_dropped_twin_is_told_too() -> None:
    assert len(told("a: 1\na: {b: no, c: {d: 1, d: 2}}\n")) == 3


def test_anchors_aliases_and_merge_keys_are_refused() -> None:
    assert told("a: &x {k: 1}\nb: *x\nc:\n  <<: *x\n  k: 2\n") == [
        'my.yaml:1: a: has the anchor "&x", remove it',
        "my.yaml:2: b: refers to an anchor (*), write out what is meant",
        "my.yaml:4: c: holds a merge key (<<), write the fields out",
        "my.yaml:4: c.<<: refers to an anchor (*), write out what is meant",
    ]


def test_a_bomb_of_aliases_builds_nothing() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    document = read("\n".join(lines))
    assert document.bad
    assert len(repr(document.data)) < 5000


def test_an_alias_without_anchor_is_a_complaint() -> None:
    assert told("a: *nowhere\n") == [
        "my.yaml:1: a: refers to an anchor (*), write out what is meant"
    ]


@pytest.mark.parametrize("tag", ["!!str", "!mine", "!!python/object:os.system", "!"])
def test_tags_are_refused(tag: str) -> None:
    (complaint,) = told(f"a: 1\nb: {tag} 12\n")
    assert complaint.startswith("my.yaml:2: b: has the tag")


def test_nesting_has_a_limit() -> None:
    assert told("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    (complaint,) = told("[" * 200_000)
    assert "is nested deeper than 20 levels, write it flatter" in complaint


def test_one_document_in_a_file() -> None:
    assert told("a: 1\n---\nb: no\n") == [
        "my.yaml:2: a second document begins, keep one document in a file"
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~\n", "\ufeff"])
def test_an_empty_file_is_told(text: str) -> None:
    document = read(text)
    assert [str(complaint) for complaint in document.complaints] == [
        "my.yaml:1: is empty, write something, or remove the file"
    ]
    assert not document.whole


def test_names_that_are_no_words_are_refused() -> None:
    assert told("? [a, b]\n: c\n? {x: no}\n: d\n") == [
        "my.yaml:1: has a name that is not a word, write `name: value`",
        "my.yaml:3: has a name that is not a word, write `name: value`",
        'my.yaml:3: x: "no" is read as true or false by some programs, '
        "put quotes around it, or write true or false",
    ]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: 1\nb: what: now\n", 2, "a colon stands where a text has begun already"),
        ("a: 1\nb: 'open\nc: 2\nd: 3\n", 2, "a quote is never closed"),
        ('a: 1\nb: "open\n', 2, "a quote is never closed"),
        ("a: 1\nb: @home\n", 2, "a text cannot begin with this character"),
        ("a: 1\nb: `x`\n", 2, "a text cannot begin with this character"),
        ("a: 1\nb: *\n", 2, "a text cannot begin with & or *"),
        ("a: 1\nb: - x\n", 2, "a dash stands where no list can begin"),
        ("a: 1\nhello\nb: 2\n", 3, "this is no `name: value` line"),
        ("a: 1\nb: {x} questions\n", 2, "this does not fit the lines above it"),
        ("a: 1\nb: 'it's'\n", 2, "this does not fit the lines above it"),
        ("a:\n  - x\n b: 2\n", 3, "does not"),
        ("a: [1, 2\nb: 3\n", 2, "a list in [ ] does not end"),
        ("a: {x: 1\nb: 3\n", 2, "a group in { } does not end"),
        ('a: 1\nb: "\\q"\n', 2, "a backslash stands before a letter that means nothing"),
        ('a: 1\nb: "\\xZZ"\n', 2, "a code after a backslash is no number"),
        ("a: 1\n}\n", 2, ""),
        ("a: 1\n...\nb: 2\n", 3, "something stands after the end (...)"),
        ("a: !e!x y\n", 1, "has a tag (!)"),
    ],
)
def test_broken_syntax_is_told_in_plain_words(text: str, line: int, problem: str) -> None:
    document = read(text)
    (complaint,) = document.complaints
    assert complaint.line == line
    assert problem in complaint.problem
    assert not document.whole


def test_mistakes_before_broken_syntax_are_told_as_well() -> None:
    assert [c.line for c in read("a: no\nb: 12:30\nc: 'open\n").complaints] == [1, 2, 3]


def test_escapes_for_invisible_characters_are_refused() -> None:
    document = read('a: "\\e[31mred"\n"\\0": 1\nb: "tab\\t"\nc: "line\\nbreak"\nd: "\\u202e"\n')
    assert [complaint.line for complaint in document.complaints] == [1, 2, 3, 5]
    assert "\x1b" not in repr(document.data)
    assert isinstance(document.data, dict)
    assert document.data["c"] == "line\nbreak"


def test_surrogates_never_reach_the_data() -> None:
    document = read('a: "\\ud800"\nb: "\\U00110000"\nc: "\\UFFFFFFFF"\n')
    assert document.bad
    repr(document.data).encode()


def test_nothing_of_a_file_can_draw_on_the_terminal() -> None:
    text = "'\\e': no\n\"\\e[2J\": [on]\n\u009b31m: no\na: '\x1b]0;x\x07'\n"
    document = read_text(text.encode(), "\x1b[31m\nevil.yaml")
    shown = "".join(str(complaint) for complaint in document.complaints)
    assert document.bad
    assert shown.isprintable()


def test_complaints_have_a_limit() -> None:
    document = read("\n".join(f"k{n}: no" for n in range(5000)))
    assert len(document.complaints) == MOST_COMPLAINTS + 1
    assert document.complaints[-1].problem == "has more mistakes"


def test_lines_of_nested_values() -> None:
    document = read(
        """\
        # comment

        a:
          b:

            - x
            - y: 1
              z:
                long
                text
        """
    )
    assert document.line(()) == 1
    assert document.line(("a",)) == 3
    assert document.line(("a", "b")) == 4
    assert document.line(("a", "b", 0)) == 6
    assert document.line(("a", "b", 1)) == 7
    assert document.line(("a", "b", 1, "z")) == 8
    assert document.line(("a", "b", 1, "missing", "deeper")) == 7
    assert document.line(("nowhere",)) == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_do_not_depend_on_the_line_endings(ending: str) -> None:
    assert [c.line for c in read(ending.join(["a: 1", "b: no", "c: yes"])).complaints] == [2, 3]
