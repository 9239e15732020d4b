"""The one thing to change next, and the follow-up probe that asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trainer.analysis.evidence import doubts, quotes
from trainer.analysis.scoring import worth_of
from trainer.analysis.types import Rating
from trainer.bank.types import Criterion, Flag, Mark, Question, Rubric
from trainer.coach.remarks import PERHAPS
from trainer.transcript.types import Transcript

_OPENING_WORDS = 14


@dataclass(frozen=True, slots=True)
class Advice:
    """One change: the speaker's own words, what is missing, and the beginning of a sentence.

    `criterion_id` is None where the advice is about a flag. `opener` is never a whole answer.
    `doubt` are words of the quote that the recogniser was unsure of.
    """

    title: str
    quote: str | None
    missing: str
    opener: str | None
    criterion_id: str | None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """A follow-up question that asks for one criterion."""

    criterion_id: str
    text: str


def weakest(rating: Rating, rubric: Rubric) -> Criterion | None:
    """Return the criterion whose improvement would raise the score most; None if all are met.

    One whose mark is not sure counts only where no other is open: it may have been said. Among
    equals the first of the rubric counts.
    """
    open_ones = [c for c in rubric.criteria if rating.marks[c.id] is not Mark.MET]
    sure = [criterion for criterion in open_ones if criterion.id not in rating.unsure]
    return max(sure or open_ones, key=lambda c: _gain(c, rating, rubric), default=None)


def probe(question: Question | None, rubric: Rubric, rating: Rating) -> Probe | None:
    """Return the follow-up for the weakest criterion; None if all are met or nothing is rated.

    A criterion without a probe of this question's (one that the user added) is asked for by its
    own words.
    """
    criterion = None if rating.remark else weakest(rating, rubric)
    if criterion is None:
        return None
    probes = question.probes if question else {}
    return Probe(criterion.id, probes.get(criterion.id, criterion.asks))


def advise(rubric: Rubric, transcript: Transcript, rating: Rating) -> Advice | None:
    """Return the one thing to change: the criterion or the flag that costs most points.

    None where a remark stands in place of coaching, or where nothing is left to change.
    """
    if rating.remark:
        return None
    criterion = weakest(rating, rubric)
    flag = _costliest_flag(rating, rubric)
    advice: Advice | None = None
    if flag and (criterion is None or flag.penalty >= _gain(criterion, rating, rubric)):
        advice = _about_flag(flag, transcript, rating)
    elif criterion:
        advice = _about_criterion(criterion, rubric, transcript, rating)
    if advice and advice.quote:
        advice = replace(advice, doubt=doubts(transcript, advice.quote))
    return advice


def _gain(criterion: Criterion, rating: Rating, rubric: Rubric) -> float:
    values = rubric.scoring.values
    missing = values[Mark.MET] - worth_of(criterion.id, rating, values).likely
    return 100 * criterion.weight * missing / sum(c.weight for c in rubric.criteria)


def _costliest_flag(rating: Rating, rubric: Rubric) -> Flag | None:
    raised = [flag for flag in rubric.flags if rating.flags.get(flag.id)]
    return max(raised, key=lambda flag: flag.penalty, default=None)


def _about_flag(flag: Flag, transcript: Transcript, rating: Rating) -> Advice:
    said = quotes(transcript, rating, "flag", flag.id)
    return Advice(flag.title, said[0] if said else None, flag.remedy, None, None)


def _about_criterion(
    criterion: Criterion, rubric: Rubric, transcript: Transcript, rating: Rating
) -> Advice:
    feedback = criterion.feedback
    partly = rating.marks[criterion.id] is Mark.PARTLY
    missing = feedback.partly if partly else feedback.missed
    return Advice(
        criterion.title,
        _anchor(criterion, rubric, transcript, rating),
        PERHAPS + missing if criterion.id in rating.unsure else missing,
        feedback.opener,
        criterion.id,
    )


def _anchor(
    criterion: Criterion, rubric: Rubric, transcript: Transcript, rating: Rating
) -> str | None:
    """Return the speaker's clause to build on: this criterion's own, else the one before it.

    Criteria stand in the rubric in the order in which an answer tells them, so the nearest
    earlier one with evidence is where the missing piece belongs.
    """
    ids = [c.id for c in rubric.criteria]
    here = ids.index(criterion.id)
    for criterion_id in (criterion.id, *reversed(ids[:here]), *ids[here + 1 :]):
        said = quotes(transcript, rating, "criterion", criterion_id)
        if said:
            return said[0]
    return _beginning(transcript)


def _beginning(transcript: Transcript) -> str | None:
    """Return the first sentence, or its first words where it is long."""
    words = transcript.words[:_OPENING_WORDS]
    for count, word in enumerate(words, 1):
        if transcript.text[word.start : word.end].endswith((".", "!", "?")):
            return transcript.quote(0, count)
    return transcript.quote(0, len(words)) if words else None
