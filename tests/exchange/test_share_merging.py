"""What mentors sent back, taken in: added to the answer, each once, and nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from tests import fakes
from tests.exchange.histories import answer
from tests.exchange.shares import AT, LATER, MARKS, RUBRIC, reviewed, shared
from tests.keeping.stored import Stock
from trainer.answering import Answering
from trainer.bank.types import Mark
from trainer.errors import UsageError
from trainer.exchange.exchanging import Exchange
from trainer.exchange.problems import FileError
from trainer.exchange.reading import read_history
from trainer.exchange.share_reading import Shared, read_share
from trainer.exchange.share_reviewing import add_comment, add_review, show_share, write_review
from trainer.paths import Home
from trainer.recall import decode_rubric, encode_rubric
from trainer.store.database import Store
from trainer.store.types import AttemptRecord


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def exchange(home: Home) -> Iterator[Exchange]:
    with Store.open(home) as store:
        store.merge((answer(1), answer(2)))
        yield Exchange(Answering(home, store, fakes.library, fakes.FakeRater))


def sent(folder: Path, given: Shared, name: str = "back.json") -> Path:
    file = folder / name
    file.write_text(write_review(given))
    return file


def record(exchange: Exchange, attempt_id: str = "a1") -> AttemptRecord:
    found = exchange._answering.store.attempt(attempt_id)
    assert found
    return found


def test_marks_and_comments_are_added_by_name_and_nothing_else_changes(
    tmp_path: Path, exchange: Exchange
) -> None:
    before, other = record(exchange), record(exchange, "a2")
    told = exchange.merge_share(sent(tmp_path, reviewed(shared(tmp_path, ratings=True))))
    assert (told.attempt_id, told.names) == ("a1", ("Dr. Amal Haddad",))
    assert (told.ratings, told.comments, told.same) == (1, 1, 0)
    after = record(exchange)
    assert after.attempt == before.attempt
    assert after.transcripts == before.transcripts
    assert after.ratings[: len(before.ratings)] == before.ratings
    assert set(before.notes) < set(after.notes)
    peer = after.rating_of(after.transcripts[0], "peer")
    assert peer
    assert (peer.rater_name, peer.rating.marks) == ("Dr. Amal Haddad", MARKS)
    assert peer.comment == "Calm, says Dr. Amal Haddad."
    assert peer.score == 50.0
    own = decode_rubric(peer.rubric_json)
    assert own == RUBRIC, "the checklist is the one that is here, with all its cues"
    (note,) = set(after.notes) - set(before.notes)
    assert (note.rater, note.rater_name, note.start, note.end) == ("peer", "Dr. Amal Haddad", 0, 2)
    assert record(exchange, "a2") == other
    exported = tmp_path / "history.json"
    exported.write_text("".join(exchange.history_file(["a1"])))
    assert read_history(exported) == (after,)


def test_the_same_file_adds_once(tmp_path: Path, exchange: Exchange) -> None:
    file = sent(tmp_path, reviewed(shared(tmp_path)))
    exchange.merge_share(file)
    after = record(exchange)
    told = exchange.merge_share(file)
    assert (told.ratings, told.comments, told.same) == (0, 0, 2)
    assert record(exchange) == after


def test_files_of_several_mentors_give_the_same_in_any_order(tmp_path: Path) -> None:
    """The third file went from one mentor to the other, so it holds what the first holds."""
    blank = shared(tmp_path)
    first = reviewed(blank, "Amal")
    second = add_review(first, "Ben", AT, note="Good.")
    third = add_comment(add_review(blank, "Cleo", LATER, MARKS), "Cleo", AT, 1, 3, "How many?")
    files = [sent(tmp_path, one, f"{at}.json") for at, one in enumerate((first, second, third))]
    found = []
    for number, order in enumerate(permutations(files)):
        home = Home(tmp_path / f"home{number}")
        with Store.open(home) as store:
            store.merge((answer(1),))
            exchange = Exchange(Answering(home, store, fakes.library, fakes.FakeRater))
            for file in order:
                exchange.merge_share(file)
            after = record(exchange)
            found.append((set(map(str, after.ratings)), set(map(str, after.notes))))
    assert all(one == found[0] for one in found)
    assert (len(found[0][0]), len(found[0][1])) == (1 + 2, 1 + 3)


def test_later_marks_of_the_same_mentor_stand_behind_the_earlier(
    tmp_path: Path, exchange: Exchange
) -> None:
    first = reviewed(shared(tmp_path))
    exchange.merge_share(sent(tmp_path, first))
    changed = dict.fromkeys(MARKS, Mark.MET)
    later = add_review(first, "Dr. Amal Haddad", "2026-02-03T10:00:00.000+00:00", changed)
    assert exchange.merge_share(sent(tmp_path, later)).ratings == 1
    after = record(exchange)
    newest = after.rating_of(after.transcripts[0], "peer")
    assert newest
    assert newest.rating.marks == changed
    assert len(after.ratings) == 3


def test_ratings_of_the_machine_in_a_file_are_not_looked_at(
    tmp_path: Path, exchange: Exchange
) -> None:
    file = sent(tmp_path, reviewed(shared(tmp_path, ratings=True)))
    value = json.loads(file.read_text())
    forged = {**value["ratings"][0], "id": "forged", "score": 99.0, "created_at": LATER}
    value["ratings"].append(forged)
    file.write_text(json.dumps(value))
    machine = record(exchange).rating_of(record(exchange).transcripts[0])
    exchange.merge_share(file)
    assert record(exchange).rating_of(record(exchange).transcripts[0]) == machine


def test_no_id_of_a_file_takes_the_place_of_what_is_here(
    tmp_path: Path, exchange: Exchange
) -> None:
    before = record(exchange)
    file = sent(tmp_path, reviewed(shared(tmp_path)))
    value = json.loads(file.read_text())
    value["reviews"][0]["id"], value["comments"][0]["id"] = "a1-r", "a1-n"
    file.write_text(json.dumps(value))
    assert exchange.merge_share(file).same == 2
    assert record(exchange) == before
    value["reviews"][0]["id"] = "a2-r"
    file.write_text(json.dumps(value))
    with pytest.raises(FileError, match="another answer"):
        exchange.merge_share(file)
    assert record(exchange) == before


def test_an_answer_that_is_not_here_or_says_other_words_is_refused(
    tmp_path: Path, exchange: Exchange
) -> None:
    foreign = shared(tmp_path, answer(3))
    with pytest.raises(FileError, match="not in this history"):
        exchange.merge_share(sent(tmp_path, reviewed(foreign)))
    others = shared(tmp_path, answer(1, "I own it, and then came another change."))
    before = record(exchange)
    with pytest.raises(FileError, match="words are not those"):
        exchange.merge_share(sent(tmp_path, reviewed(others)))
    assert record(exchange) == before
    assert exchange.merge_share(sent(tmp_path, reviewed(shared(tmp_path)))).ratings == 1


def test_corrected_words_keep_the_marks_of_the_version_that_was_shared(
    tmp_path: Path, exchange: Exchange
) -> None:
    given = reviewed(shared(tmp_path))
    exchange._answering.correct("a1", "I acknowledged it. Then came a change.")
    assert exchange.merge_share(sent(tmp_path, given)).ratings == 1
    after = record(exchange)
    assert after.rating_of(after.transcripts[0], "peer")
    assert after.rating_of(after.transcripts[-1], "peer") is None


def test_marks_by_another_checklist_are_left_out_and_what_was_said_is_kept(
    tmp_path: Path, exchange: Exchange
) -> None:
    file = sent(tmp_path, reviewed(shared(tmp_path)))
    value = json.loads(file.read_text())
    value["checklist"]["criteria"][0]["id"] = "other"
    value["reviews"][0]["marks"] = {"other": 1, "change": 1}
    file.write_text(json.dumps(value))
    told = exchange.merge_share(file)
    assert (told.ratings, told.comments, told.left_out) == (0, 2, ("Dr. Amal Haddad",))
    texts = {note.text for note in record(exchange).notes if note.rater == "peer"}
    assert "Calm, says Dr. Amal Haddad." in texts


def test_a_checklist_that_changed_is_found_among_those_that_rated(
    tmp_path: Path, exchange: Exchange
) -> None:
    file = sent(tmp_path, reviewed(shared(tmp_path)))
    stored = record(exchange).ratings[0]
    other = replace(RUBRIC, version="later", title="Another title")
    newer = replace(stored, id="newer", created_at=LATER, rubric_json=encode_rubric(other))
    exchange._answering.store.merge((replace(record(exchange), ratings=(stored, newer)),))
    exchange.merge_share(file)
    peer = record(exchange).rating_of(record(exchange).transcripts[0], "peer")
    assert peer
    assert peer.rubric_json == stored.rubric_json


def test_an_answer_without_a_checklist_is_shared_with_its_sound_and_gets_words(
    tmp_path: Path, home: Home, exchange: Exchange
) -> None:
    store = exchange._answering.store
    home.recordings.mkdir()
    attempt_id = Stock(home, store).answer(7, "I did it.")
    file = tmp_path / "spoken.json"
    file.write_text(exchange.share(attempt_id, sound=True, ratings=True))
    given = read_share(file)
    assert given.sound
    assert (given.rubric, given.entry.ratings) == (None, ())
    with pytest.raises(UsageError, match="no checklist"):
        add_review(given, "Amal", LATER, MARKS)
    back = add_comment(add_review(given, "Amal", LATER, note="Short."), "Amal", LATER, 0, 1, "We?")
    told = exchange.merge_share(sent(tmp_path, back))
    assert (told.ratings, told.comments) == (0, 2)
    assert {note.text for note in record(exchange, attempt_id).notes} == {"Short.", "We?"}


def test_a_mentor_needs_no_history(tmp_path: Path) -> None:
    view = show_share(read_share(sent(tmp_path, reviewed(shared(tmp_path)))))
    assert view.record.attempt.session_id == "shared"
    assert not (tmp_path / "home").exists()
