import json
from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analysis.conftest import FAMILIES, a_criterion, a_cue, a_flag, a_rubric
from trainer.analysis.clauses import split
from trainer.analysis.evidence import quotes
from trainer.analysis.rating import CUES_VERSION, ChecklistRater
from trainer.analysis.tokens import MOST_WORDS, read
from trainer.analysis.types import Rating, Remark
from trainer.bank.types import Levels, Mark
from trainer.transcript.types import Transcript

MISSED, PARTLY, MET = Mark.MISSED, Mark.PARTLY, Mark.MET

STORY = (
    "In my second year, on a Sunday night on the medical ward, a woman of seventy came in with a "
    "high potassium. I was the only doctor on call, and it was my job to bring it down. I called "
    "the pharmacist and asked her for calcium, I drew the blood again myself, and I told the nurse "
    "to repeat my order back. The pharmacist ran up with the box, and the nurse noticed that the "
    "line had slipped. By the morning the potassium was 4.9, and she went home on the fifth day. "
    "I learned that I forget things when I hurry. Since then I always read every order aloud."
)
RECORD = (
    "I failed Step 1 on my first attempt, and that is mine. I had read three books without testing "
    "myself. So I changed how I studied. Every morning before duty I did forty timed questions, I "
    "wrote every wrong answer in an error log, and each Friday I went through it with a resident. "
    "On Step 2 I got a 238, thirty points more than my practice tests. As an intern I will keep "
    "the same log for every diagnosis that I get wrong."
)
BEFORE = "Tell me about a failed attempt."


def rate(rater: ChecklistRater, library, family: str, text: str, question: str = BEFORE) -> Rating:
    return rater.rate(Transcript.typed(text), library.rubrics[family], question)


def marks(rating: Rating) -> set[Mark]:
    return set(rating.marks.values())


def test_full_answers_are_met_throughout(rater, library):
    assert marks(rate(rater, library, "ownership", RECORD)) == {MET}
    assert marks(rate(rater, library, "teamwork", STORY)) == {MET}
    assert marks(rate(rater, library, "star", STORY)) == {MET}


def test_case_and_punctuation_are_not_needed(rater, library):
    plain = "".join(c for c in STORY.lower() if c.isalnum() or c in " '")
    assert marks(rate(rater, library, "teamwork", plain)) == {MET}


def test_a_rating_names_its_rater_rubric_and_scorer(rater, library):
    rubric = library.rubrics["star"]
    rating = rate(rater, library, "star", STORY)
    assert (rating.rater, rating.scorer_version) == ("machine", CUES_VERSION)
    assert (rating.rubric_id, rating.rubric_version) == ("star", rubric.version)
    assert list(rating.marks) == [c.id for c in rubric.criteria]
    assert list(rating.flags) == [f.id for f in rubric.flags]
    assert rating.remark is None


# what must not be praised -----------------------------------------------------------------------


def test_a_friends_deed_is_not_the_speakers(rater, library):
    own = "I did forty timed questions every morning and wrote each mistake in an error log. "
    theirs = own.replace("I did", "My friend did").replace("and wrote", "and he wrote")
    start = "I failed Step 1 once, and I had no plan. "
    assert rate(rater, library, "ownership", start + own).marks["change"] == MET
    assert rate(rater, library, "ownership", start + theirs).marks["change"] < MET


def test_what_one_would_do_is_not_done(rater, library):
    done = "I did forty timed questions every morning and wrote each mistake in an error log. "
    planned = "I would do forty timed questions every morning and write each one in an error log. "
    start = "I failed Step 1 once, and I had no plan. "
    assert rate(rater, library, "ownership", start + done).marks["change"] == MET
    assert rate(rater, library, "ownership", start + planned).marks["change"] < MET


def test_a_hypothetical_story_has_no_action_and_is_flagged(rater, library):
    rating = rate(
        rater,
        library,
        "star",
        "If I had a conflict I would stay calm. I would listen to the nurse, I would explain my "
        "reasons, and then I would call the senior. I would never shout. We would find a way.",
    )
    assert rating.marks["action"] == MISSED
    assert rating.flags["hypothetical"]


