"""The JSON Schemas of an exported history and of a shared answer.

They are made from the types that an import is held to; `python -m trainer.exchange.schema` writes
them beside this module.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trainer.exchange import reading, share_reading

FILE = Path(__file__).with_name("history.schema.json")
SHARE_FILE = Path(__file__).with_name("share.schema.json")


def build_schema() -> dict[str, Any]:
    """Return the JSON Schema of a history's file."""
    return _built(reading.adapter().json_schema())


def build_share_schema() -> dict[str, Any]:
    """Return the JSON Schema of a shared answer's file."""
    return _built(share_reading.adapter().json_schema())


def _built(schema: dict[str, Any]) -> dict[str, Any]:
    kinds = schema.pop("$defs")
    top = {key: value for key, value in schema.items() if key != "title"}
    polished = {name: _polish(kind) for name, kind in sorted(kinds.items())}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_polish(top),
        "$defs": polished,
    }


def write_schemas() -> None:
    """Write the schemas."""
    for file, schema in ((FILE, build_schema()), (SHARE_FILE, build_share_schema())):
        text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
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
    write_schemas()
