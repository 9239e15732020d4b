"""One take by voice as the screen holds it: the open microphone, the words so far, the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from trainer.capture.types import RecorderPhase
from trainer.errors import TrainerError
from trainer.transcript.engines import RecogniserPhase
from trainer.transcript.types import HeardWord, Transcript

if TYPE_CHECKING:
    from trainer.spoken import SpokenState
    from trainer.store.types import Draft
    from trainer.voice import Spoken

NOTHING = Transcript("", (), "unheard")
AS_LONG_S = 0.5
"""Sound that is this much shorter than before is as long: a word's end is not that exact."""


class SpokenTake:
    """The sound and words of a take, whoever records it at the moment, if anybody does.

    A microphone is opened in a thread while the screen may change its mind: `expect` gives a turn
    and `accept` takes only what was opened in the newest. `recorded` says that a row names the
    file, and `text` is what the speaker made of the words, None until then.
    """

    def __init__(self, draft: Draft | None = None) -> None:
        self._lock = Lock()
        self._turn = 0
        self._spoken: Spoken | None = None
        self._known: Transcript | None = None
        self.clear()
        if draft:
            self.recorded = draft.recording is not None
            self._known = draft.heard
            self._counted_s = draft.counted_s

    def clear(self) -> None:
        """Begin a new take, with nothing in it."""
        self.file: Path | None = None
        self.hearing: SpokenState | None = None
        self.recorded = False
        self.opening = False
        self.text: str | None = None
        self._known = None  # words of an earlier recogniser, or all words at the end
        self._is_whole = False
        self._counted_s = 0.0
        self._live: tuple[tuple[HeardWord, ...], Transcript] | None = None

    # The microphone

    @property
    def is_open(self) -> bool:
        """Whether there is a recorder, in whatever phase."""
        return self._spoken is not None

    def expect(self) -> int:
        """Return the turn of a microphone that is opened from now on."""
        with self._lock:
            self._turn += 1
            self.opening = True
            return self._turn

    def accept(self, spoken: Spoken | None, turn: int, file: Path | None) -> bool:
        """Use what was opened for `file`, if anything was; return False where that comes late."""
        with self._lock:
            if turn != self._turn:
                return False
            self.opening = False
            self._is_whole = False
            self.file = file
            self._spoken = spoken
            return True

    def release(self) -> Spoken | None:
        """Give up what is open or being opened; the words stay."""
        with self._lock:
            self._turn += 1
            self.opening = False
            if self.recorded and self._spoken:
                self._known = self.heard
                self._live = None
            spoken, self._spoken = self._spoken, None
            return spoken

    def record(self) -> None:
        """Keep sound from now on."""
        self._is_whole = False
        if self._spoken:
            self._spoken.record()

    def pause(self) -> None:
        """Keep no sound."""
        if self._spoken:
            self._spoken.pause()

    def stop(self) -> None:
        """End the recording."""
        if self._spoken:
            self._spoken.stop()

    def look(self) -> SpokenState | None:
        """Return how recorder and recogniser stand now; None where there are none."""
        if self._spoken is None:
            return None
        self.hearing = self._spoken.state()
        return self.hearing

    @property
    def done(self) -> bool:
        """Whether the recording has ended and no more words will come."""
        return self._spoken is not None and self._spoken.done

    @property
    def length_s(self) -> float:
        """How much sound is on disk, in seconds, as far as it is known."""
        known_s = self.hearing.recorder.length_s if self.hearing else 0.0
        opening = self.hearing is None or self.hearing.recorder.phase is RecorderPhase.OPENING
        return self._counted_s if opening and not known_s else known_s

    # The words

    @property
    def words(self) -> tuple[HeardWord, ...]:
        """The final words so far."""
        recogniser = self.hearing.recogniser if self.hearing else None
        if self._spoken is not None and recogniser and not self._is_behind():
            return recogniser.words
        return _heard_words(self._known) if self._known else ()

    @property
    def heard(self) -> Transcript | None:
        """The words so far as a transcript; None where there is no recogniser."""
        hearing = self.hearing
        if self._is_whole or self._spoken is None or hearing is None or self._is_behind():
            return self._known
        if hearing.engine is None or hearing.recogniser is None:
            return self._known
        words = hearing.recogniser.words
        if self._live is None or self._live[0] != words:
            self._live = words, Transcript.heard(words, hearing.engine.name)
        return self._live[1]

    def gather(self) -> None:
        """Take all words with what the sound tells; slow, and for the end only.

        What was heard before stays where the sound cannot be read again.
        """
        before = self.heard or NOTHING
        try:
            transcript = self._spoken.transcript() if self._spoken else before
        except (TrainerError, OSError):
            transcript = before
        if len(transcript.words) < len(before.words):
            transcript = replace(before, sound=transcript.sound)
        self._known, self._live, self._is_whole = transcript, None, True

    def put_into(
        self, draft: Draft, *, recorded: bool | None = None, open_words: bool = False
    ) -> Draft:
        """Return the draft with the file's name and the words.

        `open_words` adds those that are not final yet to its text.
        """
        if not (self.recorded if recorded is None else recorded):
            return draft
        heard = self.heard
        text = self.text if self.text is not None else (heard.text if heard else "")
        recogniser = self.hearing.recogniser if self.hearing and self._spoken else None
        if open_words and recogniser:
            text = f"{text} {recogniser.partial}".strip()
        name = self.file.name if self.file else draft.recording
        return replace(draft, recording=name, heard=heard, text=text)

    def put_open_words_into(self, draft: Draft) -> Draft:
        """Return a draft that holds the words with those that are not final, as unsure ones.

        These have times that are guessed: nobody will hear the end of them.
        """
        hearing = self.hearing if self._spoken else None
        recogniser = hearing.recogniser if hearing else None
        if hearing is None or hearing.engine is None or recogniser is None:
            return draft
        opened = recogniser.partial.split()
        if not opened or self.text is not None or self._is_behind():
            return draft
        begin_s = recogniser.words[-1].end_s if recogniser.words else 0.0
        each_s = max(0.0, recogniser.read_s - begin_s) / len(opened)
        unsure = (
            HeardWord(word, begin_s + at * each_s, begin_s + (at + 1) * each_s, 0.0)
            for at, word in enumerate(opened)
        )
        heard = Transcript.heard((*recogniser.words, *unsure), hearing.engine.name)
        return replace(draft, heard=heard, text=heard.text)

    def _is_behind(self) -> bool:
        """Whether words of an earlier recogniser are ahead of the one that reads again."""
        recogniser = self.hearing.recogniser if self.hearing else None
        if self._known is None or not self._known.words:
            return False
        if recogniser is None:
            return True
        last_s = self._known.words[-1].end_s or 0.0
        if recogniser.phase is RecogniserPhase.DONE:
            # Sound that went, or was cut off, since those words were heard tells nothing new.
            return recogniser.read_s + AS_LONG_S < last_s
        caught_up = recogniser.read_s >= last_s or len(recogniser.words) >= len(self._known.words)
        return not caught_up or recogniser.phase is RecogniserPhase.FAILED


def _heard_words(transcript: Transcript) -> tuple[HeardWord, ...]:
    return tuple(
        HeardWord(
            transcript.text[word.start : word.end],
            word.start_s or 0.0,
            word.end_s or 0.0,
            1.0 if word.confidence is None else word.confidence,
        )
        for word in transcript.words
    )
