"""Questions, rubrics and what they are made of, as plain immutable values.

These classes are also the schema of the YAML files: `trainer.bank.validation` validates against
them, so a field added here can be written in YAML. Constraints use `annotated_types` and
`Matching`, which keeps pydantic out of whatever only reads the values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Annotated, Any, Literal

from annotated_types import Ge, Gt, Le, Len, MaxLen, MinLen


@dataclass(frozen=True, slots=True)
class Matching:
    """A constraint on text: the regular expression `pattern` occurs in it."""

    pattern: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Hand the constraint to pydantic, in the form that it asks for."""
        return {**handler(source), "pattern": self.pattern}


SOME_TEXT = Matching(r"\S")
SMALL_NAME = Matching("^[a-z0-9][a-z0-9_-]*$")
PAIR_OF_NAMES = Matching("^[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*$")

Identifier = Annotated[str, Len(1, 64), SMALL_NAME]
HeadName = Annotated[str, Len(3, 129), PAIR_OF_NAMES]
Text = Annotated[str, Len(1, 2000), SOME_TEXT]
Written = Annotated[str, Len(1, 80), SOME_TEXT]
MOST_TERMS = 1000
MOST_SAID = 5
Part = Literal["situation", "task", "action", "result", "reflection"]


class Mark(IntEnum):
    """What a rater gives a criterion."""

    MISSED = 0
    PARTLY = 1
    MET = 2


@dataclass(frozen=True, slots=True)
class Question:
    """One question and all that is known about it. Times in seconds.

    `probes` maps a criterion's id to the follow-up question that asks for it; `rubric` is None
    where the file says `none`: then only time and delivery are reported.
    """

    id: Identifier
    prompt: Text
    wordings: Annotated[tuple[Text, ...], Len(1, 10)]
    rubric: Identifier | None
    prepare_s: Annotated[int, Ge(0), Le(600)]
    answer_s: tuple[Annotated[int, Ge(1), Le(900)], Annotated[int, Ge(1), Le(900)]]
    intent: Text
    pitfalls: Annotated[tuple[Text, ...], Len(1, 10)]
    tags: Annotated[tuple[Identifier, ...], Len(1, 10)]
    probes: dict[Identifier, Text] = field(default_factory=dict)

    @property
    def all_wordings(self) -> tuple[str, ...]:
        """The prompt, then its other wordings."""
        return (self.prompt, *self.wordings)


@dataclass(frozen=True, slots=True)
class Bank:
    """A file of questions on one subject.

    `terms` are names and words of its answers that a recogniser may mishear.
    """

    schema: Literal[1]
    id: Identifier
    title: Text
    about: Text
    family: Identifier
    questions: Annotated[tuple[Question, ...], MinLen(1)]
    terms: Annotated[tuple[Written, ...], MaxLen(MOST_TERMS)] = ()


