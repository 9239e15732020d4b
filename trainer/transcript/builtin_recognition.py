"""PocketSphinx with the model in its package. Used in child processes only: it never lets go of
the interpreter's lock.
"""

from __future__ import annotations

import pocketsphinx  # type: ignore[import-untyped]

from trainer.audio.format import BYTES_A_SECOND, RATE_HZ, SAMPLE_BYTES
from trainer.transcript.hearing import FinalWords, clean_text, heard_word
from trainer.transcript.types import HeardWord
from trainer.transcript.voice_activity import MODE

FRAME_S = 0.01
# Someone who speaks without a pause is cut here: what is left to do at an end grows with it.
LONGEST_S = 10.0
_ONE_SAMPLE = bytes(SAMPLE_BYTES)


class BuiltinRecognition:
    """The decoder with its US English model."""

    def __init__(self) -> None:
        self._decoder = pocketsphinx.Decoder(loglevel="FATAL", samprate=RATE_HZ)
        self._fresh = self._decoder.get_cmn(False)

    def listen(self) -> BuiltinHearing:
        """Begin a stream, without what the decoder learnt about the voice of the one before."""
        self._decoder.set_cmn(self._fresh)
        return BuiltinHearing(self._decoder)


class BuiltinHearing:
    """One stream of sound, decoded from pause to pause."""

    def __init__(self, decoder: pocketsphinx.Decoder) -> None:
        self._decoder = decoder
        self._pauses = pocketsphinx.Endpointer(vad_mode=MODE, sample_rate=RATE_HZ)
        self._frame_bytes: int = self._pauses.frame_bytes
        self._unread = b""
        self._fed_bytes = 0
        self._decoding = False
        self._from_s = 0.0
        self._decoded_bytes = 0

    def feed(self, block: bytes) -> tuple[FinalWords, ...]:
        """Decode the next samples; at a pause their words become final."""
        self._fed_bytes += len(block)
        self._unread += block
        whole = len(self._unread) - len(self._unread) % self._frame_bytes
        frames, self._unread = self._unread[:whole], self._unread[whole:]
        size = self._frame_bytes
        heard = (self._take(frames[at : at + size]) for at in range(0, whole, size))
        return tuple(one for one in heard if one)

    def partial(self) -> str:
        """Return the best words so far for what was fed since the last pause."""
        best = self._decoder.hyp() if self._decoding else None
        return clean_text(best.hypstr) if best else ""

    def finish(self) -> FinalWords:
        """Decode what is left."""
        words: tuple[HeardWord, ...] = ()
        if self._decoding:
            rest = self._pauses.end_stream(self._unread or _ONE_SAMPLE)  # it refuses nothing at all
            if rest:
                self._decode(rest)
            words = self._end()
        return FinalWords(words, self._fed_bytes / BYTES_A_SECOND)

    def _take(self, frame: bytes) -> FinalWords | None:
        speech = self._pauses.process(frame)
        if speech is None:
            return None
        if not self._decoding:
            self._start(self._pauses.speech_start)
        self._decode(speech)
        over = not self._pauses.in_speech
        now_s = self._from_s + self._decoded_bytes / BYTES_A_SECOND
        if not over and now_s - self._from_s < LONGEST_S:
            return None
        words = self._end()
        if not over:
            self._start(now_s)
        return FinalWords(words, now_s)

    def _start(self, from_s: float) -> None:
        self._decoder.start_utt()
        self._decoding, self._from_s, self._decoded_bytes = True, from_s, 0

    def _decode(self, speech: bytes) -> None:
        self._decoder.process_raw(speech)
        self._decoded_bytes += len(speech)

    def _end(self) -> tuple[HeardWord, ...]:
        self._decoder.end_utt()
        self._decoding = False
        words = (
            heard_word(
                segment.word,
                round(self._from_s + segment.start_frame * FRAME_S, 3),
                round(self._from_s + (segment.end_frame + 1) * FRAME_S, 3),
                segment.prob,
            )
            for segment in self._decoder.seg() or ()
        )
        return tuple(word for word in words if word)
