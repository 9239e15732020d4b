"""What other people did with an answer, on every page of it: names, marks in time, the round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Static

from tests import fakes
from tests.exchange.histories import answer
from trainer.analysis.types import Rater
from trainer.bank.types import Mark
from trainer.coach.hesitations import Hesitations
from trainer.coach.people import comments_of, describe_round, listeners_of
from trainer.exchange.markdown import write_markdown
from trainer.exchange.page import write_page
from trainer.lines.attempts import view_json, view_lines
from trainer.lines.versions import version_lines
from trainer.recall import AttemptView, decode_rubric, show_attempt
from trainer.review.comparing import compare
from trainer.review.sides import side_of
from trainer.review.telling import describe_side, tell_standing
from trainer.review.versions import list_versions
from trainer.store.types import MarkedMoment, SharedRole, SharedRound
from trainer.transcript.types import Transcript, Word
from trainer.tui.report_page import answer_side, rating_side
from trainer.tui.side_notes import side_notes

HOSTILE = "B<b>en\x1b"
TEXT = "I acknowledge it. Then came the change."


def heard(text: str = TEXT) -> Transcript:
    """Return words of which each begins a second after the one before."""
    typed = Transcript.typed(text)
    words = tuple(
        Word(word.start, word.end, float(at), at + 0.5) for at, word in enumerate(typed.words, 1)
    )
    return Transcript(text, words, "vosk")


def view(role: SharedRole = "candidate", *, spoken: bool = True, rating: int = 1) -> AttemptView:
    """Return an answer of Ann's that Ben asked for and rated, and Cat rated too."""
    record = answer(1, TEXT)
    machine = record.ratings[0]
    others: tuple[tuple[Rater, str, str, Mark], ...] = (
        ("self", "", "", Mark.MET),
        ("peer", HOSTILE, "*Slow* down <i>", Mark.MET),
        ("peer", "Cat", "", Mark.PARTLY),
    )
    given = tuple(
        replace(
            machine,
            id=f"peer-{number}",
            rating=replace(machine.rating, rater=rater, marks=marks, spans=(), scorer_version="p"),
            rater_name=name,
            comment=comment,
        )
        for number, (rater, name, comment, mark) in enumerate(others)
        for marks in (dict.fromkeys(machine.rating.marks, mark),)
    )
    moments = (
        MarkedMoment("m1", "a1", "good", 2.5, "clear", HOSTILE),
        MarkedMoment("m2", "a1", "filler", 6.4, "", "Cat"),
    )
    if spoken:
        words = replace(record.transcripts[0], transcript=heard())
        record = replace(record, transcripts=(words,))
    shared = SharedRound("a1", "s", 2, role, "Ann", HOSTILE, ("Cat", "Dan"))
    record = replace(record, ratings=(machine, *given), moments=moments, shared=shared)
    return show_attempt(record, None, fakes.library(), rating_number=rating)


def told_by(widgets: object) -> str:
    """Return what the statics of a side of the report say."""
    return "\n".join(str(one.content) for one in widgets if isinstance(one, Static))  # type: ignore[attr-defined]


def test_a_round_is_told_from_where_the_user_sat() -> None:
    def told(role: SharedRole, *observers: str) -> str:
        return describe_round(SharedRound("a", "s", 2, role, "Ann", "Ben", observers))

    assert told("candidate") == "Round 2 of a session. You answered, Ben asked."
    assert told("interviewer", "Cat", "Dan", "Eve") == (
        "Round 2 of a session. Ann answered, you asked, Cat, Dan and Eve watched. "
        "“You” below is Ann, who answered."
    )


def test_text_names_the_round_who_rated_and_what_they_marked_with_the_words() -> None:
    lines = "\n".join(view_lines(view()))
    assert "Session:   Round 2 of a session. You answered, B<b>en␛ asked, Cat and Dan" in lines
    assert "Rated by:  B<b>en␛ and Cat" in lines
    assert "Marked while listening: 1 good moment, 1 filler" in lines
    assert '0:02 good moment, B<b>en␛: clear ("I acknowledge")' in lines
    assert "\x1b" not in lines
    assert "B<b>en␛ wrote: *Slow* down <i>" in lines
    of_ben = "\n".join(view_lines(view(rating=3)))
    assert "B<b>en␛ gave these marks, by the same checklist." in of_ben
    of_ann = "\n".join(view_lines(view("interviewer")))
    assert "Ann's own marks: Ann gave" in of_ann


