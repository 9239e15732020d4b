"""Stand-ins for the system's speech program, and what the tests of reading share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# What every stand-in can use: the file it is to write, and the text.
_BEGINNING = """#!{python}
import os, pathlib, struct, subprocess, sys, time
arguments = sys.argv[1:]
file = pathlib.Path(arguments[arguments.index("-w") + 1])
here = pathlib.Path(__file__).parent
(here / "pid").write_text(str(os.getpid()))
(here / "folder").write_text(str(file.parent))
with (here / "arguments").open("a") as said:
    said.write("\\n".join(arguments) + "\\n")
"""
_READ = """
text = sys.stdin.buffer.read()
(here / "text").write_bytes(text)
"""
_SPEAK = (
    _READ
    + """
pcm = b"".join(struct.pack("<h", 8000 if at // 20 % 2 else -8000) for at in range({samples}))
form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 16000, 32000, 2, 16)
file.write_bytes(b"RIFF" + struct.pack("<I", 0x7FFFF024) + b"WAVE" + form
    + b"data" + struct.pack("<I", {length}) + pcm)
"""
)
SPEAKS = _SPEAK.format(samples=8000, length="len(pcm)")
SPEAKS_LONG = _SPEAK.format(samples=16_000 * 8, length="len(pcm)")
LIES_ABOUT_ITS_LENGTH = _SPEAK.format(samples=8000, length="0x7FFFF000")
CRASHES = "os.abort()"
FAILS = _READ + "sys.exit(3)"
HANGS = "subprocess.run(['sleep', '60'])"
WRITES_GARBAGE = _READ + "file.write_bytes(bytes(range(256)) * 40)"
WRITES_NOTHING = _READ
WRITES_SILENCE = _SPEAK.format(samples=0, length="0")
KNOWS_ONLY_ENGLISH = "if 'en-us' in arguments: sys.exit(1)\n" + SPEAKS


def stand_in(folder: Path, code: str, name: str = "espeak-ng") -> Path:
    """Write a program of that name into a folder."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(_BEGINNING.format(python=sys.executable) + code, encoding="utf-8")
    program.chmod(0o755)
    return program


def only_on_path(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let nothing but this folder be on the PATH."""
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("PATH", str(folder))
