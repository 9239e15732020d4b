"""Rubrics as JSON beside the ratings that used them, so that old ratings stay readable."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from trainer.bank.types import Rubric

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def encode(rubric: Rubric) -> str:
    """Return the rubric as JSON."""
    return _adapter().dump_json(rubric).decode()


def decode(text: str) -> Rubric | None:
    """Return a stored rubric; None where it is not one that this version understands."""
    from pydantic import ValidationError

    try:
        return _adapter().validate_json(text)
    except ValidationError:
        return None


@cache
def _adapter() -> TypeAdapter[Rubric]:
    from pydantic import TypeAdapter  # 100 ms

    return TypeAdapter(Rubric)
