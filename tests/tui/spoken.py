"""A spoken answer as the recorder and a recogniser leave it, without either."""

from __future__ import annotations

from dataclasses import replace

from textual.app import App

from tests import fakes
from trainer.capture import files
from trainer.services import Services
from trainer.store.types import Draft
from trainer.transcript.types import Sound, Source, Transcript


def spoken_draft(
    services: Services,
    text: str,
    source: Source = "vosk",
    sound: bytes | None = None,
    measured: Sound = Sound(()),  # noqa: B008 - it is frozen
) -> Draft:
    """Return a stored draft with sound, which is silence of half a second for each word.

    A word with a question mark behind it is one that the recogniser was not sure of.
    """
    words = Transcript.heard(fakes.heard_words(text), source, measured)
    file = services.new_recording()
    with files.open_for_sound(file) as recording:
        recording.write(sound or bytes(max(1, len(words.words)) * 16_000))
    files.mend(file)
    draft = services.new_draft(services.plan(question_ids=["low-score-direct"]))
    draft = replace(
        draft,
        recording=file.name,
        heard=words,
        text=words.text,
        counted_s=len(words.words) / 2,
    )
    services.save_draft(draft)
    return draft


def spoken_attempt(
    services: Services,
    text: str,
    source: Source = "vosk",
    sound: bytes | None = None,
    measured: Sound = Sound(()),  # noqa: B008 - it is frozen
) -> str:
    """Return the id of a stored answer with sound."""
    item = services.plan(question_ids=["low-score-direct"]).item
    return services.finish(
        spoken_draft(services, text, source, sound, measured), item, accepted=False
    )


def notes(app: App[None]) -> str:
    """Return what the program notified about; tests run without the notes on the screen."""
    return "\n".join(note.message for note in app._notifications)
