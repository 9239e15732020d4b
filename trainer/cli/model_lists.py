"""How `trainer models` shows recognisers and models: in lines and in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.installing.recognisers import Standing
    from trainer.installing.types import Verdict
    from trainer.paths import Home
    from trainer.transcript.choosing import Choice, KnownModel

_INDENT = "  "


def standing_json(home: Home, standing: Standing) -> dict[str, object]:
    """Return recognisers and models as `trainer models list --json` tells them."""
    from trainer.system import package_hint
    from trainer.transcript.choosing import install_command, model_folders

    choice, engine = standing.choice, standing.choice.engine
    return {
        "used": {
            "engine": engine.name if engine else None,
            "model": engine.model if engine else None,
            "folder": str(engine.folder) if engine and engine.folder else None,
            "reason": choice.reason,
        },
        "recommended": {
            "name": standing.recommended.name,
            "reason": standing.recommended.reason,
        },
        "builtin": {
            "package": "pocketsphinx",
            "version": standing.builtin,
            "install": package_hint("pocketsphinx"),
        },
        "models": [
            {
                "name": found.model.name,
                "accent": found.model.accent,
                "licence": found.model.licence,
                "url": found.model.url,
                "bytes": found.model.bytes,
                "word_error_rates": dict(found.model.word_error_rates),
                "folder": str(found.folder) if found.folder else None,
                "complete": found.complete,
                "partial_bytes": standing.kept.get(found.model.name, 0),
                "install": install_command(found.model.name),
            }
            for found in standing.known
        ],
        "others": [str(folder) for folder in standing.others],
        "folders": [str(folder) for folder in model_folders(home)],
    }


def standing_lines(standing: Standing) -> Iterator[str]:
    """Yield the lines of `trainer models list`."""
    yield from used_lines(standing.choice)
    yield from wrapped(f"Recommended: {standing.recommended.name}. {standing.recommended.reason}")
    yield ""
    yield from _builtin_lines(standing)
    for found in standing.known:
        yield ""
        yield from _model_lines(found, standing.kept.get(found.model.name, 0))
    for folder in standing.others:
        yield ""
        yield folder.name
        yield from wrapped(f"Not in the catalogue, installed in {folder}", _INDENT)
    if not all(found.complete for found in standing.known):
        yield ""
        yield "Without a network: get the zip file of a model on another machine, then"
        yield f"{_INDENT}Run: trainer models install --from FILE.zip"


def used_lines(choice: Choice) -> Iterator[str]:
    """Yield what is used, and why."""
    if choice.engine is None:
        yield from wrapped(f"Used now: none. {choice.reason}")
        yield from wrapped("Answers can be recorded and played, without words.")
        return
    engine = choice.engine
    where = f" from {engine.folder}" if engine.folder else ""
    yield from wrapped(f"Used now: {engine.model} ({engine.name}){where}. {choice.reason}")


def verdict_json(verdict: Verdict) -> dict[str, object]:
    """Return a verdict as `trainer models verify --json` tells it."""
    return {
        "name": verdict.name,
        "folder": str(verdict.folder) if verdict.folder else None,
        "good": verdict.good,
        "by": verdict.by,
        "damaged": list(verdict.damaged),
        "message": verdict.message,
        "hint": verdict.hint or None,
    }


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """Yield the lines of one model in `trainer models verify`."""
    yield from wrapped(verdict.message)
    for line in verdict.damaged:
        yield from wrapped(line, _INDENT)
    if verdict.hint:
        yield f"{_INDENT}{verdict.hint}"  # whole, so that it can be copied


def _model_lines(found: KnownModel, kept: int) -> Iterator[str]:
    from trainer.installing.problems import megabytes
    from trainer.transcript.choosing import install_command

    model = found.model
    yield model.name
    size = f"{megabytes(model.bytes)} to download"
    yield from wrapped(f"{model.accent}, {size}, {model.licence}", _INDENT)
    if model.word_error_rates:
        rates = ", ".join(f"{rate} % in {name}" for name, rate in model.word_error_rates.items())
        yield from wrapped(f"Wrong words, by its maker: {rates}", _INDENT)
    if found.complete:
        yield from wrapped(f"Installed in {found.folder}", _INDENT)
        return
    absent = f"Not complete in {found.folder}" if found.folder else "Not installed"
    if kept:
        absent += f". {megabytes(kept)} of it are downloaded and kept"
    yield from wrapped(absent, _INDENT)
    yield f"{_INDENT}Run: {install_command(model.name)}"


def _builtin_lines(standing: Standing) -> Iterator[str]:
    from trainer.system import package_hint

    yield "builtin"
    about = "PocketSphinx with its own model: American English, nothing to download. Its words "
    about += "are rough, about two in five are wrong: an answer is rated only when you have "
    yield from wrapped(f"{about}corrected or accepted them.", _INDENT)
    if standing.builtin:
        yield f"{_INDENT}Installed: pocketsphinx {standing.builtin}"
    else:
        yield f"{_INDENT}Not installed"
        yield f"{_INDENT}{package_hint('pocketsphinx')}"
