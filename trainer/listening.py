"""Sound files as words: which recogniser listens to one, and what it hears. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trainer.config import load_settings
from trainer.doctor import engines
from trainer.doctor.engines import known_models, model_folders, named_model
from trainer.errors import SoundError, UsageError
from trainer.paths import Home
from trainer.transcript.engines import Engine
from trainer.transcript.lookup import BUILTIN, find_engine
from trainer.transcript.types import HeardWord, Transcript


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a sound file of `length_s` seconds; `voiced` as in `Transcript`.

    `damaged` says that the file goes on after that and cannot be read there.
    """

    engine: Engine
    words: tuple[HeardWord, ...]
    length_s: float
    damaged: bool
    voiced: tuple[tuple[float, float], ...] | None

    @property
    def is_rough(self) -> bool:
        """Whether too many words are wrong to rate them."""
        return self.engine.name == BUILTIN

    def transcript(self) -> Transcript:
        """Return the words as they were heard."""
        return Transcript.heard(self.words, self.engine.name, self.voiced)

    def with_figures(self) -> Transcript:
        """Return the words with figures in the place of spoken ones."""
        from trainer.analysis.figures import with_figures

        return with_figures(self.transcript())


def pick_engine(home: Home, name: str | None = None, model: str | None = None) -> Engine:
    """Return the recogniser that was asked for, else that of the settings or the first there is.

    `name` is an engine's, `model` the folder or name of a Vosk model. Raises `UsageError` for what
    does not fit together, and `SoundError` with the command that adds what is missing. Nothing is
    loaded.
    """
    chosen = load_settings(home)[0].model
    if model is not None:
        if name == BUILTIN:
            raise UsageError("The built-in recogniser takes no --model.", "Leave out one of them.")
        chosen = str(model_folder(home, model))
    elif name == BUILTIN:
        chosen = BUILTIN
    elif name and chosen == BUILTIN:
        chosen = None
    engine = find_engine(model_folders(home), chosen)
    if engine is None or (name and engine.name != name):
        raise _missing(name, home)
    if not engines.package_version("vosk" if engine.name == "vosk" else "pocketsphinx"):
        raise _missing(engine.name, home)
    return engine


def model_folder(home: Home, name: str) -> Path:
    """Return the folder of the model of this path or name. Raises `UsageError`."""
    folder = named_model(home, name)
    if folder:
        return folder
    if Path(name).is_file():
        raise UsageError(
            f"{name} is a file, and a model is a folder.",
            "Unpack the archive, and name the folder that was in it.",
        )
    raise UsageError(f"There is no model {name!r}.", "See: trainer models list")


def hear(file: Path, engine: Engine, on_progress: Callable[[float], object]) -> Heard:
    """Convert a sound file in a private folder and recognise its words.

    `on_progress` is called with the share that was heard, 0..1. The folder is gone afterwards,
    and so is every child, whatever happens. Raises `UsageError` where the file holds no sound
    that can be read, and `SoundError` where the recogniser fails.
    """
    from tempfile import TemporaryDirectory

    from trainer.capture.sound_files import convert_what_is_there
    from trainer.system import ending_by_exception
    from trainer.transcript.transcribing import transcribe
    from trainer.transcript.voice_activity import find_voice

    with ending_by_exception(), TemporaryDirectory(prefix="trainer-") as folder:
        recording = Path(folder, "sound.wav")
        sound = convert_what_is_there(file, recording)
        words = transcribe(recording, engine, on_progress)
        voiced = find_voice(recording)
    return Heard(engine, words, sound.length_s, sound.damaged, voiced)


def _missing(name: str | None, home: Home) -> SoundError:
    from trainer.system import download_hint, package_hint

    if name == BUILTIN:
        message = "The built-in recogniser, PocketSphinx, is not installed."
        return SoundError(message, package_hint("pocketsphinx"))
    if name == "vosk" and not engines.package_version("vosk"):
        return SoundError("The package vosk is not installed.", package_hint("vosk"))
    if name == "vosk":
        remedy = download_hint(known_models(home)[0].model.url, home.models)
        return SoundError("There is no Vosk model on this machine.", remedy)
    return SoundError(
        "There is no recogniser on this machine: no Vosk model, and no PocketSphinx.",
        f"See: trainer models list. Or add the built-in one. {package_hint('pocketsphinx')}",
    )
