"""Whoever writes YAML can add a criterion: it is rated, shown, stored and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.steps import answer, shown, started
from trainer.bank.types import Mark
from trainer.paths import Home
from trainer.services import Services, open_services

QUESTION = "low-score-step1-direct"
WITHOUT = "My Step 1 score was 209 and it is my own result. I read without testing myself."
WITH = f"{WITHOUT} For the boards I do forty questions every week."


def yaml_of_the_guide() -> str:
    """Return the example of CONTRIBUTING: what the guide promises is what is tested."""
    guide = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?extends: ownership.*?)```", guide, re.DOTALL)[-1:]
    return example[example.rindex("schema: 1") :]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    rubrics = home.banks / "rubrics"
    rubrics.mkdir(parents=True)
    (rubrics / "ownership.yaml").write_text(yaml_of_the_guide(), encoding="utf-8")
    return home


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    made = open_services(home)
    assert made.library().complaints == ()
    yield made
    made.close()


def stored(services: Services, text: str) -> str:
    run = services.plan(question_ids=[QUESTION])
    draft = services.new_draft(run)
    services.save_draft(draft)
    return services.finish(replace(draft, text=text, counted_s=40.0), run.item)


def test_it_is_rated_with_its_words(services: Services) -> None:
    view = services.view(stored(services, WITH))
    assert view.rating
    assert view.rating.marks["boards"] is Mark.MET
    (line,) = (line for line in view.report.lines if line.id == "boards")
    assert "boards" in line.quotes[0]
    assert line.meaning == "Names the board exam and what is done for it."


def test_it_is_asked_for_by_its_own_words_and_weighs_in_the_score(services: Services) -> None:
    with_it, without = (services.view(stored(services, text)) for text in (WITH, WITHOUT))
    assert with_it.report.score
    assert without.report.score
    assert with_it.report.score.value > without.report.score.value
    rubric = services.rubric("ownership")
    assert rubric
    assert [c.id for c in rubric.criteria][-1] == "boards"


async def test_it_is_shown(services: Services) -> None:
    run = services.plan(question_ids=[QUESTION])
    async with started(services, run, (120, 60)) as (_, pilot):
        await answer(pilot, WITH)
        await pilot.press("end")
        await pilot.pause()
        assert "The board exam" in shown(pilot)


def test_it_is_stored_and_outlives_its_file(services: Services, home: Home) -> None:
    attempt_id = stored(services, WITH)
    services.close()
    (home.banks / "rubrics" / "ownership.yaml").unlink()
    later = open_services(home)
    view = later.view(attempt_id)
    assert view.rating
    assert view.rating.marks["boards"] is Mark.MET
    assert "The board exam" in [line.title for line in view.report.lines]
    later.close()


def test_versions_are_compared_by_it(services: Services) -> None:
    attempt_id = stored(services, WITHOUT)
    services.correct(attempt_id, WITH)
    marks = [services.view(attempt_id, n).rating for n in (1, 2)]
    assert [rating.marks["boards"] for rating in marks if rating] == [Mark.MISSED, Mark.MET]
