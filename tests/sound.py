"""A microphone for tests, without hardware: a private PulseAudio server and its surroundings.

Loaded as a pytest plugin by `tests/conftest.py`. The server has one silent loudspeaker, and a
microphone that hears what is played to it. Programs find it through environment variables, so
they must run in a child process: PortAudio looks for devices once, when it is loaded.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.waiting import wait_until

# Without the system's own configuration PortAudio finds no real sound card either.
ALSA_CONFIGURATION = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
# norewinds: else the first stream starts 1.7 s late.
LOUDSPEAKER = (
    "module-null-sink sink_name=loudspeaker rate=16000 channels=1 format=s16le norewinds=1"
)
MICROPHONE = "module-remap-source source_name=microphone master=loudspeaker.monitor"

PLENTY_S = 30.0


@dataclass
class Captured:
    """What the loudspeaker played: mono PCM of 16 bits, 16000 a second.

    `pcm` grows while `SoundServer.captured` runs, and is whole after it.
    """

    file: Path

    @property
    def pcm(self) -> bytes:
        """What was played so far."""
        return self.file.read_bytes()


class SoundServer:
    """A PulseAudio server of this test's own. `environment` leads programs to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "socket"
        configuration = folder / "asound.conf"
        configuration.write_text(ALSA_CONFIGURATION, encoding="utf-8")
        self.environment = {
            "ALSA_CONFIG_PATH": str(configuration),
            "JACK_NO_START_SERVER": "1",
            "PULSE_CONFIG_PATH": str(folder),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(folder / "runtime"),
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_STATE_PATH": str(folder / "state"),
            "XDG_RUNTIME_DIR": str(folder),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers. It ends with the tests, even killed ones."""
        command = ["setpriv", "--pdeathsig", "TERM", "pulseaudio", "-n", "--daemonize=no"]
        command += ["--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes"]
        command += ["--high-priority=no", "--realtime=no", f"--log-target=file:{self._log}"]
        socket = f"module-native-protocol-unix socket={self._socket} auth-anonymous=1"
        for module in (socket, LOUDSPEAKER, MICROPHONE):
            command += ["--load", module]
        self._process = subprocess.Popen(
            command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._answers, f"the sound server answers; its log: {self._log}")

    def play(self, file: Path) -> None:
        """Play a sound file into the microphone, and return when it was heard whole."""
        subprocess.run(["paplay", file], check=True, timeout=PLENTY_S, env=self._surroundings)

    @contextmanager
    def playing(self, file: Path) -> Iterator[subprocess.Popen[bytes]]:
        """Play a sound file into the microphone meanwhile."""
        with subprocess.Popen(["paplay", file], env=self._surroundings) as player:
            try:
                yield player
            finally:
                player.kill()

    @contextmanager
    def captured(self) -> Iterator[Captured]:
        """Listen at the loudspeaker: what is played is captured bit by bit, silence before it."""
        file = self._folder / "captured"
        command = ["parec", "--raw", "--device=loudspeaker.monitor", "--latency-msec=20"]
        command += ["--format=s16le", "--rate=16000", "--channels=1", str(file)]
        file.unlink(missing_ok=True)
        with subprocess.Popen(command, env=self._surroundings) as listener:
            try:
                wait_until(lambda: file.exists() and file.stat().st_size > 0, "sound comes")
                yield Captured(file)
                # What was played is in the server for a moment; silence follows it for ever.
                heard = file.stat().st_size
                wait_until(lambda: file.stat().st_size > heard + 16_000, "the end was heard")
            finally:
                listener.terminate()

    def add_device(self, name: str, definition: str = "{ type pulse }") -> None:
        """Define one more sound device for programs that start from now on (ALSA's language)."""
        with Path(self.environment["ALSA_CONFIG_PATH"]).open("a", encoding="utf-8") as file:
            file.write(f"pcm.{name} {definition}\n")

    def add_strict_device(self, name: str) -> None:
        """Add a device that refuses every rate but 48000 a second, and does not work at that."""
        self.add_device("server", "{ type pulse }")
        self.add_device("slave", "{ type mmap_emul slave { pcm server } }")
        slave = '{ pcm "slave" format S16_LE rate 48000 channels 1 }'
        self.add_device(name, f"{{ type share slave {slave} bindings.0 0 }}")

    def suspend_microphone(self) -> None:
        """Let the microphone send nothing, as a server does that saves power; it stays there."""
        self._control("suspend-source", "microphone", "1")

    def unplug(self) -> None:
        """Take the microphone away, and the loudspeaker: else its monitor takes the place."""
        self._control("unload-module", "module-remap-source")
        self._control("unload-module", "module-null-sink")

    def plug_in(self) -> None:
        """Bring both back."""
        self._control("load-module", *LOUDSPEAKER.split())
        self._control("load-module", *MICROPHONE.split())

    @property
    def pid(self) -> int:
        """The server's process id."""
        assert self._process
        return self._process.pid

    def freeze(self) -> None:
        """Stop the server in its tracks: it keeps its connections and answers nothing."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def stop(self) -> None:
        """End the server, frozen or not."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def _control(self, *command: str) -> None:
        subprocess.run(
            ["pactl", *command],
            env=self._surroundings,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=PLENTY_S,
        )

    @property
    def _log(self) -> Path:
        return self._folder / "log"

    def _answers(self) -> bool:
        assert self._process
        if self._process.poll() is not None:
            raise AssertionError(f"the sound server ended:\n{self._log.read_text()}")
        return not subprocess.run(
            ["pactl", "info"], env=self._surroundings, capture_output=True
        ).returncode

    @property
    def _surroundings(self) -> dict[str, str]:
        return {**os.environ, **self.environment}


@pytest.fixture
def no_sound_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """Surroundings in which PortAudio works and no sound server runs. `start` starts one."""
    for program in ("pulseaudio", "pactl", "setpriv"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    if not ctypes.util.find_library("portaudio"):
        pytest.skip("PortAudio is not installed")
    # Not tmp_path: the path of a socket must be short.
    with tempfile.TemporaryDirectory(prefix="sound-") as folder:
        server = SoundServer(Path(folder))
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server
        server.stop()


@pytest.fixture
def sound_server(no_sound_server: SoundServer) -> SoundServer:
    """A running sound server with a microphone, for this process's children."""
    no_sound_server.start()
    return no_sound_server


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, pytest.TestReport]:
    """With TRAINER_REQUIRE_AUDIO set, a sound test that is skipped counts as failed."""
    report: pytest.TestReport = yield
    if (
        report.skipped
        and not hasattr(report, "wasxfail")
        and item.get_closest_marker("audio")
        and os.environ.get("TRAINER_REQUIRE_AUDIO")
    ):
        report.outcome = "failed"
        report.longrepr = f"TRAINER_REQUIRE_AUDIO is set, and this was skipped: {call.excinfo}"
    return report
