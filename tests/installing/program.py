"""The program over a catalogue of one model on a test's server: `program.py MODEL.json ARGS...`.

The shipped program takes safe addresses only; this one takes those of the loopback too. With
HANG=unpacking it stands still in the middle of unpacking, and makes the file REACHED.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import threading
from pathlib import Path

from trainer.cli.main import main
from trainer.installing import installing, unpacking
from trainer.transcript import choosing
from trainer.transcript.catalogue import Checksum, Model


def _hang(*_: object) -> None:
    Path(os.environ["REACHED"]).touch()
    threading.Event().wait()


def run(arguments: list[str]) -> int:
    told = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    model = Model(**{**told, "checksum": Checksum(**told["checksum"])})
    choosing.shipped_models = lambda: (model,)
    installing.Models = functools.partial(  # type: ignore[assignment,misc]
        installing.Models, schemes=("http",)
    )
    if os.environ.get("HANG") == "unpacking":
        before = unpacking._unpack_file

        def unpack_one(*args: object) -> object:
            if args[1].filename.endswith("words.txt"):  # type: ignore[attr-defined]
                _hang()
            return before(*args)  # type: ignore[arg-type]

        unpacking._unpack_file = unpack_one  # type: ignore[assignment]
    return main(arguments[1:])


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
