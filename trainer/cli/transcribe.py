"""`trainer transcribe`: the words of a sound file."""

from __future__ import annotations

import click

from trainer.cli.listening import engine_options
from trainer.cli.output import note, say, say_json
from trainer.errors import ExitCode
from trainer.lines.text import wrapped


@click.command(short_help="Write down what is said in a sound file.")
@click.argument("file", metavar="FILE")
@engine_options
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def transcribe(file: str, engine: str | None, model: str | None, as_json: bool) -> ExitCode:
    """Write down what is said in a sound file, on this machine. Nothing is stored.

    FILE is wav, flac, ogg or mp3; with the program ffmpeg also m4a, aac, webm and others. Use -
    to read from stdin. Without --engine and --model it uses the recogniser of your settings, else
    the first Vosk model that it finds, else the built-in recogniser. See: trainer models list

    In JSON: schema_version, engine, model, text, words, figures, length_s (of the sound), damaged
    (whether the file goes on after that and cannot be read), voiced (where there is a voice, as
    start and end), filled (what may be an "um" in the sound itself: start_s, end_s and chance, 0
    to 1) and snr_db (how far the voice is above the noise). Each of these three is null where it
    could not be measured. A word has word, start_s, end_s and confidence (0 to 1). The text
    is the words as they were heard, with spaces between them. One of the figures has figure (as
    a rating reads it), said (the words), start_s and end_s. Times are seconds from the start of
    the sound. In likely stand terms that were perhaps said where the recogniser was unsure:
    term, kind, likeness (0 to 1, how much alike it sounds), heard, words (from and to, half-open),
    start_s and end_s. Nothing of it is in the text; without --json it goes to stderr.

    \b
    Examples:
      trainer transcribe answer.wav
      trainer transcribe answer.m4a --engine builtin --json
    """
    from trainer.cli.answers import sound_of
    from trainer.cli.listening import heard_json, listen
    from trainer.lines.corrections import correction_lines, corrections_json, find_corrections
    from trainer.paths import find_home
    from trainer.transcript.choosing import pick_engine

    chosen = pick_engine(find_home(), engine, model)
    with sound_of(file) as sound:
        heard = listen(sound, chosen)
    words = heard.transcript()
    found = find_corrections(words)
    if as_json:
        say_json(heard_json(heard) | {"likely": corrections_json(words, found)})
    else:
        say(*wrapped(words.text))
        note(*correction_lines(words, found))
    return ExitCode.OK
