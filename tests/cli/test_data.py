"""`trainer data`: what is stored and where, and deleting it after a typed word."""

from __future__ import annotations

import json

from tests.cli.conftest import Run
from tests.stored_home import fill
from trainer.errors import ExitCode
from trainer.paths import Home
from trainer.store.database import Store


def test_it_shows_what_is_stored_and_where(run: Run, home: Home) -> None:
    fill(home)
    (home.root / "mine.txt").write_text("mine")
    result = run("data")
    assert result.code == ExitCode.OK
    for told in (
        str(home.root),
        "1, 2 unfinished",
        "Sound of your answers",
        "mine.txt",
        "recordings/",
    ):
        assert told in result.out
    assert max(map(len, result.out.splitlines())) <= max(80, len(str(home.root)) + 60)
    assert run("data", "show").out == result.out


def test_json_holds_the_same(run: Run, home: Home) -> None:
    fill(home)
    (home.root / "mine.txt").write_text("mine")
    told = run("data", "--json").json
    assert told["schema_version"] == 1
    assert (told["folder"], told["private"]) == (str(home.root), True)
    assert (told["answers"], told["unfinished"], told["recordings"]) == (1, 2, 2)
    assert told["bytes"] == sum(one["bytes"] for one in told["stored"])
    assert told["own"] == [str(home.root / "mine.txt")]
    assert len(told["copies"]) == 2


def test_everything_is_deleted_after_the_word_only(run: Run, home: Home) -> None:
    fill(home)
    for answer in ("\n", "y\n", "deleted\n"):
        refused = run("data", "delete", "--everything", stdin=answer, terminal=True)
        assert refused.code == ExitCode.FAILED
        assert "Nothing was deleted." in refused.err
        assert home.database.exists()
    done = run("data", "delete", "--everything", stdin=" Delete\n", terminal=True)
    assert done.code == ExitCode.OK
    assert not home.root.exists()
    assert "files that you exported" in " ".join(done.out.split())
    assert run("data", "--json").json["answers"] == 0


def test_without_a_terminal_nobody_is_asked_and_nothing_deleted(run: Run, home: Home) -> None:
    fill(home)
    assert run("data", "delete", "--everything", stdin="delete\n").code == ExitCode.USAGE
    assert run("data", "delete", "--copies", stdin="y\n").code == ExitCode.USAGE
    assert run("data", "delete").code == ExitCode.USAGE
    assert run("data", "delete", "--everything", "--copies", "--yes").code == ExitCode.USAGE
    assert home.database.exists()


def test_it_is_refused_while_the_trainer_is_open(run: Run, home: Home) -> None:
    fill(home)
    with Store.open(home):
        refused = run("data", "delete", "--everything", "--yes")
    assert refused.code == ExitCode.FAILED
    assert "open in another window" in refused.err
    assert home.database.exists()


def test_what_was_deleted_and_what_stays_is_told_in_json(run: Run, home: Home) -> None:
    fill(home)
    (home.root / "mine.txt").write_text("mine")
    (home.logs / "trainer.log.2").symlink_to(home.root / "mine.txt")
    told = run("data", "delete", "--everything", "--yes", "--json").json
    assert told["own"] == [str(home.root / "mine.txt")]
    assert told["left"] == []
    assert [one["target"] for one in told["links"]] == [str(home.root / "mine.txt")]
    assert told["deleted"] > 20
    again = run("data", "delete", "--everything", "--yes", "--json")
    assert json.loads(again.out)["deleted"] == 0


def test_only_copies_are_deleted(run: Run, home: Home) -> None:
    fill(home)
    kept = run("data", "delete", "--copies", stdin="n\n", terminal=True)
    assert kept.code == ExitCode.FAILED
    assert run("data", "delete", "--copies", "--yes").code == ExitCode.OK
    told = run("data", "--json").json
    assert (told["copies"], told["answers"]) == ([], 1)


def test_a_command_tells_that_a_deletion_was_broken_off_and_is_done_now(
    run: Run, home: Home
) -> None:
    fill(home)
    home.deleting.touch()
    result = run("data", "--json")
    assert "The rest is deleted now." in result.err
    assert result.json["answers"] == 0
    assert "deleted" not in run("data", "--json").err
