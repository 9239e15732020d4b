"""Spoken answers through the services, over a real store and real files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests import fakes
from trainer.audio.format import header
from trainer.capture import files
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.records import measured
from trainer.services import Services
from trainer.store.database import Store
from trainer.store.types import Draft, LibraryQuery
from trainer.transcript import measuring
from trainer.transcript.types import HeardWord, Sound, Source, Transcript

VOICED = ((0.5, 1.5), (2.5, 4.5))


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    made = Services(home, Store.open(home, measured), fakes.library, fakes.FakeRater)
    yield made
    made.close()


def heard(text: str, source: Source = "vosk", confidence: float = 0.9) -> Transcript:
    words = (
        HeardWord(word, 0.5 + n * 0.5, 1.0 + n * 0.5, confidence)
        for n, word in enumerate(text.split())
    )
    return Transcript.heard(words, source, Sound(VOICED))


def spoken(services: Services, words: Transcript | None, text: str | None = None) -> Draft:
    """Return a draft as the screen leaves it when the recording has ended."""
    file = services.new_recording()
    with files.open_for_sound(file) as sound:
        sound.write(bytes(32_000))
    draft = services.new_draft(services.plan(question_ids=["low-score-direct"]))
    said = (words.text if words else "") if text is None else text
    return replace(draft, recording=file.name, heard=words, text=said, counted_s=6.0)


def finish(services: Services, draft: Draft, accepted: bool = True) -> str:
    services.save_draft(draft)
    item = services.plan(question_ids=["low-score-direct"]).item
    return services.finish(draft, item, accepted=accepted)


def sources(services: Services, attempt_id: str) -> list[tuple[str, str]]:
    versions = services.view(attempt_id).record.transcripts
    return [(v.transcript.source, v.transcript.text) for v in versions]


def test_a_new_recording_has_a_private_folder_and_no_file(services: Services, home: Home) -> None:
    file = services.new_recording()
    assert file.parent == home.recordings
    assert os.name != "posix" or home.recordings.stat().st_mode & 0o777 == 0o700
    assert not file.exists()
    assert services.new_recording() != file


def test_what_vosk_heard_is_rated_and_keeps_its_sound(services: Services) -> None:
    draft = spoken(services, heard("i acknowledge it"))
    file = services.recording_of(draft)
    attempt_id = finish(services, draft)
    view = services.view(attempt_id)
    assert sources(services, attempt_id) == [("vosk", "i acknowledge it")]
    assert view.rating
    assert file
    assert (view.recording, view.recording_s) == (file, 1.0)
    assert view.transcript.transcript.voiced == VOICED
    assert (view.transcript.delivery.answer_s, view.transcript.delivery.pauses) == (4.0, 1)
    assert view.report.source == "heard by Vosk"
    assert services.unfinished() == ()


def test_a_correction_before_the_end_is_a_version_of_its_own(services: Services) -> None:
    words = heard("i have knowledge it")
    attempt_id = finish(services, spoken(services, words, "I acknowledge it"))
    assert sources(services, attempt_id) == [
        ("vosk", words.text),
        ("corrected", "I acknowledge it"),
    ]
    record = services.view(attempt_id).record
    first, second = record.transcripts
    assert second.corrects == first.id
    assert [r.transcript_id for r in record.ratings] == [second.id]
    times = [(word.start_s, word.confidence) for word in second.transcript.words]
    assert times[0] == (0.5, 0.9)
    assert times[-1] == (2.0, 0.9)
    assert times[1][1] is None
    assert second.transcript.voiced == VOICED
    assert [s.attempt.id for s in services.answers(LibraryQuery("acknowledge"))] == [attempt_id]
    source = services.view(attempt_id).report.source
    assert source == "heard by Vosk, then corrected or accepted by you"


def test_a_rough_transcript_has_no_marks_until_it_is_accepted(services: Services) -> None:
    draft = spoken(services, heard("i acknowledge it", "builtin"))
    attempt_id = finish(services, draft, accepted=False)
    view = services.view(attempt_id)
    assert (view.rating, view.report.score, view.report.lines) == (None, None, ())
    assert "too rough to rate yet" in (view.report.remark or "")
    assert any("0:04 from the first word to the last" in line for line in view.report.delivery)
    assert services.band_word(services.answers()[0]) == "not rated"
    services.accept(attempt_id)
    assert [source for source, _ in sources(services, attempt_id)] == ["builtin", "corrected"]
    accepted = services.view(attempt_id)
    assert accepted.rating
    assert accepted.transcript.transcript.words == view.transcript.transcript.words
    services.accept(attempt_id)
    assert accepted.versions == services.view(attempt_id).versions == 2


def test_a_rough_transcript_that_is_corrected_is_rated(services: Services) -> None:
    draft = spoken(services, heard("i knowledge it", "builtin"))
    attempt_id = finish(services, draft, accepted=False)
    services.correct(attempt_id, "I acknowledge it")
    view = services.view(attempt_id)
    assert view.rating
    assert [word.start_s for word in view.transcript.transcript.words] == [0.5, 1.0, 1.5]
    assert view.transcript.delivery.pauses == 1


@pytest.mark.parametrize("text", [None, "I acknowledge it"])
def test_a_rough_transcript_is_rated_at_once_where_the_speaker_took_it(
    services: Services, text: str | None
) -> None:
    words = heard("i acknowledge it", "builtin")
    attempt_id = finish(services, spoken(services, words, text), accepted=text is None)
    assert [source for source, _ in sources(services, attempt_id)] == ["builtin", "corrected"]
    assert services.view(attempt_id).rating


def test_sound_without_words_is_kept_and_measured(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "find_voice", lambda file: VOICED)
    attempt_id = finish(services, spoken(services, None))
    view = services.view(attempt_id)
    assert sources(services, attempt_id) == [("unheard", "")]
    assert view.rating is None
    assert "no words to rate yet" in (view.report.remark or "")
    assert view.report.delivery[0].startswith("0:04 from the first word to the last")
    services.correct(attempt_id, "I acknowledge it")
    written = services.view(attempt_id)
    assert written.rating
    assert written.report.source == "written down by you"
    assert written.transcript.delivery.pace_wpm == 45


def test_a_microphone_that_was_never_used_leaves_a_typed_answer(services: Services) -> None:
    draft = replace(spoken(services, None, "I acknowledge it"))
    file = services.recording_of(draft)
    assert file
    file.unlink()
    attempt_id = finish(services, draft)
    view = services.view(attempt_id)
    assert sources(services, attempt_id) == [("typed", "I acknowledge it")]
    assert (view.record.attempt.recording, view.recording, view.report.source) == (None,) * 3


@pytest.mark.parametrize("source", ["vosk", "builtin", "unheard"])
def test_a_recorder_that_kept_nothing_leaves_a_typed_answer(
    services: Services, source: Source
) -> None:
    draft = spoken(services, Transcript("", (), source, Sound(())), "I acknowledge it.")
    file = services.recording_of(draft)
    assert file
    files.delete(file)
    attempt_id = finish(services, draft)
    assert sources(services, attempt_id) == [("typed", "I acknowledge it.")]
    assert services.view(attempt_id).record.attempt.recording is None


def test_sound_that_is_gone_is_no_error(services: Services) -> None:
    draft = spoken(services, heard("i acknowledge it"))
    attempt_id = finish(services, draft)
    file = services.recording_of(draft)
    assert file
    file.unlink()
    view = services.view(attempt_id)
    assert (view.recording, view.recording_s, view.rating is None) == (None, None, False)
    assert services.delete(attempt_id) == 1


def test_an_answer_of_sound_alone_is_unfinished_until_it_is_discarded(services: Services) -> None:
    draft = spoken(services, None)
    empty = replace(spoken(services, None), id="empty")
    file, header_only = services.recording_of(draft), services.recording_of(empty)
    assert file
    assert header_only
    header_only.write_bytes(header(0))
    services.save_draft(replace(draft, counted_s=0.2))
    services.save_draft(empty)
    (left,) = services.unfinished()
    assert (left.id, left.counted_s) == (draft.id, 1.0)
    assert services.overview().unfinished == 1
    services.discard_draft(draft.id)
    assert not file.exists()


def test_a_recording_that_was_cut_off_is_mended_when_it_is_taken_up(
    services: Services, home: Home
) -> None:
    draft = spoken(services, None)
    file = services.recording_of(draft)
    assert file
    with file.open("ab") as sound:
        sound.write(b"\0")
    with Store.open(home) as ended:
        ended.save_draft(replace(draft, set_aside=True))
    taken, run = services.resume(draft.id)
    assert (taken.recording, run.item.question.id) == (draft.recording, draft.question_id)
    assert file.read_bytes() == header(32_000) + bytes(32_000)


def test_words_whose_recording_is_gone_are_taken_up_alone(services: Services) -> None:
    draft = spoken(services, heard("i acknowledge it"))
    services.save_draft(draft)
    file = services.recording_of(draft)
    assert file
    files.delete(file)
    taken, run = services.resume(draft.id)
    assert (taken.recording, taken.text, taken.heard) == (None, draft.text, draft.heard)
    attempt_id = services.finish(taken, run.item)
    assert sources(services, attempt_id) == [("vosk", "i acknowledge it")]
    assert services.view(attempt_id).record.attempt.recording is None


def test_an_earlier_take_keeps_its_sound_and_its_words(services: Services) -> None:
    first = replace(spoken(services, heard("first take", "builtin")), set_aside=True)
    second = replace(spoken(services, heard("i acknowledge it")), take=2)
    for draft in (first, second):
        services.save_draft(draft)
    item = services.plan(question_ids=["low-score-direct"]).item
    services.finish(second, item, [first.id])
    view = services.view(first.id)
    assert view.record.attempt.superseded
    assert view.recording == services.recording_of(first)
    assert view.recording
    assert sources(services, first.id) == [("builtin", "first take")]
    assert view.transcript.delivery.pauses == 1


def test_the_voice_of_an_earlier_take_is_looked_for_at_the_end(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redo leaves it behind while its recogniser still works."""
    monkeypatch.setattr(measuring, "find_voice", lambda file: VOICED)
    live = replace(heard("first take"), sound=None)
    first = replace(spoken(services, live), set_aside=True)
    silent = replace(spoken(services, None), set_aside=True, take=2)
    last = replace(spoken(services, heard("i acknowledge it")), take=3)
    for draft in (first, silent, last):
        services.save_draft(draft)
    item = services.plan(question_ids=["low-score-direct"]).item
    services.finish(last, item, [first.id, silent.id])
    views = [services.view(take) for take in (first.id, silent.id)]
    assert [view.transcript.delivery.pauses for view in views] == [1, 1]
    assert [view.transcript.transcript.source for view in views] == ["vosk", "unheard"]


