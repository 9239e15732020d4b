"""What changed between two JSON values, so that a key pressed does not send whole answers again."""

from __future__ import annotations

from typing import Any, Final

Json = Any
"""What `json.loads` returns. Here 1, 1.0 and true count as the same."""

NOTHING: Final = ["same"]
"""The patch that changes nothing."""


class PatchError(ValueError):
    """A patch that is none, or one of another value."""


def difference(old: Json, new: Json) -> Json:
    """Return the patch that makes `new` of `old`, itself JSON.

    `["same"]`; `["set", value]`; `["keys", {key: patch}, [keys that go]]` of an object; `["items",
    length kept, {index: patch}, [values that follow]]` of a list. What is equal is found at the
    speed of `==`, and at once where it is the very same object.
    """
    if old is new or (type(old) is type(new) and old == new):
        return NOTHING
    if isinstance(old, dict) and isinstance(new, dict):
        changed = {
            key: difference(old[key], value) if key in old else ["set", value]
            for key, value in new.items()
            if key not in old or old[key] is not value
        }
        gone = [key for key in old if key not in new]
        return ["keys", {key: one for key, one in changed.items() if one != NOTHING}, gone]
    if isinstance(old, list) and isinstance(new, list):
        kept = min(len(old), len(new))
        patches = {str(at): difference(old[at], new[at]) for at in range(kept)}
        changed = {at: one for at, one in patches.items() if one != NOTHING}
        return ["items", kept, changed, new[kept:]]
    return ["set", new]


def patched(old: Json, patch: Json) -> Json:
    """Return the value that a patch makes of `old`, which stays as it is. Raises `PatchError`."""
    try:
        return _patched(old, patch)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise PatchError("a patch that does not fit") from error


def _patched(old: Json, patch: Json) -> Json:
    match patch:
        case ["same"]:
            return old
        case ["set", value]:
            return value
        case ["keys", dict(changed), list(gone)] if isinstance(old, dict):
            left = {key: value for key, value in old.items() if key not in gone}
            return left | {key: _patched(old.get(key), one) for key, one in changed.items()}
        case ["items", int(kept), dict(changed), list(more)] if isinstance(old, list):
            if not 0 <= kept <= len(old):
                raise PatchError("a patch of a longer list")
            items = old[:kept]
            for at, one in changed.items():
                items[int(at)] = _patched(items[int(at)], one)
            return items + more
    raise PatchError("no patch")
