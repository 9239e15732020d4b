"""Banks, rubrics and lexicons as plain data, and how to write them as YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from trainer.bank.loading import load_library
from trainer.bank.types import Library

Data = dict[str, Any]


class _Dumper(yaml.SafeDumper):
    """Quotes every text, as YAML 1.1 and 1.2 must agree on it, and never writes an anchor."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Dumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def dump(data: object) -> str:
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
    return text


def write(folder: Path, data: Data, kind: str = "") -> Path:
    """Write a bank, or a rubric or lexicon (`kind`), under its id."""
    path = folder / kind / f"{data['id']}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(data), encoding="utf-8")
    return path


def line_of(path: Path, needle: str, after: str = "") -> int:
    """Return the line (from 1) of the first `needle`, or of the first after `after`."""
    text = path.read_text(encoding="utf-8")
    return text[: text.index(needle, text.index(after))].count("\n") + 1


def question(name: str = "why", **changes: object) -> Data:
    return {
        "id": name,
        "prompt": f"What about {name}?",
        "wordings": [f"Tell me about {name}."],
        "rubric": "story",
        "prepare_s": 20,
        "answer_s": [60, 90],
        "intent": "To hear a reason.",
        "pitfalls": ["Saying nothing."],
        "tags": ["reason"],
        "probes": {"deed": f"What did you do about {name}?", "end": f"How did {name} end?"},
        **changes,
    }


def bank(name: str = "reasons", *questions: Data, **changes: object) -> Data:
    return {
        "schema": 1,
        "id": name,
        "title": "Reasons",
        "about": "Why things are as they are.",
        "family": "motivation",
        "questions": list(questions) or [question()],
        **changes,
    }


def cue(name: str = "did", **changes: object) -> Data:
    return {"id": name, "weight": 0.5, "any": ["i did", "we did"], **changes}


def criterion(name: str, **changes: object) -> Data:
    return {
        "id": name,
        "title": f"The {name}",
        "asks": f"Tell the {name}.",
        "weight": 2,
        "marks": {"met": "All of it.", "partly": "Some of it.", "missed": "None of it."},
        "feedback": {"met": "Good.", "partly": "More.", "missed": "Nothing.", "opener": "I ..."},
        "levels": {"partly": 0.5, "met": 1.0},
        "cues": [cue()],
        **changes,
    }


def flag(name: str = "vague", **changes: object) -> Data:
    return {
        "id": name,
        "title": "Vague",
        "says": "hiding something",
        "remedy": "Name one thing.",
        "penalty": 5,
        "level": 0.5,
        "cues": [cue("things", any=["things"])],
        **changes,
    }


def scoring(**changes: object) -> Data:
    return {
        "formula": "The share of the weights.",
        "values": [0, 0.5, 1],
        "half_width": 7,
        "bands": [{"from_score": 0, "word": "early"}, {"from_score": 55, "word": "partly"}],
        **changes,
    }


def rubric(name: str = "story", **changes: object) -> Data:
    return {
        "schema": 1,
        "id": name,
        "title": "A story",
        "about": "Something happened.",
        "scoring": scoring(),
        "criteria": [criterion("deed"), criterion("end")],
        "flags": [flag(unless_met=["deed"])],
        **changes,
    }


def addition(name: str, extends: str, **changes: object) -> Data:
    return {
        "schema": 1,
        "id": name,
        "title": "More",
        "about": "One more thing.",
        "extends": extends,
        **changes,
    }


def lexicon(name: str = "people", **changes: object) -> Data:
    classes = {"role": ["nurse", "senior resident"]}
    return {"schema": 1, "id": name, "about": "Who works here.", "classes": classes, **changes}


class Layers:
    """A shipped and a user's layer in a temporary folder, both with nothing wrong in them."""

    def __init__(self, root: Path) -> None:
        self.shipped = root / "shipped"
        self.yours = root / "yours"
        write(self.shipped, bank())
        write(self.shipped, rubric(), "rubrics")

    def load(self, **hooks: Any) -> Library:
        return load_library(self.shipped, self.yours, **hooks)

    def complaints(self, **hooks: Any) -> list[str]:
        """Return the complaints as text, without the folders of this machine."""
        shown = [str(complaint) for complaint in self.load(**hooks).complaints]
        return [text.replace(f"{self.shipped.parent}/", "") for text in shown]
