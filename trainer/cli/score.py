"""`trainer score`: rate a text or a spoken answer without storing it."""

from __future__ import annotations

import click

from trainer.cli.listening import engine_options
from trainer.cli.output import say, say_json
from trainer.errors import ExitCode, UsageError


@click.command(short_help="Rate an answer in a text or sound file.")
@click.argument("file", metavar="FILE")
@click.option("--question", "question_id", metavar="ID", help="Rate as an answer to this question.")
@click.option(
    "--rubric", "rubric_id", metavar="ID", help="Rate by this rubric, without a question."
)
@click.option("--batch", is_flag=True, help="Read and write JSON lines, as told above.")
@engine_options
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def score(
    file: str,
    question_id: str | None,
    rubric_id: str | None,
    batch: bool,
    engine: str | None,
    model: str | None,
    as_json: bool,
) -> ExitCode:
    """Rate an answer in a text or sound file. Nothing is stored.

    FILE is plain text in UTF-8, at most 1 MB, or sound as for trainer transcribe. Use - to read
    from stdin. Give either --question or --rubric. The ids are in: trainer banks list, and
    trainer banks show.

    Sound is transcribed first; --engine and --model say by what, as for trainer transcribe. The
    words of the built-in recogniser are too rough to rate: then there are no marks, only time,
    pace and pauses, and rough is true.

    With --batch, FILE holds one JSON object on each line with the fields id, rubric, question
    and text. The id is text or a whole number, and comes back as it is; it and the question
    (its wording) may be left out. Each line is answered at once, with the line and an error if
    it is bad. One bad line makes the exit code 1.

    A rating in JSON has: id (with --batch), rubric, marks by criterion (0 missed, 1 partly,
    2 met), flags, quotes by criterion, score (0 to 100), unsure (criteria whose mark is a
    guess), settled (those that the speaker has decided), chances (by criterion, how likely a
    rater gives at least partly, and met), remark (why an answer is not coached, or null), notes
    (what to know about the whole answer) and scorer. The score counts an unsure mark by its
    chances. With --json it also has:
    schema_version, question, band, report and delivery, and of sound heard (as in trainer
    transcribe) and rough. In it, report.story (or null) has the parts of the story with their
    words, seconds, share and verdict, where each is told (runs), "I" and "we" in the action, how
    early a weak point is owned, how long problem and change are, what exams nobody asked about,
    and all of it in words (lines).

    \b
    Examples:
      trainer score answer.txt --question teamwork-nurse-noticed
      trainer score answer.wav --question teamwork-nurse-noticed
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
    from trainer.cli.answers import received
    from trainer.cli.assessments import assessment_json, assessment_lines

    catalogue = open_catalogue()
    question = catalogue.question(question_id)[1] if question_id else None
    rubric = catalogue.rubric(question.rubric if question else rubric_id)
    sound: dict[str, object]
    with received(file) as answer:
        if isinstance(answer, str):
            sound = {}
            assessment = catalogue.assess(answer, rubric, question)
        else:
            from trainer.cli.listening import heard_json, listen
            from trainer.paths import find_home
            from trainer.transcript.choosing import pick_engine

            heard = listen(answer, pick_engine(find_home(), engine, model))
            sound = {"heard": heard_json(heard), "rough": heard.is_rough}
            assessment = catalogue.assess(heard.transcript(), rubric, question)
    if as_json:
        say_json({**assessment_json(assessment, question), **sound})
    else:
        say(*assessment_lines(assessment, question))
    return ExitCode.OK
