"""Which recogniser there is on this machine, and whether it works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from trainer.children.parent import run_child
from trainer.errors import SoundError
from trainer.paths import expanded
from trainer.transcript.engines import Engine
from trainer.transcript.problems import explain, explain_end

CHILD = "trainer.transcript.recognising"
BUILTIN: Literal["builtin"] = "builtin"
BUILTIN_MODEL = "pocketsphinx en-us"
# A small model needs half a second; a big one on a slow disk takes its time.
TRY_TIMEOUT_S = 60.0

# Vosk takes a graph in one file, or in two that it joins while it decodes.
_GRAPHS = (("HCLG.fst",), ("HCLr.fst", "Gr.fst"))
# The layout of today, then that of old models: what lies where, and where the graph is.
_LAYOUTS = (
    (("am/final.mdl", "conf/model.conf"), "graph"),
    (("final.mdl", "mfcc.conf"), "."),
)


def find_models(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders of complete Vosk models in `folders`, by folder, then by name.

    A model whose archive was unpacked into one folder too many is found too. What lies in a folder
    whose name begins with a dot is not taken for one: there models are unpacked.
    """
    return tuple(dict.fromkeys(model for folder in folders for model in _models_in(folder, 2)))


def find_engine(models: Sequence[Path], chosen: str | None) -> Engine | None:
    """Return the recogniser to use; `models` are folders with Vosk models.

    `chosen` is a model's folder or "builtin", and is taken at its word: where it is missing,
    trying it says so. Without a choice it is Vosk with the first complete model, else the
    built-in recogniser, else None: whichever is installed. Nothing is loaded.
    """
    if chosen == BUILTIN:
        return Engine(BUILTIN, BUILTIN_MODEL)
    if chosen:
        folder = expanded(chosen).absolute()
        return _vosk(next(_models_in(folder, 1), folder))
    if _is_installed("vosk"):
        for model in find_models(models):
            return _vosk(model.absolute())
    return Engine(BUILTIN, BUILTIN_MODEL) if _is_installed("pocketsphinx") else None


def try_engine(
    engine: Engine,
    timeout_s: float = TRY_TIMEOUT_S,
    cancelled: Callable[[], bool] | None = None,
) -> SoundError | None:
    """Load the recogniser in a child and let it hear a short clip; return what is wrong with it.

    None: it works. A damaged model can crash, hang or hear nothing: all of that is an answer. Once
    `cancelled` says so the child is ended; what is returned then means nothing.
    """
    args = [engine.name, str(engine.folder or "")]
    result = run_child(CHILD, args, timeout_s=timeout_s, cancelled=cancelled)
    for message in result.messages:
        if "problem" in message:
            return explain(engine, message["problem"], message.get("detail", ""), sound=False)
        if "ready" in message:
            return None
    if result.timed_out:
        return explain(engine, "hanging", sound=False)
    return explain_end(engine, result.exit_code, worked=False, sound=False)


def holds_model(folder: Path) -> bool:
    """Whether a folder holds all that Vosk needs to open it as a model."""
    return any(
        all(_is_file(folder / name) for name in names)
        and any(all(_is_file(folder / graph / name) for name in parts) for parts in _GRAPHS)
        for names, graph in _LAYOUTS
    )


def _models_in(folder: Path, depth: int) -> Iterator[Path]:
    """Yield the model that the folder is, or those in it, at most `depth` folders below."""
    if holds_model(folder):
        yield folder
        return
    if depth:
        try:
            inside = sorted(path for path in folder.iterdir() if _may_hold(path))
        except OSError:
            return
        for path in inside:
            yield from _models_in(path, depth - 1)


def _may_hold(path: Path) -> bool:
    return not path.name.startswith(".") and path.is_dir()


def _vosk(folder: Path) -> Engine:
    return Engine("vosk", folder.name, folder)


def _is_installed(package: str) -> bool:
    return find_spec(package) is not None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that may not be entered
        return False
