"""A rating put into words: everything that a view needs to show, and nothing about how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trainer.analysis.evidence import doubts, quotes, rests_on_unsure
from trainer.analysis.measurable import is_spoken
from trainer.analysis.story import read_story
from trainer.analysis.types import Delivery, Note, Rating, Score, Span
from trainer.bank.types import Flag, Mark, Rubric
from trainer.calibration.types import Baseline
from trainer.coach.advice import Advice, advise
from trainer.coach.delivery import GUESSED, describe_delivery, is_guessed
from trainer.coach.method import Method, method_of
from trainer.coach.remarks import NOTES, PERHAPS, REMARKS
from trainer.coach.storyline import Storyline, tell
from trainer.store.types import FillerReview
from trainer.transcript.types import Source, Transcript

TOO_ROUGH = (
    "This is too rough to rate yet. The built-in recogniser mishears about two words in five. "
    "Correct the words, or accept them as they are: then they are rated."
)
ROUGH_DRAFT = (
    "This is a rough draft by the built-in recogniser. It gets no marks until you correct it or "
    "accept it."
)
UNHEARD = (
    "There is sound, and no words to rate yet. No recogniser has heard it. "
    "Write down what you said, and it is rated."
)
_HEARD_BY: dict[Source, str] = {
    "vosk": "heard by Vosk",
    "builtin": "heard by the built-in recogniser",
    "unheard": "no recogniser has heard the sound",
    "imported": "imported",
}
CAUTION = "The words behind this are unsure. Check that you said them."
"""Beside a mark or a flag whose every quote rests on words that the recogniser guessed."""


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One line of the checklist: the mark, what it means, and the words that earned it.

    `doubts` has a text for each of `quotes`: the words in it that the recogniser was unsure of,
    empty where there is none. A mark that is `unsure` is a guess of the machine's, and `nearest`
    are the words that come nearest where it is missed; one that is `settled` is the speaker's.
    `asks` is the question that the criterion answers. `caution` says that all its quotes rest on
    words that were guessed; it is empty where they do not.
    """

    id: str
    title: str
    mark: Mark
    meaning: str
    comment: str
    quotes: tuple[str, ...]
    unsure: bool
    doubts: tuple[str, ...] = ()
    settled: bool = False
    asks: str = ""
    nearest: tuple[str, ...] = ()
    caution: str = ""


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A raised flag: what it could sound like, and the words; the rest as of a criterion."""

    id: str
    title: str
    says: str
    quotes: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is said about one transcript of an attempt.

    A person's marks come without comments, `advice` and `story`, which tell what the machine heard.
    Where `remark` is set, it is all that is said: `notes`, `lines`, `flags` and `advice` are empty
    and `score` is None. `notes` are what a listener should know about the whole answer. `delivery`
    lines stand beside the rating in any case. `parts` is empty where the story's could not be told
    apart. `source` tells where the words come from, None for typed ones. `method` tells how the
    rating was made, None where there is none. `unmeasurable` stands in place of a score where the
    words are mostly guessed: then `score` is None, and marks are there with their words.
    """

    remark: str | None
    score: Score | None
    lines: tuple[CriterionLine, ...]
    flags: tuple[FlagLine, ...]
    advice: Advice | None
    delivery: tuple[str, ...]
    parts: tuple[Span, ...]
    scorer_version: str | None
    source: str | None = None
    notes: tuple[str, ...] = ()
    story: Storyline | None = None
    method: Method | None = None
    unmeasurable: str | None = None


