"""The recogniser's child: reads a recording that grows, and says its words.

    python -m trainer.transcript.recognising ENGINE FOLDER [FILE FROM_S]

ENGINE is "vosk" with the FOLDER of a model, or "builtin" with an empty one. First it tries itself
with silence and a short clip. Then it says, as JSON objects in lines, `ready`, and for FILE:

- `words` as [word, start_s, end_s, confidence] and `until_s`: these are final, and so is
  everything in the sound before `until_s`;
- `partial`: what the sound after that seems to say;
- `read_s`: how far it has read;
- `done`: after it was told to `finish`, everything that it said is all there is.

Or it says a `problem`. Seconds count from the start of the recording.
"""

from __future__ import annotations

import sys
import threading
import time
import wave
from pathlib import Path
from typing import Any

from trainer.audio.format import RATE_HZ, SAMPLE_BYTES
from trainer.children.child import Problem, leave, listen, say
from trainer.transcript.following import LARGE_BLOCK_BYTES, GrowingSound
from trainer.transcript.hearing import FinalWords, Hearing, Recognition

TRIAL = Path(__file__).with_name("trial.wav")
TRIAL_SILENCE_S = 1.0
# A recording that grows is looked at so often. Twice as often costs half as much again, and nobody
# sees the difference.
LOOK_EVERY_S = 0.1
# Partial words cost work too: they are asked for at every look, and not more often in an import.
PARTIAL_EVERY_S = 0.09
# Without new words it says so often how far it is.
PROGRESS_EVERY_S = 0.5


def main(engine: str, folder: str, file: str = "", from_s: str = "0") -> None:
    """Do as the arguments say, then end the process."""
    finished = threading.Event()
    listen(lambda message: finished.set() if "finish" in message else None)
    try:
        recognition = _load(engine, Path(folder))
        _try(recognition, engine, Path(folder))
        say({"ready": engine})
        if file:
            _Reader(recognition.listen(), Path(file), float(from_s), finished).read()
    except Problem as problem:
        say(problem.message)
    leave()


class _Reader:
    """Reads the recording to its end and says what it hears."""

    def __init__(
        self, hearing: Hearing, file: Path, from_s: float, finished: threading.Event
    ) -> None:
        self._hearing = hearing
        self._sound = GrowingSound(file, from_s)
        self._from_s = from_s
        self._finished = finished
        self._partial = ""
        self._asked_s = self._said_s = time.monotonic()
        # Whether sound came in since the partial words were asked for, and since the last message.
        self._unasked = self._unsaid = False

    def read(self) -> None:
        """Follow the file until `finished` is set and everything in it was read."""
        while True:
            finishing = self._finished.is_set()
            try:
                block = self._sound.read(to_end=finishing)
            except OSError as error:
                raise Problem("unreadable", error.strerror or str(error)) from error
            if block:
                self._unasked = self._unsaid = True
                for heard in self._hearing.feed(block):
                    self._say_words(heard)
            elif finishing:
                break
            self._report(time.monotonic())
            if len(block) < LARGE_BLOCK_BYTES and not finishing:
                self._finished.wait(LOOK_EVERY_S)
        self._sound.close()
        self._say_words(self._hearing.finish())
        say({"done": True, "read_s": _ms(self._sound.read_s)})

    def _report(self, now_s: float) -> None:
        """Say what is new and due."""
        if self._unasked and now_s - self._asked_s >= PARTIAL_EVERY_S:
            self._asked_s, self._unasked = now_s, False
            partial = self._hearing.partial()
            if partial != self._partial:
                self._partial = partial
                self._say(partial=partial)
        if self._unsaid and now_s - self._said_s >= PROGRESS_EVERY_S:
            self._say()

    def _say_words(self, heard: FinalWords) -> None:
        from_s = self._from_s
        words = [
            (w.word, _ms(from_s + w.start_s), _ms(from_s + w.end_s), round(w.confidence, 4))
            for w in heard.words
        ]
        self._partial = ""
        self._say(words=words, until_s=_ms(from_s + heard.until_s))

    def _say(self, **message: Any) -> None:
        self._said_s, self._unsaid = time.monotonic(), False
        say({**message, "read_s": _ms(self._sound.read_s)})


def _load(engine: str, folder: Path) -> Recognition:
    package = "vosk" if engine == "vosk" else "pocketsphinx"
    try:
        if engine == "vosk":
            from trainer.transcript.vosk_recognition import VoskRecognition
        else:
            from trainer.transcript.builtin_recognition import BuiltinRecognition
    except ModuleNotFoundError as error:
        missing = error.name == package
        raise Problem("no package" if missing else "broken package", str(error)) from error
    except (ImportError, OSError) as error:
        raise Problem("broken package", str(error)) from error
    if engine == "vosk" and not folder.is_dir():
        raise Problem("no folder")
    try:
        return VoskRecognition(folder) if engine == "vosk" else BuiltinRecognition()
    except Exception as error:
        raise Problem(_refused(engine, folder)) from error


def _try(recognition: Recognition, engine: str, folder: Path) -> None:
    """Hear silence and a clip: some models that load are damaged all the same."""
    with wave.open(str(TRIAL), "rb") as clip:
        speech = clip.readframes(clip.getnframes())
    silence = bytes(round(TRIAL_SILENCE_S * RATE_HZ) * SAMPLE_BYTES)
    try:
        hearing = recognition.listen()
        heard = (*hearing.feed(silence), *hearing.feed(speech), hearing.finish())
    except Exception as error:
        raise Problem(_refused(engine, folder)) from error
    if not any(one.words for one in heard):
        raise Problem("deaf")


def _refused(engine: str, folder: Path) -> str:
    from trainer.transcript.lookup import holds_model

    return "refused" if engine == "builtin" or holds_model(folder) else "no model"


def _ms(seconds: float) -> float:
    return round(seconds, 3)


if __name__ == "__main__":
    main(*sys.argv[1:])
