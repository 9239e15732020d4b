from dataclasses import replace

import pytest

from tests import fakes
from trainer.analysis.types import Delivery, FillerCount, Remark, Score
from trainer.calibration.types import Baseline
from trainer.coach.delivery import GUESSED, delivery_json, describe_delivery
from trainer.coach.remarks import REMARKS
from trainer.coach.report import CAUTION, compose
from trainer.store.types import FillerReview
from trainer.transcript.types import HeardWord, Transcript

FULL = Delivery(
    words=212,
    answer_s=94.0,
    pace_wpm=135.3,
    lower_s=60,
    upper_s=120,
    i_words=12,
    we_words=1,
    first_word_s=1.2,
    pauses=8,
    longest_pause_s=1.8,
    paused_s=6.0,
    pauses_inside=3,
    pauses_between=5,
    articulation_wpm=144.5,
    fillers=(FillerCount("um", 4, 6), FillerCount("like", 2, 3), FillerCount("i mean", 1, 1)),
)
SCORE = Score(50, 42, 58, "partly there")


def test_everything_that_was_measured_stands_in_a_few_short_lines() -> None:
    assert describe_delivery(FULL) == (
        "212 words",
        "1:34 from the first word to the last: good (aim for 1:00 to 2:00)",
        "135 words a minute, 144 without pauses (a wide guide is 130 to 160)",
        "first word after 1.2 s (up to 5 s is usual)",
        "8 pauses of 0.4 s or more: the longest 1.8 s, together 6.0 s "
        "(3 inside sentences; 5 between them, where they help)",
        '"um" about 4 to 6 times (from the sound)',
        '"like" 2 to 3 times, "I mean" once',
        '"I" 12 times, "we" once',
    )


def test_the_speakers_own_pace_takes_the_place_of_the_wide_guide() -> None:
    lines = describe_delivery(FULL, Baseline(140.2, 158.0))
    assert "135 words a minute, 144 without pauses (when you read aloud: 140 and 158)" in lines
    (pace,) = (
        line
        for line in describe_delivery(replace(FULL, articulation_wpm=None), Baseline(140.2, 158.0))
        if "a minute" in line
    )
    assert pace == "135 words a minute (when you read aloud: 140)"


def test_what_a_person_counted_goes_before_what_the_sound_tells() -> None:
    review = FillerReview("r", "a", "2026-01-01T00:00:00+00:00", "self", 4)
    (line,) = (x for x in describe_delivery(FULL, None, [review]) if "um" in x.split()[0])
    assert line.startswith('"um" 4 times by your ear')


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (0, "(between sentences, where they help)"),
        (8, "(inside sentences, where they are noticed more)"),
        (None, "(between sentences they help; inside one they are noticed more)"),
    ],
)
def test_where_the_pauses_lie(inside: int | None, told: str) -> None:
    between = None if inside is None else 8 - inside
    lines = describe_delivery(replace(FULL, pauses_inside=inside, pauses_between=between))
    assert any(line.endswith(told) for line in lines)


def test_of_fillers_that_are_only_possible_the_most_is_told() -> None:
    counts = (FillerCount("um", 0, 0), FillerCount("so", 0, 1), FillerCount("well", 0, 2))
    lines = describe_delivery(replace(FULL, fillers=counts))
    assert 'no "um" found in the sound' in lines
    assert '"so" up to once, "well" up to 2 times' in lines


def test_typed_fillers_are_told_as_typed() -> None:
    typed = Delivery(9, 30.0, None, 60, 120, 1, 0, fillers=(FillerCount("um", 2, 2),))
    lines = describe_delivery(typed, spoken=False)
    assert '"um" 2 times' in lines
    assert not any("sound" in line for line in lines)


def test_old_figures_are_shown_as_before() -> None:
    old = replace(
        FULL, pauses_inside=None, pauses_between=None, articulation_wpm=None, fillers=None
    )
    assert describe_delivery(old) == (
        "212 words",
        "1:34 from the first word to the last: good (aim for 1:00 to 2:00)",
        "135 words a minute (a wide guide is 130 to 160)",
        "first word after 1.2 s (up to 5 s is usual)",
        "8 pauses of 0.4 s or more: the longest 1.8 s, together 6.0 s "
        "(between sentences they help; inside one they are noticed more)",
        '"I" 12 times, "we" once',
    )


