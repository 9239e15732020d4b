"""Unfinished answers: statements on the table `drafts`, inside a transaction of the caller's."""

from __future__ import annotations

import logging
import sqlite3
import uuid
from collections.abc import Callable, Iterable
from dataclasses import fields, replace

from trainer.analysis.types import Delivery
from trainer.store import codec
from trainer.store.attempts import recording_of
from trainer.store.types import Attempt, Draft, StoredTranscript
from trainer.transcript.types import Transcript

Measure = Callable[[Transcript, float | None, int, int], Delivery]
"""(transcript, answer time in seconds, lower and upper bound in seconds) -> figures"""

_log = logging.getLogger(__name__)


def save(db: sqlite3.Connection, draft: Draft) -> None:
    """Insert the draft or replace what is stored of it."""
    db.execute(
        """
        INSERT INTO drafts (
            id, owner, session_id, bank_id, question_id, prompt, text, counted_s, take,
            started_at, updated_at, probe_of, criterion_id, set_aside, corrects, recording, heard
        )
        VALUES (
            :id, :owner, :session_id, :bank_id, :question_id, :prompt, :text, :counted_s, :take,
            :started_at, :updated_at, :probe_of, :criterion_id, :set_aside, :corrects, :recording,
            :heard
        )
        ON CONFLICT (id) DO UPDATE SET
            owner = excluded.owner,
            prompt = excluded.prompt,
            text = excluded.text,
            counted_s = excluded.counted_s,
            take = excluded.take,
            started_at = excluded.started_at,
            updated_at = excluded.updated_at,
            set_aside = excluded.set_aside,
            recording = excluded.recording,
            heard = excluded.heard
        """,
        {
            **{field.name: getattr(draft, field.name) for field in fields(Draft)},
            "recording": codec.recording_name(draft.recording),
            "heard": codec.encode_heard(draft.heard),
        },
    )


def all_drafts(db: sqlite3.Connection) -> tuple[Draft, ...]:
    """Return every draft of every owner, the one written last first."""
    rows = db.execute("SELECT * FROM drafts ORDER BY updated_at DESC, number DESC")
    return tuple(_draft(row) for row in rows)


def find(db: sqlite3.Connection, draft_id: str) -> Draft | None:
    """Return the draft of that id, or None."""
    row = db.execute("SELECT * FROM drafts WHERE id = ?", (draft_id,)).fetchone()
    return row and _draft(row)


def delete(db: sqlite3.Connection, draft_ids: Iterable[str]) -> None:
    """Delete these drafts; ids that are not there are passed over."""
    for draft_id in draft_ids:
        db.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))


def is_blank(draft: Draft) -> bool:
    """Tell whether a draft holds no words; a recording that it names is not looked at."""
    return not draft.text.strip() and not (draft.heard and draft.heard.words)


def superseded(
    draft: Draft, newest: Attempt, measure: Measure
) -> tuple[Attempt, tuple[StoredTranscript, ...]]:
    """Return the take that `draft` set aside as an attempt, unrated, with its words and sound.

    The attempt has the draft's id. What a draft does not know - bank title, rubric, times - it
    has in common with `newest`, the later take of the same answer.
    """
    attempt = replace(
        newest,
        id=draft.id,
        session_id=draft.session_id,
        prompt=draft.prompt,
        started_at=draft.started_at,
        take=draft.take,
        superseded=True,
        recording=draft.recording,
    )
    from trainer.analysis.versions import versions

    unheard = Transcript("", (), "unheard") if draft.recording else None
    stored: list[StoredTranscript] = []
    for transcript in versions(draft.text, draft.heard or unheard, accepted=False):
        delivery = measure(transcript, draft.counted_s, newest.lower_s, newest.upper_s)
        before = stored[-1].id if stored else None
        stored.append(
            StoredTranscript(
                uuid.uuid4().hex, draft.id, draft.updated_at, transcript, delivery, before
            )
        )
    return attempt, tuple(stored)


def count_words(
    transcript: Transcript, answer_s: float | None, lower_s: int, upper_s: int
) -> Delivery:
    """Return the figures that need no analysis; the others are 0 or None."""
    return Delivery(len(transcript.words), answer_s, None, lower_s, upper_s, 0, 0)


def _draft(row: sqlite3.Row) -> Draft:
    values = {field.name: row[field.name] for field in fields(Draft)}
    values["set_aside"] = bool(row["set_aside"])
    values["recording"] = recording_of(row)
    try:
        values["heard"] = codec.decode_heard(row["heard"])
    except ValueError as error:
        _log.warning("draft %s: %s", row["id"], error)
        values["heard"] = None
    return Draft(**values)