def test_json_has_the_round_the_moments_and_who_rated() -> None:
    value = view_json(view(rating=4))
    assert value["rater"] == "peer"
    assert value["rater_name"] == "Cat"
    assert value["round"]["interviewer"] == HOSTILE  # type: ignore[index]
    assert value["moments"][1] == {  # type: ignore[index]
        "kind": "filler",
        "at_s": 6.4,
        "name": "Cat",
        "text": "",
        "quote": "it. Then came the",
    }


def test_pages_to_read_elsewhere_tell_the_same_and_nothing_is_markup() -> None:
    html, markdown = "".join(write_page([view()])), "".join(write_markdown([view(rating=3)]))
    assert "<h3>Marked while listening</h3>" in html
    assert '<sup class="moment">+\u00a00:02</sup>' in html
    assert "A sign with a time is what somebody marked who listened" in html
    assert "0:02 good moment, B&lt;b&gt;en␛: clear <q>I acknowledge</q>" in html
    assert "<b>" not in html
    assert "## Marked while listening" in markdown
    assert "- Marks by: B\\<b\\>en␛'s marks" in markdown
    assert "- B\\<b\\>en␛ wrote: \\*Slow\\* down \\<i\\>" in markdown


def test_versions_and_comparisons_name_who_rated() -> None:
    record = view().record
    lines = "\n".join(version_lines(list_versions(record, decode_rubric)))
    assert "Cat's marks" in lines
    assert "B<b>en␛'s marks" in lines
    ben, cat = (side_of(record, decode_rubric, 1, number) for number in (3, 4))
    assert describe_side(cat).endswith("(Cat's marks)")
    reservations = " ".join(tell_standing(compare(ben, cat, {})))
    assert "Two raters gave the marks." in reservations


def test_a_mark_stands_in_the_margin_at_its_word_and_below_typed_words() -> None:
    shown = view()
    placed = {note.text: (note.sign, note.start) for note in side_notes(shown) if note.sign in "+~"}
    assert placed["0:02 good moment, B<b>en␛: clear"] == ("+", 1)
    assert placed["0:06 filler, Cat"] == ("~", 5)
    typed = view(spoken=False)
    assert not [note for note in side_notes(typed) if note.sign in "+~"]
    assert "~ 0:06 filler, Cat" in told_by(answer_side(typed, (), Hesitations()))
    assert "~ 0:06" not in told_by(answer_side(shown, (), Hesitations()))


@pytest.mark.parametrize(("role", "owner"), [("candidate", "Your"), ("interviewer", "Ann's")])
def test_the_report_says_whose_words_and_marks_they_are(role: SharedRole, owner: str) -> None:
    shown = view(role)
    page = told_by(rating_side(shown, ()))
    assert f"{owner} own marks" in page
    assert "Also rated by B<b>en␛ and Cat. V shows their marks." in page
    assert page.count("B<b>en␛ wrote: *Slow* down <i>") == 1
    assert f"{owner} words" in told_by(answer_side(shown, (), Hesitations()))
    of_ben = told_by(rating_side(view(role, rating=3), ()))
    assert "Also rated" not in of_ben


def test_who_rated_without_a_name_is_a_listener_once() -> None:
    record = view().record
    nameless = tuple(replace(one, rater_name="") for one in record.ratings)
    assert listeners_of(replace(record, ratings=nameless)) == ("a listener",)


def test_of_each_person_the_newest_comment_is_told() -> None:
    record = view().record
    machine, own, ben, cat = record.ratings
    later = replace(ben, id="later", comment="Calm now.")
    own = replace(own, comment="I forgot one.")
    told = comments_of(replace(record, ratings=(machine, own, ben, later, cat)))
    assert told == (("You", "I forgot one."), ("B<b>en␛", "Calm now."))
