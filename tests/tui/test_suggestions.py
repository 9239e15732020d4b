"""Suggestions while words are corrected: shown, taken and declined by key, never by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import fakes
from tests.tui.correcting import correcting
from tests.tui.spoken import spoken_draft
from tests.tui.steps import shown, wait_for
from trainer.bank.types import Term
from trainer.services import Services
from trainer.tui.screens.correct import Words

TERMS = (Term("USMLE", ("u s m l e",)), Term("metformin"), Term("[b]sepsis[/]", ("sepsis",)))
HEARD = "i passed the you? smell? ee? and gave met? form? in? today"


@pytest.fixture(autouse=True)
def terms(services: Services) -> None:
    services._load_library = lambda: replace(fakes.library(), terms=TERMS)  # type: ignore[method-assign]


async def test_nothing_changes_without_a_key(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD), 2) as it:
        assert it.editor.text == HEARD.replace("?", "")
        assert "2 suggestions. F8 goes to the next: “you smell ee” is perhaps USMLE." in shown(
            it.pilot
        )
        await it.press("enter")
        assert it.results == [Words(HEARD.replace("?", ""))]


async def test_a_key_goes_to_suggestions_and_a_key_takes_one(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD), 2) as it:
        await it.press("f8")
        assert it.editor.selected_text == "you smell ee"
        assert "Perhaps: USMLE (Ctrl+Y takes it, F9 hides it)" in shown(it.pilot)
        await it.press("f8")
        assert it.editor.selected_text == "met form in"
        await it.press("f8", "ctrl+y")
        assert it.editor.text == "i passed the USMLE and gave met form in today"
        assert "1 suggestion. F8" in shown(it.pilot)
        await it.press("ctrl+z", "ctrl+right", "ctrl+right")
        assert "2 suggestions. F8 goes to the next: “met form in” is" in shown(it.pilot)


async def test_what_is_taken_has_the_time_of_the_words_it_replaces(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD), 2) as it:
        old = it.editor.transcript.words
        await it.press("f8", "ctrl+y")
        word = it.editor.transcript.words[3]
        assert (word.start_s, word.end_s) == (old[3].start_s, old[5].end_s)
        assert word.confidence is None
        assert it.editor.transcript.words[4].start_s == old[6].start_s


async def test_taking_is_one_step_to_undo_and_to_redo(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD), 2) as it:
        await it.press("f8", "ctrl+y", "f8", "ctrl+y")
        assert it.editor.text == "i passed the USMLE and gave metformin today"
        await it.press("ctrl+z")
        assert it.editor.text == "i passed the USMLE and gave met form in today"
        await it.press("ctrl+z")
        assert it.editor.text == HEARD.replace("?", "")
        assert len(it.editor.suggestions) == 2
        await it.press("home", "ctrl+y")  # no suggestion here: the old meaning of the key
        assert it.editor.text == "i passed the USMLE and gave met form in today"


async def test_tab_goes_through_the_unsure_words_as_before(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD), 2) as it:
        await it.press("tab")
        assert it.editor.selected_text == "you"
        assert "Perhaps: USMLE" in shown(it.pilot)
        await it.press("tab")
        assert it.editor.selected_text == "smell"


async def test_a_declined_one_is_not_shown_again_for_this_text(services: Services) -> None:
    draft = spoken_draft(services, HEARD)
    async with correcting(services, draft, 2) as it:
        await it.press("f8", "f9")
        assert "f8 Perhaps" in shown(it.pilot)
        assert [one.term.text for one in it.editor.suggestions] == ["metformin"]
        assert it.editor.text == HEARD.replace("?", "")
        await it.press("x", "ctrl+z")
        assert len(it.editor.suggestions) == 1
        await it.press("escape")
    async with correcting(services, draft, offered=1) as it:
        assert [one.term.text for one in it.editor.suggestions] == ["metformin"]
    async with correcting(services, spoken_draft(services, HEARD), 2):
        pass  # another text is another matter


async def test_a_word_that_was_changed_takes_its_suggestion_along(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD), 2) as it:
        await it.press("tab", *"we")
        assert [one.term.text for one in it.editor.suggestions] == ["metformin"]
        await it.press("home", *"so ")
        assert [one.start for one in it.editor.suggestions] == [9]
        await it.press("f8")
        assert it.editor.selected_text == "met form in"


async def test_places_are_underlined_as_a_whole(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD), 2) as it:
        spans = [
            (span.start, span.end)
            for span in it.editor.get_line(0).spans
            if getattr(span.style, "underline", False)
        ]
        assert (13, 25) in spans


async def test_the_key_goes_with_the_last_suggestion(services: Services) -> None:
    async with correcting(services, spoken_draft(services, "it was sep? sis?"), 1) as it:
        assert "f8 Perhaps" in shown(it.pilot)
        await it.press("f8", "ctrl+y")
        await wait_for(it.pilot, lambda: "uggestion" not in shown(it.pilot))


async def test_markup_in_a_term_stays_text(services: Services) -> None:
    async with correcting(services, spoken_draft(services, "it was sep? sis?"), 1) as it:
        assert "is perhaps [b]sepsis[/]." in shown(it.pilot)
        await it.press("f8")
        assert "Perhaps: [b]sepsis[/] (Ctrl+Y" in shown(it.pilot)
        await it.press("ctrl+y")
        assert it.editor.text == "it was [b]sepsis[/]"


async def test_words_without_doubt_have_no_line(services: Services) -> None:
    async with correcting(services, spoken_draft(services, "all is clear"), 0) as it:
        assert "uggestion" not in shown(it.pilot)
        await it.press("f8", "ctrl+y", "f9")
        assert it.editor.text == "all is clear"


async def test_the_keys_are_in_sight_in_a_small_window(services: Services) -> None:
    async with correcting(services, spoken_draft(services, HEARD), 2, size=(80, 24)) as it:
        assert "f8" in shown(it.pilot).splitlines()[-1]
        assert "f1 Help" in shown(it.pilot)
        await it.press("f8")
        assert "Perhaps: USMLE (Ctrl+Y takes it, F9 hides it)" in shown(it.pilot)
