"""`trainer history star` and `tag`: what you say of an answer."""

from __future__ import annotations

import click

from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_json
from trainer.errors import UsageError
from trainer.lines.text import counted


@click.command()
@click.argument("attempt_ids", metavar="ID [ID]...", nargs=-1, required=True)
@click.option("--off", is_flag=True, help="Take the star away.")
def star(attempt_ids: tuple[str, ...], off: bool) -> None:
    """Star answers, to find them again.

    \b
    Examples:
      trainer history star 3f2a9c1b
      trainer history list --starred
    """
    with services_opened() as services:
        found = [services.find_attempt(attempt_id) for attempt_id in attempt_ids]
        for attempt_id in found:
            services.annotations.star(attempt_id, starred=not off)
    count = counted(len(found))
    say(f"{count} not starred any more." if off else f"{count} starred.")


@click.command()
@click.argument("attempt_id", metavar="[ID]", required=False)
@click.argument("tags", metavar="[TAG]...", nargs=-1)
@click.option("--remove", is_flag=True, help="Take these tags away.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def tag(attempt_id: str | None, tags: tuple[str, ...], remove: bool, as_json: bool) -> None:
    """Give an answer tags: words of yours, to find it again.

    Without a TAG it shows those of the answer, and without an ID all that there are.

    In JSON: schema_version, and tags: those of the answer, or all, each with its name and the
    number of answers that have it.

    \b
    Examples:
      trainer history tag 3f2a9c1b "my best" boston
      trainer history tag 3f2a9c1b boston --remove
      trainer history list --tag "my best"
    """
    if remove and not tags:
        raise UsageError("There is no tag to take away.", "Name it after the id.")
    with services_opened() as services:
        if attempt_id is None:
            counts = services.annotations.tag_counts()
            if as_json:
                say_json({"tags": [{"name": n, "answers": t} for n, t in counts.items()]})
            elif not counts:
                note("There are no tags yet.")
            else:
                say(*(f"{times:>5}  {name}" for name, times in counts.items()))
            return
        found = services.find_attempt(attempt_id)
        has = services.view(found).record.attempt.tags
        if tags:
            gone = {name.casefold() for name in tags} if remove else set()
            kept = [name for name in has if name.casefold() not in gone]
            has = services.annotations.set_tags(found, [*kept, *(() if remove else tags)])
    if as_json:
        say_json({"tags": list(has)})
    elif has:
        say(f"Tags: {', '.join(has)}")
    else:
        note("This answer has no tags.")
