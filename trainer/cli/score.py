"""`trainer score`: rate a text without storing it."""

from __future__ import annotations

import click

from trainer.cli.output import say, say_json
from trainer.errors import ExitCode, UsageError


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--question", "question_id", metavar="ID", help="Rate as an answer to this question.")
@click.option(
    "--rubric", "rubric_id", metavar="ID", help="Rate by this rubric, without a question."
)
@click.option("--batch", is_flag=True, help="Read and write JSON lines, as told above.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def score(
    file: str, question_id: str | None, rubric_id: str | None, batch: bool, as_json: bool
) -> ExitCode:
    """Rate an answer in a text file. Nothing is stored.

    FILE is plain text in UTF-8, at most 1 MB. Use - to read from stdin. Give either --question
    or --rubric. The ids are in: trainer banks list, and trainer banks show.

    With --batch, FILE holds one JSON object on each line with the fields id, rubric, question
    and text. The id is text or a whole number, and comes back as it is; it and the question
    (its wording) may be left out. Each line is answered at once, with the line and an error if
    it is bad. One bad line makes the exit code 1.

    A rating in JSON has: id (with --batch), rubric, marks by criterion (0 missed, 1 partly,
    2 met), flags, quotes by criterion, score (0 to 100), unsure (criteria whose mark is a
    guess), remark (why an answer is not coached, or null) and scorer. With --json it also has:
    schema_version, question, band, report and delivery.

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
    from trainer.cli.assessments import assessment_json, assessment_lines

    catalogue = open_catalogue()
    question = catalogue.question(question_id)[1] if question_id else None
    rubric = catalogue.rubric(question.rubric if question else rubric_id)
    assessment = catalogue.assess(read_answer(file), rubric, question)
    if as_json:
        say_json(assessment_json(assessment, question))
    else:
        say(*assessment_lines(assessment, question))
    return ExitCode.OK
