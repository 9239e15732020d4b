"""What is said of the sound that is kept, in plain English; the same on a screen and a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.config import Settings
from trainer.keeping.types import Amount, Count, Plan, Tidied, amount

MB = 1_000_000
WAITS = "Their words are not written down or accepted yet. Correct them, and this sound goes too."


def size(bytes_: int) -> str:
    """Return a size as people read it: "34 MB", "0.4 MB", "48 kB"."""
    if bytes_ < MB / 10:
        return f"{bytes_ / 1000:.0f} kB"
    return f"{bytes_ / MB:.0f} MB" if bytes_ >= 9.95 * MB else f"{bytes_ / MB:.1f} MB"


def recordings(found: Amount) -> str:
    """Return how many recordings these are, and their size."""
    if not found.count:
        return "no recordings"
    return f"{number(found.count)}, {size(found.bytes)}"


def number(count: int) -> str:
    """Return so many recordings in words."""
    return "1 recording" if count == 1 else f"{count} recordings"


def choice(settings: Settings) -> str:
    """Return what the settings say."""
    kept = "The sound of your answers is kept, compressed without loss"
    if settings.sound == "transcript":
        kept = "Only the words are kept: sound is deleted once its words are safe"
    if settings.sound_days is None:
        return f"{kept}."
    days = "1 day" if settings.sound_days == 1 else f"{settings.sound_days} days"
    return f"{kept}. Sound older than {days} is deleted; its words stay."


def shares(count: Count) -> str:
    """Return how the recordings are kept, and which of them no stored answer has."""
    parts = [
        f"{number(part.count)} {how} ({size(part.bytes)})"
        for part, how in (
            (count.flac, "compressed"),
            (count.wav, "not compressed yet"),
            (count.unfinished, "of unfinished answers"),
            (count.stray, "of no answer"),
        )
        if part.count
    ]
    return "; ".join(parts)


def outlook(plan: Plan) -> Iterator[str]:
    """Yield what tidying would do now."""
    if plan.delete:
        yield f"To delete: {recordings(amount(plan.delete))}."
    if plan.compress:
        yield f"To compress: {recordings(amount(plan.compress))}."
    if plan.waiting:
        yield f"Kept longer: {recordings(amount(plan.waiting))}. {WAITS}"
    if not (plan.delete or plan.compress):
        yield "Nothing is to be done now."


def outcome(done: Tidied) -> Iterator[str]:
    """Yield what tidying did."""
    if done.is_busy:
        yield "Another window of the trainer is tidying the sound just now."
        return
    if done.deleted.count:
        was = "was" if done.deleted.count == 1 else "were"
        yield f"{number(done.deleted.count)} {was} deleted. The words stay."
    if done.compressed.count:
        was = "was" if done.compressed.count == 1 else "were"
        yield f"{number(done.compressed.count)} {was} compressed without loss."
    if done.saved_bytes:
        yield f"{size(done.saved_bytes)} are free again."
    if done.left:
        yield f"{number(done.left)} in use, or not readable, stayed as they were."
    if not (done.deleted.count or done.compressed.count or done.left):
        yield "Nothing was to be done."
