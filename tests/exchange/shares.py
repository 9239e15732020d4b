"""Shared answers: one with everything that a file may hold, and reading what a test has changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import fakes
from tests.exchange.histories import answer
from tests.playback.recordings import noise
from trainer.audio.format import header
from trainer.bank.types import Mark
from trainer.exchange.share_reading import Shared, read_share
from trainer.exchange.share_reviewing import add_comment, add_review, write_review
from trainer.exchange.share_writing import share_of, write_share
from trainer.store.types import AttemptRecord

AT = "2026-02-01T10:00:00.000+00:00"
LATER = "2026-02-02T10:00:00.000+00:00"
RUBRIC = fakes.library().rubrics["ownership"]
MARKS = {criterion.id: Mark.PARTLY for criterion in RUBRIC.criteria}


def recording(folder: Path, seconds: float = 1.0) -> Path:
    """Write a recording as the recorder leaves it."""
    file = folder / f"{'ab' * 16}.wav"
    pcm = noise(seconds)
    file.write_bytes(header(len(pcm)) + pcm)
    return file


def shared(tmp_path: Path, record: AttemptRecord | None = None, **options: Any) -> Shared:
    """Return an answer as somebody else opens it."""
    file = tmp_path / "shared.json"
    file.write_text(write_share(share_of(record or answer(1), RUBRIC, AT, **options)))
    return read_share(file)


def reviewed(given: Shared, name: str = "Dr. Amal Haddad") -> Shared:
    """Return it with marks, a word on the whole, and a comment on the first two words."""
    marked = add_review(given, name, LATER, MARKS, f"Calm, says {name}.")
    return add_comment(marked, name, LATER, 0, 2, f"Which one, asks {name}?")


def full(tmp_path: Path) -> dict[str, Any]:
    """Return the values of a file in which nothing is missing."""
    sound = recording(tmp_path)
    given = shared(tmp_path, recording=sound, ratings=True, intent="To see if you own it.")
    value: dict[str, Any] = json.loads(write_review(reviewed(given), with_sound=True))
    return copy.deepcopy(value)


def changed(value: dict[str, Any], change: Callable[[Any], object]) -> str:
    """Return the text of a file that was changed."""
    other = copy.deepcopy(value)
    change(other)
    return json.dumps(other)