def test_a_denied_change_is_no_change_and_did_not_just_is_no_denial():
    rubric = a_rubric(a_criterion(a_cue("work* harder|differently", "change*")))
    rater = ChecklistRater({})
    denied = rater.rate(Transcript.typed("I did not change anything at all"), rubric, "")
    assert denied.marks["own"] == MISSED
    more = rater.rate(Transcript.typed("I did not just work harder than before"), rubric, "")
    assert more.marks["own"] == MET


def test_effort_alone_is_no_change(rater, library):
    rating = rate(
        rater,
        library,
        "ownership",
        "I failed Step 1. After that I worked much harder, day and night, fourteen hours a day, "
        "with all my energy, and I believed in myself.",
    )
    assert rating.marks["change"] < MET
    assert rating.flags["vague_effort"]


def test_actions_told_as_we_are_partly_and_flagged(rater, library):
    rating = rate(
        rater,
        library,
        "star",
        "In 2021 in the emergency department of our hospital we had long waits. We met, we drew a "
        "chart, we trained the night shift, we wrote a protocol and we moved the trolley.",
    )
    assert rating.marks["action"] == PARTLY
    assert rating.flags["we_only"]


# remarks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "  \n ", "um, uh, well... like, you know", "...", "\U0001f642"]
)
def test_nothing_said_is_empty(rater, library, text):
    rating = rate(rater, library, "star", text)
    assert rating.remark is Remark.EMPTY
    assert marks(rating) == {MISSED}
    assert rating.spans == ()


QUESTION = "Tell me about a time when you disagreed with a senior colleague on the ward."


@pytest.mark.parametrize(
    "text", [QUESTION, QUESTION.lower(), f"{QUESTION} {QUESTION}", f"Okay. {QUESTION} Hm."]
)
def test_the_question_pasted_is_no_answer(rater, library, text):
    rating = rate(rater, library, "star", text, QUESTION)
    assert rating.remark is Remark.QUESTION_REPEATED
    assert marks(rating) == {MISSED}


def test_an_echo_of_the_question_at_the_start_earns_nothing_and_does_no_harm(rater, library):
    plain = rate(rater, library, "star", STORY, QUESTION)
    echoed = rate(rater, library, "star", f"{QUESTION} {STORY}", QUESTION)
    assert echoed.remark is None
    assert echoed.marks == plain.marks


def test_a_list_of_keywords_meets_nothing(rater, library):
    rating = rate(
        rater,
        library,
        "ownership",
        "Step 1 failure. Timed blocks, error log, weekly review, mentor, question bank, points, "
        "evaluation, letters, residency, boards, growth mindset, resilience, discipline, schedule.",
    )
    assert rating.remark is Remark.KEYWORDS
    assert marks(rating) == {MISSED}


def test_an_answer_pasted_twice_gains_nothing():
    rubric = a_rubric(a_criterion(a_cue("i called"), levels=Levels(0.5, 2.0)))
    once = "It was late and I called the ward."
    rater = ChecklistRater({})
    assert rater.rate(Transcript.typed(once), rubric, "").marks["own"] == PARTLY
    assert rater.rate(Transcript.typed(f"{once} {once}"), rubric, "").marks["own"] == PARTLY


def test_an_answer_to_another_question_is_told_and_still_marked(rater, library):
    football = "When I was nine I played with my brother in the garden and we broke a window."
    rating = rate(rater, library, "motivation", football)
    assert rating.remark is Remark.OFF_QUESTION
    assert set(rating.marks) == {c.id for c in library.rubrics["motivation"].criteria}


def test_an_answer_in_plain_indirect_words_is_not_refused(rater, library):
    text = (
        "It did not go well the first time, that is mine. I had believed that reading was enough. "
        "So I sat down every morning with forty of them and a clock, and the second time I passed."
    )
    assert rate(rater, library, "ownership", text).remark is None


# what a mark stands on --------------------------------------------------------------------------


