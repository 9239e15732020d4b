"""The offer of a speech model line by line, once, before the first answer by voice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.lines.models import (
    HEARS_BETTER,
    NOTHING_IS_SENT,
    begun_line,
    download_lines,
    heard_now,
)
from trainer.plain.reader import InputEndedError

if TYPE_CHECKING:
    from trainer.installing.types import Phase, Progress
    from trainer.plain.console import Console
    from trainer.services import Services

_LATER = "To get it later, run: trainer models install"


def offer_model(services: Services, console: Console) -> None:
    """Offer the recommended model where that is due, and install and use it on a yes."""
    if not services.lacks_model():
        return
    try:
        standing = services.recognisers.look(services.settings)
        services.change_settings(replace(services.settings, model_offered=True))
    except TrainerError as error:
        console.complain(error)
        return
    known = standing.recommended.model
    if known is None:
        return
    model = known.model
    console.say("", "Before you speak")
    console.tell(heard_now(standing.choice.engine))
    console.tell(HEARS_BETTER)
    kept = standing.kept.get(model.name, 0)
    console.say(*download_lines(model, standing.folder, kept))
    console.tell(f"{visible(standing.recommended.reason)} {NOTHING_IS_SENT}")
    if console.agree("Download it now?"):
        _install(services, console, model.name)
    else:
        console.say(_LATER)


def _install(services: Services, console: Console, name: str) -> None:
    phase: Phase | None = None
    stopped = False

    def show(progress: Progress) -> None:
        nonlocal phase
        if progress.phase != phase:
            phase = progress.phase
            console.say(begun_line(progress))

    def is_cancelled() -> bool:
        nonlocal stopped
        if console.is_terminal and not stopped:  # lines of a pipe are the next answers
            with suppress(InputEndedError):
                stopped = console.glance(0.0) is not None
        return stopped

    console.say("Enter stops it. What came is kept for another time.")
    try:
        folder = services.models.install(name, show, is_cancelled)
        services.change_settings(replace(services.settings, model=str(folder)))
    except TrainerError as error:
        console.complain(error)
        console.say(_LATER)
        return
    console.say(f"{one_line(folder.name)} is installed and used.")
