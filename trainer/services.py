"""The composition root: builds the real parts and offers what screens and commands ask for.

Tests hand in fakes through the constructor of `Services`. Nothing here draws or prints.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from trainer import log, records, voice
from trainer.annotations import Annotations
from trainer.bank.types import Library
from trainer.calibration.calibrations import Calibrations
from trainer.care import Care
from trainer.catalogue import Rater, library_loader, make_rater
from trainer.config import LONGEST_NAME, Settings, load_settings, save_settings
from trainer.display import one_line
from trainer.errors import UsageError
from trainer.exchange.exchanging import Exchange
from trainer.history import History
from trainer.importing import Importing
from trainer.installing.installing import Models
from trainer.installing.recognisers import Recognisers
from trainer.keeping.keeping import Keeping
from trainer.meeting.meetings import Meetings
from trainer.notices import standing
from trainer.paths import Home, find_home
from trainer.reading import Reader
from trainer.recall import AttemptView
from trainer.reviewing import Reviewing
from trainer.session.plan import Item, Run, draw
from trainer.store.database import Store
from trainer.store.recordings import file_of
from trainer.suggestions import Suggestions
from trainer.transcript.choosing import choose
from trainer.transcript.correction import align, unsure
from trainer.transcript.engines import Engine
from trainer.transcript.types import Transcript

if TYPE_CHECKING:
    from trainer.capture.devices import SoundCheck
    from trainer.capture.judgement import Judgement
    from trainer.capture.recorder import Recorder
    from trainer.coach.fillers import Moment
    from trainer.coach.hesitations import Hesitations
    from trainer.exchange.share_merging import Received
    from trainer.playback.player import Player
    from trainer.review.sides import Side


@dataclass(frozen=True, slots=True)
class BankLine:
    """A bank as home shows it."""

    id: str
    title: str
    questions: int
    answered: int
    yours: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What home shows: the banks, what is missing with its remedy, and a line on the voice.

    `half_marked` are the questions of the answers whose own marks were begun and not given.
    """

    banks: tuple[BankLine, ...]
    answers: int
    unfinished: int
    half_marked: tuple[str, ...]
    missing: tuple[str, ...]
    voice: str

    @property
    def questions(self) -> int:
        """How many questions there are in all banks."""
        return sum(bank.questions for bank in self.banks)


