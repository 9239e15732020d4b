"""The keyword rater: marks and flags from the words of an answer, with the words that show them.

It knows no rubric. Which words speak for a criterion, how much they weigh and how much is enough
is all in the rubric's file; this module adds up and compares.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from trainer.analysis.clauses import split
from trainer.analysis.copies import read_once
from trainer.analysis.cues import Evidence, Finder, Hit
from trainer.analysis.evidence import by_prominence
from trainer.analysis.explaining import Hold, Weighed, Why, why_flagged, why_marked
from trainer.analysis.guards import Guard, Standing, echoes, judge
from trainer.analysis.notes import find_notes, limits
from trainer.analysis.parts import find_parts
from trainer.analysis.patterns import build_classes
from trainer.analysis.ready import ReadyRubric, prepare
from trainer.analysis.remarks import without_content
from trainer.analysis.tokens import read_text
from trainer.analysis.types import Rating, Remark, Span, SpanKind
from trainer.bank.types import Criterion, Flag, Mark, Rubric
from trainer.transcript.types import Transcript

SCORER_VERSION = "keywords-1"
"""Changes whenever the same answer could get another mark from the same rubric."""

UNSURE_SHARE = 0.4
"""Evidence that reaches this share of a level, and not the level, leaves the mark unsure.

Fitted on 75 answers by one author, where such marks were right in 4 of 10 cases and all others in
8 of 10 (7 and 8 of 10 on the 60 answers that the cues were written on). Marks just above a level
were no worse than others. It was not measured on answers that were kept apart.
"""

_MOST_RUBRICS = (
    64  # prepared ones kept; an editor that saves a rubric makes a new version each time
)
_EARLY_WORDS = 20  # an answer's first words are early, however short it is
_STRONG_SHARE = 0.5  # of the level `partly`: weaker clauses do not count as a beginning
_ELSEWHERE_CLAUSES = 3  # of another kind of answer; 135 answers to the question had at most two
_ELSEWHERE_FACTOR = 0.3
_ELSEWHERE_SHARE = 0.25  # of an answer's clauses, before the answer as a whole is elsewhere
_FEWEST_JUDGED = 12  # words; in fewer the subject may go without saying
_LONG_ANSWER = 40  # words, from which on one word of the subject may be chance
_TOPIC_WORDS = 2
_LEAST_EARNED = 2  # criteria above missed; one may be chance
_MOST_SPANS = 5  # of one criterion: more is noise on a screen


class KeywordRater:
    """Rates answers by cues. Pure and deterministic: the same input gives the same rating."""

    def __init__(self, word_classes: Mapping[str, tuple[str, ...]]) -> None:
        self._classes = build_classes(word_classes)
        self._ready: dict[tuple[str, str], tuple[Rubric, ReadyRubric]] = {}

    @property
    def scorer_version(self) -> str:
        """Which scorer the ratings name."""
        return SCORER_VERSION

    def rate(self, transcript: Transcript, rubric: Rubric, question: str) -> Rating:
        """Return the rating of `transcript` by `rubric`, as an answer to `question`.

        Words beyond `tokens.MOST_WORDS` are not analysed. Never raises on any text.
        """
        return self._rate(transcript, rubric, question)

    def explain(self, transcript: Transcript, rubric: Rubric, question: str) -> tuple[Why, ...]:
        """Return why `rate` gives what it gives: criteria, then flags, in the rubric's order.

        Nothing where a remark says that there is no answer to look into.
        """
        whys: list[Why] = []
        self._rate(transcript, rubric, question, whys)
        return tuple(whys)

    def _rate(
        self, transcript: Transcript, rubric: Rubric, question: str, whys: list[Why] | None = None
    ) -> Rating:
        """Return the rating; how its marks came about is added to `whys`."""
        ready = self._prepare(rubric)
        once, reading = read_once(transcript)
        asked = read_text(question)
        remark = without_content(once, reading, asked, ready.words, rubric)
        if remark is not None:
            return _unmarked(rubric, remark)
        standings = judge(reading, split(once, reading), echoes(question) | ready.echoes)
        notes = find_notes(transcript, reading, standings, rubric, asked)
        finder = Finder(reading, standings, self._classes, asked)
        count = len(reading.firsts) - 1
        marks: dict[str, Mark] = {}
        unsure: list[str] = []
        spans: list[Span] = []
        evidence: dict[str, list[Evidence]] = {}
        for criterion in rubric.criteria:
            left_out: list[Hit] | None = None if whys is None else []
            found = finder.find(ready.criteria[criterion.id], criterion, left_out)
            if finder.count(ready.elsewhere[criterion.id]) >= _ELSEWHERE_CLAUSES:
                found = [item.scaled(Guard.ELSEWHERE, _ELSEWHERE_FACTOR) for item in found]
            weighed = _weigh(criterion, found, standings, count)
            most = limits(notes, criterion, count)
            mark = marks[criterion.id] = min(weighed.mark, most)
            if whys is not None:
                whys.append(
                    why_marked(reading, criterion, mark, weighed, found, left_out or (), most)
                )
            evidence[criterion.id] = found
            if weighed.near and mark < most:
                unsure.append(criterion.id)
            if mark > Mark.MISSED:
                proof = by_prominence(found, criterion.part, reading)
                if criterion.within and mark is Mark.MET:
                    # What made the mark is that it came early: quote that, not a later repetition.
                    proof.sort(key=lambda item: not _starts_early(criterion, item, count))
                shown = _enough(criterion, mark, proof)
                spans += [_span(item, "criterion", criterion.id) for item in shown[:_MOST_SPANS]]
        flags: dict[str, bool] = {}
        for flag in rubric.flags:
            left_out = None if whys is None else []
            found = finder.find(ready.flags[flag.id], flag, left_out)
            against = finder.find(ready.against.get(flag.id, ()), flag)
            holds = _flag_holds(flag, found, against, marks, standings, count)
            raised = bool(found) and sum(item.mass for item in found) >= flag.level and not holds
            flags[flag.id] = raised
            if whys is not None:
                whys.append(
                    why_flagged(reading, flag, raised, holds, found, left_out or (), against)
                )
            if raised:
                best = sorted(found, key=_strength)
                spans += [_span(item, "flag", flag.id) for item in best[:_MOST_SPANS]]
        spans += find_parts(rubric, standings, evidence)
        good = 2 * sum(mark is Mark.MET for mark in marks.values()) >= len(marks)
        off = _is_off_topic(finder, ready, count, marks.values()) or (
            not good and _is_another_kind(finder, ready, standings)
        )
        return Rating(
            rater="machine",
            rubric_id=rubric.id,
            rubric_version=rubric.version,
            scorer_version=SCORER_VERSION,
            marks=marks,
            flags=flags,
            spans=tuple(spans),
            unsure=tuple(unsure),
            remark=Remark.OFF_QUESTION if off else None,
            notes=notes,
        )

    def _prepare(self, rubric: Rubric) -> ReadyRubric:
        key = (rubric.id, rubric.version)
        kept = self._ready.get(key)
        # a rubric that no loader stamped has no version: then only the very same object counts
        if kept is None or not (rubric.version or kept[0] is rubric):
            if len(self._ready) >= _MOST_RUBRICS:
                self._ready.clear()
            kept = self._ready[key] = (rubric, prepare(rubric, self._classes))
        return kept[1]


def _is_off_topic(finder: Finder, ready: ReadyRubric, count: int, marks: Collection[Mark]) -> bool:
    """Tell whether the subject of the question is not heard in an answer of `count` words.

    A short answer may leave the subject unsaid if it earned anything; a long one that met half
    of the criteria needs one word of it.
    """
    if not ready.topic or count < _FEWEST_JUDGED:
        return False
    if count < _LONG_ANSWER:
        earned = sum(mark > Mark.MISSED for mark in marks)
        return earned < _LEAST_EARNED and not finder.on_topic(ready.topic)
    good = 2 * sum(mark is Mark.MET for mark in marks) >= len(marks)
    return len(finder.on_topic(ready.topic)) < (1 if good else _TOPIC_WORDS)


def _is_another_kind(finder: Finder, ready: ReadyRubric, standings: Sequence[Standing]) -> bool:
    """Tell whether all criteria that know another kind of answer find this to be one."""
    patterns = [found for found in ready.elsewhere.values() if found]
    least = max(_ELSEWHERE_CLAUSES, _ELSEWHERE_SHARE * len(standings))
    return bool(patterns) and all(finder.count(found) >= least for found in patterns)


def _unmarked(rubric: Rubric, remark: Remark) -> Rating:
    return Rating(
        rater="machine",
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        scorer_version=SCORER_VERSION,
        marks={criterion.id: Mark.MISSED for criterion in rubric.criteria},
        flags={flag.id: False for flag in rubric.flags},
        spans=(),
        remark=remark,
    )


def _strength(item: Evidence) -> tuple[float, int]:
    return -item.solid - 0.5 * item.mass, item.start


def _weigh(
    criterion: Criterion, found: Sequence[Evidence], standings: Sequence[Standing], count: int
) -> Weighed:
    """Return the mark by cues, and how far they reach."""
    best = sorted(found, key=_strength)[: criterion.best]
    mass = sum(item.mass for item in best)
    solid = sum(item.solid for item in best)
    levels = criterion.levels
    reached = mass / levels.partly, solid / levels.met
    if mass < levels.partly:
        return Weighed(Mark.MISSED, mass >= UNSURE_SHARE * levels.partly, *reached)
    holds = _holds(criterion, found, best, standings, count)
    if solid >= levels.met and not holds:
        return Weighed(Mark.MET, False, *reached)
    return Weighed(Mark.PARTLY, solid >= UNSURE_SHARE * levels.met, *reached, holds)


def _holds(
    criterion: Criterion,
    found: Sequence[Evidence],
    best: Sequence[Evidence],
    standings: Sequence[Standing],
    count: int,
) -> tuple[Hold, ...]:
    """Return what `met` asks for beside enough evidence and does not get."""
    cues = {cue for item in best for cue in item.solid_cues}
    fails = {
        Hold.ALIKE: len(cues) < criterion.distinct,
        Hold.WITHOUT_NEEDED: bool(criterion.met_needs) and cues.isdisjoint(criterion.met_needs),
        Hold.LATE: not _is_early(criterion, best, count),
        Hold.LONG: not _is_short(criterion, found, standings, count),
    }
    return tuple(hold for hold, fail in fails.items() if fail)


def _enough(criterion: Criterion, mark: Mark, best: Sequence[Evidence]) -> list[Evidence]:
    """Return the first clauses, as many as the mark needs: further ones prove nothing."""
    shown: list[Evidence] = []
    mass, cues = 0.0, set[str]()
    for item in best:
        shown.append(item)
        mass += item.solid if mark is Mark.MET else item.mass
        cues.update(item.solid_cues)
        level = criterion.levels.met if mark is Mark.MET else criterion.levels.partly
        if mass >= level and (mark is Mark.PARTLY or len(cues) >= criterion.distinct):
            break
    return shown


def _is_early(criterion: Criterion, best: Sequence[Evidence], count: int) -> bool:
    if criterion.within is None:
        return True
    enough = _STRONG_SHARE * criterion.levels.partly
    return any(item.mass >= enough and _starts_early(criterion, item, count) for item in best)


def _starts_early(criterion: Criterion, item: Evidence, count: int) -> bool:
    within = 1.0 if criterion.within is None else criterion.within
    return item.start < max(within * count, min(_EARLY_WORDS, count))


def _is_short(
    criterion: Criterion, found: Sequence[Evidence], standings: Sequence[Standing], count: int
) -> bool:
    return criterion.max_share is None or _words(found, standings) <= criterion.max_share * count


def _words(found: Sequence[Evidence], standings: Sequence[Standing]) -> int:
    """Return how many words the clauses with evidence hold."""
    clauses = [standings[item.clause].clause for item in found]
    return sum(clause.end - clause.start for clause in clauses)


def _flag_holds(
    flag: Flag,
    found: Sequence[Evidence],
    against: Sequence[Evidence],
    marks: Mapping[str, Mark],
    standings: Sequence[Standing],
    count: int,
) -> tuple[Hold, ...]:
    """Return what keeps a flag down, however much evidence there is for it."""
    holds = []
    if any(marks.get(name, Mark.MISSED) is Mark.MET for name in flag.unless_met) or any(
        marks.get(name, Mark.MISSED) > Mark.MISSED for name in flag.unless_partly
    ):
        holds.append(Hold.EXCUSED)
    if flag.min_share is not None and _words(found, standings) < flag.min_share * count:
        holds.append(Hold.SHORT)
    mass, contrary = (sum(item.mass for item in side) for side in (found, against))
    if flag.against and mass < flag.min_ratio * (mass + contrary):
        holds.append(Hold.OUTWEIGHED)
    return tuple(holds)


def _span(item: Evidence, kind: SpanKind, name: str) -> Span:
    return Span(item.start, item.end, kind, name, item.cues)
