"""What the questions of a layer may refer to, and how rubrics are put together for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from trainer.bank.document import Document, Place, quote, suggest
from trainer.bank.files import RubricFile, Source
from trainer.bank.rubric_checks import check_rubric
from trainer.bank.types import Criterion, Flag, Rubric

_Part = TypeVar("_Part", bound=Criterion | Flag)


@dataclass(slots=True)
class View:
    """A layer's own rubrics and word classes over those of the layer below.

    `broken` are ids of rubrics that a file of the layer should define, but has mistakes in it.
    """

    classes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rubrics: dict[str, Rubric] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def refuse(self, document: Document, place: Place, name: str) -> None:
        """Complain that a file refers to the rubric `name`, which is not there."""
        if name in self.broken:
            document.complain(
                place, f"the rubric {quote(name)} has mistakes", "mend its file first"
            )
        else:
            remedy = suggest(name, self.rubrics)
            document.complain(place, f"there is no rubric {quote(name)}", remedy)


def add_rubrics(view: View, sources: Sequence[Source[RubricFile]]) -> None:
    """Put the rubrics of a layer over those that `view` holds from the layer below.

    A rubric extends one of its own layer where there is one of that id, else one of the layer
    below; a rubric that extends its own id extends the one below. Where a file has mistakes,
    the rubric of the layer below stays.
    """
    below = dict(view.rubrics)
    own: dict[str, Source[RubricFile]] = {}
    for source in sources:
        own.setdefault(source.value.id, source)
    view.broken.update(own)  # until shown to be sound
    for source in _parents_first(own):
        rubric, document = source.value, source.document
        parent = None
        if rubric.extends:
            own_id = rubric.extends == rubric.id
            parent = (below if own_id else view.rubrics).get(rubric.extends)
            if parent is None and own_id:
                problem = "names the rubric itself, and none of this id is shipped"
                document.complain(("extends",), problem, "remove it, or name another")
            elif parent is None:
                view.refuse(document, ("extends",), rubric.extends)
        else:
            _refuse_half(document, rubric)
        merged = merge(rubric, parent)
        if merged:
            check_rubric(document, rubric, merged)
        if merged and not document.bad:
            view.rubrics[rubric.id] = merged
            view.broken.discard(rubric.id)


def merge(child: RubricFile, parent: Rubric | None) -> Rubric | None:
    """Return the rubric that `child` makes out of `parent`; None where something is missing."""
    scoring = child.scoring or (parent.scoring if parent else None)
    criteria = _merge_parts(parent.criteria if parent else (), child.criteria or ())
    if scoring is None or not criteria:
        return None
    return Rubric(
        id=child.id,
        title=child.title,
        about=child.about,
        scoring=scoring,
        criteria=criteria,
        flags=_merge_parts(parent.flags if parent else (), child.flags),
        topic=tuple(dict.fromkeys((*(parent.topic if parent else ()), *child.topic))),
    )


def _merge_parts(old: tuple[_Part, ...], new: tuple[_Part, ...]) -> tuple[_Part, ...]:
    # A dict keeps the place of the part that is replaced.
    merged: dict[str, _Part] = {part.id: part for part in (*old, *new)}
    return tuple(merged.values())


def _parents_first(own: Mapping[str, Source[RubricFile]]) -> list[Source[RubricFile]]:
    """Return the files so that each comes after the one it extends, without those in a circle."""
    ordered: dict[str, Source[RubricFile]] = {}
    circling: set[str] = set()
    for name in own:
        chain: list[str] = []
        above = name
        while above in own and above not in ordered and above not in chain:
            chain.append(above)
            extends = own[above].value.extends
            above = extends if extends and extends != above else ""
        if above in chain:
            circle = chain[chain.index(above) :]
            circling.update(circle)
            for member in circle:
                problem = f"goes round in a circle: {' > '.join([*circle, above])}"
                own[member].document.complain(("extends",), problem, "remove one of them")
        ordered |= {member: own[member] for member in reversed(chain)}
    return [source for name, source in ordered.items() if name not in circling]


def _refuse_half(document: Document, rubric: RubricFile) -> None:
    for name in ("scoring", "criteria"):
        if getattr(rubric, name) is None:
            document.complain((name,), "is missing", "add it, or extend another rubric")
