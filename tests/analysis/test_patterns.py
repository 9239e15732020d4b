import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.analysis.matching import Matcher
from trainer.analysis.patterns import (
    GAP,
    PatternError,
    build_classes,
    check_classes,
    check_pattern,
    parse_pattern,
)
from trainer.analysis.tokens import read
from trainer.transcript.types import Transcript

CLASSES = {
    "role": ("nurse", "social worker", "pharma*"),
    "someone": ("{role}", "a {role}"),
    "told": ("i ({adverb}) told {someone}",),
}


def found(pattern: str, text: str, classes=CLASSES) -> list[str]:
    """Return what `pattern` matches in `text`, taken as one clause."""
    reading = read(Transcript.typed(text))
    limits = (len(reading.tokens),) * len(reading.tokens)
    matches = Matcher(reading, build_classes(classes)).matches(parse_pattern(pattern), limits)
    return [" ".join(reading.tokens[start:end]) for start, end in matches]


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("score", "My SCORE, the scores", ["score"]),
        ("fail*", "I failed; failure, fail", ["failed", "failure", "fail"]),
        ("didn't pass", "I did not pass", ["did not pass"]),
        ("i didn\u2019t", "I didn't", ["i did not"]),
        ("week-long", "a week-long course", ["week long"]),
        ("a|the score", "a score, the score, my score", ["a score", "the score"]),
        ("i (really) tried", "I tried and I really tried", ["i tried", "i really tried"]),
        ("{role}", "the social worker and the pharmacist", ["social worker", "pharmacist"]),
        ("{told}", "I quickly told a nurse", ["i quickly told a nurse"]),
        ("i _ him", "I saw him, I often saw him", ["i saw him"]),
        ("from ... to", "from a b c d to", ["from a b c d to"]),
        ("from ... to", "from a b c d e to", []),
        ("^ since then", "since then, and since then", ["since then"]),
        (
            "i [wrote to|called] him",
            "I wrote to him, I called him",
            ["i wrote to him", "i called him"],
        ),
        ("thing (in my mind) was", "thing in my mind was", ["thing in my mind was"]),
        ("{number} patients", "forty patients in 2019", ["forty patients"]),
        ("i {acted}", "I phoned, I felt, I went, I need", ["i phoned", "i went"]),
        ("i {act}", "I move the screen", ["i move"]),
        ("in {name}", "we met in Tuzla in winter", ["in tuzla"]),
        ("nothing here", "nothing", []),
    ],
)
def test_what_a_pattern_matches(pattern, text, matches):
    assert found(pattern, text) == matches


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        ("", "empty"),
        ("(a)", "optional"),
        ("_ a", "gap"),
        ("a ...", "end"),
        ("a ((b)) c", "brackets"),
        ("a (b c", "brackets"),
        ("a| b", "alternative"),
        ("a...b", "spaces"),
        ("*", "stem"),
        ("a*b", "stem"),
        ("{Role}", "small letters"),
        ("{role", "class"),
        ("{nobody}", "no word class {nobody}"),
        ("...", "end"),
        ("?!", "no word"),
        ("a " * 41, "items"),
    ],
)
def test_a_bad_pattern_is_told_in_its_authors_terms(pattern, part):
    problem = check_pattern(pattern, CLASSES)
    assert problem is not None
    assert part in problem


def test_every_built_in_class_is_known():
    for name in ("number", "score", "year", "age", "percent", "past", "acted", "act", "done"):
        assert check_pattern(f"{{{name}}}", {}) is None


def test_a_class_that_leads_back_to_itself_is_a_problem_and_harmless():
    circle = {"a": ("{b}", "x"), "b": ("{a}",), "c": ("y",)}
    assert set(check_classes(circle)) == {"a", "b"}
    assert found("{a}|{c}", "x y", circle) == ["y"]


def test_classes_nested_too_deep_are_a_problem_and_harmless():
    beyond = sys.getrecursionlimit() + 100
    chain = {f"c{k}": (f"{{c{k + 1}}}",) for k in range(beyond)} | {f"c{beyond}": ("x",)}
    assert "deep" in check_classes(chain)["c0"]
    assert found("{c0}", "x", chain) == []


def test_a_bad_member_leaves_the_rest_of_its_class():
    assert check_classes({"a": ("x", "(y)", "^ z")}).keys() == {"a"}
    assert found("{a}", "x z", {"a": ("x", "(y)", "^ z")}) == ["x"]


def test_no_match_passes_the_end_of_its_clause():
    reading = read(Transcript.typed("i went home"))
    matcher = Matcher(reading, {})
    assert matcher.matches(parse_pattern("went home"), (2, 2, 3)) == []
    assert matcher.matches(parse_pattern("^ home"), (2, 2, 3)) == [(2, 3)]
    assert matcher.matches(parse_pattern("^ went"), (2, 2, 3)) == []


def test_the_work_of_a_hostile_pattern_stays_bounded(monkeypatch):
    # twenty gaps over a row of equal words would be 4 ** 20 ways for a backtracking matcher
    steps = 0
    plain = Matcher._ends

    def counted(self, items, start, limit):
        nonlocal steps
        steps += 1
        return plain(self, items, start, limit)

    monkeypatch.setattr(Matcher, "_ends", counted)
    pattern = "a " + "... a " * 19 + "b"
    assert check_pattern(pattern, {}) is None
    assert found(pattern, "a " * 400) == []
    assert steps == 400


pieces = st.sampled_from(
    [
        "a",
        "b",
        "(a)",
        "a|b",
        "...",
        "_",
        "{role}",
        "{told}",
        "x*",
        "[a b|c]",
        "(a b)",
        "^",
        "|",
        "{",
    ]
)


@given(st.lists(pieces, max_size=8).map(" ".join), st.lists(st.sampled_from("abcx"), max_size=30))
@example("a ... a ... a", list("aaaaaa"))
def test_any_pattern_is_refused_or_matches_within_reach(pattern, words):
    text = " ".join(words)
    if check_pattern(pattern, CLASSES) is not None:
        return
    longest = len(parse_pattern(pattern).items) * (GAP + 4)
    for match in found(pattern, text):
        assert match in text
        assert len(match.split()) <= longest


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    check_pattern(text, CLASSES)
    try:
        parse_pattern(text)
    except PatternError as error:
        assert str(error)
