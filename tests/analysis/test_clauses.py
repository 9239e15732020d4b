import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.analysis.clauses import MOST_CLAUSE_WORDS, split
from trainer.analysis.tokens import read
from trainer.transcript.types import Transcript, Word


def clauses(transcript: Transcript) -> list[str]:
    return [transcript.quote(c.start, c.end) for c in split(transcript, read(transcript))]


def heard(text: str, pauses: dict[int, float]) -> Transcript:
    """Return a transcript whose word `k` is followed by `pauses[k]` seconds of silence."""
    at_s, words = 0.0, []
    for k, word in enumerate(Transcript.typed(text).words):
        words.append(Word(word.start, word.end, at_s, at_s + 0.3))
        at_s += 0.3 + pauses.get(k, 0.05)
    return Transcript(text, tuple(words), "vosk")


def test_typed_text_is_cut_at_sentences_and_before_new_subjects():
    text = "I failed Step 1 in 2019. My father was ill, but I had also started too late."
    assert clauses(Transcript.typed(text)) == [
        "I failed Step 1 in 2019.",
        "My father was ill,",
        "but I had also started too late.",
    ]


def test_a_list_stays_in_one_clause_and_an_abbreviation_ends_no_sentence():
    text = "I called Dr. Khan, the nurse, and a pharmacist."
    assert clauses(Transcript.typed(text)) == [text]


def test_text_without_case_and_punctuation_is_cut_at_discourse_openers():
    text = (
        "it was my second month of training and i was the intern on call so i went to the room "
        "and i asked the nurse what had happened since then i always ask first"
    )
    assert clauses(Transcript.typed(text)) == [
        "it was my second month of training",
        "and i was the intern on call",
        "so i went to the room",
        "and i asked the nurse what had happened",
        "since then i always ask first",
    ]


def test_a_pause_ends_a_clause_and_a_long_one_a_sentence():
    text = "we gave the first dose early everyone was relieved that the fever fell"
    assert len(clauses(heard(text, {}))) == 1
    assert clauses(heard(text, {5: 0.45}))[0] == "we gave the first dose early"
    spoken = heard(text, {5: 1.2})
    assert [c.sentence for c in split(spoken, read(spoken))] == [0, 1]


@given(
    st.lists(
        st.sampled_from(
            ["and", "i", "we", "ran", "ward,", "home.", "so", "", "?", "the", "\u05d0"]
        ),
        max_size=200,
    ),
    st.booleans(),
)
def test_clauses_cover_every_word_once_and_never_span_sentences(words, timed):
    text = " ".join(words)
    transcript = heard(text, {4: 0.5, 9: 1.5}) if timed else Transcript.typed(text)
    found = split(transcript, read(transcript))
    covered = [k for clause in found for k in range(clause.start, clause.end)]
    assert covered == list(range(len(transcript.words)))
    for clause in found:
        assert 0 < clause.end - clause.start <= MOST_CLAUSE_WORDS
        inside = range(clause.start, clause.end - 1)
        assert not any(transcript.quote(k, k + 1).endswith((".", "?")) for k in inside)


@pytest.mark.parametrize("text", ["", "   ", "word", ".", "\x00 \x07", "\U0001f600 \U0001f600"])
def test_the_smallest_texts(text):
    transcript = Transcript.typed(text)
    assert sum(c.end - c.start for c in split(transcript, read(transcript))) == len(
        transcript.words
    )
