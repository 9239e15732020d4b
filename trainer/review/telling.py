"""A comparison in words: short lines that say what differs, how sure that is, and no verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trainer.analysis.ranges import Figure, FigureName
from trainer.analysis.shape import StoryPart
from trainer.analysis.types import Score
from trainer.bank.types import Mark
from trainer.coach.method import method_of
from trainer.coach.remarks import REMARKS
from trainer.display import clock_time, one_line
from trainer.review.comparing import Comparison, FlagPair, MarkPair, PartPair
from trainer.review.facts import Fact, FactKind
from trainer.review.figures import FigurePair
from trainer.review.rated import Who
from trainer.review.sides import Side
from trainer.review.telling_agreement import tell_who

BEFORE_AND_NOW = ("before", "now")
MARKS = {Mark.MISSED: "missed", Mark.PARTLY: "partly", Mark.MET: "met"}
REHEARSED = (
    "Same words: {share} % of the two takes are word for word. That sounds rehearsed. Keep the "
    "facts, and tell them in other words next time."
)
FASTER = "The same words are faster now. Leave time between the sentences."
GUESSED = "Facts are not compared: too many words are unsure."
_FACTS: dict[FactKind, str] = {
    "number": "Numbers",
    "place": "Places",
    "name": "Names",
    "time": "Days and months",
    "role": "People",
    "action": "What you did",
}
_FIGURES: dict[FigureName, tuple[str, str]] = {
    "length": ("Length", ""),
    "pace": ("Pace", "words a minute"),
    "articulation": ("Pace without pauses", "words a minute"),
    "pauses": ("Pauses", "a minute"),
    "fillers": ("Fillers", "a minute"),
}
_LONGEST_QUOTE = 160
_LONGEST_NAME = 18
_LEAST_CERTAIN, _MOST_CERTAIN = 1, 99  # in percent: no chance is a certainty


def tell_standing(comparison: Comparison) -> tuple[str, ...]:
    """Return what to know before anything else: scores, checklists, and what is not compared."""
    return tuple(_standing(comparison))


def tell_marks(comparison: Comparison) -> tuple[str, ...]:
    """Return a line for each mark gained and lost, and one for those that stayed."""
    return tuple(_marks(comparison))


def labels_of(comparison: Comparison) -> tuple[str, str]:
    """Return what to call the two sides: by who rated, where two did the same words."""
    if not comparison.is_by_two:
        return BEFORE_AND_NOW
    return _short_name(comparison.before), _short_name(comparison.after)


def tell_mark(pair: MarkPair, labels: tuple[str, str] = BEFORE_AND_NOW) -> str:
    """Return one mark that differs, with its words and how sure the difference is."""
    one, other = labels
    if labels == BEFORE_AND_NOW:
        verb = "Gained" if pair.step > 0 else "Lost"
        line = f"{verb}: {pair.title} ({MARKS[pair.before]} before, {MARKS[pair.after]} now)."
    else:
        line = f"{pair.title} ({one}: {MARKS[pair.before]}, {other}: {MARKS[pair.after]})."
    said = pair.quotes_after if pair.step > 0 else pair.quotes_before
    if said:
        line += f" {_headed(other if pair.step > 0 else one)}: {tell_quote(said)}."
    return line if pair.is_sure else f"{line} {tell_doubt(pair)}"


def tell_doubt(pair: MarkPair) -> str:
    """Return how sure the difference of two marks is; nothing where it is."""
    if pair.is_sure:
        return ""
    if pair.chance is None:
        return "Not sure: one of the two marks is a guess."
    percent = min(max(round(pair.chance * 100), _LEAST_CERTAIN), _MOST_CERTAIN)
    return f"Not sure: about {percent} in 100 that this is a change."


def tell_flag(pair: FlagPair) -> str:
    """Return one flag that came, went or stayed, with its words."""
    if pair.before and pair.after:
        return f"Still there: {pair.title}. Now: {tell_quote(pair.quotes_after)}."
    if pair.after:
        return f"New: {pair.title}. Now: {tell_quote(pair.quotes_after)}."
    return f"Gone: {pair.title}. Before: {tell_quote(pair.quotes_before)}."


def tell_quote(said: Iterable[str]) -> str:
    """Return the first of the quoted texts."""
    first = next(iter(said), "")
    return f"“{one_line(first, _LONGEST_QUOTE)}”"


def tell_facts(facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return facts as lines, one for each kind."""
    lines = []
    for kind, label in _FACTS.items():
        texts = [_fact(fact) for fact in facts if fact.kind == kind]
        if texts:
            lines.append(f"{label}: {'; '.join(dict.fromkeys(texts))}.")
    return tuple(lines)


def tell_part(pair: PartPair) -> str:
    """Return one part of the story on either side."""
    before, after = tell_length(pair.before), tell_length(pair.after)
    return f"{pair.name.capitalize()}: {before} before, {after} now."


