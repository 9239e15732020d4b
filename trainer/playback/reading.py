"""A text read aloud: first spoken into a file by the system's program, then played. Parent's side.

One child speaks and keeps the file, another one plays it. Both end with this process, and the
file goes with them.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from trainer.children.parent import Child
from trainer.errors import SoundError
from trainer.playback.player import Player, PlayerPhase
from trainer.playback.synthesis import LIMIT_S
from trainer.playback.utterance import utterance

GRACE_S = 2.0
"""How much longer than its own limit the child is waited for: on an old machine it starts late."""

_PLAYER_LOOK_S = 0.05


class ReadingPhase(StrEnum):
    """Where a reading stands."""

    PREPARING = "preparing"
    SOUNDING = "sounding"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ReadingState:
    """A reading as it was a moment ago; `sounded` tells whether any of it was heard.

    One that `ENDED` with a `problem` ended by itself.
    """

    phase: ReadingPhase
    sounded: bool = False
    problem: SoundError | None = None


def try_speech(program: str) -> SoundError | None:
    """Return why a speech program does not speak, None where it does. Nothing is played."""
    answers: SimpleQueue[dict[str, Any]] = SimpleQueue()
    try:
        synthesis = _begin(program, 160, answers.put)
    except OSError as error:
        return explain("died", error.strerror or str(error))
    try:
        synthesis.tell({"text": "Good morning."})
        answer = answers.get(timeout=LIMIT_S + GRACE_S)
    except Empty:
        return explain("slow")
    finally:
        synthesis.close()
    return None if "file" in answer else explain(answer["problem"], answer["detail"])


def _begin(program: str, words_a_minute: int, hear: Callable[[dict[str, Any]], None]) -> Child:
    order = {"program": program, "words_a_minute": words_a_minute}
    return Child(
        "trainer.playback.synthesis",
        [json.dumps(order)],
        on_message=hear,
        on_end=lambda code: hear({"problem": "died", "detail": f"exit code {code}"}),
    )


class Reading:
    """Reads `text` aloud with a speech program, about `words_a_minute`.

    It begins at once and returns at once; it ends by itself. Nothing is raised: `state` tells.
    `device` is the loudspeaker's name, None for the system's own.
    """

    def __init__(
        self, text: str, program: str, words_a_minute: int, device: str | None = None
    ) -> None:
        self._changing = threading.Lock()
        self._state = ReadingState(ReadingPhase.PREPARING)
        self._stopping = threading.Event()
        self._answered = threading.Event()
        self._answer: dict[str, Any] = {}
        self._player: Player | None = None
        self._thread = threading.Thread(
            target=self._read,
            args=(utterance(text), program, words_a_minute, device),
            name="reading",
            daemon=True,
        )
        self._thread.start()

    def state(self) -> ReadingState:
        """Return where it stands. Cheap: may be asked many times a second."""
        return self._state

    def stop(self) -> None:
        """End the sound at once; `state` says `ENDED` a moment later. Waits for nothing."""
        self._stopping.set()
        self._answered.set()
        with self._changing:
            if self._player:
                self._player.stop()

    def close(self) -> None:
        """End it, whatever it does, and wait for that; at most some seconds."""
        self.stop()
        self._thread.join(LIMIT_S)

    def _read(self, text: str, program: str, words_a_minute: int, device: str | None) -> None:
        if not text:
            self._finish(SoundError(f"{NOT_READ} It has no words that can be spoken.", _READ_IT))
            return
        try:
            synthesis = _begin(program, words_a_minute, self._hear)
        except OSError as error:  # no more processes, no more memory
            self._finish(explain("died", error.strerror or str(error)))
            return
        problem: SoundError | None = None
        try:
            problem = self._speak_and_play(synthesis, text, device)
        finally:
            # What plays has ended before this, so nobody holds the file.
            self._finish(None if self._stopping.is_set() else problem)
            synthesis.close()

    def _speak_and_play(self, synthesis: Child, text: str, device: str | None) -> SoundError | None:
        synthesis.tell({"text": text})
        if not self._answered.wait(LIMIT_S + GRACE_S):
            return explain("slow")
        if "file" not in self._answer:
            return explain(self._answer.get("problem", ""), self._answer.get("detail", ""))
        with self._changing:
            if self._stopping.is_set():
                return None
            self._player = Player(Path(self._answer["file"]), device=device)
        try:
            return self._follow(self._player)
        finally:
            self._player.close()

    def _follow(self, player: Player) -> SoundError | None:
        """Tell where the player is until it has ended; return what went wrong."""
        while (state := player.wait(_PLAYER_LOOK_S)).phase is not PlayerPhase.ENDED:
            if state.phase is PlayerPhase.PLAYING and self._state.phase is ReadingPhase.PREPARING:
                self._state = ReadingState(ReadingPhase.SOUNDING, sounded=True)
        if state.problem is None:
            return None
        what = state.problem.message.partition(". ")[0].removesuffix(".")
        return SoundError(f"{NOT_READ} {what}.", state.problem.hint)

    def _hear(self, message: dict[str, Any]) -> None:
        if not self._answered.is_set():
            self._answer = message
            self._answered.set()

    def _finish(self, problem: SoundError | None) -> None:
        if self._state.phase is not ReadingPhase.ENDED:
            self._state = ReadingState(ReadingPhase.ENDED, self._state.sounded, problem)


NOT_READ = "The question cannot be read aloud."
_READ_IT = "Read it on the screen."


def explain(kind: str, detail: str = "") -> SoundError:
    """Return the error for a problem of the child, of `kind`, with what it says of it."""
    from trainer.display import one_line
    from trainer.system import speech_hint  # asyncio: 30 ms

    detail = one_line(detail, 100)
    match kind:
        case "no program":
            return SoundError(f"{NOT_READ} The speech program is missing.", speech_hint())
        case "no speech":
            return SoundError(
                f"{NOT_READ} The speech program failed ({detail}).", speech_hint(again=True)
            )
        case "slow":
            return SoundError(
                f"{NOT_READ} The speech program does not answer.", speech_hint(again=True)
            )
        case "no room":
            return SoundError(
                f"{NOT_READ} Its sound cannot be written: {detail}.",
                "Free some space on the disk, or turn reading off in the settings.",
            )
        case _:
            return SoundError(f"{NOT_READ} The reader ended by itself ({detail}).", _READ_IT)
