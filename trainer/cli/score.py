"""`trainer score`: rate a text or a spoken answer without storing it."""

from __future__ import annotations

import click

from trainer.cli.listening import engine_options
from trainer.cli.output import say, say_json
from trainer.cli.whys import chosen, told_apart, why_option
from trainer.errors import ExitCode, UsageError


@click.command(short_help="Rate an answer in a text or sound file.")
@click.argument("file", metavar="FILE", required=False)
@click.option("--question", "question_id", metavar="ID", help="Rate as an answer to this question.")
@click.option(
    "--rubric", "rubric_id", metavar="ID", help="Rate by this rubric, without a question."
)
@click.option("--batch", is_flag=True, help="Read and write JSON lines, as told above.")
@engine_options
@why_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def score(
    file: str | None,
    question_id: str | None,
    rubric_id: str | None,
    batch: bool,
    engine: str | None,
    model: str | None,
    why: str | None,
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
    (what to know about the whole answer: pasted_twice, somebody_else, conditional, too_short,
    cut, nothing_heard) and scorer. The score counts an unsure mark by its
    chances. With --json it also has:
    schema_version, question, band, measurable, report and delivery, and of sound heard (as in
    trainer transcribe) and rough. Where too many words are unsure, measurable is false: score and
    band are null, and report.unmeasurable says why. In it, report.story (or null) has the parts
    of the story with their words, seconds, share and verdict, where each is told (runs), "I" and
    "we" in the action, how early a weak point is owned, how long problem and change are, what
    exams nobody asked about, and all of it in words (lines).

    The figures in delivery are: words, answer_s, lower_s and upper_s (the question's times),
    pace_wpm (words a minute), articulation_wpm (without pauses), i_words, we_words, first_word_s,
    pauses (of 0.4 s and more), longest_pause_s, paused_s (all together), pauses_inside and
    pauses_between (sentences), fillers (each with what, low and high: surely and possibly; "um" is
    every filled pause in the sound) and unmeasurable (of "words" and "sound": what is too unclear).
    What is not known, or not measurable, is null.

    Where the trained reader is missing or damaged, stderr says so once: marks come from keywords
    alone then. They are less exact, and not the same as on a full install.

    With --why every mark and flag is explained: the words that were found, what kept some from
    counting, what the trained reader gives and what a mark needs. In JSON why is a list of these,
    each with kind, id, title, mark, raised, now (what the present version gives), cues (with
    quote, words, weight, general and guards), against, reached (shares of what partly and met
    need), holds, most, trained, chances, needed, example (the closest labelled answer), quotes
    and says (the same in words); why_scorer names the version that explains.

    \b
    Examples:
      trainer score answer.txt --question teamwork-nurse-noticed
      trainer score answer.wav --question teamwork-nurse-noticed
      trainer score - --rubric ownership --json < answer.txt
      trainer score answer.txt --rubric ownership --why change
      trainer score --batch answers.jsonl > ratings.jsonl
    """
    from trainer.catalogue import open_catalogue

    file, why = told_apart(file, why)
    if batch:
        if why is not None:
            raise UsageError("A batch is not explained.", "Leave out --why, or --batch.")
        if question_id or rubric_id:
            raise UsageError(
                "With --batch each line names its rubric.", "Leave out --question and --rubric."
            )
        from trainer.cli.batch import score_lines

        return score_lines(file, open_catalogue())
    if bool(question_id) == bool(rubric_id):
        raise UsageError("Give either --question ID or --rubric ID.", "See: trainer score --help")
    from trainer.cli.answers import received
    from trainer.cli.shortfalls import Shortfall
    from trainer.lines.assessments import assessment_json, assessment_lines
    from trainer.lines.whys import why_json, why_lines

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
    if assessment.rating:
        Shortfall(catalogue).tell(rubric)
    reasons = None
    if why is not None:
        prompt = question.prompt if question else ""
        explained = catalogue.explain(assessment.transcript, rubric, prompt, assessment.rating)
        reasons = chosen(explained, why)
    if as_json:
        told = why_json(reasons, assessment.transcript) if reasons else {}
        say_json({**assessment_json(assessment, question), **sound, **told})
    else:
        say(*assessment_lines(assessment, question), *(why_lines(reasons) if reasons else ()))
    return ExitCode.OK
