"""Why a mark or a flag came out as it did, in plain sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trainer.analysis.evidence import doubts, quotes
from trainer.analysis.explaining import Hold, Why
from trainer.analysis.types import Chances, Note, Rating
from trainer.bank.types import Criterion, Flag, Mark, Rubric
from trainer.coach.places import readable, tell_places
from trainer.display import one_line
from trainer.transcript.types import Transcript

NO_MARKS = "This answer has no marks, so there is nothing to explain."
BY_A_PERSON = "A person gave these marks, and the program does not know their reasons."
NO_ANSWER = "The present version of the rating finds no answer in these words to explain."

_MARKS = {Mark.MISSED: "missed", Mark.PARTLY: "partly", Mark.MET: "met"}
_WHOLE = {
    Note.SOMEBODY_ELSE: "it tells what somebody else did",
    Note.CONDITIONAL: "it tells what you would do, not what you did",
    Note.TOO_SHORT: "it is very short",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One line of the checklist with its mark or flag, and why, in sentences.

    `mark` and `raised` are those of the rating that is shown; `why` has those of the present
    version of the rater. `quotes` are the words behind it, strongest first.
    """

    why: Why
    title: str
    mark: Mark | None
    raised: bool | None
    quotes: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a rating came out as it did: criteria, then flags, in the order of the rubric.

    `note` is what to know before that, or why there is nothing; `scorer` is the version of the
    rater that explains, None where nobody does.
    """

    lines: tuple[Explanation, ...] = ()
    note: str | None = None
    scorer: str | None = None


def explain(
    whys: Sequence[Why], scorer: str, rubric: Rubric, transcript: Transcript, rating: Rating
) -> Explained:
    """Put `whys`, which the version `scorer` gave, into words beside the marks of `rating`.

    Where a remark stands in place of the marks there is nothing to explain.
    """
    if rating.rater != "machine":
        return Explained((), BY_A_PERSON)
    if rating.remark or not whys:
        return Explained((), NO_MARKS if rating.remark else NO_ANSWER, scorer)
    rows: dict[tuple[str, str], Criterion | Flag] = {}
    rows |= {("criterion", c.id): c for c in rubric.criteria}
    rows |= {("flag", f.id): f for f in rubric.flags}
    titles = {c.id: c.title for c in rubric.criteria}
    lines = tuple(
        _explanation(why, rows[why.kind, why.name], titles, transcript, rating) for why in whys
    )
    note = None
    if rating.scorer_version != scorer:
        note = (
            f"This answer was rated by version {rating.scorer_version}. "
            f"The explanation is of the present version, {scorer}."
        )
    return Explained(lines, note, scorer)


def _explanation(
    why: Why,
    row: Criterion | Flag,
    titles: Mapping[str, str],
    transcript: Transcript,
    rating: Rating,
) -> Explanation:
    if isinstance(row, Flag):
        raised = rating.flags.get(row.id, False)
        said = quotes(transcript, rating, "flag", row.id) if raised else ()
        sentences = _about_flag(why, row, titles, transcript, rating)
        told = (*_about_hearing(transcript, said), *sentences)
        return Explanation(why, row.title, None, raised, said, told)
    mark = rating.marks.get(row.id, Mark.MISSED)
    said = quotes(transcript, rating, "criterion", row.id)
    sentences = _about_criterion(why, row, transcript, rating)
    told = (*_about_hearing(transcript, said), *sentences)
    return Explanation(why, row.title, mark, None, said, told)


def _about_hearing(transcript: Transcript, said: Sequence[str]) -> Iterator[str]:
    """Say which of the words behind a mark the recogniser was not sure of."""
    doubt = doubts(transcript, said[0]) if said else ""
    if doubt:
        yield f"The recogniser was not sure of these of its words: {one_line(doubt)}."


# Criteria


def _about_criterion(
    why: Why, criterion: Criterion, transcript: Transcript, rating: Rating
) -> Iterator[str]:
    assert why.mark is not None
    mark = rating.marks.get(criterion.id, Mark.MISSED)
    if criterion.id in rating.settled:
        yield f"You settled this mark yourself. The rating had {_MARKS[why.mark]}."
    elif mark != why.mark:
        yield f"The present version would give {_MARKS[why.mark]}."
    yield from tell_places(why.cues, transcript)
    by_cues = _mark_by_cues(why)
    if not why.cues:
        yield "None of the words that often carry this were found."
    elif why.chances is None and why.trained is None:
        yield _reach(why, by_cues)
        yield from _what_met_needs(why, criterion)
    else:
        yield f"By these words alone the mark would be {_MARKS[by_cues]}."
    if why.most < max(by_cues, _mark_by_reader(why)):
        reasons = [text for note, text in _WHOLE.items() if note in rating.notes]
        reason = f", because {reasons[0]}" if reasons else ""
        yield f"The answer as a whole allows no more than {_MARKS[why.most]}{reason}."
    yield from _learned(why)
    if criterion.id in rating.unsure:
        yield "This mark is not sure."
    yield from _closest(why)


def _mark_by_cues(why: Why) -> Mark:
    partly, met = why.reached
    if partly < 1.0:
        return Mark.MISSED
    return Mark.MET if met >= 1.0 and not why.holds else Mark.PARTLY


def _mark_by_reader(why: Why) -> Mark:
    if why.trained is None or why.needed is None or why.trained.partly < why.needed.partly:
        return Mark.MISSED
    return Mark.MET if why.trained.met >= why.needed.met else Mark.PARTLY


def _reach(why: Why, by_cues: Mark) -> str:
    partly, met = why.reached
    if partly == 0.0:
        return "So nothing is left that counts."
    if by_cues is Mark.MISSED:
        return f"That is {_percent(partly)} of what partly needs."
    if met < 1.0:
        return f"That is enough for partly. It is {_percent(met)} of what met needs."
    return "That is enough for met." if by_cues is Mark.MET else "That could be enough for met."


def _what_met_needs(why: Why, criterion: Criterion) -> Iterator[str]:
    for hold in why.holds:
        if hold is Hold.LATE and criterion.within:
            yield f"Met needs it early, in the first {_percent(criterion.within)} of the answer."
        elif hold is Hold.LONG and criterion.max_share:
            yield f"Met needs it in at most {_percent(criterion.max_share)} of the answer."
        elif hold is Hold.ALIKE and criterion.distinct > 1:
            yield f"Met needs words of at least {criterion.distinct} different kinds."
        elif hold is Hold.ALIKE:
            yield "Met needs more than words for partly."
        elif hold is Hold.WITHOUT_NEEDED:
            kinds = " or ".join(map(readable, criterion.met_needs))
            yield f"Met needs words of this kind: {kinds}."


def _learned(why: Why) -> Iterator[str]:
    """Yield what the trained reader makes of the answer, and from where on marks are given.

    Both chances of a flag are the same.
    """
    digits = _digits(why)

    def told(chances: Chances) -> str:
        partly, met = _of_100(chances.partly, digits), _of_100(chances.met, digits)
        if why.kind == "flag":
            return f"{partly} of 100"
        return f"{partly} of 100 for at least partly and {met} for met"

    if why.trained:
        yield f"The trained reader gives {told(why.trained)}."
    if why.chances and why.chances != why.trained:
        counted = any(cue.weight for cue in why.cues)
        before = "Together with the words found" if counted else "As no such words count"
        yield f"{before}: {told(why.chances)}."
    if why.needed:
        partly, met = _of_100(why.needed.partly, digits), _of_100(why.needed.met, digits)
        flag = why.kind == "flag"
        yield f"It is raised from {partly}." if flag else f"Partly needs {partly}, met needs {met}."


def _digits(why: Why) -> int:
    """Return how many digits after the point tell on which side of a threshold a chance lies."""
    if why.chances is None or why.needed is None:
        return 0
    pairs = ((why.chances.partly, why.needed.partly), (why.chances.met, why.needed.met))
    for digits in (0, 1):
        shown = [(round(100 * a, digits), round(100 * b, digits)) for a, b in pairs]
        if all((x >= y) is (a >= b) for (x, y), (a, b) in zip(shown, pairs, strict=True)):
            return digits
    return 2


def _of_100(chance: float, digits: int) -> str:
    return f"{100 * chance:.{digits}f}"


def _closest(why: Why) -> Iterator[str]:
    if why.example:
        quote = one_line(why.example.quote)
        what = f": {_MARKS[Mark(why.example.mark)]}," if why.kind == "criterion" else " as this:"
        stop = "" if quote.endswith((".", "!", "?")) else "."
        yield f'Closest answer that raters marked{what} "{quote}"{stop}'


# Flags


def _about_flag(
    why: Why, flag: Flag, titles: Mapping[str, str], transcript: Transcript, rating: Rating
) -> Iterator[str]:
    if rating.flags.get(flag.id, False) is not why.raised:
        which = "Without what you settled" if rating.settled else "In the present version"
        yield f"{which} it would {'' if why.raised else 'not '}be raised."
    yield from tell_places(why.cues, transcript)
    share = why.reached[0]
    if not why.cues:
        yield "None of the words that often sound like this were found."
    else:
        yield _flag_reach(why, share)
    if share >= 1.0:
        yield from _what_keeps_down(why, flag, titles, transcript, rating)
    yield from _learned(why)
    yield from _closest(why)


def _flag_reach(why: Why, share: float) -> str:
    if share == 0.0:
        return "So nothing is left that counts."
    if share >= 1.0 and why.holds:
        return "That could be enough to raise it."
    if why.trained:
        return f"By these words alone it would {'' if share >= 1.0 else 'not '}be raised."
    return (
        "That is enough to raise it."
        if share >= 1.0
        else (f"That is {_percent(share)} of what raises it.")
    )


def _what_keeps_down(
    why: Why, flag: Flag, titles: Mapping[str, str], transcript: Transcript, rating: Rating
) -> Iterator[str]:
    for hold in why.holds:
        if hold is Hold.EXCUSED:
            spared = [n for n in flag.unless_met if rating.marks.get(n) is Mark.MET]
            spared += [n for n in flag.unless_partly if rating.marks.get(n, Mark.MISSED)]
            told = " and ".join(f'"{titles.get(name, name)}"' for name in dict.fromkeys(spared))
            yield f"But what else you told makes up for it{': ' if told else ''}{told}."
        elif hold is Hold.SHORT and flag.min_share:
            yield f"But it counts only where it fills {_percent(flag.min_share)} of the answer."
        elif hold is Hold.OUTWEIGHED:
            yield "But other words outweigh it."
            for sentence in tell_places(why.against, transcript):
                yield sentence.replace("Found", "Against it", 1)


def _percent(share: float) -> str:
    """Return a share in whole percent; what is not reached is never rounded up to 100 %."""
    return f"{math.floor(100 * share + 1e-9)} %"
