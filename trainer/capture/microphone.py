"""Opening a microphone, in the recorder's child only: every call here may hang for ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from trainer.audio.format import RATE_HZ
from trainer.audio.portaudio import find_device, load, reason
from trainer.capture.types import BLOCK_S
from trainer.children.child import Problem

Refusal = Literal[
    "no package",
    "no portaudio",
    "no device",
    "unknown device",
    "in use",
    "refused rate",
    "no server",
    "failed",
]

# PortAudio's codes (portaudio.h).
_INVALID_RATE = -9997
_CODES: dict[int, Refusal] = {
    _INVALID_RATE: "refused rate",
    -9996: "unknown device",
    -9993: "no server",  # "Illegal combination of I/O devices": the one that was listed is gone
    -9985: "in use",
}
# A block that is said to be this late at the best of times comes with a clock that is not right.
_LATEST_S = 2.0


@dataclass(frozen=True, slots=True)
class Block:
    """Some milliseconds of sound. Times are those of `time.monotonic`.

    `late_s` is how long the sound system kept it back.
    """

    pcm: bytes
    came: float
    late_s: float
    overflowed: bool


class Microphone:
    """An open microphone, mono, 16 bits, at `rate_hz`: `RATE_HZ`, or its own where it insists.

    `on_block` and `on_lost` are called in a thread of PortAudio's. Raises `Problem`.
    """

    def __init__(
        self,
        device: str | None,
        on_block: Callable[[Block], None],
        on_lost: Callable[[], None],
    ) -> None:
        self._on_block = on_block
        self._soonest_s = float("inf")
        sounddevice = load()
        try:
            found = find_device(sounddevice, "input", device)
            self.name: str = found["name"]
            self.rate_hz, self._stream = self._open(sounddevice, found, on_lost)
            self._stream.start()
        except sounddevice.PortAudioError as error:
            code = error.args[1] if len(error.args) > 1 else 0
            raise Problem(_CODES.get(code, "failed"), reason(error)) from error

    def close(self) -> None:
        """Give the microphone back. May hang."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)

    def _open(self, sounddevice: Any, found: Any, on_lost: Callable[[], None]) -> tuple[int, Any]:
        own = round(found["default_samplerate"])
        for rate_hz in dict.fromkeys((RATE_HZ, own)):
            try:
                return rate_hz, sounddevice.RawInputStream(
                    device=found["index"],
                    samplerate=rate_hz,
                    channels=1,
                    dtype="int16",
                    blocksize=round(rate_hz * BLOCK_S),
                    latency="high",
                    callback=self._hear,
                    finished_callback=on_lost,
                )
            except sounddevice.PortAudioError as error:
                if error.args[1:2] != (_INVALID_RATE,) or rate_hz == own:
                    raise
        raise AssertionError("one rate is tried at least")

    def _hear(self, pcm: Any, frames: int, clock: Any, status: Any) -> None:
        late_s = clock.currentTime - clock.inputBufferAdcTime
        self._soonest_s = min(self._soonest_s, max(late_s, 0.0))
        if self._soonest_s > _LATEST_S:
            late_s = 0.0
        block = Block(bytes(pcm), time.monotonic(), max(late_s, 0.0), bool(status.input_overflow))
        self._on_block(block)