class Services(History):
    """Everything below the screens, behind plain methods. Safe to call from worker threads."""

    def __init__(
        self,
        home: Home,
        store: Store,
        load_library: Callable[[], Library],
        make_rater: Callable[[Mapping[str, tuple[str, ...]]], Rater],
        settings: Settings | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        random: Random | None = None,
        notices: Sequence[str] = (),
        open_spoken: voice.OpenSpoken = voice.open_spoken,
        reading: Reader | None = None,
    ) -> None:
        self.settings = settings or Settings()
        calibrations = Calibrations(home, lambda: self.settings)
        super().__init__(home, store, load_library, make_rater, calibrations, now)
        self.clock = clock
        self._random = random or Random()  # noqa: S311 - order of questions, not a secret
        self._notices = tuple(notices)
        self._open_spoken = open_spoken
        self.reading = reading or Reader()
        self.models = Models(home)
        self.suggestions = Suggestions(home, self.library)
        self.recognisers = Recognisers(home, self.models)
        self.sounds = Keeping(home, store, lambda: self.settings)
        self.importing = Importing(self)
        self.exchange = Exchange(self)
        self.meetings = Meetings(self)
        self.care = Care(home, store, self.sounds.count, lambda: len(self.unfinished()))
        self.annotations = Annotations(store, now)
        self.reviewing = Reviewing(store, self.library)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    # Banks and plans

    def overview(self) -> Overview:
        """Return what home shows."""
        library = self.library()
        counts = self.store.practice_counts()
        lines = (
            BankLine(
                loaded.bank.id,
                loaded.bank.title,
                len(loaded.bank.questions),
                sum(1 for q in loaded.bank.questions if q.id in counts),
                loaded.layer == "yours",
            )
            for loaded in library.banks
        )
        complaints = (*self.suggestions.complaints(), *map(str, library.complaints))
        return Overview(
            tuple(lines),
            self.store.count_library(),
            len(self.unfinished()),
            self.store.half_marked(),
            (*self._notices, *standing(self.home, self.store.stray_recordings()), *complaints),
            voice.readiness(self.engine()),
        )

    def plan(
        self,
        bank_ids: Sequence[str] = (),
        question_ids: Sequence[str] = (),
        count: int | None = None,
        seed: int | None = None,
    ) -> Run:
        """Draw a practice; without ids from all banks. Raises `UsageError` for unknown ids.

        Questions named by id are asked in that order, all of them unless `count` is smaller.
        """
        random = self._random if seed is None else Random(seed)  # noqa: S311
        if question_ids:
            named = [self.question(question_id) for question_id in question_ids]
            items = tuple(Item(b.id, b.title, q, q.prompt) for b, q in named[:count])
        else:
            banks = [self.bank(bank_id) for bank_id in bank_ids] or [
                loaded.bank for loaded in self.library().banks
            ]
            pool = [(bank, question) for bank in banks for question in bank.questions]
            asked = self.store.practice_counts()
            items = draw(pool, count or self.settings.questions, random, asked)
        if not items:
            raise UsageError("There is no question to ask.", "Run: trainer banks check")
        return Run(uuid.uuid4().hex, items)

    def view_received(self, received: Received) -> AttemptView:
        """Return an answer as a mentor's file has left it: their words, and their marks if any."""
        record = self.view(received.attempt_id).record
        words = next(one for one in record.transcripts if one.id == received.transcript_id)
        ratings = record.ratings_of(words)
        theirs = [
            number
            for number, one in enumerate(ratings, 1)
            if one.rating.rater == "peer" and one.rater_name in received.names
        ]
        version = record.transcripts.index(words) + 1
        return self.view(received.attempt_id, version, theirs[-1] if theirs else None)

    # The voice

    def engine(self) -> Engine | None:
        """Return the recogniser that will be used, by the settings; None where there is none.

        It is looked for and not loaded.
        """
        return choose(self.home, self.settings).engine

    def lacks_model(self) -> bool:
        """Whether to offer a speech model: once, where there is none and Vosk could use one.

        It lists folders, and loads nothing.
        """
        if self.settings.model_offered:
            return False
        engine = self.engine()
        return (engine is None or engine.folder is None) and self.recognisers.lacks_model()

    def open_spoken(self, recording: Path) -> voice.Spoken:
        """Open the chosen microphone and recogniser for `recording`. Nothing is kept yet."""
        return self._open_spoken(recording, self.settings.device, self.engine())

    def find_microphones(self) -> SoundCheck:
        """Ask a child what this machine can record with; takes at most some seconds."""
        from trainer.capture.devices import check_sound

        return check_sound()

    def open_meter(self, device: str | None) -> Recorder:
        """Open a microphone for its level only: nothing is kept. Close what is returned."""
        from trainer.capture.recorder import Recorder

        return Recorder(None, device)

    def judge_level(self, blocks: Sequence[tuple[float, float, bool]]) -> Judgement | None:
        """Return what to think of the last seconds of a microphone; None where they are few.

        Each block is 50 ms: root mean square and peak in dBFS, and whether it was clipped.
        """
        from trainer.capture.judgement import judge

        return judge(blocks)

    # Hearing and correcting

    def open_player(
        self, file: Path, from_s: float = 0.0, speed: float = 1.0, to_s: float | None = None
    ) -> Player:
        """Play a recording between two seconds, in a child process; close what is returned.

        Without `to_s` it plays to the end.
        """
        from trainer.playback.player import Player

        return Player(file, from_s, to_s, speed)

    def length_of(self, file: Path) -> float:
        """Return how many seconds of sound a recording holds."""
        from trainer.capture.files import length_s

        return length_s(file)

    def sound_of(self, side: Side) -> tuple[Path, float] | None:
        """Return the recording of a side with its length in seconds; None where there is none."""
        file = file_of(self.home, side.recording)
        return (file, self.length_of(file)) if file else None

    def aligned(self, heard: Transcript, text: str) -> Transcript:
        """Return a changed text with the times of what was heard; quick enough for every key."""
        return align(heard, text)

    def unsure(self, transcript: Transcript) -> tuple[int, ...]:
        """Return the indices of words that the recogniser was not sure of."""
        return unsure(transcript)

    def moments(self, view: AttemptView) -> tuple[Moment, ...]:
        """Return where filled pauses may be in a spoken answer, as people have left them."""
        from trainer.coach.fillers import list_moments

        return list_moments(view.transcript.transcript, view.record.filler_reviews)

    def hesitations(self, view: AttemptView) -> Hesitations:
        """Return where pauses and fillers stand among the words, as the figures count them."""
        from trainer.coach.hesitations import find_hesitations

        stored = view.transcript
        unclear = stored.delivery.unmeasurable
        return find_hesitations(stored.transcript, unclear, view.record.filler_reviews)

    def moment_heard(self, view: AttemptView, at_s: float) -> Moment:
        """Return the filled pause that was heard when a key came at this second of the sound."""
        from trainer.coach.fillers import heard_moment

        return heard_moment(view.transcript.transcript, at_s)

    # Settings

    def remember_name(self, name: str) -> None:
        """Keep what the user is called where that is not known yet. Raises `ConfigError`."""
        called = one_line(name, LONGEST_NAME)
        if called and not self.settings.name:
            self.change_settings(replace(self.settings, name=called))

    def change_settings(self, settings: Settings) -> None:
        """Use and save new settings. Raises `ConfigError`; they are then in use, not saved."""
        self.settings = settings
        save_settings(self.home, settings)


def open_services(
    home: Home | None = None, tell: Callable[[float], object] = lambda share: None
) -> Services:
    """Build the real parts. Raises `TrainerError` when the home or the history cannot be used.

    `tell` hears how far a long history is prepared: see `Store.open`.
    """
    home = home or find_home()
    interrupted = _go_on_erasing(home)
    home.prepare()
    log.start_logging(home)
    settings, complaint = load_settings(home)
    store = Store.open(home, records.measured, tell)
    notices = [text for text in (interrupted, complaint, store.notice) if text]
    services = Services(home, store, library_loader(home), make_rater, settings, notices=notices)
    services.care.interrupted = interrupted
    return services


def _go_on_erasing(home: Home) -> str | None:
    """Go on deleting everything where that was interrupted; return what to tell about it."""
    if not os.path.lexists(home.deleting):
        return None
    from trainer.care_words import interruption
    from trainer.erasing import go_on_erasing

    return interruption(go_on_erasing(home))
