"""Notes on an answer as a whole, and what a criterion can get at most where they hold.

A remark takes the place of the marks; a note stands beside them. It must not be contradicted by
them: a brother's deeds are not the speaker's, and what one would do was not done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from trainer.analysis.deeds import is_conditional, is_of_another, measure_deeds
from trainer.analysis.grammar import word_set
from trainer.analysis.guards import Standing
from trainer.analysis.tokens import MOST_WORDS, Reading
from trainer.analysis.types import Note, Remark
from trainer.bank.types import Criterion, Mark, Rubric
from trainer.transcript.types import Transcript

FEWEST_WORDS = 25
"""Words of an answer that tells something that happened.

Of the 708 answers of `corpus/development.jsonl` to which this applies and that earned a mark above
missed, the shortest had 37.
"""

FEWEST_IN_REPLY = 10
"""Words of an answer to one single point, or where nothing that happened is asked for."""

_NO_ANSWER = 3  # words or fewer tell nothing, whatever they are
_FUTURE = word_set("would will")
_INVITING = word_set("like tell describe share say walk explain give address")


def find_notes(
    transcript: Transcript,
    reading: Reading,
    standings: Sequence[Standing],
    rubric: Rubric,
    question: Sequence[str],
) -> tuple[Note, ...]:
    """Return what holds of the whole answer.

    `transcript` is everything that was said, `reading` what of it is rated: the first words, and
    of a text that was pasted twice one copy. `standings` are those of its clauses, `question` the
    tokens of the question.
    """
    counted = len(reading.firsts) - 1
    asked = [criterion for criterion in rubric.criteria if _is_deed(criterion)]
    deeds = measure_deeds(reading.tokens, standings) if asked else None
    story = any(criterion.part == "action" for criterion in asked)
    holds = {
        Note.PASTED_TWICE: counted < min(len(transcript.words), MOST_WORDS),
        Note.SOMEBODY_ELSE: deeds is not None and is_of_another(deeds),
        Note.CONDITIONAL: deeds is not None
        and is_conditional(deeds, story)
        and not _asks_ahead(question),
        Note.TOO_SHORT: counted < fewest_words(rubric),
        Note.CUT: len(transcript.words) > MOST_WORDS,
    }
    return tuple(note for note, held in holds.items() if held)


def limits(notes: Collection[Note], criterion: Criterion, words: int) -> Mark:
    """Return the highest mark that a criterion can get in an answer of so many words.

    In 48 marked answers that are noted as conditional or somebody else's, raters gave the criteria
    that ask for the speaker's own deeds 47 times missed and once partly, all others 150 times
    missed and 65 times partly, and none ever met.
    """
    if words <= _NO_ANSWER:
        return Mark.MISSED
    if Note.SOMEBODY_ELSE in notes or Note.CONDITIONAL in notes:
        return Mark.MISSED if _is_deed(criterion) else Mark.PARTLY
    return Mark.MET


def note_silence(
    notes: tuple[Note, ...], marks: Iterable[Mark], remark: Remark | None
) -> tuple[Note, ...]:
    """Return `notes`, and that nothing was heard where every mark is missed and nothing says why.

    That it is too short does not say why: lyrics can be short too.
    """
    told = remark is not None or set(notes) - {Note.TOO_SHORT}
    return notes if told or any(marks) else (*notes, Note.NOTHING_HEARD)


def fewest_words(rubric: Rubric) -> int:
    """Return how many words an answer needs before its marks can be trusted."""
    told = any(criterion.factual for criterion in rubric.criteria)
    return FEWEST_WORDS if told and len(rubric.criteria) > 1 else FEWEST_IN_REPLY


def _is_deed(criterion: Criterion) -> bool:
    """Tell whether a criterion asks for something that the speaker did, and did indeed."""
    return criterion.first_person and criterion.factual


def _asks_ahead(question: Sequence[str]) -> bool:
    """Tell whether a question asks what one would or will do: "what would you bring us?"

    "Would you like to tell us" and "how would you describe" ask for what is.
    """
    return any(
        word in _FUTURE and _INVITING.isdisjoint(question[at + 1 : at + 3])
        for at, word in enumerate(question)
    )
