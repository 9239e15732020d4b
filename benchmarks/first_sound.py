"""From the key on an answer's page to the first sound of its recording, beside paplay.

The whole way counts: the terminal, the screen, the player's child, PortAudio and the sound server.
Needs Linux and the sound server of the tests: see `.ci/run`.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.ratio import Ratio
from benchmarks.terminal import Session
from benchmarks.voice import private_sound
from tests.sound import Captured, SoundServer
from trainer.audio.format import RATE_HZ, SAMPLE_BYTES
from trainer.capture import files
from trainer.paths import Home
from trainer.services import Services, open_services
from trainer.transcript.types import HeardWord, Sound, Transcript

NEEDED = ("pulseaudio", "paplay", "parec", "setpriv")
TRAINER = str(Path(sys.executable).with_name("trainer"))
MINUTES = (1, 15)
ROUNDS = 5
WORD_S = 0.5
LONG_S = 30.0
_FILLER = "so the ward was full and the team worked through the long night together "
_STORY = (
    "i take responsibility for that score because i started too late and i changed my plan to "
    "forty questions a day and my next score rose by thirty points"
)


def measure() -> Iterator[Ratio | str]:
    """Play answers of one and of fifteen minutes, from their first word and from a late quote."""
    missing = [program for program in NEEDED if not shutil.which(program)]
    if missing:
        yield f"not measured: {', '.join(missing)} not installed"
        return
    with tempfile.TemporaryDirectory(prefix="first-sound-") as folder, private_sound() as server:
        home = Home(Path(folder) / "home")
        with closing(open_services(home)) as services:
            stored = {minutes: _store(services, minutes) for minutes in MINUTES}
        alone = [_paplay(server, file) for _, file in stored.values() for _ in range(ROUNDS)]
        for form in ("WAV", "FLAC"):
            for minutes, (attempt_id, file) in stored.items():
                first, late = _play(server, home, attempt_id)
                what = f"from the key to the first sound, {minutes} min of {form}"
                yield Ratio.of(f"{what}, first word", first, "paplay of the WAV files", alone)
                yield Ratio.of(f"{what}, last quote", late, "paplay of the WAV files", alone)
                if form == "WAV":
                    with closing(open_services(home)) as services:
                        services.sounds.compress(file.name)


def _store(services: Services, minutes: int) -> tuple[str, Path]:
    """Store an answer that is so long, all of it sound; return its id and its file."""
    count = round(minutes * 60 / WORD_S)
    said = f"{_FILLER * count} {_STORY}".split()[-count:]
    heard = Transcript.heard(
        [HeardWord(word, at * WORD_S, (at + 0.8) * WORD_S, 1.0) for at, word in enumerate(said)],
        "vosk",
        Sound(((0.0, count * WORD_S),)),
    )
    file = services.new_recording()
    noise = random.Random(minutes).randbytes(round(count * WORD_S * RATE_HZ) * SAMPLE_BYTES)
    with files.open_for_sound(file) as recording:
        recording.write(noise)
    files.mend(file)
    run = services.plan(question_ids=["low-score-step1-direct"])
    draft = replace(
        services.new_draft(run),
        recording=file.name,
        heard=heard,
        text=heard.text,
        counted_s=count * WORD_S,
    )
    services.save_draft(draft)
    return services.finish(draft, run.item), file


def _play(server: SoundServer, home: Home, attempt_id: str) -> tuple[list[float], list[float]]:
    """Return the seconds from a key to the sound: of the first word, and of the last quote."""
    command = [TRAINER, "review", attempt_id]
    with Session(command, {"TRAINER_HOME": str(home.root)}) as session:
        session.seconds_until("Play")
        session.watch(1.0)
        first = [_heard(server, session, lambda: session.press("p")) for _ in range(ROUNDS)]
        session.press("k")
        session.watch(1.0)
        late = [_heard(server, session, lambda: session.press("\r")) for _ in range(ROUNDS)]
    return first, late


def _heard(server: SoundServer, session: Session, act: Callable[[], None]) -> float:
    with server.captured() as captured:
        seconds = _seconds_to_sound(captured, act, lambda: session.watch(0.002))
        session.press("s")
        session.watch(0.5)
    return seconds


def _paplay(server: SoundServer, file: Path) -> float:
    started: list[subprocess.Popen[bytes]] = []
    pause = threading.Event()
    with server.captured() as captured:
        seconds = _seconds_to_sound(
            captured,
            lambda: started.append(subprocess.Popen(["paplay", file])),
            lambda: pause.wait(0.002),
        )
        started[0].kill()
        started[0].wait()
    return seconds


def _seconds_to_sound(
    captured: Captured, act: Callable[[], None], between: Callable[[], object]
) -> float:
    """Return how long after `act` anything but silence was played."""
    from_byte = len(captured.pcm)
    began = time.perf_counter()
    act()
    while not any(captured.pcm[from_byte:]):
        between()
        if time.perf_counter() - began > LONG_S:
            raise RuntimeError(f"no sound came in {LONG_S:g} s")
    return time.perf_counter() - began
