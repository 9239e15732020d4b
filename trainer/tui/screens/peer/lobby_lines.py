"""What the lobby of a session says."""

from __future__ import annotations

import platform
from collections.abc import Iterator

from textual.content import Content

from trainer.display import one_line, visible
from trainer.peer.code import Code
from trainer.peer.held import ADDRESS
from trainer.peer.types import Participant, Phase, Planned, SessionView
from trainer.tui.screens.peer.scene import name_of

LABEL_CELLS = 9
_NOBODY = "nobody yet"
_BY_SEAT = "by seat"


def code_lines(code: Code) -> Content:
    """Return the code, large, and how others join by it: from here, by ssh, or by a tunnel of ssh
    from a trainer of their own."""
    join, machine = f"trainer peer join {code.text}", _own_machine()
    tunnel = f"{code.port}:{ADDRESS}:{code.port}"
    return Content.assemble(
        ("Code     ", "bold $primary"),
        (f"  {' '.join(code.text)}  ", "bold reverse"),
        "\n\n",
        ("Join     ", "bold $primary"),
        f"{join}\n",
        ("By ssh   ", "bold $primary"),
        f"ssh -t NAME@{machine} {join}\n",
        ("Own home ", "bold $primary"),
        f"ssh -N -L {tunnel} NAME@{machine}, then join",
    )


def people_lines(view: SessionView, *, one_keyboard: bool) -> Content:
    """Return who sits where and who is here."""
    seats = (("Answers", view.candidate_id), ("Asks", view.interviewer_id))
    lines = [
        _labelled(label, _person(view, seated, one_keyboard) if seated else _NOBODY)
        for label, seated in seats
    ]
    others = [
        _person(view, one.id, one_keyboard)
        for one in view.participants
        if one.id not in (view.candidate_id, view.interviewer_id)
    ]
    if others:
        lines.append(_labelled("Watch" if len(others) > 1 else "Watches", ", ".join(others)))
    return Content("\n").join(lines)


def plan_row(
    view: SessionView, entry: Planned, *, one_keyboard: bool = False
) -> tuple[str, str, str]:
    """Return who answers, who asks and what may be known of the question of a round to come.

    On one keyboard all see the plan, also who will answer.
    """
    candidate = name_of(view, entry.candidate_id) if entry.candidate_id else _BY_SEAT
    interviewer = name_of(view, entry.interviewer_id) if entry.interviewer_id else _BY_SEAT
    if entry.asked and not one_keyboard:
        about = entry.asked.prompt
    elif entry.about or entry.asked:
        about = f"{entry.about} (hidden)".strip()
    else:
        about = "open: the interviewer chooses"
    return candidate, interviewer, one_line(about)


def next_line(view: SessionView) -> str:
    """Return what begins next, or what hinders it."""
    if view.ended:
        return "The session is over. What was revealed is in your history. Escape goes back."
    entry = view.plan[0] if view.plan else None
    candidate = (entry.candidate_id if entry else None) or view.candidate_id
    interviewer = (entry.interviewer_id if entry else None) or view.interviewer_id
    for one, does in ((candidate, "answers"), (interviewer, "asks")):
        if one is None:
            return f"Nobody sits where one {does}. T takes a seat, or wait until somebody joins."
        if not is_here(view, one):
            planned = entry is not None and one in (entry.candidate_id, entry.interviewer_id)
            way = "drop this round (X)" if planned else "set the seats"
            return f"{name_of(view, one)} {does} next and is not here. Wait, or {way}."
    number = len(view.rounds) + 1
    told = (
        f"Round {number} next: {name_of(view, candidate or '')} answers, "
        f"{name_of(view, interviewer or '')} asks."
    )
    if leads(view):
        return f"{told} Enter begins it."
    who = dict.fromkeys(filter(None, (view.candidate_id, view.interviewer_id, view.host_id)))
    names = [name_of(view, one) for one in who if is_here(view, one)]
    return f"{told} Wait: {' or '.join(names)} begins it."


def no_plan_line(view: SessionView) -> str:
    """Return what it means that nothing is planned."""
    told = "Nothing is planned. A round without a plan begins all the same: the interviewer"
    keys = " A adds a question, N draws several." if leads(view) else ""
    return f"{told} chooses its question then.{keys}"


def leads(view: SessionView) -> bool:
    """Whether `view.you` may begin rounds and plan: the host, and who sits in a seat."""
    return view.you in (view.host_id, view.candidate_id, view.interviewer_id)


def done_line(view: SessionView) -> str:
    """Return how many rounds are over."""
    revealed = sum(one.phase is Phase.REVEALED for one in view.rounds)
    skipped = sum(one.phase is Phase.SKIPPED for one in view.rounds)
    if not revealed and not skipped:
        return ""
    rounds = "1 round is" if revealed == 1 else f"{revealed} rounds are"
    line = f"{rounds} done." if revealed else "No round is done yet."
    return f"{line} {skipped} skipped." if skipped else line


def is_here(view: SessionView, participant_id: str) -> bool:
    """Whether somebody's program is connected."""
    return any(one.id == participant_id and one.here for one in view.participants)


def _person(view: SessionView, participant_id: str, one_keyboard: bool) -> str:
    found = next((one for one in view.participants if one.id == participant_id), None)
    if found is None:
        return _NOBODY
    remarks = ", ".join(_remarks(view, found, one_keyboard))
    name = name_of(view, participant_id)
    return f"{name} ({remarks})" if remarks else name


def _remarks(view: SessionView, one: Participant, one_keyboard: bool) -> Iterator[str]:
    if one_keyboard:
        return
    if one.id == view.you:
        yield "you"
    if one.id == view.host_id:
        yield "host"
    if not one.here:
        yield "away"


def _labelled(label: str, text: str) -> Content:
    return Content.assemble((label.ljust(LABEL_CELLS), "bold $primary"), visible(text))


def _own_machine() -> str:
    """Return the name of this machine as it knows itself; others may know it by another one."""
    return one_line(platform.node() or "THIS-MACHINE", 30)
