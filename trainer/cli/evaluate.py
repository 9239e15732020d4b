"""`trainer evaluate`: how far the machine agrees with marked answers."""

from __future__ import annotations

import click

from trainer.cli.output import note, progress, say, say_json
from trainer.errors import ExitCode, UsageError


@click.command(short_help="Measure the rating on marked answers.")
@click.argument("file", metavar="FILE")
@click.option("--quick", is_flag=True, help="Rate the text as it is typed only.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def evaluate(file: str, quick: bool, as_json: bool) -> ExitCode:
    """Measure how far the machine's rating agrees with marks that people gave.

    FILE holds one JSON object on each line, in UTF-8. Use - to read from stdin. Needed are
    rubric, text and marks, which gives each criterion 2 (met), 1 (partly), 0 (missed) or null (not
    measured). Also read are id, speaker, question (its wording), flags (true, false or null),
    quotes (for each criterion a list of words from the text that prove the mark) and overall (an
    impression from 1 to 5). The ids of criteria and flags are in: trainer banks show RUBRIC --json

    Every mistake in FILE is told with its line; then nothing is measured, and the exit code is 2.
    Nothing is stored.

    The answers are rated as typed, without case and punctuation as a recogniser would write them
    (plain), and with 5, 10 and 15 % wrong words. Each figure has an interval, which tells how much
    it depends on who happened to be in the file.

    Where the trained reader is missing or damaged, stderr says so, and keywords alone are measured.

    In JSON: schema_version, scorer, answers, speakers, clusters, resamples, seed, conditions,
    baselines, rubrics (each with its criteria), flags, sureness and by_speaker. The fields of
    each (name, marks, kappa, missed_as_met, met_as_missed, precision, recall, evidence, overall)
    are told in docs/rating.md.

    \b
    Examples:
      trainer evaluate my-answers.jsonl
      trainer evaluate my-answers.jsonl --json > report.json
    """
    from trainer.catalogue import open_catalogue
    from trainer.cli.answers import is_named_as_sound, opened
    from trainer.cli.evaluations import evaluation_json, evaluation_lines
    from trainer.cli.shortfalls import Shortfall
    from trainer.evaluation.conditions import FORMS, TYPED
    from trainer.evaluation.evaluating import evaluate as measure
    from trainer.evaluation.marked import MistakesError, read_answers

    if is_named_as_sound(file):
        raise UsageError(
            f"{file} is a sound file, and marked answers are JSON lines.",
            "See: trainer evaluate --help",
        )
    catalogue = open_catalogue()
    try:
        with opened(file) as stream:
            name = "stdin" if file == "-" else file
            answers = read_answers(stream, name, catalogue.library().rubrics)
    except MistakesError as error:
        note(*map(str, error.complaints))
        raise
    shortfall = Shortfall(catalogue)
    for answer in answers:
        shortfall.tell(answer.rubric)
    with progress("Rating") as show:
        forms = (TYPED,) if quick else FORMS
        evaluation = measure(answers, catalogue, forms, on_progress=show)
    if as_json:
        say_json(evaluation_json(evaluation))
    else:
        say(*evaluation_lines(evaluation))
    return ExitCode.OK
