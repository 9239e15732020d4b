"""What can be wrong with a recogniser, in words for the user."""

from __future__ import annotations

import signal
from typing import Literal

from trainer.errors import SoundError
from trainer.transcript.engines import Engine

Problem = Literal[
    "no package",
    "broken package",
    "no folder",
    "no model",
    "refused",
    "deaf",
    "hanging",
    "unreadable",
]

CHOOSE_HINT = "Unpack the model again, or choose another one with: trainer models use PATH"
_KEPT = " The sound is kept."
LATER_HINT = "Go on without live words. Later this reads the sound: trainer transcribe FILE"


def explain(
    engine: Engine, problem: Problem, detail: str = "", *, sound: bool = True
) -> SoundError:
    """Return the error for what a recogniser's child said is wrong; `detail` is a cause.

    `sound` says whether there is a recording, which is kept.
    """
    kept = _KEPT if sound else ""
    cause = f" ({detail})" if detail else ""
    package = "vosk" if engine.name == "vosk" else "pocketsphinx"
    match problem:
        case "no package":
            return SoundError(f"The package {package} is not installed.", _package_hint(package))
        case "broken package":
            message = f"The package {package} is installed and cannot be loaded{cause}."
            return SoundError(message, _package_hint(package, again=True))
        case "no folder":
            return SoundError(f"There is no speech model {engine.folder}.{kept}", CHOOSE_HINT)
        case "no model":
            return SoundError(f"{_model(engine)} is not complete.{kept}", CHOOSE_HINT)
        case "refused":
            message = f"{_model(engine)} cannot be loaded: it is damaged.{kept}"
        case "deaf":
            message = f"{_model(engine)} heard nothing in a test sentence: it is damaged.{kept}"
        case "hanging":
            message = f"{_model(engine)} did not answer in its test.{kept}"
        case "unreadable":
            message = f"The recogniser cannot read the recording{cause}.{kept}"
            return SoundError(message, "Check your rights to the folder of recordings.")
    return SoundError(message, _model_hint(engine))


def explain_end(engine: Engine, exit_code: int, *, worked: bool, sound: bool = True) -> SoundError:
    """Return the error for a recogniser that ended by itself, or was ended, again and again.

    `exit_code` is as in `subprocess`; `worked` says whether it had passed its test, `sound`
    whether there is a recording, which is kept.
    """
    kept = _KEPT if sound else ""
    how = _how(exit_code)
    if worked:
        what = f"The recogniser {how} again and again, and was stopped."
        return SoundError(f"{what} The words until then and the sound are kept.", LATER_HINT)
    if exit_code in (-signal.SIGTERM, -9):
        hint = "Close other programs to free memory, or choose a smaller model."
        return SoundError(f"The recogniser {how} while it started.{kept}", hint)
    return SoundError(
        f"{_model(engine)} {how} in its test: it is damaged.{kept}", _model_hint(engine)
    )


def explain_hang() -> SoundError:
    """Return the error for a recogniser that stood still again and again, and was ended."""
    message = "The recogniser stood still again and again, and was stopped."
    return SoundError(f"{message} The words until then and the sound are kept.", LATER_HINT)


def _model(engine: Engine) -> str:
    if engine.folder is None:
        return "The built-in recogniser"
    return f"The speech model in {engine.folder}"


def _model_hint(engine: Engine) -> str:
    return CHOOSE_HINT if engine.folder else _package_hint("pocketsphinx", again=True)


def _package_hint(package: str, *, again: bool = False) -> str:
    from trainer.system import package_hint  # asyncio: 30 ms

    return package_hint(package, again=again)


def _how(exit_code: int) -> str:
    if exit_code < 0:
        try:
            return f"was ended by {signal.Signals(-exit_code).name}"
        except ValueError:
            return f"was ended by signal {-exit_code}"
    return f"ended with code {exit_code}"
