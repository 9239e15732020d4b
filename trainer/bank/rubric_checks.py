"""Whether the parts of a rubric or lexicon fit together, and whether its patterns can be read.

Each check adds its complaints to the document of the file in which the mistake can be mended.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from trainer.bank.document import Claims, Document, Place, quote, suggest
from trainer.bank.files import RubricFile, Source
from trainer.bank.types import Criterion, Cue, Flag, Lexicon, Rubric, Scoring
from trainer.display import one_line

WordClasses = Mapping[str, tuple[str, ...]]
CheckPattern = Callable[[str, WordClasses], str | None]
"""Says what is wrong with a pattern; None where nothing is."""

CheckClasses = Callable[[WordClasses], Mapping[str, str]]
"""Says what is wrong with each class that cannot be used, by its name."""

_SHOWN = 300  # characters of a problem that a pattern's compiler tells


def check_rubric(document: Document, rubric: RubricFile, merged: Rubric) -> None:
    """Check what the file itself holds; `merged` has what it extends in it."""
    if rubric.scoring:
        _check_scoring(document, rubric.scoring)
    own = rubric.criteria or ()
    _refuse_twins(document, ("criteria",), own)
    for index, criterion in enumerate(own):
        _check_criterion(document, ("criteria", index), criterion)
    _refuse_twins(document, ("flags",), rubric.flags)
    names = [criterion.id for criterion in merged.criteria]
    for index, flag in enumerate(rubric.flags):
        _check_flag(document, ("flags", index), flag, names)


def check_lexicons(sources: Sequence[Source[Lexicon]]) -> None:
    """Check that no two lexicons of a layer hold the same class."""
    claims = Claims()
    for source in sources:
        for name in source.value.classes:
            claims.claim(name, source.document, ("classes", name), f"the class {quote(name)}")


def check_rubric_patterns(
    source: Source[RubricFile], classes: WordClasses, check_pattern: CheckPattern
) -> None:
    """Check every pattern that the file itself holds."""
    for place, pattern in _rubric_patterns(source.value):
        _tell(source.document, place, pattern, check_pattern(pattern, classes))


def check_lexicon_patterns(
    sources: Sequence[Source[Lexicon]],
    classes: WordClasses,
    check_pattern: CheckPattern,
    check_classes: CheckClasses | None,
) -> None:
    """Check the members of the lexicons' classes, which are patterns too.

    Where there is `check_classes`, only the classes that it complains of are read member by
    member, to find the lines: reading thousands of members twice would be felt at the start.
    """
    suspects = check_classes(classes) if check_classes and sources else None
    for source in sources:
        for name, members in source.value.classes.items():
            if suspects is not None and name not in suspects:
                continue
            problems = [check_pattern(member, classes) for member in members]
            for index, (member, problem) in enumerate(zip(members, problems, strict=True)):
                _tell(source.document, ("classes", name, index), member, problem)
            if suspects and not any(problems):
                _tell(source.document, ("classes", name), name, suspects[name])


def _check_scoring(document: Document, scoring: Scoring) -> None:
    if not all(lower < upper for lower, upper in pairwise(scoring.values)):
        problem = "do not rise from missed over partly to met"
        document.complain(("scoring", "values"), problem, "write the smallest first")
    place = ("scoring", "bands")
    lowest = scoring.bands[0].from_score
    if lowest != 0:
        problem = f"is {lowest:g} for the lowest band"
        document.complain((*place, 0, "from_score"), problem, "write 0")
    for index, (lower, upper) in enumerate(pairwise(scoring.bands), 1):
        if lower.from_score >= upper.from_score:
            problem = "is not above that of the band before it"
            document.complain((*place, index, "from_score"), problem, "write the lowest band first")


def _check_criterion(document: Document, place: Place, criterion: Criterion) -> None:
    if criterion.levels.partly > criterion.levels.met:
        problem = "ask for more evidence for partly than for met"
        document.complain((*place, "levels"), problem, "write the smaller number at partly")
    _check_cues(document, (*place, "cues"), criterion.cues)
    cues = [cue.id for cue in criterion.cues]
    _refuse_unknown(document, (*place, "met_needs"), criterion.met_needs, cues, "cue")


def _check_flag(document: Document, place: Place, flag: Flag, criteria: Collection[str]) -> None:
    _check_cues(document, (*place, "cues"), flag.cues)
    _check_cues(document, (*place, "against"), flag.against)
    _refuse_unknown(document, (*place, "unless_met"), flag.unless_met, criteria, "criterion")
    _refuse_unknown(document, (*place, "unless_partly"), flag.unless_partly, criteria, "criterion")


def _check_cues(document: Document, place: Place, cues: Sequence[Cue]) -> None:
    _refuse_twins(document, place, cues)
    for index, cue in enumerate(cues):
        if cue.zone and cue.zone[0] >= cue.zone[1]:
            problem = f"goes from {cue.zone[0]:g} to {cue.zone[1]:g}"
            document.complain((*place, index, "zone"), problem, "write the smaller share first")


def _refuse_twins(
    document: Document, place: Place, parts: Sequence[Criterion | Flag | Cue]
) -> None:
    claims = Claims()
    for index, part in enumerate(parts):
        claims.claim(part.id, document, (*place, index, "id"), f"the id {quote(part.id)}")


def _refuse_unknown(
    document: Document, place: Place, names: Sequence[str], known: Collection[str], what: str
) -> None:
    for index, name in enumerate(names):
        if name not in known:
            problem = f"there is no {what} {quote(name)}"
            document.complain((*place, index), problem, suggest(name, known))


def _tell(document: Document, place: Place, pattern: str, problem: str | None) -> None:
    if problem:
        shown = f"{quote(pattern)} cannot be used: {one_line(problem, _SHOWN)}"
        document.complain(place, shown, "change it")


def _rubric_patterns(rubric: RubricFile) -> Iterator[tuple[Place, str]]:
    yield from _at(("topic",), rubric.topic)
    for index, criterion in enumerate(rubric.criteria or ()):
        yield from _cue_patterns(("criteria", index, "cues"), criterion.cues)
        yield from _at(("criteria", index, "elsewhere"), criterion.elsewhere)
    for index, flag in enumerate(rubric.flags):
        yield from _cue_patterns(("flags", index, "cues"), flag.cues)
        yield from _cue_patterns(("flags", index, "against"), flag.against)


def _cue_patterns(place: Place, cues: Sequence[Cue]) -> Iterator[tuple[Place, str]]:
    for index, cue in enumerate(cues):
        yield from _at((*place, index, "any"), cue.any)
        yield from _at((*place, index, "unless"), cue.unless)


def _at(place: Place, texts: Iterable[str]) -> Iterator[tuple[Place, str]]:
    return (((*place, index), text) for index, text in enumerate(texts))
