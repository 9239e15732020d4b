"""`history`: list, show, delete."""

from __future__ import annotations

import sqlite3

import pytest

from tests.cli.conftest import POOR, Answered, Run
from trainer.paths import Home
from trainer.services import Services


def test_an_empty_history_is_no_error(run: Run) -> None:
    result = run("history", "list")
    assert (result.code, result.out) == (0, "")
    assert "no answers yet" in result.err
    assert run("history", "list", "--json").json == {
        "schema_version": 1,
        "more": False,
        "attempts": [],
    }


def test_list_shows_the_newest_first(run: Run, answered: Answered) -> None:
    result = run("history", "list")
    assert (result.code, result.err) == (0, "")
    header, follow_up, poor, good = result.out.splitlines()
    assert header.split() == ["ID", "WHEN", "RATING", "QUESTION"]
    assert follow_up.startswith(answered.follow_up[:8])
    assert follow_up.endswith("Follow-up: How often?")
    assert poor.startswith(answered.poor[:8])
    assert "strong" in good
    assert max(map(len, result.out.splitlines())) <= 80


def test_list_as_json(run: Run, answered: Answered) -> None:
    value = run("history", "list", "--json").json
    assert value["schema_version"] == 1
    assert [a["id"] for a in value["attempts"]] == [
        answered.follow_up,
        answered.poor,
        answered.good,
    ]
    newest, _, good = value["attempts"]
    assert newest["follow_up_of"] == answered.poor
    assert newest["criterion"] == "change"
    assert (good["score"], good["word"], good["answer_s"]) == (100, "strong", 42.0)


def test_a_remark_stands_in_place_of_a_score(run: Run, answered: Answered, home: Home) -> None:
    change(home, "UPDATE ratings SET rating = json_set(rating, '$.remark', 'off_question')")
    rows = run("history", "list").out.splitlines()[1:]
    assert all("not rated" in row and "strong" not in row for row in rows)
    listed = run("history", "list", "--json").json["attempts"]
    assert {(a["score"], a["word"], a["remark"]) for a in listed} == {(None, None, "off_question")}
    shown = run("history", "show", answered.good)
    assert "Score:" not in shown.out
    value = run("history", "show", answered.good, "--json").json
    assert (value["score"], value["band"], value["remark"]) == (None, None, "off_question")


def test_list_can_be_narrowed(run: Run, answered: Answered) -> None:
    def ids(*options: str) -> list[str]:
        return [a["id"] for a in run("history", "list", "--json", *options).json["attempts"]]

    assert ids("--search", "came the") == [answered.good]
    assert ids("--search", 'no"such*thing') == []
    assert ids("--bank", "low-score", "--limit", "1") == [answered.follow_up]
    assert ids("--bank", "small-talk") == []
    assert "no such answers" in run("history", "list", "--bank", "small-talk").err
    unknown = run("history", "list", "--bank", "nope")
    assert (unknown.code, unknown.out) == (2, "")
    assert "no bank 'nope'" in unknown.err


def test_list_says_that_there_are_more(run: Run, answered: Answered) -> None:
    result = run("history", "list", "--limit", "2")
    assert len(result.out.splitlines()) == 3
    assert "There are more" in result.err
    assert run("history", "list", "--limit", "2", "--json").json["more"] is True
    assert run("history", "list", "--limit", "3", "--json").json["more"] is False
    assert run("history", "list", "--limit", "0").code == 2


def test_show_prints_the_answer_and_its_report(run: Run, answered: Answered) -> None:
    result = run("history", "show", answered.poor[:8])
    assert (result.code, result.err) == (0, "")
    for part in (
        "Question:  Can you tell me about your Step 1 score?",
        "Version:   2 of 2",
        POOR,
        "This could sound like putting it on others.",
        "The interviewer could ask next: What did a study day",
        f"Follow-up answered: {answered.follow_up[:8]}",
        "0:42 long: good",
    ):
        assert part in result.out


def test_show_an_earlier_version(run: Run, answered: Answered) -> None:
    first = run("history", "show", answered.poor, "--version", "1", "--json").json
    newest = run("history", "show", answered.poor, "--json").json
    assert (first["version"], first["versions"], first["text"]) == (1, 2, "It was unfair.")
    assert (newest["version"], newest["source"], newest["text"]) == (2, "corrected", POOR)
    assert run("history", "show", answered.poor, "--version", "3").code == 2


def test_show_as_json(run: Run, answered: Answered) -> None:
    value = run("history", "show", answered.poor, "--json").json
    assert value["schema_version"] == 1
    assert value["marks"] == {"acknowledge": 1, "change": 0}
    assert value["score"] == 2.5
    assert value["follow_ups"] == [answered.follow_up]
    assert value["probe"]["criterion"] == "change"
    assert value["delivery"]["answer_s"] == 42.0
    follow_up = run("history", "show", answered.follow_up, "--json").json
    assert follow_up["marks"] == {"change": 2}
    assert follow_up["probe"] is None


