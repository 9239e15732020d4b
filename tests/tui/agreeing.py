"""Answers that several have rated, for tests of what raters agree in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.tui.spoken import spoken_attempt
from trainer.bank.types import Mark
from trainer.services import Services

MISSED, PARTLY, MET = Mark
SAID = "well i acknowledge it was mine and then a half-change came after some weeks"


def listened(services: Services, marks: Mapping[str, tuple[Mark, Mark]], said: str = SAID) -> str:
    """Store a spoken answer that people have rated too, each by the name; return its id."""
    attempt_id = spoken_attempt(services, said)
    record = services.view(attempt_id).record
    (machine,) = record.ratings
    for name, (acknowledge, change) in marks.items():
        given = replace(
            machine.rating,
            rater="peer",
            marks={"acknowledge": acknowledge, "change": change},
            spans=(),
            flags={},
        )
        stored = replace(
            machine, id=f"{attempt_id[:20]}-{name}", rating=given, rater_name=name, comment="Calm."
        )
        services.store.add_version(None, stored)
    return attempt_id


def fill(services: Services, sessions: int = 6) -> list[str]:
    """Store an answer in each of so many sessions: Ana gives more than Bo; return their ids."""
    ids = []
    for number in range(sessions):
        ana = (MET, MET if number % 3 else PARTLY)
        bo = (PARTLY if number % 2 else MET, MISSED if number == 1 else PARTLY)
        ids.append(listened(services, {"Ana": ana, "Bo": bo}))
    return ids
