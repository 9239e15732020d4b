"""The story of an answer in words: how long each part is, who acts, what came up unasked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.analysis.shape import SHAPE, StoryPart, Usual, Verdict
from trainer.analysis.story import Extent, Moment, Story
from trainer.bank.types import Mark
from trainer.display import one_line
from trainer.transcript.types import Transcript

UNCLEAR = "The parts of the story could not be told apart."
_LONGEST_QUOTE_WORDS = 20
_FIRST_WORDS = 10  # an exact place among so few says nothing


@dataclass(frozen=True, slots=True)
class Storyline:
    """A story and its lines; `volunteered` and `repeated` are what the story's words say there."""

    story: Story
    lines: tuple[str, ...]
    volunteered: str | None
    repeated: str | None


def tell(story: Story, transcript: Transcript) -> Storyline:
    """Return a story in words."""
    volunteered = _quote(transcript, story.volunteered)
    repeated = _quote(transcript, story.repeated)
    return Storyline(story, tuple(_lines(story, volunteered, repeated)), volunteered, repeated)


def _lines(story: Story, volunteered: str | None, repeated: str | None) -> Iterator[str]:
    if story.unclear:
        yield UNCLEAR
    for usual in SHAPE:
        told = [part for part in story.parts if part.usual == usual]
        if told:
            yield _shape_line(told, usual)
    if story.i_words is not None and story.we_words is not None:
        yield _acting_line(story.i_words, story.we_words)
    if story.owned:
        yield _owned_line(story.owned)
    elif story.owning is Mark.MISSED:
        yield "The weak point itself was not heard."
    if story.problem and story.change:
        yield _balance_line(story.problem, story.change)
    if volunteered:
        yield (
            f"Nobody asked about your exams, and you brought them up: “{one_line(volunteered)}”. "
            "Leave them out here."
        )
    if repeated:
        yield (
            f"The weakness is your exam record again: “{one_line(repeated)}”. "
            "Name another one, which you have worked on."
        )


def _shape_line(told: Sequence[StoryPart], usual: Usual) -> str:
    verdicts = {part.verdict for part in told}
    heard = ", ".join(_piece(part) for part in told if part.verdict is not Verdict.NOT_HEARD)
    unheard = " and ".join(part.name for part in told if part.verdict is Verdict.NOT_HEARD)
    judged = next((v for v in (Verdict.LONG, Verdict.SHORT) if v in verdicts), None)
    together = " for both" if len(told) > 1 else ""
    sentences = [f"{heard}: {judged}" if judged else heard] if heard else []
    if unheard:
        sentences.append(f"{unheard} not heard")
    sentences.append(f"Coaches advise about {usual.advised * 100:.0f} %{together}")
    return " ".join(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in sentences)


def _piece(part: StoryPart) -> str:
    return f"{part.name} {_length(part.words, part.seconds)} ({part.share * 100:.0f} %)"


def _acting_line(i_words: int, we_words: int) -> str:
    line = f'In the action "I" {_times(i_words)}, "we" {_times(we_words)}.'
    return line + (" Say what you did yourself." if we_words >= i_words else "")


def _owned_line(owned: Moment) -> str:
    if owned.word < _FIRST_WORDS:
        return "You name the weak point in your first words."
    if owned.seconds is None:
        place = f"from word {owned.word + 1} on"
    else:
        place = f"{owned.seconds:.0f} s after your first word"
    return f"You name the weak point {place}, at {owned.share * 100:.0f} % of the answer."


def _balance_line(problem: Extent, change: Extent) -> str:
    line = (
        f"The problem takes {_length(problem.words, problem.seconds)}, "
        f"what you changed and what came of it {_length(change.words, change.seconds)}."
    )
    longer = problem.words > change.words
    if problem.seconds is not None and change.seconds is not None:
        longer = problem.seconds > change.seconds
    return line + (" Give the change more room." if longer else "")


def _length(words: int, seconds: float | None) -> str:
    if seconds is not None:
        return f"{seconds:.0f} s"
    return "1 word" if words == 1 else f"{words} words"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _quote(transcript: Transcript, stretch: tuple[int, int] | None) -> str | None:
    if stretch is None:
        return None
    start, end = stretch
    return transcript.quote(start, min(end, start + _LONGEST_QUOTE_WORDS))
