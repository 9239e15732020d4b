from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transcript.misheard import (
    UNSEEN,
    answers,
    in_sentences,
    mishearings,
    transcript,
)
from trainer.bank.loading import load_library
from trainer.bank.types import Term
from trainer.paths import shipped
from trainer.transcript.correction import align
from trainer.transcript.likely import MOST, MOST_WORDS, Likely, find_likely
from trainer.transcript.types import Source, Transcript, Word

TERMS = (
    Term("USMLE", ("u s m l e",), "exam"),
    Term("metformin", (), "drug"),
    Term("Step 2 CK", ("step two c k",), "exam"),
    Term("Cleveland Clinic"),
    Term("sepsis"),
    Term("PGY-1", ("p g y one",)),
)
PIECES = (
    "you smell ee met form in sep sis step to see kay leave land clinic the a i said this foreman"
    " u s m l e metformin usmle sepsis pigeon why one and … 日本 pgy-1"
)
WORDS = st.sampled_from(PIECES.split())
HEARD = st.lists(st.tuples(WORDS, st.booleans()), max_size=25)


def found(text: str, source: Source = "vosk") -> tuple[Likely, ...]:
    """Find in words of which those with a question mark are unsure."""
    words = [(word.removesuffix("?"), word.endswith("?")) for word in text.split()]
    return find_likely(transcript(words, source), TERMS)


def offers(text: str, source: Source = "vosk") -> list[str]:
    return [likely.text for likely in found(text, source)]


def accept(words: Transcript, likely: Likely) -> Transcript:
    start, end = words.words[likely.start].start, words.words[likely.end - 1].end
    return align(words, words.text[:start] + likely.text + words.text[end:])


def test_one_word_or_several_are_found() -> None:
    (likely,) = found("i passed the you? smell? ee? in may")
    assert (likely.start, likely.end, likely.text, likely.term.kind) == (3, 6, "USMLE", "exam")
    assert offers("we gave met? form in? to her") == ["metformin"]
    assert offers("the step to? see? kay score") == ["Step 2 CK"]


def test_words_heard_surely_are_left_alone() -> None:
    assert offers("we gave met form in to her and passed the you smell ee") == []
    assert offers("we? gave met form in") == []


def test_of_a_rough_draft_every_word_is_unsure() -> None:
    assert offers("we gave met form in to her", "builtin") == ["metformin"]


def test_a_term_that_stands_there_is_not_offered_again() -> None:
    assert offers("we gave metformin? to? her") == []
    assert offers("as a pgy-1? i was") == []
    assert offers("the cleveland? clinic? in") == []


def test_another_form_of_the_word_was_not_misheard() -> None:
    terms = (Term("residency"),)
    assert find_likely(transcript([("residence", True)]), terms) == ()


def test_typed_and_corrected_words_are_the_speakers_own() -> None:
    assert find_likely(Transcript.typed("met form in"), TERMS) == ()
    words = transcript([("met", True), ("form", True), ("in", True)])
    corrected = replace(words.words[1], confidence=None)
    mixed = replace(words, words=(words.words[0], corrected, words.words[2]))
    assert find_likely(mixed, TERMS) == ()


def test_figures_sound_as_they_were_said() -> None:
    words = (Word(0, 4, 0, 1, 0.9), Word(5, 6, 1, 2, 0.4, "two"), Word(7, 10, 2, 3, 0.4))
    heard = Transcript("step 2 sea", (*words, Word(11, 13, 3, 4, 0.4)), "vosk")
    heard = replace(heard, text="step 2 sea kay")
    heard = replace(heard, words=(*words, Word(11, 14, 3, 4, 0.4)))
    assert [one.text for one in find_likely(heard, TERMS)] == ["Step 2 CK"]


def test_punctuation_behind_the_words_stays() -> None:
    words = align(transcript([("sep", True), ("sis", True)]), "sep sis.")
    assert [one.text for one in find_likely(words, TERMS)] == ["sepsis."]


def test_the_first_of_two_terms_that_sound_the_same_wins() -> None:
    terms = (Term("metformin"), Term("Met Foreman", ("metformin",)))
    words = transcript([("met", True), ("form", True), ("in", True)])
    assert find_likely(words, terms)[0].term == terms[0]
    assert find_likely(words, terms[::-1])[0].term == terms[1]


def test_at_most_a_handful_the_most_alike_first() -> None:
    text = " and then ".join(["met? form? in?", "sep? sis?", "you? smell? ee?"] * 4)
    likely = found(text)
    assert len(likely) == MOST
    assert [one.likeness for one in likely] == sorted((o.likeness for o in likely), reverse=True)


def test_without_terms_or_words_nothing_is_found() -> None:
    assert find_likely(transcript([("met", True)]), ()) == ()
    assert find_likely(transcript([]), TERMS) == ()
    assert find_likely(transcript([("met", True)]), (Term("日本"), Term("…"))) == ()


@settings(max_examples=60, deadline=None)
@given(HEARD, st.sampled_from(["vosk", "builtin"]))
def test_suggestions_are_spans_with_doubt_that_never_overlap(
    words: list[tuple[str, bool]], source: Source
) -> None:
    heard = transcript(words, source)
    likely = find_likely(heard, TERMS)
    assert likely == find_likely(heard, TERMS)
    taken: set[int] = set()
    for one in likely:
        assert 0 <= one.start < one.end <= len(words)
        assert one.end - one.start <= MOST_WORDS
        assert 0 <= one.likeness <= 1
        assert one.text.startswith(one.term.text)
        assert source == "builtin" or any(unsure for _, unsure in words[one.start : one.end])
        assert taken.isdisjoint(range(one.start, one.end))
        taken |= set(range(one.start, one.end))


@settings(max_examples=60, deadline=None)
@given(HEARD)
def test_what_was_taken_holds_the_term_and_is_not_offered_again(
    words: list[tuple[str, bool]],
) -> None:
    heard = transcript(words)
    for one in find_likely(heard, TERMS)[:1]:
        after = accept(heard, one)
        assert one.text in after.text
        assert len(after.words) == len(heard.words) - (one.end - one.start) + len(one.text.split())
        begin = heard.words[one.start].start
        for again in find_likely(after, TERMS):
            span = after.words[again.start].start, after.words[again.end - 1].end
            assert span[1] <= begin or begin + len(one.text) <= span[0]


@pytest.fixture(scope="module")
def terms() -> tuple[Term, ...]:
    folder = shipped("question_banks")
    return load_library(folder, folder / "nowhere").terms


def test_little_is_offered_where_no_term_was_said(terms: tuple[Term, ...]) -> None:
    heard = list(answers(terms, UNSEEN, most=30))
    words = sum(len(answer.heard.words) for answer in heard)
    false = sum(len(find_likely(answer.heard, terms)) for answer in heard)
    assert words > 3500
    assert false < words / 300


def test_most_mishearings_that_were_not_tuned_on_are_found(terms: tuple[Term, ...]) -> None:
    around, pairs = list(answers(terms, UNSEEN, most=20)), mishearings(UNSEEN)
    cases = list(in_sentences(pairs, around, all_unsure=False, times=1))
    hits = 0
    for term, first, last, words in cases:
        near = [one for one in find_likely(words, terms) if one.start < last and first < one.end]
        hits += bool(near) and near[0].term.text == term
    assert hits >= 0.6 * len(cases)
