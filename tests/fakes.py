"""Fakes and small values that tests share. There are fakes nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from threading import Event

from tests.waiting import wait_until
from trainer.analysis.explaining import FoundCue, Why
from trainer.analysis.guards import Guard
from trainer.analysis.types import Chances, Note, Rating, Span, SpanKind
from trainer.bank.glance import Glance
from trainer.bank.types import (
    Bank,
    Criterion,
    Cue,
    Feedback,
    Flag,
    Levels,
    Library,
    LoadedBank,
    Mark,
    MarkMeanings,
    Question,
    Rubric,
    ScoreBand,
    Scoring,
)
from trainer.calibration.calibrating import Measured, OnProgress
from trainer.calibration.calibrating import Progress as CalibrationProgress
from trainer.calibration.readings import Reading
from trainer.calibration.types import Baseline, Calibration, EngineResult
from trainer.capture.devices import InputDevice, SoundCheck
from trainer.capture.types import RecorderPhase, RecorderState
from trainer.config import Settings
from trainer.encoder.problems import EncoderError
from trainer.encoder.types import Example, Impression, Opinion
from trainer.errors import SoundError, TrainerError
from trainer.installing.recognisers import Standing
from trainer.installing.recommending import recommend
from trainer.installing.types import CancelledError, Progress, Verdict
from trainer.paths import Home, shipped
from trainer.plain.reader import InputEndedError
from trainer.playback.player import PlayerPhase, PlayerState
from trainer.playback.reading import ReadingPhase, ReadingState
from trainer.reading import Reader, Speed
from trainer.services import Services
from trainer.session.plan import Run
from trainer.spoken import SpokenState
from trainer.transcript.catalogue import load_catalogue
from trainer.transcript.choosing import Choice, KnownModel
from trainer.transcript.engines import Engine, RecogniserPhase, RecogniserState
from trainer.transcript.lookup import BUILTIN_MODEL
from trainer.transcript.types import HeardWord, Sound, Transcript


def question(question_id: str = "low-score-direct", **changes: object) -> Question:
    """Return a question on the rubric `ownership`."""
    base = Question(
        id=question_id,
        prompt="Can you tell me about your Step 1 score?",
        wordings=("What happened with Step 1?", "Walk me through your first score."),
        rubric="ownership",
        prepare_s=30,
        answer_s=(30, 60),
        intent="They want to hear that you own the score and what you changed.",
        pitfalls=("Blaming the exam.", "A long story before the score is named."),
        tags=("score", "step-1"),
        probes={
            "acknowledge": "So the low score was yours to mend?",
            "change": "What did a study day look like after Step 1?",
        },
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def criterion(criterion_id: str, title: str, weight: float = 1.0) -> Criterion:
    """Return a criterion whose only cue is its own id as a word."""
    return Criterion(
        id=criterion_id,
        title=title,
        asks=f"Where is the part called {criterion_id}?",
        weight=weight,
        marks=MarkMeanings(
            met=f"{title}: fully there.", partly=f"{title}: half there.", missed=f"{title}: absent."
        ),
        feedback=Feedback(
            met="This helps.",
            partly="Say how often.",
            missed="I did not hear it.",
            opener="What I changed was",
        ),
        levels=Levels(partly=0.5, met=1.0),
        cues=(Cue(id=criterion_id, weight=1.0, any=(criterion_id,)),),
    )


def rubric() -> Rubric:
    """Return a rubric of two criteria and one flag."""
    return Rubric(
        id="ownership",
        title="Owning a weak point",
        about="For a weakness of the record.",
        scoring=Scoring(
            formula="100 * sum(weight * value) / sum(weight) - penalties",
            values=(0.0, 0.5, 1.0),
            half_width=8,
            bands=(
                ScoreBand(0, "not there yet"),
                ScoreBand(40, "partly there"),
                ScoreBand(80, "strong"),
            ),
        ),
        criteria=(criterion("acknowledge", "You name it"), criterion("change", "You changed", 3)),
        flags=(
            Flag(
                id="blame",
                title="Blame",
                says="putting it on others.",
                remedy="Say your own share first.",
                penalty=10,
                level=1.0,
                cues=(Cue(id="unfair", weight=1.0, any=("unfair",)),),
            ),
        ),
        version="test",
    )


def library() -> Library:
    """Return two banks, of three questions and one."""
    low_score = Bank(
        schema=1,
        id="low-score",
        title="Low exam score",
        about="Trains a short, calm answer about a low score.",
        family="red-flag",
        questions=(
            question(),
            question("low-score-boards", prompt="Will you pass the boards?"),
            question("low-score-gap", prompt="Why did the second score rise?"),
        ),
    )
    hobbies = Bank(
        schema=1,
        id="small-talk",
        title="Small talk",
        about="Trains the first minute.",
        family="opening",
        questions=(
            question("small-talk-journey", prompt="Did you find us well?", rubric=None, probes={}),
        ),
    )
    return Library(
        banks=(
            LoadedBank(low_score, "shipped", "low-score.yaml"),
            LoadedBank(hobbies, "shipped", "small-talk.yaml"),
        ),
        rubrics={"ownership": rubric()},
        word_classes={},
        rubric_layers={"ownership": "shipped"},
    )


@dataclass
class FakeRater:
    """Marks a criterion met where its id occurs as a word, partly for `half-ID`.

    Not sure it is of `perhaps-ID` (partly), of `maybe-ID` (missed, with the words as candidates)
    and of `hardly-ID` (missed, without chances and candidates, as a rater by cues alone). The word
    `planned-ID` is found and explained, and counts little. A note is given where its id occurs.
    """

    word_classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shortfall: EncoderError | None = None
    version: str = "fake-1"

    def rate(self, transcript: Transcript, rubric: Rubric, question: str) -> Rating:
        """Return a rating whose spans are the single words that were found."""
        words = [transcript.text[w.start : w.end].strip(".,").lower() for w in transcript.words]
        marks, spans = {}, []
        chances: dict[str, Chances] = {}
        unsure = []
        for line in rubric.criteria:
            marks[line.id] = Mark.MISSED
            for wanted, mark in ((f"half-{line.id}", Mark.PARTLY), (line.id, Mark.MET)):
                if wanted in words:
                    at = words.index(wanted)
                    marks[line.id] = mark
                    spans.append(Span(at, at + 1, "criterion", line.id, (line.id,)))
            for wanted, mark, chance in (
                (f"perhaps-{line.id}", Mark.PARTLY, Chances(0.9, 0.4)),
                (f"maybe-{line.id}", Mark.MISSED, Chances(0.4, 0.2)),
                (f"hardly-{line.id}", Mark.MISSED, None),
            ):
                if wanted not in words:
                    continue
                marks[line.id] = mark
                unsure.append(line.id)
                if chance:
                    chances[line.id] = chance
                    kind: SpanKind = "candidate" if mark is Mark.MISSED else "criterion"
                    places = [at for at, word in enumerate(words) if word == wanted]
                    spans += [Span(at, at + 1, kind, line.id, (line.id,)) for at in places]
        flags = {flag.id: flag.cues[0].id in words for flag in rubric.flags}
        for flag in rubric.flags:
            if flags[flag.id]:
                at = words.index(flag.cues[0].id)
                spans.append(Span(at, at + 1, "flag", flag.id))
        if words:
            spans.append(Span(0, len(words), "part", "action"))
        return Rating(
            "machine",
            rubric.id,
            rubric.version,
            self.version,
            marks,
            flags,
            tuple(spans),
            unsure=tuple(unsure),
            notes=tuple(note for note in Note if note in words),
            chances=chances,
        )

    @property
    def scorer_version(self) -> str:
        """What ratings name."""
        return self.version

    def explain(self, transcript: Transcript, rubric: Rubric, question: str) -> tuple[Why, ...]:
        """Return a reason for each line; where there are chances, also what a head would give."""
        rating = self.rate(transcript, rubric, question)
        words = [transcript.text[w.start : w.end].strip(".,").lower() for w in transcript.words]
        whys = []
        for line in rubric.criteria:
            mark, name = rating.marks[line.id], line.id
            found = [
                FoundCue(name, span.start, span.end, mark / 2)
                for span in rating.spans_of("criterion", name)
            ]
            if f"planned-{name}" in words:
                at = words.index(f"planned-{name}")
                found.append(FoundCue(name, at, at + 1, 0.3, (Guard.PLANNED,)))
            reached = max(float(mark), sum(cue.weight for cue in found)), mark / 2
            why = Why("criterion", name, mark, None, tuple(found), reached)
            chances = rating.chances.get(name)
            if chances:
                example = Example(f"ownership/{name}", 1, "I studied with a friend every week", 0.8)
                trained = Chances(chances.partly - 0.1, chances.met - 0.1)
                why = replace(
                    why,
                    trained=trained,
                    chances=chances,
                    needed=Chances(0.5, 0.55),
                    example=example,
                )
            whys.append(why)
        for flag in rubric.flags:
            raised = rating.flags[flag.id]
            found = [
                FoundCue(flag.cues[0].id, span.start, span.end, 1.0)
                for span in rating.spans_of("flag", flag.id)
            ]
            share = float(raised)
            whys.append(Why("flag", flag.id, None, raised, tuple(found), (share, share)))
        return tuple(whys)


class FakeReader:
    """A trained encoder without sense: it thinks anything of an answer, and of equal ones the same.

    Some of its heads find evidence in a few words only, some in none.
    """

    version = "fake-reader"
    heads = frozenset({"star/action"})

    def read(self, words: Sequence[str], heads: Collection[str]) -> Opinion:
        """Return an opinion that depends on every word and on the head."""
        made = {head: self._impression(head, words) for head in heads}
        return Opinion(made, {"star": 1.0})

    def closest(self, head: str, impression: Impression) -> Example | None:
        """Return the one example of that head."""
        return Example(head, 1, "I studied with a friend every week", 0.8)

    def _impression(self, head: str, words: Sequence[str]) -> Impression:
        import numpy as np

        random = Random("\n".join((head, *words)))
        partly = random.uniform(-4, 4)
        share = random.choice((0.0, 0.1, 0.6))
        evidence = tuple(random.random() if random.random() < share else 0.0 for _ in words)
        vector = np.zeros(1, np.float32)
        return Impression(partly, partly - random.uniform(0, 3), evidence, vector)


@dataclass
class FakeClock:
    """Seconds that pass when a test says so."""

    now_s: float = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now_s


VOSK = Engine("vosk", "vosk-model-small-en-us-0.15")


def heard_words(text: str, confidence: float = 0.98) -> tuple[HeardWord, ...]:
    """Return words of half a second each; one with a question mark behind it is unsure."""
    return tuple(
        HeardWord(word.rstrip("?"), at / 2, at / 2 + 0.4, 0.4 if word.endswith("?") else confidence)
        for at, word in enumerate(text.split())
    )


class FakeLines:
    """What is typed, line by line; then the input ends. None: nothing is typed in time.

    What can be called is called when its turn comes and gives the line; an exception is raised.
    """

    def __init__(self, *typed: object, is_terminal: bool = True, half: str = "") -> None:
        self.typed = list(typed)
        self.is_terminal = is_terminal
        self.longest: int | None = None
        self.half = half

    def half_typed(self) -> str:
        """Return what is typed of a line."""
        return self.half

    def next(self, timeout_s: float | None = None, prompt: str = "") -> str | None:
        """Return the next line."""
        if not self.typed:
            raise InputEndedError
        line = self.typed.pop(0)
        if callable(line) and not isinstance(line, type):
            line = line()
        if isinstance(line, BaseException | type):
            raise line
        assert line is None or isinstance(line, str)
        return line


class FakeSpoken:
    """A spoken answer whose state a test sets step by step; `calls` is what was asked of it.

    It obeys at once: `record` reports RECORDING with the first block on disk, `stop` that it ended.
    """

    def __init__(self, file: Path, device: str | None, engine: Engine | None) -> None:
        self.file = file
        self.engine = engine
        self.calls: list[str] = []
        self.recorder = RecorderState(device=device or "Desk microphone")
        self.recogniser = RecogniserState() if engine else None
        self.obeys = True

    @property
    def done(self) -> bool:
        """Whether all words are there."""
        read = self.recogniser is None or self.recogniser.over
        return read and self.recorder.phase is RecorderPhase.ENDED

    def on(self, phase: RecorderPhase, **changes: object) -> None:
        """Report another phase of the recorder."""
        self.recorder = replace(self.recorder, phase=phase, **changes)  # type: ignore[arg-type]

    def hears(self, text: str, **changes: object) -> None:
        """Report these final words."""
        assert self.recogniser
        state = replace(self.recogniser, phase=RecogniserPhase.READING, words=heard_words(text))
        self.recogniser = replace(state, **changes)  # type: ignore[arg-type]

    def record(self) -> None:
        """Record from now on."""
        self.calls.append("record")
        if self.obeys:
            self.file.touch()
            self.on(RecorderPhase.RECORDING, length_s=max(0.05, self.recorder.length_s))

    def pause(self) -> None:
        """Pause."""
        self.calls.append("pause")
        if self.obeys:
            self.on(RecorderPhase.PAUSED)

    def stop(self) -> None:
        """End the recording; the words are all there."""
        self.calls.append("stop")
        if self.obeys:
            self.on(RecorderPhase.ENDED)
            if self.recogniser:
                self.recogniser = replace(self.recogniser, phase=RecogniserPhase.DONE, partial="")

    def state(self) -> SpokenState:
        """Return what the test has set."""
        return SpokenState(self.recorder, self.recogniser, self.engine)

    def transcript(self) -> Transcript:
        """Return the words, with a voice from the first to the last."""
        if self.engine is None or self.recogniser is None:
            return Transcript("", (), "unheard", Sound(((0.0, 1.0),)))
        words = self.recogniser.words
        voiced = ((words[0].start_s, words[-1].end_s),) if words else ()
        return Transcript.heard(words, self.engine.name, Sound(voiced))

    def close(self) -> None:
        """End it."""
        self.calls.append("close")
        if self.recorder.phase is not RecorderPhase.ENDED:
            self.on(RecorderPhase.ENDED)


class FakeMicrophone:
    """Opens fake spoken answers and keeps them in `opened`, the newest last."""

    def __init__(self, engine: Engine | None = VOSK) -> None:
        self.engine = engine
        self.opened: list[FakeSpoken] = []
        self.problem: SoundError | None = None

    def __call__(self, file: Path, device: str | None, _engine: Engine | None) -> FakeSpoken:
        """Open one more."""
        if self.problem:
            raise self.problem
        self.opened.append(FakeSpoken(file, device, self.engine))
        return self.opened[-1]

    @property
    def now(self) -> FakeSpoken:
        """The one opened last."""
        return self.opened[-1]


class FakePlayer:
    """A player that a test moves; `closed` once it was ended."""

    def __init__(self, file: Path, from_s: float, speed: float, to_s: float | None) -> None:
        self.file, self.from_s, self.speed, self.to_s = file, from_s, speed, to_s
        self.closed = False
        self._state = PlayerState(PlayerPhase.OPENING, from_s)

    def hears(self, at_s: float) -> None:
        """Be heard at this second of the recording."""
        self._state = PlayerState(PlayerPhase.PLAYING, at_s)

    def end(self, problem: SoundError | None = None) -> None:
        """Come to the end, or break off."""
        self._state = PlayerState(PlayerPhase.ENDED, self._state.at_s, problem)

    def state(self) -> PlayerState:
        """Return where it stands."""
        return self._state

    def close(self) -> None:
        """End it."""
        self.closed = True


class FakeLoudspeaker:
    """Stands in for `Services.open_player`; `players` are all that were opened, newest last."""

    def __init__(self) -> None:
        self.players: list[FakePlayer] = []

    def __call__(
        self, file: Path, from_s: float = 0.0, speed: float = 1.0, to_s: float | None = None
    ) -> FakePlayer:
        """Open a player."""
        self.players.append(FakePlayer(file, from_s, speed, to_s))
        return self.players[-1]

    @property
    def playing(self) -> list[FakePlayer]:
        """The players that nobody has closed."""
        return [player for player in self.players if not player.closed]


class FakeVoice:
    """A reading that a test lets sound and end; it obeys `stop` at once, unless it does not `obey`.

    `text` and `speed` are what it was begun with.
    """

    def __init__(self, text: str, speed: Speed) -> None:
        self.text, self.speed = text, speed
        self.obeys = True
        self.stopped = self.closed = False
        self._state = ReadingState(ReadingPhase.PREPARING)

    @property
    def may_sound(self) -> bool:
        """Whether anything of it can still be heard."""
        return self._state.phase is not ReadingPhase.ENDED

    def sounds(self) -> None:
        """Be heard."""
        self._state = ReadingState(ReadingPhase.SOUNDING, sounded=True)

    def end(self, problem: SoundError | None = None) -> None:
        """Come to the end, or break off."""
        self._state = ReadingState(ReadingPhase.ENDED, self._state.sounded, problem)

    def state(self) -> ReadingState:
        """Return where it stands."""
        return self._state

    def stop(self) -> None:
        """End."""
        self.stopped = True
        if self.obeys and self.may_sound:
            self.end()

    def close(self) -> None:
        """End it, whatever it does."""
        self.closed = True
        self.end(self._state.problem)


class FakeAloud(Reader):
    """Reads with fake voices, the newest last in `voices`; or `missing` says why it cannot."""

    def __init__(self) -> None:
        self.voices: list[FakeVoice] = []
        self.missing: SoundError | None = None

    def available(self) -> SoundError | None:
        """Return what the test has set."""
        return self.missing

    def begin(self, text: str, speed: Speed) -> FakeVoice:
        """Begin one more."""
        if self.missing:
            raise self.missing
        self.voices.append(FakeVoice(text, speed))
        return self.voices[-1]

    @property
    def now(self) -> FakeVoice:
        """The one begun last."""
        return self.voices[-1]


class FakeMeter:
    """A microphone that only tells its level; the state is what the test sets."""

    opened: list[FakeMeter] = []  # noqa: RUF012 - of the test that runs

    def __init__(self, device: str | None) -> None:
        self.told = RecorderState(RecorderPhase.READY, 0.0, -30.0, -18.0, device=device or "Desk")
        self.closed = False
        FakeMeter.opened.append(self)

    def state(self) -> RecorderState:
        """Return what the test has set."""
        return self.told

    def close(self) -> None:
        """End it."""
        self.closed = True


READINGS = (
    Reading("clinic", "A clinic", ("I saw forty patients on a usual day.", "I enjoy this work.")),
    Reading("team", "A team", ("We joined a large team.", "Then the wait was down to an hour.")),
)
BEST = Engine("vosk", "vosk-model-small-en-us-0.15", Path("/models/vosk-model-small-en-us-0.15"))
ROUGH = Engine("builtin", "pocketsphinx en-us")


def measured(errors: float = 0.12) -> Measured:
    """Return what came of a reading with two recognisers; the better had this share of errors."""
    results = (
        EngineResult("vosk", BEST.model, errors, errors * 0.7, errors * 1.5, 0.1),
        EngineResult("builtin", ROUGH.model, 0.52, 0.41, 0.64, 0.3),
    )
    read_at = "2026-03-04T10:00:00+00:00"
    calibration = Calibration(read_at, "Desk", 150, results, Baseline(128.2, 151.4))
    return Measured(READINGS[0], calibration, (BEST, ROUGH), (), 0)


class FakeTake:
    """A reading under way whose state a test sets; it records and stops at once when told to.

    `measure` tells that the first recogniser is half way, then waits until `finish` is called or it
    is stopped.
    """

    def __init__(self) -> None:
        self.told = RecorderState(RecorderPhase.READY, 0.0, -30.0, -18.0, device="Desk")
        self.outcome: Measured | TrainerError = measured()
        self.calls: list[str] = []
        self.goes_on = Event()

    def state(self) -> RecorderState:
        """Return what the test has set."""
        return self.told

    def record(self) -> None:
        """Record from now on."""
        self.calls.append("record")
        self.told = replace(self.told, phase=RecorderPhase.RECORDING, length_s=0.05)

    def stop(self) -> None:
        """End."""
        self.calls.append("stop")
        self.told = replace(self.told, phase=RecorderPhase.ENDED, length_s=61.0)

    def measure(self, reading: Reading, on_progress: OnProgress) -> Measured:
        """Return what the test has set."""
        self.calls.append(f"measure {reading.id}")
        try:
            on_progress(CalibrationProgress(BEST, 1, 2, 0.5))
            while not self.goes_on.wait(0.01):
                on_progress(CalibrationProgress(BEST, 1, 2, 0.5))
            if isinstance(self.outcome, TrainerError):
                raise self.outcome
            return self.outcome
        finally:
            self.close()

    def close(self) -> None:
        """Delete the sound."""
        self.calls.append("close")


class FakeCalibrations:
    """Stands in for `Services.calibrations`; `takes` are those that were opened, newest last."""

    def __init__(self) -> None:
        self.kept: Calibration | None = None
        self.takes: list[FakeTake] = []
        self.problem: TrainerError | None = None

    @property
    def now(self) -> FakeTake:
        """The take that was opened last."""
        return self.takes[-1]

    def readings(self) -> tuple[Reading, ...]:
        """Return two short texts."""
        return READINGS

    def stored(self) -> Calibration | None:
        """Return what was kept."""
        return self.kept

    def open_take(self) -> FakeTake:
        """Open one more."""
        if self.problem:
            raise self.problem
        self.takes.append(FakeTake())
        return self.takes[-1]

    def keep(self, calibration: Calibration) -> None:
        """Keep it."""
        self.kept = calibration

    def forget(self) -> bool:
        """Forget it."""
        self.kept = None
        return True


def microphones() -> SoundCheck:
    """Return two microphones."""
    desk = InputDevice("Desk microphone", 1, 48_000.0, default=True)
    headset = InputDevice("Headset", 2, 44_100.0, default=False)
    return SoundCheck("0.5", "PortAudio V19", (desk, headset))


SHOWN_HOME = Path("/home/you/.local/share/interview-trainer")
"""A home that pictures can show: it is the same on every machine."""


class FakeApp:
    """Stands in for the application and remembers with what it was opened."""

    opened: Run | None = None
    shown: object = None
    voice: bool | None = None
    reading: str | None = None
    count = 0
    return_code = 0

    def __init__(
        self,
        make_services: Callable[[], Services],
        settings: Settings,
        run_first: Run | None = None,
        seen: Sequence[Glance] = (),
        voice: bool | None = None,
        reading: str | None = None,
        opened_first: object = None,
    ) -> None:
        assert isinstance(make_services(), Services)
        assert seen
        FakeApp.opened = run_first
        FakeApp.shown = opened_first
        FakeApp.voice = voice
        FakeApp.reading = reading

    def run(self) -> None:
        """Count one more opening."""
        FakeApp.count += 1

    def end(self) -> None:
        """Have nothing left to put away."""


class FakeInstaller:
    """Stands in for `Services.models` and `Services.recognisers`; what is here is what a test says.

    `install` tells `steps`, then waits until `finish` is called or it is cancelled. `asked` lists
    what was called, so that a test sees that nothing was fetched before a yes.
    """

    def __init__(self, *installed: str) -> None:
        self.installed = set(installed)
        self.others: tuple[Path, ...] = ()
        self.kept: dict[str, int] = {}
        self.builtin: str | None = "5.0"
        self.vosk: str | None = "0.3"
        self.memory_bytes: int | None = 4 * 10**9
        self.calibration: Calibration | None = None
        self.steps: tuple[Progress, ...] = ()
        self.problem: TrainerError | None = None
        self.verdict: Verdict | None = None
        self.asked: list[tuple[object, ...]] = []
        self.told = Event()
        """Every step was told, and `install` waits."""
        self._goes_on = Event()
        self.home = Home(SHOWN_HOME)

    def finish(self, problem: TrainerError | None = None) -> None:
        """Let `install` come to its end."""
        self.problem = problem
        self._goes_on.set()

    # Recognisers

    def lacks_model(self) -> bool:
        """Whether Vosk is here and no model for it is."""
        return self.vosk is not None and not self.installed and not self.others

    def engine(self, settings: Settings) -> Engine | None:
        """Return the recogniser that is used."""
        chosen = settings.model
        folders = [self.home.models / name for name in sorted(self.installed)] + [*self.others]
        if self.vosk and chosen != "builtin":
            folder = Path(chosen) if chosen else next(iter(folders), None)
            if folder:
                return Engine("vosk", folder.name, folder)
        return Engine("builtin", BUILTIN_MODEL) if self.builtin else None

    def look(self, settings: Settings) -> Standing:
        """Return how things stand."""
        known = tuple(
            KnownModel(model, self.home.models / model.name, complete=True)
            if model.name in self.installed
            else KnownModel(model, None, complete=False)
            for model in load_catalogue(shipped("models") / "catalogue.yaml").models
        )
        engine = self.engine(settings)
        reason = "You chose it." if settings.model else "It is what there is."
        names = [path.name for path in self.others]
        return Standing(
            Choice(engine, reason),
            known,
            self.others,
            self.kept,
            recommend(known, settings.accent, self.memory_bytes, self.calibration, names),
            self.vosk,
            self.builtin,
            self.home.models,
        )

    def prove(self, name: str) -> Engine:
        """Try a recogniser."""
        self.asked.append(("prove", name))
        if self.problem:
            raise self.problem
        if name == "builtin":
            return Engine("builtin", BUILTIN_MODEL)
        return Engine("vosk", Path(name).name, Path(name))

    # Models

    def install(
        self,
        name: str | None,
        on_progress: Callable[[Progress], object],
        cancelled: Callable[[], bool],
        archive: Path | None = None,
    ) -> Path:
        """Install a model."""
        self.asked.append(("install", name, archive))
        for step in self.steps:
            on_progress(step)
        self.told.set()
        wait_until(lambda: cancelled() or self._goes_on.is_set(), "the test ends the installation")
        if cancelled():
            raise CancelledError("The installation was cancelled.", "What came is kept.")
        if self.problem:
            raise self.problem
        name = name or (archive.stem if archive else "")
        self.installed.add(name)
        return self.home.models / name

    def verify(self, name: str) -> Verdict:
        """Tell whether a model is whole."""
        self.asked.append(("verify", name))
        folder = self.home.models / name
        return self.verdict or Verdict(name, folder, True, "checksums", (), f"{name} is whole.", "")

    def remove(self, name: str) -> int:
        """Remove a model."""
        self.asked.append(("remove", name))
        self.installed.discard(name)
        self.kept.pop(name, None)
        return 70_000_000

    def chosen(self, name: str, settings: Settings) -> bool:
        """Whether the settings name this model."""
        return settings.model == str(self.home.models / name)

    def partial_bytes(self, name: str) -> int:
        """Return what is kept of a broken-off download."""
        return self.kept.get(name, 0)
