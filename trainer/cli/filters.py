"""Options that choose which answers are listed, the same for every command that lists some."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.services import Services
    from trainer.store.types import LibraryQuery

_COMMAND = TypeVar("_COMMAND", bound=Callable[..., Any])
_MARKS = ("missed", "partly", "met")
_SCORE = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")
_MOST_KNOWN = 12


def filter_options(command: _COMMAND) -> _COMMAND:
    """Give a command all options that narrow a list down or put it in order."""
    bank = "Only answers to questions of this bank."
    sort = "Put them in this order, the newest, best or longest first."
    raters = click.Choice(["machine", "self", "peer"])
    options = (
        click.option("--bank", "bank_id", metavar="ID", help=bank),
        click.option("--question", "question_id", metavar="ID", help="Only answers to it."),
        click.option("--rubric", "rubric_id", metavar="ID", help="Only those it rates."),
        click.option(
            "--mark",
            "criterion",
            callback=_mark,
            metavar="CRITERION=MARK",
            help="Only where this point is met, partly or missed in the newest rating.",
        ),
        click.option("--flag", metavar="ID", help="Only where this warning is raised."),
        click.option("--tag", metavar="TAG", help="Only answers that have this tag."),
        click.option("--starred/--not-starred", default=None, help="By their star."),
        click.option("--spoken/--typed", default=None, help="By how they were given."),
        click.option(
            "--score",
            callback=_score,
            metavar="LOW-HIGH",
            help="Only scores in this range, such as 40-65.",
        ),
        click.option("--since", callback=_day, metavar="DATE", help="On this day or later."),
        click.option("--until", callback=_day, metavar="DATE", help="On this day or before."),
        click.option("--session", "session_id", metavar="ID", help="Only those of one practice."),
        click.option("--rater", type=raters, help="Only what this rater has rated."),
        click.option(
            "--with", "peer", metavar="NAME", help="Only what they rated or were part of."
        ),
        click.option(
            "--sort",
            type=click.Choice(["date", "score", "length", "question"]),
            default="date",
            show_default=True,
            help=sort,
        ),
        click.option("--reverse", is_flag=True, help="The other way round."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def query_of(search: str, *, sort: str, reverse: bool, **chosen: Any) -> LibraryQuery:
    """Return what the values of `filter_options` ask for."""
    from trainer.store.types import LibraryQuery

    descending = (sort != "question") != reverse
    return LibraryQuery(search, sort=sort, descending=descending, **chosen)  # type: ignore[arg-type]


def tell_unknown(services: Services, query: LibraryQuery) -> None:
    """Raise `UsageError` where a query that found nothing names what there is not.

    What only old answers name, such as a bank that is gone, is known.
    """
    contents = services.contents()
    if query.bank_id and query.bank_id not in {one.id for one in contents.banks}:
        services.bank(query.bank_id)
    if query.question_id and query.question_id not in {one.id for one in contents.questions}:
        services.question(query.question_id)
    if query.rubric_id and query.rubric_id not in {one.id for one in contents.rubrics}:
        services.rubric(query.rubric_id)
    known = (
        ("point", query.criterion and query.criterion[0], contents.criteria),
        ("warning", query.flag, contents.flags),
        ("tag", query.tag, tuple(name for name, _ in contents.tags)),
        ("name", query.peer, tuple(name for name, _ in contents.peers)),
    )
    for what, name, names in known:
        if name and name.casefold() not in {each.casefold() for each in names}:
            some = ", ".join(names[:_MOST_KNOWN]) + (" …" if len(names) > _MOST_KNOWN else "")
            hint = f"There are: {some}" if names else f"No answer has a {what} yet."
            raise UsageError(f"No answer has the {what} {name!r}.", hint)


def _mark(context: click.Context, param: click.Parameter, value: str | None) -> object:
    """Read a criterion with its mark."""
    if value is None:
        return None
    from trainer.bank.types import Mark

    name, _, mark = value.partition("=")
    if not name or mark not in _MARKS:
        raise click.BadParameter("write it as change=met, =partly or =missed", context, param)
    return name, Mark(_MARKS.index(mark))


def _score(context: click.Context, param: click.Parameter, value: str | None) -> object:
    """Read two scores."""
    if value is None:
        return None
    found = _SCORE.fullmatch(value.strip())
    if found is None:
        raise click.BadParameter("write it as 40-65", context, param)
    low, high = float(found[1]), float(found[2])
    return min(low, high), max(low, high)


def _day(context: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Read a day."""
    try:
        return None if value is None else date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        raise click.BadParameter("write it as 2026-03-01", context, param) from None
