"""Whether a speech model is offered before an answer by voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.services import Services
    from trainer.session.plan import Run


def is_due(services: Services, run: Run) -> bool:
    """Whether this question comes after the offer: once, where a model would help.

    Not before a follow-up, which is to be asked at once, and not where there is a Vosk model. It
    lists folders, and loads nothing.
    """
    if services.settings.model_offered or run.item.probe_of is not None:
        return False
    engine = services.engine()
    return (engine is None or engine.folder is None) and services.recognisers.lacks_model()
