"""What a user does who practises line by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tests.fakes import FakeLines
from trainer.plain.console import Console
from trainer.plain.practice import Practice
from trainer.plain.reader import InputEndedError
from trainer.plain.review import Review
from trainer.services import Services

ONE = ["low-score-direct"]


@dataclass
class Talk:
    """A conversation: what was typed into it and what came out. `end` is what it ended by."""

    lines: FakeLines
    pieces: list[str] = field(default_factory=list)
    end: BaseException | None = None

    @property
    def out(self) -> str:
        return "".join(self.pieces)


def practise(
    services: Services,
    *typed: object,
    by_voice: bool = False,
    choose: bool = False,
    reading: Literal["off", "read", "drill"] = "off",
    half: str = "",
    longest: int | None = None,
) -> Talk:
    """Practise one question, or choose what to practise, and type these lines and half a one."""
    talk = Talk(FakeLines(*typed, half=half))
    talk.lines.longest = longest
    practice = Practice(services, Console(talk.lines, talk.pieces.append), by_voice, reading)
    try:
        if choose:
            practice.choose()
        else:
            practice.go(services.plan(question_ids=ONE))
    except (InputEndedError, KeyboardInterrupt) as end:
        talk.end = end
    return talk


def review(services: Services, *typed: object, half: str = "") -> Talk:
    """Go through the history, and type these lines and half a one."""
    talk = Talk(FakeLines(*typed, half=half))
    console = Console(talk.lines, talk.pieces.append)
    try:
        Review(services, console, Practice(services, console, False, "off")).go()
    except (InputEndedError, KeyboardInterrupt) as end:
        talk.end = end
    return talk


def answer(services: Services, text: str) -> str:
    """Store an answer; return its id."""
    talk = practise(services, "", *text.split("\n"), ".", "q")
    assert talk.end is None, talk.out
    return services.answers(limit=1)[0].attempt.id