def check(rating: Rating, transcript: Transcript, rubric) -> None:
    """Assert everything that holds for any rating."""
    assert set(rating.marks) == {c.id for c in rubric.criteria}
    assert set(rating.flags) == {f.id for f in rubric.flags}
    clauses = {k: c for c in split(transcript, read(transcript)) for k in range(c.start, c.end)}
    for span in rating.spans:
        clause = clauses[span.start]
        assert clause.start <= span.start < span.end <= clause.end
        assert span.end - span.start <= 40
        assert span.end - span.start >= min(4, clause.end - clause.start)
        assert transcript.quote(span.start, span.end) in transcript.text
    for name, mark in rating.marks.items():
        assert bool(rating.spans_of("criterion", name)) is (mark > MISSED)
        assert all(span.reasons for span in rating.spans_of("criterion", name))
    for name, raised in rating.flags.items():
        assert bool(rating.spans_of("flag", name)) is raised
    parts = [k for s in rating.spans if s.kind == "part" for k in range(s.start, s.end)]
    assert len(parts) == len(set(parts))
    assert set(rating.unsure) <= set(rating.marks)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("text", [STORY, RECORD])
def test_every_mark_and_flag_has_its_words(rater, library, family, text):
    transcript, rubric = Transcript.typed(text), library.rubrics[family]
    rating = rater.rate(transcript, rubric, BEFORE)
    check(rating, transcript, rubric)
    assert rater.rate(transcript, rubric, BEFORE) == rating


def test_quotes_are_verbatim_with_the_strongest_first(rater, library):
    rating = rate(rater, library, "ownership", RECORD)
    transcript = Transcript.typed(RECORD)
    found = {name: quotes(transcript, rating, "criterion", name) for name in rating.marks}
    assert all(found.values())
    assert all(quote in RECORD for said in found.values() for quote in said)
    assert "238" in found["evidence"][0]
    assert "failed Step 1" in found["acknowledge"][0]


SAID = """i we my friend he called told the nurse would did not never failed step 1 score 204 two
    oh four since then now learned because every day , . ? ! ... \u2019 \u0645 \U0001f600 \x07
    question bank mentor resident as an will in 2019 on the ward patient died sorry just a number"""


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(SAID.split()), max_size=90).map(" ".join) | st.text(max_size=200),
    st.sampled_from(FAMILIES),
)
def test_any_text_is_rated_soundly(rater, library, text, family):
    transcript, rubric = Transcript.typed(text), library.rubrics[family]
    check(rater.rate(transcript, rubric, "Tell me about it."), transcript, rubric)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.sampled_from(FAMILIES))
def test_noise_after_an_answer_never_breaks_it(rater, library, noise, family):
    transcript = Transcript.typed(f"{STORY} {noise}")
    check(rater.rate(transcript, library.rubrics[family], ""), transcript, library.rubrics[family])


def test_story_parts_follow_each_other(rater, library):
    rating = rate(rater, library, "star", STORY)
    parts = [s for s in rating.spans if s.kind == "part"]
    order = ("situation", "task", "action", "result", "reflection")
    told = list(dict.fromkeys(s.name for s in sorted(parts, key=lambda s: s.start)))
    assert told == list(order)


def test_a_rubric_without_parts_has_no_part_spans(rater, library):
    rating = rate(rater, library, "motivation", STORY)
    assert not [s for s in rating.spans if s.kind == "part"]


# a rubric of the user's own ---------------------------------------------------------------------


def test_a_users_criterion_and_flag_are_rated_without_python():
    rubric = a_rubric(
        a_criterion(
            a_cue("i {cooked} ... {dish}", name="dish"),
            a_cue("for {number}|many people", name="many", alone=False),
            name="dinner",
            levels=Levels(0.8, 1.6),
            distinct=2,
            first_person=True,
        ),
        a_flag(a_cue("microwave*", name="shortcut"), unless_met=("dinner",)),
    )
    rater = ChecklistRater({"cooked": ("cooked", "baked"), "dish": ("rice", "lamb stew")})
    full = Transcript.typed("On Eid I cooked a big lamb stew for forty people.")
    rating = rater.rate(full, rubric, "What did you do?")
    assert rating.marks == {"dinner": MET}
    assert rating.spans_of("criterion", "dinner")[0].reasons == ("dish", "many")
    half = rater.rate(Transcript.typed("I baked rice, in a microwave oven."), rubric, "")
    assert half.marks == {"dinner": PARTLY}
    assert half.flags == {"bad": True}