def tell_length(part: StoryPart | None) -> str:
    """Return how long one part of the story is."""
    if part is None:
        return "not known"
    if not part.words:
        return "not heard"
    words = "1 word" if part.words == 1 else f"{part.words} words"
    return words if part.seconds is None else f"{part.seconds:.0f} s ({words})"


def tell_figure(pair: FigurePair) -> str:
    """Return one figure of delivery on either side, and whether it changed."""
    label, unit = _FIGURES[pair.name]
    if pair.name == "length":
        before, after = (_clock(pair.before), _clock(pair.after))
        return f"{label}: {before} before, {after} now."
    line = f"{label}: {_range(pair.before)} before, {_range(pair.after)} now ({unit})."
    if pair.before is None or pair.after is None:
        return line
    if pair.change is None:
        return f"{line} No clear change."
    words = {"more": "more", "less": "fewer"}
    if pair.name in ("pace", "articulation"):
        words = {"more": "faster", "less": "slower"}
    return f"{line} Now {words[pair.change]}."


def tell_same_words(comparison: Comparison) -> tuple[str, ...]:
    """Return what is to be said of two takes with the same words; nothing where they differ."""
    if not comparison.is_rehearsed:
        return ()
    lines = [REHEARSED.format(share=round(comparison.same * 100))]
    pace = next((pair for pair in comparison.figures if pair.name == "pace"), None)
    if pace and pace.change == "more":
        lines.append(FASTER)
    return tuple(lines)


def _standing(comparison: Comparison) -> Iterator[str]:
    before, after = comparison.before, comparison.after
    if before == after:
        yield "These are the same words with the same rating."
    elif comparison.is_rerated:
        yield "The words are the same. Only the rating differs."
    labels = labels_of(comparison)
    by = " by" if comparison.is_by_two else ""
    for side, name in zip((before, after), labels, strict=True):
        if side.remark:
            yield f"No marks{by} {name}: {REMARKS[side.remark]}"
        elif not side.is_rated:
            yield f"No marks{by} {name}: these words are not rated."
    if comparison.checklists == "different":
        yield "The two were rated by different checklists. Only what both have is compared."
    elif comparison.checklists == "changed":
        yield "The checklist has changed between the two. Only what both have is compared."
    if comparison.only_before:
        yield f"Only {labels[0]}: {', '.join(comparison.only_before)}."
    if comparison.only_after:
        yield f"Only {labels[1]}: {', '.join(comparison.only_after)}."
    if comparison.has_two_raters:
        yield "Two raters gave the marks. The differences may be the raters'."
    elif comparison.is_other_scorer:
        yield "Two versions of the rater gave the marks. Some differences may be the rater's."
    if comparison.scores and before.score and after.score:
        yield _scores(before.score, after.score, labels)


def _scores(before: Score, after: Score, labels: tuple[str, str]) -> str:
    change = "change" if labels == BEFORE_AND_NOW else "difference"
    line = f"Score {labels[0]}: {_band(before)}. {_headed(labels[1])}: {_band(after)}."
    if before.high >= after.low and after.high >= before.low:
        return f"{line} The bands touch: no clear {change}."
    return line


def _marks(comparison: Comparison) -> Iterator[str]:
    labels = labels_of(comparison)
    for pair in (*comparison.gained, *comparison.lost):
        yield tell_mark(pair, labels)
    alike = "Both" if comparison.is_by_two else "As before,"
    same = [pair for pair in comparison.marks if not pair.step]
    for mark in reversed(Mark):
        titles = [pair.title for pair in same if pair.after is mark]
        if titles:
            yield f"{alike} {MARKS[mark]}: {', '.join(titles)}."


def _fact(fact: Fact) -> str:
    text = one_line(fact.text, _LONGEST_QUOTE)
    return f"{text} (unsure words)" if fact.is_unsure else text


def _clock(figure: Figure | None) -> str:
    return "not measured" if figure is None else clock_time(figure.value)


def _range(figure: Figure | None) -> str:
    if figure is None:
        return "not measured"
    low, high = f"{figure.low:.0f}", f"{figure.high:.0f}"
    return low if low == high else f"{low} to {high}"


def _band(score: Score) -> str:
    return f"{score.word}, {score.low}-{score.high}"


def describe_side(side: Side) -> str:
    """Return which words of which answer a side is, and whose rating of them."""
    rated = f", rating {side.rating_number} ({tell_rater(side)})" if side.rating_number else ""
    return f"{side.attempt_id[:8]}, version {side.version}{rated}"


def _headed(label: str) -> str:
    return label[:1].upper() + label[1:]


def _short_name(side: Side) -> str:
    rater = side.rating.rater if side.rating else "machine"
    return one_line(tell_who(Who(rater, side.rater_name)), _LONGEST_NAME)


def tell_rater(side: Side) -> str:
    """Return who gave the rating of a side, and how many marks the speaker settled."""
    rating, rubric = side.rating, side.rubric
    if rating is None or rubric is None:
        return "not rated"
    by = method_of(rating.scorer_version, rubric, rating.rater, side.rater_name).name
    return f"{by}, {len(rating.settled)} settled" if rating.settled else by
