"""What this machine offers to record with, asked of a child process."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from typing import Literal

from trainer.children.parent import ChildResult, run_child

# The child needs 0.3 s; a cold disk and a busy machine may need ten times that.
PROBE_TIMEOUT_S = 5.0

Problem = Literal["no package", "no portaudio", "no device", "hanging", "failed"]


@dataclass(frozen=True, slots=True)
class InputDevice:
    """A device that sound can be recorded from, as PortAudio names it."""

    name: str
    channels: int
    rate_hz: float
    default: bool


@dataclass(frozen=True, slots=True)
class SoundCheck:
    """What was found on the way to a microphone, and the first thing that stands in the way.

    `package` is sounddevice's version and `portaudio` what PortAudio says of itself, each None
    where it was not reached. `hanging`: the sound server does not answer. `output` is what is
    played to when nothing else is chosen, None where there is no loudspeaker.
    """

    package: str | None = None
    portaudio: str | None = None
    devices: tuple[InputDevice, ...] = ()
    problem: Problem | None = None
    detail: str = ""
    output: str | None = None

    @property
    def default(self) -> InputDevice | None:
        """The device that is used when none is chosen."""
        return next((d for d in self.devices if d.default), next(iter(self.devices), None))


def check_sound(timeout_s: float = PROBE_TIMEOUT_S) -> SoundCheck:
    """Look for a microphone. Nothing is recorded, and a hanging sound server is not waited for."""
    try:
        package = metadata.version("sounddevice")
    except metadata.PackageNotFoundError:
        return SoundCheck(problem="no package")
    return _read(package, run_child("trainer.capture.probe", timeout_s=timeout_s))


def _read(package: str, result: ChildResult) -> SoundCheck:
    if not result.messages:
        problem: Problem = "hanging" if result.timed_out else "failed"
        return SoundCheck(package, problem=problem, detail=f"exit code {result.exit_code}")
    found = result.messages[-1]
    devices = tuple(InputDevice(**device) for device in found.get("devices", ()))
    return SoundCheck(
        package,
        found.get("portaudio"),
        devices,
        found.get("problem"),
        found.get("detail", ""),
        found.get("output"),
    )
