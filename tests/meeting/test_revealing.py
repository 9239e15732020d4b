"""A revealed round as people look at it."""

from __future__ import annotations

from dataclasses import replace

from tests.peer import sessions
from trainer.analysis.types import Remark
from trainer.bank.types import Mark
from trainer.exchange.document import (
    FillerEntry,
    RatingEntry,
    SpanEntry,
    WordEntry,
)
from trainer.meeting.revealing import lay_side_by_side, rows_by_person
from trainer.meeting.telling_reveal import (
    names_in,
    tell_fillers,
    tell_machine,
    tell_marks_given,
    tell_where_sound_is,
)
from trainer.peer.seeing import view_for
from trainer.peer.types import (
    MACHINE,
    Answer,
    FormLine,
    FormRating,
    Moment,
    MomentKind,
    Phase,
    Round,
    RoundView,
    Session,
    SessionView,
)

FORM = (
    FormLine("c1", "Named", "Is it named?", sessions.MEANINGS),
    FormLine("c2", "Changed", "Did it change?", sessions.MEANINGS),
)
ASKED = replace(sessions.asked(1), form=FORM)


def spoken(filler: tuple[int, int] | None = (4, 6)) -> Answer:
    """Return an answer of three spoken words."""
    given = sessions.answer(ASKED, "a1")
    assert given.document
    (words,) = given.document.transcripts
    times = (
        WordEntry(0, 1, 61.0, 61.2),
        WordEntry(2, 7, 61.3, 62.0),
        WordEntry(8, 13, 62.0, 62.5),
    )
    counts = (FillerEntry("um", *filler),) if filler else None
    said = replace(
        words, source="vosk", words=times, delivery=replace(words.delivery, fillers=counts)
    )
    return replace(given, answer_s=70.0, document=replace(given.document, transcripts=(said,)))


def machine(remark: Remark | None = None) -> RatingEntry:
    entry = sessions.machine_entry(ASKED, "a1")
    marks = {"c1": Mark.MET.value, "c2": Mark.PARTLY.value}
    spans = (SpanEntry(1, 3, "criterion", "c1"),)
    return replace(entry, marks=marks, spans=spans, unsure=("c2",), remark=remark)  # type: ignore[arg-type]


def gave(who: str, one: int, other: int, note: str = "") -> FormRating:
    return FormRating(who, {"c1": Mark(one), "c2": Mark(other)}, note, sessions.moment(3))


def by_machine(remark: Remark | None = None) -> FormRating:
    return replace(gave(MACHINE, 2, 1), entry=machine(remark))


def marked(number: int, who: str, kind: MomentKind, at_s: float, text: str = "") -> Moment:
    return Moment(f"m{number}", who, kind, at_s, text)


MOMENTS = (
    marked(1, "cat", "filler", 12.0),
    marked(2, "ben", "filler", 12.2),
    marked(3, "ben", "note", 3.0, "calm"),
)


def seen(*ratings: FormRating, answer: Answer | None = None, **changes: object) -> SessionView:
    """Return what Ann sees of a revealed round in which she answered and Ben asked."""
    made = Round(
        1,
        ASKED,
        "ann",
        "ben",
        Phase.REVEALED,
        was_asked=True,
        answer=answer or spoken(),
        ratings=ratings,
        moments=MOMENTS,
    )
    session: Session = sessions.begun("ann", "ben", "cat")
    one = replace(made, **changes)  # type: ignore[arg-type]
    return view_for(replace(session, rounds=(one,), at=0), "ann")


def round_of(view: SessionView) -> RoundView:
    assert view.round
    return view.round


def test_raters_stand_in_order_and_the_quote_with_its_seconds() -> None:
    view = seen(gave("cat", 0, 1), by_machine(), gave("ben", 1, 1, "Good."), gave("ann", 2, 1))
    found = lay_side_by_side(round_of(view))
    assert [(one.id, one.part) for one in found.columns] == [
        ("ann", "candidate"),
        ("ben", "interviewer"),
        ("cat", "observer"),
        (MACHINE, "machine"),
    ]
    assert (found.columns[1].note, found.columns[3].unsure) == ("Good.", ("c2",))
    first, second = found.lines
    assert (first.marks, first.step, second.step) == ((2, 1, 0, 2), 2, 0)
    assert first.quote
    assert (first.quote.text, first.quote.start_s) == ("asked again", 61.3)
    assert tell_marks_given(found) == "The marks differ in 1 of 2 points. Talk about these first."


def test_a_rating_that_the_machine_refused_is_no_column() -> None:
    found = lay_side_by_side(round_of(seen(gave("ben", 1, 1), by_machine(Remark.OFF_QUESTION))))
    assert [one.id for one in found.columns] == ["ben"]
    assert found.remark is Remark.OFF_QUESTION
    assert "nothing to compare" in tell_marks_given(found)
    assert tell_machine(found) == (
        "The program gave no marks. I could not hear the subject of the question in this answer."
    )
    silent = lay_side_by_side(round_of(seen(gave("ben", 1, 1))))
    assert tell_machine(silent) == "The program gave no marks."
    assert tell_machine(lay_side_by_side(round_of(seen(by_machine())))) == ""


def test_moments_of_all_stand_by_their_second_and_by_who_marked_most() -> None:
    found = lay_side_by_side(round_of(seen()))
    assert [one.id for one in found.moments] == ["m3", "m1", "m2"]
    assert [(who, len(own)) for who, own in rows_by_person(found)] == [("ben", 2), ("cat", 1)]
    assert found.length_s == 70.0


def test_fillers_of_people_stand_beside_those_of_the_machine() -> None:
    view = seen()
    found = lay_side_by_side(round_of(view))
    told = tell_fillers(found.fillers, names_in(view))
    assert told == (
        'Filled pauses such as "um": the machine heard 4 to 6, Ben marked 1, Cat marked 1.'
    )
    silent = lay_side_by_side(round_of(seen(answer=spoken(None), moments=())))
    assert tell_fillers(silent.fillers, {}) == ""
    unsearched = lay_side_by_side(round_of(seen(answer=spoken(None))))
    assert tell_fillers(unsearched.fillers, names_in(view)).endswith(
        ": Ben marked 1, Cat marked 1."
    )


def test_a_question_without_a_form_and_words_that_never_came_leave_the_notes() -> None:
    bare = replace(ASKED, form=(), rubric_id=None)
    found = lay_side_by_side(round_of(seen(gave("ben", 1, 1, "Calm."), asked=bare, answer=None)))
    assert found.lines == ()
    assert found.columns[0].note == "Calm."
    assert tell_marks_given(found).endswith("notes only.")
    gone = lay_side_by_side(replace(round_of(seen(gave("ben", 1, 1))), answer=None))
    assert (gone.words, gone.length_s) == (None, 12.2)


def test_why_nothing_is_heard_here() -> None:
    typed = lay_side_by_side(round_of(seen(answer=sessions.answer(ASKED, "a1"))))
    assert "typed" in tell_where_sound_is(typed, "Ann")
    late = lay_side_by_side(replace(round_of(seen()), answer=None))
    assert "not here yet" in tell_where_sound_is(late, "Ann")
    assert "stays with Ann" in tell_where_sound_is(lay_side_by_side(round_of(seen())), "Ann")


def test_nobody_is_you_on_one_keyboard() -> None:
    assert names_in(seen())["ann"] == "You"
    assert names_in(seen(), says_you=False)["ann"] == "Ann"
