"""`trainer history agreement`: the marks of several raters beside each other."""

from __future__ import annotations

import click

from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_json
from trainer.errors import UsageError


@click.command()
@click.argument("attempt_id", metavar="ID", required=False)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def agreement(attempt_id: str | None, as_json: bool) -> None:
    """Show how the raters of your answers agree.

    Raters are you, people who listened, and the machine. Without an ID over all answers that two or
    more have marked by the same form: who gives more than the others, how far each two agree, in
    which points raters lie apart, and what to talk about. With an ID all marks of one answer, side
    by side. Intervals are told from 5 sessions on. Marks of the machine are those before you
    settled any.

    In JSON: schema_version, answers, sessions, raters (each with rater, name, marks, answers, step:
    how much more they give than the others, and sure: the interval lies on one side of 0), pairs
    (one, other, marks, equal, answers, sessions and kappa), criteria (rubric, id, title, pairs,
    equal and step), over_time (session, began, answers, pairs of marks and equal), differing (how
    many points are marked differently) and disagreements (answer, criterion, title, step, marks,
    quote with start_s and end_s, and recording). A figure has value, low and high, or null. With an
    ID: id, session, started_at, prompt, rubric, raters (each with rater, name and comment) and
    marks, as those of disagreements.

    \b
    Examples:
      trainer history agreement
      trainer history agreement 3f2a9c1b --json
    """
    from trainer.lines import agreement as lines

    with services_opened() as services:
        if attempt_id is not None:
            answer = services.reviewing.rated(services.find_attempt(attempt_id))
            if answer is None:
                raise UsageError(
                    "Two raters have not yet marked this answer by the same form.",
                    "Mark it yourself: trainer history rate-self",
                )
            if as_json:
                say_json(lines.side_by_side_json(answer))
            else:
                say(*lines.side_by_side_lines(answer))
            return
        found = services.reviewing.agreement()
    if as_json:
        say_json(lines.agreement_json(found))
    elif found.answers:
        say(*lines.agreement_lines(found))
    else:
        note("No answer has marks of two raters yet. Mark one: trainer history rate-self")
