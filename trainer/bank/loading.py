"""From folders of YAML files to the library: the shipped layer, and the user's over it.

No content of a file raises: what cannot be used is left out, and `Complaint`s say why.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trainer.bank.bank_checks import check_banks
from trainer.bank.document import Document
from trainer.bank.examples import check_file, is_example
from trainer.bank.files import Source
from trainer.bank.layers import (
    FOLDERS,
    SUFFIXES,
    Kind,
    LayerFiles,
    Listing,
    list_files,
    read_layer,
    tell_kind,
)
from trainer.bank.rubric_checks import (
    CheckClasses,
    CheckPattern,
    check_lexicon_patterns,
    check_lexicons,
    check_rubric_patterns,
)
from trainer.bank.strict_yaml import read_file
from trainer.bank.types import (
    Complaint,
    Layer,
    Lexicon,
    Library,
    LoadedBank,
    LoadedLexicon,
    Rubric,
    Term,
)
from trainer.bank.views import View, add_rubrics
from trainer.display import one_line

_VERSION_DIGITS = 12  # hex digits: enough to tell the versions of one rubric apart


def load_library(
    shipped: Path,
    yours: Path,
    check_pattern: CheckPattern | None = None,
    check_classes: CheckClasses | None = None,
) -> Library:
    """Load the shipped files and put the user's over them: by bank, by question, by rubric.

    `check_pattern` and `check_classes` say what is wrong with a cue's pattern and with word
    classes as a whole; without them the patterns are taken as they are.
    """
    checks = _Checks(check_pattern, check_classes)
    lower, upper = read_layer(list_files(shipped)), read_layer(list_files(yours))
    shipped_view = checks.run(lower, View())
    view = checks.run(upper, shipped_view)
    banks, replaced = _merge_banks(_good_banks(lower, "shipped"), _good_banks(upper, "yours"))
    layers: dict[str, Layer] = {
        name: "shipped" if rubric is shipped_view.rubrics.get(name) else "yours"
        for name, rubric in view.rubrics.items()
    }
    files = {
        layer: {source.value.id: source.document.file for source in reversed(read.rubrics)}
        for layer, read in (("shipped", lower), ("yours", upper))
    }
    return Library(
        banks=banks,
        rubrics=_with_versions(view),
        word_classes=view.classes,
        complaints=_complaints([*lower.documents, *upper.documents]),
        replaced_questions=replaced,
        rubric_layers=layers,
        replaced_rubrics=tuple(
            name
            for name, layer in layers.items()
            if layer == "yours" and name in shipped_view.rubrics
        ),
        rubric_files={name: files[layer].get(name, "") for name, layer in layers.items()},
        lexicons=(
            *_good_lexicons(lower, "shipped", ()),
            *_good_lexicons(upper, "yours", shipped_view.classes),
        ),
        terms=(*_good_terms(upper), *_good_terms(lower)),
    )


def check_files(
    paths: Sequence[Path],
    shipped: Path,
    yours: Path,
    check_pattern: CheckPattern | None = None,
    check_classes: CheckClasses | None = None,
) -> tuple[Complaint, ...]:
    """Return the complaints about `paths`, or about all of the user's files where there are none.

    A file is checked as if it stood in the user's layer, in the place of one of the same kind
    and name; a file of the shipped layer is checked in its own. A worked example is checked by the
    rubric that it names.
    """
    examples = [path for path in paths if is_example(path)]
    if examples:
        rubrics = load_library(shipped, yours, check_pattern, check_classes).rubrics
        found = [complaint for path in examples for complaint in check_file(path, rubrics)]
        others = [path for path in paths if path not in examples]
        if others:
            found += check_files(others, shipped, yours, check_pattern, check_classes)
        return tuple(found)
    checks = _Checks(check_pattern, check_classes)
    lower, upper = list_files(shipped), list_files(yours)
    for path in paths:
        into, kind = _find(path, lower) or _find(path, upper) or (upper, _guess_kind(path))
        others = [other for other in into.paths[kind] if other.stem != path.stem]
        into.paths[kind] = [*others, path]
    lower_files, upper_files = read_layer(lower), read_layer(upper)
    checks.run(upper_files, checks.run(lower_files, View()))
    if not paths:
        return _complaints(upper_files.documents)
    asked = {one_line(str(path)): path for path in paths}
    documents = [d for d in (*lower_files.documents, *upper_files.documents) if d.file in asked]
    for document in documents:
        if document.whole and asked[document.file].suffix.lower() not in SUFFIXES:
            problem = "would not be found by this name"
            document.complain_at(1, problem, f"let the name end in {SUFFIXES[0]}")
    return _complaints(documents)


@dataclass(frozen=True, slots=True)
class _Checks:
    """The checks of a layer as a whole."""

    pattern: CheckPattern | None
    classes: CheckClasses | None

    def run(self, files: LayerFiles, below: View) -> View:
        """Check everything in `files` and return what its questions may refer to."""
        check_lexicons(files.lexicons)
        view = View(rubrics=dict(below.rubrics), broken=files.broken_rubrics)
        if self.pattern:
            # Classes of a bad lexicon count here: one mistake is not to be told in every cue.
            classes = below.classes | _classes(files.lexicons)
            check_lexicon_patterns(files.lexicons, classes, self.pattern, self.classes)
            for rubric in files.rubrics:
                check_rubric_patterns(rubric, classes, self.pattern)
        view.classes = below.classes | _classes(s for s in files.lexicons if not s.document.bad)
        add_rubrics(view, files.rubrics)
        check_banks(files.banks, view)
        return view


def _classes(lexicons: Iterable[Source[Lexicon]]) -> dict[str, tuple[str, ...]]:
    return {name: found for source in lexicons for name, found in source.value.classes.items()}


def _good_banks(files: LayerFiles, layer: Layer) -> dict[str, LoadedBank]:
    return {
        source.value.id: LoadedBank(source.value, layer, source.document.file)
        for source in files.banks
        if not source.document.bad
    }


def _good_lexicons(
    files: LayerFiles, layer: Layer, below: Container[str]
) -> Iterator[LoadedLexicon]:
    for source in files.lexicons:
        if not source.document.bad:
            replaced = tuple(name for name in source.value.classes if name in below)
            yield LoadedLexicon(source.value, layer, source.document.file, replaced)


def _good_terms(files: LayerFiles) -> Iterator[Term]:
    for source in files.terms:
        if not source.document.bad:
            for text, said in source.value.terms.items():
                yield Term(text, said, source.value.kind)


def _merge_banks(
    shipped: dict[str, LoadedBank], yours: dict[str, LoadedBank]
) -> tuple[tuple[LoadedBank, ...], tuple[str, ...]]:
    """Return all banks by title, the user's in the place of shipped ones, and what gave way."""
    own = {question.id for loaded in yours.values() for question in loaded.bank.questions}
    replaced: list[str] = []
    merged: dict[str, LoadedBank] = {}
    for name, loaded in shipped.items():
        replaced += [q.id for q in loaded.bank.questions if q.id in own]
        if name in yours:
            merged[name] = replace(yours[name], replaces=True)
        elif left := tuple(q for q in loaded.bank.questions if q.id not in own):
            gone = tuple(q.id for q in loaded.bank.questions if q.id in own)
            bank = replace(loaded.bank, questions=left)
            merged[name] = replace(loaded, bank=bank, given_up=gone)
    added = (loaded for name, loaded in yours.items() if name not in shipped)
    banks = sorted((*merged.values(), *added), key=lambda loaded: loaded.bank.title.casefold())
    return tuple(banks), tuple(replaced)


def _with_versions(view: View) -> dict[str, Rubric]:
    classes = _canonical(view.classes)
    return {
        name: replace(rubric, version=_digest(classes + _canonical(rubric)))
        for name, rubric in view.rubrics.items()
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_VERSION_DIGITS]


def _canonical(value: object) -> str:
    def as_dict(part: Any) -> dict[str, object]:
        return {name: getattr(part, name) for name in part.__slots__}

    return json.dumps(value, default=as_dict, sort_keys=True, separators=(",", ":"))


def _complaints(documents: Iterable[Document]) -> tuple[Complaint, ...]:
    return tuple(complaint for document in documents for complaint in document.complaints)


def _find(path: Path, listing: Listing) -> tuple[Listing, Kind] | None:
    for kind, listed in listing.paths.items():
        if any(_same_file(path, other) for other in listed):
            return listing, kind
    return None


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return one.absolute() == other.absolute()


def _guess_kind(path: Path) -> Kind:
    for kind, folder in FOLDERS.items():
        if path.absolute().parent.name == folder:
            return kind
    return tell_kind(read_file(path)) or "bank"
