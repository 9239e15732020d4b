"""`history export`, `import` and `search`, as a user meets them."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Answered, Run
from tests.exchange import files
from trainer.paths import HOME_VARIABLE, Home

TO = ("--question", "low-score-direct")


@pytest.fixture
def call(tmp_path: Path) -> Path:
    file = tmp_path / "a call.vtt"
    said = "I acknowledge it. Then came the change."
    text = files.ZOOM.replace("Well: I like it.", said)
    file.write_text(text, encoding="utf-8", newline="")
    return file


def test_json_goes_out_and_comes_back_the_same(
    run: Run, answered: Answered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "history.json"
    told = run("history", "export", "--format", "json", "--output", file)
    assert (told.code, told.err) == (0, "")
    assert told.out == f"3 answers are written to {file}\n"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "another"))
    assert run("history", "import", file).out == "3 answers are added.\n"
    again = run("history", "export", "--format", "json").json
    first = json.loads(file.read_text())
    assert again.pop("exported_at") >= first.pop("exported_at")
    assert again == first
    assert "3 answers are there already." in run("history", "import", file).out
    told = run("history", "import", file, "--json").json
    assert told == {"schema_version": 1, "added": 0, "completed": 0, "same": 3, "differing": []}
    shown = run("history", "show", answered.poor, "--json").json
    assert (shown["versions"], shown["follow_ups"]) == (2, [answered.follow_up])


def test_answers_are_chosen_by_id_bank_and_day(run: Run, answered: Answered) -> None:
    def ids(*options: str) -> list[str]:
        told = run("history", "export", "--format", "json", *options).json
        return [attempt["id"] for attempt in told["attempts"]]

    assert ids(answered.poor[:8], answered.poor) == [answered.poor]
    assert ids("--bank", "low-score") == [answered.good, answered.poor, answered.follow_up]
    assert ids("--since", "2000-01-01") == ids()
    assert ids("--until", "2000-01-01") == []
    assert run("history", "export", "--format", "json", "--bank", "nope").code == 2
    both = run("history", "export", answered.good, "--format", "md", "--since", "2026-01-01")
    assert (both.code, both.out) == (2, "")
    assert run("history", "export", "--format", "md", "--since", "soon").code == 2


def test_nothing_chosen_writes_nothing(run: Run, answered: Answered, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    chosen = ("--format", "html", "--output", file, "--until", "2000-01-01")
    assert run("history", "export", *chosen).code == 1
    assert not file.exists()


def test_a_file_that_is_there_stays(run: Run, answered: Answered, tmp_path: Path) -> None:
    file = tmp_path / "answers.md"
    file.write_text("mine")
    write = ("history", "export", "--format", "md", "--output", file)
    refused = run(*write)
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    assert file.read_text() == "mine"
    assert run(*write, "--force").code == 0
    assert "# Can you tell" in file.read_text()
    assert "is a folder" in run(*write[:-1], tmp_path).err
    missing = run(*write[:-1], tmp_path / "gone" / "x.md")
    assert (missing.code, "cannot be written" in missing.err) == (1, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.md", "home"]


def test_pages_and_figures_are_written(run: Run, answered: Answered, tmp_path: Path) -> None:
    page = run("history", "export", answered.good, "--format", "html", "--output", "-").out
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<article") == 1
    table = run("history", "export", "--format", "csv").out
    assert len(list(csv.DictReader(io.StringIO(table)))) == 3
    file = tmp_path / "table.csv"
    run("history", "export", "--format", "csv", "--output", file)
    assert file.read_text(encoding="utf-8") == f"\ufeff{table}"


def test_an_answer_whose_words_are_lost_is_left_out_and_named(
    run: Run, answered: Answered, home: Home, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(home.database)) as database, database:
        database.execute("DELETE FROM transcripts WHERE attempt_id = ?", (answered.good,))
    told = run("history", "export", "--format", "md", "--output", tmp_path / "all.md")
    assert told.out.startswith("2 answers are written to ")
    assert told.err == "1 answer is left out: damage took the words.\n"
    assert "The words of this answer are lost." in run("history", "show", answered.good).err


def test_subtitles_need_one_answer_with_times(run: Run, answered: Answered, call: Path) -> None:
    typed = run("history", "export", answered.good, "--format", "srt")
    assert (typed.code, typed.out) == (2, "")
    assert "no times" in typed.err
    assert run("history", "export", "--format", "vtt").code == 2
    imported = run("history", "import", call, *TO, "--speaker", "omar", "--json").json["id"]
    written = run("history", "export", imported, "--format", "vtt").out
    assert written.startswith("WEBVTT\n\n1\n00:00:04.000 --> ")
    assert "I acknowledge it." in written


def test_a_transcript_becomes_an_answer_that_is_rated(run: Run, home: Home, call: Path) -> None:
    told = run("history", "import", call, *TO, "--speaker", "omar")
    assert (told.code, told.err) == (0, "")
    short = told.out.split()[0]
    assert f"{short}  imported from a call.vtt: 8 words of Omar Haddad" in told.out
    assert "of 100." in told.out
    shown = run(*told.out.rpartition("See it: trainer ")[2].split())
    assert "Words:     imported from a call.vtt" in shown.out
    assert "met     You changed" in shown.out
    assert not list(home.recordings.glob("*"))


def test_its_json_is_that_of_the_history(run: Run, call: Path) -> None:
    options = ("--speaker", "omar", "--date", "2026-03-01T14:30:00+00:00", "--json")
    told = run("history", "import", call, *TO, *options).json
    shown = run("history", "show", told["id"], "--json").json
    assert {name: told[name] for name in shown} == shown
    assert (told["source"], told["origin"]) == ("imported", "a call.vtt")
    assert told["started_at"].startswith("2026-03-01T14:30:00")
    assert told["delivery"]["answer_s"] == pytest.approx(6.0)
    assert (told["speaker"], told["timed"], told["interrupted"]) == ("Omar Haddad", True, False)
    assert told["speakers"] == ["Dr. Anna Kim", "Omar Haddad"]


def test_words_without_times_have_no_length(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_bytes("I acknowledge it.\r\n“Then” came the change.".encode("cp1252"))
    asked = ("--ask", "What  went\nwrong?", "--rubric", "ownership", "--json")
    told = run("history", "import", file, *asked).json
    assert (told["prompt"], told["timed"]) == ("What went wrong?", False)
    assert told["delivery"]["answer_s"] is None
    assert told["marks"]["change"] == 2
    unrated = run("history", "import", file, "--ask", "Anything else?")
    assert "It has no marks." in unrated.out


def test_others_in_between_are_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "call.vtt"
    cue = "00:00:11.000 --> 00:00:12.000\r\nDr. Anna Kim: Go on.\r\n\r\n"
    late = "00:00:13.000 --> 00:00:14.000\r\nOmar Haddad: I do.\r\n"
    file.write_text(f"{files.ZOOM}\r\n{cue}{late}", encoding="utf-8", newline="")
    told = run("history", "import", file, *TO, "--speaker", "omar")
    assert "Others speak in between" in told.err
    part = run("history", "import", file, *TO, "--speaker", "omar", "--to", "0:11")
    assert part.err == ""


def test_a_wrong_import_changes_nothing(run: Run, call: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    cases = (
        ((empty,), "holds no words"),
        ((call,), "Say which question"),
        ((call, *TO), "--speaker"),
        ((call, *TO, "--speaker", "eve"), "Speakers: Dr. Anna Kim"),
        ((call, "--question", "nope", "--speaker", "omar"), "nope"),
        ((call, *TO, "--from", "2:00", "--to", "1:00"), "ends before"),
        ((call, *TO, "--speaker", "omar", "--date", "2999-01-01"), "future"),
        ((tmp_path / "gone.txt", *TO), "gone.txt"),
        ((call, "--format", "json"), "no JSON, or it is cut off"),
    )
    for arguments, told in cases:
        result = run("history", "import", *arguments)
        assert result.code in (1, 2)
        assert result.out == ""
        assert told in result.err
    assert run("history", "list").out == ""


def test_a_damaged_history_changes_nothing(
    run: Run, answered: Answered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = run("history", "export", "--format", "json").json
    value["attempts"][2]["transcripts"][0]["words"] = [{"start": 0, "end": 9999}]
    file = tmp_path / "damaged.json"
    file.write_text(json.dumps(value))
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "another"))
    refused = run("history", "import", file)
    assert (refused.code, refused.out) == (1, "")
    assert "damaged.json, attempts[2].transcripts[0].words[0]" in refused.err
    assert run("history", "list").out == ""
    assert "Leave out" in run("history", "import", file, *TO).err


def test_search_shows_what_was_said_around_the_words(run: Run, answered: Answered) -> None:
    found = run("history", "search", "came", "the", "chan")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith(answered.good[:8])
    assert "    I acknowledge it. Then came the change." in found.out
    told = run("history", "search", "came the chan", "--json").json
    (attempt,) = told["attempts"]
    assert (told["more"], attempt["id"]) == (False, answered.good)
    hit = attempt["hits"][0]
    assert hit["text"][hit["start"] : hit["end"]].lower() == "came"
    asked = run("history", "search", "score", "--limit", "1")
    assert "(in the question)" in asked.out
    assert "--limit 2" in asked.err


def test_a_search_without_a_hit_or_a_word_says_so(run: Run, answered: Answered) -> None:
    nothing = run("history", "search", "giraffe")
    assert (nothing.code, nothing.out) == (0, "")
    assert "No answer holds these words." in nothing.err
    assert run("history", "search", "giraffe", "--json").json["attempts"] == []
    assert run("history", "search", "?!").code == 2
    assert run("history", "search", "x", "--bank", "nope").code == 2
