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
    """Open the services, and tell what became of a damaged history, or of a broken-off deletion."""
    from trainer.services import open_services

    with closing(open_services()) as services:
        for told in (services.care.interrupted, services.store.notice):
            if told:
                note(told)
        yield services
