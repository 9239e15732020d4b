"""What screens say about speech models: how they stand, what one is, how far an installation is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual.content import Content

from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.lines.models import HEARS_BETTER, NOTHING_IS_SENT, heard_now
from trainer.transcript.lookup import BUILTIN, BUILTIN_MODEL

if TYPE_CHECKING:
    from trainer.installing.recognisers import Standing
    from trainer.installing.types import Progress, Verdict
    from trainer.transcript.catalogue import Model
    from trainer.transcript.choosing import KnownModel
    from trainer.transcript.engines import Engine

_Pieces = list[str | tuple[str, str]]
Accent = Literal["american", "indian", "british", "other"]

ENGLISHES: tuple[tuple[str, Accent | None], ...] = (
    ("Not said", None),
    ("American", "american"),
    ("Indian", "indian"),
    ("British", "british"),
    ("Another", "other"),
)
"""What a user can say of their own English, beside what the settings keep of it."""
NO_JUDGEMENT = "It only helps to choose a speech model, and is no judgement."

_BEGINNING = "vosk-model-"  # the makers' models all begin so
_GIGABYTE = 10**9
_BAR_CELLS = 24
_MOST_DAMAGED = 3
_PHASES = {
    "waiting": "Another program installs this model. Waiting for it",
    "downloading": "Downloading",
    "checking": "Checking that every byte is right",
    "unpacking": "Unpacking",
    "trying": "Trying it with a short clip",
}


def short_name(name: str) -> str:
    """Return a model's name without what all of them begin with."""
    return one_line(name).removeprefix(_BEGINNING)


def megabytes(count: int) -> str:
    """Return a number of bytes in megabytes: 41205931 is `41 MB`."""
    return f"{count / 1e6:.0f} MB"


def english(accent: str | None) -> str:
    """Return how the settings' accent is called."""
    return next((title for title, value in ENGLISHES if value == accent), ENGLISHES[0][0])


def accent_of(text: str) -> Accent | None:
    """Return the accent that the settings keep for this text, None where nothing is said."""
    accents: dict[str, Accent] = {value: value for _, value in ENGLISHES if value}
    return accents.get(text)


# The table: keys of rows are names of the catalogue, folders of other models, and "builtin"


def row_keys(standing: Standing) -> list[str]:
    """Return the recognisers of the table: the catalogue's, the user's own, the built-in one."""
    known = [one.model.name for one in standing.known]
    return [*known, *(str(folder) for folder in standing.others), BUILTIN]


def used_key(standing: Standing) -> str | None:
    """Return the row of the recogniser that is used."""
    engine = standing.choice.engine
    if engine is None:
        return None
    for key in row_keys(standing):
        if _is(key, standing, engine):
            return key
    return None


def recommended_key(standing: Standing) -> str:
    """Return the row of the recommended recogniser."""
    name = standing.recommended.name
    if name == BUILTIN_MODEL:
        return BUILTIN
    own = next((str(folder) for folder in standing.others if folder.name == name), name)
    return name if standing.find(name) else own


def row(key: str, standing: Standing) -> tuple[str, str, str, str, str]:
    """Return the cells of a row: model, English, download, wrong words, and how it stands."""
    known = standing.find(key)
    state = _state(key, known, standing)
    if key == recommended_key(standing):
        state = f"{state} · recommended"
    if known:
        model = known.model
        return (
            short_name(model.name),
            one_line(model.accent).partition(" ")[0],
            megabytes(model.bytes),
            _rates(model),
            state,
        )
    if key == BUILTIN:
        return "built-in", "American", "none", "about 40 %", state
    return one_line(Path(key).name, 17), "?", "none", "?", state


def _state(key: str, known: KnownModel | None, standing: Standing) -> str:
    if key == used_key(standing):
        return "used"
    if known and not known.complete:
        if known.folder:
            return "not whole"
        return "part here" if standing.kept.get(key) else "not here"
    if key == BUILTIN and not standing.builtin:
        return "not here"
    return "installed"


def _is(key: str, standing: Standing, engine: Engine) -> bool:
    if engine.folder is None:
        return key == BUILTIN
    known = standing.find(key)
    place = known.folder if known else Path(key) if key != BUILTIN else None
    return place is not None and engine.folder in (place, place / place.name)


def _rates(model: Model) -> str:
    rates = sorted(model.word_error_rates.values())
    if not rates:
        return "?"
    low, high = f"{rates[0]:.0f}", f"{rates[-1]:.0f}"
    return f"{low} %" if low == high else f"{low}-{high} %"


# Texts


def used_line(standing: Standing) -> str:
    """Return what is used, and why."""
    engine = standing.choice.engine
    if engine is None:
        return f"Used now: none. {visible(standing.choice.reason)}"
    name = "the built-in recogniser" if engine.name == BUILTIN else short_name(engine.model)
    return f"Used now: {name}. {visible(standing.choice.reason)}"


