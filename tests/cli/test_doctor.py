"""`doctor`: the checks as lines and as JSON, and the exit code."""

from __future__ import annotations

import re

import pytest

import trainer.doctor
from tests.cli.conftest import Run
from trainer.doctor import GROUPS, Check
from trainer.paths import Home

FINE = Check("python", "Python", "ok", "3.11")
NO_SOUND = Check("microphone", "Microphone", "missing", "None was found.", "Plug it in.", "voice")
BROKEN = Check("history", "History", "broken", "It is damaged\x1b[1m.", "Run: " + "mend " * 30)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Check]:
    checks = [FINE, NO_SOUND]
    monkeypatch.setattr(trainer.doctor, "examine", lambda: tuple(checks))
    return checks


def test_what_only_the_voice_needs_does_not_count(run: Run, found: list[Check]) -> None:
    result = run("doctor")
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[:3] == [GROUPS["practice"], "ok       Python: 3.11", ""]
    assert lines[-2:] == [
        "missing  Microphone: None was found.",
        "         To mend it: Plug it in.",
    ]


def test_something_broken_is_told_by_the_code(run: Run, found: list[Check]) -> None:
    found.append(BROKEN)
    result = run("doctor")
    assert result.code == 1
    assert "broken   History: It is damaged␛[1m." in result.out
    assert f"To mend it: {BROKEN.remedy.rstrip()}" in result.out  # one line, to be copied


def test_json_whose_fields_the_help_names_and_nothing_changes(
    run: Run, home: Home, found: list[Check]
) -> None:
    value = run("doctor", "--json").json
    assert value["schema_version"] == 1
    assert value["ok"] is True
    assert value["checks"][1] == {
        "id": "microphone",
        "title": "Microphone",
        "state": "missing",
        "detail": "None was found.",
        "remedy": "Plug it in.",
        "group": "voice",
    }
    told = set(re.findall(r"\w+", run("doctor", "--help").out))
    assert {*value, *value["checks"][1]} <= told
    assert not home.root.exists()
