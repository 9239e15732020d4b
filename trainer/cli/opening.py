"""Opening the services for one command, and closing them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trainer.cli.output import note, progress

if TYPE_CHECKING:
    from trainer.services import Services


PREPARING = "Preparing the history, once after an update"
DELETING = "Deleting for good what you deleted. A long history takes some seconds."
TOLD_AFTER_S = 1.0


def open_told() -> Services:
    """Open the services; on a terminal it is shown how far a long history is prepared."""
    from trainer.services import open_services  # 60 ms

    with progress(PREPARING) as tell:
        return open_services(tell=tell)


@contextmanager
def closing_told(services: Services) -> Iterator[Services]:
    """Close the services at the end, and say what that waits for where it takes long."""
    try:
        yield services
    finally:
        told = threading.Timer(TOLD_AFTER_S, note, [DELETING])
        told.daemon = True
        if services.can_undo_delete:
            told.start()
        try:
            services.close()
        finally:
            told.cancel()


@contextmanager
def services_opened() -> Iterator[Services]:
    """Open the services, and tell what became of a damaged history, or of a broken-off deletion."""
    with closing_told(open_told()) as services:
        for told in (services.care.interrupted, services.store.notice):
            if told:
                note(told)
        yield services
