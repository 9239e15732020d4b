"""What `transcribe` and `score` share: the options, the notes and the JSON of what was heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from trainer.cli.output import note, progress
from trainer.display import clock_time

if TYPE_CHECKING:
    from trainer.listening import Heard
    from trainer.transcript.engines import Engine
    from trainer.transcript.types import FilledPause

_COMMAND = TypeVar("_COMMAND", bound=Callable[..., object])


def engine_options(command: _COMMAND) -> _COMMAND:
    """Give a command the options --engine and --model."""
    command = click.option(
        "--model", metavar="PATH", help="Use this Vosk model: its folder, or its name."
    )(command)
    return click.option(
        "--engine",
        type=click.Choice(["vosk", "builtin"]),
        help="Recognise speech with Vosk, or with the built-in recogniser.",
    )(command)


def listen(sound: Path, engine: Engine) -> Heard:
    """Return what is heard in a sound file; progress and what is odd about it go to stderr."""
    from trainer.listening import hear
    from trainer.log import start_logging
    from trainer.paths import find_home

    start_logging(find_home())
    with progress("Listening") as show:
        heard = hear(sound, engine, show)
    if heard.damaged:
        note(f"The file is damaged after {clock_time(heard.length_s)}. What comes later is lost.")
    if not heard.words:
        note("No words were heard.")
    elif heard.is_rough:
        note(
            "These words are rough: the built-in recogniser mishears about two words in five.",
            "A Vosk model hears better. Run: trainer models install",
        )
    return heard


def heard_json(heard: Heard) -> dict[str, object]:
    """Return what was heard: words with times in seconds and confidences in 0..1, and the sound."""
    transcript = heard.with_figures()
    return {
        "engine": heard.engine.name,
        "model": heard.engine.model,
        "text": heard.transcript().text,
        "words": [
            {
                "word": word.word,
                "start_s": _ms(word.start_s),
                "end_s": _ms(word.end_s),
                "confidence": round(word.confidence, 4),
            }
            for word in heard.words
        ],
        "figures": [
            {
                "said": word.said,
                "figure": transcript.text[word.start : word.end],
                "start_s": _ms(word.start_s),
                "end_s": _ms(word.end_s),
            }
            for word in transcript.words
            if word.said is not None
        ],
        "length_s": _ms(heard.length_s),
        "damaged": heard.damaged,
        "voiced": None if heard.sound.voiced is None else [list(s) for s in heard.sound.voiced],
        "filled": _filled_json(heard.sound.filled),
        "snr_db": heard.sound.snr_db,
    }


def _filled_json(filled: Sequence[FilledPause] | None) -> list[dict[str, object]] | None:
    if filled is None:
        return None
    return [
        {"start_s": _ms(each.start_s), "end_s": _ms(each.end_s), "chance": round(each.chance, 3)}
        for each in filled
    ]


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
