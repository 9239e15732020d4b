"""Answers on the rubric of `tests.fakes`, and a catalogue that rates them by the fake rater."""

from __future__ import annotations

from typing import Any

import pytest

from tests import fakes
from trainer.bank.types import Mark
from trainer.catalogue import Catalogue
from trainer.evaluation.types import MarkedAnswer, SeenMark


def answer(text: str = "I acknowledge it.", **changes: Any) -> MarkedAnswer:
    """Return an answer that is marked met on `acknowledge` and missed on `change`."""
    fields: dict[str, Any] = {
        "id": text,
        "speaker": None,
        "rubric": fakes.rubric(),
        "question": "",
        "text": text,
        "marks": {"acknowledge": Mark.MET, "change": Mark.MISSED},
        "flags": {"blame": False},
        "quotes": {},
        "overall": None,
    }
    return MarkedAnswer(**{**fields, **changes})


def seen(given: int, found: int, cluster: int = 0, **changes: Any) -> SeenMark:
    return SeenMark(
        cluster, "ownership", changes.pop("criterion", "change"), given, found, **changes
    )


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(fakes.library, fakes.FakeRater)
