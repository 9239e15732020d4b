"""What the history can be narrowed down to, as choices with words: nobody types an id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from math import nextafter
from typing import Any

from trainer.bank.types import Library, Mark, Rubric
from trainer.display import one_line
from trainer.store.contents import Contents, Shared
from trainer.store.types import LibraryQuery, Sort

MOST_MONTHS = 36
_LONGEST_LABEL = 160
_DAY_WORD = "%d %b %Y"
_MARKS = {Mark.MET: "met", Mark.PARTLY: "partly", Mark.MISSED: "missed"}
_RATERS = (
    ("machine", "The program"),
    ("self", "You"),
    ("peer", "Somebody who listened"),
)
SORTS: dict[tuple[Sort, bool], str] = {
    ("date", True): "Newest first",
    ("date", False): "Oldest first",
    ("score", True): "Best score first",
    ("score", False): "Lowest score first",
    ("length", True): "Longest first",
    ("length", False): "Shortest first",
    ("question", False): "By question",
}
"""The orders that are offered, by `sort` and `descending`, in words."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its words, the fields of `LibraryQuery` that it sets, and how often."""

    label: str
    sets: dict[str, Any]
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One way to narrow the history down. The first of the `choices` chooses nothing."""

    name: str
    choices: tuple[Choice, ...]

    def chosen(self, query: LibraryQuery) -> Choice:
        """Return what a query has chosen, in words as far as there are any for it."""
        now = {field: getattr(query, field) for field in self.choices[0].sets}
        if now == self.choices[0].sets:
            return self.choices[0]
        known = (choice for choice in self.choices if choice.sets == now)
        return next(known, Choice(_plain(now), now))

    def narrow(self, query: LibraryQuery, choice: Choice) -> LibraryQuery:
        """Return the query with what was chosen."""
        return replace(query, **choice.sets)


def narrowings(
    contents: Contents, library: Library, query: LibraryQuery, today: date
) -> tuple[Narrowing, ...]:
    """Return all ways to narrow a history with these contents down.

    The criteria are those of the rubric that `query` has chosen, else of all; the questions those
    of its bank. `today` is the day in the user's time zone.
    """
    rubrics = library.rubrics
    chosen = rubrics.get(query.rubric_id or "")
    asked = [chosen] if chosen else list(rubrics.values())
    bank = library.bank(query.bank_id) if query.bank_id else None
    prompts = {q.id: q.prompt for loaded in library.banks for q in loaded.bank.questions}
    own = {q.id for q in bank.bank.questions} if bank else None
    questions = [one for one in contents.questions if own is None or one.id in own]
    titles = {loaded.bank.id: loaded.bank.title for loaded in library.banks}
    return (
        _ways("Bank", "All banks", "bank_id", _named(contents.banks, titles)),
        _ways("Question", "All questions", "question_id", _named(questions, prompts)),
        _ways(
            "Checklist",
            "All checklists",
            "rubric_id",
            _named(contents.rubrics, {r.id: r.title for r in rubrics.values()}),
        ),
        _ways("Mark", "Any mark", "criterion", _marks(contents.criteria, asked)),
        _ways("Warning", "With or without", "flag", _flags(contents.flags, asked)),
        _ways("Score", "Any score", "score", _bands(asked)),
        Narrowing(
            "Date", (Choice("Any day", {"since": None, "until": None}), *_days(contents, today))
        ),
        _ways("Practice", "All practices", "session_id", _sessions(contents.sessions)),
        _ways("Tag", "With or without", "tag", ((n, n, times) for n, times in contents.tags)),
        _ways("Star", "With or without", "starred", _yes_or_no("Starred", "Not starred")),
        _ways("Answered", "By voice or typed", "spoken", _yes_or_no("By voice", "Typed")),
        _ways("With", "Anybody or alone", "peer", ((n, n, times) for n, times in contents.peers)),
        _ways("Rated by", "Anybody", "rater", ((key, word, None) for key, word in _RATERS)),
    )


def in_words(query: LibraryQuery, ways: Iterable[Narrowing]) -> str:
    """Return what a query has chosen, in one line; empty where it has chosen nothing."""
    told = (way.chosen(query) for way in ways if way.chosen(query) != way.choices[0])
    return ", ".join(choice.label for choice in told)


def is_narrowed(query: LibraryQuery) -> bool:
    """Tell whether a query leaves anything out other than by its search."""
    return replace(query, search="") != LibraryQuery(sort=query.sort, descending=query.descending)


def cleared(query: LibraryQuery) -> LibraryQuery:
    """Return a query that leaves nothing out but what its search does."""
    return LibraryQuery(query.search, sort=query.sort, descending=query.descending)


def reordered(query: LibraryQuery, step: int = 1) -> LibraryQuery:
    """Return the query in the next order of `SORTS`."""
    orders = list(SORTS)
    now = (query.sort, query.descending)
    at = orders.index(now) if now in orders else -1
    sort, descending = orders[(at + step) % len(orders)]
    return replace(query, sort=sort, descending=descending)


def order_in_words(query: LibraryQuery) -> str:
    """Return the order of a query, such as "Newest first"."""
    return SORTS.get((query.sort, query.descending), f"By {query.sort}")


_Way = tuple[Any, str, int | None]
"""A value of a field with its words, and how many answers have it where that is known."""


def _ways(name: str, every: str, field: str, ways: Iterable[_Way]) -> Narrowing:
    choices = (
        Choice(one_line(label, _LONGEST_LABEL), {field: value}, times)
        for value, label, times in ways
    )
    return Narrowing(name, (Choice(every, {field: None}), *choices))


def _named(found: Iterable[Shared], titles: dict[str, str]) -> Iterator[_Way]:
    named = ((one.id, titles.get(one.id, one.name), one.times) for one in found)
    yield from sorted(named, key=lambda way: way[1].casefold())


def _marks(ids: Sequence[str], rubrics: Iterable[Rubric]) -> Iterator[_Way]:
    titles = {c.id: c.title for rubric in rubrics for c in rubric.criteria}
    for title, name in _titled(ids, titles):
        for mark, word in _MARKS.items():
            yield (name, mark), f"{title}: {word}", None


def _flags(ids: Sequence[str], rubrics: Iterable[Rubric]) -> Iterator[_Way]:
    titles = {f.id: f.title for rubric in rubrics for f in rubric.flags}
    for title, name in _titled(ids, titles):
        yield name, title, None


def _titled(ids: Sequence[str], titles: dict[str, str]) -> list[tuple[str, str]]:
    """Return the ids with their titles; those of one rubric alone where others have none."""
    known = [name for name in ids if name in titles] or list(ids)
    return sorted((titles.get(name, name), name) for name in known)


def _bands(rubrics: Sequence[Rubric]) -> Iterator[_Way]:
    """Return the words of scores, where all these rubrics mean the same by them."""
    meant = {rubric.scoring.bands for rubric in rubrics}
    if len(meant) != 1:
        begins = [(low, "") for low in (75.0, 50.0, 25.0, 0.0)]
    else:
        begins = [(float(b.from_score), f"{b.word}: ") for b in reversed(meant.pop())]
    below, high = 100.0, 100.0
    for low, word in begins:
        yield (low, high), f"{word}{low:.0f} to {below:.0f}", None
        below, high = low, nextafter(low, 0.0)


def _days(contents: Contents, today: date) -> Iterator[Choice]:
    for label, days in (
        ("Today", 0),
        ("The last 7 days", 6),
        ("The last 4 weeks", 27),
        ("The last 3 months", 90),
    ):
        since = today - timedelta(days=days)
        yield Choice(label, {"since": since.isoformat(), "until": None})
    first, last = _local(contents.first), _local(contents.last)
    if first is None or last is None:
        return
    month = last.date().replace(day=1)
    for _ in range(MOST_MONTHS):
        if month < first.date().replace(day=1):
            break
        after = (month + timedelta(days=32)).replace(day=1)
        sets = {"since": month.isoformat(), "until": (after - timedelta(days=1)).isoformat()}
        yield Choice(month.strftime("%B %Y"), sets)
        month = (month - timedelta(days=1)).replace(day=1)


def _sessions(sessions: Iterable[Shared]) -> Iterator[_Way]:
    for session in sessions:
        began = _local(session.began)
        when = began.strftime(f"{_DAY_WORD} %H:%M") if began else session.began
        yield session.id, f"{when}, {session.name}", session.times


def _yes_or_no(yes: str, no: str) -> tuple[_Way, ...]:
    return ((True, yes, None), (False, no, None))


def _local(moment: str | None) -> datetime | None:
    """Return a stored moment in the time zone of this machine; None for a damaged one."""
    try:
        at = datetime.fromisoformat(moment or "")
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _plain(now: dict[str, Any]) -> str:
    """Return values that no choice has, as they were typed."""
    if "since" in now:
        parts = (
            f"{word} {now[key]}" for key, word in (("since", "from"), ("until", "to")) if now[key]
        )
        return one_line(" ".join(parts))
    (value,) = now.values()
    if isinstance(value, tuple):
        first, second = value
        if isinstance(second, Mark):
            return one_line(f"{first}: {_MARKS[second]}")
        return f"{first:g} to {second:g}"
    return one_line(str(value))
