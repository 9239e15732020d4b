"""What speaking costs: recogniser, recorder and screen, and how well each engine hears.

Needs Linux, the sound server of the tests and espeak-ng: see `.ci/run`. The recogniser is the
tests' own small one, so what our code adds weighs heavily against it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.processes import child_of, cpu_s, peak_mb
from benchmarks.ratio import Amount, Ratio
from benchmarks.terminal import Session
from tests.sound import SoundServer
from tests.speech.answers import LOW_SCORE, MISTAKE
from tests.speech.listening import MODEL
from tests.speech.voices import say_to
from tests.waiting import wait_until
from trainer.audio.format import RATE_HZ, SAMPLE_BYTES
from trainer.calibration.word_errors import pooled_error_rate
from trainer.capture.files import open_for_sound
from trainer.capture.recorder import Recorder
from trainer.capture.sound_files import convert
from trainer.capture.types import BLOCK_S, RecorderPhase
from trainer.children.parent import Child
from trainer.config import Settings
from trainer.errors import SoundError
from trainer.paths import find_home, shipped
from trainer.playback.player import Player
from trainer.spoken import SpokenAnswer
from trainer.transcript.engines import Engine
from trainer.transcript.lookup import CHILD, find_engine
from trainer.transcript.recogniser import Recogniser
from trainer.transcript.transcribing import transcribe

RECOGNISER = 1.3
RECORDER = 0.02
SCREEN = 0.12
LONGEST_GAP_MS = 100.0
BLOCK_BYTES = round(BLOCK_S * RATE_HZ) * SAMPLE_BYTES
CLIPS = Path(__file__).parents[2] / "shared" / "speech" / "clips"
TRAINER = str(Path(sys.executable).with_name("trainer"))
VOSK = Engine("vosk", "test model", MODEL)
BUILTIN = Engine("builtin", "built-in")
NEEDED = ("pulseaudio", "paplay", "setpriv", "espeak-ng")
WATCHED_S = 15.0
ROUNDS = 5
LONG_S = 60.0
FEW_S = 5.0


def measure() -> Iterator[Ratio | Amount | str]:
    """Measure one thing after the other: each has the machine to itself."""
    missing = [program for program in NEEDED if not shutil.which(program)]
    if missing:
        yield f"not measured: {', '.join(missing)} not installed"
        return
    with tempfile.TemporaryDirectory(prefix="voice-") as name, private_sound() as server:
        folder = Path(name)
        clip = folder / "clip.wav"
        say_to(clip, (*LOW_SCORE.sentences, *MISTAKE.sentences))
        yield from _recogniser(clip, folder)
        yield from _recorder(server, clip, folder)
        yield from _screen(server, clip, folder)
        yield from _final_words(server, folder)
        yield from _other_children(clip, folder)
        yield from _error_rates(folder)


@contextmanager
def private_sound() -> Iterator[SoundServer]:
    """Run a sound server of our own, which the programs of this process find."""
    with tempfile.TemporaryDirectory(prefix="sound-") as folder:
        server = SoundServer(Path(folder))
        os.environ.update(server.environment)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _recogniser(clip: Path, folder: Path) -> Iterator[Ratio | Amount]:
    """Let the child follow a recording in real time; its start is not counted."""
    with wave.open(str(clip), "rb") as sound:
        pcm = sound.readframes(sound.getnframes())
    blocks = [pcm[at : at + BLOCK_BYTES] for at in range(0, len(pcm), BLOCK_BYTES)]
    live_s, hurried_s = _vosk_alone(clip, live=True), _vosk_alone(clip, live=False)
    spent_s, memory_mb = _follow(blocks, folder / "grows.wav", live=True)
    at_once_s, _ = _follow(blocks, folder / "whole.wav", live=False)
    seconds = len(pcm) / SAMPLE_BYTES / RATE_HZ
    what = f"recogniser child on {seconds:.0f} s of live speech"
    yield Ratio(what, spent_s, "Vosk fed the same 50 ms blocks as they come", live_s, RECOGNISER)
    # A processor that never sleeps between two blocks keeps its caches warm.
    what = f"recogniser child on {seconds:.0f} s of speech that is all there"
    hurried = "Vosk fed the same 50 ms blocks at once"
    yield Ratio(what, at_once_s, hurried, hurried_s, RECOGNISER)
    yield Amount("memory of the recogniser child with the test model", memory_mb, "MB")


def _vosk_alone(clip: Path, *, live: bool) -> float:
    """Return the CPU seconds of Vosk with its partial words, once it is loaded."""
    pace_s = BLOCK_S if live else 0.0
    code = f"""
