"""Pictures of a spoken answer: its words before they are rated, and its report with sound."""

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests import fakes
from tests.tui.pictures import MIDDLE, SMALL, Steps, assert_drawn, at
from tests.tui.spoken import spoken_attempt, spoken_draft
from tests.tui.steps import settle, wait_for, wait_for_screen
from trainer.bank.types import Term
from trainer.services import Services
from trainer.transcript.types import FilledPause, Sound
from trainer.tui.app import TrainerApp
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.fillers import FillersScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.widgets.player_bar import PlayerBar
from trainer.tui.widgets.words_editor import WordsEditor

SAID = (
    "i a? knowledge? it the low score was mind? and i acknowledge that the plan was not good "
    "the exam was unfair in one part but that is not the point half-change came first then i "
    "wrote down every mistake? in a log and i read it each sunday with a friend who had passed "
    "after four months my practice scores rose and i past? the second exam at the first try what "
    "i took from it is that i ask for help early and that i look every week at what i do"
)


def services_of(pilot: Pilot[None]) -> Services:
    assert isinstance(pilot.app, TrainerApp)
    return pilot.app.services


async def open_words(pilot: Pilot[None], source: Any) -> None:
    await settle(pilot)
    pilot.app.push_screen(Screen())  # home tells what this machine has
    pilot.app.push_screen(CorrectScreen(spoken_draft(services_of(pilot), SAID, source)))
    await wait_for_screen(pilot, CorrectScreen)


async def open_report(pilot: Pilot[None], source: Any) -> None:
    await settle(pilot)
    services = services_of(pilot)
    pilot.app.push_screen(ReportScreen(services.view(spoken_attempt(services, SAID, source))))
    await wait_for_screen(pilot, ReportScreen)


async def play(pilot: Pilot[None], at_s: float) -> None:
    loudspeaker = services_of(pilot).open_player
    assert isinstance(loudspeaker, fakes.FakeLoudspeaker)
    loudspeaker.players[-1].hears(at_s)
    await wait_for(pilot, lambda: pilot.app.screen.query_one(PlayerBar).at_s == at_s)
    await settle(pilot)


async def words(pilot: Pilot[None]) -> None:
    await open_words(pilot, "vosk")
    await pilot.press("tab", "tab", "f2")
    await play(pilot, 2.2)


async def rough_words(pilot: Pilot[None]) -> None:
    await open_words(pilot, "builtin")
    await pilot.press("tab")


async def suggestion(pilot: Pilot[None]) -> None:
    await settle(pilot)
    services = services_of(pilot)
    services._library = replace(fakes.library(), terms=TERMS)
    said = SAID.replace("the second exam", "step? to? see? kay?").replace(
        "half", "rez? a? dense? he?"
    )
    pilot.app.push_screen(Screen())
    pilot.app.push_screen(CorrectScreen(spoken_draft(services, said)))
    await wait_for_screen(pilot, CorrectScreen)
    editor = pilot.app.screen.query_one(WordsEditor)
    await wait_for(pilot, lambda: len(editor.suggestions) == 2)
    await pilot.press("f8", "f8")


async def report(pilot: Pilot[None]) -> None:
    await open_report(pilot, "vosk")
    await pilot.press("j", "enter")
    await play(pilot, 6.2)


async def fillers(pilot: Pilot[None]) -> None:
    await settle(pilot)
    services = services_of(pilot)
    found = tuple(FilledPause(at_s, at_s + 0.4, chance) for at_s, chance in MOMENTS)
    attempt_id = spoken_attempt(services, SAID, measured=Sound(((0.0, 40.0),), found, 24.0))
    pilot.app.push_screen(ReportScreen(services.view(attempt_id)))
    await wait_for_screen(pilot, ReportScreen)
    await pilot.press("m")
    await wait_for_screen(pilot, FillersScreen)
    await settle(pilot)
    await pilot.press("down", "space", "enter")
    await play(pilot, 12.2)


async def rough_report(pilot: Pilot[None]) -> None:
    await open_report(pilot, "builtin")


async def guessed_report(pilot: Pilot[None]) -> None:
    await settle(pilot)
    services = services_of(pilot)
    said = " ".join(word if at % 3 else f"{word}?" for at, word in enumerate(SAID.split()))
    said = said.replace("??", "?")
    sound = Sound(((1.2, 9.0), (9.8, 40.0)), (FilledPause(9.0, 9.4, 0.9),), 24.0)
    pilot.app.push_screen(
        ReportScreen(services.view(spoken_attempt(services, said, measured=sound)))
    )
    await wait_for_screen(pilot, ReportScreen)


SCREENS: dict[str, Steps] = {
    "guessed-report": guessed_report,
    "words": words,
    "suggestion": suggestion,
    "rough-words": rough_words,
    "report": report,
    "rough-report": rough_report,
    "fillers": fillers,
}
TERMS = (Term("Step 2 CK", ("step two c k",), "exam"), Term("residency", (), "role"))
MOMENTS = ((2.3, 0.92), (12.1, 0.44), (20.6, 0.81), (31.0, 0.6))


@pytest.mark.parametrize("name", SCREENS)
def test_picture(
    services: Services,
    snapshot: Any,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setattr(services, "open_player", fakes.FakeLoudspeaker())
    assert_drawn(
        snapshot,
        TrainerApp(lambda: services, services.settings),
        SCREENS[name],
        at(SMALL, MIDDLE, light=SMALL if name == "words" else None),
        name,
    )
