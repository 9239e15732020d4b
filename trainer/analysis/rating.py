"""The rater: marks and flags from the words of an answer, with the words that show them.

It knows no rubric. Cues and their levels stand in the rubric's file (`weighing`); a criterion that
names a head is also judged by the trained encoder, and the two are put together (`judging`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from trainer.analysis.answer import Answer
from trainer.analysis.clauses import split
from trainer.analysis.copies import read_once
from trainer.analysis.cues import Evidence, Finder, Hit
from trainer.analysis.elsewhere import ELSEWHERE_CLAUSES, is_elsewhere
from trainer.analysis.evidence import by_prominence
from trainer.analysis.explaining import Why, why_flagged, why_marked
from trainer.analysis.guards import Guard, echoes, judge
from trainer.analysis.judging import (
    FLAG_NEEDED,
    NEEDED,
    choose,
    is_unsure,
    trained_chances,
    weigh_flag,
    weigh_marks,
)
from trainer.analysis.notes import find_notes, limits, note_silence
from trainer.analysis.parts import find_parts
from trainer.analysis.patterns import build_classes
from trainer.analysis.proving import find_candidates, prove, show
from trainer.analysis.ready import ReadyRubric, prepare
from trainer.analysis.remarks import without_content
from trainer.analysis.tokens import read_text
from trainer.analysis.types import Chances, Rating, Remark, Span
from trainer.analysis.weighing import flag_holds, strength, weigh
from trainer.bank.types import Criterion, Flag, Mark, Rubric
from trainer.encoder.problems import EncoderError
from trainer.encoder.types import Example, Impression, Opinion
from trainer.transcript.types import Transcript

CUES_VERSION = "cues-2"
"""Changes whenever the same answer could get another mark from the same rubric's cues."""

_MOST_RUBRICS = (
    64  # prepared ones kept; an editor that saves a rubric makes a new version each time
)
_ELSEWHERE_FACTOR = 0.3


class AnswerReader(Protocol):
    """The trained encoder, as the rater needs it (`encoder.reading.Reader`)."""

    version: str
    heads: frozenset[str]

    def read(self, words: Sequence[str], heads: Collection[str]) -> Opinion:
        """Return what the heads make of an answer's words; heads that do not exist are left out."""
        ...

    def closest(self, head: str, impression: Impression) -> Example | None:
        """Return the labelled answer that comes closest."""
        ...


@dataclass(frozen=True, slots=True)
class _Marked:
    """A criterion's mark and what goes with it.

    `chances` is None without a trained head, `why` where nobody asked. `spans` are the words that
    earned the mark, or the nearest to one that is missed and `unsure`; `evidence` is by cues.
    """

    mark: Mark
    chances: Chances | None
    unsure: bool
    spans: list[Span]
    evidence: list[Evidence]
    why: Why | None


@dataclass(frozen=True, slots=True)
class _Flagged:
    """Whether a flag is raised, the words that raised it, and why where somebody asked."""

    raised: bool
    spans: list[Span]
    why: Why | None


