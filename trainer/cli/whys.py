"""What `--why` adds to a command that shows a rating: its option, and what that names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import click

from trainer.display import one_line
from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.coach.why import Explained

_COMMAND = TypeVar("_COMMAND", bound=Callable[..., object])
_EVERY = ""  # what --why is given without a criterion
_LONGEST_SHOWN = 64


def why_option(command: _COMMAND) -> _COMMAND:
    """Give a command the option --why; its first argument must not be required."""
    return click.option(
        "--why",
        is_flag=False,
        flag_value=_EVERY,
        metavar="[CRITERION]",
        help="Explain every mark and flag, or only this one.",
    )(command)


def told_apart(first: str | None, why: str | None) -> tuple[str, str | None]:
    """Return the first argument of a command and the value of its --why.

    A criterion is optional, so click takes an argument that stands behind --why for one. Raises
    click's own error where there is neither.
    """
    if first is None and why:
        return why, _EVERY
    if first is None:
        context = click.get_current_context()
        argument = next(p for p in context.command.params if isinstance(p, click.Argument))
        raise click.MissingParameter(ctx=context, param=argument)
    return first, why


def chosen(explained: Explained, why: str) -> Explained:
    """Return the explanation of what --why names. Raises `UsageError` where there is no such."""
    if why == _EVERY or not explained.lines:
        return explained
    lines = tuple(line for line in explained.lines if line.why.name == why)
    if not lines:
        names = ", ".join(dict.fromkeys(line.why.name for line in explained.lines))
        raise UsageError(
            f"There is no point {one_line(why, _LONGEST_SHOWN)!r} in this checklist.",
            f"Points and flags: {names}",
        )
    return replace(explained, lines=lines)
