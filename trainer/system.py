"""The one seam for what differs between Linux, macOS and Windows."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import math
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path


def on_termination(callback: Callable[[], None]) -> None:
    """Call `callback` on the running event loop when the system asks the program to end.

    SIGTERM and, where a terminal can hang up, SIGHUP. Windows delivers neither to a console
    program; there a closed window ends the program at once, and drafts are what was saved last.
    """
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(NotImplementedError):  # Windows' event loops
                loop.add_signal_handler(number, callback)


@contextlib.contextmanager
def ending_by_exception() -> Iterator[None]:
    """Let the system's request to end the program raise `KeyboardInterrupt` here.

    So what is open is put away: private copies of sound, and children. What the program was told
    to ignore (`nohup`) stays ignored. Only the main thread can ask for it.
    """

    def end(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) == signal.SIG_DFL:
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def give_way() -> None:
    """Let this process work only when others do not want to, as far as the system lets it."""
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "win32":
            import ctypes

            below_normal = 0x4000
            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
        else:
            os.nice(10)


def reach_disk(folder: Path) -> None:
    """Wait until names that were changed in a folder are on the disk; Windows needs no asking."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def memory_bytes() -> int | None:
    """Return how much memory this machine has, in bytes; None where the system does not tell.

    It is what is built in, not what is free. A speech model is in memory as long as an answer is
    recorded: by its maker's published notes about 300 MB for a small one (40 MB to download) and
    500 MB to 1 GB for a large one (130 MB). Neither was measured here.
    """
    try:
        if sys.platform == "win32":
            return _windows_memory_bytes()
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):  # a system without these names
        return None
    return memory if memory > 0 else None


def _windows_memory_bytes() -> int | None:
    import ctypes

    class MemoryStatus(ctypes.Structure):
        # MEMORYSTATUSEX: two numbers of 32 bits, then seven of 64; the first of those is wanted.
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("others", ctypes.c_ulonglong * 6),
        )

    status = MemoryStatus()
    status.length = ctypes.sizeof(status)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only there on Windows
    return status.total if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else None


def install_hint(debian: str, fedora: str, arch: str, brew: str, *, again: bool = False) -> str:
    """Return how to install a system package here; `again` where it is there and broken."""
    if sys.platform == "darwin":
        return f"Run: brew {'reinstall' if again else 'install'} {brew}"
    commands = {
        "apt-get": f"apt-get install {'--reinstall ' if again else ''}{debian}",
        "dnf": f"dnf {'reinstall' if again else 'install'} {fedora}",
        "pacman": f"pacman -S {arch}",
    }
    for program, command in commands.items():
        if shutil.which(program):
            return f"Run: {_as_root()}{command}"
    return f"Install {debian} with your system's package manager."


def package_hint(package: str, *, again: bool = False) -> str:
    """Return how to add a Python package to where this program is installed."""
    if Path(sys.prefix, "pipx_metadata.json").exists():
        return f"Run: pipx inject {'--force ' if again else ''}interview-trainer {package}"
    force = "--force-reinstall " if again else ""
    return f"Run: {quoted(sys.executable)} -m pip install {force}{package}"


def portaudio_hint(*, again: bool = False) -> str:
    """Return how to install PortAudio; `again` where it is there and broken."""
    if sys.platform in ("win32", "darwin"):  # the package brings it along
        return package_hint("sounddevice", again=True)
    return install_hint("libportaudio2", "portaudio", "portaudio", "portaudio", again=again)


def ffmpeg_hint(*, again: bool = False) -> str:
    """Return how to install ffmpeg; `again` where it is there and broken."""
    if sys.platform == "win32":
        return f"Run: winget install {'--force ' if again else ''}Gyan.FFmpeg"
    return install_hint("ffmpeg", "ffmpeg-free", "ffmpeg", "ffmpeg", again=again)


def speech_hint(*, again: bool = False) -> str:
    """Return how to install a program that reads aloud; `again` where it is there and broken."""
    if sys.platform == "darwin":
        return "Choose an English voice in the system settings: Accessibility, Spoken Content."
    if sys.platform == "win32":
        return "Add an English voice. Run: start ms-settings:speech"
    return install_hint("espeak-ng", "espeak-ng", "espeak-ng", "espeak-ng", again=again)


def find_speech_program() -> str | None:
    """Return the program of this system that speaks a text into a sound file, None without one."""
    names = {"darwin": ("say",), "win32": ("powershell",)}
    found = map(shutil.which, names.get(sys.platform, ("espeak-ng", "espeak")))
    return next((path for path in found if path), None)


