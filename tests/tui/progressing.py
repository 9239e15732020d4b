"""A history of some weeks, for tests of the progress screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests import fakes
from tests.review.sides import LONG, rating, spoken
from tests.store import samples
from tests.tui.conftest import FIRST_MOMENT
from trainer.analysis.delivery import measure
from trainer.analysis.scoring import score
from trainer.analysis.types import UM, Chances, FillerCount
from trainer.bank.types import Mark
from trainer.recall import encode_rubric
from trainer.services import Services
from trainer.store.types import StoredRating

MISSED, PARTLY, MET = Mark
CHANGE = (*[MISSED] * 4, *[PARTLY] * 3, *[MET] * 5)
BLAME = (True, False, True, True, False, False, True, False, True, True, False, True)


def fill(services: Services, weeks: int = 11) -> list[str]:
    """Store an answer a week for each of so many weeks, oldest first; return their ids."""
    ids = []
    for number in range(weeks):
        at = FIRST_MOMENT - timedelta(weeks=weeks - 1 - number, hours=2)
        ids.append(add(services, number, at))
    return ids


def add(services: Services, number: int, at: datetime, **options: str) -> str:
    """Store a spoken answer with the machine's marks, and the speaker's own."""
    rubric = fakes.rubric()
    made = samples.attempt(
        f"{number:032x}",
        bank_id="low-score",
        question_id="step-score",
        rubric_id=options.get("rubric_id", rubric.id),
        started_at=at.isoformat(timespec="milliseconds"),
    )
    words = samples.transcript(made, spoken(LONG, 0.36 - 0.008 * number))
    figures = measure(words.transcript, 58.0 + number, 30, 60)
    fillers = (FillerCount(UM, 1, 3 + number % 3), FillerCount("like", 2, 2))
    words = replace(
        words, delivery=replace(figures, fillers=fillers, pauses=6 + number % 4, paused_s=9.0)
    )
    unsure = ("acknowledge",) if number % 4 == 1 else ()
    given = rating(
        {"acknowledge": MET if number % 3 else PARTLY, "change": CHANGE[number % len(CHANGE)]},
        flags={"blame": BLAME[number % len(BLAME)]},
        unsure=unsure,
        chances={name: Chances(0.7, 0.5) for name in unsure},
    )
    title = options.get("title", rubric.title)
    own = replace(given, rater="self", unsure=(), marks=dict.fromkeys(given.marks, MET))
    services.store.save_attempt(made, words, None)
    for one in (given, own):
        stored = StoredRating(
            f"{one.rater}-{made.id}",
            made.id,
            words.id,
            words.created_at,
            one,
            score(one, rubric).value,
            encode_rubric(replace(rubric, title=title)),
        )
        services.store.add_version(None, stored)
    return made.id
