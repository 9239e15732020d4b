"""Which sound goes, which stays, and what is told of it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.keeping.stored import Stock, key
from trainer.config import Settings
from trainer.keeping.choosing import DAY_S, choose
from trainer.keeping.keeping import Keeping
from trainer.keeping.types import KeptSound, Tidied
from trainer.paths import Home
from trainer.store.database import Store
from trainer.store.owners import file_lock
from trainer.store.sounds import NamedSound
from trainer.transcript.types import Source

Make = Callable[..., Keeping]
ROOT = Path(__file__).parents[2]
NOW_S = 2_000_000_000.0


def has_sound(stock: Stock, number: int = 1) -> bool:
    return stock.wav(number).exists() or stock.flac(number).exists()


# Only the transcript


@pytest.mark.parametrize("source", ["vosk", "corrected", "typed"])
def test_sound_goes_once_its_words_are_safe(stock: Stock, keeping: Make, source: Source) -> None:
    stock.answer(source=source)
    size = stock.wav().stat().st_size
    done = keeping(sound="transcript").tidy()
    assert (done.deleted.count, done.deleted.bytes, done.saved_bytes) == (1, size, size)
    assert stock.left() == []
    record = stock.store.attempt("attempt-1")
    assert record
    assert record.transcripts[-1].transcript.text == "I did it."


@pytest.mark.parametrize(
    ("source", "text"), [("unheard", ""), ("builtin", "rough words"), ("vosk", " "), ("typed", "")]
)
def test_sound_whose_words_are_not_safe_stays(
    stock: Stock, keeping: Make, source: Source, text: str
) -> None:
    stock.answer(source=source, text=text, days=400)
    keeper = keeping(sound="transcript", sound_days=30)
    assert len(keeper.plan().waiting) == 1
    assert keeper.tidy().deleted.count == 0
    assert has_sound(stock)


def test_the_end_of_a_program_looks_at_the_newest_recordings_alone(
    stock: Stock, keeping: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 4):
        stock.answer(number, days=9 - number)
    stock.answer(4, source="unheard", text="")

    def read_all(*_: object) -> None:
        raise AssertionError("whoever quits would wait for that")

    monkeypatch.setattr(stock.store.sounds, "of_answers", read_all)
    monkeypatch.setattr("trainer.keeping.keeping._NEWEST", 3)
    assert keeping(sound_days=1).tidy_newest() == Tidied()
    assert keeping(sound="transcript").tidy_newest().deleted.count == 2
    assert stock.wav(1).exists()
    assert stock.wav(4).exists(), "its words are not safe"


def test_tidying_that_is_cancelled_reads_no_further(stock: Stock, keeping: Make) -> None:
    stock.answer()
    assert keeping(sound="transcript").tidy(lambda: True) == Tidied()
    assert stock.store.sounds.of_answers(lambda: True) == ()
    assert stock.wav().exists()


def test_sound_of_a_draft_stays(stock: Stock, keeping: Make) -> None:
    stock.record(1, days=400)
    stock.draft(1)
    stock.answer(2, days=400)
    stock.draft(2)  # a correction of its words
    done = keeping(sound="transcript", sound_days=1).tidy()
    assert (done.deleted.count, done.compressed.count) == (0, 0)
    assert stock.wav(1).exists()
    assert stock.wav(2).exists()


def test_sound_that_is_shown_stays_until_its_report_is_left(stock: Stock, keeping: Make) -> None:
    stock.answer()
    keeper = keeping(sound="transcript")
    keeper.hold(stock.wav().name)
    keeper.hold(stock.flac().name)  # the same in its other form, on a second screen
    keeper.release(stock.wav().name)
    assert (keeper.tidy().deleted.count, keeper.tidy().left) == (0, 1)
    assert has_sound(stock)
    keeper.release(stock.wav().name)
    keeper.release(stock.wav().name)  # once too often is no error
    assert keeper.tidy().deleted.count == 1


def test_sound_that_another_program_shows_stays_until_that_ends(
    stock: Stock, keeping: Make, home: Home
) -> None:
    stock.answer()
    code = (
        "import sys; from pathlib import Path; from trainer.paths import Home;"
        "from trainer.store.database import Store; s = Store.open(Home(Path(sys.argv[1])));"
        "s.sounds.hold(sys.argv[2]); print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(home.root), key(1)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        assert keeping(sound="transcript").tidy().left == 1
        assert has_sound(stock)
        other.kill()
    assert keeping(sound="transcript").tidy().deleted.count == 1
    assert not list(home.locks.glob("*.shown"))


def test_a_program_that_ends_shows_nothing_any_more(
    stock: Stock, keeping: Make, home: Home
) -> None:
    stock.answer()
    with Store.open(home) as other:
        other.sounds.hold(key(1))
        assert keeping(sound="transcript").tidy().left == 1
    assert keeping(sound="transcript").tidy().deleted.count == 1


# Age


def test_old_sound_goes_and_its_words_stay(stock: Stock, keeping: Make) -> None:
    stock.answer(1, days=31)
    stock.answer(2, days=29)
    done = keeping(sound_days=30).tidy()
    assert (done.deleted.count, done.compressed.count) == (1, 1)
    assert (has_sound(stock, 1), has_sound(stock, 2)) == (False, True)
    assert stock.store.attempt("attempt-1")


def test_without_a_limit_nothing_is_too_old(stock: Stock, keeping: Make) -> None:
    stock.answer(days=3000)
    assert keeping().tidy().deleted.count == 0


def test_an_old_answer_that_was_imported_today_is_not_old(stock: Stock, keeping: Make) -> None:
    stock.answer(days=300)
    stock.wav().touch()
    assert keeping(sound_days=30).tidy().deleted.count == 0


def test_it_is_told_in_the_log_without_a_name(
    stock: Stock, keeping: Make, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    stock.answer(days=31)
    keeping(sound_days=30).tidy()
    assert "1 recordings were deleted, as chosen" in caplog.text
    assert "I did it" not in caplog.text
    assert key(1) not in caplog.text


# Deleting by hand


def test_all_sound_of_answers_is_deleted_on_request_and_none_of_drafts(
    stock: Stock, keeping: Make
) -> None:
    stock.answer(1)
    stock.answer(2, source="unheard", text="", days=20)
    stock.record(3)
    stock.draft(3)
    keeper = keeping()
    assert len(keeper.matching(None)) == 2
    assert len(keeper.matching(10)) == 1
    assert keeper.delete(10).deleted.count == 1
    assert keeper.delete(None).deleted.count == 1
    assert stock.left() == ["json", "wav"]
    assert stock.wav(3).exists()


def test_a_file_that_cannot_be_deleted_is_told_and_the_others_go(
    stock: Stock, keeping: Make
) -> None:
    for number in (1, 2):
        stock.answer(number)
    stock.wav(1).with_name(f"{key(1)}.json").unlink()
    stock.wav(1).with_name(f"{key(1)}.json").mkdir()
    done = keeping().delete(None)
    assert done.problem
    assert (done.deleted.count, done.left) == (1, 1)


# What is told


def test_every_recording_is_counted_once(stock: Stock, keeping: Make) -> None:
    stock.answer(1)
    keeper = keeping()
    keeper.tidy()
    stock.answer(2, days=5)
    stock.record(3)
    stock.draft(3)
    stock.record(4)
    (stock.home.recordings / "notes.txt").write_text("mine")
    found = keeper.count()
    assert (found.whole.count, found.wav.count, found.flac.count) == (4, 3, 1)
    assert (found.unfinished.count, found.stray.count) == (1, 1)
    assert found.whole.bytes == found.wav.bytes + found.flac.bytes
    assert found.oldest == stock.store.sounds.of_answers()[0].started_at


def test_an_empty_home_holds_nothing(keeping: Make) -> None:
    keeper = keeping()
    assert keeper.count().whole.count == 0
    assert keeper.count().oldest is None
    assert keeper.tidy().deleted.count == 0
    assert not keeper.any_spoken


def test_that_one_has_spoken_is_known_after_the_sound_is_gone(stock: Stock, keeping: Make) -> None:
    stock.answer()
    keeper = keeping(sound="transcript")
    keeper.tidy()
    assert keeper.any_spoken


def test_notes_that_a_crash_left_of_deleted_sound_go(stock: Stock, keeping: Make) -> None:
    stock.answer()
    stock.wav().unlink()
    keeping().tidy()
    assert stock.left() == []


def test_what_a_crash_left_of_an_import_goes_and_one_under_way_stays(
    stock: Stock, keeping: Make, home: Home
) -> None:
    stock.record(1)
    stock.draft(2)
    for number in (1, 2):
        (home.recordings / f"{key(number)}.wav.partial").write_bytes(b"x")
    keeping().tidy()
    assert not (home.recordings / f"{key(1)}.wav.partial").exists()
    assert (home.recordings / f"{key(2)}.wav.partial").exists()


def test_an_answer_that_is_deleted_while_it_is_compressed_leaves_nothing(
    stock: Stock, keeping: Make, home: Home
) -> None:
    stock.answer()
    deleted = []

    def asked() -> bool:
        """Delete the answer as soon as the child has begun."""
        partial = home.recordings / f"{key(1)}.flac.partial"
        if not deleted and partial.exists():
            deleted.append(stock.store.delete_for_good("attempt-1"))
        return False

    keeping().tidy(asked)
    stock.store.delete_for_good("attempt-1")
    assert stock.left() == []


def test_a_recording_that_is_named_by_a_draft_meanwhile_is_left_alone(
    stock: Stock, keeping: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock.answer()
    keeper = keeping()
    change = stock.store.sounds.change

    def first_a_draft(*args: object) -> bool:
        stock.draft()
        return change(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(stock.store.sounds, "change", first_a_draft)
    assert keeper.tidy().left == 1
    assert stock.left() == ["json", "wav"]


def test_deleting_an_answer_takes_both_forms(stock: Stock, keeping: Make) -> None:
    stock.answer()
    flac = stock.flac()
    flac.write_bytes(b"half made")
    stock.store.delete_for_good("attempt-1")
    assert stock.left() == []


def test_tidying_waits_for_nobody(stock: Stock, keeping: Make, home: Home) -> None:
    stock.answer()
    home.ensure(home.locks)
    with file_lock(home.locks / "tidying"):
        began = time.monotonic()
        assert keeping().tidy().is_busy
        assert keeping().delete(None).is_busy
        assert time.monotonic() - began < 5
    assert keeping().tidy().compressed.count == 1


# The choice


def kept(in_draft: bool, written: bool, plain: bool, age_days: float) -> KeptSound:
    named = NamedSound(key(1), "x", "", written, in_draft)
    return KeptSound(named, 1, plain, NOW_S - age_days * DAY_S)


@given(
    st.builds(kept, st.booleans(), st.booleans(), st.booleans(), st.floats(0, 4000)),
    st.sampled_from(["flac", "transcript"]),
    st.none() | st.integers(1, 3650),
)
def test_nothing_of_a_draft_is_touched_and_nothing_goes_without_its_words(
    sound: KeptSound, what: str, days: int | None
) -> None:
    plan = choose([sound], replace(Settings(), sound=what, sound_days=days), NOW_S)
    if sound.named.in_draft:
        assert plan == choose([], Settings(), NOW_S)
        return
    if plan.delete:
        assert sound.named.written
        assert not plan.compress
        assert not plan.waiting
    else:
        assert bool(plan.compress) == sound.is_plain
    if plan.waiting:
        assert not sound.named.written
    if what == "flac" and days is None:
        assert not plan.delete


def test_sound_whose_words_are_mostly_guessed_stays(
    stock: Stock, keeping: Make, store: Store
) -> None:
    stock.answer()
    record = store.attempt("attempt-1")
    assert record
    guessed = replace(record.transcripts[-1], id="guessed")
    guessed = replace(guessed, delivery=replace(guessed.delivery, unmeasurable=("words",)))
    store.add_version(guessed)
    assert keeping(sound="transcript").tidy().deleted.count == 0
    store.add_version(replace(record.transcripts[-1], id="accepted"))
    assert keeping(sound="transcript").tidy().deleted.count == 1
