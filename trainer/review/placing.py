"""Where notes on words stand in another version of the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from trainer.store.types import AttemptRecord, SpanNote, StoredTranscript
from trainer.transcript.correction import stayed


@dataclass(frozen=True, slots=True)
class NoteElsewhere:
    """A note whose words do not stand in a version.

    `quote` are those words in the version of that `number`, which the note was written on; "" and
    0 where they cannot be read.
    """

    note: SpanNote
    quote: str = ""
    number: int = 0


def place_notes(
    record: AttemptRecord, words: StoredTranscript
) -> tuple[tuple[SpanNote, ...], tuple[NoteElsewhere, ...]]:
    """Return the notes of an attempt as they stand on a version of its words, and all others.

    A note goes where its words stand, whichever version it was written on. Those found are in the
    order of the words, with `start` and `end` counting the words of this version.
    """
    numbers = {version.id: number for number, version in enumerate(record.transcripts, start=1)}
    ways: dict[str, Mapping[int, int]] = {}
    here, elsewhere = [], []
    for note in record.notes:
        number = numbers.get(note.transcript_id, 0)
        own = record.transcripts[number - 1].transcript if number else None
        if own is None or not 0 <= note.start < note.end <= len(own.words):
            elsewhere.append(NoteElsewhere(note))
            continue
        if note.transcript_id == words.id:
            here.append(note)
            continue
        if note.transcript_id not in ways:
            ways[note.transcript_id] = stayed(own, words.transcript)
        place = _place(ways[note.transcript_id], note.start, note.end)
        if place:
            here.append(replace(note, start=place[0], end=place[1]))
        else:
            quote = own.quote(note.start, note.end)
            elsewhere.append(NoteElsewhere(note, quote, number))
    here.sort(key=lambda note: (note.start, note.end, note.created_at))
    return tuple(here), tuple(elsewhere)


def _place(stayed_at: Mapping[int, int], start: int, end: int) -> tuple[int, int] | None:
    """Return where a stretch of words stands now: from the first that stayed to the last.

    None where fewer than half of them stayed, or as many other words now stand between them.
    """
    kept = [stayed_at[at] for at in range(start, end) if at in stayed_at]
    if not kept:
        return None
    place = kept[0], kept[-1] + 1
    longest = max(end - start, place[1] - place[0])
    return place if 2 * len(kept) >= longest else None
