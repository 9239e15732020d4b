"""A session that only counts what happens, and programs that hold and join it, for the tests.

`python -m tests.peer.table host FOLDER` prints its code; `guest FOLDER CODE NAME` prints how it
stands whenever that changes, and sends each line that it reads.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

from trainer.errors import TrainerError
from trainer.peer.code import Code
from trainer.peer.held import Arrival
from trainer.peer.hosting import Host
from trainer.peer.joining import Codec, Guest

RAW: Codec[Any, Any] = Codec(write_event=lambda event: event, read_view=lambda view: view)


class Table:
    """Keeps who sits there and what they said; with a file everything survives a kill."""

    def __init__(self, journal: Path | None = None, session: str = "a-session") -> None:
        self.session_id = session
        self.people: dict[str, dict[str, Any]] = {}
        self.said: list[list[Any]] = []
        self.extra: Any = None
        self._journal = journal
        if journal and journal.exists():
            for line in journal.read_text().splitlines():
                self._apply(json.loads(line))
        for person in self.people.values():
            person["here"] = False

    def digest(self, participant: str) -> str | None:
        person = self.people.get(participant)
        return person and person["digest"]

    def arrive(self, arrival: Arrival) -> None:
        if arrival.role == "king":
            raise TrainerError("There is no such seat.", "Take another.")
        person = {"name": arrival.name, "role": arrival.role, "digest": arrival.digest}
        self._keep(["arrive", arrival.participant, person])

    def leave(self, participant: str) -> None:
        self._keep(["leave", participant])

    def last_number(self, participant: str) -> int:
        return max((number for who, number, _ in self.said if who == participant), default=0)

    def take(self, participant: str, number: int, event: Any) -> None:
        if event == "forbidden":
            raise TrainerError("This is not allowed now.", "Wait.")
        if event == "crash":
            raise RuntimeError("a mistake in the program")
        self._keep(["take", participant, number, event])

    def view(self, participant: str) -> Any:
        here = {who: person["here"] for who, person in self.people.items()}
        return {"you": participant, "here": here, "said": self._heard(), "extra": self.extra}

    def _heard(self) -> list[list[Any]]:
        return [one for one in self.said if one[2] != "hidden"]

    def _keep(self, line: list[Any]) -> None:
        if self._journal:
            with self._journal.open("a") as file:
                file.write(json.dumps(line) + "\n")
        self._apply(line)

    def _apply(self, line: list[Any]) -> None:
        match line:
            case ["arrive", who, person]:
                self.people[who] = person | {"here": True}
            case ["leave", who]:
                self.people[who]["here"] = False
            case ["take", who, number, event]:
                self.said.append([who, number, event])


def hold(folder: Path) -> None:
    table = Table(folder / "journal")
    host = Host(table, folder)
    print(json.dumps(host.start().text), flush=True)
    sys.stdin.read()
    host.stop()


def join(folder: Path, code: str, name: str) -> None:
    saying = threading.Lock()

    def say() -> None:
        view, standing = guest.view(), guest.standing
        with saying:
            state = {"kind": standing.kind, "who": guest.participant, "view": view}
            print(json.dumps(state | {"trouble": str(standing.trouble or "")}), flush=True)

    guest = Guest(RAW, folder, on_change=say)
    guest.connect(Code.read(code), name, "observer")
    for line in sys.stdin:
        guest.send(json.loads(line))
    guest.close()


if __name__ == "__main__":
    task, where, *rest = sys.argv[1:]
    if task == "host":
        hold(Path(where))
    else:
        join(Path(where), *rest)
