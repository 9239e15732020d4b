import pytest

from tests.analysis.conftest import a_criterion, a_cue, a_flag, a_rubric
from trainer.analysis.copies import read_once
from trainer.analysis.notes import fewest_words, limits, note_silence
from trainer.analysis.rating import ChecklistRater
from trainer.analysis.types import Note, Remark
from trainer.bank.types import Library, Mark
from trainer.transcript.types import Transcript

STORY = (
    "In the winter of 2020 the heating of our ward broke. I called the engineer, I moved the two "
    "oldest men to the warm room, and I wrote their names on the door. By the morning it was "
    "mended. Since then I keep the number of the engineer in my pocket."
)


def kept(text: str) -> str:
    transcript = Transcript.typed(text)
    once, _ = read_once(transcript)
    return once.quote(0, len(once.words))


@pytest.mark.parametrize(
    "second",
    [
        STORY,
        STORY.upper(),
        STORY.replace(".", "").replace(",", ""),
        STORY.replace("winter", "spring").replace("two oldest", "three sickest"),
        " ".join(STORY.split()[:35]),
        f"{STORY} {STORY}",
    ],
    ids=["exact", "capitals", "without punctuation", "few words changed", "broken off", "thrice"],
)
def test_a_second_copy_is_left_out(second: str) -> None:
    assert kept(f"{STORY}\n\n{second}") == STORY


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"In the winter of 2020 the, sorry, I start again. {STORY}",
        f"{STORY} So, as I said, I called the engineer and I moved the two oldest men.",
        "I called, I called, I called my senior, and my senior, he came, he came at once.",
        "",
        "a a a a a a a a a a a a",
    ],
    ids=["once", "begun anew", "summed up", "stammered", "empty", "one word"],
)
def test_what_is_no_copy_is_kept_as_it_is(text: str) -> None:
    transcript = Transcript.typed(text)
    assert read_once(transcript)[0] is transcript


def test_a_note_limits_what_it_contradicts() -> None:
    deed = a_criterion(a_cue("x"), first_person=True)
    wish = a_criterion(a_cue("x"), factual=False)
    for note in (Note.SOMEBODY_ELSE, Note.CONDITIONAL):
        assert limits([note], deed, 100) is Mark.MISSED
        assert limits([note], wish, 100) is Mark.PARTLY
    for note in (Note.PASTED_TWICE, Note.TOO_SHORT, Note.CUT):
        assert limits([note], deed, 100) is Mark.MET
    assert limits([], deed, 3) is Mark.MISSED
    assert limits([], deed, 4) is Mark.MET


def test_only_what_asks_for_something_that_happened_needs_many_words(library: Library) -> None:
    few = {name for name, rubric in library.rubrics.items() if fewest_words(rubric) < 25}
    assert few == {"closing", "deflection", "situational"}
    assert fewest_words(a_rubric(a_criterion(a_cue("x")))) < 25


WISH = (
    "I would call the engineer and I would move the oldest men to a warm room. I would write "
    "their names on the door, and I would not leave before it is warm again."
)


@pytest.mark.parametrize(
    ("family", "question", "noted"),
    [
        ("star", "Tell me about a night when something broke.", True),
        ("star", "Would you like to tell us about a night when something broke?", True),
        ("star", "What would you do in a cold ward?", False),
        ("situational", "What would you do in a cold ward?", False),
        ("deflection", "Tell me about your plans for a family.", False),
    ],
)
def test_a_wish_is_noted_where_something_that_happened_is_asked_for(
    library: Library, rater: ChecklistRater, family: str, question: str, noted: bool
) -> None:
    rating = rater.rate(Transcript.typed(WISH), library.rubrics[family], question)
    assert (Note.CONDITIONAL in rating.notes) is noted


@pytest.mark.parametrize(
    "text",
    [
        "I'd a bus at five, we'd no phone, and I'd to walk to the ward each night in the snow of "
        "that year, three miles, with the bag of the porter on my back and the lamp in my hand.",
        "Every morning I would rise at four and I would read, and I would walk to the ward before "
        "the others, and I would ask the night nurse first, and she would give me the list.",
    ],
    ids=["I had", "I used to"],
)
def test_would_is_not_always_a_wish(library: Library, rater: ChecklistRater, text: str) -> None:
    rating = rater.rate(Transcript.typed(text), library.rubrics["star"], "Tell me about a winter.")
    assert Note.CONDITIONAL not in rating.notes


def test_a_friend_who_is_named_again_and_again_is_somebody_else(
    library: Library, rater: ChecklistRater
) -> None:
    text = (
        "i tell you about zurab zurab is my friend zurab took the keys and zurab opened the store "
        "and zurab gave the masks to the nurses then zurab wrote to the minister and the minister "
        "came and zurab told him to his face what we need this is zurab"
    )
    rating = rater.rate(Transcript.typed(text), library.rubrics["star"], "Tell me of a leader.")
    assert Note.SOMEBODY_ELSE in rating.notes


def test_a_mark_that_a_note_holds_down_is_no_guess(library: Library, rater: ChecklistRater) -> None:
    rubric = library.rubrics["star"]
    rating = rater.rate(Transcript.typed(WISH), rubric, "Tell me about a night on the ward.")
    deeds = {c.id for c in rubric.criteria if c.first_person and c.factual}
    assert deeds.isdisjoint(rating.unsure)


def test_rubrics_of_one_s_own_are_read_back_too() -> None:
    rubric = a_rubric(
        a_criterion(a_cue("boots"), name="boots"), a_flag(a_cue("late")), topic=("boots",)
    )
    assert ChecklistRater({}).rate(Transcript.typed("m p x a s r t"), rubric, "").notes


TALK = (
    "The river runs below the hospital and the nurses sing to it. Oh the night is long, and the "
    "moon stands over every bed. The rain comes down, the rain goes up, and the doctor dances."
)


@pytest.mark.parametrize("text", [TALK, "The tomatoes are cheap."], ids=["long", "too short"])
@pytest.mark.parametrize("family", ["ownership", "closing"])
def test_where_nothing_is_heard_and_nothing_else_is_said_a_note_tells_so(
    library: Library, rater: ChecklistRater, family: str, text: str
) -> None:
    rating = rater.rate(Transcript.typed(text), library.rubrics[family], "")
    assert rating.remark is None
    assert not any(rating.marks.values())
    assert Note.NOTHING_HEARD in rating.notes
    assert set(rating.notes) <= {Note.NOTHING_HEARD, Note.TOO_SHORT}


def test_that_nothing_is_heard_is_told_only_where_nothing_else_is() -> None:
    missed = [Mark.MISSED, Mark.MISSED]
    assert note_silence((), missed, None) == (Note.NOTHING_HEARD,)
    short = (Note.TOO_SHORT,)
    assert note_silence(short, missed, None) == (Note.TOO_SHORT, Note.NOTHING_HEARD)
    assert note_silence((), [Mark.MISSED, Mark.PARTLY], None) == ()
    assert note_silence((), missed, Remark.OFF_QUESTION) == ()
    for note in (Note.PASTED_TWICE, Note.SOMEBODY_ELSE, Note.CONDITIONAL, Note.CUT):
        assert note_silence((note,), missed, None) == (note,)
