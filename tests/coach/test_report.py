from dataclasses import replace

import pytest

from tests import fakes
from trainer.analysis.types import Delivery, Remark, Score
from trainer.bank.types import Mark
from trainer.coach.report import compose, describe_delivery, length_light
from trainer.session.answer import Light
from trainer.transcript.types import Transcript

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


@pytest.mark.parametrize("remark", list(Remark))
def test_a_remark_is_all_that_is_said(remark: Remark) -> None:
    transcript = Transcript.typed("change")
    rating = replace(fakes.FakeRater().rate(transcript, fakes.rubric(), ""), remark=remark)
    report = compose(transcript, DELIVERY, fakes.rubric(), rating, SCORE)
    assert report.remark
    assert (report.score, report.lines, report.flags, report.advice) == (None, (), (), None)
    assert report.delivery


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
