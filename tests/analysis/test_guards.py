import pytest

from trainer.analysis.bearing import Bearing, find_bearing, repeats_question
from trainer.analysis.clauses import split
from trainer.analysis.guards import (
    Standing,
    echoes,
    find_subject,
    is_denied,
    is_factual,
    is_stuffed,
    judge,
)
from trainer.analysis.tokens import read, read_text
from trainer.transcript.types import Transcript


@pytest.mark.parametrize(
    ("clause", "before", "subject"),
    [
        ("I changed my schedule", "none", "first"),
        ("so then I called him", "none", "first"),
        ("me I hear a murmur", "none", "first"),
        ("and paged the registrar", "first", "first"),
        ("my score rose by twenty points", "none", "first"),
        ("we made a chart", "none", "we"),
        ("my friend changed his schedule", "none", "other"),
        ("a colleague told me that I should rest", "none", "other"),
        ("one of my classmates did two blocks a day", "none", "other"),
        ("he did two blocks a day", "other", "other"),
        ("he did two blocks a day", "first", "none"),
        ("I asked my friend", "none", "first"),
        ("with my friend I did two blocks", "none", "first"),
        ("the patient was angry", "first", "first"),
    ],
)
def test_whose_clause_it_is(clause, before, subject):
    assert find_subject(read_text(clause), before) == subject


@pytest.mark.parametrize(
    ("clause", "factual"),
    [
        ("I made a calendar", True),
        ("I would make a calendar", False),
        ("I will find a tutor", False),
        ("I should have found a tutor", False),
        ("I plan to meet a mentor", False),
        ("I wish to do research", False),
        ("I'd call the senior", False),
        ("I asked her whether she could come", True),
        ("I did not want to leave", True),
        ("every morning I would do forty questions", True),
        ("I could not sleep", True),
        ("I called so that he would come", True),
    ],
)
def test_what_happened_and_what_is_only_planned(clause, factual):
    assert is_factual(read_text(clause)) is factual


@pytest.mark.parametrize(
    ("clause", "word", "denied"),
    [
        ("I did not change anything", "change", True),
        ("I never changed my plan", "changed", True),
        ("without a mentor", "mentor", True),
        ("I did not just work harder", "harder", False),
        ("I never went back to rereading", "rereading", False),
        ("I did not give up", "give", False),
        ("it was not easy but I changed", "changed", False),
        ("I changed it and nobody complained", "changed", False),
    ],
)
def test_a_negation_denies_what_follows_it_with_exceptions(clause, word, denied):
    tokens = read_text(clause)
    assert is_denied(tokens, 0, tokens.index(word)) is denied


def test_a_plan_goes_on_through_its_sentence_and_ends_with_it():
    transcript = Transcript.typed(
        "I'd make a calendar for the week, my mentor beside me every Sunday evening. "
        "I sat with my mentor every Sunday."
    )
    reading = read(transcript)
    standings = judge(reading, split(transcript, reading), set())
    assert [s.factual for s in standings] == [False, False, True]


def test_a_list_of_keywords_is_stuffed_and_broken_grammar_is_not():
    words = "timed blocks error log mentor weekly review question bank self assessment schedule"
    assert is_stuffed(read_text(words + " discipline resilience growth mindset"))
    assert not is_stuffed(
        read_text(
            "Third day girl discharge. Registrar give me plan on phone, I repeat number by number, "
            "lab man run with sample, sister tell me look lungs, I stop saline."
        )
    )


def test_an_opening_without_verbs_is_no_list_where_the_rest_tells_a_story():
    transcript = Transcript.typed(
        "Tamale, night shift, August 2022, medical ward. I was on duty alone and I tied a ribbon "
        "on every full cylinder. Since then nobody had to search for oxygen at night."
    )
    reading = read(transcript)
    assert not any(s.listed for s in judge(reading, split(transcript, reading), set()))


def _standings(text: str, asked: str = "") -> list[Standing]:
    transcript = Transcript.typed(text)
    reading = read(transcript)
    return judge(reading, split(transcript, reading), echoes(asked))


def _bearing(text: str) -> Bearing:
    return find_bearing(read_text(text), _standings(text))


def test_a_question_repeated_in_the_first_person_does_not_count():
    asked = "Tell me about a time you changed a plan that your team had agreed on."
    repeated, told = _standings(
        "I changed a plan that my team had agreed on. I changed the drug chart at noon.", asked
    )
    assert (repeated.counts, told.counts) == (False, True)


def test_a_cousins_story_is_his_and_ones_own_story_about_a_cousin_is_ones_own():
    cousin = (
        "My cousin is a surgeon. He moved to Lyon and he built a clinic there. He taught himself "
        "Greek because he wanted to, and every week he ran a class, so I admire him."
    )
    own = cousin + " I joined him, I cooked, I cleaned, I kept the list and I paid the rent."
    assert _bearing(cousin).of_another
    assert not _bearing(own).of_another
    assert not _bearing(cousin.replace("My cousin", "The man")).of_another


def test_an_answer_of_what_one_would_do_is_conditional_and_one_wish_does_not_make_it_so():
    wish = "I would call the family and I would find a quiet room for them. "
    deed = "I called the family from the ward and I found a quiet room for them. "
    assert _bearing(2 * wish).conditional
    assert not _bearing(wish + 2 * deed).conditional


def test_words_of_the_question_turned_round_and_round_are_no_answer():
    asked = read_text("Tell me about a conflict with a colleague and what you learned.")
    round_and_round = (
        "A conflict with a colleague, yes, there was a conflict, and the colleague was in the "
        "conflict with me, and I learned what one can learn when a colleague is in a conflict."
    )
    story = "The colleague on nights hid my charts, so I fetched coffee and asked her why she did."
    assert repeats_question(read_text(round_and_round), asked)
    assert not repeats_question(read_text(2 * story), asked)
