"""The JSON Schema of an exported history, made from the types that an import is held to.

`python -m trainer.exchange.schema` writes it beside this module.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trainer.exchange.reading import adapter

FILE = Path(__file__).with_name("history.schema.json")


def build_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file."""
    schema: dict[str, Any] = adapter().json_schema()
    kinds = schema.pop("$defs")
    top = {key: value for key, value in schema.items() if key != "title"}
    polished = {name: _polish(kind) for name, kind in sorted(kinds.items())}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_polish(top),
        "$defs": polished,
    }


def write_schema(file: Path = FILE) -> None:
    """Write the schema."""
    text = json.dumps(build_schema(), indent=2, ensure_ascii=False) + "\n"
    file.write_text(text, encoding="utf-8")


def _polish(schema: Any) -> Any:
    """Return a schema without the titles that pydantic makes up."""
    if isinstance(schema, list):
        return [_polish(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _polish(part)
        for key, part in schema.items()
        if key != "title" or isinstance(part, dict)
    }


if __name__ == "__main__":
    write_schema()
