"""A program that tidies a home and is killed at a step of it.

python -m tests.keeping.dying HOME STEP
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from trainer.config import Settings
from trainer.keeping import keeping
from trainer.paths import Home
from trainer.store.database import Store
from trainer.store.sounds import Sounds


def die(*_: Any, **__: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def main(root: str, step: str) -> None:
    compress, change, replace, unlink = keeping.compress, Sounds.change, Path.replace, Path.unlink
    match step:
        case "before the copy":
            keeping.compress = die
        case "in the copy":
            # The child has begun when it is first asked whether to go on.
            keeping.compress = lambda wav, new, cancelled: compress(wav, new, die)
        case "before the name":
            Path.replace = die  # type: ignore[method-assign]
        case "before the rows":

            def rename(path: Path, target: Path) -> Path:
                replace(path, target)
                die()
                return target

            Path.replace = rename  # type: ignore[assignment,method-assign]
        case "before the end":

            def change_and_die(self: Sounds, *args: Any) -> bool:
                change(self, *args)
                die()
                return True

            Sounds.change = change_and_die  # type: ignore[method-assign]
    home = Home(Path(root))
    with Store.open(home) as store:
        keeping.Keeping(home, store, Settings).tidy()
    assert unlink


if __name__ == "__main__":
    main(*sys.argv[1:])
