"""`score`: one answer, as lines for people and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, POOR, Run
from trainer.analysis.types import Remark
from trainer.coach.method import KEYWORDS
from trainer.paths import Home

BY_RUBRIC = ("--rubric", "ownership")


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "answer.txt"
    path.write_text(POOR, encoding="utf-8")
    return path


def test_the_report_shows_band_marks_quotes_flags_advice_and_method(run: Run, answer: Path) -> None:
    result = run("score", answer, "--question", "low-score-direct")
    assert (result.code, result.err) == (0, "")
    assert (
        result.out
        == """\
Question: Can you tell me about your Step 1 score?
Rubric:   Owning a weak point

Score: not there yet, 0-10

partly  You name it
        "half-acknowledge"
        Say how often.
missed  You changed
        I did not hear it.

This could sound like putting it on others.
        "unfair."

One thing to change next: You changed
  You said: "half-acknowledge"
  I did not hear it.
  You could go on: "What I changed was ..."

Delivery: 9 words
          "I" once, "we" 0 times

This is a keyword check. It looks for words that often carry each point. It
can miss a good answer in other words. Read the quotes and judge for yourself.
"""
    )


def test_a_good_answer_is_not_told_to_change(run: Run) -> None:
    result = run("score", "-", *BY_RUBRIC, stdin=GOOD)
    assert "Score: strong, 92-100" in result.out
    assert "One thing to change" not in result.out
    assert "could sound like" not in result.out


def test_lines_fit_eighty_columns(run_real: Run, home: Home) -> None:
    text = "I checked the chart with the nurse in Lahore in 2019. It was unfair. " * 20
    result = run_real("score", "-", "--rubric", "teamwork", stdin=text)
    assert result.code == 0
    assert max(map(len, result.out.splitlines())) <= 80


def test_json_has_the_fields_of_a_batch_line_and_the_report(run: Run, answer: Path) -> None:
    value = run("score", answer, "--question", "low-score-direct", "--json").json
    assert next(iter(value)) == "schema_version"
    assert value["schema_version"] == 1
    assert value["question"]["id"] == "low-score-direct"
    assert value["rubric"] == "ownership"
    assert value["marks"] == {"acknowledge": 1, "change": 0}
    assert value["flags"] == {"blame": True}
    assert value["quotes"] == {"acknowledge": ["half-acknowledge"], "change": []}
    assert value["score"] == 2.5
    assert value["band"] == {"low": 0, "high": 10, "word": "not there yet"}
    assert value["report"]["criteria"][0]["comment"] == "Say how often."
    assert value["report"]["flags"][0]["says"] == "putting it on others."
    assert value["report"]["advice"]["opener"] == "What I changed was"
    assert value["report"]["parts"] == [{"name": "action", "quote": POOR}]
    assert value["delivery"]["words"] == 9
    assert value["delivery"]["lower_s"] == 30


def test_without_a_question_there_are_no_times_to_aim_for(run: Run) -> None:
    value = run("score", "-", *BY_RUBRIC, "--json", stdin=GOOD).json
    assert value["question"] is None
    assert value["delivery"]["lower_s"] is None


def test_a_question_without_a_rubric_gets_delivery_only(run: Run) -> None:
    by_question = ("--question", "small-talk-journey")
    result = run("score", "-", *by_question, stdin="It was fine.")
    assert result.code == 0
    assert "no rubric" in result.out
    assert "3 words" in result.out
    assert KEYWORDS.note[:20] not in result.out
    value = run("score", "-", *by_question, "--json", stdin="It was fine.").json
    assert value["rubric"] is value["score"] is value["band"] is None
    assert value["marks"] == value["quotes"] == {}


def test_an_empty_answer_gets_its_remark_only(run_real: Run, tiny: Home) -> None:
    result = run_real("score", "-", "--rubric", "tiny", stdin=" \n")
    assert result.code == 0
    assert "no words to rate" in result.out
    assert "Score" not in result.out
    assert "checked" not in result.out
    value = run_real("score", "-", "--rubric", "tiny", "--json", stdin="").json
    assert value["remark"] == Remark.EMPTY
    assert value["score"] == 0
    assert value["band"] is None
    assert value["report"]["remark"]


def test_a_note_is_told_beside_the_marks(run: Run) -> None:
    said = "I acknowledge it. too_short"
    result = run("score", "-", "--rubric", "ownership", stdin=said)
    assert "too short to rate well" in result.out
    assert "acknowledge" in result.out
    value = run("score", "-", "--rubric", "ownership", "--json", stdin=said).json
    assert value["notes"] == ["too_short"]
    assert [note[:17] for note in value["report"]["notes"]] == ["This is too short"]


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_escapes_in_an_answer_show_as_text(
    run_real: Run, tiny: Home, as_json: tuple[str, ...]
) -> None:
    text = "\x1b]0;title\x07I \x1b[31mchecked\u202e the \x9b2J chart.\r\nI checked it again."
    result = run_real("score", "-", "--rubric", "tiny", *as_json, stdin=text)
    assert "checked" in result.out
    assert not set("\x1b\x07\x9b\u202e\r") & set(result.out)


def test_a_byte_order_mark_is_no_part_of_the_text(run: Run) -> None:
    result = run("score", "-", *BY_RUBRIC, "--json", stdin="\ufeff" + GOOD)
    assert result.json["report"]["parts"][0]["quote"] == GOOD


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"I acknowledge caf\xe9.\n", "byte 0xe9 at position 18 (line 1)"),
        (b"one\ntwo \xff", "byte 0xff at position 9 (line 2)"),
        ("Grüße".encode("utf-16"), "UTF-16"),
        (b"a\0b", "neither text nor a known sound file: byte 2 is zero"),
        (b"x" * 1_000_001, "larger than 1 MB"),
    ],
)
@pytest.mark.parametrize("by", ["file", "stdin"])
def test_what_is_no_text_is_told(
    run: Run, tmp_path: Path, content: bytes, message: str, by: str
) -> None:
    path = tmp_path / "answer.txt"
    path.write_bytes(content)
    name, stdin = (path, b"") if by == "file" else ("-", content)
    result = run("score", name, *BY_RUBRIC, stdin=stdin)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 2


def test_a_missing_file_and_a_folder_are_told(run: Run, tmp_path: Path) -> None:
    assert "There is no file" in run("score", tmp_path / "a.wav", *BY_RUBRIC).err
    result = run("score", tmp_path, *BY_RUBRIC)
    assert result.code == 2
    assert "is a folder" in result.err


def test_a_file_without_the_right_to_read_is_told(
    run: Run, answer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    result = run("score", answer, *BY_RUBRIC)
    assert result.code == 2
    assert "cannot be read: Permission denied." in result.err


def test_escapes_in_a_file_name_show_as_text(run: Run, tmp_path: Path) -> None:
    result = run("score", tmp_path / "\x1b[31mno\nsuch\udcff", *BY_RUBRIC)
    assert result.code == 2
    assert "\x1b" not in result.err
    assert len(result.err.splitlines()) == 2


def test_a_person_at_the_terminal_is_told_how_to_end(run: Run) -> None:
    result = run("score", "-", *BY_RUBRIC, stdin=GOOD, terminal=True)
    assert result.code == 0
    assert "Ctrl+D" in result.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "Give either --question ID or --rubric ID."),
        (("--question", "low-score-direct", *BY_RUBRIC), "Give either"),
        (("--question", "nope"), "There is no question 'nope'."),
        (("--rubric", "nope"), "There is no rubric 'nope'."),
    ],
)
def test_wrong_ids_are_told_before_the_file_is_read(
    run: Run, options: tuple[str, ...], message: str
) -> None:
    result = run("score", "no-such-file.txt", *options)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_nothing_is_stored_and_no_folder_is_made(run: Run, home: Home) -> None:
    assert run("score", "-", *BY_RUBRIC, stdin=GOOD).code == 0
    assert not home.root.exists()


def test_a_rubric_with_mistakes_is_told_where_it_is_asked_for(run_real: Run, tiny: Home) -> None:
    path = tiny.banks / "rubrics" / "tiny.yaml"
    path.write_text(path.read_text().replace("weight: 1\n", "weight: heavy\n"))
    result = run_real("score", "-", "--rubric", "tiny", stdin=GOOD)
    assert result.code == 2
    assert "There is no rubric 'tiny'." in result.err
    assert "trainer banks check" in result.err
