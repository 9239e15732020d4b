import pytest

from tests.tui.steps import started, type_answer
from trainer.services import Services
from trainer.tui.screens.practice import PracticeScreen

SECRET = "the most painful page"


async def test_a_crash_shows_no_words_of_the_answer(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_HOME", str(services.home.root))

    def fail(self: PracticeScreen) -> None:
        words = self.current_draft().text
        raise ZeroDivisionError(words)

    monkeypatch.setattr(PracticeScreen, "action_hint", fail)
    printed: list[str] = []
    with pytest.raises(ZeroDivisionError):
        async with started(services, services.plan()) as (app, pilot):
            await type_answer(pilot, SECRET)
            await pilot.press("ctrl+g")
            await pilot.pause()
            printed = [str(renderable) for renderable in app._exit_renderables]
    assert any("Your words are kept" in text for text in printed)
    assert not any(SECRET in text for text in printed)
    assert [draft.text for draft in services.store.drafts()] == [SECRET]
    log = (services.home.logs / "trainer.log").read_text()
    assert "ZeroDivisionError" in log
    assert SECRET not in log
