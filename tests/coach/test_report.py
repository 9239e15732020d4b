from dataclasses import replace

import pytest

from tests import fakes
from trainer.analysis.types import Delivery, Note, Remark, Score
from trainer.bank.types import Mark
from trainer.coach.delivery import describe_delivery, length_light
from trainer.coach.report import TOO_ROUGH, UNHEARD, compose
from trainer.session.answer import Light
from trainer.transcript.types import HeardWord, Source, Transcript

DELIVERY = Delivery(12, 45.0, None, 30, 60, 1, 2)
SCORE = Score(50, 42, 58, "partly there")


def test_every_mark_stands_beside_its_words() -> None:
    transcript = Transcript.typed("I acknowledge it was unfair")
    rating = fakes.FakeRater().rate(transcript, fakes.rubric(), "")
    report = compose(transcript, DELIVERY, fakes.rubric(), rating, SCORE)
    named, changed = report.lines
    assert (named.mark, named.quotes, named.comment) == (Mark.MET, ("acknowledge",), "This helps.")
    assert (changed.mark, changed.quotes) == (Mark.MISSED, ())
    assert changed.meaning == "You changed: absent."
    assert [flag.quotes for flag in report.flags] == [("unfair",)]
    assert report.score is SCORE


def test_what_is_said_of_a_guess_below_met_is_said_as_a_guess() -> None:
    transcript = Transcript.typed("I acknowledge it")
    rating = fakes.FakeRater().rate(transcript, fakes.rubric(), "")
    sure = compose(transcript, DELIVERY, fakes.rubric(), rating, SCORE)
    unsure = compose(
        transcript, DELIVERY, fakes.rubric(), replace(rating, unsure=tuple(rating.marks)), SCORE
    )
    assert [line.mark for line in sure.lines] == [Mark.MET, Mark.MISSED]
    assert unsure.lines[0].comment == sure.lines[0].comment
    assert unsure.lines[1].comment == f"Not sure. Perhaps: {sure.lines[1].comment}"


@pytest.mark.parametrize("remark", list(Remark))
def test_a_remark_is_all_that_is_said(remark: Remark) -> None:
    transcript = Transcript.typed("change")
    rating = replace(fakes.FakeRater().rate(transcript, fakes.rubric(), ""), remark=remark)
    report = compose(transcript, DELIVERY, fakes.rubric(), rating, SCORE)
    assert report.remark
    assert (report.score, report.lines, report.flags, report.advice) == (None, (), (), None)
    assert report.delivery


@pytest.mark.parametrize("note", list(Note))
def test_a_note_stands_beside_the_marks_and_not_beside_a_remark(note: Note) -> None:
    transcript = Transcript.typed(f"It was so {note}")
    rating = fakes.FakeRater().rate(transcript, fakes.rubric(), "")
    report = compose(transcript, DELIVERY, fakes.rubric(), rating, SCORE)
    assert len(report.notes) == 1
    assert len(report.lines) == len(rating.marks)
    remarked = replace(rating, remark=Remark.OFF_QUESTION)
    assert compose(transcript, DELIVERY, fakes.rubric(), remarked, SCORE).notes == ()


def test_that_nothing_was_heard_is_not_said_beside_a_mark_that_the_speaker_settled() -> None:
    transcript = Transcript.typed("hello nothing_heard")
    rating = fakes.FakeRater().rate(transcript, fakes.rubric(), "")
    silent = compose(transcript, DELIVERY, fakes.rubric(), rating, SCORE)
    settled = replace(rating, marks={**rating.marks, "change": Mark.MET}, settled=("change",))
    assert len(silent.notes) == 1
    assert compose(transcript, DELIVERY, fakes.rubric(), settled, SCORE).notes == ()


def test_without_a_rubric_only_delivery_is_reported() -> None:
    report = compose(Transcript.typed("hello"), DELIVERY)
    assert report.remark is None
    assert report.delivery == describe_delivery(DELIVERY)


