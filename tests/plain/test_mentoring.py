"""A shared answer line by line: marked, commented on, taken back, and in its file at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import fakes
from tests.exchange.shares import recording, reviewed, shared
from tests.fakes import FakeLines
from tests.plain.steps import review
from tests.tui.spoken import spoken_attempt
from trainer.bank.types import Mark
from trainer.errors import TrainerError
from trainer.exchange.desk import Desk
from trainer.exchange.share_reading import Shared, read_share
from trainer.exchange.share_reviewing import write_review
from trainer.plain.console import Console
from trainer.plain.mentoring import Mentoring
from trainer.services import Services


def opened(folder: Path, given: Shared | None = None, name: str = "Ben") -> Desk:
    file = folder / "answer.json"
    file.write_text(write_review(given or shared(folder), with_sound=True))
    return Desk(file, name)


def mark(services: Services, desk: Desk, *typed: object) -> str:
    """Type these lines, then quit; return what was said."""
    pieces: list[str] = []
    lines = FakeLines(*typed, "q")
    Mentoring(services, Console(lines, pieces.append), desk).go()
    assert not lines.typed
    return "".join(pieces)


def test_an_answer_is_marked_and_commented_on(services: Services, tmp_path: Path) -> None:
    desk = opened(tmp_path, name="")
    words = desk.view().transcript.transcript
    some = words.quote(0, 2)
    told = mark(
        services,
        desk,
        *("r", "Ben Okoro", "1", "b", "2", "3"),
        *("o", some, "Which one?"),
        *("o", "not said at all", "n", "Calm."),
        *("c 1", "Which score?"),
    )
    assert "Question:  " in told
    assert words.text.split()[0] in told
    assert "Point 1 of 2: " in told
    assert "These words do not stand in the answer." in told
    target = tmp_path / "answer-reviewed.json"
    assert re.sub(r"\s+", " ", told).count(f"All that you gave is in {target}") == 5
    entry = read_share(target).entry
    (review,), (comment,) = entry.reviews, entry.comments
    assert (review.name, review.note) == ("Ben Okoro", "Calm.")
    assert list((review.marks or {}).values()) == [Mark.PARTLY, Mark.MISSED]
    assert (comment.text, comment.start, comment.end) == ("Which score?", 0, 2)
    assert services.settings.name == "Ben Okoro", "it is asked for once"


def test_everything_can_be_taken_back(services: Services, tmp_path: Path) -> None:
    desk = opened(tmp_path)
    some = desk.view().transcript.transcript.quote(0, 1)
    told = mark(
        services,
        desk,
        *("r", "1", "1", "o", some, "Good.", "d 2", "d 1", "y", "z", "y"),
    )
    assert "number of a comment of yours" in told
    entry = read_share(tmp_path / "answer-reviewed.json").entry
    assert (entry.reviews, entry.comments) == ((), ())
    told = mark(services, desk, "r", "1", "q")
    assert "No marks were given." in told
    assert desk.own is None


def test_what_is_typed_is_in_the_file_before_enter_and_goes_where_nothing_is_written(
    services: Services, tmp_path: Path
) -> None:
    desk = opened(tmp_path)
    desk.call("Ben")
    seen = []

    def look() -> str:
        entry = read_share(tmp_path / "answer-reviewed.json").entry
        seen.append([one.note for one in entry.reviews] + [one.text for one in entry.comments])
        return ""

    some = desk.view().transcript.transcript.quote(0, 1)
    typed = ("n", None, look, "o", some, None, look, "o", some, "Good.", "c 1", None, look, "q")
    lines = FakeLines(*typed, half="Half of it")
    Mentoring(services, Console(lines, lambda _: None), desk).go()
    assert not lines.typed
    assert seen == [["Half of it"]] * 3
    look()
    assert seen[-1] == ["Good."]


def test_an_answer_is_shared_from_its_report(services: Services, tmp_path: Path) -> None:
    attempt_id = spoken_attempt(services, "i acknowledge it and then i changed")
    file = tmp_path / "mine.json"
    talk = review(services, "1", "x", "7", "y", "n", str(file), "q", "q")
    assert "trainer history import FILE" in " ".join(talk.out.split())
    entry = read_share(file).entry
    assert (entry.attempt_id, entry.sound is not None, entry.ratings) == (attempt_id, True, ())


def test_marks_of_others_come_after_ones_own(services: Services, tmp_path: Path) -> None:
    desk = opened(tmp_path, reviewed(shared(tmp_path, ratings=True)))
    hidden = mark(services, desk, "v", "n", "i")
    assert "Amal" not in hidden
    assert "The file holds what others gave." in hidden
    told = mark(services, desk, "r", "1", "1")
    assert told.index("Your marks are given.") < told.index("Dr. Amal Haddad:")
    assert "The machine:" in told
    assert "(Dr. Amal Haddad)" in told


def test_hostile_text_is_shown_as_text(services: Services, tmp_path: Path) -> None:
    evil = "\x1b]0;x\x07\x1b[2J[bold]\u202e"
    given = reviewed(shared(tmp_path), f"Amal{evil}")
    desk = opened(tmp_path, given)
    told = mark(services, desk, "v", "y")
    assert "[bold]" in told
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", told)


def test_the_sound_of_a_shared_answer_is_played(
    services: Services, tmp_path: Path, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    with_sound = opened(tmp_path, shared(tmp_path, recording=recording(tmp_path)))
    mark(services, with_sound, "p", "", "", "q")
    (player,) = loudspeaker.players
    assert player.file == with_sound.view().recording
    with_sound.close()


def test_it_is_written_elsewhere_and_not_over_the_original_unasked(
    services: Services, tmp_path: Path
) -> None:
    desk = opened(tmp_path)
    before = desk.file.read_bytes()
    other = tmp_path / "back.json"
    told = mark(services, desk, "n", "Calm.", "x", str(desk.file), "n", "x", str(other))
    assert desk.file.read_bytes() == before
    assert "Replace it?" in told
    assert read_share(other).entry.reviews[0].note == "Calm."


def test_what_cannot_be_written_is_told_and_asked_about_at_the_end(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise TrainerError("The disk is full.", "Free some space.")

    monkeypatch.setattr("trainer.exchange.desk.write_file", refuse)
    desk = opened(tmp_path)
    pieces: list[str] = []
    lines = FakeLines("n", "Calm.", "q", "n", "i", "q", "y")
    Mentoring(services, Console(lines, pieces.append), desk).go()
    told = "".join(pieces)
    assert "The disk is full. Free some space." in told
    assert "is not in a file yet" in told
    assert "What you gave is in no file. Leave it?" in told