import json, time, wave, vosk
vosk.SetLogLevel(-3)
recogniser = vosk.KaldiRecognizer(vosk.Model({str(MODEL)!r}), {RATE_HZ})
recogniser.SetWords(True)
with wave.open({str(clip)!r}) as sound:
    blocks = iter(lambda: sound.readframes({BLOCK_BYTES // SAMPLE_BYTES}), b"")
    began, before_s = time.monotonic(), time.process_time()
    for number, block in enumerate(blocks):
        time.sleep(max(0.0, began + number * {pace_s} - time.monotonic()))
        if recogniser.AcceptWaveform(block):
            json.loads(recogniser.Result())
        else:
            json.loads(recogniser.PartialResult())
    json.loads(recogniser.FinalResult())
print(time.process_time() - before_s)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def _follow(blocks: list[bytes], file: Path, *, live: bool) -> tuple[float, float]:
    """Return the CPU seconds of the child once it is ready, and its memory in MB."""
    pace_s = BLOCK_S if live else 0.0
    ready, spent, memory = threading.Event(), [0.0, 0.0], [0.0]

    def hear(message: dict[str, Any]) -> None:
        if "ready" in message:
            spent[0] = cpu_s(child.pid)
            ready.set()
            memory[0] = peak_mb(child.pid)
        elif "done" in message:
            spent[1] = cpu_s(child.pid)
        elif "partial" in message:  # not the last message: the child ends after that
            memory[0] = peak_mb(child.pid)

    child = Child(CHILD, ["vosk", str(MODEL), str(file), "0"], on_message=hear)
    ready.wait(LONG_S)
    began = time.monotonic()
    pause = threading.Event()
    with open_for_sound(file) as sound:
        for number, block in enumerate(blocks):
            pause.wait(max(0.0, began + number * pace_s - time.monotonic()))
            sound.write(block)
    child.tell({"finish": True})
    child.wait(LONG_S)
    return spent[1] - spent[0], memory[0]


def _recorder(server: SoundServer, clip: Path, folder: Path) -> Iterator[Ratio | Amount]:
    recorder = Recorder(folder / "recorder.wav")
    try:
        wait_until(lambda: recorder.state().phase is RecorderPhase.READY, "ready")
        recorder.record()
        with server.playing(clip):
            wait_until(lambda: recorder.state().phase is RecorderPhase.RECORDING, "recording")
            pid = child_of(os.getpid(), "trainer.capture.recording")
            began, before_s = time.monotonic(), cpu_s(pid)
            threading.Event().wait(WATCHED_S)
            spent_s, passed_s = cpu_s(pid) - before_s, time.monotonic() - began
            memory_mb = peak_mb(pid)
    finally:
        recorder.close()
    yield Ratio("recorder's CPU while it records", spent_s, "the time", passed_s, RECORDER)
    yield Amount("memory of the recorder child", memory_mb, "MB")


def _screen(server: SoundServer, clip: Path, folder: Path) -> Iterator[Ratio | Amount]:
    home = folder / "home"
    home.mkdir()
    settings = Settings(answer="voice", model=str(MODEL))
    (home / "config.json").write_text(json.dumps(asdict(settings)), encoding="utf-8")
    command = [TRAINER, "practice", "--voice", "--question", "low-score-step1-direct"]
    with Session(command, {"TRAINER_HOME": str(home)}) as session:
        session.seconds_until("Nothing is kept until")
        session.press(" ")
        session.seconds_until("Speak now")
        with server.playing(clip):
            session.watch(2.0)
            drawn, began, before_s = len(session.drawn_at), time.monotonic(), cpu_s(session.pid)
            session.watch(WATCHED_S)
            spent_s, passed_s = cpu_s(session.pid) - before_s, time.monotonic() - began
            times = session.drawn_at[drawn:]
            memory_mb = peak_mb(session.pid)
    gaps_ms = sorted(1000 * (b - a) for a, b in pairwise(times))
    yield Ratio("practice screen's CPU while one speaks", spent_s, "the time", passed_s, SCREEN)
    yield Amount("longest gap between two pictures", gaps_ms[-1], "ms", LONGEST_GAP_MS)
    yield Amount("gap that 99 % of pictures stay under", quantiles(gaps_ms, n=100)[-1], "ms")
    yield Amount("memory of the trainer itself", memory_mb, "MB")


def _final_words(server: SoundServer, folder: Path) -> Iterator[Amount]:
    """Stop in the moment in which the speech ends: half a second more is kept on purpose."""
    clip = folder / "sentence.wav"
    say_to(clip, LOW_SCORE.sentences[:2])
    times_ms = []
    for number in range(ROUNDS):
        answer = SpokenAnswer(folder / f"final-{number}.wav", None, VOSK)
        try:
            wait_until(lambda a=answer: a.state().recorder.phase is RecorderPhase.READY, "ready")
            answer.record()
            server.play(clip)
            began = time.monotonic()
            answer.stop()
            wait_until(lambda a=answer: a.done, "the last words")
            times_ms.append(1000 * (time.monotonic() - began))
        finally:
            answer.close()
    yield Amount("from the end of speech to its final words", median(times_ms), "ms")


def _other_children(clip: Path, folder: Path) -> Iterator[Amount]:
    """The memory of the children that were not measured while they worked for the screen."""
    file = folder / "read.wav"
    convert(clip, file)
    recogniser = Recogniser(file, BUILTIN)
    try:
        wait_until(lambda: recogniser.state().read_s > FEW_S, "it reads", LONG_S)
        memory_mb = peak_mb(child_of(os.getpid(), CHILD))
    finally:
        recogniser.close()
    yield Amount("memory of the recogniser child with the built-in model", memory_mb, "MB")
    player = Player(file)
    try:
        wait_until(lambda: player.state().at_s > 1.0, "it plays", LONG_S)
        memory_mb = peak_mb(child_of(os.getpid(), "trainer.playback.playing"))
    finally:
        player.close()
    yield Amount("memory of the player child", memory_mb, "MB")


def _error_rates(folder: Path) -> Iterator[Amount | str]:
    """Word error rates on the human clips, in percent, for each engine that is here."""
    if not CLIPS.is_dir():
        yield "word error rates not measured: the folder of human clips is not here"
        return
    lines = (CLIPS / "transcripts.tsv").read_text(encoding="utf-8").splitlines()
    clips = [line.split("\t") for line in lines if line]
    found = find_engine((find_home().models, shipped("models")), None)
    for engine in (found, BUILTIN):
        if engine is None or (engine.name == "builtin" and engine is found):
            continue
        pairs = []
        try:
            for number, (name, said) in enumerate(clips):
                file = folder / f"human-{number}.wav"
                if not file.exists():
                    convert(CLIPS / name, file)
                heard = " ".join(word.word for word in transcribe(file, engine))
                pairs.append((said, heard))
        except SoundError as error:
            yield f"{engine.name} {engine.model}: {error.message}"
            continue
        what = f"word error rate of {engine.name} ({engine.model}) on {len(clips)} human clips"
        yield Amount(what, 100 * pooled_error_rate(pairs), "%")
    if found is None or found.name != "vosk":
        yield "Vosk not measured on the human clips: there is no model for people here"
