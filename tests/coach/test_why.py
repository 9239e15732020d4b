"""A reason in words: what was found, what the trained reader gives, what a mark needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import fakes
from trainer.analysis.explaining import FoundCue, Hold, Why
from trainer.analysis.types import Chances, Note, Rating, Remark, Span
from trainer.bank.types import Flag, Mark, Rubric
from trainer.coach.why import NO_ANSWER, NO_MARKS, Explained, explain
from trainer.encoder.types import Example
from trainer.transcript.types import Transcript

SAID = Transcript.typed("I change my plan every week. The exam was unfair.")
FOUND = FoundCue("own_method", 1, 4, 0.6)
EXAMPLE = Example("ownership/change", 1, "I studied with a\nfriend every week", 0.8)


def rubric(**changes: object) -> Rubric:
    """Return the fake rubric with another last criterion."""
    made = fakes.rubric()
    criteria = (made.criteria[0], replace(made.criteria[1], **changes))  # type: ignore[arg-type]
    return replace(made, criteria=criteria)


def rating(mark: Mark = Mark.PARTLY, raised: bool = False, **changes: object) -> Rating:
    """Return a rating of the criterion `change` and the flag `blame`."""
    spans = [Span(0, 6, "criterion", "change")] if mark else []
    spans += [Span(6, 10, "flag", "blame")] if raised else []
    base = Rating(
        "machine",
        "ownership",
        "test",
        "fake-1",
        {"acknowledge": Mark.MISSED, "change": mark},
        {"blame": raised},
        tuple(spans),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def marked(mark: Mark = Mark.PARTLY, **changes: object) -> Why:
    """Return why the criterion `change` has a mark."""
    base = Why("criterion", "change", mark, None, (FOUND,), (1.2, 0.6))
    return replace(base, **changes)  # type: ignore[arg-type]


def flagged(raised: bool, **changes: object) -> Why:
    """Return why the flag `blame` is raised or not."""
    found = FoundCue("unfair", 9, 10, 1.0)
    base = Why("flag", "blame", None, raised, (found,), (1.0, 1.0))
    return replace(base, **changes)  # type: ignore[arg-type]


def sentences(why: Why, given: Rating | None = None, by: Rubric | None = None) -> tuple[str, ...]:
    shown = given or rating(Mark.PARTLY if why.mark is None else why.mark)
    return explain((why,), "fake-1", by or rubric(), SAID, shown).lines[0].sentences


# by cues alone ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "reached", "said"),
    [
        (Mark.MET, (2.0, 1.0), "That is enough for met."),
        (Mark.PARTLY, (1.2, 0.66), "That is enough for partly. It is 66 % of what met needs."),
        (Mark.PARTLY, (1.2, 0.999), "That is enough for partly. It is 99 % of what met needs."),
        (Mark.MISSED, (0.4, 0.2), "That is 40 % of what partly needs."),
        (Mark.MISSED, (0.0, 0.0), "So nothing is left that counts."),
    ],
)
def test_how_far_the_words_reach_is_told(
    mark: Mark, reached: tuple[float, float], said: str
) -> None:
    assert sentences(marked(mark, reached=reached)) == (
        'Found: "change my plan" (own method).',
        said,
    )


def test_where_no_words_were_found_that_is_told() -> None:
    nothing = marked(Mark.MISSED, cues=(), reached=(0.0, 0.0))
    assert sentences(nothing) == ("None of the words that often carry this were found.",)


@pytest.mark.parametrize(
    ("hold", "changes", "said"),
    [
        (Hold.LATE, {"within": 0.3}, "Met needs it early, in the first 30 % of the answer."),
        (Hold.LONG, {"max_share": 0.35}, "Met needs it in at most 35 % of the answer."),
        (Hold.ALIKE, {"distinct": 3}, "Met needs words of at least 3 different kinds."),
        (Hold.ALIKE, {}, "Met needs more than words for partly."),
        (
            Hold.WITHOUT_NEEDED,
            {"met_needs": ("own_cause", "deed")},
            "Met needs words of this kind: own cause or deed.",
        ),
    ],
)
def test_what_met_needs_beside_enough_words_is_told(
    hold: Hold, changes: dict[str, object], said: str
) -> None:
    told = sentences(marked(reached=(2.0, 1.2), holds=(hold,)), by=rubric(**changes))
    assert told[1:] == ("That could be enough for met.", said)


def test_what_the_whole_answer_allows_is_told_with_its_reason() -> None:
    why = marked(Mark.PARTLY, reached=(2.0, 1.2), most=Mark.PARTLY)
    told = sentences(why, rating(notes=(Note.CONDITIONAL,)))
    assert told[-1] == (
        "The answer as a whole allows no more than partly, "
        "because it tells what you would do, not what you did."
    )
    assert sentences(why)[-1] == "The answer as a whole allows no more than partly."


def test_a_mark_below_what_the_answer_allows_says_nothing_of_that() -> None:
    assert not any("as a whole" in s for s in sentences(marked(most=Mark.PARTLY)))


# with a trained reader --------------------------------------------------------------------------

LEARNED = {
    "trained": Chances(0.71, 0.38),
    "chances": Chances(0.66, 0.352),
    "needed": Chances(0.5, 0.55),
    "example": EXAMPLE,
}


def test_the_trained_reader_its_thresholds_and_the_closest_example_are_told() -> None:
    assert sentences(marked(**LEARNED)) == (
        'Found: "change my plan" (own method).',
        "By these words alone the mark would be partly.",
        "The trained reader gives 71 of 100 for at least partly and 38 for met.",
        "Together with the words found: 66 of 100 for at least partly and 35 for met.",
        "Partly needs 50, met needs 55.",
        'Closest answer that raters marked: partly, "I studied with a friend every week".',
    )


def test_without_words_the_trained_reader_is_told_alone() -> None:
    same = LEARNED | {"chances": LEARNED["trained"], "example": None}
    assert sentences(marked(cues=(), reached=(0.0, 0.0), **same)) == (
        "None of the words that often carry this were found.",
        "The trained reader gives 71 of 100 for at least partly and 38 for met.",
        "Partly needs 50, met needs 55.",
    )


def test_where_no_words_count_the_chances_are_not_told_to_come_from_words() -> None:
    told = sentences(marked(cues=(), reached=(0.0, 0.0), **LEARNED))
    assert "As no such words count: 66 of 100 for at least partly and 35 for met." in told


def test_an_example_that_ends_a_sentence_gets_no_second_full_stop() -> None:
    whole = LEARNED | {"example": replace(EXAMPLE, quote="I read a book.")}
    assert sentences(marked(**whole))[-1].endswith(': partly, "I read a book."')


def test_chances_close_to_a_threshold_are_told_exactly_enough_to_see_the_side() -> None:
    close = LEARNED | {"chances": Chances(0.66, 0.5481)}
    told = sentences(marked(**close))
    assert (
        "Together with the words found: 66.0 of 100 for at least partly and 54.8 for met." in told
    )
    assert "Partly needs 50.0, met needs 55.0." in told
    very = LEARNED | {"chances": Chances(0.66, 0.5496)}
    assert any("54.96 for met" in sentence for sentence in sentences(marked(**very)))


def test_what_the_whole_answer_allows_is_told_before_the_chances_that_it_takes_away() -> None:
    none = LEARNED | {"chances": Chances(0.0, 0.0)}
    why = marked(Mark.MISSED, most=Mark.MISSED, **none)
    told = sentences(why, rating(Mark.MISSED, notes=(Note.SOMEBODY_ELSE,)))
    assert told[2:5] == (
        "The answer as a whole allows no more than missed, because it tells what somebody else "
        "did.",
        "The trained reader gives 71 of 100 for at least partly and 38 for met.",
        "Together with the words found: 0 of 100 for at least partly and 0 for met.",
    )


def test_an_unsure_mark_says_so() -> None:
    told = sentences(marked(**LEARNED), rating(unsure=("change",)))
    assert "This mark is not sure." in told


# flags ------------------------------------------------------------------------------------------


def test_a_flag_tells_what_raised_it() -> None:
    assert sentences(flagged(True), rating(raised=True)) == (
        'Found: "unfair." (unfair).',
        "That is enough to raise it.",
    )


def test_a_flag_that_is_not_raised_tells_how_far_it_was() -> None:
    assert sentences(flagged(False, reached=(0.8, 0.8)))[-1] == "That is 80 % of what raises it."
    nothing = flagged(False, cues=(), reached=(0.0, 0.0))
    assert sentences(nothing) == ("None of the words that often sound like this were found.",)


@pytest.mark.parametrize(
    ("hold", "changes", "said"),
    [
        (
            Hold.EXCUSED,
            {"unless_partly": ("change",)},
            'But what else you told makes up for it: "You changed".',
        ),
        (Hold.EXCUSED, {}, "But what else you told makes up for it."),
        (Hold.SHORT, {"min_share": 0.3}, "But it counts only where it fills 30 % of the answer."),
        (Hold.OUTWEIGHED, {}, 'Against it: "I change my plan" (own).'),
    ],
)
def test_what_keeps_a_flag_down_is_told(hold: Hold, changes: dict[str, object], said: str) -> None:
    made = fakes.rubric()
    flag: Flag = replace(made.flags[0], **changes)  # type: ignore[arg-type]
    why = flagged(False, holds=(hold,), against=(FoundCue("own", 0, 4, 1.0),))
    told = sentences(why, by=replace(made, flags=(flag,)))
    assert told[1] == "That could be enough to raise it."
    assert told[-1] == said


def test_a_flag_with_a_trained_reader_tells_one_chance() -> None:
    why = flagged(
        True,
        trained=Chances(0.7, 0.6),
        chances=Chances(0.8, 0.8),
        needed=Chances(0.4, 0.4),
        example=replace(EXAMPLE, mark=2),
    )
    assert sentences(why, rating(raised=True))[1:] == (
        "By these words alone it would be raised.",
        "The trained reader gives 70 of 100.",
        "Together with the words found: 80 of 100.",
        "It is raised from 40.",
        'Closest answer that raters marked as this: "I studied with a friend every week".',
    )


# beside the rating that is shown ----------------------------------------------------------------


def explained(why: Why, given: Rating, scorer: str = "fake-1") -> Explained:
    return explain((why,), scorer, rubric(), SAID, given)


def test_the_mark_and_the_quotes_are_those_of_the_rating() -> None:
    (line,) = explained(marked(), rating()).lines
    assert (line.mark, line.raised, line.title) == (Mark.PARTLY, None, "You changed")
    assert line.quotes == ("I change my plan every week.",)
    (flag,) = explained(flagged(True), rating(raised=True)).lines
    assert (flag.mark, flag.raised, flag.quotes) == (None, True, ("The exam was unfair.",))


def test_a_rating_of_another_version_says_so_and_what_the_present_one_would_give() -> None:
    told = explained(marked(Mark.PARTLY), rating(Mark.MET, scorer_version="keywords-1"))
    assert told.note == (
        "This answer was rated by version keywords-1. "
        "The explanation is of the present version, fake-1."
    )
    assert told.lines[0].mark is Mark.MET
    assert told.lines[0].sentences[0] == "The present version would give partly."
    assert explained(marked(), rating()).note is None


def test_a_settled_mark_says_so() -> None:
    given = rating(Mark.MET, settled=("change",), raised=False)
    assert explained(marked(), given).lines[0].sentences[0] == (
        "You settled this mark yourself. The rating had partly."
    )
    flag = explained(flagged(True), given).lines[0]
    assert flag.sentences[0] == "Without what you settled it would be raised."


def test_a_remark_leaves_nothing_to_explain() -> None:
    assert explained(marked(), rating(remark=Remark.OFF_QUESTION)) == Explained(
        (), NO_MARKS, "fake-1"
    )
    assert explain((), "fake-1", rubric(), SAID, rating()).note == NO_ANSWER


def test_unsure_words_behind_a_mark_are_named() -> None:
    words = tuple(
        replace(w, confidence=0.3 if n in (1, 9) else 0.9) for n, w in enumerate(SAID.words)
    )
    heard = replace(SAID, words=words)
    shown = rating(raised=True)
    lines = explain((marked(), flagged(True)), "fake-1", rubric(), heard, shown).lines
    told = "The recogniser was not sure of these of its words: {}."
    assert [line.sentences[0] for line in lines] == [told.format("change"), told.format("unfair.")]
    assert not any("not sure of these" in line for line in sentences(marked()))
