"""The way to PortAudio, in child processes only: each call here may hang for ever.

Loading it already connects to the sound server, which may be frozen.
"""

from __future__ import annotations

import sys
from typing import Any, Literal

from trainer.children.child import Problem


def load() -> Any:
    """Return the package sounddevice. Raises `Problem`."""
    try:
        import sounddevice  # type: ignore[import-untyped]
    except ImportError as error:
        raise Problem("no package", str(error)) from error
    except OSError as error:
        raise Problem("no portaudio", str(error)) from error
    except Exception as error:  # PortAudioError, from a package half imported
        raise Problem("failed", str(error)) from error
    return sounddevice


def find_device(sounddevice: Any, kind: Literal["input", "output"], name: str | None) -> Any:
    """Return what PortAudio says of a device: that of this whole name, or the default one.

    Raises `Problem`, and PortAudio's own error.
    """
    devices = [d for d in sounddevice.query_devices() if d[f"max_{kind}_channels"] > 0]
    if not devices:
        raise Problem("no device", "PortAudio lists none")
    if name is None:
        default = sounddevice.default.device[kind]
        return next((d for d in devices if d["index"] == default), devices[0])
    for device in devices:
        if device["name"] == name:
            return device
    raise Problem("unknown device", name)


def reason(error: Exception) -> str:
    """Return the cause in a PortAudioError: what the sound system said, else its last part.

    The whole of it, with names of functions and codes, goes to the log.
    """
    sys.stderr.write(f"{error}\n")
    if len(error.args) > 2:  # message, code, (host API, its code, its text)
        return str(error.args[2][2])
    return str(error.args[0]).rpartition(": ")[2] if error.args else ""
