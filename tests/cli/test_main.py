"""Help, and how every way out of a command ends."""

from __future__ import annotations

import errno
import re
import sys
import threading
from collections.abc import Iterator
from typing import cast

import click
import pytest

from tests.cli.conftest import Answered, FakeTerminal, Run
from trainer import catalogue
from trainer.cli import opening
from trainer.cli.commands import cli
from trainer.cli.output import note
from trainer.errors import ExitCode, TrainerError
from trainer.lines.text import wrapped
from trainer.paths import Home
from trainer.services import Services


def all_commands(
    command: click.Command = cli, names: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield names, command
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from all_commands(child, (*names, name))


COMMANDS = dict(all_commands())


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_every_command_and_option_has_help(run: Run, names: tuple[str, ...]) -> None:
    command = COMMANDS[names]
    result = run(*names, "--help")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(" ".join(["Usage: trainer", *names]))
    assert max(map(len, result.out.splitlines())) <= 80
    assert "..." not in re.sub(r"\[(?:ARGS|FILE|ID|TAG|POINT=MARK)\]\.\.\.", "", result.out)
    assert "!" not in result.out
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.help.endswith("."), parameter.help


def test_the_short_help_option(run: Run) -> None:
    assert run("score", "-h").out == run("score", "--help").out


READING = {
    "score": "score - --rubric ownership",
    "banks list": "banks list",
    "banks show": "banks show low-score",
    "banks check": "banks check",
    "history list": "history list",
    "history show": "history show ID",
    "history versions": "history versions ID",
    "history note": "history note ID --quote unfair --say Why?",
    "models list": "models list",
    "sound show": "sound show",
    "sound tidy": "sound tidy",
    "models verify": "models verify",
}


@pytest.mark.parametrize("names", READING)
def test_the_help_names_every_field_of_the_json(run: Run, answered: Answered, names: str) -> None:
    value = run(*READING[names].replace("ID", answered.poor).split(), "--json").json
    if names == "banks show":
        value = {name: value[name] for name in ("schema_version", "kind", "layer", "file")}
    told = set(re.findall(r"\w+", run(*names.split(), "--help").out))
    if names == "history show":
        told |= set(re.findall(r"\w+", run("score", "--help").out))
    assert set(value) <= told
    for entries in (v for v in value.values() if isinstance(v, list)):
        assert {name for entry in entries if isinstance(entry, dict) for name in entry} <= told


def test_the_root_help_lists_every_command(run: Run) -> None:
    told = run("--help").out.partition("Commands:")[2].split()
    assert set(cli.commands) <= set(told)
    assert {"practice", "transcribe", "score", "models", "doctor"} <= set(cli.commands)


def test_without_a_terminal_the_help_is_printed(run: Run, home: Home) -> None:
    result = run()
    assert result.code == 2
    assert result.out == run("--help").out
    assert "needs a terminal" in result.err
    assert not home.root.exists()


@pytest.mark.parametrize("group", ["banks", "history", "models"])
def test_a_group_alone_prints_its_help(run: Run, group: str) -> None:
    result = run(group)
    assert result.code == 2
    assert result.out == run(group, "--help").out
    assert "A command is missing." in result.err


@pytest.mark.parametrize(
    ("arguments", "see"),
    [
        (("nope",), "See: trainer --help"),
        (("--nope",), "See: trainer --help"),
        (("score",), "See: trainer score --help"),
        (("score", "a", "b"), "See: trainer score --help"),
        (("practice", "--count", "0"), "See: trainer practice --help"),
        (("practice", "--count", "many"), "See: trainer practice --help"),
        (("history", "show"), "See: trainer history show --help"),
        (("transcribe",), "See: trainer transcribe --help"),
        (("transcribe", "a.wav", "--engine", "x"), "See: trainer transcribe --help"),
        (("models", "use"), "See: trainer models use --help"),
        (("banks", "schema", "\x1b[1m"), "See: trainer banks schema --help"),
    ],
)
def test_wrong_arguments_are_two_short_lines(
    run: Run, arguments: tuple[str, ...], see: str
) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    message, hint = result.err.splitlines()
    assert message
    assert hint == see
    assert "\x1b" not in result.err


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> dict[str, BaseException]:
    """Put an exception under `raises` and `banks list` raises it."""
    holder: dict[str, BaseException] = {}

    def fail(home: object) -> None:
        raise holder["raises"]

    monkeypatch.setattr(catalogue, "library_loader", fail)
    return holder


class NoModelError(TrainerError):
    exit_code = ExitCode.NO_AUDIO_OR_MODEL


def test_an_error_of_the_program_is_its_message_and_its_hint(
    run: Run, breaks: dict[str, BaseException]
) -> None:
    breaks["raises"] = NoModelError("There is no\x1b[1m\nmodel.", "Install one.")
    result = run("banks", "list")
    assert (result.code, result.out) == (3, "")
    assert result.err == "There is no␛[1m model.\nInstall one.\n"


def test_an_interruption_is_told_by_the_code(run: Run, breaks: dict[str, BaseException]) -> None:
    breaks["raises"] = KeyboardInterrupt()
    result = run("banks", "list")
    assert (result.code, result.out, result.err.strip()) == (130, "", "")


def test_an_unforeseen_error_is_one_line_and_its_values_stay_out_of_the_log(
    run: Run, home: Home, breaks: dict[str, BaseException]
) -> None:
    breaks["raises"] = RuntimeError("the answer was secret")
    breaks["raises"].__cause__ = KeyError("also secret")
    result = run("banks", "list")
    assert (result.code, result.out) == (1, "")
    (line,) = result.err.splitlines()
    path = home.logs / "trainer.log"
    assert str(path) in line
    text = path.read_text()
    assert "RuntimeError" in text
    assert "KeyError" in text
    assert "banks.py" in text
    assert "secret" not in text + result.err


def test_an_unforeseen_error_without_a_log_is_still_one_line(
    run: Run, home: Home, breaks: dict[str, BaseException]
) -> None:
    home.root.write_text("no folder")
    breaks["raises"] = RuntimeError()
    result = run("banks", "list")
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
    assert "No log could be written" in result.err


class FullDisk(FakeTerminal):
    number = errno.ENOSPC

    def write(self, text: str) -> int:
        raise OSError(self.number, "No space left on device")


def test_a_full_disk_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    from trainer.cli.main import main

    monkeypatch.setattr(sys, "stdout", FullDisk(io.BytesIO()))
    assert main(["banks", "list"]) == 1
    assert capsys.readouterr().err.startswith("The output cannot be written: No space left")


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EINVAL])
def test_a_reader_that_went_away_is_no_news(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    import io

    from trainer.cli.main import main

    stream = FullDisk(io.BytesIO())
    stream.number = number
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["banks", "list"]) == 1
    assert capsys.readouterr().err == ""


def test_closed_streams_are_no_crash(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.cli.main import main

    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert main(["banks", "list"]) == 1
    assert main(["score", "-", "--rubric", "ownership"]) == 2


def test_wrapped_lines_keep_breaks_and_long_words() -> None:
    path = "/a" * 60
    assert wrapped(f"one\n\ntwo {path}", "- ") == ["- one", "", "  two", f"  {path}"]
    assert wrapped("", "- ") == ["-"]
    assert wrapped("a " * 60, "1: ", "  ")[1].startswith("  a")


@pytest.mark.parametrize("deleted", [True, False])
def test_a_long_deletion_at_the_end_says_what_it_waits_for(
    deleted: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = threading.Event()

    class Slow:
        can_undo_delete = deleted

        def close(self) -> None:
            assert told.wait(10.0 if deleted else 0.05) is deleted

    def write(*lines: str) -> None:
        note(*lines)
        told.set()

    monkeypatch.setattr(opening, "TOLD_AFTER_S", 0.0)
    monkeypatch.setattr(opening, "note", write)
    with opening.closing_told(cast("Services", Slow())):
        pass
    assert capsys.readouterr().err == (f"{opening.DELETING}\n" if deleted else "")