@dataclass(frozen=True, slots=True)
class MarkMeanings:
    """What each mark of a criterion means, in the rater's words."""

    met: Text
    partly: Text
    missed: Text

    def of(self, mark: Mark) -> str:
        """Return the meaning of `mark`."""
        return (self.missed, self.partly, self.met)[mark]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the report says to the speaker.

    `partly` says what is still missing beside what was heard, `missed` that nothing was heard,
    `opener` is the beginning of a sentence that the speaker could finish.
    """

    met: Text
    partly: Text
    missed: Text
    opener: Text


@dataclass(frozen=True, slots=True)
class Cue:
    """A group of patterns that speaks for a criterion or a flag.

    A clause in which a pattern of `any` occurs, and none of `unless`, gains `weight`, and gains
    it up to `most` times where several places of the clause match. With `alone: false` the cue
    only adds where a cue that stands alone was found: in this clause or one next to it in the
    same sentence. `zone` is the stretch of the answer (two shares, 0..1) where the cue counts in
    full; outside it counts a quarter. A cue with `general: true` speaks for `partly` only: what
    `met` needs is reckoned without it. The pattern language is documented in
    `trainer.analysis.patterns`.
    """

    id: Identifier
    weight: Annotated[float, Gt(0), Le(2)]
    any: Annotated[tuple[Text, ...], MinLen(1)]
    unless: tuple[Text, ...] = ()
    alone: bool = True
    general: bool = False
    most: Annotated[int, Ge(1), Le(5)] = 1
    zone: tuple[Annotated[float, Ge(0), Le(1)], Annotated[float, Ge(0), Le(1)]] | None = None


@dataclass(frozen=True, slots=True)
class Levels:
    """How much evidence a mark needs (sum of cue weights over the best clauses)."""

    partly: Annotated[float, Gt(0)]
    met: Annotated[float, Gt(0)]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the checklist.

    The guards: `first_person` asks that the speaker acts, `factual` that it happened,
    `affirmed` that it is not denied; where a guard fails, a clause's evidence counts little.
    `distinct` is how many different cue groups `met` needs, general ones aside. `within` is the
    share of the answer (0..1) in which the evidence must begin for `met`; `max_share` the largest
    share of the words that evidence may fill for `met`. `best` is how many clauses are added up,
    and `met_needs` names cues of which one must have been found for `met`. `elsewhere` are
    patterns of answers to another kind of question: where three clauses of the answer hold one,
    nothing in it is met. `head` names the trained head (`family/id`) that rates the criterion
    beside its cues; without one, or with one that the encoder does not have, cues rate alone.
    """

    id: Identifier
    title: Text
    asks: Text
    weight: Annotated[float, Gt(0), Le(10)]
    marks: MarkMeanings
    feedback: Feedback
    levels: Levels
    cues: Annotated[tuple[Cue, ...], MinLen(1)]
    part: Part | None = None
    first_person: bool = False
    factual: bool = True
    affirmed: bool = True
    distinct: Annotated[int, Ge(1), Le(5)] = 1
    within: Annotated[float, Gt(0), Le(1)] | None = None
    max_share: Annotated[float, Gt(0), Le(1)] | None = None
    best: Annotated[int, Ge(1), Le(20)] = 3
    met_needs: tuple[Identifier, ...] = ()
    elsewhere: tuple[Text, ...] = ()
    head: HeadName | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that could sound wrong to an interviewer. `penalty` is in points of the score.

    `says` completes "This could sound like ...", `remedy` says what to do in its place.
    `level` is the sum of cue weights over all clauses from which the flag is raised.
    `unless_met` names criteria: where one of them is met, the flag is not raised;
    `unless_partly`: where one is at least partly met. `min_share` is the share of the answer's
    words (0..1) that flagged clauses must fill. `against` are cues that speak against the flag,
    such as "I" against "we": the flag's cues must then hold at least `min_ratio` of both sums.
    `head` is what it is for a criterion.
    """

    id: Identifier
    title: Text
    says: Text
    remedy: Text
    penalty: Annotated[float, Ge(0), Le(50)]
    level: Annotated[float, Gt(0)]
    cues: Annotated[tuple[Cue, ...], MinLen(1)]
    unless_met: tuple[Identifier, ...] = ()
    unless_partly: tuple[Identifier, ...] = ()
    min_share: Annotated[float, Gt(0), Le(1)] | None = None
    against: tuple[Cue, ...] = ()
    min_ratio: Annotated[float, Gt(0), Le(1)] = 0.5
    first_person: bool = False
    factual: bool = False
    affirmed: bool = False
    head: HeadName | None = None


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """The word for scores from `from_score` (0..100) up to the next band."""

    from_score: Annotated[float, Ge(0), Le(100)]
    word: Text


@dataclass(frozen=True, slots=True)
class Scoring:
    """How marks become a score, as data.

    score = 100 * sum(weight * values[mark]) / sum(weight) - penalties of the flags raised,
    held between 0 and 100. Screens show the band from score - half_width to score + half_width.
    A mark that is not sure counts by its chances and widens the band: see
    `trainer.analysis.scoring`.
    """

    formula: Text
    values: tuple[
        Annotated[float, Ge(0), Le(1)],
        Annotated[float, Ge(0), Le(1)],
        Annotated[float, Ge(0), Le(1)],
    ]
    half_width: Annotated[float, Ge(1), Le(30)]
    bands: Annotated[tuple[ScoreBand, ...], MinLen(1)]


@dataclass(frozen=True, slots=True)
class Rubric:
    """A checklist for one family of questions.

    `version` is a digest of the whole content, filled in by the loader; a stored rating names
    it. `topic` holds patterns of its subject: an answer in which none occurs (in a long one, fewer
    than two different words), and no word of the question, is to another question; empty means
    that every answer is on the question.
    """

    id: Identifier
    title: Text
    about: Text
    scoring: Scoring
    criteria: Annotated[tuple[Criterion, ...], MinLen(1)]
    flags: tuple[Flag, ...] = ()
    topic: tuple[Text, ...] = ()
    version: str = ""

    @property
    def heads(self) -> frozenset[str]:
        """The trained heads that its criteria and flags name."""
        items: tuple[Criterion | Flag, ...] = (*self.criteria, *self.flags)
        return frozenset(item.head for item in items if item.head)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A file of word classes that cues refer to by name, such as the roles of a ward team."""

    schema: Literal[1]
    id: Identifier
    about: Text
    classes: Annotated[dict[Identifier, Annotated[tuple[Text, ...], MinLen(1)]], Len(1)]


