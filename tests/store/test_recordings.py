"""Whose sound goes when, and what is found again after a crash."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.samples import (
    RECORDING,
    SPOKEN,
    attempt,
    count_found,
    draft,
    rating,
    save,
    transcript,
)
from trainer.capture import files
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store import attempts, recordings
from trainer.store.database import Store
from trainer.store.types import LibraryQuery
from trainer.transcript.types import Transcript

OTHER = f"{'cd' * 16}.wav"


def sound(home: Home, name: str = RECORDING, samples: int = 1600) -> Path:
    """Write a recording with its notes; without samples only the header is there."""
    file = home.recordings / name
    with files.open_for_sound(file) as opened:
        opened.write(bytes(2 * samples))
    files.write_notes(file, files.Notes(device="mic"))
    return file


def left(home: Home) -> list[str]:
    return sorted(path.name for path in home.recordings.iterdir())


def test_the_sound_goes_with_its_attempt_and_its_follow_ups(home: Home, store: Store) -> None:
    kept = f"{'ef' * 16}.wav"
    for name in (RECORDING, OTHER, kept):
        sound(home, name)
    save(store, attempt_id="a", recording=RECORDING)
    save(store, attempt_id="b", probe_of="a", recording=OTHER)
    save(store, attempt_id="c", recording=kept)
    assert store.delete_for_good("a") == 2
    assert left(home) == [f"{'ef' * 16}.json", kept]


def test_the_sound_goes_with_its_draft(home: Home, store: Store) -> None:
    sound(home)
    store.save_draft(draft(recording=RECORDING))
    store.discard_draft("d")
    assert left(home) == []


def test_sound_that_another_row_names_stays(home: Home, store: Store) -> None:
    sound(home)
    save(store, attempt_id="a", recording=RECORDING)
    store.save_draft(draft(recording=RECORDING, corrects="a"))
    store.discard_draft("d")
    assert RECORDING in left(home)
    store.save_draft(draft(recording=RECORDING, corrects="a"))
    store.delete_for_good("a")
    assert RECORDING in left(home)
    store.discard_draft("d")
    assert left(home) == []


def test_what_could_not_be_deleted_from_the_history_keeps_its_sound(
    home: Home, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("no")

    sound(home)
    save(store, attempt_id="a", recording=RECORDING)
    with monkeypatch.context() as patched:
        patched.setattr(attempts, "delete", fail)
        with pytest.raises(StoreError):
            store.delete_for_good("a")
    assert RECORDING in left(home)
    assert store.attempt("a")


def test_a_missing_file_bars_no_deletion(store: Store) -> None:
    save(store, attempt_id="a", recording=RECORDING)
    store.save_draft(draft(recording=OTHER))
    store.discard_draft("d")
    assert store.delete_for_good("a") == 1


def test_sound_that_cannot_be_deleted_is_named_and_found_again(home: Home, store: Store) -> None:
    (home.recordings / RECORDING).mkdir(parents=True)  # no file, so it cannot be unlinked
    save(store, attempt_id="a", recording=RECORDING)
    with pytest.raises(StoreError, match=RECORDING):
        store.delete_for_good("a")
    assert store.attempt("a") is None
    assert [file.name for file in store.stray_recordings()] == [RECORDING]


def test_a_damaged_name_deletes_nothing(home: Home, store: Store) -> None:
    home.prepare()
    victim = home.root / "config.json"
    victim.write_text("{}")
    save(store, attempt_id="a", recording=RECORDING)
    store._database.connection.execute("UPDATE attempts SET recording = '../config.json'")
    store.delete_for_good("a")
    assert victim.exists()


def test_recordings_that_no_row_names_are_found(home: Home, store: Store) -> None:
    assert store.stray_recordings() == ()
    for name in (RECORDING, OTHER, "of-the-user.wav"):
        sound(home, name)
    save(store, recording=OTHER)
    assert [file.name for file in store.stray_recordings()] == [RECORDING]
    store.save_draft(draft(recording=RECORDING))
    assert store.stray_recordings() == ()


@pytest.mark.parametrize("of", ["attempt", "draft"])
def test_a_deletion_that_ends_half_way_leaves_sound_that_is_found(
    home: Home, store: Store, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    file = sound(home)
    if of == "attempt":
        save(store, attempt_id="a", recording=RECORDING)
    else:
        store.save_draft(draft("a", recording=RECORDING))
    with monkeypatch.context() as patched:
        patched.setattr(recordings, "delete_file", killed)
        with pytest.raises(KeyboardInterrupt):
            (store.delete_for_good if of == "attempt" else store.discard_draft)("a")
    store.close()
    with Store.open(home) as again:
        assert (again.attempt("a"), again.orphaned_drafts()) == (None, ())
        assert again.stray_recordings() == (file,)


def test_recordings_outlive_a_database_that_is_lost(home: Home) -> None:
    with Store.open(home) as store:
        save(store, recording=RECORDING)
    file = sound(home)
    home.database.write_bytes(b"no database")
    with Store.open(home) as store:
        assert store.stray_recordings() == (file,)
        assert store.notice
        assert store.notice.endswith("The sound of your answers is still there (1 recording).")


def test_where_no_recordings_are_left_a_rescue_says_nothing_of_them(home: Home) -> None:
    home.prepare()
    home.database.write_bytes(b"no database")
    with Store.open(home) as store:
        assert store.notice
        assert "sound" not in store.notice


def test_a_draft_with_sound_and_no_words_outlives_its_program(home: Home, store: Store) -> None:
    sound(home)
    sound(home, OTHER, samples=0)
    with Store.open(home) as ended:
        ended.save_draft(draft("sound", text="", recording=RECORDING))
        ended.save_draft(draft("header", text="", recording=OTHER))
        ended.save_draft(draft("none", text="", recording=f"{'12' * 16}.wav"))
        ended.save_draft(draft("words", text="", heard=SPOKEN))
    assert {d.id for d in store.orphaned_drafts()} == {"sound", "words"}
    assert {d.id for d in store.orphaned_drafts()} == {"sound", "words"}


def test_a_spoken_take_that_was_set_aside_keeps_sound_and_words(store: Store) -> None:
    raw = replace(SPOKEN, source="builtin")
    first = draft("d1", set_aside=True, text=raw.text, recording=RECORDING, heard=raw)
    second = draft("d2", take=2, set_aside=True, text="I had 250", recording=OTHER, heard=raw)
    silent = draft("d3", take=3, set_aside=True, text="", recording=f"{'12' * 16}.wav")
    for each in (first, second, silent):
        store.save_draft(each)
    made = attempt("a", take=4)
    store.save_attempt(made, transcript(made, "take 4"), None, closes=["d1", "d2", "d3"])
    found = {take: store.attempt(take) for take in ("d1", "d2", "d3")}
    versions = {
        take: [(t.transcript.source, t.transcript.text) for t in record.transcripts]
        for take, record in found.items()
        if record
    }
    assert versions == {
        "d1": [("builtin", "I had 249")],
        "d2": [("builtin", "I had 249"), ("corrected", "I had 250")],
        "d3": [("unheard", "")],
    }
    names = {take: record.attempt.recording for take, record in found.items() if record}
    assert names == {"d1": RECORDING, "d2": OTHER, "d3": silent.recording}
    assert found["d2"]
    heard, corrected = found["d2"].transcripts
    assert corrected.corrects == heard.id
    assert heard.transcript == raw
    assert [s.attempt.id for s in store.library(LibraryQuery(search="250"))] == ["d2"]


def test_both_versions_of_an_answer_are_stored_at_once_or_not_at_all(store: Store) -> None:
    made = attempt("a")
    heard = transcript(made, SPOKEN)
    corrected = transcript(made, Transcript.typed("I had 250", "corrected"), corrects=heard.id)
    lost = replace(rating(corrected), transcript_id="gone")
    with pytest.raises(StoreError):
        store.save_attempt(made, heard, lost, corrected=corrected)
    assert (store.attempt("a"), count_found(store, "249")) == (None, 0)
    store.save_attempt(made, heard, rating(corrected), corrected=corrected)
    record = store.attempt("a")
    assert record
    assert record.transcripts == (heard, corrected)
    assert (count_found(store, "249"), count_found(store, "250")) == (0, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_a_folder_that_cannot_be_read_has_no_strays(home: Home, store: Store) -> None:
    home.prepare()
    home.recordings.write_text("no folder")
    assert store.stray_recordings() == ()