def compose(
    transcript: Transcript,
    delivery: Delivery,
    rubric: Rubric | None = None,
    rating: Rating | None = None,
    score: Score | None = None,
    heard_by: Source | None = None,
    question: str = "",
    baseline: Baseline | None = None,
    reviews: Iterable[FillerReview] = (),
    rater_name: str = "",
) -> Report:
    """Return the report of one transcript; without a rating it holds delivery figures only.

    `heard_by` is the source of the first version of these words, None where it is this one;
    `question` the wording that was asked. `baseline` is the speaker's own pace while reading,
    `reviews` what people counted of the filled pauses. `rater_name` is what the person who rated
    is called, where that is not the user.
    """
    figures = describe_delivery(delivery, baseline, reviews, spoken=is_spoken(transcript))
    guessed = is_guessed(delivery)
    source = _describe_source(transcript.source, heard_by or transcript.source)
    if rubric is None or rating is None:
        remark = _unrated(transcript)
        story = None if remark else _storyline(transcript, None, None, question)
        return Report(remark, None, (), (), None, figures, (), None, source, story=story)
    version = rating.scorer_version
    method = method_of(version, rubric, rating.rater, rater_name)
    if rating.remark:
        # what a remark says of words that are guessed is as likely the recogniser's doing
        remark = GUESSED if guessed else REMARKS[rating.remark]
        return Report(remark, None, (), (), None, figures, (), version, source, method=method)
    by_machine = rating.rater == "machine"
    story = _storyline(transcript, rubric, rating, question) if by_machine else None
    unclear = story is not None and story.story.unclear
    return Report(
        None,
        None if guessed else score,
        tuple(_criterion_lines(rubric, transcript, rating)),
        tuple(
            _flag_line(flag, transcript, rating)
            for flag in rubric.flags
            if rating.flags.get(flag.id)
        ),
        advise(rubric, transcript, rating) if by_machine else None,
        figures,
        tuple(span for span in rating.spans if span.kind == "part" and not unclear),
        version,
        source,
        tuple(_notes(rating)),
        story=story,
        method=method,
        unmeasurable=GUESSED if guessed else None,
    )


def _notes(rating: Rating) -> Iterator[str]:
    heard = any(rating.marks.values())  # what a speaker settles is not in the machine's note
    return (NOTES[note] for note in rating.notes if not (heard and note is Note.NOTHING_HEARD))


def _storyline(
    transcript: Transcript, rubric: Rubric | None, rating: Rating | None, question: str
) -> Storyline | None:
    story = read_story(transcript, rubric, rating, question)
    return tell(story, transcript) if story else None


def _describe_source(source: Source, heard_by: Source) -> str | None:
    heard = _HEARD_BY.get(heard_by)
    if source != "corrected":
        return _HEARD_BY.get(source)
    if heard_by == "unheard":
        return "written down by you"
    return f"{heard}, then corrected or accepted by you" if heard else None


def _unrated(transcript: Transcript) -> str | None:
    if transcript.source == "unheard":
        return UNHEARD
    return TOO_ROUGH if transcript.source == "builtin" else None


def _criterion_lines(rubric: Rubric, transcript: Transcript, rating: Rating) -> list[CriterionLine]:
    lines = []
    for criterion in rubric.criteria:
        mark = rating.marks[criterion.id]
        feedback = criterion.feedback
        said = quotes(transcript, rating, "criterion", criterion.id)
        unsure = criterion.id in rating.unsure
        settled = criterion.id in rating.settled
        near = unsure and mark is Mark.MISSED
        comment = (feedback.missed, feedback.partly, feedback.met)[mark]
        if rating.rater != "machine":
            comment = criterion.marks.of(mark)  # the others tell what the machine heard
        elif unsure and mark is not Mark.MET:
            comment = PERHAPS + comment
        lines.append(
            CriterionLine(
                criterion.id,
                criterion.title,
                mark,
                criterion.marks.of(mark),
                comment,
                said,
                unsure,
                tuple(doubts(transcript, quote) for quote in said),
                settled,
                criterion.asks,
                quotes(transcript, rating, "candidate", criterion.id) if near else (),
                CAUTION if not settled and rests_on_unsure(transcript, said) else "",
            )
        )
    return lines


def _flag_line(flag: Flag, transcript: Transcript, rating: Rating) -> FlagLine:
    said = quotes(transcript, rating, "flag", flag.id)
    found = tuple(doubts(transcript, quote) for quote in said)
    caution = CAUTION if rests_on_unsure(transcript, said) else ""
    return FlagLine(flag.id, flag.title, flag.says, said, found, caution)