GUESSED_WORDS = replace(
    FULL,
    pace_wpm=None,
    articulation_wpm=None,
    pauses_inside=None,
    pauses_between=None,
    fillers=(FillerCount("um", 4, 6),),
    unmeasurable=("words",),
)


def test_guessed_words_have_no_figures_and_a_reason() -> None:
    lines = describe_delivery(GUESSED_WORDS)
    told = 'pace, "I" and "we", spoken fillers: not measurable, too many words are unsure'
    assert lines[-1] == told
    assert not any("12 times" in line or "a minute" in line for line in lines)
    assert '"um" about 4 to 6 times (from the sound)' in lines


def test_the_pace_of_a_rough_transcript_is_called_rough() -> None:
    lines = describe_delivery(replace(GUESSED_WORDS, pace_wpm=133.0))
    assert "about 130 words a minute (rough, as the words are)" in lines
    assert lines[-1].startswith('"I" and "we", spoken fillers: not measurable')


def test_noise_takes_the_figures_of_the_sound_and_says_what_helps() -> None:
    noisy = replace(
        FULL,
        first_word_s=None,
        pauses=None,
        longest_pause_s=None,
        paused_s=None,
        pauses_inside=None,
        pauses_between=None,
        fillers=(FillerCount("like", 2, 3),),
        unmeasurable=("sound",),
    )
    lines = describe_delivery(noisy)
    assert lines[-1].startswith('pauses, first word, "um": not measurable, the room is too noisy')
    assert "1:34 long: good (aim for 1:00 to 2:00)" in lines
    assert not any("pause of" in line or "first word after" in line for line in lines)


@pytest.mark.parametrize("delivery", [FULL, GUESSED_WORDS])
def test_there_are_at_most_nine_lines(delivery: Delivery) -> None:
    assert len(describe_delivery(delivery)) <= 9


def test_json_has_null_for_what_is_not_measurable() -> None:
    figures = delivery_json(FULL)
    assert (figures["i_words"], figures["we_words"]) == (12, 1)
    assert figures["fillers"] == (
        {"what": "um", "low": 4, "high": 6},
        {"what": "like", "low": 2, "high": 3},
        {"what": "i mean", "low": 1, "high": 1},
    )
    guessed = delivery_json(GUESSED_WORDS)
    assert (guessed["i_words"], guessed["we_words"], guessed["pace_wpm"]) == (None, None, None)


def heard(confidence: float) -> Transcript:
    words = enumerate(["i", "acknowledge", "it", "was", "unfair"])
    return Transcript.heard((HeardWord(w, n, n + 0.9, confidence) for n, w in words), "vosk")


def test_guessed_words_have_marks_and_no_score() -> None:
    transcript = heard(0.3)
    rating = fakes.FakeRater().rate(transcript, fakes.rubric(), "")
    report = compose(transcript, GUESSED_WORDS, fakes.rubric(), rating, SCORE)
    assert (report.score, report.unmeasurable) == (None, GUESSED)
    assert report.lines[0].quotes == ("acknowledge",)
    clear = compose(transcript, FULL, fakes.rubric(), rating, SCORE)
    assert (clear.score, clear.unmeasurable) == (SCORE, None)


def test_a_remark_about_guessed_words_gives_way_to_the_guessing() -> None:
    transcript = heard(0.3)
    rating = fakes.FakeRater().rate(transcript, fakes.rubric(), "")
    rating = replace(rating, remark=Remark.OTHER_LANGUAGE)
    guessed = compose(transcript, GUESSED_WORDS, fakes.rubric(), rating, SCORE)
    assert guessed.remark == GUESSED
    clear = compose(transcript, FULL, fakes.rubric(), rating, SCORE)
    assert clear.remark == REMARKS[Remark.OTHER_LANGUAGE]


def test_a_mark_that_rests_on_unsure_words_says_so() -> None:
    transcript = heard(0.3)
    rating = fakes.FakeRater().rate(transcript, fakes.rubric(), "")
    shaky = compose(transcript, FULL, fakes.rubric(), rating, SCORE)
    assert [line.caution for line in shaky.lines] == [CAUTION, ""]
    assert [flag.caution for flag in shaky.flags] == [CAUTION]
    own = replace(rating, settled=tuple(rating.marks))
    assert compose(transcript, FULL, fakes.rubric(), own, SCORE).lines[0].caution == ""
    firm = heard(0.95)
    assert compose(firm, FULL, fakes.rubric(), rating, SCORE).lines[0].caution == ""
