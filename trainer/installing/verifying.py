"""Whether an installed model is still what was installed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from trainer.errors import SoundError
from trainer.installing import manifest
from trainer.installing.manifest import Manifest, ManifestError
from trainer.installing.types import Verdict
from trainer.transcript.engines import Engine
from trainer.transcript.lookup import find_models


def judge(
    name: str,
    folder: Path,
    hint: str,
    on_bytes: Callable[[int], object] = lambda count: None,
    cancelled: Callable[[], bool] | None = None,
) -> Verdict:
    """Return what is to be said about the model in `folder`; `hint` is the remedy for damage.

    Its files are compared with the list that was kept when it was installed. A model that was
    unpacked by hand has none: it must hold what Vosk needs, and hear a short clip.
    """
    try:
        kept = manifest.read(folder)
    except ManifestError as error:
        return Verdict(name, folder, False, "checksums", (), error.message, hint)
    if kept:
        return _compared(name, folder, kept, hint, on_bytes)
    return _tried(name, folder, hint, cancelled)


def _compared(
    name: str, folder: Path, kept: Manifest, hint: str, on_bytes: Callable[[int], object]
) -> Verdict:
    damaged = tuple(manifest.differences(folder, kept, on_bytes))
    if damaged:
        message = f"{name} is not as it was installed."
        return Verdict(name, folder, False, "checksums", damaged, message, hint)
    message = f"{name} is as it was installed: {len(kept.files)} files."
    return Verdict(name, folder, True, "checksums", (), message, "")


def _tried(name: str, folder: Path, hint: str, cancelled: Callable[[], bool] | None) -> Verdict:
    found = find_models([folder])
    if not found:
        message = f"{name} in {folder} is not complete."
        return Verdict(name, folder, False, "trial", (), message, hint)
    problem = trial(name, found[0], cancelled)
    if problem:
        return Verdict(name, folder, False, "trial", (), problem.message, hint)
    message = f"{name} works on a test sentence. No checksums of its files were kept."
    return Verdict(name, folder, True, "trial", (), message, "")


def trial(
    name: str, folder: Path, cancelled: Callable[[], bool] | None = None
) -> SoundError | None:
    """Let a model hear a short clip in a child; return what is wrong with it, None if it works."""
    from trainer.transcript.lookup import TRY_TIMEOUT_S, try_engine

    return try_engine(Engine("vosk", name, folder), TRY_TIMEOUT_S, cancelled)
