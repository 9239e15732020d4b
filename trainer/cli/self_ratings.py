"""`trainer history rate-self`: the speaker's own marks of an answer."""

from __future__ import annotations

import click

from trainer.cli.opening import services_opened
from trainer.cli.output import say, say_json
from trainer.errors import UsageError


@click.command("rate-self")
@click.argument("attempt_id", metavar="ID")
@click.argument("marks", metavar="[POINT=MARK]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def rate_self(attempt_id: str, marks: tuple[str, ...], as_json: bool) -> None:
    """Give each point of an answer your own mark.

    MARK is met, partly or missed, and every point needs one. Without marks the points are listed
    with what each mark means, and nothing of the rating is shown: so you can mark before you look.
    Your marks stand beside the rating and change nothing of it; marks that you gave before are
    kept. "trainer history progress" tells how far the two lie apart over time. In the application
    the settings can ask you after each answer.

    In JSON: schema_version, id, and points (each with id, title, asks and meanings by mark) without
    marks; with marks as "trainer history show" writes it, own_marks included.

    \b
    Examples:
      trainer history rate-self 3f2a9c1b
      trainer history rate-self 3f2a9c1b acknowledge=met change=partly
    """
    from trainer.lines.attempts import view_json
    from trainer.lines.own_marks import own_lines, points_json, points_lines, read_marks

    given = read_marks(marks)
    with services_opened() as services:
        view = services.view(services.find_attempt(attempt_id))
        found = view.record.attempt.id
        if given:
            services.rate_self(found, given, view.transcript.id)
            view = services.view(found)
        rubric = services.checklist_of(view.record, view.transcript.id)
    if rubric is None:
        raise UsageError(
            "There is no checklist for this answer.", "Answer a question that has one."
        )
    if given and as_json:
        say_json(view_json(view))
    elif given:
        say(*own_lines(view))
    elif as_json:
        say_json({"id": found, "points": points_json(rubric)})
    else:
        say(*points_lines(rubric, view.transcript.transcript.text))
