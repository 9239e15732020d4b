"""What commands that import share: the question that is answered, the part of a file, the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import click

from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.services import Services
    from trainer.session.plan import Item

_COMMAND = TypeVar("_COMMAND", bound=Callable[..., object])
_RATED = "Rate it by this rubric, with --ask."
_OWN = "It answers this question, which is in no bank."
_HOW = (
    "Name it with --question ID. Banks: trainer banks list. Questions: trainer banks show BANK. "
    'Or write it: --ask "What is your greatest weakness?" --rubric resilience'
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that a file answers: one of a bank by its id, or one's own with its rubric.

    Raises `UsageError` where it is neither, or both.
    """

    question_id: str | None
    ask: str | None
    rubric_id: str | None

    def __post_init__(self) -> None:
        if bool(self.question_id) == bool(self.ask and self.ask.strip()):
            none = "Say which question this answers."
            raise UsageError("Name one question." if self.question_id else none, _HOW)
        if self.rubric_id and self.question_id:
            raise UsageError("A question of a bank has its rubric.", "Leave out --rubric.")

    def item(self, services: Services) -> Item:
        """Return the question as it is asked. Raises `UsageError` where there is none."""
        from trainer.recall import asked_item

        if self.question_id:
            try:
                return services.plan(question_ids=[self.question_id]).item
            except UsageError as error:
                raise UsageError(error.message, _HOW) from None
        if self.rubric_id:
            services.rubric(self.rubric_id)
        return asked_item(" ".join((self.ask or "").split()), self.rubric_id)


def question_options(command: _COMMAND) -> _COMMAND:
    """Give a command the options --question, --ask and --rubric."""
    for option in (
        click.option("--rubric", "rubric_id", metavar="ID", help=_RATED),
        click.option("--ask", metavar="TEXT", help=_OWN),
        click.option("--question", "question_id", metavar="ID", help="It answers this question."),
    ):
        command = option(command)
    return command


def part_options(command: _COMMAND) -> _COMMAND:
    """Give a command the options --from, --to and --date."""
    said = "When it was said, if not today."
    for option in (
        click.option("--date", callback=_day, metavar="ISO", help=said),
        click.option("--to", "to_s", callback=_seconds, metavar="TIME", help="End here."),
        click.option("--from", "from_s", callback=_seconds, metavar="TIME", help="Begin here."),
    ):
        command = option(command)
    return command


def part_of(from_s: float | None, to_s: float | None) -> tuple[float, float | None]:
    """Return where a part begins and ends, in seconds. Raises `UsageError` for none."""
    begin_s = from_s or 0.0
    if to_s is not None and to_s <= begin_s:
        raise UsageError("The part ends before it begins.", "Give --to a later time than --from.")
    return begin_s, to_s


def _seconds(context: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """Read a place in a file: seconds, or minutes and seconds."""
    from trainer.importing import seconds_of

    try:
        return None if value is None else seconds_of(value)
    except ValueError:
        raise click.BadParameter("write it as 75 or 1:15", context, param) from None


def _day(context: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    """Read a day, or a day and a time, in ISO 8601."""
    try:
        return None if value is None else datetime.fromisoformat(value).astimezone()
    except (ValueError, OverflowError, OSError):
        problem = "write it as 2026-03-01 or 2026-03-01T14:30"
        raise click.BadParameter(problem, context, param) from None
