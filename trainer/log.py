"""File logging. Answer text is never logged."""

from __future__ import annotations

import logging
import os
import traceback

from trainer.paths import PRIVATE_FILE_MODE, Home, find_home

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


def record_crash(error: BaseException) -> str:
    """Write the traceback of `error` to the log and return where that is, as a sentence.

    The message of an exception can hold a piece of an answer, so only its type is written.
    """
    home = find_home()
    start_logging(home)
    logging.getLogger("trainer").error("unexpected error\n%s", _without_values(error))
    path = home.logs / "trainer.log"
    return f"Details are in {path}." if path.is_file() else f"No log could be written to {path}."


def _without_values(error: BaseException) -> str:
    parts: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        frames = "".join(traceback.format_tb(at.__traceback__))
        parts.append(f"{frames}{type(at).__module__}.{type(at).__qualname__}")
        at = at.__cause__ or at.__context__
    return "\nwhile handling or because of:\n".join(parts)
