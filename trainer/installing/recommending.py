"""Which speech model suits a person and a machine: by accent, until a voice was measured."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from trainer.calibration.ranking import in_order, why_first
from trainer.display import one_line

if TYPE_CHECKING:
    from trainer.calibration.types import Calibration, EngineResult
    from trainer.transcript.catalogue import Model
    from trainer.transcript.choosing import KnownModel

MEMORY_FOR_A_BYTE = 8
"""Memory that a model takes while it runs, for each byte of its archive.

From its maker's published notes, not measured here: small ones of 40 MB take about 300 MB, the
large one of 130 MB 500 MB to 1 GB.
"""
SHARE = 6
"""A model may take one part in so many of the memory: a system, a browser and a video call run
beside it. A choice, not a measurement: with 4 GB the small model, with 8 GB the large one."""
USUAL = "american"
"""What is chosen from where no model is made for someone's English: most models are, and only
their error rates are published."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The recogniser that suits, and why, in one sentence.

    `model` is None where the recogniser `name` is not of the catalogue: the built-in one, or a
    model of the user's own that was measured.
    """

    model: KnownModel | None
    reason: str
    name: str


def recommend(
    models: Sequence[KnownModel],
    accent: str | None,
    memory_bytes: int | None,
    calibration: Calibration | None,
    others: Collection[str] = (),
) -> Recommendation:
    """Return the recogniser that suits best. `models` are those of the catalogue, at least one.

    `accent` is what the user says of their own English, None where they said nothing;
    `memory_bytes` how much memory the machine has, None where that is not known: then a small
    model is recommended. `others` are the names of recognisers that are installed beside the
    catalogue's.

    What was measured on this voice counts more than an accent: of the measured ones that are still
    here it is the first by the rule of `calibration.ranking`, as where the voice was measured.
    """
    guess, why = _guess(models, accent, memory_bytes)
    installed = {known.model.name: known for known in models if known.complete}
    here = {*installed, *others}
    measured = calibration.results if calibration else ()
    results = in_order([one for one in measured if one.model in here])
    if not any(one.engine == "vosk" for one in results):  # the built-in one alone says nothing
        return Recommendation(guess, f"{why}.", guess.model.name)
    first, fewest = results[0], min(results, key=lambda one: one.errors)
    said = f"In your reading about {_percent(first)} of its words were wrong"
    if first.errors > fewest.errors:
        name = one_line(fewest.model)
        said += (
            f", about as few as the {_percent(fewest)} of {name}, and {why_first(first, fewest)}"
        )
    elif len(results) > 1:
        said += ", the fewest of all that were measured"
    if guess.model.name not in {one.model for one in measured}:
        said += f"; {guess.model.name} is not measured yet"
    return Recommendation(installed.get(first.model), f"{said}.", first.model)


def memory_needed(model: Model) -> int:
    """Return about how many bytes of memory a model takes while it runs: see the constant."""
    return model.bytes * MEMORY_FOR_A_BYTE


def _guess(
    models: Sequence[KnownModel], accent: str | None, memory_bytes: int | None
) -> tuple[KnownModel, str]:
    """Return a model by accent and memory, and why, without the full stop."""
    made_for = _made_for(models, accent)
    others = made_for or _made_for(models, USUAL) or list(models)
    small = min(others, key=lambda known: known.model.bytes)
    fitting = [known for known in others if _fits(known.model, memory_bytes)] or [small]
    chosen = min(fitting, key=lambda known: (_errors(known.model), known.model.bytes))
    if made_for:
        why = f"It is made for {chosen.model.accent}, which you chose as yours"
    elif accent is None:
        why = f"It is made for {chosen.model.accent}, and you did not say which English is yours"
    else:
        why = f"No model is made for your English, and this one is for {chosen.model.accent}"
    if len(others) == 1:
        return chosen, why
    if memory_bytes is None:
        return chosen, f"{why}; it needs little memory"
    if len(fitting) < len(others):
        return chosen, f"{why}; a larger one needs more memory than this machine can spare"
    return chosen, f"{why}; its maker found the fewest wrong words with it"


def _made_for(models: Sequence[KnownModel], accent: str | None) -> list[KnownModel]:
    """Return the models whose accent is this one: "Indian English" is for "indian"."""
    return [known for known in models if accent and _accent(known.model) == accent]


def _accent(model: Model) -> str:
    return model.accent.partition(" ")[0].lower()


def _fits(model: Model, memory_bytes: int | None) -> bool:
    return memory_bytes is not None and memory_needed(model) * SHARE <= memory_bytes


def _errors(model: Model) -> float:
    """Return the published error rate in percent; without one, more than any that is published."""
    rates = model.word_error_rates.values()
    return fmean(rates) if rates else float("inf")


def _percent(result: EngineResult) -> str:
    return f"{result.errors * 100:.0f} %"
