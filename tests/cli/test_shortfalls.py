"""Where the trained reader is missing, commands that rate say so once, on stderr only."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests import fakes
from tests.cli.conftest import Run
from trainer import catalogue, services
from trainer.analysis.rating import CUES_VERSION
from trainer.coach.method import KEYWORDS, TRAINED
from trainer.encoder.problems import missing
from trainer.encoder.reading import Reader
from trainer.paths import Home

ANSWER = (
    "The score was mine, I did not study well. Since then I do forty questions every morning and "
    "write down each mistake. My next score was 249."
)
SHIPPED, OWN = ("--rubric", "ownership"), ("--rubric", "tiny")
TOLD = "A file of the trained rating is missing: encoder.npz."


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """An install without the weights."""

    def fail() -> Reader:
        raise missing(Path("encoder.npz"))

    monkeypatch.setattr(catalogue, "open_encoder", fail)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """An install with all that rates."""
    monkeypatch.setattr(catalogue, "open_encoder", fakes.FakeReader)


def line(**changes: object) -> str:
    return json.dumps({"rubric": "ownership", "text": ANSWER, **changes}) + "\n"


def is_told_once(err: str) -> bool:
    message, hint = err.splitlines()
    return message == TOLD and "less exact, and not the same as on a full install" in hint


def plain(out: str) -> str:
    return " ".join(out.split())


def test_a_rated_answer(run_real: Run, lacking: None) -> None:
    result = run_real("score", "-", *SHIPPED, stdin=ANSWER)
    assert result.code == 0
    assert is_told_once(result.err)
    assert KEYWORDS.note in plain(result.out)
    value = run_real("score", "-", *SHIPPED, "--why", "--json", stdin=ANSWER)
    assert value.json["scorer"] == CUES_VERSION
    assert is_told_once(value.err)


def test_a_full_install_says_nothing(run_real: Run, full: None) -> None:
    result = run_real("score", "-", *SHIPPED, stdin=ANSWER)
    assert (result.code, result.err) == (0, "")
    assert TRAINED.note in plain(result.out)


def test_what_needs_no_trained_reader_is_rated_as_everywhere(
    run_real: Run, tiny: Home, lacking: None
) -> None:
    for arguments in (("score", "-", *OWN), ("score", "-", "--question", "own-plain")):
        (tiny.banks / "own.yaml").write_text(OWN_BANK, encoding="utf-8")
        result = run_real(*arguments, stdin=ANSWER)
        assert (result.code, result.err) == (0, "")
    result = run_real("score", "--batch", "-", stdin=line(rubric="tiny", text="I checked."))
    assert (result.code, result.err) == (0, "")


def test_own_rubrics_stay_a_keyword_check(run_real: Run, tiny: Home, full: None) -> None:
    result = run_real("score", "-", *OWN, stdin="I checked the chart.")
    assert KEYWORDS.note in plain(result.out)


def test_a_batch_says_it_before_the_first_line_that_it_changes(
    run_real: Run, tiny: Home, lacking: None
) -> None:
    lines = line(rubric="tiny") + "nonsense\n" + line() + line()
    result = run_real("score", "--batch", "-", stdin=lines)
    assert is_told_once(result.err)
    assert len(result.json_lines) == 4


def test_a_batch_of_bad_lines_has_nothing_to_say(run_real: Run, lacking: None) -> None:
    result = run_real("score", "--batch", "-", stdin="nonsense\n")
    assert (result.code, result.err) == (1, "")


def test_an_evaluation(run_real: Run, lacking: None) -> None:
    marked = line(marks={"acknowledge": 2}) + line(marks={"change": 1})
    result = run_real("evaluate", "-", "--quick", "--json", stdin=marked)
    assert is_told_once(result.err)
    assert result.json["scorer"] == CUES_VERSION


def test_what_was_stored_stays_as_it_was_and_its_explanation_is_of_now(
    run_real: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Reader:
        raise missing(Path("encoder.npz"))

    stored = {}
    for name, make in (("full", fakes.FakeReader), ("lacking", fail)):
        monkeypatch.setattr(catalogue, "open_encoder", make)
        with closing(services.open_services()) as opened:
            run = opened.plan(question_ids=["low-score-step1-direct"])
            stored[name] = opened.finish(replace(opened.new_draft(run), text=ANSWER), run.item)
    by_reader = run_real("history", "show", stored["full"])
    assert by_reader.err == ""
    assert TRAINED.note in plain(by_reader.out)
    assert is_told_once(run_real("history", "show", stored["full"], "--why").err)
    by_keywords = run_real("history", "show", stored["lacking"])
    assert is_told_once(by_keywords.err)
    assert KEYWORDS.note in plain(by_keywords.out)
    monkeypatch.setattr(catalogue, "open_encoder", fakes.FakeReader)
    assert run_real("history", "show", stored["lacking"]).err == ""


OWN_BANK = """\
schema: 1
id: own
title: My own
about: A question without a checklist.
family: opening
questions:
  - id: own-plain
    prompt: Did you find us well?
    wordings: [Was it easy to find?]
    rubric: none
    prepare_s: 0
    answer_s: [10, 30]
    intent: Small talk.
    pitfalls: [A long story.]
    tags: [own]
"""
