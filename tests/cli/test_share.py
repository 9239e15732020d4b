"""`share`, and the way back through `history import`, as a user meets them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Answered, Run
from trainer.bank.types import Mark
from trainer.exchange.share_reading import read_share
from trainer.exchange.share_reviewing import add_comment, add_review, write_review


def test_an_answer_goes_out_and_comes_back_with_marks(
    run: Run, answered: Answered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("share", answered.poor[:8])
    assert (told.code, told.err) == (0, "")
    file = tmp_path / f"answer-{answered.poor[:8]}.json"
    assert file.name in told.out
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Nobody has added anything" in run("history", "import", file.name).err
    mine = read_share(file)
    assert mine.rubric
    assert mine.entry.ratings == ()
    at = "2026-02-01T10:00:00Z"
    marks = {criterion.id: Mark.MET for criterion in mine.rubric.criteria}
    back = add_comment(add_review(mine, "Amal\x1b[31m", at, marks), "Ben", at, 0, 2, "Which?")
    file.write_text(write_review(back))
    told = run("history", "import", file)
    assert told.code == 0
    assert "\x1b" not in told.out
    assert "Ben" in told.out
    assert "1 rating and 1 comment added" in told.out
    assert run("history", "import", file, "--json").json == {
        "schema_version": 1,
        "id": answered.poor,
        "names": ["Amal\x1b[31m", "Ben"],
        "ratings": 0,
        "comments": 0,
        "same": 2,
        "left_out": [],
    }
    notes = run("history", "note", answered.poor, "--json").json["notes"]
    assert [(note["text"], note["by"]) for note in notes] == [("Which?", "listener")]


def test_a_file_that_is_there_stays_and_marks_are_in_when_wanted(
    run: Run, answered: Answered, tmp_path: Path
) -> None:
    file = tmp_path / "mine.json"
    file.write_text("mine")
    told = run("share", answered.good, "--ratings", "-o", file)
    assert (told.code, file.read_text()) == (2, "mine")
    assert "--force" in told.err
    assert run("share", answered.good, "--ratings", "-o", file, "--force").code == 0
    assert [rating.rater for rating in read_share(file).entry.ratings] == ["machine"]
    assert run("share", answered.good, "-o", "-").out.startswith('{"format": "interview-trainer')


def test_what_cannot_be_shared_writes_nothing(run: Run, answered: Answered, tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    told = run("share", answered.good, "--sound", "-o", file)
    assert (told.code, told.out) == (2, "")
    assert "no sound" in told.err
    assert run("share", "nope", "-o", file).code == 2
    assert not file.exists()
    file.write_text('{"format": "interview-trainer-share"}')
    told = run("history", "import", file)
    assert (told.code, told.out) == (1, "")
    assert "trainer share" in told.err


def test_what_is_no_file_is_refused_before_anything_is_asked(run: Run, tmp_path: Path) -> None:
    for name in (tmp_path, "/dev/null"):
        told = run("history", "import", name)
        assert (told.code, told.out) == (1, "")
        assert "a pipe or a device" in told.err


def test_a_mentor_marks_a_file_line_by_line_and_it_comes_back(
    run: Run, answered: Answered, tmp_path: Path
) -> None:
    file = tmp_path / "answer.json"
    assert run("share", answered.poor, "-o", file).code == 0
    before = file.read_bytes()
    told = run("review", file, "--plain", "--name", "Amal", stdin="r\n1\n3\nn\nCalm.\nq\n")
    assert (told.code, told.err) == (0, "")
    back = tmp_path / "answer-reviewed.json"
    assert str(back) in "".join(told.out.split("\n"))
    assert file.read_bytes() == before
    told = run("history", "import", back)
    assert "From Amal: 1 rating and 0 comments added." in told.out
    assert run("history", "import", back).out.count("There already: 1.") == 1


def test_what_is_to_be_reviewed_is_told_by_looking(
    run: Run, answered: Answered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named_like_an_id = tmp_path / answered.good
    assert run("share", answered.poor, "-o", named_like_an_id).code == 0
    assert "What you gave" not in run("review", answered.poor[:8], "--plain", stdin="q\nq\n").out
    told = run("review", named_like_an_id.name, "--plain", stdin="q\n")
    assert "Nothing is given yet." in told.out
    for wrong in ("gone.json", "../../etc", "/dev/zero", "a\0b.json"):
        told = run("review", wrong, "--plain")
        assert (told.code, told.out) == (1, "")
        assert told.err
    (tmp_path / "mine.json").write_text("{}")
    assert "no shared answer" in run("review", "mine.json", terminal=True).err
    assert run("review", answered.good[:8], "--name", "Amal").code == 2
    assert "--plain" in run("review", named_like_an_id.name).err