def test_a_correction_that_is_dropped_leaves_the_sound(services: Services) -> None:
    attempt_id = finish(services, spoken(services, heard("i acknowledge it")))
    draft = services.correction_draft(attempt_id)
    services.save_draft(draft)
    file = services.recording_of(draft)
    assert file
    services.discard_draft(draft.id)
    assert file.exists()
    services.delete(attempt_id)
    assert services.undo_delete() == attempt_id
    assert file.exists()
    services.delete(attempt_id)
    services.close()
    assert not file.exists()


def test_the_words_to_correct_have_figures_and_times(services: Services) -> None:
    draft = spoken(services, heard("my score was two forty nine"))
    words = services.words_of(draft)
    assert words.text == "my score was 249"
    assert words.words[-1].said == "two forty nine"
    changed = services.words_of(replace(draft, text="Our score was 249"))
    assert (changed.text, changed.words[1].start_s) == ("Our score was 249", 1.0)
    assert changed.words[-1].said == "two forty nine"
    attempt_id = finish(services, replace(draft, text="Our score was 249"))
    correction = services.correction_draft(attempt_id)
    assert services.words_of(correction) == changed
    later = services.words_of(replace(correction, text="Our scores were 249"))
    assert later.words[-1].said == "two forty nine"
    assert services.words_of(replace(draft, heard=None, text="typed")).source == "typed"


def test_a_storage_error_keeps_the_draft_with_its_sound(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreError("no", "again")

    draft = spoken(services, heard("i acknowledge it", "builtin"))
    monkeypatch.setattr(services.store, "save_attempt", fail)
    with pytest.raises(StoreError):
        finish(services, draft)
    assert [left.id for left in services.unfinished()] == [draft.id]
    assert services.recording_of(draft)
