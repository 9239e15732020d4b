"""The versions of an answer with their ratings, as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from trainer.lines.attempts import when
from trainer.lines.ratings import rounded
from trainer.lines.text import table
from trainer.review.versions import tell_rater, tell_score, tell_words

if TYPE_CHECKING:
    from trainer.review.versions import Version


def versions_json(versions: Sequence[Version]) -> dict[str, object]:
    """Return the versions as `trainer history versions --help` tells."""
    return {"versions": [_version_json(version) for version in versions]}


def version_lines(versions: Sequence[Version]) -> Iterator[str]:
    """Yield the versions as a table; each begins with its name for `compare`."""
    rows = [
        (
            _name(version),
            when(version.created_at),
            tell_score(version),
            tell_rater(version),
            tell_words(version),
        )
        for version in versions
    ]
    yield from table(("NAME", "WHEN", "SCORE", "RATED BY", "WORDS"), rows)


def _name(version: Version) -> str:
    name = version.name
    rating = "" if name.rating is None else f".{name.rating}"
    return f"{name.attempt_id[:8]}@{name.version}{rating}"


def _version_json(version: Version) -> dict[str, object]:
    side, stored = version.side, version.stored
    score = side.score
    return {
        "version": side.version,
        "rating": version.rating_number,
        "newest": version.is_newest,
        "created_at": version.created_at,
        "source": side.transcript.source,
        "rater": stored.rating.rater if stored else None,
        "rater_name": side.rater_name,
        "comment": stored.comment if stored else "",
        "scorer": stored.rating.scorer_version if stored else None,
        "rubric": stored.rating.rubric_id if stored else None,
        "rubric_version": stored.rating.rubric_version if stored else None,
        "settled": list(stored.rating.settled) if stored else [],
        "remark": side.remark,
        "score": rounded(score.value) if score else None,
        "band": {"low": score.low, "high": score.high, "word": score.word} if score else None,
    }
