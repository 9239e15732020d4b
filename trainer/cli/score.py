"""`trainer score`: rate a text without storing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trainer.cli.output import say, say_json, wrapped
from trainer.cli.ratings import NO_RATING, rating_json, report_json, report_lines
from trainer.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from trainer.bank.types import Question
    from trainer.catalogue import Assessment


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--question", "question_id", metavar="ID", help="Rate as an answer to this question.")
@click.option(
    "--rubric", "rubric_id", metavar="ID", help="Rate by this rubric, without a question."
)
@click.option("--batch", is_flag=True, help="Read and write JSON lines. See below.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def score(
    file: str, question_id: str | None, rubric_id: str | None, batch: bool, as_json: bool
) -> ExitCode:
    """Rate an answer in a text file. Nothing is stored.

    FILE is plain text in UTF-8, at most 1 MB. Use - to read from stdin. Give either --question
    or --rubric. The ids are in: trainer banks list, and trainer banks show.

    With --batch, FILE holds one JSON object on each line with the fields id, rubric, question
    and text. The question is its wording, and may be left out. Each line is answered at once
    with marks, flags, quotes and score, or with an error. One bad line makes the exit code 1.

    \b
    Examples:
      trainer score answer.txt --question teamwork-nurse-noticed
      trainer score - --rubric ownership --json < answer.txt
      trainer score --batch answers.jsonl > ratings.jsonl
    """
    from trainer.catalogue import open_catalogue

    if batch:
        if question_id or rubric_id:
            raise UsageError(
                "With --batch each line names its rubric.", "Leave out --question and --rubric."
            )
        from trainer.cli.batch import score_lines

        return score_lines(file, open_catalogue())
    if bool(question_id) == bool(rubric_id):
        raise UsageError("Give either --question ID or --rubric ID.", "See: trainer score --help")
    from trainer.cli.answers import read_answer

    catalogue = open_catalogue()
    question = catalogue.question(question_id)[1] if question_id else None
    rubric = catalogue.rubric(question.rubric if question else rubric_id)
    assessment = catalogue.assess(read_answer(file), rubric, question)
    if as_json:
        say_json(_values(assessment, question))
    else:
        _show(assessment, question)
    return ExitCode.OK


def _values(assessment: Assessment, question: Question | None) -> dict[str, object]:
    transcript, rating, score = assessment.transcript, assessment.rating, assessment.score
    return {
        "question": {"id": question.id, "prompt": question.prompt} if question else None,
        **(rating_json(transcript, rating, score.value) if rating and score else NO_RATING),
        **report_json(assessment.report, transcript, assessment.delivery),
    }


def _show(assessment: Assessment, question: Question | None) -> None:
    if question:
        say(*wrapped(question.prompt, "Question: "))
    if assessment.rubric:
        say(*wrapped(assessment.rubric.title, "Rubric:   "))
    else:
        say("This question has no rubric. Only the delivery is reported.")
    say("", *report_lines(assessment.report))
