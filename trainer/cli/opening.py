"""Opening the services for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from trainer.cli.output import note, progress

if TYPE_CHECKING:
    from trainer.services import Services


PREPARING = "Preparing the history, once after an update"


def open_told() -> Services:
    """Open the services; on a terminal it is shown how far a long history is prepared."""
    from trainer.services import open_services  # 60 ms

    with progress(PREPARING) as tell:
        return open_services(tell=tell)


@contextmanager
def services_opened() -> Iterator[Services]:
    """Open the services, and tell what became of a damaged history, or of a broken-off deletion."""
    with closing(open_told()) as services:
        for told in (services.care.interrupted, services.store.notice):
            if told:
                note(told)
        yield services
