"""How the application looks and moves here: what the settings and the environment ask for."""

from __future__ import annotations

import os

from textual import constants
from textual.types import AnimationLevel

from trainer.config import Settings


def is_colourless() -> bool:
    """Whether NO_COLOR asks for no colours. An empty one asks for nothing.

    Textual, which would take an empty one for a wish, finds none then.
    """
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]
    return "NO_COLOR" in os.environ


def animation_level(settings: Settings) -> AnimationLevel:
    """Return how much may move: by the settings, and never more than TEXTUAL_ANIMATIONS says."""
    return "none" if settings.motion == "reduced" else constants.TEXTUAL_ANIMATIONS
