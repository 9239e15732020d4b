"""The stored calibration: one JSON file in the user's data, for the user alone."""

from __future__ import annotations

import json
from dataclasses import asdict
from math import isfinite
from typing import Any

from trainer.calibration.types import Baseline, Calibration, EngineResult
from trainer.errors import ConfigError
from trainer.paths import Home, write_private
from trainer.transcript.engines import EngineName

SCHEMA = 1
_MOST_ERRORS = 100.0
"""No figure of ours comes near it: a hundred wrong words for each one that was read."""
_ENGINES: dict[str, EngineName] = {"vosk": "vosk", "builtin": "builtin"}
_AGAIN = "Read the text aloud again, or delete the file."


def load_calibration(home: Home) -> Calibration | None:
    """Return the stored calibration; None where there is none, or its file is damaged."""
    try:
        return read_calibration(home)
    except ConfigError:
        return None


def read_calibration(home: Home) -> Calibration | None:
    """Return the stored calibration, None where there is none.

    Raises `ConfigError` where the file is damaged, or from another version of the program.
    """
    file = home.calibration_file
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        return _calibration(stored)
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(f"{file} cannot be read: {reason}.", _AGAIN) from error
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise ConfigError(f"{file} is damaged: your calibration is lost.", _AGAIN) from error


def save_calibration(home: Home, calibration: Calibration) -> None:
    """Store the calibration in one step, in the place of the one before.

    Raises `ConfigError` when it cannot be written; the old one then stays.
    """
    home.prepare()
    text = json.dumps({"schema_version": SCHEMA, **asdict(calibration)}, indent=2) + "\n"
    try:
        write_private(home.calibration_file, text)
    except OSError as error:
        raise ConfigError(
            f"Your calibration cannot be saved in {home.calibration_file}: {error.strerror}.",
            "Check the free space and the rights of that folder.",
        ) from error


def forget_calibration(home: Home) -> bool:
    """Delete the stored calibration, damaged or not; return whether there was one.

    Raises `ConfigError` when it cannot be deleted.
    """
    try:
        home.calibration_file.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise ConfigError(
            f"{home.calibration_file} cannot be deleted: {error.strerror}.",
            "Check the rights of that folder.",
        ) from error
    return True


def _calibration(stored: Any) -> Calibration:
    """Return what the JSON says. Raises `ValueError`, `TypeError` or `KeyError` for the rest."""
    if stored["schema_version"] != SCHEMA:
        raise ValueError("another version")
    results = stored["results"]
    if not isinstance(results, list):
        raise TypeError("results")
    words, device, baseline = stored["words"], stored["device"], stored["baseline"]
    if type(words) is not int or words < 1:
        raise ValueError("words")
    return Calibration(
        _text(stored["read_at"]),
        None if device is None else _text(device),
        words,
        tuple(_result(result) for result in results),
        None if baseline is None else _baseline(baseline),
    )


def _result(stored: Any) -> EngineResult:
    errors, low, high = (_figure(stored[name], _MOST_ERRORS) for name in ("errors", "low", "high"))
    if not low <= high:
        raise ValueError("interval")
    work = stored.get("work")
    return EngineResult(
        _ENGINES[_text(stored["engine"])],
        _text(stored["model"]),
        errors,
        low,
        high,
        None if work is None else _figure(work, 1000.0),
    )


def _baseline(stored: Any) -> Baseline:
    pace, articulation = (
        _figure(stored[name], 1000.0) for name in ("pace_wpm", "articulation_wpm")
    )
    if not 0 < pace <= articulation:
        raise ValueError("baseline")
    return Baseline(pace, articulation)


def _figure(value: Any, most: float) -> float:
    if type(value) not in (int, float) or not isfinite(value) or not 0 <= value <= most:
        raise ValueError("a figure")
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError("a text")
    value.encode()  # no half of a surrogate pair
    return value
