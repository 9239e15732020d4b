"""What works on this machine, what does not, and the command that mends it. Changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from trainer.doctor import data, machine, reading, recognition, sound
from trainer.doctor.types import GROUPS, Check, Group, State
from trainer.paths import Home, find_home

Examiner = Callable[[Home], tuple[Check, ...]]

# By name, for the one that fails itself.
_EXAMINERS: dict[str, tuple[Group, Examiner]] = {
    "machine": ("practice", machine.examine),
    "home": ("practice", data.examine_home),
    "history": ("practice", data.examine_history),
    "banks": ("practice", data.examine_banks),
    "sound": ("voice", sound.examine_sound),
    "packages": ("voice", recognition.examine_packages),
    "models": ("voice", recognition.examine_models),
    "recognition": ("voice", recognition.examine_recogniser),
    "reader": ("voice", reading.examine_reader),
    "files": ("voice", recognition.examine_files),
}

_log = logging.getLogger(__name__)


def examine(home: Home | None = None) -> tuple[Check, ...]:
    """Look at everything the trainer needs, side by side, since most of it is waiting for children.

    Never raises. Takes 5 s where a sound server hangs, longer only where a recogniser does.
    """
    place = home or find_home()
    with ThreadPoolExecutor(len(_EXAMINERS)) as pool:
        found = list(pool.map(lambda name: _examine(name, place), _EXAMINERS))
    return tuple(check for checks in found for check in checks)


def _examine(name: str, home: Home) -> tuple[Check, ...]:
    group, examiner = _EXAMINERS[name]
    try:
        return examiner(home)
    except Exception as error:  # noqa: BLE001 - whoever asks what is wrong needs an answer
        kind = type(error).__name__
        _log.info("the examination of %s failed: %s", name, kind)
        detail = f"The examination failed ({kind})."
        return (Check(name, name.capitalize(), "broken", detail, "Please report this.", group),)


__all__ = ["GROUPS", "Check", "Group", "State", "examine"]
