"""Whether a speech model is offered before an answer by voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.services import Services


def is_due(services: Services) -> bool:
    """Whether a model is to be offered now: once, where there is none and Vosk could use one.

    It lists folders, and loads nothing.
    """
    if services.settings.model_offered:
        return False
    engine = services.engine()
    return (engine is None or engine.folder is None) and services.recognisers.lacks_model()
