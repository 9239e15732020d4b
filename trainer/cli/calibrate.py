"""`trainer calibrate`: how well each recogniser hears this voice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from trainer.cli.output import note, progress, say, say_json, stdin_is_terminal
from trainer.errors import ExitCode, UsageError
from trainer.lines.text import table, wrapped

if TYPE_CHECKING:
    from trainer.calibration.calibrating import Measured, Progress
    from trainer.calibration.calibrations import Calibrations
    from trainer.calibration.types import Calibration
    from trainer.paths import Home


@click.command(short_help="Measure how well each recogniser hears your voice.")
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--text", metavar="ID", help="The text that was read; else the one that fits.")
@click.option("--save", is_flag=True, help="Keep the figures without asking.")
@click.option("--show", is_flag=True, help="Show what was measured last.")
@click.option("--texts", is_flag=True, help="Show the texts to read aloud.")
@click.option("--forget", is_flag=True, help="Delete what was measured.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def calibrate(
    file: str | None,
    text: str | None,
    save: bool,
    show: bool,
    texts: bool,
    forget: bool,
    as_json: bool,
) -> ExitCode:
    """Measure how well each recogniser of this machine hears your voice.

    FILE is a recording of one of the texts, read aloud in about a minute, in any form that trainer
    transcribe takes; use - to read from stdin. Each recogniser hears it, one after the other. The
    figures are kept with --save, or after a question. The recording is not kept. To record in the
    application: Settings, Your voice.

    In JSON: schema_version, read_at, device (null: not known), words (that were read), results
    and baseline (null where it could not be measured). A result has engine, model, errors (words
    wrong, as a share of those that were read), low and high (where the share is expected in as
    much other speech, 9 times in 10) and work (seconds for a second of sound, or null). The
    recommended one stands first. The baseline has pace_wpm and articulation_wpm (without pauses of
    0.4 s and more). After measuring there are also text, unread (words of the text that were not
    read), failures (engine, model, problem) and saved. With --texts: texts, each with id, title
    and sentences.

    \b
    Examples:
      trainer calibrate --texts
      trainer calibrate reading.wav --save
      trainer calibrate --show
    """
    from trainer.calibration.calibrations import Calibrations
    from trainer.config import load_settings
    from trainer.paths import find_home

    if sum((file is not None, show, texts, forget)) != 1:
        raise UsageError(
            "Name one recording of a text, or one of --texts, --show and --forget.",
            "See: trainer calibrate --help",
        )
    if file is None and (text or save):
        raise UsageError("--text and --save need a recording.", "See: trainer calibrate --help")
    home = find_home()
    calibrations = Calibrations(home, lambda: load_settings(home)[0])
    if texts:
        return _show_texts(calibrations, as_json)
    if forget:
        say("The figures are deleted." if calibrations.forget() else "There are no figures.")
        return ExitCode.OK
    if file is None:
        return _show(home, as_json)
    return _measure(home, calibrations, file, text, save, as_json)


def _show_texts(calibrations: Calibrations, as_json: bool) -> ExitCode:
    readings = calibrations.readings()
    if as_json:
        listed = [
            {"id": one.id, "title": one.title, "sentences": list(one.sentences)} for one in readings
        ]
        say_json({"texts": listed})
        return ExitCode.OK
    for at, one in enumerate(readings):
        say(*[""] * bool(at), f"{one.id}: {one.title}", *wrapped(one.text, "  "))
    return ExitCode.OK


def _show(home: Home, as_json: bool) -> ExitCode:
    from trainer.calibration.storing import read_calibration

    calibration = read_calibration(home)
    if calibration is None:
        raise UsageError("Nothing was measured yet.", "See: trainer calibrate --texts")
    if as_json:
        say_json(_json(calibration))
    else:
        say(*_lines(home, calibration))
    return ExitCode.OK


def _measure(
    home: Home,
    calibrations: Calibrations,
    file: str,
    text: str | None,
    save: bool,
    as_json: bool,
) -> ExitCode:
    from trainer.calibration.readings import find_reading
    from trainer.calibration.telling import unread_of
    from trainer.cli.answers import sound_of
    from trainer.log import start_logging

    reading = find_reading(calibrations.readings(), text) if text else None
    start_logging(home)
    with sound_of(file) as sound, progress("Listening") as show:

        def tell(told: Progress) -> None:
            show((told.number - 1 + told.share) / told.of)

        measured = calibrations.measure_file(sound, reading, tell)
    for failure in measured.failures:
        problem = failure.problem
        note(f"{failure.engine.model} was left out. {problem.message}", problem.hint)
    if not as_json:
        say(f"The text: {measured.reading.title}")
        if unread := unread_of(measured.unread):
            say(*wrapped(unread))
        say(*_lines(home, measured.calibration))
    if not save and not as_json and stdin_is_terminal():
        save = click.confirm("Keep these figures?", err=True)
    if save:
        calibrations.keep(measured.calibration)
        note("The figures are kept. The recording is not.")
    else:
        note("Nothing is kept. Add --save to keep the figures.")
    if as_json:
        say_json(_measured_json(measured, save))
    return ExitCode.OK


def _measured_json(measured: Measured, saved: bool) -> dict[str, object]:
    return {
        **_json(measured.calibration),
        "text": measured.reading.id,
        "unread": measured.unread,
        "failures": [
            {
                "engine": failure.engine.name,
                "model": failure.engine.model,
                "problem": failure.problem.message,
            }
            for failure in measured.failures
        ],
        "saved": saved,
    }


def _json(calibration: Calibration) -> dict[str, object]:
    baseline = calibration.baseline
    return {
        "read_at": calibration.read_at,
        "device": calibration.device,
        "words": calibration.words,
        "results": [
            {
                "engine": result.engine,
                "model": result.model,
                "errors": round(result.errors, 4),
                "low": round(result.low, 4),
                "high": round(result.high, 4),
                "work": None if result.work is None else round(result.work, 3),
            }
            for result in calibration.results
        ],
        "baseline": baseline
        and {
            "pace_wpm": round(baseline.pace_wpm, 1),
            "articulation_wpm": round(baseline.articulation_wpm, 1),
        },
    }


def _lines(home: Home, calibration: Calibration) -> Iterator[str]:
    from trainer.calibration.telling import (
        name_of,
        pace_of,
        recommendation_of,
        warning_of,
        wrong_of,
    )
    from trainer.voice import absent_model

    yield f"How well each recogniser hears you, by {calibration.words} words that were read:"
    yield ""
    rows = [(wrong_of(result), name_of(result)) for result in calibration.results]
    yield from table(("Words wrong in 100", "Recogniser"), rows)
    yield ""
    yield from wrapped(recommendation_of(calibration))
    yield from wrapped(pace_of(calibration.baseline))
    if warning := warning_of(calibration, absent_model(home)):
        yield from wrapped(warning)
