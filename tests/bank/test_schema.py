"""The schemas for editors: in step with the types, and true of the shipped files."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.bank.files import addition, bank, criterion, lexicon, question, rubric
from trainer.bank import examples, files, types
from trainer.bank.layers import list_files
from trainer.bank.schema import DESCRIPTIONS, build_schemas, write_schemas
from trainer.bank.strict_yaml import read_file
from trainer.paths import shipped

SCHEMAS = build_schemas()
BANKS = shipped("question_banks")
SHIPPED = [
    *((kind, path) for kind, paths in list_files(BANKS).paths.items() for path in paths),
    *(("example", path) for path in sorted((BANKS / examples.FOLDER).iterdir())),
]


def mistakes(kind: str, data: object) -> list[str]:
    found = Draft202012Validator(SCHEMAS[kind]).iter_errors(data)
    return [error.message for error in found]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_files_are_in_step_with_the_types(kind: str, tmp_path: Path) -> None:
    write_schemas(tmp_path)
    name = f"{kind}.schema.json"
    written, made = BANKS / "schema" / name, tmp_path / name
    assert json.loads(written.read_text()) == json.loads(made.read_text()), (
        "run: python -m trainer.bank.schema"
    )


@pytest.mark.parametrize("kind", SCHEMAS)
def test_they_are_schemas(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])


def test_every_field_of_every_type_is_described() -> None:
    described = {
        name: [field for field, value in kind["properties"].items() if value["description"]]
        for schema in SCHEMAS.values()
        for name, kind in schema["$defs"].items()
    }
    assert {name: sorted(names) for name, names in DESCRIPTIONS.items()} == {
        name: sorted(names) for name, names in described.items()
    }
    for name, names in described.items():
        kind: Any = next(getattr(m, name) for m in (types, files, examples) if hasattr(m, name))
        assert sorted(names) == sorted(field.name for field in fields(kind))


@pytest.mark.parametrize(("kind", "path"), SHIPPED, ids=lambda part: getattr(part, "name", part))
def test_the_shipped_files_fit(kind: str, path: Path) -> None:
    assert mistakes(kind, read_file(path).data) == []


def test_what_the_loader_takes_fits() -> None:
    assert mistakes("bank", bank("x", question("a", rubric="none"))) == []
    assert mistakes("rubric", rubric()) == []
    assert mistakes("rubric", addition("a", "b")) == []
    assert mistakes("lexicon", lexicon()) == []


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("bank", bank(titel="x")),
        ("bank", bank("Not an id")),
        ("bank", bank(title=" ")),
        ("bank", bank("x", question("a", rubric=None))),
        ("bank", bank("x", question("a", probes={"Not an id": "x"}))),
        ("bank", bank("x", question("a", answer_s=[60]))),
        ("rubric", {"schema": 1, "id": "a", "title": "a", "about": "a"}),
        ("rubric", rubric(criteria=[criterion("a", weight=0)])),
        ("lexicon", lexicon(classes={})),
    ],
)
def test_what_the_loader_refuses_does_not_fit(kind: str, data: object) -> None:
    assert mistakes(kind, data) != []
