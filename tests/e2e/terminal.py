"""A real terminal for end-to-end tests: the program in a private tmux server."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from tests.cli.conftest import runner
from tests.waiting import wait_until
from trainer.paths import HOME_VARIABLE

# Whoever runs the tests may have a terminal of another size.
_SURROUNDINGS = {
    name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")
}
LOOK_S = 0.1
"""Each look at a screen starts a program: more of them take the time of what is looked at."""

PROGRAM = (sys.executable, "-m", "trainer")


def told(home: Path, *arguments: object) -> Any:
    """Return what a command of this process says of a home, as JSON."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(home))
        result = runner(patch)(*arguments, "--json")
    assert result.code == 0, result.err
    return result.json


class Terminal:
    """One tmux session of a given size that runs the trainer. Used as a context manager."""

    def __init__(
        self,
        home: Path,
        size: tuple[int, int] = (80, 24),
        arguments: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
        prefix: tuple[str, ...] = (),
    ) -> None:
        self._server = f"trainer-{uuid.uuid4().hex[:12]}"
        self._size = size
        self._command = shlex.join((*prefix, *PROGRAM, *arguments))
        self._environment = {"TRAINER_HOME": str(home), "TZ": "UTC", **(environment or {})}

    def __enter__(self) -> Self:
        variables = [f"-e{name}={value}" for name, value in self._environment.items()]
        width, height = (str(cells) for cells in self._size)
        self._tmux("new-session", "-d", "-x", width, "-y", height, *variables, self._command)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None and self.running():
            print(self.screen())
        self._tmux("kill-server", check=False)

    def press(self, *keys: str) -> None:
        """Send keys by tmux's names, such as Enter, C-s, Escape."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._tmux("send-keys", "-l", text)

    def screen(self) -> str:
        """Return what the terminal shows."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, *texts: str, timeout_s: float = 20.0) -> str:
        """Wait until the screen shows every text, and return the screen."""

        def there() -> bool:
            # Nothing where the program has ended: one call for both, this is asked many times.
            screen = self._tmux("capture-pane", "-p", check=False)
            return all(text in screen for text in texts)

        wait_until(there, f"no {texts} on the screen", timeout_s, LOOK_S)
        return self.screen()

    def running(self) -> bool:
        """Whether the program runs."""
        return self._tmux("list-panes", check=False) != ""

    def draws(self) -> bool:
        """Whether the program has taken the whole screen for itself."""
        return self._tmux("display-message", "-p", "#{alternate_on}").strip() == "1"

    def wait_for_end(self) -> None:
        """Wait until the program has ended."""
        wait_until(lambda: not self.running(), "the program did not end", every_s=LOOK_S)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the program and wait for its end."""
        os.kill(int(self._tmux("display-message", "-p", "#{pane_pid}")), number)
        self.wait_for_end()

    def _tmux(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._server, "-f", os.devnull, *arguments],
            check=check,
            capture_output=True,
            text=True,
            env=_SURROUNDINGS,
        )
        return done.stdout.strip("\n")