def test_delivery_in_words() -> None:
    assert describe_delivery(DELIVERY) == (
        "12 words",
        "0:45 long: good (aim for 0:30 to 1:00)",
        '"I" once, "we" 2 times',
    )
    timed = replace(DELIVERY, words=1, pace_wpm=141.6, answer_s=None)
    assert describe_delivery(timed)[:2] == (
        "1 word",
        "142 words a minute (a wide guide is 130 to 160)",
    )


@pytest.mark.parametrize(
    ("answer_s", "light"),
    [(10, Light.TOO_SHORT), (30, Light.GOOD), (55, Light.NEAR_END), (60, Light.LONG)],
)
def test_the_light_of_a_finished_answer(answer_s: float, light: Light) -> None:
    assert length_light(answer_s, 30, 60) is light


SPOKEN = replace(
    DELIVERY,
    pace_wpm=120.0,
    first_word_s=6.25,
    pauses=3,
    longest_pause_s=1.84,
    paused_s=3.0,
)


def test_pauses_in_words() -> None:
    lines = describe_delivery(SPOKEN)
    assert "first word after 6.2 s (up to 5 s is usual)" in lines
    (pauses,) = (line for line in lines if "pause" in line)
    assert pauses.startswith("3 pauses of 0.4 s or more: the longest 1.8 s, together 3.0 s")
    (one,) = (x for x in describe_delivery(replace(SPOKEN, pauses=1)) if "pause" in x)
    assert one.startswith("1 pause of 0.4 s or more: 1.8 s")
    assert "no pause of 0.4 s or more" in describe_delivery(replace(SPOKEN, pauses=0))


def test_sound_without_words_counts_none() -> None:
    lines = describe_delivery(replace(SPOKEN, words=0, pace_wpm=None, i_words=0, we_words=0))
    assert lines[0].startswith("0:45 from the first word to the last: good")
    assert not any("word" in line and "first word" not in line for line in lines)
    assert not any('"I"' in line for line in lines)


def heard(text: str, source: Source = "vosk", unsure: str = "") -> Transcript:
    words = (
        HeardWord(word, n, n + 0.9, 0.3 if word == unsure else 0.95)
        for n, word in enumerate(text.split())
    )
    return Transcript.heard(words, source)


@pytest.mark.parametrize(("source", "remark"), [("builtin", TOO_ROUGH), ("unheard", UNHEARD)])
def test_words_that_are_not_rated_have_delivery_and_a_remedy(source: Source, remark: str) -> None:
    report = compose(heard("i acknowledge it", source), SPOKEN, fakes.rubric())
    assert (report.remark, report.score, report.lines) == (remark, None, ())
    assert report.delivery == describe_delivery(SPOKEN)


def test_a_quote_names_the_words_that_the_recogniser_was_unsure_of() -> None:
    transcript = heard("i acknowledge it was unfair", unsure="acknowledge")
    rating = fakes.FakeRater().rate(transcript, fakes.rubric(), "")
    report = compose(transcript, DELIVERY, fakes.rubric(), rating, SCORE)
    named, changed = report.lines
    assert (named.quotes, named.doubts) == (("acknowledge",), ("acknowledge",))
    assert changed.doubts == ()
    assert [(flag.quotes, flag.doubts) for flag in report.flags] == [(("unfair",), ("",))]
    assert report.advice
    assert (report.advice.quote, report.advice.doubt) == ("acknowledge", "acknowledge")


@pytest.mark.parametrize(
    ("source", "first", "told"),
    [
        ("typed", None, None),
        ("corrected", "typed", None),
        ("vosk", None, "heard by Vosk"),
        ("builtin", "builtin", "heard by the built-in recogniser"),
        ("unheard", None, "no recogniser has heard the sound"),
        ("corrected", "vosk", "heard by Vosk, then corrected or accepted by you"),
        ("corrected", "unheard", "written down by you"),
    ],
)
def test_the_report_names_where_the_words_come_from(
    source: Source, first: Source | None, told: str | None
) -> None:
    assert compose(heard("hello", source), DELIVERY, heard_by=first).source == told
