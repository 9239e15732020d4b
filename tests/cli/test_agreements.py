"""`history agreement`: all answers, one answer, JSON, and when there is nothing to compare."""

from __future__ import annotations

from tests.cli.conftest import Answered, Run
from trainer.paths import Home
from trainer.store.database import Store
from trainer.store.types import SpanNote


def test_the_marks_of_two_are_told(run: Run, answered: Answered) -> None:
    assert "No answer has marks of two raters yet" in run("history", "agreement").err
    alone = run("history", "agreement", answered.good)
    assert (alone.code, alone.out) == (2, "")
    marks = ("acknowledge=missed", "change=met")
    assert run("history", "rate-self", answered.good, *marks).code == 0
    told = run("history", "agreement")
    assert (told.code, told.err) == (0, "")
    assert max(map(len, told.out.splitlines())) <= 80
    for part in ("Who gives more", "You and Machine: 1 of 2 marks the same", "Talk about these"):
        assert part in told.out
    one = run("history", "agreement", answered.good)
    assert "missed (You): You name it: absent." in one.out
    assert "* Here the marks differ." in one.out
    value = run("history", "agreement", "--json").json
    assert (value["schema_version"], value["answers"], value["differing"]) == (1, 1, 1)
    (pair,) = value["pairs"]
    assert (pair["equal"], pair["marks"], pair["kappa"]["low"]) == (1, 2, None)
    lines = run("history", "agreement", answered.good, "--json").json["marks"]
    assert [line["step"] for line in lines] == [2, 0]


def test_a_note_of_a_peer_bears_the_name(run: Run, answered: Answered, home: Home) -> None:
    with Store.open(home) as store:
        record = store.attempt(answered.good)
        assert record
        words = record.transcripts[-1].id
        at = "2026-01-01T00:00:00+00:00"
        store.add_note(SpanNote("n", answered.good, words, 0, 2, "Who?", at, "peer", "Ana\x1b"))
    told = run("history", "note", answered.good)
    assert "(by Ana" in told.out
    assert "\x1b" not in told.out
    (note,) = run("history", "note", answered.good, "--json").json["notes"]
    assert (note["by"], note["name"]) == ("listener", "Ana\x1b")
