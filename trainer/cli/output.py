"""What the commands write: plain lines or JSON on stdout, notes on stderr.

Text passes through `visible`, and JSON escapes everything outside ASCII, so no text of a bank or
an answer can reach the terminal as an escape.
"""

from __future__ import annotations

import contextlib
import errno
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TextIO

from trainer.display import visible
from trainer.errors import ExitCode, TrainerError

if TYPE_CHECKING:
    import click

SCHEMA_VERSION = 1


class OutputClosedError(Exception):
    """Nobody reads stdout any more, so there is nothing left to do."""


def say(*lines: str) -> None:
    """Write lines to stdout, made safe to show; without any, an empty line."""
    _write("".join(f"{visible(line)}\n" for line in lines or ("",)))


def say_commands(context: click.Context) -> ExitCode:
    """Write the help of a command that does nothing by itself here."""
    say(context.get_help())
    alone = (
        "The application needs a terminal." if context.parent is None else "A command is missing."
    )
    note(alone, f"Run: {context.command_path} COMMAND")
    return ExitCode.USAGE


def say_json(value: Mapping[str, object]) -> None:
    """Write one indented JSON object, which begins with the version of its schema."""
    versioned = {"schema_version": SCHEMA_VERSION, **value}
    _write(json.dumps(versioned, indent=2, allow_nan=False) + "\n")


def say_text(text: str) -> None:
    """Write a text of its own form to stdout, made safe to show."""
    _write(visible(text))


def say_json_line(value: Mapping[str, object]) -> None:
    """Write one JSON object on one line."""
    _write(json.dumps(value, allow_nan=False) + "\n")


def note(*lines: str) -> None:
    """Write lines to stderr, made safe to show. A closed stderr is no reason to stop."""
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError):
        sys.stderr.write("".join(f"{visible(line)}\n" for line in lines))
        sys.stderr.flush()


@contextlib.contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """Show on stderr, on a terminal only, how far `what` is: call what is yielded with 0..1.

    The line is gone afterwards.
    """
    shown = ""

    def show(share: float) -> None:
        nonlocal shown
        line = f"{what}: {min(max(share, 0.0), 1.0):.0%}"
        if line != shown and is_terminal(sys.stderr):
            shown = line
            draw(f"\r{line}")

    try:
        yield show
    finally:
        if shown:
            draw(f"\r{' ' * len(shown)}\r")


def draw(line: str) -> None:
    """Write to stderr as it is, without a line's end. A closed stderr is no reason to stop."""
    assert sys.stderr
    with contextlib.suppress(OSError):
        sys.stderr.write(line)
        sys.stderr.flush()


def stdin_is_terminal() -> bool:
    """Return whether somebody can be asked."""
    return is_terminal(sys.stdin)


def has_terminal() -> bool:
    """Return whether stdin and stdout are a terminal, as the application needs them."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is there and is a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def _write(text: str) -> None:
    if sys.stdout is None:
        raise OutputClosedError
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Windows says EINVAL where others say EPIPE
        if error.errno in (errno.EPIPE, errno.EINVAL):
            raise OutputClosedError from error
        raise TrainerError(
            f"The output cannot be written: {error.strerror or error}.",
            "Check the free space, or send it to another place.",
        ) from error
