"""`trainer peer`: sessions with others on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from trainer.cli.application import open_application
from trainer.cli.opening import services_opened
from trainer.cli.output import has_terminal, note, say, say_commands, say_json, stdin_is_terminal
from trainer.config import LONGEST_NAME
from trainer.display import one_line
from trainer.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from textual.screen import Screen

    from trainer.meeting.types import KeptSession, Meeting
    from trainer.peer.types import Role
    from trainer.services import Services

_ROLES = click.Choice(["candidate", "interviewer", "observer"])
_ASKED = "What do others call you"
_SHORT_ID = 8

_name = click.option("--name", metavar="NAME", help="What others call you. Asked for once.")


@click.group(invoke_without_command=True, short_help="Practise with others.")
@click.pass_context
def peer(context: click.Context) -> ExitCode | None:
    """Practise with others: one answers, one asks, others watch, and all rate.

    The others come in on the host's machine, by ssh, or from a trainer of their own through a
    tunnel of ssh. Nothing goes over a network that is not yours.

    \b
    Examples:
      trainer peer host                  open a session, and say its code
      trainer peer join K7MP-2XQH        come into it
      ssh -t HOST trainer peer join K7MP-2XQH
      trainer peer together Amina Ben    on one keyboard
      trainer peer resume                go on with the last session
    """
    return None if context.invoked_subcommand else say_commands(context)


@peer.command()
@_name
@click.option("--role", type=_ROLES, default="candidate", show_default=True, help="Your seat.")
@click.option("--title", metavar="TEXT", default="", help="What the session is about.")
def host(name: str | None, role: Role, title: str) -> ExitCode:
    """Open a session. Its code is on the screen; say it to the others.

    Seats can be swapped between two questions. Who is away comes back with the same code.
    """
    return _open(lambda services: services.meetings.host(_called(services, name), role, title))


@peer.command(short_help="Come into a session by its code.")
@click.argument("code")
@_name
@click.option(
    "--role",
    type=_ROLES,
    default="interviewer",
    show_default=True,
    help="The seat that you would like. If it is taken, you watch.",
)
def join(code: str, name: str | None, role: Role) -> ExitCode:
    """Come into a session by the code on its host's screen, or come back into it.

    A wrong code, one of a session that is over, and a door that too many wrong codes have closed
    are told before a screen opens, with exit code 1, and what cannot be a code with 2.

    \b
    Examples:
      trainer peer join K7MP-2XQH
      trainer peer join k7mp2xqh --name Ben --role observer
      ssh -t HOST trainer peer join K7MP-2XQH --name Ben
    """

    def meet(services: Services) -> Meeting:
        from trainer.peer.code import Code

        Code.read(code)  # nobody is asked for a name in vain
        return services.meetings.join(code, _called(services, name), role)

    shown = one_line(code, 20)
    return _open(meet, f"From another machine: ssh -t HOST trainer peer join {shown}")


@peer.command()
@click.argument("names", metavar="NAMES", nargs=-1, required=True)
def together(names: tuple[str, ...]) -> ExitCode:
    """Practise on one keyboard, which you hand to each other.

    NAMES are those of at least two people. The first is the owner of this history and answers
    first, the second asks, all others watch. You can swap between two questions.

    \b
    Example:
      trainer peer together Amina Ben
    """
    return _open(lambda services: services.meetings.together(names))


@peer.command(short_help="List the sessions that can be gone on with.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def sessions(as_json: bool) -> None:
    """List the sessions that were opened here and can be gone on with, the newest first.

    In JSON: schema_version, sessions (each with id, created_at, title, names, rounds, phase of the
    last round or null, on_one_keyboard, ended, in_use, and problem, empty where there is none).
    """
    with services_opened() as services:
        kept = services.meetings.kept()
    if as_json:
        say_json({"sessions": [_json(one) for one in kept]})
        return
    if not kept:
        note("No session of this machine waits to be gone on with.", "Run: trainer peer host")
        return
    from trainer.lines.attempts import when
    from trainer.lines.text import table

    rows = [
        (
            one.session_id[:_SHORT_ID],
            when(one.created_at) if one.created_at else "?",
            one_line(", ".join(one.names), 40),
            str(one.rounds),
            _state(one),
        )
        for one in kept
    ]
    say(*table(("SESSION", "BEGUN", "PEOPLE", "ROUNDS", "STATE"), rows))


@peer.command(short_help="Go on with a session that was opened here.")
@click.argument("session_id", metavar="[SESSION]", required=False)
def resume(session_id: str | None) -> ExitCode:
    """Go on with a session that was opened here: the newest, or one by the beginning of its id.

    Its code stays the same, and who was in it comes back by itself while their program runs.
    """
    return _open(lambda services: services.meetings.resume(session_id or _newest(services)))


@peer.command(short_help="Delete a session that is not gone on with.")
@click.argument("session_id", metavar="SESSION")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(session_id: str, yes: bool) -> ExitCode:
    """Delete what is kept to go on with a session: SESSION is the beginning of its id.

    What is in your history stays there. What somebody has not kept yet is gone.
    """
    with services_opened() as services:
        found = services.meetings.find(session_id)
        if not yes:
            if not stdin_is_terminal():
                raise UsageError("Without a terminal nobody can be asked.", "Add --yes to delete.")
            note(f"This deletes the session {found[:_SHORT_ID]}. Your history stays as it is.")
            if not click.confirm("Delete it?", err=True):
                note("Nothing was deleted.")
                return ExitCode.FAILED
        services.meetings.forget(found)
    note("The session is deleted.")
    return ExitCode.OK


def _open(
    meet: Callable[[Services], Meeting], elsewhere: str = "Run it in a terminal."
) -> ExitCode:
    """Open the application on a meeting. What goes wrong before is told without a screen."""
    if not has_terminal():
        raise UsageError("A session needs a terminal.", elsewhere)

    def screen(services: Services) -> Screen[Any]:
        meeting = meet(services)
        try:
            from trainer.tui.screens.peer.frame import MeetingScreen

            return MeetingScreen(meeting)
        except BaseException:
            meeting.close()
            raise

    return open_application(screen=screen)


def _called(services: Services, name: str | None) -> str:
    """Return the name to use: as given, else that of the settings, which is asked for once."""
    if name is not None:
        return name
    settings = services.settings
    if settings.name:
        return settings.name
    said = one_line(click.prompt(_ASKED), LONGEST_NAME)
    if said:
        services.change_settings(replace(settings, name=said))
    return said


def _newest(services: Services) -> str:
    for one in services.meetings.kept():
        if not one.in_use and not one.problem:
            return one.session_id
    raise UsageError("There is no session to go on with.", "Begin one: trainer peer host")


def _state(one: KeptSession) -> str:
    if one.problem:
        return one_line(one.problem, 60)
    if one.in_use:
        return "open in another program"
    if one.ended:
        return "over; somebody has not kept all of it"
    where = "on one keyboard, " if one.on_one_keyboard else ""
    return f"{where}{one.phase.value if one.phase else 'not begun'}"


def _json(one: KeptSession) -> dict[str, object]:
    return {
        "id": one.session_id,
        "created_at": one.created_at,
        "title": one.title,
        "names": list(one.names),
        "rounds": one.rounds,
        "phase": one.phase.value if one.phase else None,
        "on_one_keyboard": one.on_one_keyboard,
        "ended": one.ended,
        "in_use": one.in_use,
        "problem": one.problem,
    }
