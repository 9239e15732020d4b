"""Child process: lists what PortAudio offers to record with and to play to, as one JSON object."""

from __future__ import annotations

from typing import Any

from trainer.audio.portaudio import load
from trainer.children.child import Problem, end_with_parent, leave, say


def probe() -> dict[str, Any]:
    """Return the versions and the input devices, or the first problem met."""
    try:
        sounddevice = load()
    except Problem as problem:
        return problem.message
    found: dict[str, Any] = {"portaudio": sounddevice.get_portaudio_version()[1]}
    try:
        default, loudspeaker = sounddevice.default.device
        devices = sounddevice.query_devices()
    except sounddevice.PortAudioError as error:
        return {**found, "problem": "failed", "detail": str(error)}
    found["devices"] = [
        {
            "name": device["name"],
            "channels": device["max_input_channels"],
            "rate_hz": device["default_samplerate"],
            "default": device["index"] == default,
        }
        for device in devices
        if device["max_input_channels"] > 0
    ]
    outputs = [d for d in devices if d["max_output_channels"] > 0]
    chosen = next((d for d in outputs if d["index"] == loudspeaker), next(iter(outputs), None))
    found["output"] = chosen["name"] if chosen else None
    return found if found["devices"] else {**found, "problem": "no device"}


if __name__ == "__main__":
    end_with_parent()
    say(probe())
    leave()
