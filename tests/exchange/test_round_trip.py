"""The JSON of a history: nothing is lost on the way out and in again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import jsonschema
from hypothesis import HealthCheck, given, settings

from tests.exchange.histories import answer, histories
from trainer.exchange.reading import read_history
from trainer.exchange.schema import FILE, build_schema
from trainer.exchange.writing import write_history
from trainer.paths import Home
from trainer.store.database import Store
from trainer.store.types import AttemptRecord, LibraryQuery

NOW = "2026-03-01T12:00:00.000+00:00"


def written(records: Sequence[AttemptRecord]) -> str:
    return "".join(write_history(records, NOW))


def read(text: str) -> tuple[AttemptRecord, ...]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "history.json"
        file.write_text(text, encoding="utf-8")
        return read_history(file)


def exported(store: Store) -> str:
    rows = store.library(LibraryQuery(descending=False), limit=-1)
    found = [store.attempt(row.attempt.id) for row in rows]
    return written([record for record in found if record])


@given(histories())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_records_come_back_as_they_were(records: tuple[AttemptRecord, ...]) -> None:
    assert read(written(records)) == records


@given(histories())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_empty_history_takes_everything_and_gives_the_same_file(
    records: tuple[AttemptRecord, ...],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Home(Path(folder) / "one"), Home(Path(folder) / "two")
        for home in (first, second):
            home.prepare()
        with Store.open(first) as store:
            assert store.merge(records).added == len(records)
            before = exported(store)
        with Store.open(second) as store:
            store.merge(read(before))
            assert exported(store) == before
            assert store.merge(read(before)).same == len(records)
            assert exported(store) == before


@given(histories())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_file_fits_the_schema(records: tuple[AttemptRecord, ...]) -> None:
    schema = json.loads(FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(written(records)))


def test_the_shipped_schema_is_that_of_the_types() -> None:
    shipped = json.loads(FILE.read_text(encoding="utf-8"))
    assert shipped == build_schema(), "run: python -m trainer.exchange.schema"
    jsonschema.Draft202012Validator.check_schema(shipped)


def test_the_file_is_ascii_and_one_attempt_a_line() -> None:
    text = written([answer(1, "Müller \u202e \x1b[31m said so"), answer(2)])
    assert text.isascii()
    assert sum(line.startswith('{"id": "a') for line in text.splitlines()) == 2
    assert text.count('"criteria"') == 1, "a rubric stands once"
