"""The profile as plain immutable values; `profile.yaml` is validated against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal, cast, get_args

from annotated_types import MaxLen

from trainer.bank.types import MOST_SAID, MOST_TERMS, Term, Written

Kind = Literal["programs", "places", "schools", "people", "words"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_SINGULAR = {
    "programs": "program",
    "places": "place",
    "schools": "school",
    "people": "person",
    "words": "word",
}
Names = Annotated[tuple[Written, ...], MaxLen(MOST_TERMS)]


@dataclass(frozen=True, slots=True)
class Profile:
    """Names of the applicant: each a list of texts as they should be written.

    `sounds_like` says of some of them how they are said, in words that sound like it.
    """

    schema: Literal[1] = 1
    programs: Names = ()
    places: Names = ()
    schools: Names = ()
    people: Names = ()
    words: Names = ()
    sounds_like: dict[Written, Annotated[tuple[Written, ...], MaxLen(MOST_SAID)]] = field(
        default_factory=dict
    )

    def of(self, kind: Kind) -> tuple[str, ...]:
        """Return the names of one kind."""
        names: tuple[str, ...] = getattr(self, kind)
        return names

    def with_names(self, names: Mapping[Kind, tuple[str, ...]]) -> Profile:
        """Return a copy with other names of some kinds."""
        return replace(self, **cast(dict[str, Any], names))

    def terms(self) -> tuple[Term, ...]:
        """Return all names as terms."""
        return tuple(
            Term(name, self.sounds_like.get(name, ()), _SINGULAR[kind])
            for kind in KINDS
            for name in self.of(kind)
        )
