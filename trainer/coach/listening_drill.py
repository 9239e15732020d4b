"""What is said about an answer to a question that was only heard."""

from __future__ import annotations

from trainer.analysis.restating import find_restatement
from trainer.display import one_line
from trainer.session.hearing import Hearing
from trainer.transcript.types import Transcript

_TIMES = ("not", "once", "twice")
_LONGEST_QUOTE = 160  # characters
_LEAD_WORDS = 8  # before the first word of the question's, so that the quote begins as it was said


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
    words = transcript.words
    start = found.start
    while start > max(0, found.start - _LEAD_WORDS) and not _ends_sentence(transcript, start - 1):
        start -= 1
    said = transcript.text[words[start].start : words[found.end - 1].end].rstrip(".,;:!?")
    return f"You restated the question: “{one_line(said, _LONGEST_QUOTE)}”"


def _ends_sentence(transcript: Transcript, at: int) -> bool:
    word = transcript.words[at]
    return transcript.text[word.start : word.end].endswith((".", "!", "?"))
