"""Which model suits: by accent and memory, until a voice was measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.calibration.ranking import in_order
from trainer.calibration.types import Calibration, EngineResult
from trainer.config import ACCENTS
from trainer.installing.recommending import memory_needed, recommend
from trainer.paths import Home
from trainer.transcript.choosing import KnownModel, known_models

GB = 10**9
SMALL_US, LARGE_US = "vosk-model-small-en-us-0.15", "vosk-model-en-us-0.22-lgraph"
INDIAN, BRITISH = "vosk-model-small-en-in-0.4", "vosk-model-small-en-gb-0.15"
BUILTIN = "pocketsphinx en-us"

accents = st.sampled_from([None, *ACCENTS])
memories = st.none() | st.integers(0, 64 * GB)


def models(*installed: str) -> tuple[KnownModel, ...]:
    """Return the catalogue, with these models installed."""
    return tuple(
        replace(known, folder=Path("/models", known.model.name), complete=True)
        if known.model.name in installed
        else replace(known, folder=None, complete=False)
        for known in known_models(Home(Path("/nowhere")))
    )


def heard(model: str, errors: float, half: float = 0.03) -> EngineResult:
    """Return what a reading told of a recogniser."""
    engine = "builtin" if model == BUILTIN else "vosk"
    low, high = max(0.0, errors - half), errors + half
    return EngineResult(engine, model, errors, low, high)  # type: ignore[arg-type]


def calibration(*results: EngineResult) -> Calibration:
    """Return a calibration, best first as it is stored."""
    ordered = tuple(sorted(results, key=lambda one: one.errors))
    return Calibration("2026-03-02T09:00:00+00:00", None, 150, ordered, None)


@pytest.mark.parametrize(
    ("accent", "memory_bytes", "name"),
    [
        ("american", 16 * GB, LARGE_US),
        ("american", 8 * GB, LARGE_US),
        ("american", 4 * GB, SMALL_US),
        ("american", None, SMALL_US),
        ("indian", 16 * GB, INDIAN),
        ("indian", 1 * GB, INDIAN),
        ("british", 16 * GB, BRITISH),
        ("other", 16 * GB, LARGE_US),
        ("other", 2 * GB, SMALL_US),
        (None, 16 * GB, LARGE_US),
        (None, None, SMALL_US),
    ],
)
def test_accent_and_memory_choose(accent: str | None, memory_bytes: int | None, name: str) -> None:
    found = recommend(models(), accent, memory_bytes, None)
    assert found.model is not None
    assert (found.model.model.name, found.name) == (name, name)


@pytest.mark.parametrize(
    ("accent", "memory_bytes", "says"),
    [
        ("indian", None, "It is made for Indian English, which you chose as yours."),
        (None, None, "you did not say which English is yours"),
        ("other", None, "No model is made for your English"),
        ("american", 2 * GB, "a larger one needs more memory than this machine can spare"),
        ("american", 16 * GB, "its maker found the fewest wrong words with it"),
        ("american", None, "it needs little memory"),
    ],
)
def test_the_reason_says_what_it_came_from(
    accent: str | None, memory_bytes: int | None, says: str
) -> None:
    assert says in recommend(models(), accent, memory_bytes, None).reason


def test_a_measured_model_counts_more_than_a_guess_by_accent() -> None:
    found = recommend(models(SMALL_US), "indian", GB, calibration(heard(SMALL_US, 0.14)))
    assert found.name == SMALL_US
    assert found.reason == (
        "In your reading about 14 % of its words were wrong; "
        "vosk-model-small-en-in-0.4 is not measured yet."
    )


def test_what_was_measured_best_is_recommended_whatever_the_accent() -> None:
    here = models(SMALL_US, INDIAN)
    found = recommend(here, "indian", GB, calibration(heard(INDIAN, 0.24), heard(SMALL_US, 0.12)))
    assert found.name == SMALL_US
    assert found.reason == (
        "In your reading about 12 % of its words were wrong, the fewest of all that were measured."
    )


def test_a_quicker_one_that_is_about_as_good_is_recommended() -> None:
    slow, quick = replace(heard(LARGE_US, 0.12), work=0.5), replace(heard(INDIAN, 0.14), work=0.1)
    found = recommend(models(LARGE_US, INDIAN), "american", GB, calibration(slow, quick))
    assert found.name == INDIAN
    assert found.reason.startswith(
        "In your reading about 14 % of its words were wrong, "
        f"about as few as the 12 % of {LARGE_US}, and it is quicker"
    )


def test_a_model_that_was_removed_since_is_not_recommended_by_its_measurement() -> None:
    gone = calibration(heard(SMALL_US, 0.05))
    assert recommend(models(), "indian", GB, gone).name == INDIAN


def test_a_measured_model_of_the_users_own_can_be_the_best() -> None:
    results = calibration(heard("my-model", 0.05), heard(INDIAN, 0.2))
    found = recommend(models(INDIAN), "indian", GB, results, ["my-model"])
    assert (found.model, found.name) == (None, "my-model")
    assert recommend(models(INDIAN), "indian", GB, results).name == INDIAN


def test_the_built_in_one_alone_says_nothing_about_the_models() -> None:
    results = calibration(heard(BUILTIN, 0.4))
    assert recommend(models(), "british", GB, results, [BUILTIN]).name == BRITISH


@given(accent=accents, memory_bytes=memories)
def test_without_a_measurement_it_is_a_model_of_the_catalogue_with_a_sentence(
    accent: str | None, memory_bytes: int | None
) -> None:
    found = recommend(models(), accent, memory_bytes, None)
    assert found.model in models()
    assert found.reason.endswith(".")
    assert found.reason.count(". ") == 0
    same = [known for known in models() if known.model.accent == found.model.model.accent]  # type: ignore[union-attr]
    smallest = min(same, key=lambda known: known.model.bytes)
    needed = memory_needed(found.model.model)  # type: ignore[union-attr]
    assert found.model == smallest or (memory_bytes or 0) >= needed


@given(accent=accents, less=st.integers(0, 64 * GB), more=st.integers(0, 64 * GB))
def test_more_memory_never_brings_a_smaller_model(accent: str | None, less: int, more: int) -> None:
    sizes = []
    for memory_bytes in sorted((less, more)):
        found = recommend(models(), accent, memory_bytes, None)
        assert found.model
        sizes.append(found.model.model.bytes)
    assert sizes == sorted(sizes)


NAMES = (SMALL_US, LARGE_US, INDIAN, BRITISH, BUILTIN)
rates = st.floats(0, 1)


@given(
    accent=accents,
    memory_bytes=memories,
    installed=st.sets(st.sampled_from(NAMES[:4])),
    errors=st.dictionaries(st.sampled_from(NAMES), st.tuples(rates, st.floats(0, 0.2))),
)
def test_nothing_that_was_measured_is_clearly_better_than_a_measured_recommendation(
    accent: str | None,
    memory_bytes: int | None,
    installed: set[str],
    errors: dict[str, tuple[float, float]],
) -> None:
    results = calibration(*(heard(name, *figures) for name, figures in errors.items()))
    found = recommend(models(*installed), accent, memory_bytes, results, [BUILTIN])
    here = [one for one in results.results if one.model in {*installed, BUILTIN}]
    own = next((one for one in here if one.model == found.name), None)
    measured = any(one.engine == "vosk" for one in here)
    assert (own is not None) >= measured
    if own and measured:
        assert all(one.high >= own.low for one in here)
        assert own == in_order(here)[0]  # what the screen of one's voice recommends too
    if not measured:
        assert found == recommend(models(*installed), accent, memory_bytes, None)
