"""Whether the machine is ready for spoken answers."""

from __future__ import annotations

import sys
from ctypes.util import find_library

from trainer.capture.devices import SoundCheck, check_sound
from trainer.display import one_line
from trainer.doctor.types import Check, State
from trainer.paths import Home, shipped
from trainer.system import (
    download_hint,
    install_hint,
    microphone_hint,
    package_hint,
    sound_server_hint,
)
from trainer.transcript.catalogue import is_complete, load_catalogue


def examine_sound(_home: Home) -> tuple[Check, ...]:
    """Look at all that lies between the program and a microphone."""
    sound = check_sound()
    return (_package(sound), _portaudio(sound), _microphone(sound))


def examine_model(home: Home) -> tuple[Check, ...]:
    """Look for a speech model in the user's folder, then beside the program."""
    known = load_catalogue(shipped("models") / "catalogue.yaml").models
    folders = (home.models, shipped("models"))
    found = [path for folder in folders for model in known if (path := model.find(folder))]
    remedy = download_hint(known[0].url, home.models)
    if not found:
        detail = f"None in {folders[0]} or {folders[1]}."
        return (_check("model", "Speech model", "missing", detail, remedy),)
    complete = next((path for path in found if is_complete(path)), None)
    if complete is None:
        detail = f"{found[0]} is not complete."
        return (_check("model", "Speech model", "broken", detail, remedy),)
    return (_check("model", "Speech model", "ok", str(complete)),)


def _package(sound: SoundCheck) -> Check:
    title = "Package sounddevice"
    if sound.problem == "no package":
        detail = sound.detail or "It is not installed."
        return _check("sounddevice", title, "missing", detail, package_hint("sounddevice"))
    return _check("sounddevice", title, "ok", sound.package or "")


def _portaudio(sound: SoundCheck) -> Check:
    title = "Library PortAudio"
    if sound.portaudio:
        return _check("portaudio", title, "ok", sound.portaudio)
    if sound.problem == "hanging":  # only PortAudio asks the sound server
        return _check("portaudio", title, "ok", "It was found.")
    if sound.problem == "failed":
        remedy = package_hint("sounddevice", again=True)
        return _check("portaudio", title, "broken", sound.detail, remedy)
    library = find_library("portaudio")
    if sound.problem == "no package" and library:
        return _check("portaudio", title, "ok", library)
    state: State = "broken" if library else "missing"
    detail = sound.detail if sound.problem == "no portaudio" else "It was not found."
    return _check("portaudio", title, state, detail, _portaudio_hint(again=library is not None))


def _portaudio_hint(*, again: bool) -> str:
    if sys.platform in ("win32", "darwin"):  # the package brings it along
        return package_hint("sounddevice", again=True)
    return install_hint("libportaudio2", "portaudio", "portaudio", "portaudio", again=again)


def _microphone(sound: SoundCheck) -> Check:
    title = "Microphone"
    if sound.default:
        more = f" and {len(sound.devices) - 1} more" if len(sound.devices) > 1 else ""
        return _check("microphone", title, "ok", f"{sound.default.name}{more}")
    if sound.problem == "no device":
        return _check("microphone", title, "missing", "None was found.", microphone_hint())
    if sound.problem == "hanging":
        detail = "The sound server does not answer."
        return _check("microphone", title, "broken", detail, sound_server_hint())
    if sound.portaudio:
        return _check("microphone", title, "broken", sound.detail, sound_server_hint())
    detail = "It was not looked for: that needs the package and PortAudio."
    cause = _package(sound) if sound.problem == "no package" else _portaudio(sound)
    return _check("microphone", title, "missing", detail, cause.remedy)


def _check(id: str, title: str, state: State, detail: str, remedy: str = "") -> Check:  # noqa: A002
    return Check(id, title, state, one_line(detail), remedy, "voice")
