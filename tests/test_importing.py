"""Sound from elsewhere as an answer: what is stored, what is left when it does not come to that."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import fakes
from tests.playback.recordings import noise, write_recording
from trainer.capture import files, sound_files
from trainer.errors import SoundError, StoreError, TrainerError, UsageError
from trainer.importing import Imported, Piece, Stopped, path_of, seconds_of
from trainer.paths import Home
from trainer.recall import ASKED_TITLE, asked_item
from trainer.records import measured
from trainer.services import Services
from trainer.session.plan import Item
from trainer.store.database import Store
from trainer.transcript import transcribing
from trainer.transcript.engines import Engine
from trainer.transcript.types import HeardWord

SAID = "i acknowledge it then came the change"
BUILTIN = Engine("builtin", "pocketsphinx en-us")


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    made = Services(home, Store.open(home, measured), fakes.library, fakes.FakeRater)
    yield made
    made.close()


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """A sound file from elsewhere."""
    return write_recording(tmp_path / "my call.wav", noise(3.0))


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever listens hears what was `SAID`."""

    def hear(file: Path, engine: Engine, report: Callable[[float], object]) -> object:
        report(0.5)
        return fakes.heard_words(SAID)

    monkeypatch.setattr(transcribing, "transcribe", hear)


def question(services: Services) -> Item:
    return services.plan(question_ids=["low-score-direct"]).item


def take_in(
    services: Services, file: Path, engine: Engine | None = fakes.VOSK, **piece: object
) -> Imported:
    made = replace(Piece(file), **piece)  # type: ignore[arg-type]
    return services.importing.take_in(made, question(services), engine)


def left(home: Home) -> list[str]:
    if not home.recordings.is_dir():
        return []
    return sorted(path.suffix for path in home.recordings.iterdir())


# What is stored


def test_it_becomes_an_answer_with_sound_words_rating_and_origin(
    services: Services, home: Home, call: Path
) -> None:
    imported = take_in(services, call)
    attempt_id = services.finish(imported.draft, question(services), accepted=False)
    view = services.view(attempt_id)
    assert view.record.attempt.origin == "my call.wav"
    assert view.transcript.transcript.text == SAID
    assert view.transcript.transcript.sound is not None
    assert view.transcript.delivery.answer_s == imported.length_s == 3.0
    assert view.rating
    assert view.rating.marks["change"] == 2
    assert view.recording
    assert view.recording_s == 3.0
    assert services.store.drafts() == ()
    assert call.exists()


def test_a_part_is_taken(services: Services, call: Path) -> None:
    imported = take_in(services, call, from_s=0.5, to_s=2.0)
    assert imported.length_s == imported.draft.counted_s == 1.5


def test_it_has_the_date_on_which_it_was_said(services: Services, call: Path) -> None:
    said = datetime(2025, 3, 1, 14, 30, tzinfo=UTC)
    draft = take_in(services, call, answered_at=said).draft
    attempt_id = services.finish(draft, question(services))
    assert services.view(attempt_id).record.attempt.started_at == "2025-03-01T14:30:00.000+00:00"


def test_a_date_in_the_future_is_refused(services: Services, home: Home, call: Path) -> None:
    with pytest.raises(UsageError, match="future"):
        take_in(services, call, answered_at=datetime.now(UTC) + timedelta(days=3))
    assert left(home) == []


def test_rough_words_are_stored_unrated(services: Services, call: Path) -> None:
    imported = take_in(services, call, BUILTIN)
    assert imported.is_rough
    attempt_id = services.finish(imported.draft, question(services), accepted=False)
    assert services.view(attempt_id).rating is None
    services.accept(attempt_id)
    assert services.view(attempt_id).rating


def test_without_a_recogniser_the_sound_is_kept(services: Services, call: Path) -> None:
    imported = take_in(services, call, None)
    attempt_id = services.finish(imported.draft, question(services), accepted=False)
    view = services.view(attempt_id)
    assert view.transcript.transcript.source == "unheard"
    assert view.recording_s == 3.0


