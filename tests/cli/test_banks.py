"""`banks`: reading them, and checking files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests import fakes
from tests.cli.conftest import TINY_RUBRIC, Run
from trainer import catalogue
from trainer.bank.types import Complaint, LoadedBank
from trainer.paths import Home, shipped

COMPLAINT = Complaint("mine.yaml", 3, "questions[0].id", "it is\x1b[31m\nempty", "write one")


@pytest.fixture
def mine(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run over a library in which the bank of small talk and its question are the user's."""
    library = fakes.library()
    shipped, small_talk = library.banks
    changed = replace(
        library,
        banks=(shipped, LoadedBank(small_talk.bank, "yours", "mine.yaml", replaces=True)),
        complaints=(COMPLAINT, COMPLAINT),
        replaced_questions=("small-talk-journey",),
    )
    monkeypatch.setattr(catalogue, "library_loader", lambda home: lambda: changed)
    return run


def test_list_shows_banks_and_rubrics(run: Run) -> None:
    result = run("banks", "list")
    assert (result.code, result.err) == (0, "")
    assert (
        result.out
        == """\
BANK        QUESTIONS  TITLE
low-score   3          Low exam score
small-talk  1          Small talk

RUBRIC     TITLE
ownership  Owning a weak point
"""
    )


def test_list_tells_of_mistakes_beside_the_result(mine: Run) -> None:
    result = mine("banks", "list")
    assert result.code == 0
    assert "yours, in place of the shipped one" in result.out
    assert result.err == "2 mistakes in the files of the banks.\nSee: trainer banks check\n"


def test_list_as_json(mine: Run) -> None:
    value = mine("banks", "list", "--json").json
    assert value["schema_version"] == 1
    assert [bank["questions"] for bank in value["banks"]] == [3, 1]
    assert value["banks"][1] == {
        "kind": "bank",
        "id": "small-talk",
        "title": "Small talk",
        "about": "Trains the first minute.",
        "family": "opening",
        "layer": "yours",
        "replaces": True,
        "file": "mine.yaml",
        "given_up": [],
        "questions": 1,
    }
    assert value["rubrics"][0]["criteria"] == ["acknowledge", "change"]
    assert value["complaints"][0]["line"] == 3


def test_show_a_bank(mine: Run) -> None:
    result = mine("banks", "show", "small-talk")
    assert result.code == 0
    assert "yours, in place of the shipped one" in result.out
    assert "small-talk-journey  Did you find us well?" in result.out
    value = mine("banks", "show", "small-talk", "--json").json
    assert value["kind"] == "bank"
    assert value["questions"][0]["prompt"] == "Did you find us well?"


def test_show_a_question(run: Run) -> None:
    out = run("banks", "show", "low-score-direct").out
    for part in (
        "Can you tell me about your Step 1 score?",
        "Low exam score",
        "0:30 to prepare, 0:30 to 1:00 to answer",
        "- What happened with Step 1?",
        "They want to hear",
        "- Blaming the exam.",
        "You changed: What did a study day look like",
    ):
        assert part in out
    assert "stands in" not in out


def test_show_says_when_a_question_stands_in_for_a_shipped_one(mine: Run) -> None:
    result = mine("banks", "show", "small-talk-journey")
    assert "This question is yours. It stands in for a shipped one." in result.out
    assert "none, time and delivery only" in result.out
    value = mine("banks", "show", "small-talk-journey", "--json").json
    assert (value["kind"], value["bank"], value["layer"], value["replaces"]) == (
        "question",
        "small-talk",
        "yours",
        True,
    )


def test_show_something_unknown(run: Run) -> None:
    result = run("banks", "show", "\x1b[1mnope")
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("See: trainer banks list\n")
    assert "\x1b" not in result.err


def test_check_without_a_mistake(run: Run) -> None:
    result = run("banks", "check")
    assert result.code == 0
    assert result.out == "No mistakes in 2 banks with 4 questions.\n"
    assert run("banks", "check", "--json").json == {
        "schema_version": 1,
        "ok": True,
        "complaints": [],
    }


def test_check_writes_one_line_for_each_mistake(mine: Run) -> None:
    result = mine("banks", "check")
    assert (result.code, result.err) == (2, "")
    lines = result.out.splitlines()
    assert len(lines) == 2
    assert lines[0] == "mine.yaml:3: questions[0].id: it is␛[31m empty, write one"
    value = mine("banks", "check", "--json")
    assert value.code == 2
    assert value.json["ok"] is False
    assert len(value.json["complaints"]) == 2


