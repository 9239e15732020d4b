"""The shipped rubrics and lexicons, and rubrics that are made in a test."""

from pathlib import Path

import pytest

from trainer.analysis.patterns import check_classes, check_pattern
from trainer.analysis.rating import ChecklistRater
from trainer.bank.loading import load_library
from trainer.bank.types import (
    Criterion,
    Cue,
    Feedback,
    Flag,
    Levels,
    Library,
    MarkMeanings,
    Rubric,
    ScoreBand,
    Scoring,
)

SHIPPED = Path(__file__).parents[2] / "question_banks"
FAMILIES = ("ownership", "star", "teamwork", "resilience", "motivation")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load_library(SHIPPED, tmp_path_factory.mktemp("yours"), check_pattern, check_classes)


@pytest.fixture(scope="session")
def rater(library: Library) -> ChecklistRater:
    return ChecklistRater(library.word_classes)


SCORING = Scoring(
    formula="weights",
    values=(0, 0.5, 1),
    half_width=8,
    bands=(ScoreBand(0, "weak"), ScoreBand(50, "fair"), ScoreBand(80, "strong")),
)


def a_cue(*patterns: str, name: str = "cue", weight: float = 1.0, **options: object) -> Cue:
    return Cue(name, weight, patterns, **options)  # type: ignore[arg-type]


def a_criterion(*cues: Cue, name: str = "own", **options: object) -> Criterion:
    settings: dict[str, object] = {"levels": Levels(0.5, 1.0)} | options
    return Criterion(
        id=name,
        title="t",
        asks="a?",
        weight=settings.pop("weight", 1.0),  # type: ignore[arg-type]
        marks=MarkMeanings("m", "p", "x"),
        feedback=Feedback("m", "p", "x", "o"),
        cues=cues,
        **settings,  # type: ignore[arg-type]
    )


def a_flag(*cues: Cue, name: str = "bad", **options: object) -> Flag:
    return Flag(
        id=name,
        title="t",
        says="s",
        remedy="r",
        penalty=10,
        level=1.0,
        cues=cues,
        **options,  # type: ignore[arg-type]
    )


def a_rubric(*parts: Criterion | Flag, topic: tuple[str, ...] = ()) -> Rubric:
    return Rubric(
        id="made",
        title="t",
        about="a",
        scoring=SCORING,
        criteria=tuple(p for p in parts if isinstance(p, Criterion)),
        flags=tuple(p for p in parts if isinstance(p, Flag)),
        topic=topic,
    )