def test_a_recogniser_that_fails_leaves_the_sound_and_says_why(
    services: Services, call: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> tuple[HeardWord, ...]:
        raise SoundError("The model is damaged.", "Install it again.")

    monkeypatch.setattr(transcribing, "transcribe", fail)
    imported = take_in(services, call)
    assert imported.problem
    attempt_id = services.finish(imported.draft, question(services), accepted=False)
    assert services.view(attempt_id).recording_s == 3.0


def test_a_question_of_ones_own_is_rated_by_its_rubric(services: Services, call: Path) -> None:
    item = asked_item("What went wrong?", "ownership")
    imported = services.importing.take_in(Piece(call), item, fakes.VOSK)
    view = services.view(services.finish(imported.draft, item))
    assert view.rating
    assert view.record.attempt.bank_title == ASKED_TITLE
    assert view.item == item  # it can be asked again
    assert view.probe or view.rating.marks["change"] == 2


def test_a_question_of_ones_own_survives_a_crash_with_its_rubric(
    services: Services, call: Path, home: Home
) -> None:
    item = asked_item("What went wrong?", "ownership")
    draft = services.importing.take_in(Piece(call), item, fakes.VOSK).draft
    services.close()
    again = Services(home, Store.open(home, measured), fakes.library, fakes.FakeRater)
    draft, run = again.resume(draft.id)
    assert run.item == item
    view = again.view(again.finish(draft, run.item))
    assert view.rating
    assert view.record.attempt.origin == "my call.wav"
    again.close()


def test_a_question_of_ones_own_may_have_no_rubric(services: Services, call: Path) -> None:
    item = asked_item("Anything else?", None)
    draft = services.importing.take_in(Piece(call), item, fakes.VOSK).draft
    view = services.view(services.finish(draft, item))
    assert view.rating is None
    assert view.item == item


def test_the_name_of_the_file_is_kept_whatever_it_is(services: Services, tmp_path: Path) -> None:
    name = "\x1b[31m [bold]é\udce9.wav" if os.name == "posix" else "é.wav"
    file = write_recording(tmp_path / name, noise(0.5))
    draft = take_in(services, file).draft
    origin = services.view(services.finish(draft, question(services))).record.attempt.origin
    assert origin
    assert origin.endswith(".wav")


# What is left


def test_a_file_that_is_refused_leaves_nothing(
    services: Services, home: Home, tmp_path: Path
) -> None:
    (tmp_path / "text.wav").write_text("no sound at all")
    for wrong in (tmp_path / "text.wav", tmp_path, tmp_path / "none.wav", Path("a\0b")):
        with pytest.raises(TrainerError) as caught:
            take_in(services, wrong)
        assert caught.value.hint
    assert left(home) == []
    assert services.store.drafts() == ()


@pytest.mark.parametrize("ends", [KeyboardInterrupt, Stopped, MemoryError])
def test_an_end_before_the_sound_is_whole_leaves_nothing(
    services: Services,
    home: Home,
    call: Path,
    monkeypatch: pytest.MonkeyPatch,
    ends: type[BaseException],
) -> None:
    def end(*_: object, **__: object) -> object:
        raise ends

    monkeypatch.setattr(sound_files, "convert", end)
    with pytest.raises(ends):
        take_in(services, call)
    assert left(home) == []
    assert services.store.drafts() == ()


@pytest.mark.parametrize("ends", [KeyboardInterrupt, Stopped])
def test_an_end_while_it_is_written_down_leaves_a_draft_that_can_be_taken_up(
    services: Services,
    home: Home,
    call: Path,
    monkeypatch: pytest.MonkeyPatch,
    ends: type[BaseException],
) -> None:
    hear = transcribing.transcribe

    def end(*_: object) -> tuple[HeardWord, ...]:
        raise ends

    monkeypatch.setattr(transcribing, "transcribe", end)
    with pytest.raises(ends):
        take_in(services, call)
    monkeypatch.setattr(transcribing, "transcribe", hear)
    (draft,) = services.unfinished()
    assert draft.counted_s == 3.0
    draft, run = services.resume(draft.id)
    assert services.origin_of(draft) == "my call.wav"
    draft = services.importing.listen(draft, fakes.VOSK).draft
    assert services.view(services.finish(draft, run.item)).rating


def test_cancelling_stops_the_recogniser(services: Services, call: Path) -> None:
    asked = iter([False])  # the child that converts is quicker than the first look, or is asked

    def cancelled() -> bool:
        return next(asked, True)

    with pytest.raises(Stopped):
        services.importing.take_in(Piece(call), question(services), fakes.VOSK, cancelled=cancelled)


def test_a_history_that_takes_nothing_more_leaves_nothing(
    services: Services, home: Home, call: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(draft: object) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    monkeypatch.setattr(services.store, "save_draft", full)
    with pytest.raises(StoreError):
        take_in(services, call)
    assert left(home) == []


def test_a_folder_of_recordings_that_cannot_be_written_is_told(
    services: Services, home: Home, call: Path
) -> None:
    home.recordings.write_text("a file in its place")
    with pytest.raises(TrainerError) as caught:
        take_in(services, call)
    assert str(home.recordings) in caught.value.message
    assert services.store.drafts() == ()


def test_a_correction_whose_answer_is_gone_can_be_recorded_on_after_compression(
    services: Services, call: Path
) -> None:
    draft = take_in(services, call).draft
    attempt_id = services.finish(draft, question(services))
    services.sounds.tidy()
    correction = replace(services.correction_draft(attempt_id), text="mine")
    assert (correction.recording or "").endswith(".flac")
    services.save_draft(correction)
    services.delete(attempt_id)
    taken_up, _ = services.resume(correction.id)
    file = services.recording_of(taken_up)
    assert file
    assert file.suffix == ".wav"
    with files.open_for_sound(file) as sound:
        sound.write(bytes(32_000))
    assert files.length_s(file) == 4.0


# What is typed


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("75", 75.0), ("1:15", 75.0), ("1:00:00.5", 3600.5), (" 0:07 ", 7.0), ("90:00", 5400.0)],
)
def test_times_are_read(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "-1", "1:2:3:4", "1:", "x", "nan", "1e9", "٣", "1,5"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no time"):
        seconds_of(text)


@pytest.mark.skipif(os.name != "posix", reason="quoting differs")
@pytest.mark.parametrize(
    "write",
    [
        str,
        lambda path: f"  {path}\n",
        lambda path: shlex.quote(str(path)),
        lambda path: f'"{path}" ',
        lambda path: str(path).replace(" ", r"\ ").replace("'", r"\'").replace("(", r"\("),
        lambda path: path.as_uri(),
        lambda path: f"'{path.as_uri()}'",
    ],
    ids=["plain", "blanks around", "shell", "quotes", "escaped", "address", "quoted address"],
)
def test_a_path_is_found_however_a_terminal_writes_it(
    tmp_path: Path, write: Callable[[Path], str]
) -> None:
    file = tmp_path / "it's my (first) call é.wav"
    file.touch()
    assert path_of(write(file)) == file


def test_the_home_of_the_user_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert path_of("~/call.wav") == tmp_path / "call.wav"


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(path_of(text), Path)
