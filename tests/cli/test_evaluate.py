"""`evaluate`: the report on marked answers, as lines for people and as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import GOOD, POOR, Run
from tests.fakes import FakeReader
from trainer import catalogue
from trainer.paths import Home

CORPUS = Path(__file__).parents[2] / "corpus" / "development.jsonl"


def line(number: int, **changes: Any) -> str:
    good = number % 3 > 0
    fields = {
        "id": number,
        "speaker": f"s{number % 4}",
        "rubric": "ownership",
        "text": GOOD if good else POOR,
        "marks": {"acknowledge": 2 if good else number % 2, "change": 2 if good else 0},
        "flags": {"blame": not good},
        "quotes": {"acknowledge": ["acknowledge"]},
        "overall": 1 + number % 5,
    }
    return json.dumps({**fields, **changes})


MARKED = "\n".join(line(number) for number in range(12))


def test_the_report_has_every_part(run: Run) -> None:
    result = run("evaluate", "-", stdin=MARKED)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("12 answers by 4 speakers, 24 marks. Rater: fake-1.")
    beginnings = [found.split("  ")[0] for found in result.out.splitlines()]
    for name in (
        *("as typed", "plain", "5% wrong words", "10% wrong words", "15% wrong words"),
        *("usual mark", "number of words", "ownership", "- acknowledge", "- change", "blame"),
        *("sure", "not sure", "100%", "50%", "s0", "s3"),
    ):
        assert name in beginnings
    assert "gives no confidence" in result.out
    assert re.search(r"^blame +4/4 100% +4/4 100%$", result.out, re.MULTILINE)


def test_the_example_of_the_documentation_can_be_measured(run_real: Run) -> None:
    told = (CORPUS.parents[1] / "docs" / "rating.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", told, re.DOTALL)
    value = run_real("evaluate", "-", "--json", stdin=" ".join(example.splitlines())).json
    assert value["answers"] == value["speakers"] == 1
    assert value["conditions"][0]["marks"] == 5
    fields = set(re.findall(r"`(\w+)`", told))
    assert set(value) - {"schema_version"} <= fields
    assert set(value["conditions"][0]) | set(value["sureness"]) <= fields


def test_lines_fit_eighty_columns(run_real: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        catalogue, "open_encoder", FakeReader
    )  # how well it reads is not the matter
    lines = CORPUS.read_text(encoding="utf-8").splitlines()[::25]  # of every rubric some
    result = run_real("evaluate", "-", "--quick", stdin="\n".join(lines))
    assert result.code == 0
    assert max(map(len, result.out.splitlines())) <= 80


def test_long_and_evil_names_of_speakers_do_not_break_the_table(run: Run) -> None:
    evil = "\x1b[31mA speaker with a very long name\n\u202e" * 3
    result = run("evaluate", "-", "--quick", stdin=line(1, speaker=evil) + "\n" + line(2))
    assert result.code == 0
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
    assert max(map(len, result.out.splitlines())) <= 80


def test_json_has_all_figures(run: Run) -> None:
    value = run("evaluate", "-", "--json", stdin=MARKED).json
    assert next(iter(value)) == "schema_version"
    assert (value["answers"], value["speakers"], value["clusters"]) == (12, 4, 4)
    typed = value["conditions"][0]
    assert typed["name"] == "typed"
    assert typed["missed_as_met"] == {"hits": 0, "of": 6, "value": 0, "low": None, "high": None}
    assert set(typed["kappa"]) == {"value", "low", "high"}
    assert typed["flags"]["precision"]["of"] == typed["flags"]["recall"]["of"] == 4
    assert typed["evidence"] == {"hits": 10, "of": 10, "value": 1, "low": None, "high": None}
    assert value["rubrics"][0]["criteria"][0]["name"] == "acknowledge"
    assert [point["kept"] for point in value["sureness"]["by_unsure"]] == [
        1,
        0.9,
        0.8,
        0.7,
        0.6,
        0.5,
    ]
    assert value["sureness"]["by_confidence"] is None
    assert {part["name"] for part in value["by_speaker"]} == {"s0", "s1", "s2", "s3"}


def test_the_help_names_every_field_of_the_json(run: Run) -> None:
    value = run("evaluate", "-", "--json", stdin=MARKED).json
    told = set(re.findall(r"\w+", run("evaluate", "--help").out))
    assert set(value) <= told
    for entries in (entries for entries in value.values() if isinstance(entries, list)):
        assert {name for entry in entries for name in entry} <= told


def test_quick_rates_the_typed_text_only(run: Run) -> None:
    value = run("evaluate", "-", "--quick", "--json", stdin=MARKED).json
    assert [condition["name"] for condition in value["conditions"]] == ["typed"]
    assert len(value["baselines"]) == 2


def test_every_mistake_is_told_and_nothing_is_measured(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(line(1, rubric="x") + "\n" + line(2, marks={"change": 9}) + "\nnonsense\n")
    result = run("evaluate", path)
    assert (result.code, result.out) == (2, "")
    first, second, third, message, hint = result.err.splitlines()
    assert first.startswith(f'{path}:1: rubric: there is no rubric "x"')
    assert second.startswith(f"{path}:2: marks.change: 9 is no mark")
    assert third.startswith(f"{path}:3: not JSON")
    assert message == f"{path} has 3 mistakes, so nothing was measured."
    assert "trainer evaluate --help" in hint


@pytest.mark.parametrize(
    ("name", "told"),
    [("absent.jsonl", "There is no file"), (".", "is a folder"), ("a.wav", "is a sound file")],
)
def test_what_is_no_file_of_marked_answers_is_refused(run: Run, name: str, told: str) -> None:
    result = run("evaluate", name)
    assert (result.code, result.out) == (2, "")
    assert told in result.err


def test_progress_is_shown_on_a_terminal_only_and_is_gone_afterwards(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(MARKED)
    assert run("evaluate", path).err == ""
    told = run("evaluate", path, terminal=True).err
    assert "\rRating: 50%" in told
    assert told.endswith(f"\r{' ' * len('Rating: 100%')}\r")


def test_nothing_is_stored(run: Run, home: Home) -> None:
    assert run("evaluate", "-", stdin=MARKED).code == 0
    assert not home.root.exists()


def test_a_rubric_of_ones_own_can_be_measured(run_real: Run, tiny: Home) -> None:
    marked = {"rubric": "tiny", "text": "I checked it.", "marks": {"checked": 2}}
    value = run_real("evaluate", "-", "--json", stdin=json.dumps(marked)).json
    assert value["rubrics"][0]["name"] == "tiny"


def test_the_answers_and_their_words_are_never_shown(run: Run) -> None:
    text = "I acknowledge it. A secretword here. Then came the change."
    for options in ((), ("--json",)):
        result = run("evaluate", "-", *options, stdin=line(1, text=text))
        assert result.code == 0
        assert "secretword" not in result.out + result.err
