"""An error that nobody foresaw: its traceback goes to the log, without any value.

The message of an exception can hold a piece of an answer, so only its type is written.
"""

from __future__ import annotations

import logging
import traceback

from trainer import log
from trainer.paths import find_home


def record(error: BaseException) -> str:
    """Write the traceback of `error` to the log and return where that is, as a sentence."""
    home = find_home()
    log.start_logging(home)
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
