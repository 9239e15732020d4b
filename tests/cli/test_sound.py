"""`trainer sound`: what is shown, tidied and deleted, as lines and as JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cli.conftest import Run, run_process
from tests.keeping.stored import Stock
from trainer.config import Settings, save_settings
from trainer.paths import Home
from trainer.store.database import Store


@pytest.fixture
def stock(home: Home) -> Stock:
    """An answer of today, one of 40 days ago, one without words, and an unfinished one."""
    with Store.open(home) as store:
        made = Stock(home, store)
        made.answer(1)
        made.answer(2, days=40)
        made.answer(3, source="unheard", text="", days=50)
        made.record(4)
        made.draft(4)
    return made


def choose(home: Home, **settings: object) -> None:
    save_settings(home, replace(Settings(), **settings))  # type: ignore[arg-type]


def test_without_recordings_it_says_so(run: Run) -> None:
    shown = run("sound")
    assert shown.code == 0
    assert shown.out.startswith("No recordings.\nFolder: ")
    assert "kept, compressed without loss" in shown.out
    assert "Nothing is to be done now." in shown.out


def test_it_shows_how_much_there_is_and_what_will_become_of_it(
    run: Run, home: Home, stock: Stock
) -> None:
    choose(home, sound_days=30)
    for command in (("sound",), ("sound", "show")):
        out = run(*command).out
        assert "4 recordings, 0.2 MB." in out
        assert "1 recording of unfinished answers" in out
        assert "Sound older than 30 days is deleted; its words stay." in out.replace("\n", " ")
        assert "To delete: 1 recording, 48 kB." in out
        assert "Kept longer: 1 recording" in out


def test_the_json_tells_the_same(run: Run, home: Home, stock: Stock) -> None:
    choose(home, sound="transcript")
    told = run("sound", "show", "--json").json
    assert told == run("sound", "--json").json
    assert (told["schema_version"], told["keep"], told["days"]) == (1, "transcript", None)
    assert told["recordings"] == {"count": 4, "bytes": 4 * 48_044}
    assert told["unfinished"]["count"] == 1
    assert told["to_delete"]["count"] == 2
    assert told["kept_longer"]["count"] == told["to_compress"]["count"] == 1


def test_a_dry_run_does_nothing(run: Run, home: Home, stock: Stock) -> None:
    choose(home, sound_days=30)
    before = stock.left()
    assert "To delete: 1 recording" in run("sound", "tidy", "--dry-run").out
    assert run("sound", "tidy", "--dry-run", "--json").json["to_delete"]["count"] == 1
    assert stock.left() == before


def test_tidying_does_what_the_settings_say(run: Run, home: Home, stock: Stock) -> None:
    choose(home, sound_days=30)
    done = run("sound", "tidy")
    assert done.code == 0
    assert "1 recording was deleted. The words stay." in done.out
    assert "2 recordings were compressed without loss." in done.out
    assert stock.left() == ["flac", "flac", "json", "json", "json", "wav"]
    again = run("sound", "tidy", "--json").json
    assert again["deleted"] == again["compressed"] == {"count": 0, "bytes": 0}
    assert again["problem"] is None
    assert "Nothing was to be done." in run("sound", "tidy").out


def test_deleting_asks_and_no_keeps_everything(run: Run, home: Home, stock: Stock) -> None:
    before = stock.left()
    asked = run("sound", "delete", "--all", stdin="n\n", terminal=True)
    assert asked.code == 1
    assert "This deletes 3 recordings, 0.1 MB, for good." in asked.err
    assert "1 of them has no words that are written down" in asked.err
    assert "Nothing was deleted." in asked.err
    assert stock.left() == before


def test_a_yes_deletes(run: Run, home: Home, stock: Stock) -> None:
    assert run("sound", "delete", "--older-than", "30", stdin="y\n", terminal=True).code == 0
    assert stock.left() == ["json", "json", "wav", "wav"]
    done = run("sound", "delete", "--all", "--yes", "--json").json
    assert done["deleted"]["count"] == 1
    assert stock.left() == ["json", "wav"]  # of the unfinished answer
    assert run("sound", "delete", "--all").code == 0  # nothing is left to ask about


@pytest.mark.parametrize(
    "wrong",
    [(), ("--all", "--older-than", "3"), ("--older-than", "-1"), ("--older-than", "soon")],
)
def test_what_is_to_be_deleted_must_be_said(run: Run, wrong: tuple[str, ...]) -> None:
    assert run("sound", "delete", *wrong).code == 2


def test_without_a_terminal_nobody_is_asked(run: Run, home: Home, stock: Stock) -> None:
    refused = run("sound", "delete", "--all")
    assert refused.code == 2
    assert "Add --yes to delete." in refused.err
    assert stock.wav(1).exists()


def test_a_history_still_plays_after_it(home: Home, stock: Stock) -> None:
    """In processes of its own: the row names FLAC, and `history show` tells its length."""
    assert run_process("sound", "tidy").code == 0
    shown = run_process("history", "show", "attempt-1", "--json").json
    assert shown["recording"] == str(stock.flac(1))
    assert shown["recording_s"] == 1.5
    assert run_process("doctor", "--help").code == 0
