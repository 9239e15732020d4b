"""From the records of the history back to what can be shown and asked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.analysis.types import Rating
from trainer.bank.types import Library, Question, Rubric
from trainer.calibration.types import Baseline
from trainer.capture.files import length_s
from trainer.catalogue import score
from trainer.coach.advice import Probe
from trainer.coach.method import TRAINED, method_of, parts_of
from trainer.coach.own_marks import OwnMark, lay_beside
from trainer.coach.people import name_of, speaker_of
from trainer.coach.report import Report
from trainer.session.plan import IMPROVISED, OF_A_SESSION, Item
from trainer.store.types import (
    Attempt,
    AttemptRecord,
    AttemptSummary,
    Draft,
    SpanNote,
    StoredRating,
    StoredTranscript,
)

if TYPE_CHECKING:
    from trainer.review.placing import NoteElsewhere

NOT_RATED = "not rated"
NOT_MEASURABLE = "not measurable"
BY_TODAY = (
    "Keywords alone rated this answer. The explanation is of today's checklist, which a trained "
    "reader rates too."
)
BY_KEYWORDS = (
    "Keywords alone rated this answer, and they alone explain it: the points of its checklist "
    "have changed since."
)
RATE_AGAIN = "To rate it with the trained reader, open the answer and press R."
ASKED_BANK = "asked"
ASKED_TITLE = "A question of your own"
_ASKED = "asked/"
"""So begins the id of a question that is in no bank; the rubric's id follows. No bank has a /."""
_VANISHED_ANSWER_S = (60, 120)


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One version of an attempt, ready to show.

    `version` counts the transcripts from 1 to `versions`. `item` asks the question again;
    `probe` is the follow-up that the report suggests. `rubric` and `rating` are as they were
    stored; both are None where this version of the words was not rated. `recording` is the file
    with the sound and `recording_s` its length in seconds, None where there is none any more.
    `stored` is the rating as the history has it, there even where its rubric cannot be read, and
    `rating_number` counts it from 1 among the ratings of these words. `own` are the speaker's
    newest marks beside those that are shown, empty without any and where they are shown themselves.
    `notes` are those whose words stand in this version, in its order, whichever version they were
    written on; `notes_elsewhere` are all others.
    """

    record: AttemptRecord
    item: Item
    rubric: Rubric | None
    transcript: StoredTranscript
    rating: Rating | None
    report: Report
    probe: Probe | None
    version: int
    versions: int
    recording: Path | None = None
    recording_s: float | None = None
    stored: StoredRating | None = None
    rating_number: int | None = None
    own: tuple[OwnMark, ...] = ()
    notes: tuple[SpanNote, ...] = ()
    notes_elsewhere: tuple[NoteElsewhere, ...] = ()

    @property
    def speaker(self) -> str:
        """What who answered is called; "" where that is the user."""
        return speaker_of(self.record)

    def note_on(self, start: int, end: int) -> SpanNote | None:
        """Return the user's newest note on exactly these words; None where there is none."""
        exact = (n for n in self.notes if (n.start, n.end, n.rater) == (start, end, "self"))
        return max(exact, key=lambda note: note.created_at, default=None)

    @property
    def is_newest(self) -> bool:
        """Whether these are the newest words with their newest rating by the machine."""
        return self.version == self.versions and self.stored == self.record.rating_of(
            self.transcript
        )


def show_attempt(
    record: AttemptRecord,
    version: int | None,
    library: Library,
    recording: Path | None = None,
    baseline: Baseline | None = None,
    rating_number: int | None = None,
) -> AttemptView:
    """Return one version of an attempt, the newest without `version`, with its sound if any.

    `baseline` is the speaker's own pace while reading, for comparison. `rating_number` counts the
    ratings of these words from 1; without it the machine's newest is shown. Raises `UsageError`
    for a version or a rating that is not there.
    """
    from trainer.coach.advice import probe
    from trainer.coach.doubts import tell_reopened
    from trainer.coach.report import compose
    from trainer.review.placing import place_notes
    from trainer.review.sides import choose_rating, choose_words

    transcript, number = choose_words(record, version)
    stored, number_of_rating = choose_rating(record, transcript, rating_number)
    rubric = decode_rubric(stored.rubric_json) if stored else None
    rating = stored.rating if stored and rubric else None
    value = score(rating, rubric) if rating and rubric else None
    words = transcript.transcript
    heard_by = record.transcripts[0].transcript.source
    asked = record.attempt.prompt
    report = compose(
        words,
        transcript.delivery,
        rubric,
        rating,
        value,
        heard_by,
        asked,
        baseline,
        record.filler_reviews,
        name_of(record, stored) if stored else "",
    )
    if rubric and rating and report.lines and stored == record.rating_of(transcript):
        reopened = tell_reopened(record, transcript, rating, rubric)
        report = replace(report, notes=(*report.notes, reopened)) if reopened else report
    item = item_of(record.attempt, library)
    suggested = None
    if rubric and rating and record.attempt.probe_of is None:
        suggested = probe(item.question, rubric, rating)
    return AttemptView(
        record,
        item,
        rubric,
        transcript,
        rating,
        report,
        suggested,
        number,
        len(record.transcripts),
        recording,
        length_s(recording) if recording else None,
        stored,
        number_of_rating,
        _own(record, rating),
        *place_notes(record, transcript),
    )


