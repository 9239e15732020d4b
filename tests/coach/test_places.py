"""Where cues were found, in sentences."""

from __future__ import annotations

import pytest

from trainer.analysis.explaining import FoundCue
from trainer.analysis.guards import Guard
from trainer.coach.places import readable, tell_places
from trainer.transcript.types import Transcript

SAID = "Every morning I did forty questions. I would ask a senior."


def told(*cues: FoundCue, text: str = SAID) -> list[str]:
    return list(tell_places(cues, Transcript.typed(text)))


def test_a_cue_is_quoted_with_a_readable_name() -> None:
    assert told(FoundCue("own_method-thing", 0, 6, 1.0)) == [
        'Found: "Every morning I did forty questions." (own method thing).'
    ]
    assert readable("own_cause") == "own cause"


def test_what_guards_took_away_is_told_with_the_reason_and_after_what_counted() -> None:
    sentences = told(
        FoundCue("help", 6, 10, 0.3, (Guard.PLANNED,)),
        FoundCue("thing", 3, 6, 0.6),
        FoundCue("deed", 2, 4, 0.15, (Guard.TOLD_AS_WE,)),
        FoundCue("often", 0, 2, 0.0, (Guard.REPEATED,)),
    )
    assert sentences == [
        'Found: "did forty questions." (thing).',
        'Counted less: "I did" (deed), because it is told as "we".',
        'Counted little: "I would ask a" (help), because it is planned, not done.',
        'Did not count: "Every morning" (often), because it only repeats the question or words '
        "before it.",
    ]


@pytest.mark.parametrize("guard", Guard)
def test_every_guard_has_a_reason(guard: Guard) -> None:
    (sentence,) = told(FoundCue("deed", 0, 2, 0.0, (guard,)))
    assert ", because " in sentence


def test_several_guards_give_several_reasons() -> None:
    (sentence,) = told(FoundCue("deed", 0, 2, 0.1, (Guard.DENIED, Guard.LISTED)))
    assert sentence.endswith(
        "because it is said not to be so and it stands in a list, not in a sentence."
    )


def test_neighbours_that_fared_alike_are_one_place() -> None:
    assert told(FoundCue("often", 0, 2, 0.4), FoundCue("thing", 4, 6, 0.6)) == [
        'Found: "Every morning I did forty questions." (often, thing).'
    ]


def test_places_do_not_reach_over_the_end_of_a_sentence() -> None:
    assert len(told(FoundCue("often", 4, 6, 0.4), FoundCue("thing", 6, 8, 0.6))) == 2


def test_cues_for_partly_only_stand_apart_and_say_so() -> None:
    sentences = told(FoundCue("thing", 4, 6, 0.6), FoundCue("hope", 4, 6, 0.4, general=True))
    assert sentences == [
        'Found: "forty questions." (thing).',
        'Found: "forty questions." (hope; for partly only).',
    ]


def test_of_many_places_the_strongest_are_told_and_the_others_counted() -> None:
    text = " ".join(f"word{n}." for n in range(9))
    cues = [FoundCue("deed", n, n + 1, n / 10) for n in range(1, 9)]
    sentences = told(*cues, text=text)
    assert sentences[0] == 'Found: "word8." (deed).'
    assert sentences[-1] == "Found in 4 more places."
    assert len(sentences) == 5
    assert told(*cues[:5], text=text)[-1] == "Found in 1 more place."


def test_what_counts_only_beside_other_words_is_told_last() -> None:
    alone = FoundCue("deed", 0, 1, 0.0, (Guard.ALONE,))
    barred = FoundCue("thing", 4, 6, 0.0, (Guard.OVERRULED,))
    assert "forty" in told(alone, barred)[0]


def test_a_long_place_is_quoted_shortly_and_on_one_line() -> None:
    text = "I \x1b[31m did\n" + "very " * 60 + "much"
    (sentence,) = told(FoundCue("deed", 0, 60, 1.0), text=text)
    assert sentence.count("very") < 25
    assert "\n" not in sentence
    assert "\x1b" not in sentence
