"""A spoken answer in the history, as the commands show and delete it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from trainer import services
from trainer.audio.format import BYTES_A_SECOND
from trainer.capture import files
from trainer.transcript.types import FilledPause, HeardWord, Sound, Source, Transcript

VOICED = ((0.5, 1.5), (2.5, 4.5))
FILLED = (FilledPause(1.45, 1.8, 0.91), FilledPause(3.5, 3.8, 0.3))


def answered(source: Source, confidence: float = 0.95) -> tuple[str, Path]:
    """Store a spoken answer that nobody corrected; return its id and its file."""
    words = ("i", "acknowledge", "two", "forty", "nine")
    heard = Transcript.heard(
        (HeardWord(word, 0.5 + n, 1.4 + n, confidence) for n, word in enumerate(words)),
        source,
        Sound(VOICED, FILLED),
    )
    with closing(services.open_services()) as opened:
        plan = opened.plan(question_ids=["low-score-direct"])
        file = opened.new_recording()
        with files.open_for_sound(file) as sound:
            sound.write(bytes(2 * BYTES_A_SECOND))
        draft = replace(
            opened.new_draft(plan), recording=file.name, heard=heard, text=heard.text, counted_s=9.0
        )
        opened.save_draft(draft)
        return opened.finish(draft, plan.item, accepted=False), file


def test_what_is_shown_of_a_spoken_answer(run: Run) -> None:
    attempt_id, file = answered("vosk")
    shown = run("history", "show", attempt_id)
    assert f"Recording: {file} (0:02)" in " ".join(shown.out.split())
    assert "i acknowledge 249" in shown.out
    assert "Words: heard by Vosk" in shown.out
    assert "first word after 0.5 s" in shown.out
    assert "1 pause of 0.4 s or more: 1.0 s" in shown.out
    assert "unsure" not in shown.out
    value = run("history", "show", attempt_id, "--json").json
    assert (value["recording"], value["recording_s"]) == (str(file), 2.0)
    assert (value["source"], value["report"]["source"]) == ("vosk", "heard by Vosk")
    assert value["delivery"]["first_word_s"] == 0.5
    assert (value["delivery"]["pauses"], value["delivery"]["longest_pause_s"]) == (1, 1.0)


def test_quotes_name_the_words_that_were_hardly_heard(run: Run) -> None:
    attempt_id, _ = answered("vosk", confidence=0.3)
    assert '"acknowledge" (unsure: acknowledge)' in run("history", "show", attempt_id).out
    value = run("history", "show", attempt_id, "--json").json
    named = next(x for x in value["report"]["criteria"] if x["id"] == "acknowledge")
    assert (named["quotes"], named["doubts"]) == (["acknowledge"], ["acknowledge"])


def test_mostly_guessed_words_have_marks_and_no_score(run: Run) -> None:
    attempt_id, _ = answered("vosk", confidence=0.3)
    shown = " ".join(run("history", "show", attempt_id).out.split())
    assert "Score: Not measurable: too many words are unsure" in shown
    assert "The words behind this are unsure. Check that you said them." in shown
    assert 'pace, "I" and "we", spoken fillers: not measurable' in shown
    value = run("history", "show", attempt_id, "--json").json
    assert (value["measurable"], value["score"], value["band"]) == (False, None, None)
    assert value["marks"]["acknowledge"] > 0
    assert value["report"]["unmeasurable"].startswith("Not measurable")
    assert value["delivery"]["unmeasurable"] == ["words"]
    assert (value["delivery"]["pace_wpm"], value["delivery"]["i_words"]) == (None, None)
    (listed,) = run("history", "list", "--json").json["attempts"]
    assert (listed["measurable"], listed["score"], listed["word"]) == (False, None, None)
    assert "not measurable" in run("history", "list").out


def test_guessed_words_that_are_accepted_have_a_score(run: Run) -> None:
    attempt_id, _ = answered("vosk", confidence=0.3)
    with closing(services.open_services()) as opened:
        opened.accept(attempt_id)
    value = run("history", "show", attempt_id, "--json").json
    assert (value["measurable"], value["source"], value["versions"]) == (True, "corrected", 2)
    assert value["score"] is not None
    assert value["delivery"]["pace_wpm"]
    before = run("history", "show", attempt_id, "--version", "1", "--json").json
    assert (before["measurable"], before["score"]) == (False, None)


def test_fillers_and_pauses_stand_in_json(run: Run) -> None:
    attempt_id, _ = answered("vosk")
    value = run("history", "show", attempt_id, "--json").json
    delivery = value["delivery"]
    assert [one["what"] for one in delivery["fillers"]] == ["um"]
    assert delivery["fillers"][0]["low"] <= delivery["fillers"][0]["high"]
    assert delivery["pauses_inside"] + delivery["pauses_between"] == delivery["pauses"] == 1
    assert delivery["articulation_wpm"] > delivery["pace_wpm"]
    assert value["measurable"] is True


def test_rough_words_have_figures_and_no_marks(run: Run) -> None:
    attempt_id, _ = answered("builtin")
    shown = run("history", "show", attempt_id).out
    assert "too rough to rate yet" in shown
    assert "Score:" not in shown
    assert "0:04 from the first word to the last" in shown
    value = run("history", "show", attempt_id, "--json").json
    assert (value["score"], value["marks"], value["band"]) == (None, {}, None)
    assert "too rough to rate yet" in value["report"]["remark"]


def test_a_recording_that_is_gone_is_told(run: Run) -> None:
    attempt_id, file = answered("vosk")
    file.unlink()
    assert "Recording: not kept any more" in run("history", "show", attempt_id).out
    assert run("history", "show", attempt_id, "--json").json["recording"] is None


def test_the_sound_is_deleted_with_its_answer(run: Run) -> None:
    attempt_id, file = answered("vosk")
    result = run("history", "delete", attempt_id, "--yes")
    assert (result.code, file.exists()) == (0, False)


def test_sound_that_cannot_be_deleted_is_told(run: Run) -> None:
    attempt_id, file = answered("vosk")
    file.unlink()
    file.mkdir()
    result = run("history", "delete", attempt_id, "--yes")
    assert result.code == 1
    assert f"Delete it yourself: {file}" in " ".join(result.err.split())
    assert run("history", "show", attempt_id).code == 2


@pytest.mark.parametrize("name", ["show", "delete"])
def test_the_help_tells_of_the_sound(run: Run, name: str) -> None:
    assert "sound" in run("history", name, "--help").out


def test_filled_pauses_are_listed_and_a_count_is_kept(run: Run) -> None:
    attempt_id, _ = answered("vosk")
    shown = run("history", "fillers", attempt_id).out
    assert [" ".join(line.split()) for line in shown.splitlines()] == [
        "At Long Counted Words around it",
        "0:01 0.4 s yes i ... acknowledge 249",
        "0:03 0.3 s no i acknowledge ... 249",
    ]
    kept = run("history", "fillers", attempt_id, "--count", "3", "--by", "listener")
    assert "A listener counted 3." in kept.out
    value = run("history", "fillers", attempt_id, "--json").json
    assert [moment["counted"] for moment in value["moments"]] == [True, False]
    assert [(one["by"], one["count"]) for one in value["counts"]] == [("listener", 3)]
    assert run("history", "fillers", attempt_id, "--count", "-1", "--by", "you").code == 2
    assert len(run("history", "fillers", attempt_id, "--json").json["counts"]) == 1


def test_words_by_the_keyboard_have_no_sound_to_search(run: Run) -> None:
    with closing(services.open_services()) as opened:
        plan = opened.plan(question_ids=["low-score-direct"])
        draft = replace(opened.new_draft(plan), text="i acknowledge it")
        attempt_id = opened.finish(draft, plan.item)
    assert "was not searched" in run("history", "fillers", attempt_id).out
