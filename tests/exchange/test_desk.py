"""The desk of whoever marks a shared answer: what is shown, what is kept, and where."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.exchange.shares import MARKS, recording, reviewed, shared
from trainer.bank.types import Mark
from trainer.errors import TrainerError, UsageError
from trainer.exchange.desk import Desk
from trainer.exchange.share_reading import Shared, read_share
from trainer.exchange.share_reviewing import write_review

ME = "Dr. Ben Okoro"
AMAL = "Dr. Amal Haddad"


def sent(folder: Path, given: Shared | None = None, name: str = "answer.json") -> Path:
    file = folder / name
    file.write_text(write_review(given or shared(folder), with_sound=True))
    (folder / "shared.json").unlink(missing_ok=True)
    return file


def test_each_change_is_in_a_file_beside_the_one_that_came(tmp_path: Path) -> None:
    file = sent(tmp_path, shared(tmp_path, recording=recording(tmp_path)))
    before = file.read_bytes()
    desk = Desk(file, ME)
    assert (desk.target, desk.goes_on, desk.own) == (None, False, None)
    desk.comment(0, 2, "Which one?")
    assert desk.target == tmp_path / "answer-reviewed.json"
    assert stat.S_IMODE(desk.target.stat().st_mode) == 0o600
    desk.rate(MARKS)
    desk.say("Calm.")
    back = read_share(desk.target)
    (review,), (comment,) = back.entry.reviews, back.entry.comments
    assert (review.name, review.note, review.marks) == (ME, "Calm.", dict.fromkeys(MARKS, 1))
    assert (comment.name, comment.text, comment.start, comment.end) == (ME, "Which one?", 0, 2)
    assert back.sound is None, "whoever spoke has it"
    assert file.read_bytes() == before
    desk.close()


def test_own_marks_are_laid_beside_the_machines_or_those_of_who_marked_last(
    tmp_path: Path,
) -> None:
    alone = Desk(sent(tmp_path), ME)
    alone.rate(MARKS)
    assert alone.beside() is None
    for with_machine, rater in ((True, "machine"), (False, "peer")):
        given = reviewed(shared(tmp_path, ratings=with_machine), AMAL)
        desk = Desk(sent(tmp_path, given, f"{rater}.json"), ME)
        desk.reveal()
        assert desk.beside() is None
        desk.rate(MARKS)
        sides = desk.beside()
        assert sides
        other, own = sides
        assert other.rating
        assert own.rating
        assert (other.rating.rater, other.rater_name) == (rater, "" if with_machine else AMAL)
        assert (own.rating.marks, own.rater_name) == (MARKS, ME)
        assert other.transcript == own.transcript


def test_who_opens_the_file_again_goes_on_and_takes_back(tmp_path: Path) -> None:
    file = sent(tmp_path)
    first = Desk(file, ME)
    first.rate(MARKS)
    first.comment(0, 2, "Which one?")
    desk = Desk(file, ME)
    assert desk.goes_on
    assert desk.own
    assert dict(desk.own.marks) == MARKS
    (comment,) = desk.comments()
    assert desk.own_comment(0, 2) == comment
    desk.change_comment(comment.id, "Which score?")
    desk.rate(dict.fromkeys(MARKS, Mark.MET))
    target = tmp_path / "answer-reviewed.json"
    assert desk.target == target
    entry = read_share(target).entry
    assert [one.text for one in entry.comments] == ["Which score?"]
    assert [set((one.marks or {}).values()) for one in entry.reviews] == [{2}]
    desk.change_comment(desk.comments()[0].id, " ")
    for text in ("", "One", "One word."):
        desk.put_comment(2, 3, text)
    assert [one.text for one in desk.comments()] == ["One word."]
    desk.put_comment(2, 3, "")
    desk.take_marks_back()
    entry = read_share(target).entry
    assert (entry.comments, entry.reviews) == ((), ())
    assert sorted(one.name for one in tmp_path.iterdir()) == ["answer-reviewed.json", "answer.json"]


def test_what_others_gave_is_hidden_until_own_marks_are_there(tmp_path: Path) -> None:
    file = sent(tmp_path, reviewed(shared(tmp_path, ratings=True)))
    desk = Desk(file, ME)
    assert desk.hides
    assert (desk.given(), desk.comments()) == ((), ())
    view = desk.view()
    assert (view.rating, view.record.ratings, view.notes) == (None, (), ())
    assert view.rubric, "what each mark means is shown"
    desk.comment(2, 3, "Good.")
    assert [one.name for one in desk.comments()] == [ME]
    assert desk.hides, "a comment is no marking"
    desk.rate(MARKS)
    assert not desk.hides
    assert [(one.who, one.is_person) for one in desk.given()] == [
        (ME, True),
        (AMAL, True),
        ("machine", False),
    ]
    assert [one.name for one in desk.comments()] == [AMAL, ME]
    assert desk.view().rating is None, "nobody's marks stand for the answer"
    other = Desk(sent(tmp_path, reviewed(shared(tmp_path)), "other.json"), ME)
    other.reveal()
    assert [one.who for one in other.given()] == [AMAL]
    with pytest.raises(UsageError, match="not yours"):
        other.change_comment(other.comments()[0].id, "Mine now.")


def test_a_file_of_somebody_else_is_never_written_over(tmp_path: Path) -> None:
    file = sent(tmp_path)
    taken = tmp_path / "answer-reviewed.json"
    taken.write_text("mine")
    desk = Desk(file, ME)
    desk.say("One.")
    second = tmp_path / "answer-reviewed-2.json"
    assert (desk.target, taken.read_text()) == (second, "mine")
    other = read_share(second)
    second.write_text(write_review(reviewed(other)))  # another window, or another program
    desk.say("Two.")
    assert desk.target == tmp_path / "answer-reviewed-3.json"
    assert AMAL in second.read_text()
    passed_on = Desk(tmp_path / "answer-reviewed-3.json", "Next")
    passed_on.say("Three.")
    assert passed_on.target == tmp_path / "answer-reviewed-4.json"
    assert {one.name for one in read_share(passed_on.target).entry.reviews} == {ME, "Next"}


def test_the_file_of_another_answer_is_not_gone_on_with(tmp_path: Path) -> None:
    file = sent(tmp_path)
    text = file.read_text()
    Desk(file, ME).say("One.")
    file.write_text(text.replace('"attempt_id": "a1"', '"attempt_id": "a2"'))
    desk = Desk(file, ME)
    assert not desk.goes_on
    desk.say("Of the other.")
    assert desk.target == tmp_path / "answer-reviewed-2.json"


def test_what_cannot_be_written_stays_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(sent(tmp_path), ME)
    with monkeypatch.context() as full:

        def refuse(*_: object, **__: object) -> None:
            raise TrainerError("The disk is full.", "Free some space.")

        full.setattr("trainer.exchange.desk.write_file", refuse)
        with pytest.raises(TrainerError, match="full"):
            desk.say("Calm.")
        assert desk.own
        assert not desk.is_kept
    desk.keep()
    assert desk.is_kept
    assert desk.target
    assert read_share(desk.target).entry.reviews[0].note == "Calm."


def test_it_is_written_elsewhere_with_sound_and_never_over_the_original_unasked(
    tmp_path: Path,
) -> None:
    file = sent(tmp_path, shared(tmp_path, recording=recording(tmp_path)))
    desk = Desk(file, ME)
    with pytest.raises(UsageError):
        desk.write(file)
    other = tmp_path / "for-omar.json"
    desk.write(other, with_sound=True)
    desk.say("Calm.")
    back = read_share(other)
    assert (back.sound is not None, back.entry.reviews[0].note) == (True, "Calm.")
    desk.close()


def test_the_sound_lies_in_a_private_folder_as_long_as_it_is_open(tmp_path: Path) -> None:
    desk = Desk(sent(tmp_path, shared(tmp_path, recording=recording(tmp_path))), ME)
    sound = desk.view().recording
    assert sound
    assert sound.stat().st_mode & 0o077 == 0
    desk.close()
    assert not sound.parent.exists()
    assert desk.view().recording is None


def test_damaged_sound_leaves_the_words(tmp_path: Path) -> None:
    import base64
    import json

    value = json.loads(sent(tmp_path, shared(tmp_path, recording=recording(tmp_path))).read_text())
    flac = base64.b64decode(value["sound"]["data"])
    damaged = flac[:60] + b"\x55" * (len(flac) - 60)
    value["sound"]["data"] = base64.b64encode(damaged).decode()
    file = tmp_path / "damaged.json"
    file.write_text(json.dumps(value))
    desk = Desk(file, ME)
    assert desk.problem
    assert desk.view().recording is None
    assert desk.view().transcript.transcript.text


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.json", "a-reviewed.json"),
        ("a", "a-reviewed.json"),
        ("a-reviewed.json", "a-reviewed-2.json"),
        ("a-reviewed-9.json", "a-reviewed-10.json"),
        ("reviewed-1.json", "reviewed-1-reviewed.json"),
        ("-reviewed-x.json", "-reviewed-x-reviewed.json"),
    ],
)
def test_what_goes_back_is_named_after_what_came(tmp_path: Path, name: str, kept: str) -> None:
    desk = Desk(sent(tmp_path, name=name), ME)
    desk.say("Calm.")
    assert desk.target == tmp_path / kept
