"""Fakes and small values that tests share. There are fakes nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from trainer.analysis.types import Rating, Span
from trainer.bank.glance import Glance
from trainer.bank.types import (
    Bank,
    Criterion,
    Cue,
    Feedback,
    Flag,
    Levels,
    Library,
    LoadedBank,
    Mark,
    MarkMeanings,
    Question,
    Rubric,
    ScoreBand,
    Scoring,
)
from trainer.config import Settings
from trainer.services import Services
from trainer.session.plan import Run
from trainer.transcript.types import Transcript


def question(question_id: str = "low-score-direct", **changes: object) -> Question:
    """Return a question on the rubric `ownership`."""
    base = Question(
        id=question_id,
        prompt="Can you tell me about your Step 1 score?",
        wordings=("What happened with Step 1?", "Walk me through your first score."),
        rubric="ownership",
        prepare_s=30,
        answer_s=(30, 60),
        intent="They want to hear that you own the score and what you changed.",
        pitfalls=("Blaming the exam.", "A long story before the score is named."),
        tags=("score", "step-1"),
        probes={
            "acknowledge": "So the low score was yours to mend?",
            "change": "What did a study day look like after Step 1?",
        },
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def criterion(criterion_id: str, title: str, weight: float = 1.0) -> Criterion:
    """Return a criterion whose only cue is its own id as a word."""
    return Criterion(
        id=criterion_id,
        title=title,
        asks=f"Where is the part called {criterion_id}?",
        weight=weight,
        marks=MarkMeanings(
            met=f"{title}: fully there.", partly=f"{title}: half there.", missed=f"{title}: absent."
        ),
        feedback=Feedback(
            met="This helps.",
            partly="Say how often.",
            missed="I did not hear it.",
            opener="What I changed was",
        ),
        levels=Levels(partly=0.5, met=1.0),
        cues=(Cue(id=criterion_id, weight=1.0, any=(criterion_id,)),),
    )


def rubric() -> Rubric:
    """Return a rubric of two criteria and one flag."""
    return Rubric(
        id="ownership",
        title="Owning a weak point",
        about="For a weakness of the record.",
        scoring=Scoring(
            formula="100 * sum(weight * value) / sum(weight) - penalties",
            values=(0.0, 0.5, 1.0),
            half_width=8,
            bands=(
                ScoreBand(0, "not there yet"),
                ScoreBand(40, "partly there"),
                ScoreBand(80, "strong"),
            ),
        ),
        criteria=(criterion("acknowledge", "You name it"), criterion("change", "You changed", 3)),
        flags=(
            Flag(
                id="blame",
                title="Blame",
                says="putting it on others.",
                remedy="Say your own share first.",
                penalty=10,
                level=1.0,
                cues=(Cue(id="unfair", weight=1.0, any=("unfair",)),),
            ),
        ),
        version="test",
    )


def library() -> Library:
    """Return two banks, of three questions and one."""
    low_score = Bank(
        schema=1,
        id="low-score",
        title="Low exam score",
        about="Trains a short, calm answer about a low score.",
        family="red-flag",
        questions=(
            question(),
            question("low-score-boards", prompt="Will you pass the boards?"),
            question("low-score-gap", prompt="Why did the second score rise?"),
        ),
    )
    hobbies = Bank(
        schema=1,
        id="small-talk",
        title="Small talk",
        about="Trains the first minute.",
        family="opening",
        questions=(
            question("small-talk-journey", prompt="Did you find us well?", rubric=None, probes={}),
        ),
    )
    return Library(
        banks=(
            LoadedBank(low_score, "shipped", "low-score.yaml"),
            LoadedBank(hobbies, "shipped", "small-talk.yaml"),
        ),
        rubrics={"ownership": rubric()},
        word_classes={},
        rubric_layers={"ownership": "shipped"},
    )


@dataclass
class FakeRater:
    """Marks a criterion met where its id occurs as a word, partly for `half-ID`."""

    word_classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def rate(self, transcript: Transcript, rubric: Rubric, question: str) -> Rating:
        """Return a rating whose spans are the single words that were found."""
        words = [transcript.text[w.start : w.end].strip(".,").lower() for w in transcript.words]
        marks, spans = {}, []
        for line in rubric.criteria:
            marks[line.id] = Mark.MISSED
            for wanted, mark in ((f"half-{line.id}", Mark.PARTLY), (line.id, Mark.MET)):
                if wanted in words:
                    at = words.index(wanted)
                    marks[line.id] = mark
                    spans.append(Span(at, at + 1, "criterion", line.id, (line.id,)))
        flags = {flag.id: flag.cues[0].id in words for flag in rubric.flags}
        for flag in rubric.flags:
            if flags[flag.id]:
                at = words.index(flag.cues[0].id)
                spans.append(Span(at, at + 1, "flag", flag.id))
        if words:
            spans.append(Span(0, len(words), "part", "action"))
        return Rating("machine", rubric.id, rubric.version, "fake-1", marks, flags, tuple(spans))


@dataclass
class FakeClock:
    """Seconds that pass when a test says so."""

    now_s: float = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now_s


SHOWN_HOME = Path("/home/you/.local/share/interview-trainer")
"""A home that pictures can show: it is the same on every machine."""


class FakeApp:
    """Stands in for the application and remembers with what it was opened."""

    opened: Run | None = None
    count = 0
    return_code = 0

    def __init__(
        self,
        make_services: Callable[[], Services],
        settings: Settings,
        run_first: Run | None = None,
        seen: Sequence[Glance] = (),
    ) -> None:
        assert isinstance(make_services(), Services)
        assert seen
        FakeApp.opened = run_first

    def run(self) -> None:
        """Count one more opening."""
        FakeApp.count += 1
