"""What is to come in a session: the plan that both see, and how one is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from uuid import uuid4

from trainer.bank.types import Bank, Question, Rubric
from trainer.display import one_line
from trainer.peer import events
from trainer.peer.encoding import count_bytes
from trainer.peer.people import leads
from trainer.peer.refusing import RefusedError, demand, demand_here
from trainer.peer.types import (
    MOST_ASKED,
    MOST_PLANNED,
    SHOWN_PROMPT,
    Asked,
    FormLine,
    Planned,
    Session,
)
from trainer.session.plan import IMPROVISED


def new_id() -> str:
    """Return an id that no other entry, moment or question has."""
    return uuid4().hex


def asked_of(bank: Bank, question: Question, rubric: Rubric | None) -> Asked:
    """Return a question of a bank as it is asked in a session; `rubric` is the question's own."""
    return replace(
        asked_freely(question.prompt, rubric),
        bank_id=bank.id,
        bank_title=one_line(bank.title, 200),
        question_id=question.id,
        improvised=False,
        prepare_s=question.prepare_s,
        answer_s=question.answer_s,
        intent=question.intent,
        pitfalls=question.pitfalls,
        probes=question.probes,
    )


def asked_freely(prompt: str, rubric: Rubric | None = None) -> Asked:
    """Return a question that somebody made up, rated by `rubric`, or by notes only."""
    return Asked(
        bank_id=IMPROVISED,
        question_id=f"{IMPROVISED}-{new_id()}",
        prompt=prompt,
        rubric_id=rubric.id if rubric else None,
        rubric_version=rubric.version if rubric else "",
        improvised=True,
        form=form_of(rubric) if rubric else (),
    )


def form_of(rubric: Rubric) -> tuple[FormLine, ...]:
    """Return the rating form of a rubric: each criterion and what its marks mean."""
    return tuple(FormLine(c.id, c.title, c.asks, c.marks) for c in rubric.criteria)


def take_turns(
    questions: Sequence[Asked], people: tuple[str, str], first: int = 0
) -> tuple[Planned, ...]:
    """Return a plan in which two people answer in turn; `first` is the index of who begins."""
    turns = zip(questions, cycle((people[first], people[1 - first])), strict=False)
    return tuple(
        Planned(new_id(), one, people[one == people[0]], asked, asked.bank_title)
        for asked, one in turns
    )


def interview_day(
    candidate_id: str, interviewers: Sequence[str], questions: Sequence[Asked], each: int
) -> tuple[Planned, ...]:
    """Return a day of interviews: each interviewer in turn asks `each` of the questions, at most.

    Who has no question left asks nothing. `each` is at least 1.
    """
    return tuple(
        Planned(new_id(), candidate_id, interviewers[number // each], asked, asked.bank_title)
        for number, asked in enumerate(questions[: each * len(interviewers)])
    )


def add(session: Session, event: events.PlanAdded) -> Session:
    """Put entries into the plan. Raises `RefusedError`."""
    _demand_planner(session, event.by)
    demand(
        len(session.plan) + len(event.entries) <= MOST_PLANNED,
        f"A plan has {MOST_PLANNED} rounds at most.",
        "Drop some, or plan on when some are done.",
    )
    ids = [one.id for one in (*session.plan, *event.entries)]
    demand(len(set(ids)) == len(ids), "One of these rounds is in the plan already.")
    for entry in event.entries:
        _check(session, entry)
    at = len(session.plan) if event.before is None else min(event.before, len(session.plan))
    return replace(session, plan=(*session.plan[:at], *event.entries, *session.plan[at:]))


def move(session: Session, event: events.PlanMoved) -> Session:
    """Put an entry of the plan elsewhere. Raises `RefusedError`."""
    _demand_planner(session, event.by)
    entry = _entry(session, event.entry_id)
    rest = tuple(one for one in session.plan if one is not entry)
    at = min(event.position, len(rest))
    return replace(session, plan=(*rest[:at], entry, *rest[at:]))


def drop(session: Session, event: events.PlanDropped) -> Session:
    """Take an entry out of the plan. Raises `RefusedError`."""
    _demand_planner(session, event.by)
    entry = _entry(session, event.entry_id)
    return replace(session, plan=tuple(one for one in session.plan if one is not entry))


def demand_fit(asked: Asked) -> None:
    """Raise `RefusedError` for a question that cannot be asked and rated."""
    demand(bool(asked.prompt.strip()), "The question has no words.", "Write what you ask.")
    demand(
        count_bytes(asked) <= MOST_ASKED,
        "This question brings too much along.",
        "Ask it without its probes, or make its rubric shorter.",
    )
    names = [line.id for line in asked.form]
    demand(len(set(names)) == len(names), "A criterion stands twice in the form.")
    demand(
        bool(names) == (asked.rubric_id is not None),
        "The rating form does not belong to the question.",
        "Choose the question again.",
    )


def name_briefly(asked: Asked) -> Asked:
    """Return a question as it stands in a list: its words, shortened, and where it is from."""
    return Asked(
        asked.bank_id,
        asked.question_id,
        one_line(asked.prompt, SHOWN_PROMPT),
        None,
        asked.improvised,
    )


def _demand_planner(session: Session, by: str) -> None:
    demand_here(session, by)
    demand(leads(session, by), "Who only watches cannot change the plan.", "Ask the host.")


def _entry(session: Session, entry_id: str) -> Planned:
    for entry in session.plan:
        if entry.id == entry_id:
            return entry
    raise RefusedError("This round is not in the plan any more.")


def _check(session: Session, entry: Planned) -> None:
    named = [one for one in (entry.candidate_id, entry.interviewer_id) if one is not None]
    known = all(session.participant(one) for one in named)
    demand(known, "The plan names somebody who is not in the session.", "Let them join first.")
    demand(len(set(named)) == len(named), "Nobody can interview themselves.", "Name two people.")
    if entry.asked is not None:
        demand_fit(entry.asked)