@dataclass(frozen=True, slots=True)
class Terms:
    """A file of terms that answers hold and recognisers mishear, such as names of drugs.

    `terms` has each as it should be written, and how it is said where the spelling does not tell:
    letters ("u s m l e") or words that sound like it ("montifee oar ee").
    """

    schema: Literal[1]
    id: Identifier
    about: Text
    kind: Identifier
    terms: Annotated[
        dict[Written, Annotated[tuple[Written, ...], MaxLen(MOST_SAID)]], Len(1, MOST_TERMS)
    ]


@dataclass(frozen=True, slots=True)
class Term:
    """What a speaker may have said: as it is written, how it is said, and what kind it is of."""

    text: str
    said: tuple[str, ...] = ()
    kind: str = ""


Layer = Literal["shipped", "yours"]


@dataclass(frozen=True, slots=True)
class Complaint:
    """One mistake in a YAML file: where it is, what it is and how to mend it.

    `path` names the place inside the file, such as `questions[2].prompt`; it and `line` count
    from 1. No text in it can draw on a terminal, whatever the file held.
    """

    file: str
    line: int
    path: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{self.file}:{self.line}: {where}{self.problem}, {self.remedy}"


@dataclass(frozen=True, slots=True)
class LoadedBank:
    """A bank and where it came from. `replaces` tells that it stands in for a shipped one.

    `given_up` are ids of its questions that questions of the user's stand in for.
    """

    bank: Bank
    layer: Layer
    file: str
    replaces: bool = False
    given_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedLexicon:
    """A lexicon and where it came from. `replaces` names its classes that shipped ones gave way to.

    `file` is the file as it is named in complaints.
    """

    lexicon: Lexicon
    layer: Layer
    file: str
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was loaded, and every complaint about what was not.

    `rubrics` holds each rubric with what it extends already merged in; `word_classes` all
    lexicons merged. `replaced_questions` are ids of shipped questions that a question of the
    user's stands in for, `replaced_rubrics` those of rubrics; `rubric_layers` says where each
    rubric came from, and `rubric_files` from which file. `terms` are those of all files of terms,
    the user's first.
    """

    banks: tuple[LoadedBank, ...]
    rubrics: dict[str, Rubric]
    word_classes: dict[str, tuple[str, ...]]
    complaints: tuple[Complaint, ...] = ()
    replaced_questions: tuple[str, ...] = ()
    rubric_layers: dict[str, Layer] = field(default_factory=dict)
    replaced_rubrics: tuple[str, ...] = ()
    rubric_files: dict[str, str] = field(default_factory=dict)
    lexicons: tuple[LoadedLexicon, ...] = ()
    terms: tuple[Term, ...] = ()

    def find(self, question_id: str) -> tuple[Bank, Question] | None:
        """Return the question of that id with its bank, or None."""
        for loaded in self.banks:
            for question in loaded.bank.questions:
                if question.id == question_id:
                    return loaded.bank, question
        return None

    def bank(self, bank_id: str) -> LoadedBank | None:
        """Return the bank of that id, or None."""
        return next((b for b in self.banks if b.bank.id == bank_id), None)
