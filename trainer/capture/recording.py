"""Child process: a microphone whose sound goes to disk as it comes.

One thread (the main one) takes everything from one queue: blocks of sound from PortAudio's thread,
what the parent tells, and the parent's end. So there is an order of things, and nothing to lock.
Opening and closing happen in threads that are not waited for longer than they deserve: with a
frozen sound server only the end of the process gets rid of them.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from trainer.capture.keeping import Keeper, LimitError
from trainer.capture.meter import Meter
from trainer.capture.microphone import Block, Microphone
from trainer.capture.resampling import Resampler
from trainer.capture.take import Take
from trainer.capture.telling import Teller
from trainer.capture.types import RecorderPhase
from trainer.children.child import Problem, listen, on_signals

OPEN_S = 5.0
"""How long opening may take, and then the first sound; a headset on the air may need seconds."""
STALL_S = 1.5
TAIL_S = 0.5
"""How much is kept past `stop`: people press the key on their last word."""
LATEST_STOP_S = 5.0
"""When a stop ends the recording although the sound until then has not come."""
CLOSE_S = 1.0
LAST_WORDS_S = 0.5
"""How long keeping the last blocks, or telling the last state, may take when the parent ends."""
OVERSLEPT_S = 0.5


@dataclass(frozen=True, slots=True)
class Order:
    """What to record where. `file` None: only levels; `device` None: the default one.

    It ends by itself at `longest_s` of sound, or when less than `reserve_bytes` are left on disk.
    """

    file: Path | None
    device: str | None
    longest_s: float
    reserve_bytes: int


class Recording:
    """The state of the one recording of this process; `run` returns when it is over."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._queue: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._teller = Teller()
        self._microphone: Microphone | None = None
        self._meter = Meter()
        self._take = Take(order.file) if order.file else None
        self._keeper = (
            Keeper(self._take, order.longest_s, order.reserve_bytes) if self._take else None
        )
        self._stop_at = inf
        self._behind_s = 0.0
        self._sounded = False
        self._over = False
        self._left = False
        self._problem: dict[str, object] | None = None
        self._done = threading.Event()
        self._deadline = time.monotonic() + OPEN_S

    def run(self) -> None:
        """Record until the end, whatever brings it, and leave the file whole."""
        threading.Thread(target=self._open, daemon=True).start()
        while not self._over:
            happening = self._next()
            if happening:
                happening()
            else:
                self._miss()
        try:
            if self._take:
                self._take.settle()
                self._take.close()
        except OSError as error:
            self._fail(error)
        if self._microphone and not self._left:
            self._give_back(self._microphone)
        self._tell(RecorderPhase.ENDED)
        self._teller.finish(LAST_WORDS_S if self._left else None)
        self._done.set()

    def hear(self, message: dict[str, Any]) -> None:
        """Take in what the parent tells. Called in another thread."""
        told = time.monotonic()
        self._queue.put(lambda: self._obey(str(message.get("do")), told))

    def end(self) -> None:
        """The parent is gone, or wants this process gone. Returns when all that came is kept."""
        self.abandon()
        self._done.wait(LAST_WORDS_S)

    def abandon(self) -> None:
        """End after what is in the queue, without a proper goodbye to the microphone."""
        self._queue.put(self._abandon)

    def _abandon(self) -> None:
        self._over = self._left = True

    def _open(self) -> None:
        try:
            microphone = Microphone(
                self._order.device,
                on_block=lambda block: self._queue.put(lambda: self._take_in(block)),
                on_lost=lambda: self._queue.put(lambda: self._break_off("lost")),
            )
            resampler = Resampler(microphone.rate_hz)
        except Problem as problem:
            kind, detail = problem.kind, problem.detail
            self._queue.put(lambda: self._break_off(kind, detail))
        except Exception as error:  # noqa: BLE001 - else a fault here would look like hanging
            text = f"{type(error).__name__}: {error}"
            self._queue.put(lambda: self._break_off("failed", text))
        else:
            self._queue.put(lambda: self._begin(microphone, resampler))

    def _begin(self, microphone: Microphone, resampler: Resampler) -> None:
        self._microphone = microphone
        if self._keeper:
            self._keeper.device = microphone.name
            self._keeper.rate_hz, self._keeper.resampler = microphone.rate_hz, resampler
        self._deadline = time.monotonic() + OPEN_S

    def _next(self) -> Callable[[], None] | None:
        """Return the next thing that happened, or None where it is overdue."""
        while True:
            began = time.monotonic()
            patience_s = self._deadline - began
            try:
                return self._queue.get(timeout=max(patience_s, 0.0))
            except queue.Empty:
                if time.monotonic() - began < max(patience_s, 0.0) + OVERSLEPT_S:
                    return None
            # It was this process that stood still. The sound system gets a new chance.
            self._deadline = time.monotonic() + STALL_S

    def _miss(self) -> None:
        self._break_off("stalled" if self._microphone else "hanging")

    def _obey(self, command: str, told: float) -> None:
        if self._stop_at < inf:
            return
        if command == "stop":
            self._stop_at = told
        if self._keeper:
            if command == "record":
                self._keeper.begin(told)
            elif command == "pause":
                self._keeper.end(told)
            elif command == "stop":
                self._keeper.end(told + TAIL_S)
        self._over = self._stop_at < inf and not (self._sounded and self._waiting)
        self._tell()

    def _take_in(self, block: Block) -> None:
        if not self._microphone:
            return  # it sounds already, and what is needed to keep it is still being loaded
        now = time.monotonic()
        self._deadline = now + STALL_S
        self._sounded = True
        late_s = block.late_s + now - block.came
        self._behind_s = max(self._behind_s, late_s)
        self._meter.hear(block.pcm)
        try:
            if self._keeper:
                self._keeper.hear(block, late_s)
        except LimitError as limit:
            self._break_off(str(limit))
        except OSError as error:
            self._fail(error)
        if self._stop_at < inf and (not self._waiting or now > self._stop_at + LATEST_STOP_S):
            self._over = True
        if self._queue.empty() or self._over:
            self._tell()

    def _break_off(self, problem: str, detail: str = "") -> None:
        """End for another reason than a command. After `stop` that is no problem any more."""
        self._over = True
        if self._take:
            self._take.note(problem)
        if self._stop_at == inf and not self._problem:
            self._problem = {"problem": problem, "detail": detail}

    def _fail(self, error: OSError) -> None:
        """End because the disk takes no more, whether or not the end was near."""
        detail = error.strerror or str(error)
        self._problem = self._problem or {"problem": "disk", "detail": detail, "errno": error.errno}
        self._over = True

    def _give_back(self, microphone: Microphone) -> None:
        closing = threading.Thread(target=microphone.close, daemon=True)
        closing.start()
        closing.join(CLOSE_S)

    @property
    def _waiting(self) -> bool:
        return self._keeper is not None and self._keeper.waiting

    @property
    def _name(self) -> str:
        return self._microphone.name if self._microphone else ""

    @property
    def _phase(self) -> RecorderPhase:
        if self._stop_at < inf:
            return RecorderPhase.STOPPING
        if not self._sounded:
            return RecorderPhase.OPENING
        if self._keeper and self._keeper.keeping:
            return RecorderPhase.RECORDING
        return RecorderPhase.PAUSED if self._keeper and self._keeper.paused else RecorderPhase.READY

    def _tell(self, phase: RecorderPhase | None = None) -> None:
        level_dbfs, peak_dbfs, clipped = self._meter.read()
        state: dict[str, object] = {
            "phase": phase or self._phase,
            "length_s": self._take.length_s if self._take else 0.0,
            "level_dbfs": round(level_dbfs, 1),
            "peak_dbfs": round(peak_dbfs, 1),
            "clipped": clipped,
            "behind_s": round(self._behind_s, 2),
            "device": self._name,
        }
        self._behind_s = 0.0
        if phase is RecorderPhase.ENDED:
            state |= self._problem or {}
        self._teller.tell(state)


def main() -> None:
    """Record as the first argument (JSON) orders."""
    order = json.loads(sys.argv[1])
    recording = Recording(
        Order(
            Path(order["file"]) if order["file"] else None,
            order["device"],
            order["longest_s"],
            order["reserve_bytes"],
        )
    )
    on_signals(recording.abandon)
    listen(recording.hear, on_end=recording.end)
    recording.run()
    os._exit(0)  # not even a last flush: the thread that tells may stand in one


if __name__ == "__main__":
    main()