def speech_commands(program: str, file: Path, words_a_minute: int) -> tuple[list[str], ...]:
    """Return commands that speak standard input (UTF-8) into a new WAV file, mono and 16 bits.

    They are to be tried in this order: each asks for an American voice, or else another English
    one, as long as there is one.
    """
    if sys.platform == "darwin":
        form = ["--file-format=WAVE", "--data-format=LEI16@16000", "-o", str(file), "-f", "-"]
        voices = (["-v", "Samantha"], ["-v", "Alex"], ["-v", "Daniel"], [])
        return tuple([program, *voice, "-r", str(words_a_minute), *form] for voice in voices)
    if sys.platform == "win32":
        script = _WINDOWS_SPEECH.format(
            file=str(file).replace("'", "''"),
            # Its rates go from -10 to 10, from a third of its usual pace to three times that.
            rate=max(-10, min(10, round(10 * math.log(words_a_minute / _WINDOWS_WPM, 3)))),
        )
        encoded = base64.b64encode(script.encode("utf-16-le")).decode()
        return ([program, "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded],)
    speed = str(round(words_a_minute * _ESPEAK_SHARE))
    options = ["--stdin", "-b", "1", "-s", speed, "-w", str(file)]
    return tuple([program, *voice, *options] for voice in (["-v", "en-us"], ["-v", "en"], []))


# espeak-ng counts shorter words than these: at 130 it read the 147 shipped questions with 161
# words a minute, at 160 with 198.
_ESPEAK_SHARE = 0.81
_WINDOWS_WPM = 180  # about its pace at rate 0
_WINDOWS_SPEECH = """\
$ErrorActionPreference = 'Stop'
$in = New-Object IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::UTF8)
$text = $in.ReadToEnd()
Add-Type -AssemblyName System.Speech
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
$english = [Globalization.CultureInfo]'en-US'
try {{ $voice.SelectVoiceByHints('NotSet', 'NotSet', 0, $english) }} catch {{ }}
$voice.Rate = {rate}
$form = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(16000, 'Sixteen', 'Mono')
$voice.SetOutputToWaveFile('{file}', $form)
$voice.Speak($text)
$voice.Dispose()
"""


def end_with_all(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a session of its own, with what it started, at once.

    Windows ends the process alone.
    """
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def private_hint(folder: Path) -> str:
    """Return how to keep other users out of a folder (POSIX)."""
    return f"Run: chmod 700 {quoted(str(folder))}"


def utf8_hint() -> str:
    """Return how to make programs write UTF-8."""
    if sys.platform == "win32":
        return "Run: set PYTHONUTF8=1"
    return f"Run: export LC_ALL={'en_US' if sys.platform == 'darwin' else 'C'}.UTF-8"


def microphone_hint() -> str:
    """Return what helps where no microphone is found."""
    if sys.platform == "darwin":
        return (
            "Connect a microphone, and allow it for your terminal. "
            "Run: open 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone'"
        )
    if sys.platform == "win32":
        return (
            "Connect a microphone, and allow it for desktop programs. "
            "Run: start ms-settings:privacy-microphone"
        )
    bridge = install_hint("libasound2-plugins", "alsa-plugins-pulseaudio", "alsa-plugins", "")
    return f"Connect a microphone. If there is one, programs may lack the way to it. {bridge}"


def sound_server_hint(*, running: bool = True) -> str:
    """Return how to start the sound server, anew where it is `running` and does not work."""
    if sys.platform == "darwin":
        return "Run: sudo killall coreaudiod"
    if sys.platform == "win32":
        return "Run in PowerShell as administrator: Restart-Service Audiosrv"
    if shutil.which("pipewire"):
        return "Run: systemctl --user restart pipewire pipewire-pulse wireplumber"
    if not shutil.which("pulseaudio"):
        return install_hint("pulseaudio", "pulseaudio", "pulseaudio", "")
    return f"Run: {'killall -9 pulseaudio; ' if running else ''}pulseaudio --start"


def loudspeaker_hint() -> str:
    """Return what helps where nothing is found to play sound to."""
    if sys.platform in ("darwin", "win32"):
        return "Connect a loudspeaker or headphones, and choose it in the system's sound settings."
    bridge = install_hint("libasound2-plugins", "alsa-plugins-pulseaudio", "alsa-plugins", "")
    return f"Connect a loudspeaker. If there is one, programs may lack the way to it. {bridge}"


def find_sound_server(timeout_s: float = 2.0) -> tuple[str, bool] | None:
    """Return the sound server's name and whether it answers; None where none runs.

    On macOS and Windows it is a part of the system. Elsewhere `pactl` is asked, which PipeWire
    answers too; without that program a server that takes a connection counts as answering.
    """
    if sys.platform in ("darwin", "win32"):
        return ("Core Audio" if sys.platform == "darwin" else "Windows Audio"), True
    if not shutil.which("pactl"):
        return ("The sound server", True) if _takes_connections() else None
    try:
        told = subprocess.run(
            ["pactl", "info"],
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout_s,
        )
    except subprocess.TimeoutExpired:
        return "The sound server", False
    except OSError:
        return None
    if told.returncode:
        return None
    names = re.findall(r"^Server Name: (.+)$", told.stdout.decode(errors="replace"), re.MULTILINE)
    return (names[0] if names else "It answers."), True


def _takes_connections() -> bool:
    address = os.environ.get("PULSE_SERVER", "").removeprefix("unix:")
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(1.0)
        try:
            connection.connect(address or os.path.join(runtime, "pulse", "native"))  # noqa: PTH118
        except OSError:
            return False
    return True


def quoted(word: str) -> str:
    """Return a word as it must be written in the shell here."""
    if sys.platform == "win32":
        return f'"{word}"' if " " in word else word
    return shlex.quote(word)


def _as_root() -> str:
    return "" if sys.platform != "win32" and os.geteuid() == 0 else "sudo "
