"""`trainer import`: sound from elsewhere becomes an answer of the history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from trainer.cli.asked import Asked, part_of, part_options, question_options
from trainer.cli.listening import engine_options
from trainer.cli.opening import services_opened
from trainer.cli.output import note, progress, say, say_json
from trainer.display import clock_time, one_line
from trainer.errors import ExitCode, SoundError

if TYPE_CHECKING:
    from trainer.importing import Imported
    from trainer.recall import AttemptView
    from trainer.services import Services
    from trainer.transcript.engines import Engine


@click.command("import", short_help="Make an answer of a sound file from elsewhere.")
@click.argument("file", metavar="FILE")
@question_options
@part_options
@engine_options
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def import_sound(
    file: str,
    question_id: str | None,
    ask: str | None,
    rubric_id: str | None,
    from_s: float | None,
    to_s: float | None,
    date: datetime | None,
    engine: str | None,
    model: str | None,
    as_json: bool,
) -> ExitCode:
    """Make an answer of a sound file: a video call, a phone, another recorder.

    FILE is wav, flac, ogg or mp3; with the program ffmpeg also m4a, mp4, mov and others. Its sound
    is copied and the file stays as it is. It is written down, rated and stored like an answer that
    you speak here: you can hear it, correct its words and answer the follow-up.

    It must be said which question it answers: with --question, or with --ask and the words of the
    question. With --ask a --rubric says how it is rated; without one only the delivery is
    reported. The rubrics are in: trainer banks list

    A file with several answers, such as a whole call, is imported part by part: --from and --to
    say where an answer begins and ends, in seconds or as 12:30. Two channels become one.

    Without a recogniser the sound is kept, and you can write down the words later. The words of
    the built-in recogniser are too rough to rate until you have corrected or accepted them.

    Ctrl+C leaves nothing, or an unfinished answer that the application offers on home.

    In JSON: what "trainer history show" gives, and length_s, engine and model (null without a
    recogniser), rough, damaged (the file goes on and cannot be read there) and problem (why there
    are no words, or null).

    \b
    Examples:
      trainer import answer.m4a --question teamwork-nurse-noticed
      trainer import call.mp4 --question low-score-step1-direct --from 12:30
      trainer import talk.wav --ask "Why this city?" --rubric motivation
    """
    from trainer.importing import Piece, path_of
    from trainer.log import start_logging
    from trainer.paths import find_home
    from trainer.system import ending_by_exception

    asked = Asked(question_id, ask, rubric_id)
    from_s, to_s = part_of(from_s, to_s)
    start_logging(find_home())
    with services_opened() as services, ending_by_exception():
        item = asked.item(services)
        piece = Piece(path_of(file), from_s, to_s, date)
        chosen, missing = _engine(services, engine, model)
        try:
            with progress("Writing down the words") as show:
                imported = services.importing.take_in(
                    piece, item, chosen, lambda what, share: show(share or 0.0)
                )
            _warn(imported, missing)
            attempt_id = services.finish(imported.draft, item, accepted=False)
        except KeyboardInterrupt:
            _say_what_is_left(services)
            raise
        if imported.draft.recording:
            services.sounds.compress(imported.draft.recording)
        view = services.view(attempt_id)
    _tell(view, imported, as_json)
    return ExitCode.OK


def _engine(
    services: Services, name: str | None, model: str | None
) -> tuple[Engine | None, SoundError | None]:
    """Return the recogniser, or why there is none; one that was asked for must be there."""
    from trainer.transcript.choosing import pick_engine

    try:
        return pick_engine(services.home, name, model), None
    except SoundError as error:
        if name or model:
            raise
        return None, error


def _warn(imported: Imported, missing: SoundError | None) -> None:
    from trainer.importing import LONG_S

    length = clock_time(imported.length_s)
    if imported.damaged:
        note(f"The file is damaged after {length} of sound. What comes later is lost.")
    if imported.length_s > LONG_S:
        note(f"This is {length} long. Import several answers one by one: see --from and --to.")
    problem = imported.problem or missing
    if problem:
        note("The words were not written down; the sound is kept.", str(problem))
    elif not imported.draft.text.strip():
        note("No words were heard; the sound is kept.")
    elif imported.is_rough:
        note(
            "These words are rough, so they are not rated: the built-in recogniser mishears about "
            "two words in five.",
            "Correct or accept them in the application. A Vosk model hears better. "
            "See: trainer models list",
        )


def _say_what_is_left(services: Services) -> None:
    """Say what an interrupted import leaves."""
    left = [draft for draft in services.store.drafts() if services.store.holds_anything(draft)]
    if left:
        note(
            "Stopped. The sound is kept as an unfinished answer.",
            "Open the trainer and press u to go on, or to discard it.",
        )
    else:
        note("Stopped. Nothing was kept.")


def _tell(view: AttemptView, imported: Imported, as_json: bool) -> None:
    from trainer.lines.attempts import SHORT_ID, view_json

    attempt = view.record.attempt
    if as_json:
        engine = imported.engine
        problem = str(imported.problem) if imported.problem else None
        say_json(
            {
                **view_json(view),
                "length_s": round(imported.length_s, 3),
                "engine": engine.name if engine else None,
                "model": engine.model if engine else None,
                "rough": imported.is_rough,
                "damaged": imported.damaged,
                "problem": problem,
            }
        )
        return
    short, length = attempt.id[:SHORT_ID], clock_time(imported.length_s)
    count = len(view.transcript.transcript.words)
    words = "1 word" if count == 1 else f"{count} words"
    say(f"{short}  imported from {one_line(attempt.origin or '', 60)}: {length}, {words}")
    score = view.report.score
    if score:
        say(f"{score.word.capitalize()}, {score.low} to {score.high} of 100.")
    elif view.report.remark:
        say(view.report.remark)
    else:
        say("It has no marks.")
    say(f"See it: trainer history show {short}")
    if not score:
        say("Hear it and correct its words: open the trainer, and press h for the history.")
