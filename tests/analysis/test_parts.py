"""Parts of a story from evidence alone: no cue needs to have found it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.conftest import a_criterion, a_cue, a_rubric
from trainer.analysis.clauses import Clause
from trainer.analysis.cues import Evidence
from trainer.analysis.guards import Standing
from trainer.analysis.parts import PARTS, find_parts
from trainer.transcript.types import Transcript

CORPUS = Path(__file__).parents[2] / "corpus" / "development.jsonl"
RUBRIC = a_rubric(*(a_criterion(a_cue("x"), name=part, part=part) for part in PARTS))
NO_TASK = a_rubric(
    *(a_criterion(a_cue("x"), name=part, part=part) for part in PARTS if part != "task")
)
LENGTH = 10


def standings(count: int, repeated: tuple[int, ...] = ()) -> list[Standing]:
    """Return `count` clauses of ten words each."""
    return [
        Standing(
            Clause(k * LENGTH, (k + 1) * LENGTH, k),
            k * LENGTH,
            (k + 1) * LENGTH,
            "first",
            True,
            False,
            k not in repeated,
        )
        for k in range(count)
    ]


def evidence(*clauses: int, mass: float = 1.0) -> list[Evidence]:
    return [Evidence(k, mass, mass, k * LENGTH, k * LENGTH + 4, ("x",), ("x",)) for k in clauses]


def names(spans, count: int) -> list[str | None]:
    found = {span.start // LENGTH: span.name for span in spans}
    return [found.get(k) for k in range(count)]


def test_clauses_between_told_ones_take_the_part_of_their_place():
    found = find_parts(
        RUBRIC,
        standings(10),
        {"situation": evidence(0), "action": evidence(4, 5), "result": evidence(8)},
    )
    told = names(found, 10)
    assert told[0] == "situation"
    assert told[4:6] == ["action", "action"]
    assert told[8] == "result"
    assert None not in told
    assert list(dict.fromkeys(told)) == [part for part in PARTS if part in told]


def test_where_little_is_told_the_rest_stays_without_a_part():
    found = find_parts(RUBRIC, standings(10), {"action": evidence(5)})
    assert names(found, 10) == [None] * 5 + ["action"] + [None] * 4


def test_evidence_for_words_needs_no_cue():
    words = {
        "situation": [0.9] * 20 + [0.0] * 80,
        "action": [0.0] * 20 + [0.9] * 60 + [0.0] * 20,
        "reflection": [0.0] * 80 + [0.9] * 20,
    }
    told = names(find_parts(RUBRIC, standings(10), {}, words), 10)
    assert told == ["situation"] * 2 + ["action"] * 6 + ["reflection"] * 2


def test_words_and_cues_add_up():
    cues = {"situation": evidence(0), "action": evidence(7, mass=0.3), "result": evidence(9)}
    words = {"result": [0.0] * 70 + [1.0] * 10 + [0.0] * 20}
    without = names(find_parts(RUBRIC, standings(10), cues), 10)
    together = names(find_parts(RUBRIC, standings(10), cues, words), 10)
    assert without[7] == "action"
    assert together[7] == "result"


def test_a_part_that_the_rubric_does_not_know_is_never_given():
    found = find_parts(NO_TASK, standings(10), {"situation": evidence(0, 1), "action": evidence(4)})
    assert "task" not in names(found, 10)


def test_a_part_that_was_hardly_heard_is_not_given_for_its_place():
    cues = {"situation": evidence(0, 1), "action": evidence(3, 4), "result": evidence(8, mass=0.2)}
    assert "result" not in names(find_parts(RUBRIC, standings(10), cues), 10)


def test_a_part_that_the_checklist_missed_is_not_given():
    cues = {"situation": evidence(0, 1), "action": evidence(3, 4), "result": evidence(8)}
    told = names(find_parts(RUBRIC, standings(10), cues, missed=["result"]), 10)
    assert "result" not in told
    assert told[8] == "action"


def test_a_part_with_two_criteria_is_given_for_one_of_them():
    rubric = a_rubric(
        a_criterion(a_cue("x"), name="acknowledge", part="situation"),
        a_criterion(a_cue("x"), name="context", part="situation"),
        a_criterion(a_cue("x"), name="change", part="action"),
    )
    cues = {"context": evidence(0, 1, 2), "change": evidence(5, 6)}
    told = names(find_parts(rubric, standings(8), cues, missed=["acknowledge"]), 8)
    assert told[0] == "situation"


def test_a_little_evidence_in_every_word_tells_nothing():
    words = {part: [0.03] * 100 for part in PARTS}
    assert find_parts(RUBRIC, standings(10), {}, words) == []


def test_a_clause_that_only_repeats_has_no_part():
    cues = {"situation": evidence(0, 1), "action": evidence(3, 4), "result": evidence(8)}
    assert names(find_parts(RUBRIC, standings(10, repeated=(4,)), cues), 10)[4] is None


def test_nothing_heard_gives_no_parts():
    assert find_parts(RUBRIC, standings(4), {}) == []
    assert find_parts(RUBRIC, [], {}) == []
    assert find_parts(a_rubric(a_criterion(a_cue("x"))), standings(4), {"own": evidence(1)}) == []


@given(
    st.integers(1, 30),
    st.dictionaries(st.sampled_from(PARTS), st.lists(st.integers(0, 29), max_size=20)),
    st.dictionaries(st.sampled_from(PARTS), st.lists(st.floats(0, 1), max_size=400)),
)
def test_spans_are_clauses_in_order_each_once(count, found, words):
    cues = {name: evidence(*sorted({k for k in ks if k < count})) for name, ks in found.items()}
    spans = find_parts(RUBRIC, standings(count), cues, words)
    assert [s.start for s in spans] == sorted({s.start for s in spans})
    assert all(s.end - s.start == LENGTH and s.end <= count * LENGTH for s in spans)
    assert all(s.kind == "part" and s.name in PARTS for s in spans)


@pytest.mark.parametrize(
    ("rubric", "least"),
    [("star", 0.75), ("teamwork", 0.79), ("resilience", 0.7), ("ownership", 0.72)],
)
def test_words_that_raters_quoted_lie_in_their_part(rater, library, rubric, least):
    """The share stands a little under what cues reach on every third answer."""
    right = quoted = 0
    rows = map(json.loads, CORPUS.read_text(encoding="utf-8").splitlines())
    for row in [row for row in rows if row["rubric"] == rubric][::3]:
        transcript = Transcript.typed(row["text"])
        rating = rater.rate(transcript, library.rubrics[rubric], row["question"])
        given = {
            k: span.name
            for span in rating.spans
            if span.kind == "part"
            for k in range(span.start, span.end)
        }
        wanted: dict[int, set[str]] = {}
        for criterion in library.rubrics[rubric].criteria:
            for quote in row["quotes"].get(criterion.id) or () if criterion.part else ():
                at = row["text"].index(quote)
                for k, word in enumerate(transcript.words):
                    if word.start < at + len(quote) and word.end > at:
                        wanted.setdefault(k, set()).add(criterion.part or "")
        quoted += len(wanted)
        right += sum(given.get(k) in parts for k, parts in wanted.items())
    assert right / quoted >= least
