"""Child process: plays a part of a recording, and says ten times a second where it is.

Its argument is a JSON object with `file`, `from_s`, `to_s`, `speed` and `device`. It says
`{"at_s": ...}` while it plays, then `{"ended": true}` or `{"problem": ..., "detail": ...}`.
`{"stop": true}`, or the end of its standard input, ends the process and with it the sound:
PortAudio is not asked, because it hangs with its sound server.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trainer.audio.format import SAMPLE_BYTES
from trainer.audio.reading import NotARecording
from trainer.children.child import Problem, leave, listen, say
from trainer.playback.output import Output
from trainer.playback.parts import NothingThere, Part, open_part

REPORT_S = 0.1
# A frozen sound server never answers; one that has to be started does so within a second.
OPEN_LIMIT_S = 4.0
STALL_S = 1.5
BLOCKS_TO_BEGIN = 8


def play(order: dict[str, Any]) -> None:
    """Play what the parent ordered, and tell it where that is. Raises `Problem`."""
    part = _open_part(order)
    if not part.samples:
        return
    speed = float(order["speed"])
    output = Output(part.rate_hz, order["device"])
    if not output.opened.wait(OPEN_LIMIT_S):
        raise Problem("hanging")
    if output.failure:
        raise output.failure
    feeder = Feeder(part, speed, output)
    feeder.fed.wait()
    output.start()
    output.begun.wait(STALL_S)
    while not output.done:
        if output.silent_s > STALL_S:
            raise Problem("hanging")
        if feeder.failure:
            raise feeder.failure
        say({"at_s": min(part.end_s, part.start_s + output.position_s * speed)})
        if output.ended.wait(REPORT_S):
            raise output.failure or Problem("lost")
    say({"at_s": part.end_s})


class Feeder:
    """A thread that fills the output's queue from the file. `fed`: enough is there to begin."""

    def __init__(self, part: Part, speed: float, output: Output) -> None:
        self.fed = threading.Event()
        self.failure: Problem | None = None
        threading.Thread(target=self._feed, args=(part, speed, output), daemon=True).start()

    def _feed(self, part: Part, speed: float, output: Output) -> None:
        try:
            for block in _blocks(_sound(part, speed, output), output):
                output.blocks.put(block)
                if output.blocks.qsize() >= BLOCKS_TO_BEGIN:
                    self.fed.set()
        except Exception as error:  # noqa: BLE001 - a disk that goes away, told to the parent
            self.failure = Problem("unreadable", str(error))
        output.blocks.put(None)
        self.fed.set()


def _open_part(order: dict[str, Any]) -> Part:
    try:
        return open_part(Path(order["file"]), order["from_s"], order["to_s"])
    except FileNotFoundError:
        raise Problem("missing") from None
    except OSError as error:
        raise Problem("unreadable", error.strerror or str(error)) from None
    except NotARecording:
        raise Problem("no recording") from None
    except NothingThere as error:
        kind = "beyond" if error.length_s else "empty"
        raise Problem(kind, f"{error.length_s:.1f}") from None


def _sound(part: Part, speed: float, output: Output) -> Iterator[bytes]:
    """Return the part at its speed, and as the device wants it."""
    pieces = part.pieces(output.block_samples)
    if speed != 1.0:
        from trainer.playback.stretching import stretch  # numpy: 100 ms

        pieces = stretch(part.read, part.samples, speed, part.rate_hz)
    if (output.rate_hz, output.channels) != (part.rate_hz, 1):
        from trainer.playback.resampling import resample  # numpy and soxr: 100 ms

        pieces = resample(pieces, part.rate_hz, output.rate_hz, output.channels)
    return pieces


def _blocks(pieces: Iterator[bytes], output: Output) -> Iterator[bytes]:
    """Return the same sound in pieces of the output's block size; the last may be shorter."""
    size = output.block_samples * output.channels * SAMPLE_BYTES
    left = b""
    for piece in pieces:
        left += piece
        while len(left) >= size:
            yield left[:size]
            left = left[size:]
    if left:
        yield left


def _obey(message: dict[str, Any]) -> None:
    if message.get("stop"):
        say({"ended": True})
        leave()


if __name__ == "__main__":
    listen(_obey)
    try:
        play(json.loads(sys.argv[1]))
        say({"ended": True})
    except Problem as problem:
        say(problem.message)
    leave()
