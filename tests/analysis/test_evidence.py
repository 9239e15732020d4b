from tests.analysis.conftest import a_criterion, a_cue, a_rubric
from trainer.analysis.evidence import LONGEST_QUOTE_WORDS, quotes
from trainer.analysis.rating import ChecklistRater
from trainer.analysis.types import Rating, Span
from trainer.bank.types import Mark
from trainer.transcript.types import Transcript


def first_quote(text: str, **options: object) -> str:
    cue = a_cue("i {acted}", weight=0.6)
    rater = ChecklistRater({})
    transcript = Transcript.typed(text)
    rating = rater.rate(transcript, a_rubric(a_criterion(cue, **options)), "What did you do?")
    return quotes(transcript, rating, "criterion", "own")[0]


def test_a_quote_is_the_whole_clause():
    said = "I carried the old generator up the stairs to the second floor with the night guard."
    assert first_quote(f"It was dark. {said}") == said


def test_of_a_clause_that_is_too_long_the_stretch_around_the_evidence_is_quoted():
    quote = first_quote(
        "On the way from the gate of the old school to the tents at the end of the long road by "
        "the river I carried the lamp for all of us to the tent of the two old doctors."
    )
    assert "I carried the lamp" in quote
    assert len(quote.split()) <= 25


def test_the_quote_comes_from_where_a_story_tells_that_part():
    before = (
        "The road was wet and the lamps were out and the sky was low over the town. It had rained "
        "since noon, the river stood at the second step of the old school by the bridge. "
    )
    after = (
        "Nobody else was awake by then, the last bus stood empty at the gate with its door open. "
        "A dog was asleep under it, and the wind had moved the sign of the bakery to the ground. "
    )
    early, late = "I packed a bag for the road.", "I carried the lamp to the tent."
    text = f"{early} {before}{late} {after}"
    assert first_quote(text, part="action") == late
    assert first_quote(text, part="situation") == early


def test_deeds_that_follow_each_other_are_quoted_before_a_lone_one():
    text = (
        "I packed a bag on the monday of that week. The road was wet. I carried the lamp to the "
        "tent by noon. I tied the rope to the post outside."
    )
    assert first_quote(text) == "I carried the lamp to the tent by noon."


def test_quotes_are_capped_told_once_and_never_of_a_missed_criterion():
    transcript = Transcript.typed("word " * 100)
    spans = (
        Span(0, 100, "criterion", "own"),
        Span(0, 60, "criterion", "own"),
        Span(0, 2, "criterion", "missed"),
        Span(0, 100, "flag", "bad"),
    )
    marks = {"own": Mark.MET, "missed": Mark.MISSED}
    rating = Rating("peer", "r", "", "", marks, {"bad": True}, spans)
    longest = " ".join(["word"] * LONGEST_QUOTE_WORDS)
    assert quotes(transcript, rating, "criterion", "own") == (longest,)
    assert quotes(transcript, rating, "criterion", "missed") == ()
    assert quotes(transcript, rating, "flag", "bad") == (longest,)
