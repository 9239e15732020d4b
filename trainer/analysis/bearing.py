"""Whether an answer as a whole is the speaker's own and told as done, whatever its clauses say.

A clause at a time, a cousin's career and a wished-for future read like the speaker's own: the
cousin is named once and is "he" from then on. What is judged here is the whole answer; where it
fails, the evidence for criteria is scaled down so far that nothing is met by it. Flags are not
touched.

`deeds` judges the same of an answer by other limits, for a note that limits marks, those of
trained heads too. Here no note is written: only what cues found in clauses that are not the
speaker's, or did not happen, loses weight. The shares were fitted on 135 typed answers by two
authors, where answers that fail lie far from the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.analysis.grammar import FILLERS, FUNCTION_WORDS, PERSONS, word_set
from trainer.analysis.guards import Guard, Scaling, Standing

OTHERS_FACTOR = 0.25
CONDITIONAL_FACTOR = 0.3

_OTHERS = word_set("he she")
_SPEAKER = word_set("i we")
_FEWEST_OTHERS = 5  # times "he" or "she" in a story that is somebody else's
_OTHERS_RATIO = (
    2.0  # of "he" and "she" to "i" and "we"; own stories reached 1.7, others' began at 3.3
)
_CONDITIONAL = word_set("would could should might")
_CONDITIONAL_SHARE = 0.5  # of an answer's words in clauses of what one would do
_FEWEST_WORDS = 25
_ASKED_SHARE = 0.35  # of the content words; the 841 plain development answers had up to .24
_STEM = 5  # letters by which "faces" is the question's "faced"


@dataclass(frozen=True, slots=True)
class Bearing:
    """What holds of an answer as a whole.

    `of_another` says that it tells somebody else's story, `conditional` that most of it is what
    one would do.
    """

    of_another: bool = False
    conditional: bool = False

    def scalings(self, standing: Standing) -> list[Scaling]:
        """Return by what a criterion's evidence in a clause is scaled down."""
        scalings = []
        if self.of_another and standing.subject not in ("first", "we"):
            scalings.append((Guard.SOMEBODY_ELSE, OTHERS_FACTOR))
        if self.conditional and not standing.factual:
            scalings.append((Guard.PLANNED, CONDITIONAL_FACTOR))
        return scalings


def find_bearing(tokens: Sequence[str], standings: Sequence[Standing]) -> Bearing:
    """Return what holds of the whole answer. `standings` are those of its clauses."""
    others = sum(token in _OTHERS for token in tokens)
    speaker = sum(token in _SPEAKER for token in tokens)
    named = any(token in PERSONS for token in tokens)
    wished = sum(
        s.end - s.start
        for s in standings
        if not s.factual and not _CONDITIONAL.isdisjoint(tokens[s.start : s.end])
    )
    return Bearing(
        of_another=named and others >= max(_FEWEST_OTHERS, _OTHERS_RATIO * speaker),
        conditional=len(tokens) >= _FEWEST_WORDS and wished >= _CONDITIONAL_SHARE * len(tokens),
    )


def repeats_question(tokens: Sequence[str], question: Sequence[str]) -> bool:
    """Tell whether an answer turns the question's own words round and round."""
    if len(tokens) < _FEWEST_WORDS:
        return False
    content = [t for t in tokens if t not in FUNCTION_WORDS and t not in FILLERS]
    asked = {token[:_STEM] for token in question}
    return sum(token[:_STEM] in asked for token in content) > _ASKED_SHARE * len(content)