def test_a_general_cue_never_makes_a_criterion_met():
    rubric = a_rubric(a_criterion(a_cue("well", weight=2.0, general=True)))
    rating = ChecklistRater({}).rate(Transcript.typed("It all went well for us."), rubric, "")
    assert rating.marks["own"] == PARTLY


def test_evidence_must_begin_early_and_stay_short_where_the_rubric_says_so():
    filler = (
        "and then the day went on as it does in such a place, with the noise of the carts in the "
        "long corridor, the radio of the porter, and the rain against the windows of the ward. "
    )
    cue = a_cue("i failed")
    early = a_rubric(a_criterion(cue, within=0.2))
    short = a_rubric(a_criterion(cue, max_share=0.3))
    rater = ChecklistRater({})
    first = Transcript.typed("I failed it. " + filler)
    last = Transcript.typed(filler + "I failed it.")
    alone = Transcript.typed("I failed it, that is all of it.")
    assert rater.rate(first, early, "").marks["own"] == MET
    assert rater.rate(last, early, "").marks["own"] == PARTLY
    assert rater.rate(first, short, "").marks["own"] == MET
    assert rater.rate(alone, short, "").marks["own"] == PARTLY


def test_a_cue_counts_less_outside_its_zone_and_not_at_all_beside_an_unless():
    rubric = a_rubric(a_criterion(a_cue("home", unless=("never",), zone=(0.5, 1))))
    rater = ChecklistRater({})
    late = "It was a long and busy night on the ward, and she went home."
    early = "She went home. It was a long and busy night on the ward for us."
    assert rater.rate(Transcript.typed(late), rubric, "").marks["own"] == MET
    assert rater.rate(Transcript.typed(early), rubric, "").marks["own"] == MISSED
    assert (
        rater.rate(Transcript.typed(late.replace("went", "never went")), rubric, "").marks["own"]
        == MISSED
    )


def test_a_flag_weighs_its_cues_against_the_contrary_ones():
    we, own = a_cue("we {acted}", most=5), a_cue("i {acted}", most=5)
    rubric = a_rubric(a_criterion(own), a_flag(we, against=(own,), min_ratio=0.6))
    rater = ChecklistRater({})
    assert rater.rate(Transcript.typed("We ran, we called, I paged."), rubric, "").flags["bad"]
    mixed = rater.rate(Transcript.typed("We ran, I called, I paged."), rubric, "")
    assert not mixed.flags["bad"]


def test_a_flag_can_ask_for_a_share_of_the_answer():
    rubric = a_rubric(a_criterion(a_cue("x")), a_flag(a_cue("cried"), min_share=0.5))
    rater = ChecklistRater({})
    rest = "The rest of the day was a day like any other on our ward, and so was the next."
    assert rater.rate(Transcript.typed("She cried in the hall."), rubric, "").flags["bad"]
    assert not rater.rate(Transcript.typed(f"She cried there. {rest}"), rubric, "").flags["bad"]


def test_evidence_that_does_not_reach_the_next_mark_is_unsure():
    rubric = a_rubric(
        a_criterion(a_cue("one", weight=0.1), name="missed"),
        a_criterion(a_cue("one", weight=0.3), name="nearly"),
        a_criterion(a_cue("one", weight=0.8), name="between"),
        a_criterion(a_cue("one", weight=0.8, general=True), name="general"),
        a_criterion(a_cue("one", weight=1.0), name="met"),
    )
    rating = ChecklistRater({}).rate(Transcript.typed("This one was early."), rubric, "")
    assert list(rating.marks.values()) == [MISSED, MISSED, PARTLY, PARTLY, MET]
    assert rating.unsure == ("nearly", "between")


