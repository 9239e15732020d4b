"""What is said about an answer to a question that was only heard."""

from __future__ import annotations

from trainer.analysis.restating import find_restatement
from trainer.display import one_line
from trainer.session.hearing import Hearing
from trainer.transcript.types import Transcript

_TIMES = ("not", "once", "twice")
_LONGEST_QUOTE = 160  # characters


def tell_drill(hearing: Hearing, transcript: Transcript, question: str) -> tuple[str, ...]:
    """Return lines about hearing and restating; none where the question was never heard."""
    if not hearing.hidden or not hearing.heard:
        return ()
    times = _TIMES[hearing.heard] if hearing.heard < len(_TIMES) else f"{hearing.heard} times"
    looked = "looked at the text" if hearing.looked else "did not look at the text"
    lines = [f"You heard the question {times} and {looked}."]
    if transcript.words:
        lines.append(_restated(transcript, question))
    return tuple(lines)


def _restated(transcript: Transcript, question: str) -> str:
    found = find_restatement(transcript, question)
    if found is None:
        return (
            "You began without restating the question. Restating it gives you time and shows "
            "that you heard it."
        )
    words = transcript.words[found.start : found.end]
    quote = one_line(transcript.text[words[0].start : words[-1].end], _LONGEST_QUOTE)
    return f"You restated the question: “{quote}”"
