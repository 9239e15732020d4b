"""What is written between and around the words of an answer, and the runs of its parts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from trainer.analysis.types import Span
from trainer.coach.hesitations import Hesitations
from trainer.tui.widgets.legend import FLAG_SIGN, NOTE_SIGN, NOTED, POSSIBLE_UM, SURE_UM
from trainer.tui.widgets.word_lines import Run, SideNote, Signs


def find_runs(parts: Sequence[Span], words: int) -> list[Run]:
    """Return what covers all words in order; words of no part have no name."""
    names = [""] * words
    for span in parts:
        names[span.start : span.end] = [span.name] * (span.end - span.start)
    runs: list[Run] = []
    for at, name in enumerate(names):
        if runs and runs[-1].name == name:
            runs[-1] = Run(name, runs[-1].start, at + 1)
        else:
            runs.append(Run(name, at, at + 1))
    return runs


def find_signs(
    hesitations: Hesitations, notes: Sequence[SideNote], flagged: Collection[int] = ()
) -> Signs:
    """Return what is written between and around the words; `flagged` are those with a sign."""
    signs = Signs()
    for one in hesitations.breaks:
        if one.kind == "um":
            sign = SURE_UM if one.sure else POSSIBLE_UM
        else:
            sign = f"({seconds(one.end_s - one.start_s)})"
        signs.breaks[one.before].append(sign)
    for words in hesitations.fillers:
        signs.before[words.start] = "["
        signs.after[words.end - 1] = "]" if words.sure else "?]"
    for at in flagged:
        signs.before[at] += FLAG_SIGN
    for start, end in sorted({(n.start, n.end) for n in notes if n.sign == NOTE_SIGN}):
        signs.before[start] = NOTED[0] + signs.before[start]
        signs.after[end - 1] += NOTED[1]
    return signs


def seconds(length_s: float) -> str:
    """Return a pause as it is written in the words: 0.8 is `.8`."""
    return f"{length_s:.1f}".removeprefix("0")
