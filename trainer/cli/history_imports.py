"""`trainer history import`: an exported history, or what was said by a transcript, taken in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from trainer.cli.asked import Asked, part_of, part_options, question_options
from trainer.cli.opening import services_opened
from trainer.cli.output import note, say, say_json
from trainer.display import one_line
from trainer.errors import UsageError
from trainer.lines.text import counted

if TYPE_CHECKING:
    from trainer.exchange.said import Said
    from trainer.exchange.share_merging import Received
    from trainer.recall import AttemptView
    from trainer.store.merging import Merged

_MOST_LISTED = 20


@click.command("import", short_help="Take in a history, a mentor's marks, a transcript.")
@click.argument("file", metavar="FILE")
@click.option(
    "--format",
    "form",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "json", "txt", "vtt", "srt", "sbv"]),
    help="What FILE is.",
)
@click.option("--speaker", metavar="NAME", help="Who answers, where several people speak.")
@question_options
@part_options
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def import_file(
    file: str,
    form: str,
    speaker: str | None,
    question_id: str | None,
    ask: str | None,
    rubric_id: str | None,
    from_s: float | None,
    to_s: float | None,
    date: datetime | None,
    as_json: bool,
) -> None:
    """Take in a history that was exported, a mentor's marks, or what a transcript says.

    A history is added to yours: answers that are there already stay as they are, and get only the
    versions, ratings and notes that they lack. A file that is not right changes nothing.

    A shared answer that a mentor sends back ("trainer share") adds their marks and comments to your
    answer, each once, however often you import it.

    A transcript of another program becomes an answer, which is rated and stored: txt, vtt, srt or
    sbv, from Zoom, Teams, Meet, Webex, Otter and others. Say which question it answers, with
    --question, or with --ask and --rubric. Where several people speak, --speaker names the one who
    answers; a part of the name will do. --from and --to say where the answer is in the file. Sound
    and video are imported with "trainer import".

    In JSON, of a history: schema_version, added, completed, same, and differing (ids of answers
    that contradict yours and were left out). Of a shared answer: id, names, ratings and comments
    (how many were added), same (how many were there already), and left_out (names whose marks are
    by another checklist). Of a transcript: what "trainer history show" gives,
    and speaker, speakers, timed (the words have times) and interrupted (others speak in between).

    \b
    Examples:
      trainer history import history.json
      trainer history import call.vtt --speaker Omar --question why-im-chose
      trainer history import talk.txt --ask "Why this city?" --rubric motivation
    """
    from trainer.exchange.encodings import check_file
    from trainer.exchange.said import holds_history
    from trainer.exchange.share_reading import holds_share
    from trainer.importing import path_of

    path = path_of(file)
    check_file(path)
    asks = question_id or ask or rubric_id or speaker or from_s or to_s or date
    if form == "json" or (form == "auto" and holds_history(path)):
        if asks:
            raise UsageError(
                "A history knows its questions, speakers and dates.", "Leave out these options."
            )
        with services_opened() as services:
            if holds_share(path):
                _tell_received(services.exchange.merge_share(path), as_json)
            else:
                _tell_merged(services.exchange.merge_file(path), as_json)
        return
    from trainer.exchange.said import read_passages, take_words

    passages = read_passages(path, form)  # first: whose file is wrong needs no question
    asked = Asked(question_id, ask, rubric_id)
    part = part_of(from_s, to_s)
    with services_opened() as services:
        item = asked.item(services)
        said = take_words(passages, speaker, *part)
        attempt_id = services.exchange.take_in(said, item, path, date)
        view = services.view(attempt_id)
    _tell_said(view, said, as_json)


def _tell_merged(merged: Merged, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "added": merged.added,
                "completed": merged.completed,
                "same": merged.same,
                "differing": list(merged.differing),
            }
        )
        return
    say(f"{counted(merged.added)} added.")
    if merged.completed:
        say(f"{counted(merged.completed)} completed with what was missing.")
    if merged.same:
        say(f"{counted(merged.same)} there already.")
    if merged.differing:
        note(
            f"{counted(len(merged.differing))} left out, because yours say something else:",
            *(f"  {one}" for one in merged.differing[:_MOST_LISTED]),
        )


def _tell_received(received: Received, as_json: bool) -> None:
    from trainer.lines.attempts import SHORT_ID
    from trainer.lines.shares import received_lines

    if as_json:
        say_json(
            {
                "id": received.attempt_id,
                "names": list(received.names),
                "ratings": received.ratings,
                "comments": received.comments,
                "same": received.same,
                "left_out": list(received.left_out),
            }
        )
        return
    told = list(received_lines(received))
    if not received.names:
        note(*told)
        return
    say(told[0])
    note(*told[1:])
    say(f"See it: trainer history show {received.attempt_id[:SHORT_ID]}")


def _tell_said(view: AttemptView, said: Said, as_json: bool) -> None:
    from trainer.lines.attempts import SHORT_ID, view_json

    if said.interrupted and said.timed:
        note(
            "Others speak in between, so the length holds what they say.",
            "Name the part of one answer with --from and --to.",
        )
    if as_json:
        say_json(
            {
                **view_json(view),
                "speaker": said.speaker,
                "speakers": list(said.speakers),
                "timed": said.timed,
                "interrupted": said.interrupted,
            }
        )
        return
    attempt, report = view.record.attempt, view.report
    short, count = attempt.id[:SHORT_ID], len(view.transcript.transcript.words)
    words = "1 word" if count == 1 else f"{count} words"
    by = f" of {one_line(said.speaker, 40)}" if said.speaker else ""
    say(f"{short}  imported from {one_line(attempt.origin or '', 60)}: {words}{by}")
    if report.score:
        say(f"{report.score.word.capitalize()}, {report.score.low} to {report.score.high} of 100.")
    else:
        say(report.remark or report.unmeasurable or "It has no marks.")
    say(f"See it: trainer history show {short}")