@pytest.mark.parametrize("command", ["show", "delete"])
def test_unknown_ids_are_told(run: Run, answered: Answered, command: str) -> None:
    assert run("history", command, "").code == 2
    for wrong in ("zzz", "\x1b[2J"):
        result = run("history", command, wrong)
        assert (result.code, result.out) == (2, "")
        assert result.err.splitlines()[1] == "See: trainer history list"
        assert "\x1b" not in result.err


def test_an_ambiguous_beginning_is_told(run: Run, answered: Answered, home: Home) -> None:
    for new, old in (("abc1", answered.good), ("abc2", answered.poor)):
        change(home, "UPDATE attempts SET id = ? WHERE id = ?", new, old)
    result = run("history", "show", "abc")
    assert result.code == 2
    assert "2 attempts have an id that begins with 'abc'" in result.err


def change(home: Home, statement: str, *values: str) -> None:
    connection = sqlite3.connect(home.database)
    connection.execute(statement, values)
    connection.execute("DROP TABLE IF EXISTS library")  # derived: the next start makes it anew
    connection.commit()
    connection.close()


def remaining(run: Run) -> set[str]:
    return {attempt["id"] for attempt in run("history", "list", "--json").json["attempts"]}


def test_delete_takes_the_follow_ups_along(run: Run, answered: Answered) -> None:
    result = run("history", "delete", answered.poor[:8], "--yes")
    assert (result.code, result.out) == (0, "2 answers are deleted.\n")
    assert remaining(run) == {answered.good}


def test_delete_asks_on_a_terminal(run: Run, answered: Answered) -> None:
    result = run("history", "delete", answered.good, stdin="n\n", terminal=True)
    assert (result.code, result.out.strip()) == (1, "")  # click 8.1 writes a space
    assert "Nothing was deleted" in result.err
    assert answered.good in remaining(run)
    result = run("history", "delete", answered.good, stdin="y\n", terminal=True)
    assert (result.code, result.out.strip()) == (0, "1 answer is deleted.")
    assert answered.good not in remaining(run)


def test_delete_without_a_terminal_needs_yes(run: Run, answered: Answered) -> None:
    result = run("history", "delete", answered.good, stdin="y\n")
    assert (result.code, result.out) == (2, "")
    assert "--yes" in result.err
    assert answered.good in remaining(run)


def test_leaving_the_question_is_an_interruption(run: Run, answered: Answered) -> None:
    result = run("history", "delete", answered.good, stdin="", terminal=True)
    assert result.code == 130
    assert answered.good in remaining(run)


def test_a_rating_whose_rubric_cannot_be_read_is_shown_without_a_report(
    run: Run, answered: Answered, home: Home
) -> None:
    change(home, "UPDATE rubrics SET json = '{}'")
    result = run("history", "show", answered.good)
    assert result.code == 0
    assert "The rubric of this rating cannot be read" in result.out
    value = run("history", "show", answered.good, "--json").json
    assert (value["score"], value["band"]) == (100, None)


def test_a_history_that_cannot_be_used_is_told(run: Run, home: Home) -> None:
    home.root.parent.mkdir(exist_ok=True)
    home.root.write_text("a file where the folder should be")
    result = run("history", "list")
    assert (result.code, result.out) == (1, "")
    assert len(result.err.splitlines()) == 2


def test_the_store_is_closed_on_every_way_out(
    run: Run, answered: Answered, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[bool] = []
    close = Services.close

    def note(self: Services) -> None:
        closed.append(True)
        close(self)

    monkeypatch.setattr(Services, "close", note)
    for arguments in (("list",), ("show", "nope"), ("delete", answered.good)):
        run("history", *arguments)
    assert len(closed) == 3


def test_a_rescue_is_told_and_copies_are_named_after_deleting(
    run: Run, answered: Answered, home: Home
) -> None:
    home.database.with_name("trainer.sqlite3.before-v2").touch()
    (home.root / "trainer.sqlite3-suspect").touch()
    result = run("history", "list")
    assert (result.code, len(result.out.splitlines())) == (0, 4)
    (kept,) = home.root.glob("*.damaged-*")
    assert "The history file was damaged." in result.err
    assert str(kept) in result.err
    assert run("history", "list").err == ""
    result = run("history", "delete", answered.good, "--yes")
    assert (result.code, result.out) == (0, "1 answer is deleted.\n")
    assert str(kept) in result.err
    assert "before-v2" in result.err
