"""One layer of YAML files, from its folders to sources whose content fits their kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from trainer.bank.document import Claims, Document, quote
from trainer.bank.files import RubricFile, Source, T
from trainer.bank.strict_yaml import read_file
from trainer.bank.types import Bank, Lexicon, Terms
from trainer.bank.validation import validate
from trainer.display import one_line

Kind = Literal["bank", "rubric", "lexicon", "terms"]

FOLDERS: dict[Kind, str] = {
    "bank": "",
    "rubric": "rubrics",
    "lexicon": "lexicons",
    "terms": "terms",
}
_NAMES: dict[Kind | None, str] = {"terms": "list of terms"}
SUFFIXES = (".yaml", ".yml")
# Keys at the top of a file that only one kind of file has.
_TELLING: dict[str, Kind] = {
    "questions": "bank",
    "classes": "lexicon",
    "criteria": "rubric",
    "scoring": "rubric",
    "extends": "rubric",
    "terms": "terms",  # of a bank too, which has questions
}


@dataclass(slots=True)
class Listing:
    """The files of a layer by kind, and complaints about folders that cannot be listed."""

    paths: dict[Kind, list[Path]]
    folders: list[Document] = field(default_factory=list)


@dataclass(slots=True)
class LayerFiles:
    """What was read from a layer. `documents` are all its files, sound or not, and folders.

    `broken_rubrics` are the names (without suffix) of rubric files that do not hold a rubric.
    """

    documents: list[Document]
    banks: list[Source[Bank]]
    rubrics: list[Source[RubricFile]]
    lexicons: list[Source[Lexicon]]
    terms: list[Source[Terms]]
    broken_rubrics: set[str]


def list_files(root: Path) -> Listing:
    """List the files of the layer at `root` in the order of their names.

    A folder that does not exist is empty. Hidden files are no banks: other programs leave them.
    """
    listing = Listing({kind: [] for kind in FOLDERS})
    for kind, name in FOLDERS.items():
        folder = root / name
        try:
            listing.paths[kind] = sorted(
                path
                for path in folder.iterdir()
                if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
            )
        except FileNotFoundError:
            continue
        except OSError as error:
            document = Document(one_line(str(folder)))
            problem = f"cannot be read as a folder ({error.strerror or error})"
            document.complain_at(1, problem, "check it and its rights")
            listing.folders.append(document)
            if folder == root:
                break
    return listing


def read_layer(listing: Listing) -> LayerFiles:
    """Read all files of a layer, and check each against its kind and its name.

    Sources without a complaint stand first: a name belongs to a sound file before a bad one, so
    that a half-finished copy of a file does not take its place.
    """
    documents = list(listing.folders)
    rubrics = _read_all(RubricFile, "rubric", listing, documents)
    for source in rubrics:
        if source.value.id == "none":
            problem = '"none" means that a question has no rubric'
            source.document.complain(("id",), problem, "choose another id")
    return LayerFiles(
        documents=documents,
        banks=_read_all(Bank, "bank", listing, documents),
        rubrics=rubrics,
        lexicons=_read_all(Lexicon, "lexicon", listing, documents),
        terms=_read_all(Terms, "terms", listing, documents),
        broken_rubrics={path.stem for path in listing.paths["rubric"]}
        - {source.path.stem for source in rubrics},
    )


def tell_kind(document: Document) -> Kind | None:
    """Return the kind of file that `document` looks like, None where it is like no kind."""
    top = document.data if isinstance(document.data, dict) else {}
    return next((kind for key, kind in _TELLING.items() if key in top), None)


def _read_all(
    content: type[T], kind: Kind, listing: Listing, documents: list[Document]
) -> list[Source[T]]:
    sources = []
    for path in listing.paths[kind]:
        document = read_file(path)
        documents.append(document)
        if document.whole and _belongs(document, kind):
            if kind == "bank":
                _read_none(document)
            value = validate(document, content)
            if value is not None:
                sources.append(Source(path, document, value))
    _check_names(sources)
    return sorted(sources, key=lambda source: source.document.bad)


def _belongs(document: Document, kind: Kind) -> bool:
    looks_like = tell_kind(document)
    if looks_like in (None, kind):
        return True
    place = f"into the folder {FOLDERS[looks_like]}" if looks_like != "bank" else "one folder up"
    is_what, belongs = (_NAMES.get(name, name) for name in (looks_like, kind))
    document.complain((), f"is a {is_what} where a {belongs} belongs", f"move it {place}")
    return False


def _read_none(document: Document) -> None:
    """Turn `rubric: none` into None; only the word says so, not a value that was forgotten."""
    top = document.data if isinstance(document.data, dict) else {}
    questions = top.get("questions")
    for index, question in enumerate(questions if isinstance(questions, list) else ()):
        if isinstance(question, dict) and "rubric" in question:
            if question["rubric"] == "none":
                question["rubric"] = None
            elif question["rubric"] is None:
                place = ("questions", index)
                remedy = "write the id of a rubric, or none"
                document.complain((*place, "rubric"), "is empty", remedy)
                document.spoil((*place, "probes"))  # nobody knows what they should be


def _check_names(sources: Sequence[Source[T]]) -> None:
    for source in sources:
        own = source.value.id
        if own != source.path.stem:
            problem = f"the id {quote(own)} is not the name of the file"
            source.document.complain(("id",), problem, f"write {quote(source.path.stem)}")
    claims = Claims()
    for source in sorted(sources, key=lambda source: source.document.bad):
        own = source.value.id
        claims.claim(own, source.document, ("id",), f"the id {quote(own)}")
