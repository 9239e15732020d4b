"""The recorder as its parent sees it: a child that may hang or crash, and takes no sound along."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from trainer.capture.files import length_s, mend
from trainer.capture.problems import explain
from trainer.capture.types import RecorderPhase, RecorderState
from trainer.children.parent import Child
from trainer.errors import SoundError

LONGEST_S = 15 * 60.0
"""No answer is that long: a recording that reaches it was forgotten."""
RESERVE_BYTES = 200_000_000
"""What is left on the disk for everything else. Fifteen minutes of sound are 29 MB."""
LOOK_EVERY_S = 1.0
SILENT_LOOKS = 8
"""A child that tells nothing from look to look is frozen: it tells levels twenty times a second,
and gives up on a microphone that does not open after five seconds."""


class Recorder:
    """Records from a microphone into `file`, in a child process that is started at once.

    `device` is the microphone's name as `check_sound` lists it, None for the default one. Without
    a file only levels come. No file is made before the first sound that is kept; one that exists is
    continued. It ends by itself after `longest_s` seconds of sound, with less than `reserve_bytes`
    left on the disk, and when the microphone fails; `state().problem` then says so.
    """

    def __init__(
        self,
        file: Path | None,
        device: str | None = None,
        *,
        longest_s: float = LONGEST_S,
        reserve_bytes: int = RESERVE_BYTES,
    ) -> None:
        self._file = file
        self._device = device
        self._state = RecorderState(length_s=self._length_s())
        self._stopping = False
        self._closing = False
        self._told: dict[str, Any] = {}
        self._messages = 0
        self._ended = threading.Event()
        self._child: Child | None = None
        order = {
            "file": None if file is None else str(file.absolute()),
            "device": device,
            "longest_s": longest_s,
            "reserve_bytes": reserve_bytes,
        }
        try:
            self._child = Child(
                "trainer.capture.recording",
                [json.dumps(order)],
                on_message=self._hear,
                on_end=self._finish,
            )
        except OSError as error:
            self._told = {"problem": "failed", "detail": error.strerror or str(error)}
            self._finish(1)
        else:
            threading.Thread(target=self._watch, args=(self._child,), daemon=True).start()

    def record(self) -> None:
        """Keep the sound from now on. Does nothing without a file, or after `stop`."""
        self._tell("record")

    def pause(self) -> None:
        """Keep nothing from now on; levels still come."""
        self._tell("pause")

    def stop(self) -> None:
        """Keep half a second more, write the sizes, and end. Where nothing is kept: end at once."""
        self._stopping = True
        self._tell("stop")

    def state(self) -> RecorderState:
        """Return how things stood a moment ago."""
        state = self._state
        if self._stopping and state.phase is not RecorderPhase.ENDED:
            return replace(state, phase=RecorderPhase.STOPPING)
        return state

    def wait(self, timeout_s: float) -> RecorderState:
        """Return the state as soon as the recorder has ended, or after `timeout_s`."""
        self._ended.wait(timeout_s)
        return self.state()

    def close(self) -> None:
        """End the child whatever it does, in some 3 s at most. What came until now is kept."""
        self._closing = True
        if self._child:
            self._child.close()
        self._ended.wait(1.0)

    def _tell(self, command: str) -> None:
        if self._child:
            self._child.tell({"do": command})

    def _watch(self, child: Child) -> None:
        """End a child that has frozen: what it has put on disk counts.

        Looks are counted and not seconds, because this process may have stood still itself.
        """
        silent = before = 0
        while silent < SILENT_LOOKS and not self._ended.wait(LOOK_EVERY_S):
            silent = silent + 1 if self._messages == before else 0
            before = self._messages
        if not self._ended.is_set():
            child.close()

    def _hear(self, message: dict[str, Any]) -> None:
        self._messages += 1
        if message["phase"] == RecorderPhase.ENDED:
            self._told = message
            return
        self._state = RecorderState(
            phase=RecorderPhase(message["phase"]),
            length_s=message["length_s"],
            level_dbfs=message["level_dbfs"],
            peak_dbfs=message["peak_dbfs"],
            clipped=message["clipped"],
            behind_s=message["behind_s"],
            device=message["device"],
        )

    def _finish(self, exit_code: int) -> None:
        """The child is gone: what is on disk counts, whatever it said last."""
        told = self._told
        as_told = self._closing or (self._stopping and told)
        if "problem" not in told and not as_told:
            told = {"problem": "died", "detail": f"exit code {exit_code}"}
        trouble: SoundError | None = None
        try:
            found_s = mend(self._file) if self._file else 0.0
        except OSError as error:
            found_s = self._length_s()
            told = {"problem": "disk", "detail": error.strerror, "errno": error.errno, **told}
        if "problem" in told:
            trouble = explain(
                told["problem"],
                told.get("detail") or "",
                file=self._file,
                length_s=found_s,
                device=self._state.device or self._device,
                error=told.get("errno"),
            )
        self._state = replace(
            self._state, phase=RecorderPhase.ENDED, length_s=found_s, problem=trouble
        )
        self._ended.set()

    def _length_s(self) -> float:
        return length_s(self._file) if self._file else 0.0
