"""The screen that tells why each mark came out as it did."""

import pytest

from tests import fakes
from tests.tui.spoken import notes
from tests.tui.steps import answer, open_history, settle, shown, started, wait_for, wait_for_screen
from trainer.errors import StoreError
from trainer.services import Services
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.why import WhyScreen

ONE = ["low-score-direct"]
SAID = "I perhaps-acknowledge it. The exam was unfair. A planned-change will come."


async def test_what_nobody_foresaw_in_a_thread_is_told_and_ends_nothing(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_HOME", str(services.home.root))

    def fail(*_: object) -> str:
        raise ZeroDivisionError(SAID)

    monkeypatch.setattr(services, "why", fail)
    async with started(services, services.plan(question_ids=ONE), home=False) as (app, pilot):
        await answer(pilot, SAID)
        await pilot.press("y")
        await wait_for(pilot, lambda: "Something went wrong inside" in notes(app))
        await pilot.press("escape")
        await wait_for_screen(pilot, ReportScreen)
    log = (services.home.logs / "trainer.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert SAID not in log


async def test_every_mark_and_flag_is_listed_with_its_reasons(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), (120, 40), home=False) as (
        _,
        pilot,
    ):
        await answer(pilot, SAID)
        assert "press Y to see why" in shown(pilot)
        await pilot.press("y")
        await wait_for_screen(pilot, WhyScreen)
        await wait_for(pilot, lambda: "Checklist" in shown(pilot))
        screen = shown(pilot)
        for part in (
            "◐ partly  You name it",
            "“perhaps-acknowledge”",
            'Found: "perhaps-acknowledge" (acknowledge).',
            "The trained reader gives 80 of 100 for at least partly and 30 for met.",
            "Partly needs 50, met needs 55.",
            'Closest answer that raters marked: partly, "I studied with a friend every week".',
            "○ missed  You changed",
            'Counted little: "planned-change" (change), because it is planned, not done.',
            "Could sound like",
            "! raised  Blame",
            'Found: "unfair." (unfair).',
        ):
            assert part in screen
        await pilot.press("escape")
        await wait_for_screen(pilot, ReportScreen)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize(("onward", "back"), [("j", "k"), ("right", "left")])
async def test_keys_go_from_point_to_point_and_bring_it_into_sight(
    services: Services, size: tuple[int, int], onward: str, back: str
) -> None:
    async with started(services, services.plan(question_ids=ONE), size, home=False) as (app, pilot):
        await answer(pilot, SAID)
        await pilot.press("y")
        await wait_for_screen(pilot, WhyScreen)
        await wait_for(pilot, lambda: "Checklist" in shown(pilot))

        def chosen() -> str:
            (point,) = app.screen.query(".point.-chosen")
            return str(next(iter(point.children)).render())

        for title in ("You name it", "You changed", "Blame", "Blame"):
            await pilot.press(onward)
            await settle(pilot)
            assert title in chosen()
            assert title in shown(pilot)
        await pilot.press(back)
        await settle(pilot)
        assert "You changed" in chosen()
        assert max(map(len, shown(pilot).splitlines())) <= size[0]


async def test_a_settled_mark_is_told_as_the_speakers(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), (120, 40), home=False) as (
        _,
        pilot,
    ):
        await answer(pilot, SAID)
        await pilot.press("u", "1")
        await wait_for_screen(pilot, ReportScreen)
        await wait_for(pilot, lambda: "● met" in shown(pilot))
        await pilot.press("y")
        await wait_for(pilot, lambda: "You settled this mark yourself." in shown(pilot))
        assert "● met     You name it" in shown(pilot)


async def test_an_old_rating_is_explained_by_the_present_version(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with started(services, services.plan(question_ids=ONE)) as (_, pilot):
        await answer(pilot, SAID)
        monkeypatch.setattr(fakes.FakeRater, "scorer_version", "fake-2")
        await open_history(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        await pilot.press("y")
        await wait_for(pilot, lambda: "This answer was rated by version fake-1." in shown(pilot))
        assert "present version, fake-2." in " ".join(shown(pilot).split())


async def test_an_answer_without_marks_has_no_such_key(services: Services) -> None:
    run = services.plan(question_ids=["small-talk-journey"])
    async with started(services, run, home=False) as (app, pilot):
        await answer(pilot, "Yes, thank you.")
        await pilot.press("y")
        await settle(pilot)
        assert isinstance(app.screen, ReportScreen)


async def test_what_cannot_be_explained_is_told(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("The history cannot be read.", "Try again.")

    async with started(services, services.plan(question_ids=ONE), home=False) as (app, pilot):
        await answer(pilot, SAID)
        monkeypatch.setattr(services, "why", fail)
        await pilot.press("y")
        await wait_for(pilot, lambda: "could not be explained" in shown(pilot))
        assert "The history cannot be read." in notes(app)
        assert isinstance(app.screen, WhyScreen)
