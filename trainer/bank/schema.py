"""JSON Schemas of the YAML files, for editors that complete and check while one writes.

They come from the same types that the loader validates against. `python -m trainer.bank.schema`
writes them to `question_banks/schema`. An editor finds them by a first line such as
`# yaml-language-server: $schema=schema/bank.schema.json`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trainer.bank.examples import WorkedExample
from trainer.bank.files import RubricFile
from trainer.bank.types import Bank, Lexicon, Terms
from trainer.bank.validation import adapter
from trainer.paths import shipped

_CONTENT: dict[str, type] = {
    "bank": Bank,
    "rubric": RubricFile,
    "lexicon": Lexicon,
    "terms": Terms,
    "example": WorkedExample,
}

_ID = "Small letters, digits, - and _, with a letter or digit first"
_GUARDS = {
    "first_person": "Whether the speaker must be the one who acts",
    "factual": "Whether it must have happened: plans and wishes count little",
    "affirmed": "Whether it must not be denied",
}
_HEAD = "The trained head that rates it beside the cues, such as star/situation"
DESCRIPTIONS: dict[str, dict[str, str]] = {
    "WorkedExample": {
        "schema": "The version of this format: 1",
        "rubric": "The id of the rubric, and the name of the file without .yaml",
        "question": "The question that was asked",
        "answer": "What was said",
        "marks": "For each criterion of the rubric, the right mark",
    },
    "ExampleMark": {
        "mark": "missed, partly or met",
        "reason": "Why it is this mark and no other, for somebody who rates the first time",
        "say": "What an interviewer can say of it to the candidate",
        "quote": "Words of the answer that the mark rests on; none where it is missed",
    },
    "Bank": {
        "schema": "The version of this format: 1",
        "id": f"The name of the file without .yaml. {_ID}",
        "title": "What the bank is called in lists",
        "about": "What the bank trains, and why interviewers ask about it",
        "family": "The family of questions, such as opening or behavioral",
        "questions": "The questions, in the order of lists",
        "terms": "Names and words of its answers that a speech recogniser may mishear",
    },
    "Question": {
        "id": f"A name that no other question has. {_ID}",
        "prompt": "The question as it is asked the first time",
        "wordings": "Other ways to ask the same",
        "rubric": "The id of the rubric that rates the answer; none if only time is to be reported",
        "prepare_s": "Seconds to think before the answer begins",
        "answer_s": "The shortest and the longest good answer, in seconds",
        "intent": "What the interviewer wants to find out",
        "pitfalls": "What often goes wrong",
        "tags": "Words to find the question by",
        "probes": "For each criterion of the rubric, the follow-up question that asks for it",
    },
    "RubricFile": {
        "schema": "The version of this format: 1",
        "id": f"The name of the file without .yaml. {_ID}",
        "title": "What the rubric is called",
        "about": "What a good answer does, in a few sentences",
        "extends": "The id of a rubric to which this file adds; its own id for the shipped one",
        "scoring": "How marks become a score",
        "criteria": "The lines of the checklist, in the order of the report",
        "flags": "What could sound wrong to an interviewer",
        "topic": "Patterns of which one must occur, or the answer is to another question",
    },
    "Scoring": {
        "formula": "How the score is computed, in words for the reader",
        "values": "What missed, partly and met are worth, from 0 to 1",
        "half_width": "How many points the shown band reaches to each side of the score",
        "bands": "Words for scores, from the lowest to the highest",
    },
    "ScoreBand": {
        "from_score": "The lowest score of the band, from 0 to 100; 0 for the first band",
        "word": "The word for these scores",
    },
    "Criterion": {
        "id": f"A name that no other criterion of the rubric has. {_ID}",
        "title": "What the criterion is called in lists",
        "asks": "What the speaker should do",
        "weight": "How much it counts beside the others",
        "marks": "What each mark means, in the rater's words",
        "feedback": "What the report says to the speaker",
        "levels": "How much evidence a mark needs",
        "cues": "What to listen for",
        "part": "The part of a story that this is",
        "distinct": "How many different cues met needs",
        "within": "The share of the answer, 0 to 1, in which the evidence must begin for met",
        "max_share": "The largest share of the words, 0 to 1, that the evidence may fill for met",
        "best": "How many of the strongest clauses are added up",
        "met_needs": "Ids of cues of which one must be found for met",
        "elsewhere": "Patterns of answers to another kind of question; three clauses are too many",
        "head": _HEAD,
        **_GUARDS,
    },
    "MarkMeanings": {
        "met": "What an answer holds that meets the criterion",
        "partly": "What an answer holds that meets it partly",
        "missed": "What an answer lacks that misses it",
    },
    "Feedback": {
        "met": "Said when the criterion is met",
        "partly": "Said when something is still missing beside what was heard",
        "missed": "Said when nothing was heard",
        "opener": "The beginning of a sentence that the speaker could finish",
    },
    "Levels": {
        "partly": "The sum of weights from which the mark is partly",
        "met": "The sum of weights from which the mark is met",
    },
    "Cue": {
        "id": f"A name that no other cue here has. {_ID}",
        "weight": "How much a clause gains in which the cue is found",
        "any": "Patterns of which one must occur in the clause",
        "unless": "Patterns of which none may occur in the clause",
        "alone": "Whether the cue counts in a clause without any other cue",
        "general": "Whether the cue speaks for partly only, as claims without a fact do",
        "most": "How many places of one clause count",
        "zone": "From where to where in the answer (two shares, 0 to 1) the cue counts in full",
    },
    "Flag": {
        "id": f"A name that no other flag of the rubric has. {_ID}",
        "title": "What the flag is called in lists",
        "says": 'Completes "This could sound like ..."',
        "remedy": "What to do in its place",
        "penalty": "Points that it takes from the score",
        "level": "The sum of weights, over all clauses, from which it is raised",
        "cues": "What to listen for",
        "unless_met": "Ids of criteria: where one is met, the flag is not raised",
        "unless_partly": "Ids of criteria: where one is at least partly met, it is not raised",
        "min_share": "The share of the words, 0 to 1, that flagged clauses must fill",
        "against": "Cues that speak against the flag",
        "min_ratio": "The share, 0 to 1, that its own cues must hold of these and the contrary",
        "head": _HEAD,
        **_GUARDS,
    },
    "Lexicon": {
        "schema": "The version of this format: 1",
        "id": f"The name of the file without .yaml. {_ID}",
        "about": "What the classes hold, and who uses them",
        "classes": "For each class, its members; a pattern names the class as {class}",
    },
    "Terms": {
        "schema": "The version of this format: 1",
        "id": f"The name of the file without .yaml. {_ID}",
        "about": "What the terms are",
        "kind": "What one of them is, such as drug: said beside a suggestion",
        "terms": "For each term, how it is said: letters (u s m l e), words that sound like it, "
        "or [] where the spelling tells",
    },
}


def build_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file."""
    return {kind: _build(content) for kind, content in _CONTENT.items()}


