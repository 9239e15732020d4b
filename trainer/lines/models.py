"""What is told of a speech model before it is downloaded, and while it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.display import visible
from trainer.installing.problems import megabytes

if TYPE_CHECKING:
    from trainer.installing.types import Phase, Progress
    from trainer.transcript.catalogue import Model
    from trainer.transcript.engines import Engine

HEARS_BETTER = "A speech model hears far better. It is downloaded once. Recommended for you:"
NOTHING_IS_SENT = "Only this file is asked for. Nothing that you say or write is ever sent."
PHASES: dict[Phase, str] = {
    "waiting": "Waiting for another program that installs the same model",
    "downloading": "Downloading",
    "checking": "Checking the file",
    "unpacking": "Unpacking",
    "trying": "Trying it on a test sentence",
}


def heard_now(engine: Engine | None) -> str:
    """Return how answers are written down without a speech model."""
    if engine is None:
        return (
            "Nothing on this machine writes down what you say. Your voice and your time are "
            "recorded, and you type the words yourself to get marks."
        )
    return (
        "The built-in recogniser is rough: about two words in five are wrong. An answer gets no "
        "marks until you have corrected or accepted its words."
    )


def download_lines(model: Model, folder: Path, kept: int) -> Iterator[str]:
    """Yield what is downloaded, from where and to where; `kept` bytes of it are here already."""
    part = f" ({megabytes(kept)} of it are here already)" if kept else ""
    yield f"{model.name}, {model.accent}"
    yield f"  Size: {megabytes(model.bytes)} to download{part}"
    yield f"  From: {model.url}"
    yield f"  Into: {visible(str(folder))}"
    yield f"  Licence: {model.licence}"


def begun_line(progress: Progress) -> str:
    """Return what is told when a phase begins, where no line can be changed."""
    line = PHASES[progress.phase]
    if progress.whole is None:
        return line
    here = f", of which {progress.done / 1e6:.1f} MB are here" if progress.done else ""
    return f"{line}: {progress.whole / 1e6:.1f} MB{here}"
