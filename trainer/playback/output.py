"""The way to the loudspeaker, in the child: a queue of blocks that PortAudio's thread empties."""

from __future__ import annotations

import queue
import threading
import time
from typing import Any

from trainer.audio.format import SAMPLE_BYTES
from trainer.audio.portaudio import find_device, load, reason
from trainer.children.child import Problem

BLOCK_S = 0.05
BLOCKS_AHEAD = 20
# What lies ready in the sound system: a busy machine must not make gaps. Stopping drops it.
LATENCY_S = 0.25
# The sound card may be this much later than PortAudio says: the last word must be heard.
TAIL_S = 0.15
LONGEST_LATENCY_S = 2.0
# PortAudio's codes (portaudio.h). -9993, "Illegal combination of I/O devices", and -9999, an error
# of the system: the device that was listed is gone, mostly because its sound server is.
_CODES: dict[int | None, str] = {-9985: "in use", -9993: "no server", -9999: "no server"}


class Output:
    """A stream to the loudspeaker: mono at `rate_hz` where it can be had, else as the device is.

    It is opened in a thread, because a frozen sound server never answers; `opened` is set after
    that, also in vain (`failure`). What `blocks` gets is heard after `start`; None ends it.
    `rate_hz`, `channels` and `block_samples` hold for the blocks once it is opened.
    """

    def __init__(self, rate_hz: int, device: str | None) -> None:
        self.rate_hz, self.channels = rate_hz, 1
        self.blocks: queue.Queue[bytes | None] = queue.Queue(BLOCKS_AHEAD)
        self.opened = threading.Event()
        self.begun = threading.Event()
        """PortAudio has taken the first block."""
        self.ended = threading.Event()
        """The stream ended by itself, or could not be started: see `failure`."""
        self.failure: Problem | None = None
        self._may_start = threading.Event()
        self._latency_s = 0.0
        self._called_at = time.monotonic()
        self._given = 0
        self._all_given = False
        # How many samples were given before the last block, and when that block is heard.
        self._last_block = (0, 0.0)
        threading.Thread(target=self._run, args=(device,), daemon=True).start()

    @property
    def block_samples(self) -> int:
        """How many samples of each channel a block has."""
        return round(BLOCK_S * self.rate_hz)

    @property
    def position_s(self) -> float:
        """How many seconds of the blocks were heard."""
        before, heard_at = self._last_block
        samples = before + (time.monotonic() - heard_at) * self.rate_hz
        return max(0.0, min(samples, self._given)) / self.rate_hz

    @property
    def done(self) -> bool:
        """Whether every block was heard."""
        before, heard_at = self._last_block
        end = heard_at + (self._given - before) / self.rate_hz
        return self._all_given and time.monotonic() > end + TAIL_S

    @property
    def silent_s(self) -> float:
        """Since when PortAudio has not asked for a block, in seconds."""
        return time.monotonic() - self._called_at

    def start(self) -> None:
        """Let the sound begin. The first blocks should be there."""
        self._called_at = time.monotonic()
        self._may_start.set()

    def _run(self, device: str | None) -> None:
        try:
            stream = self._open(device)
            self.opened.set()
            self._may_start.wait()
            stream.start()
        except Problem as problem:
            self.failure = problem
        except Exception as error:  # noqa: BLE001 - told to the parent, whatever it is
            code = error.args[1] if len(error.args) > 1 else None
            self.failure = Problem(_CODES.get(code, "failed"), reason(error))
        if self.failure:
            self.ended.set()
            self.opened.set()

    def _open(self, device: str | None) -> Any:
        sounddevice = load()
        found = find_device(sounddevice, "output", device)

        def open_stream() -> Any:
            stream = sounddevice.RawOutputStream(
                device=found["index"],
                samplerate=self.rate_hz,
                channels=self.channels,
                dtype="int16",
                blocksize=self.block_samples,
                latency=max(LATENCY_S, found["default_high_output_latency"]),
                prime_output_buffers_using_stream_callback=True,
                callback=self._give,
                finished_callback=self.ended.set,
            )
            self._latency_s = stream.latency
            return stream

        try:
            return open_stream()
        except sounddevice.PortAudioError:
            # Some devices know one rate only, and no single channel.
            self.rate_hz = round(found["default_samplerate"])
            self.channels = min(2, found["max_output_channels"])
            return open_stream()

    def _give(self, out: Any, frames: int, times: Any, status: object) -> None:
        """Fill one block, in PortAudio's thread; with silence where there is none."""
        self._called_at = time.monotonic()
        block: bytes | None = b""
        if not self.blocks.empty():
            block = self.blocks.get_nowait()
        if block is None:
            self._all_given = True
        block = block or b""
        out[: len(block)] = block
        out[len(block) :] = bytes(len(out) - len(block))
        if block:
            ahead_s = times.outputBufferDacTime - times.currentTime
            if not 0 <= ahead_s <= LONGEST_LATENCY_S:  # some sound systems do not say
                ahead_s = self._latency_s
            self._last_block = (self._given, self._called_at + ahead_s)
            self._given += len(block) // (SAMPLE_BYTES * self.channels)
        self.begun.set()
