"""The words of a spoken answer before they are rated."""

import pytest

from tests import fakes
from tests.tui.correcting import Correcting, correcting
from tests.tui.spoken import notes, spoken_draft
from tests.tui.steps import shown, started, wait_for, wait_for_screen
from trainer.errors import SoundError
from trainer.services import Services
from trainer.transcript.types import Transcript
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.correct import CorrectScreen, Words

SIZE = (120, 40)
HEARD = "i a? knowledge? the low score it was mind? now"


async def test_enter_takes_all_words_as_they_are(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        assert "3 words are unsure" in shown(it.pilot)
        await it.press("enter")
        assert it.results == [Words(HEARD.replace("?", ""), accepted=True)]


async def test_tab_selects_unsure_words_and_typing_replaces_them(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        await it.press("tab")
        assert it.editor.selected_text == "a"
        await it.press("tab")
        assert it.editor.selected_text == "knowledge"
        await it.press("tab", *"mine")
        assert "2 words are unsure" in shown(it.pilot)
        await it.press("shift+tab")
        assert it.editor.selected_text == "knowledge"
        await it.press("shift+tab", "shift+tab")
        assert it.editor.selected_text == "knowledge"  # round the beginning, past "mine"
        await it.press("enter")
        assert it.results == [Words("i a knowledge the low score it was mine now")]


async def test_tab_goes_round_the_end(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        chosen = []
        for _ in range(4):
            await it.press("tab")
            chosen.append(it.editor.selected_text)
        assert chosen == ["a", "knowledge", "mind", "a"]


async def test_without_unsure_words_tab_changes_nothing(services: Services) -> None:
    async with correcting(services, spoken_draft(services, "all is clear")) as it:
        assert "No word is unsure." in shown(it.pilot)
        await it.press("tab", "shift+tab")
        assert it.editor.selected_text == ""
        assert it.app.focused is it.editor


async def test_corrected_words_keep_the_times_of_what_was_heard(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        await it.press("tab", "shift+ctrl+right", "shift+ctrl+right")
        it.editor.replace("acknowledge", (0, 2), (0, 13))
        words = it.editor.transcript
        assert words.text.startswith("i acknowledge the")
        assert (words.words[1].start_s, words.words[1].end_s) == (0.5, 1.4)
        assert (words.words[2].start_s, words.words[2].confidence) == (1.5, 0.98)


async def test_undo_brings_an_unsure_word_back_with_its_time(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        before = it.editor.transcript.words
        await it.press("tab", "x")
        assert it.editor.transcript.words[1].confidence is None
        await it.press("ctrl+z")
        assert it.editor.transcript.words == before
        assert "3 words are unsure" in shown(it.pilot)


async def test_unsure_words_are_underlined_and_the_cursor_tells_what_was_heard(
    services: Services,
) -> None:
    async with correcting(services, spoken_draft(services, "i a? see")) as it:
        spans = it.editor.get_line(0).spans
        assert [(s.start, s.end) for s in spans if getattr(s.style, "underline", False)] == [(2, 3)]
        await it.press("tab")
        assert "“a” at 0:00  ·  unsure" in shown(it.pilot)
        await it.press("b")
        assert "“b” at 0:00  ·  corrected" in shown(it.pilot)


async def test_changes_are_kept_while_one_corrects(services: Services) -> None:
    draft = spoken_draft(services, HEARD)
    async with correcting(services, draft) as it:
        await it.press("tab", "x")
        await wait_for(it.pilot, lambda: "i x" in services.store.drafts()[0].text)
        assert services.store.drafts()[0].heard == draft.heard
        await wait_for(it.pilot, lambda: "Changes kept." in shown(it.pilot))


async def test_going_back_asks_before_corrections_are_lost(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        await it.press("tab", "x", "escape")
        await wait_for_screen(it.pilot, ConfirmScreen)
        assert "No, stay here (n)" in shown(it.pilot)
        dialog = it.app.screen.query_one(".dialog")
        assert dialog.size.height < 12  # no higher than its words
        await it.press("n")
        assert it.results == []
        await it.press("ctrl+z", "escape")
        assert it.results == [None]


async def test_a_rough_draft_says_so_and_can_be_stored_without_marks(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD, "builtin")) as it:
        assert "rough draft" in shown(it.pilot)
        await it.press("ctrl+o")
        assert it.results == [Words(HEARD.replace("?", ""), accepted=False)]


async def test_what_vosk_heard_is_never_stored_without_marks(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        assert "rough draft" not in shown(it.pilot)
        await it.press("ctrl+o")
        assert it.results == []


async def test_sound_without_words_can_be_written_down_or_stored(services: Services) -> None:
    async with correcting(services, spoken_draft(services, "", "unheard")) as it:
        assert "Type what you said" in shown(it.pilot)
        await it.press("ctrl+s")
        assert it.results == []
        await it.press("a", "enter", "b", "ctrl+s")
        assert it.results == [Words("a\nb")]
    async with correcting(services, spoken_draft(services, "", "unheard")) as it:
        await it.press("ctrl+o")
        assert it.results == [Words("", accepted=False)]


async def test_empty_lines_are_no_corrections(services: Services) -> None:
    async with correcting(services, spoken_draft(services, "", "unheard")) as it:
        await it.press("enter", "enter", "escape")  # who is used to Enter
        assert it.results == [None]


async def test_the_question_stays_in_sight(services: Services) -> None:
    draft = spoken_draft(services, HEARD)
    async with started(services, size=(80, 24)) as (app, pilot):
        app.push_screen(CorrectScreen(draft))
        await wait_for_screen(pilot, CorrectScreen)
        assert draft.prompt[:40] in shown(pilot)
        assert "f1 Help" in shown(pilot)


async def test_no_words_left_are_not_accepted(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        it.editor.load_text("  ")
        await it.press("enter")
        assert it.results == []
        assert "There are no words here." in notes(it.app)


async def test_figures_show_what_was_said(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = spoken_draft(services, "score two forty nine")
    assert draft.heard
    first, second, _, last = draft.heard.words
    figure = type(first)(6, 9, second.start_s, last.end_s, 0.4, "two forty nine")
    written = Transcript("score 249", (first, figure), "vosk")
    monkeypatch.setattr(services, "words_of", lambda _: written)
    async with correcting(services, draft) as it:
        await it.press("tab")
        assert "“249” at 0:00  ·  heard: two forty nine  ·  unsure" in shown(it.pilot)
        assert isinstance(it.app.screen, CorrectScreen)
        assert it.app.screen.current_draft() == draft  # nothing was changed by the speaker
        await it.press("enter")
        assert it.results == [Words("score 249")]


async def test_f2_plays_from_the_cursor_and_stops(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        await it.press("tab", "tab", "f2")
        (player,) = loudspeaker.players
        assert player.from_s == pytest.approx(0.9)  # a little before the word
        player.hears(1.7)
        await wait_for(it.pilot, lambda: it.editor._playing == 3)
        await it.press("tab", "f2")
        assert player.closed or await closes(it, player)
        assert loudspeaker.players[-1].from_s == pytest.approx(3.9)
        await it.press("f2")
        await wait_for(it.pilot, lambda: not loudspeaker.playing)
        assert len(loudspeaker.players) == 2


async def closes(it: Correcting, player: fakes.FakePlayer) -> bool:
    await wait_for(it.pilot, lambda: player.closed)
    return True


async def test_sound_goes_on_at_another_speed(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        await it.press("f2")
        loudspeaker.players[-1].hears(2.0)
        await wait_for(it.pilot, lambda: "▶" in shown(it.pilot) and "0:02" in shown(it.pilot))
        await it.press("f3")
        assert (loudspeaker.players[-1].from_s, loudspeaker.players[-1].speed) == (2.0, 0.75)
        assert "speed 0.75" in shown(it.pilot)


async def test_the_sound_ends_with_the_screen(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        await it.press("f2", "enter")
        await wait_for(it.pilot, lambda: bool(loudspeaker.players) and not loudspeaker.playing)


async def test_why_nothing_is_heard_is_told(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    async with correcting(services, spoken_draft(services, HEARD)) as it:
        await it.press("f2")
        loudspeaker.players[-1].end(SoundError("No loudspeaker was found.", "Connect one."))
        await wait_for(it.pilot, lambda: "Connect one." in notes(it.app))
        assert "▶" not in shown(it.pilot)
