"""A patch makes the new value of the old one, and is small where little changed."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.peer.patching import Json, PatchError, difference, patched

VALUES = st.recursive(
    st.none() | st.integers(2, 99) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["a", "b", "c", "set", "same"]), inner)
    ),
    max_leaves=12,
)


@given(VALUES, VALUES)
def test_a_patch_makes_the_new_value_and_leaves_the_old(old: Json, new: Json) -> None:
    before = json.dumps(old)
    patch = json.loads(json.dumps(difference(old, new)))
    assert patched(old, patch) == new
    assert json.dumps(old) == before


@given(VALUES, VALUES)
def test_a_patch_of_something_else_fits_or_is_refused(old: Json, patch: Json) -> None:
    with contextlib.suppress(PatchError):
        patched(old, patch)


@pytest.mark.parametrize(
    "patch",
    [
        [],
        ["keys", {}, []],
        ["items", -1, {}, []],
        ["items", 9, {}, []],
        ["items", 2, {"7": ["same"]}, []],
    ],
)
def test_what_does_not_fit_is_refused(patch: Json) -> None:
    with pytest.raises(PatchError):
        patched([1, 2], patch)


def test_one_more_mark_is_a_small_patch() -> None:
    answer = {"words": [{"text": f"word{at}"} for at in range(2000)]}
    old = {"answer": answer, "moments": [{"at": at} for at in range(50)]}
    new = {"answer": answer, "moments": [*old["moments"], {"at": 51}]}
    assert len(json.dumps(difference(old, new))) < 120