def about(key: str, standing: Standing) -> Content:
    """Return all that there is to say about one row."""
    known = standing.find(key)
    title = known.model.name if known else "Built-in: PocketSphinx" if key == BUILTIN else key
    pieces: _Pieces = [(f"{one_line(title)}\n", "bold $primary")]
    if key == recommended_key(standing):
        pieces += [("Recommended for you. ", "bold $success"), _reason(standing), "\n"]
    if known:
        pieces += model_facts(known.model)
        pieces.append(_place(known, standing))
    elif key == BUILTIN:
        from trainer.system import package_hint

        pieces.append(
            "American English, nothing to download. Its words are rough: about two in five are "
            "wrong. An answer is rated only when you have corrected or accepted them.\n"
        )
        if not standing.builtin:
            pieces.append(f"Not installed. {visible(package_hint('pocketsphinx'))}")
    else:
        pieces.append("A model of yours, which the trainer does not know by name.")
    if key != BUILTIN and not standing.vosk:
        pieces += ["\n", (_without_vosk(), "$warning")]
    return Content.assemble(*pieces)


def model_facts(model: Model) -> _Pieces:
    """Return English, size, licence, memory, published error rates and address, line by line."""
    from trainer.installing.recommending import memory_needed

    needed = memory_needed(model)
    memory = f"{needed / 1e9:.0f} GB" if needed > _GIGABYTE else f"{round(needed / 1e8) * 100} MB"
    pieces: _Pieces = [
        f"{one_line(model.accent)} · {megabytes(model.bytes)} to download · "
        f"{one_line(model.licence)} · about {memory} of memory\n"
    ]
    rates = ", ".join(f"{rate:g} % in {name}" for name, rate in model.word_error_rates.items())
    if rates:
        pieces.append(f"Wrong words, by its maker: {one_line(rates)}. Your voice can be harder.\n")
    else:
        pieces.append("Its maker does not say how many words are wrong.\n")
    pieces.append((f"{one_line(model.url)}\n", "$quiet"))
    return pieces


def _place(known: KnownModel, standing: Standing) -> str:
    if known.complete:
        return f"In {visible(str(known.folder))}"
    if known.folder:
        return f"Not whole in {visible(str(known.folder))}. Press I to install it again."
    kept = standing.kept.get(known.model.name, 0)
    if kept:
        return f"{megabytes(kept)} of it are here. Press I to go on with the rest."
    return f"Not installed. Press I to install it in {visible(str(standing.folder))}"


def _reason(standing: Standing) -> str:
    return visible(standing.recommended.reason)


def _without_vosk() -> str:
    from trainer.system import package_hint

    return f"It needs the package vosk, which is not installed. {visible(package_hint('vosk'))}"


def question(model: Model, standing: Standing) -> tuple[str, str]:
    """Return what is asked before a download: the question, and what a yes does."""
    kept = standing.kept.get(model.name, 0)
    rest = f", {megabytes(kept)} of which are here" if kept else ""
    return (
        f"Install {one_line(model.name)}?",
        f"It downloads {megabytes(model.bytes)}{rest}, once, from\n{_address(model)}\n"
        f"into {visible(str(standing.folder))}.\n"
        "Only this file is asked for. Nothing that you say or write is sent.",
    )


def _address(model: Model) -> str:
    """Return where a model comes from, short enough for a line of a dialog."""
    return one_line(model.url).removeprefix("https://")


def progress_line(progress: Progress) -> Content:
    """Return the phase of an installation with its bytes, and a bar where the end is known."""
    words = _PHASES[progress.phase]
    if progress.phase in ("waiting", "trying"):
        return Content.assemble((f"{words} …", "bold"))
    done = f"{progress.done / 1e6:.1f}"
    if not progress.whole:
        return Content.assemble((f"{words} …", "bold"), f" {done} MB")
    share = min(1.0, progress.done / progress.whole)
    full = int(share * _BAR_CELLS)
    return Content.assemble(
        (f"{words} ", "bold"),
        ("█" * full, "$primary"),
        ("░" * (_BAR_CELLS - full), "$quiet"),
        f" {share:.0%}, {done} of {progress.whole / 1e6:.1f} MB",
    )


def problem_line(error: TrainerError) -> Content:
    """Return what went wrong, with what to do."""
    return Content.assemble((visible(error.message), "bold"), f" {visible(error.hint)}")


def verdict_line(verdict: Verdict) -> Content:
    """Return what verifying told, with the first damaged files."""
    pieces: _Pieces = [(visible(verdict.message), "bold"), f" {visible(verdict.hint)}"]
    shown = verdict.damaged[:_MOST_DAMAGED]
    pieces += [f"\n· {one_line(line, 90)}" for line in shown]
    if len(verdict.damaged) > len(shown):
        pieces.append(f"\nand {len(verdict.damaged) - len(shown)} more")
    return Content.assemble(*pieces)


# The offer


def offer(standing: Standing, accent: str | None) -> Content:
    """Return what there is now, what a model would change, and what a yes to it does."""
    known = standing.recommended.model
    pieces: _Pieces = [("Now\n", "bold $primary"), f"{heard_now(standing.choice.engine)}\n\n"]
    if known is None:
        return Content.assemble(*pieces, ("Recommended for you. ", "bold"), _reason(standing))
    model = known.model
    pieces += [
        ("Better words\n", "bold $primary"),
        f"{HEARS_BETTER}\n",
        (f"{one_line(model.name)}\n", "bold"),
        f"{_reason(standing)}\n",
        *model_facts(model),
        (f"Into {visible(str(standing.folder))}\n", "$quiet"),
        f"{NOTHING_IS_SENT}\n\n",
        ("Your English: ", "bold $primary"),
        f"{english(accent)}. E changes it. {NO_JUDGEMENT}",
    ]
    return Content.assemble(*pieces)


ALL_THE_SAME = "With a zip file of the model press F. N goes on without it."