class ChecklistRater:
    """Rates answers by cues and, with a reader, by trained heads.

    Pure and deterministic: the same input gives the same rating. Without a reader, and for a
    criterion whose head the reader does not know, cues decide alone. `shortfall` is why there is
    no reader where there should be one.
    """

    def __init__(
        self,
        word_classes: Mapping[str, tuple[str, ...]],
        reader: AnswerReader | None = None,
        shortfall: EncoderError | None = None,
    ) -> None:
        self.shortfall = shortfall
        self._classes = build_classes(word_classes)
        self._reader = reader
        self._ready: dict[tuple[str, str], tuple[Rubric, ReadyRubric]] = {}

    @property
    def scorer_version(self) -> str:
        """Which scorer the ratings name."""
        return f"{CUES_VERSION}+{self._reader.version}" if self._reader else CUES_VERSION

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
            return self._unmarked(rubric, remark)
        standings = judge(reading, split(once, reading), echoes(question) | ready.echoes)
        notes = find_notes(transcript, reading, standings, rubric, asked)
        finder = Finder(reading, standings, self._classes, asked)
        count = len(reading.firsts) - 1
        opinion = self._read(once, count, rubric)
        answer = Answer(rubric, ready, finder, reading, standings, notes, count, opinion)
        marks: dict[str, Mark] = {}
        chances: dict[str, Chances] = {}
        unsure: list[str] = []
        spans: list[Span] = []
        evidence: dict[str, list[Evidence]] = {}
        for criterion in rubric.criteria:
            marked = self._mark(answer, criterion, explained=whys is not None)
            marks[criterion.id] = marked.mark
            evidence[criterion.id] = marked.evidence
            spans += marked.spans
            if marked.chances:
                chances[criterion.id] = marked.chances
            if marked.unsure:
                unsure.append(criterion.id)
            if whys is not None and marked.why:
                whys.append(marked.why)
        flags: dict[str, bool] = {}
        for flag in rubric.flags:
            flagged = self._raise(answer, flag, marks, explained=whys is not None)
            flags[flag.id] = flagged.raised
            spans += flagged.spans
            if whys is not None and flagged.why:
                whys.append(flagged.why)
        missed = [name for name, mark in marks.items() if not mark and name not in unsure]
        spans += find_parts(rubric, standings, evidence, answer.evidence(), missed)
        remark = Remark.OFF_QUESTION if is_elsewhere(answer, marks.values()) else None
        return Rating(
            rater="machine",
            rubric_id=rubric.id,
            rubric_version=rubric.version,
            scorer_version=self.scorer_version,
            marks=marks,
            flags=flags,
            spans=tuple(spans),
            unsure=tuple(unsure),
            remark=remark,
            notes=note_silence(notes, marks.values(), remark),
            chances=chances,
        )

    def _mark(self, answer: Answer, criterion: Criterion, *, explained: bool) -> _Marked:
        """Return the mark for a criterion; with `explained`, why as well."""
        left_out: list[Hit] | None = [] if explained else None
        ready, finder, standings = answer.ready, answer.finder, answer.standings
        found = finder.find(ready.criteria[criterion.id], criterion, left_out)
        if finder.count(ready.elsewhere[criterion.id]) >= ELSEWHERE_CLAUSES:
            found = [item.scaled(Guard.ELSEWHERE, _ELSEWHERE_FACTOR) for item in found]
        weighed = weigh(criterion, found, standings, answer.count)
        most = limits(answer.notes, criterion, answer.count)
        trained = answer.trained(criterion)
        if trained is None:
            chances = None
            mark = min(weighed.mark, most)
            unsure = weighed.near and mark < most
        else:
            chances = weigh_marks(weighed, trained, most)
            mark = choose(chances)
            unsure = is_unsure(chances, mark)
        spans: list[Span] = []
        if mark > Mark.MISSED:
            proof = by_prominence(found, criterion.part, answer.reading)
            spans = prove(criterion, mark, proof, trained, standings)
        elif unsure and trained:
            spans = find_candidates(criterion.id, trained.words[: answer.count])
        why = None
        if explained:
            why = why_marked(answer.reading, criterion, mark, weighed, found, left_out or (), most)
            why = self._with_head(why, criterion, trained, chances)
        return _Marked(mark, chances, unsure, spans, found, why)

    def _raise(
        self, answer: Answer, flag: Flag, marks: Mapping[str, Mark], *, explained: bool
    ) -> _Flagged:
        """Return whether a flag is raised beside `marks`; with `explained`, why as well."""
        left_out: list[Hit] | None = [] if explained else None
        ready, finder, standings = answer.ready, answer.finder, answer.standings
        found = finder.find(ready.flags[flag.id], flag, left_out)
        against = finder.find(ready.against.get(flag.id, ()), flag)
        holds = flag_holds(flag, found, against, marks, standings, answer.count)
        share = sum(item.mass for item in found) / flag.level
        raised = bool(found) and share >= 1 and not holds
        trained = answer.trained(flag)
        chance = None if trained is None else weigh_flag(share, raised, trained)
        if chance is not None:
            raised = chance >= FLAG_NEEDED
        spans: list[Span] = []
        if raised:
            spans = show("flag", flag.id, sorted(found, key=strength), trained, standings)
        why = None
        if explained:
            why = why_flagged(answer.reading, flag, raised, holds, found, left_out or (), against)
            both = None if chance is None else Chances(chance, chance)
            why = self._with_head(why, flag, trained, both)
        return _Flagged(raised, spans, why)

    def _read(self, transcript: Transcript, count: int, rubric: Rubric) -> Opinion | None:
        """Return the reader's opinion of the first `count` words, None where it has no say."""
        if self._reader is None or not rubric.heads:
            return None
        words = [transcript.text[word.start : word.end] for word in transcript.words[:count]]
        return self._reader.read(words, rubric.heads)

    def _with_head(
        self,
        why: Why,
        item: Criterion | Flag,
        trained: Impression | None,
        chances: Chances | None,
    ) -> Why:
        """Return the explanation with what the head says, where there is one."""
        if trained is None or item.head is None or self._reader is None:
            return why
        return replace(
            why,
            trained=trained_chances(trained),
            chances=chances,
            needed=NEEDED if why.kind == "criterion" else Chances(FLAG_NEEDED, FLAG_NEEDED),
            example=self._reader.closest(item.head, trained),
        )

    def _knows(self, item: Criterion | Flag) -> bool:
        return self._reader is not None and item.head in self._reader.heads

    def _unmarked(self, rubric: Rubric, remark: Remark) -> Rating:
        return Rating(
            rater="machine",
            rubric_id=rubric.id,
            rubric_version=rubric.version,
            scorer_version=self.scorer_version,
            marks={criterion.id: Mark.MISSED for criterion in rubric.criteria},
            flags={flag.id: False for flag in rubric.flags},
            spans=(),
            remark=remark,
            chances={c.id: Chances(0.0, 0.0) for c in rubric.criteria if self._knows(c)},
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
