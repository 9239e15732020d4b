"""Another program that uses the same history: `python -m tests.store.child HOME ACTION ...`.

It says a line when it is ready, and does its work when it reads one.
"""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path

from tests.store.samples import attempt, draft, rating, save, transcript
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store.database import Store


class Child:
    """A running child, from the side of the test."""

    def __init__(self, home: Home, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.child", str(home.root), *arguments],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().rstrip("\n")

    def go(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()


def main(root: str, action: str, *arguments: str) -> None:
    home = Home(Path(root))
    if action == "open":
        meet()
    with Store.open(home) as store:
        if action == "open":
            save(store, attempt_id=arguments[0])
            say(str(store.notice))
        elif action == "draft":
            store.save_draft(draft(arguments[0]))
            meet()
        elif action == "adopt":
            meet()
            try:
                say(store.adopt_draft(arguments[0]).text)
            except StoreError as error:
                say(f"refused: {error.message}")
            meet()
        elif action == "work":
            for number in count(1):
                work(store, number)
                say(str(number))
        elif action == "delete":
            store.delete_attempt(arguments[0])
            meet()
            say(str(store.undo_delete()))
            meet()
        elif action == "fill":
            fill(store, int(arguments[0]))


def meet() -> None:
    say("ready")
    sys.stdin.readline()


def say(line: str) -> None:
    print(line, flush=True)


def work(store: Store, number: int) -> None:
    """Answer once, with a redo."""
    for name, text in (("first", "one"), ("second", "two " * number)):
        store.save_draft(draft(f"{name}{number}", text=text, set_aside=name == "first"))
    made = attempt(f"a{number}")
    words = transcript(made, f"two {number}")
    closes = (f"first{number}", f"second{number}")
    store.save_attempt(made, words, rating(words), closes=closes)


def fill(store: Store, most_bytes: int) -> None:
    """Save until no file may grow further; then say what happened and what is there."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    for number in count(1):
        try:
            save(store, "word " * 20_000, attempt_id=f"a{number}")
        except StoreError as error:
            say(f"{number - 1} {store.count_library()}")
            say(str(error))
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
