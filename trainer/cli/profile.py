"""`trainer profile`: names of the applicant's own, which a recogniser cannot know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trainer.cli.output import note, say, say_commands, say_json
from trainer.errors import ExitCode
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.profile.types import Kind

_KINDS = ("programs", "places", "schools", "people", "words")


@click.group(invoke_without_command=True)
@click.pass_context
def profile(context: click.Context) -> ExitCode | None:
    """Keep names of your own, which recognisers do not know.

    They are names of programs, places, schools and people, and other words. Where something was
    heard that sounds like one, the program offers the name while you correct your words.
    """
    return None if context.invoked_subcommand else say_commands(context)


@profile.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(as_json: bool) -> ExitCode:
    """Show your names.

    The exit code is 2 where the file has mistakes; then none of it is used.

    In JSON: schema_version, file, programs, places, schools, people and words (lists of text),
    sounds_like (for a name, how it is said) and complaints. A complaint has file, line, path,
    problem and remedy.
    """
    from dataclasses import asdict

    from trainer.paths import find_home
    from trainer.profile.storing import load_profile
    from trainer.profile.types import KINDS

    home = find_home()
    found, complaints = load_profile(home)
    if as_json:
        say_json(
            {
                "file": str(home.profile),
                **{kind: list(found.of(kind)) for kind in KINDS},
                "sounds_like": {name: list(said) for name, said in found.sounds_like.items()},
                "complaints": [asdict(complaint) for complaint in complaints],
            }
        )
    elif complaints:
        note(*map(str, complaints))
    elif not any(found.of(kind) for kind in KINDS):
        say("No names yet. Add one with: trainer profile add programs NAME")
    else:
        for kind in KINDS:
            for name in found.of(kind):
                said = found.sounds_like.get(name, ())
                way = f" (sounds like: {', '.join(said)})" if said else ""
                say(*wrapped(f"{name}{way}", f"{kind:<9} "))
    return ExitCode.USAGE if complaints else ExitCode.OK


@profile.command()
@click.argument("kind", metavar="KIND", type=click.Choice(_KINDS))
@click.argument("name", metavar="TEXT")
@click.option(
    "--sounds-like",
    multiple=True,
    metavar="WORDS",
    help="How it is said, in words that sound like it. Can be given up to five times.",
)
def add(kind: Kind, name: str, sounds_like: tuple[str, ...]) -> None:
    """Add a name, as it should be written.

    KIND is programs, places, schools, people or words.

    \b
    Examples:
      trainer profile add programs "Montefiore"
      trainer profile add people "Dr. Nguyen" --sounds-like "doctor win"
    """
    from trainer.paths import find_home
    from trainer.profile.storing import add_name

    home = find_home()
    new = add_name(home, kind, name.strip(), tuple(said.strip() for said in sounds_like))
    say(*wrapped(f"Added to {home.profile}." if new else "It is there already."))


@profile.command()
@click.argument("name", metavar="TEXT")
def remove(name: str) -> None:
    """Take a name out, written as trainer profile show writes it."""
    from trainer.paths import find_home
    from trainer.profile.storing import remove_name

    home = find_home()
    remove_name(home, name.strip())
    say(*wrapped(f"Removed from {home.profile}."))


@profile.command()
def path() -> None:
    """Write the name of the file, which may not exist yet."""
    from trainer.paths import find_home

    say(str(find_home().profile))
