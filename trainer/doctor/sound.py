"""All that lies between the program and a microphone, and the loudspeaker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from ctypes.util import find_library

from trainer.capture.devices import SoundCheck, check_sound
from trainer.config import load_settings
from trainer.doctor.types import Check, State, voice_check
from trainer.errors import SoundError
from trainer.paths import Home
from trainer.system import (
    find_sound_server,
    loudspeaker_hint,
    microphone_hint,
    package_hint,
    portaudio_hint,
    sound_server_hint,
)

_NOT_KNOWN = "The sound server does not say."
_NOT_LOOKED_FOR = "It was not looked for: that needs the package and PortAudio."


def obstacle() -> SoundError | None:
    """Return why nothing can be recorded here, with the remedy; None where it can.

    A child looks, for 0.4 s, and at most 5 s where the sound server hangs.
    """
    sound = check_sound()
    checks = (_package(sound), _portaudio(sound), _microphone(sound, None))
    cause = next((check for check in checks if check.state != "ok"), None)
    if cause is None:
        return None
    return SoundError(
        f"This machine cannot record. {cause.title}: {cause.detail.rstrip('.')}. "
        "Typed answers work: trainer practice --typed",
        cause.remedy,
    )


def examine_sound(home: Home) -> tuple[Check, ...]:
    """Look at packages, sound server and devices. Nothing is recorded or played."""
    with ThreadPoolExecutor(1) as pool:
        server = pool.submit(find_sound_server)
        sound = check_sound()
        return (
            _package(sound),
            _portaudio(sound),
            _server(sound, server.result()),
            _microphone(sound, load_settings(home)[0].device),
            _loudspeaker(sound),
        )


def _package(sound: SoundCheck) -> Check:
    title = "Package sounddevice"
    if sound.problem == "no package":
        detail = sound.detail or "It is not installed."
        return voice_check("sounddevice", title, "missing", detail, package_hint("sounddevice"))
    return voice_check("sounddevice", title, "ok", sound.package or "")


def _portaudio(sound: SoundCheck) -> Check:
    title = "Library PortAudio"
    if sound.portaudio:
        return voice_check("portaudio", title, "ok", sound.portaudio)
    if sound.problem == "hanging":  # only PortAudio asks the sound server
        return voice_check("portaudio", title, "ok", "It was found.")
    if sound.problem == "failed":
        remedy = package_hint("sounddevice", again=True)
        return voice_check("portaudio", title, "broken", sound.detail, remedy)
    library = find_library("portaudio")
    if sound.problem == "no package" and library:
        return voice_check("portaudio", title, "ok", library)
    state: State = "broken" if library else "missing"
    detail = sound.detail if sound.problem == "no portaudio" else "It was not found."
    return voice_check("portaudio", title, state, detail, portaudio_hint(again=library is not None))


def _server(sound: SoundCheck, server: tuple[str, bool] | None) -> Check:
    """`server` is its name and whether it answers; None where none runs."""
    title = "Sound server"
    if sound.problem == "hanging" or (server and not server[1]):
        detail = "It does not answer."
        return voice_check("sound-server", title, "broken", detail, sound_server_hint())
    if server:
        return voice_check("sound-server", title, "ok", server[0])
    if sound.devices:
        return voice_check("sound-server", title, "ok", "None runs, and none is needed here.")
    hint = sound_server_hint(running=False)
    return voice_check("sound-server", title, "missing", "None runs.", hint)


def _microphone(sound: SoundCheck, chosen: str | None) -> Check:
    """`chosen` is the microphone in the settings."""
    title = "Microphone"
    if sound.default:
        names = [device.name for device in sound.devices if device is not sound.default]
        detail = ", ".join([f"{sound.default.name} (the default)", *names])
        if chosen and chosen not in (device.name for device in sound.devices):
            detail = f"{chosen}, chosen in the settings, is not there. There are: {detail}"
            remedy = "Connect it, or choose another one in the settings of the application."
            return voice_check("microphone", title, "missing", detail, remedy)
        return voice_check("microphone", title, "ok", detail)
    if sound.problem == "no device":
        return voice_check("microphone", title, "missing", "None was found.", microphone_hint())
    if sound.problem == "hanging":
        detail = "The sound server does not answer."
        return voice_check("microphone", title, "broken", detail, sound_server_hint())
    if sound.portaudio:
        return voice_check("microphone", title, "broken", sound.detail, sound_server_hint())
    return voice_check("microphone", title, "missing", _NOT_LOOKED_FOR, _cause(sound).remedy)


def _loudspeaker(sound: SoundCheck) -> Check:
    title = "Loudspeaker"
    if sound.output:
        return voice_check("loudspeaker", title, "ok", sound.output)
    if not sound.portaudio and sound.problem != "hanging":
        return voice_check("loudspeaker", title, "missing", _NOT_LOOKED_FOR, _cause(sound).remedy)
    if sound.problem in ("hanging", "failed"):
        return voice_check("loudspeaker", title, "broken", _NOT_KNOWN, sound_server_hint())
    return voice_check("loudspeaker", title, "missing", "None was found.", loudspeaker_hint())


def _cause(sound: SoundCheck) -> Check:
    return _package(sound) if sound.problem == "no package" else _portaudio(sound)
