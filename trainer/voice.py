"""Speaking in place of typing: whether this machine can, told cheaply, and what begins it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.transcript.engines import Engine
from trainer.transcript.lookup import holds_model
from trainer.transcript.types import Transcript

if TYPE_CHECKING:
    from trainer.config import Settings
    from trainer.paths import Home
    from trainer.spoken import SpokenState

MODELS_HINT = "To get one press s, then choose Recogniser"
_LIBRARIES = Path("/etc/ld.so.cache")
_BEGINNING = "vosk-model-"  # the makers' models all begin so


class Spoken(Protocol):
    """A spoken answer under way: see `trainer.spoken.SpokenAnswer`."""

    @property
    def done(self) -> bool:
        """Whether the recording has ended and every word that can be heard is there."""
        ...

    def record(self) -> None:
        """Keep the sound from now on."""
        ...

    def pause(self) -> None:
        """Keep nothing until the next `record`."""
        ...

    def stop(self) -> None:
        """End the recording; the last words follow."""
        ...

    def state(self) -> SpokenState:
        """Return how things stand."""
        ...

    def transcript(self) -> Transcript:
        """Return the words so far, and where there is a voice."""
        ...

    def close(self) -> None:
        """End it, whatever it does. What is on disk stays."""
        ...


OpenSpoken = Callable[[Path, str | None, Engine | None], Spoken]
"""(recording, microphone or None for the default one, recogniser or None) -> what records it"""


def open_spoken(recording: Path, device: str | None, engine: Engine | None) -> Spoken:
    """Open the microphone for one answer; nothing is kept before `record`."""
    from trainer.spoken import SpokenAnswer

    return SpokenAnswer(recording, device, engine)


def readiness(engine: Engine | None) -> str:
    """Return one line on what speaking needs here and what it will do.

    Only packages and models are looked for: no child starts and no microphone is asked for.
    """
    from trainer.system import package_hint, portaudio_hint  # asyncio: 30 ms

    if find_spec("sounddevice") is None:
        return f"To speak your answers, install sounddevice. {package_hint('sounddevice')}"
    if _lacks_portaudio():
        return f"To speak your answers, install the library PortAudio. {portaudio_hint()}"
    if engine is None:
        return (
            "Spoken answers are recorded and not written down: a speech model is missing. "
            f"{MODELS_HINT}."
        )
    if engine.folder and not holds_model(engine.folder):
        return (
            f"Spoken answers are recorded and not written down: {engine.folder} holds no whole "
            f"speech model. {MODELS_HINT}."
        )
    if engine.name == "builtin":
        return (
            "The built-in recogniser writes down roughly what you say. "
            f"A speech model hears better. {MODELS_HINT}."
        )
    return f"Vosk writes down what you say, with {engine.model}."


def engine_name(engine: Engine | None) -> str:
    """Return what listeners are told about who writes their words."""
    if engine is None:
        return "no recogniser: sound and time are kept"
    if engine.name == "builtin":
        return "built-in recogniser: rough words"
    return f"Vosk {one_line(engine.model).removeprefix(_BEGINNING)}"


def absent_model(home: Home, settings: Settings | None = None) -> str | None:
    """Return the model that would suit by accent and memory, where it is not on this machine.

    None where it is here, and where the catalogue cannot be read.
    """
    from trainer.config import load_settings
    from trainer.installing.recommending import recommend
    from trainer.system import memory_bytes
    from trainer.transcript.choosing import known_models

    settings = settings or load_settings(home)[0]
    try:
        suits = recommend(known_models(home), settings.accent, memory_bytes(), None).model
    except TrainerError:
        return None
    return suits.model.name if suits and not suits.complete else None


def _lacks_portaudio() -> bool:
    """Tell whether the library is surely missing; False where nobody can tell without loading it.

    Linux lists the libraries that it knows in one file; asking for one by `ctypes` would start
    programs. Elsewhere the package brings the library along.
    """
    try:
        known = _LIBRARIES.read_bytes()
    except OSError:
        return False
    beside = Path(sys.prefix, "lib").glob("libportaudio*")  # as in an environment of conda's
    return b"libportaudio.so" not in known and not any(beside)
