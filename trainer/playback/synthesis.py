"""Child process: speaks a text into a sound file, and keeps that file until its parent is gone.

Its argument is a JSON object with `program` and `words_a_minute`. It is told `{"text": ...}`, says
`{"file": ...}` or `{"problem": ..., "detail": ...}`, and ends when its standard input does: then
the file goes with its private folder, and a program that still works is ended.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from trainer.audio.format import header
from trainer.children.child import Problem, leave, listen, on_signals, say
from trainer.playback.chunks import NotASpeech, speech_in
from trainer.scratch import Scratch
from trainer.system import end_with_all, speech_commands

LIMIT_S = 10.0
"""How long a program may work: espeak-ng needs 0.03 s, PowerShell on an old machine seconds."""

MOST_BYTES = 20_000_000
"""Of a speech: over three minutes at 48,000 samples a second. More is no question."""


class Synthesis:
    """The private folder, and the program that works in it. `end` may be called by any thread."""

    def __init__(self) -> None:
        self._changing = threading.RLock()  # a signal may come while the main thread has it
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False
        self._scratch = Scratch()

    def speak(self, text: str, program: str, words_a_minute: int) -> Path:
        """Return the sound file, one as recordings are. Raises `Problem`."""
        spoken = self._scratch.folder / "spoken.wav"
        for command in speech_commands(program, spoken, words_a_minute):
            failure = self._run(command, text)
            if failure is None:
                break
        else:
            raise failure or Problem("no speech")
        try:
            if spoken.stat().st_size > MOST_BYTES:
                raise Problem("no speech", "its file is too long")
            pcm, rate_hz = speech_in(spoken.read_bytes())
        except OSError as error:
            raise Problem("no speech", error.strerror or str(error)) from None
        except NotASpeech:
            raise Problem("no speech", "its file is no sound") from None
        file = self._scratch.folder / "question.wav"
        file.write_bytes(header(len(pcm), rate_hz) + pcm)
        spoken.unlink()
        return file

    def _run(self, command: list[str], text: str) -> Problem | None:
        """Run one command; return why it failed, None where it did not. Raises `Problem`."""
        with self._changing:
            if self._ended:
                raise Problem("ended")
            try:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            except OSError as error:
                raise Problem("no program", error.strerror or str(error)) from None
        try:
            self._process.communicate(text.encode(), LIMIT_S)
        except subprocess.TimeoutExpired:
            end_with_all(self._process)
            self._process.wait()
            raise Problem("slow") from None
        if self._process.returncode == 0:
            return None
        return Problem("no speech", f"exit code {self._process.returncode}")

    def end(self) -> None:
        """End the program and remove the folder."""
        with self._changing:
            self._ended = True
            if self._process and self._process.poll() is None:
                end_with_all(self._process)
        self._scratch.close()


def main() -> None:
    """Do what the parent ordered."""
    texts: SimpleQueue[str] = SimpleQueue()
    synthesis = Synthesis()

    def obey(message: dict[str, Any]) -> None:
        texts.put(message["text"])

    def leave_nothing() -> None:
        synthesis.end()
        leave()

    on_signals(leave_nothing)
    listen(obey, synthesis.end)
    order = json.loads(sys.argv[1])
    try:
        file = synthesis.speak(texts.get(), order["program"], order["words_a_minute"])
    except Problem as problem:
        synthesis.end()
        say(problem.message)
        leave()
    except OSError as error:
        synthesis.end()
        say(Problem("no room", error.strerror or str(error)).message)
        leave()
    say({"file": str(file)})
    threading.Event().wait()


if __name__ == "__main__":
    main()
