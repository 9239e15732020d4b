"""Opening the services for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from trainer.cli.output import note

if TYPE_CHECKING:
    from trainer.services import Services


@contextmanager
def services_opened() -> Iterator[Services]:
    """Open the services, and tell what happened to a damaged history."""
    from trainer.services import open_services

    with closing(open_services()) as services:
        if services.store.notice:
            note(services.store.notice)
        yield services