def test_rubrics_of_one_id_are_kept_apart():
    rater = ChecklistRater({})
    said = Transcript.typed("I called the ward.")
    assert rater.rate(said, a_rubric(a_criterion(a_cue("called"))), "").marks["own"] == MET
    assert rater.rate(said, a_rubric(a_criterion(a_cue("wrote"))), "").marks["own"] == MISSED


def test_a_broken_pattern_finds_nothing_and_breaks_nothing():
    rubric = a_rubric(a_criterion(a_cue("{nobody}", "(a)", "called")), topic=("{nobody}",))
    assert (
        ChecklistRater({}).rate(Transcript.typed("I called her back."), rubric, "").marks["own"]
        == MET
    )


def test_a_rating_is_plain_data(rater, library):
    assert json.dumps(asdict(rate(rater, library, "teamwork", STORY)))


# size -------------------------------------------------------------------------------------------


def test_the_work_grows_with_the_words_and_stops_at_the_cap(rater, library, monkeypatch):
    from trainer.analysis.matching import Matcher

    steps = 0
    plain = Matcher._ends

    def counted(self, items, start, limit):
        nonlocal steps
        steps += 1
        return plain(self, items, start, limit)

    monkeypatch.setattr(Matcher, "_ends", counted)

    def work(times: int) -> int:
        nonlocal steps
        steps = 0
        rate(rater, library, "teamwork", f"{STORY} " * times)
        return steps

    once, many = work(2), work(20)
    assert many < 12 * once
    capped = MOST_WORDS // len(STORY.split()) + 2
    assert work(capped * 3) == work(capped)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "\x00\x1b[31m" * 1000, "\u202eabc " * 3000])
def test_odd_bulk_is_rated(rater, library, text):
    transcript = Transcript.typed(text)
    check(rater.rate(transcript, library.rubrics["star"], ""), transcript, library.rubrics["star"])


def test_nothing_is_met_by_an_answer_to_another_kind_of_question(rater, library):
    motive = (
        "What I love is thinking. I chose this specialty after a night in August when I admitted "
        "a man of sixty on the ward in Oran. I drew the blood, I called the lab and I read the "
        "slide myself. He went home on the fifth day. I want to become a hematologist, and I "
        "speak French. Internal medicine is my field."
    )
    rating = rate(rater, library, "star", motive, "Tell me about a conflict.")
    assert MET not in rating.marks.values()
    record = rate(rater, library, "motivation", RECORD, "Why internal medicine?")
    assert MET not in record.marks.values()


def test_a_checklist_that_is_read_back_meets_nothing(rater, library):
    rubric = library.rubrics["ownership"]
    asks = " ".join(c.marks.met.replace("the speaker", "I") for c in rubric.criteria)
    assert MET not in rate(rater, library, "ownership", asks).marks.values()


def test_a_general_cue_needs_more_than_the_words_of_the_question():
    said = "A difficult patient can come to anybody on any day in this work of ours."
    general = a_rubric(a_criterion(a_cue("difficult patient", general=True)))
    solid = a_rubric(a_criterion(a_cue("difficult patient")))
    rater = ChecklistRater({})

    def mark(rubric, question):
        return rater.rate(Transcript.typed(said), rubric, question).marks["own"]

    asked = "Tell me about the most difficult patients."
    assert (mark(general, asked), mark(general, "Why us?")) == (MISSED, PARTLY)
    assert mark(solid, asked) is MET


def test_words_to_the_interviewer_are_no_communication(rater, library):
    told = "In March on the ward the nurse was late. As {} , it was a night without any doctor."
    listener = rate(rater, library, "teamwork", told.format("I told you"))
    nurse = rate(rater, library, "teamwork", told.format("I told the nurse that it was"))
    assert (listener.marks["communication"], nurse.marks["communication"]) == (PARTLY, MET)


def test_a_thought_that_one_had_then_is_no_waving_away(rater, library):
    then = "I told myself that it was just a test. It was 201, and it is mine."
    now = "I say it was just a test. It was 201, and it is mine."
    assert not rate(rater, library, "ownership", then).flags["minimise"]
    assert rate(rater, library, "ownership", now).flags["minimise"]
