"""The word error rate: how far what was heard is from what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def count_differences(reference: Sequence[object], heard: Sequence[object]) -> int:
    """Return the fewest items to replace, insert or delete to turn one into the other.

    This is Levenshtein's distance, row by row (Wagner and Fischer 1974).
    """
    row = list(range(len(heard) + 1))
    for number, wanted in enumerate(reference, 1):
        diagonal, row[0] = row[0], number
        for column, got in enumerate(heard, 1):
            replaced = diagonal + (wanted != got)
            diagonal, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, replaced)
    return row[-1]


def word_error_rate(said: str, heard: str) -> float:
    """Return the word errors as a share of the words said, so 0.05 is 5 %. It can exceed 1."""
    return pooled_error_rate([(said, heard)])


def pooled_error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Return the word error rate over all pairs of (said, heard), long ones counting more."""
    errors = words = 0
    for said, heard in pairs:
        reference = said.split()
        errors += count_differences(reference, heard.split())
        words += len(reference)
    if not words:
        raise ValueError("no words were said, so there is no rate")
    return errors / words
