"""What goes out of a history and what comes in, for commands and screens."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from trainer import records
from trainer.answering import Answering
from trainer.errors import TrainerError, UsageError
from trainer.paths import write_private
from trainer.recall import encode_rubric
from trainer.session.plan import Item
from trainer.store.types import AttemptRecord, LibraryQuery

if TYPE_CHECKING:
    from trainer.exchange.said import Said
    from trainer.exchange.share_merging import Received
    from trainer.store.merging import Merged

Form = Literal["md", "html", "json", "csv", "srt", "vtt"]
FORMS: tuple[Form, ...] = ("md", "html", "json", "csv", "srt", "vtt")
"""What a history, or answers of it, can be written as."""

_LONGEST_NAME = 200


class Exchange:
    """Exports from and imports into a history. Methods may take a while."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def chosen(self, query: LibraryQuery) -> tuple[str, ...]:
        """Return the ids of the answers that a query chooses, the oldest first."""
        ordered = replace(query, sort="date", descending=False)
        found = self._answering.store.library(ordered, limit=-1)
        return tuple(row.attempt.id for row in found)

    def history_file(self, attempt_ids: Sequence[str]) -> Iterator[str]:
        """Yield answers as the JSON of a history, piece by piece, in the order that is given."""
        from trainer.exchange.writing import write_history

        return write_history(self._records(attempt_ids), _now())

    def merge_file(self, file: Path) -> Merged:
        """Take in the JSON of a history. Raises `FileError`, and then nothing has changed."""
        from trainer.exchange.reading import read_history

        return self._answering.store.merge(read_history(file))

    def share(self, attempt_id: str, *, sound: bool = False, ratings: bool = False) -> str:
        """Return one answer as a file for a mentor: its newest words, question and checklist.

        Raises `UsageError` for an attempt that is not there, one without words, and where its
        `sound` is wanted and is gone; `TrainerError` where it cannot be read.
        """
        from trainer.exchange.share_writing import share_of, write_share

        answering = self._answering
        record = answering.store.attempt(attempt_id)
        if record is None:
            raise UsageError(f"There is no attempt {attempt_id!r}.", "See: trainer history list")
        recording = answering.recording_of(record.attempt) if sound else None
        if sound and recording is None:
            raise UsageError("There is no sound of this answer.", "Leave out --sound.")
        found = answering.library().find(record.attempt.question_id)
        intent = found[1].intent if found and record.attempt.probe_of is None else ""
        share = share_of(
            record,
            answering.checklist_of(record),
            _now(),
            intent=intent,
            recording=recording,
            ratings=ratings,
        )
        return write_share(share)

    def merge_share(self, file: Path) -> Received:
        """Add what others say of a shared answer to it. Nothing that is there is changed.

        Raises `FileError`, and then nothing has changed.
        """
        from trainer.exchange.problems import FileError
        from trainer.exchange.share_merging import checklist_for, received, version_of
        from trainer.exchange.share_reading import read_share

        answering = self._answering
        shared = read_share(file)
        record = answering.store.attempt(shared.entry.attempt_id)
        words = version_of(file, shared, record)
        assert record is not None
        today = answering.checklist_of(record, words.id)
        checklist = checklist_for(shared, record, encode_rubric(today) if today else None)
        grown, told = received(shared, record, words, checklist)
        if answering.store.merge((grown,)).differing:
            raise FileError(
                file,
                "What it adds stands with another answer already.",
                "Ask for the file again. Nothing of it was taken.",
            )
        return told

    def take_in(self, said: Said, item: Item, file: Path, said_at: datetime | None = None) -> str:
        """Rate and store what somebody said by a transcript; return the attempt's id.

        It is stored in one transaction, as an answer to `item` that has the name of the file as
        its origin. `said_at` is when it was said, None for now.
        """
        from trainer.analysis.versions import versions
        from trainer.importing import check_date

        check_date(said_at)
        answering = self._answering
        rubric = answering.rubric_for(item.question.rubric, item.criterion_id)
        draft = answering.new_draft(answering.run_of(item))
        if said_at:
            at = said_at.astimezone(UTC).isoformat(timespec="milliseconds")
            draft = replace(draft, started_at=at)
        attempt = records.attempt_of(draft, item, rubric)
        attempt = replace(attempt, origin=file.name[:_LONGEST_NAME])
        words = versions(said.transcript.text, said.transcript)[-1]
        version = records.version_of(attempt, words, None, draft.updated_at)
        rating = None
        if rubric:
            rating = records.rating_of(attempt, version, rubric, answering.rater, _now())
        answering.store.save_attempt(attempt, version, rating)
        return attempt.id

    def _records(self, attempt_ids: Sequence[str]) -> Iterator[AttemptRecord]:
        for attempt_id in attempt_ids:
            record = self._answering.store.attempt(attempt_id)
            if record:  # it may have been deleted meanwhile, in another window
                yield record


def write_file(file: Path, text: str, *, replaces: bool = False) -> None:
    """Write an export for the user alone, whole or not at all.

    Raises `UsageError` for a file that is there, unless it is to be replaced, and `TrainerError`
    where it cannot be written.
    """

    def refuse() -> None:
        if not replaces and os.path.lexists(file):
            raise UsageError(f"There is a file {file} already.", "Name another, or add --force.")

    if file.is_dir():
        raise UsageError(f"{file} is a folder.", "Name a file in it.")
    refuse()
    try:
        write_private(file, text, before=refuse)
    except OSError as error:
        raise TrainerError(
            f"{file} cannot be written: {error.strerror or error}.",
            "Check that its folder is there, your rights to it and the free space.",
        ) from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