def write_schemas(folder: Path) -> None:
    """Write each schema to `<folder>/<kind>.schema.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, schema in build_schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        (folder / f"{kind}.schema.json").write_text(text, encoding="utf-8")


def _build(content: type) -> dict[str, Any]:
    schema: dict[str, Any] = adapter(content).json_schema()
    kinds: dict[str, dict[str, Any]] = schema["$defs"]
    for name, kind in kinds.items():
        kind["description"] = kind["description"].partition("\n\n")[0]
        for field, value in kind["properties"].items():
            value["description"] = DESCRIPTIONS.get(name, {}).get(field, "")
    if content is Bank:
        # In the file it is the word `none` that stands for no rubric.
        rubric = kinds["Question"]["properties"]["rubric"]
        rubric |= rubric.pop("anyOf")[0]
    if content is RubricFile:
        kinds["RubricFile"]["anyOf"] = [
            {"required": ["extends"]},
            {"required": ["scoring", "criteria"]},
        ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": f"#/$defs/{content.__name__}",
        "$defs": {name: _polish(kind) for name, kind in kinds.items()},
    }


def _polish(schema: Any) -> Any:
    """Return `schema` without the titles that pydantic makes up, and with keys held to a pattern.

    For a mapping, pydantic lets keys that do not match the pattern hold anything.
    """
    if isinstance(schema, list):
        return [_polish(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {
        key: _polish(part)
        for key, part in schema.items()
        if key != "title" or isinstance(part, dict)
    }
    if "patternProperties" in plain:
        ((pattern, plain["additionalProperties"]),) = plain.pop("patternProperties").items()
        plain["propertyNames"] = {**plain.get("propertyNames", {}), "pattern": pattern}
    return plain


if __name__ == "__main__":
    write_schemas(shipped("question_banks") / "schema")