def _own(record: AttemptRecord, shown: Rating | None) -> tuple[OwnMark, ...]:
    """Return the speaker's newest marks, of whichever version: they came before the reveal."""
    own = next((r for r in reversed(record.ratings) if r.rating.rater == "self"), None)
    rubric = decode_rubric(own.rubric_json) if own else None
    if own is None or rubric is None or (shown and shown.rater == "self"):
        return ()
    return lay_beside(rubric, own.rating, shown)


def renew(stored: Rubric, today: Rubric | None) -> tuple[Rubric, str | None]:
    """Return the rubric that explains a rating by `stored`, and what to know about that.

    A rubric that was stored before any trained head has none, so that its explanation would leave
    out what decides when the answer is rated again. `today` is by what that would be done; it
    explains where it has heads and the same points. Without anything to know, None.
    """
    if stored.heads or today is None or not today.heads:
        return stored, None
    same = {c.id for c in stored.criteria} == {c.id for c in today.criteria}
    if same and {f.id for f in stored.flags} <= {f.id for f in today.flags}:
        return today, f"{BY_TODAY} {RATE_AGAIN}"
    return stored, f"{BY_KEYWORDS} {RATE_AGAIN}"


def differs_today(
    stored: StoredRating, today: Rubric, scorer_version: str, *, lacks: bool = False
) -> bool:
    """Return whether a rating was given by another rater or checklist than today's.

    `lacks` tells that today's rater cannot read as a full install does: it then takes the place of
    none that could. Trained heads count only for a rubric that names some.
    """
    rubric = decode_rubric(stored.rubric_json)
    before = stored.rating.scorer_version
    if lacks and (rubric is None or method_of(before, rubric) is TRAINED):
        return False
    if rubric != today:
        return True
    if not today.heads:
        return parts_of(before)[0] != parts_of(scorer_version)[0]
    return before != scorer_version


def item_of(kept: Draft | Attempt, library: Library) -> Item:
    """Return the item that a draft or attempt answered, even if its question is gone."""
    found = library.find(kept.question_id)
    if found:
        bank, question = found
        title = bank.title
    else:
        if kept.question_id.startswith(_ASKED):
            return replace(
                asked_item(kept.prompt, kept.question_id.removeprefix(_ASKED) or None),
                probe_of=kept.probe_of,
                criterion_id=kept.criterion_id,
            )
        if isinstance(kept, Attempt):
            title = kept.bank_title
        else:
            title = OF_A_SESSION if kept.bank_id == IMPROVISED else kept.bank_id
        question = _vanished(kept)
    return Item(kept.bank_id, title, question, kept.prompt, kept.probe_of, kept.criterion_id)


def asked_item(question: str, rubric_id: str | None) -> Item:
    """Return a question that is in no bank; an answer to it is rated by that rubric, if by any."""
    asked = Question(
        id=f"{_ASKED}{rubric_id or ''}",
        prompt=question,
        wordings=(question,),
        rubric=rubric_id,
        prepare_s=30,
        answer_s=_VANISHED_ANSWER_S,
        intent="You brought this question yourself.",
        pitfalls=("It is in no bank, so there are no notes about it.",),
        tags=("asked",),
    )
    return Item(ASKED_BANK, ASKED_TITLE, asked, question)


def band_word(summary: AttemptSummary) -> str:
    """Return the word for the newest score of an attempt; "not rated" where it has none.

    A rating with a remark has none to show: the remark is all that is said. One of words that
    are mostly guessed is "not measurable".
    """
    from trainer.analysis import scoring

    rubric = decode_rubric(summary.rubric_json) if summary.rubric_json else None
    if rubric is None or summary.score is None:
        return NOT_RATED
    if not summary.measurable:
        return NOT_MEASURABLE
    if summary.remark:
        return NOT_RATED
    return scoring.band_word(summary.score, rubric)


@lru_cache(maxsize=64)
def decode_rubric(text: str) -> Rubric | None:
    """Return a rubric that was stored with a rating; None if this version cannot read it."""
    from trainer.bank.stored import decode  # pydantic: 100 ms

    return decode(text)


def encode_rubric(rubric: Rubric) -> str:
    """Return the rubric as JSON, to be stored with a rating."""
    from trainer.bank.stored import encode

    return encode(rubric)


def _vanished(kept: Draft | Attempt) -> Question:
    attempt = kept if isinstance(kept, Attempt) else None
    return Question(
        id=kept.question_id,
        prompt=kept.prompt,
        wordings=(kept.prompt,),
        rubric=attempt.rubric_id if attempt else None,
        prepare_s=30,
        answer_s=(attempt.lower_s, attempt.upper_s) if attempt else _VANISHED_ANSWER_S,
        intent="This question is no longer in a bank.",
        pitfalls=("Its notes went with its bank.",),
        tags=("gone",),
    )