def test_check_single_files(run_real: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "rubrics" / "tiny.yaml", tmp_path / "rubrics" / "wrong.yaml"
    good.parent.mkdir()
    good.write_text(TINY_RUBRIC)
    bad.write_text(TINY_RUBRIC.replace("schema: 1\nid: tiny", "schema: 1\nid: wrong\nid: twice"))
    result = run_real("banks", "check", good)
    assert result.out == "No mistakes in 1 file.\n"
    result = run_real("banks", "check", good, bad, tmp_path / "none.yaml")
    assert result.code == 2
    files = {line.split(":")[0] for line in result.out.splitlines()}
    assert files == {str(bad), str(tmp_path / "none.yaml")}


def test_a_worked_example_is_checked_by_the_rubric_that_it_names(
    run_real: Run, home: Home, tmp_path: Path
) -> None:
    good = (shipped("question_banks") / "examples" / "star.yaml").read_text()
    file = tmp_path / "star.yaml"
    file.write_text(good)
    assert run_real("banks", "check", file).out == "No mistakes in 1 file.\n"
    file.write_text(good.replace("quote: it all went well", "quote: it went badly"))
    result = run_real("banks", "check", file)
    assert (result.code, len(result.out.splitlines())) == (2, 1)
    assert "is not in the answer" in result.out
    file.write_text(good.replace("rubric: star", "rubric: stars"))
    assert "did you mean star?" in run_real("banks", "check", file).out
    elsewhere = tmp_path / "mine.yaml"
    elsewhere.write_text(good)
    assert "name it star.yaml" in run_real("banks", "check", elsewhere).out
    home.prepare()
    (home.banks / "rubrics").mkdir()
    (home.banks / "rubrics" / "star.yaml").write_text(TINY_RUBRIC.replace("id: tiny", "id: star"))
    assert run_real("banks", "check").code == 0, "the shipped example is not of this rubric"


def test_a_bad_bank_of_the_user_does_not_stop_the_others(run_real: Run, home: Home) -> None:
    home.prepare()
    (home.banks / "mine.yaml").write_text("schema: 1\nid: [")
    assert run_real("banks", "check").code == 2
    result = run_real("banks", "list")
    assert result.code == 0
    assert "teamwork" in result.out
    assert "mistake" in result.err


@pytest.mark.parametrize("kind", ["bank", "rubric", "lexicon", "terms", "example"])
def test_schema_is_a_json_schema(run: Run, kind: str) -> None:
    value = json.loads(run("banks", "schema", kind).out)
    assert value["$schema"].startswith("https://json-schema.org")


def test_schema_is_that_of_a_bank_unless_told(run: Run) -> None:
    assert run("banks", "schema").out == run("banks", "schema", "bank").out
    assert run("banks", "schema", "house").code == 2


def test_rubrics_and_lexicons_are_shown(run_real: Run, tiny: Home) -> None:
    (tiny.banks / "rubrics" / "star.yaml").write_text(TINY_RUBRIC.replace("id: tiny", "id: star"))
    (tiny.banks / "lexicons").mkdir()
    lexicon = "schema: 1\nid: own\nabout: Mine.\nclasses:\n  own_words: [checked]\n"
    (tiny.banks / "lexicons" / "own.yaml").write_text(lexicon)
    result = run_real("banks", "show", "tiny")
    assert result.out.startswith("A tiny checklist (yours)\n")
    assert "- You checked: What did you check?" in result.out
    assert "(yours, in place of the shipped one)" in run_real("banks", "show", "star").out
    value = run_real("banks", "show", "star", "--json").json
    assert (value["kind"], value["layer"], value["replaces"]) == ("rubric", "yours", True)
    assert value["file"].endswith("star.yaml")
    assert value["criteria"][0]["asks"] == "What did you check?"
    assert "own_words (yours)" in run_real("banks", "show", "own").out
    assert run_real("banks", "show", "own", "--json").json["kind"] == "lexicon"
    listed = run_real("banks", "list").out
    assert "A tiny checklist (yours)" in listed
    assert "A tiny checklist (yours, in place of the shipped one)" in listed


def test_a_shipped_bank_tells_what_it_gave_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    library = fakes.library()
    first, *others = library.banks
    changed = replace(library, banks=(replace(first, given_up=("x",)), *others))
    monkeypatch.setattr(catalogue, "library_loader", lambda home: lambda: changed)
    assert "(without 1 question that yours replace)" in run("banks", "list").out
    assert run("banks", "show", first.bank.id, "--json").json["given_up"] == ["x"]
