"""File logging. Answer text is never logged."""

from __future__ import annotations

import logging
import os
import traceback

from trainer.paths import PRIVATE_FILE_MODE, Home, find_home

MOST_BYTES = 512 * 1024


def start_logging(home: Home) -> None:
    """Send the log of this package to `logs/trainer.log` (0600, two old files are kept).

    The file is made with the first line. Where it cannot be written the program goes on without.
    """
    logger = logging.getLogger("trainer")
    logger.propagate = False
    if not any(isinstance(handler, _FileAtFirstLine) for handler in logger.handlers):
        logger.addHandler(_FileAtFirstLine(home))
        logger.setLevel(logging.INFO)


def stop_logging() -> None:
    """Close the log file; what is logged from now on is not kept."""
    logger = logging.getLogger("trainer")
    for handler in [one for one in logger.handlers if isinstance(one, _FileAtFirstLine)]:
        logger.removeHandler(handler)
        handler.close()
    keep_quiet()


def keep_quiet() -> None:
    """Write no log where none was started: else Python writes warnings to the terminal."""
    logger = logging.getLogger("trainer")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


class _FileAtFirstLine(logging.Handler):
    """Opens the file when there is something to write: most starts of the program write nothing."""

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = self._open()
        self._file.handle(record)

    def close(self) -> None:
        if self._file:
            self._file.close()
        super().close()

    def _open(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler  # 10 ms

        path = self._home.logs / "trainer.log"
        try:
            self._home.ensure(self._home.logs)
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE_MODE))
            file = RotatingFileHandler(path, maxBytes=MOST_BYTES, backupCount=2, encoding="utf-8")
            # On a full disk logging would write a traceback to the terminal for each line.
            file.handleError = lambda record: None  # type: ignore[method-assign]
        except Exception:  # noqa: BLE001 - a log must never stop the program
            return logging.NullHandler()
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        return file


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
