"""File logging. Answer text is never logged."""

from __future__ import annotations

import logging
import os

from trainer.paths import PRIVATE_FILE_MODE, Home

MOST_BYTES = 512 * 1024


def start_logging(home: Home) -> None:
    """Send the log of this package to `logs/trainer.log` (0600, two old files are kept).

    Where the file cannot be written the program goes on without a log.
    """
    from logging.handlers import RotatingFileHandler  # 10 ms

    logger = logging.getLogger("trainer")
    logger.propagate = False
    if logger.handlers:
        return
    path = home.logs / "trainer.log"
    try:
        home.ensure(home.logs)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE_MODE))
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=MOST_BYTES, backupCount=2, encoding="utf-8"
        )
    except Exception as error:  # noqa: BLE001 - a log must never stop the program
        handler = logging.NullHandler()
        logger.debug("no log file: %s", error)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
