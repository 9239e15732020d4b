"""Vosk. Used in child processes only: a damaged model can end the process.

https://github.com/alphacep/vosk-api/blob/master/src/vosk_api.h says what its functions do.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import vosk  # type: ignore[import-untyped]

from trainer.audio.format import BYTES_A_SECOND, RATE_HZ
from trainer.transcript.hearing import FinalWords, clean_text, heard_word

# Vosk decodes behind what it is fed, so a cut in the middle of speech leaves this much unheard.
LAG_S = 0.3
# Hides all but failed assertions.
_NO_LOG = -3


class VoskRecognition:
    """A Vosk model."""

    def __init__(self, folder: Path) -> None:
        vosk.SetLogLevel(_NO_LOG)
        # Always by path, as str: by name Vosk would look for the model in the network.
        self._model = vosk.Model(str(folder))

    def listen(self) -> VoskHearing:
        """Begin a stream."""
        recogniser = vosk.KaldiRecognizer(self._model, RATE_HZ)
        recogniser.SetWords(True)
        return VoskHearing(recogniser)


class VoskHearing:
    """One stream of sound through a Vosk recogniser."""

    def __init__(self, recogniser: Any) -> None:
        self._recogniser = recogniser
        self._fed_bytes = 0
        self._partial_result = self._partial = ""

    def feed(self, block: bytes) -> tuple[FinalWords, ...]:
        """Decode the next samples; at a pause their words become final."""
        self._fed_bytes += len(block)
        if not self._recogniser.AcceptWaveform(block):
            return ()
        # Not asking for the result would let the lattice grow without limit.
        heard = self._read(self._recogniser.Result())
        last_s = heard.words[-1].end_s if heard.words else 0.0
        return (FinalWords(heard.words, max(last_s, heard.until_s - LAG_S, 0.0)),)

    def partial(self) -> str:
        """Return the best words so far for what was fed since the last pause."""
        result = self._recogniser.PartialResult()
        if result != self._partial_result:
            self._partial_result = result
            self._partial = clean_text(json.loads(result).get("partial", ""))
        return self._partial

    def finish(self) -> FinalWords:
        """Decode what is left."""
        return self._read(self._recogniser.FinalResult())

    def _read(self, result: str) -> FinalWords:
        entries = json.loads(result).get("result", ())
        words = (heard_word(e["word"], e["start"], e["end"], e["conf"]) for e in entries)
        return FinalWords(tuple(word for word in words if word), self._fed_bytes / BYTES_A_SECOND)
