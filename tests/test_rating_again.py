"""Rating an answer once more, over a real store: when it is offered, what it adds, what stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests import fakes
from trainer.analysis.settling import Decision
from trainer.analysis.types import Rating
from trainer.bank.types import Cue, Mark, Rubric
from trainer.coach.why import BY_A_PERSON
from trainer.encoder.problems import missing
from trainer.errors import StoreError, UsageError
from trainer.paths import Home
from trainer.recall import differs_today, encode_rubric
from trainer.services import Services
from trainer.store.database import Store
from trainer.store.types import StoredRating
from trainer.transcript.types import HeardWord, Sound, Transcript

TEXT = "It was hard for me. It was perhaps-acknowledge. Then came maybe-change."
CHANGED = {"change": Decision(Mark.MET, (8, 11))}


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    made = Services(home, Store.open(home), fakes.library, fakes.FakeRater)
    yield made
    made.close()


def answered(services: Services, text: str = TEXT) -> str:
    run = services.plan(question_ids=["low-score-direct"])
    return services.finish(replace(services.new_draft(run), text=text), run.item)


def rate_by(services: Services, version: str) -> None:
    """Let another version of the rater rate from now on."""
    services._rater = fakes.FakeRater(version=version)


def use_rubric(services: Services, rubric: Rubric | None) -> None:
    rubrics = {rubric.id: rubric} if rubric else {}
    services._library = replace(fakes.library(), rubrics=rubrics)


def another() -> Rubric:
    rubric = fakes.rubric()
    first, second = rubric.criteria
    cue = Cue(id="other", weight=1.0, any=("other",))
    return replace(rubric, criteria=(replace(first, cues=(*first.cues, cue)), second))


def outdated(services: Services, attempt_id: str) -> bool:
    return services.is_outdated(services.view(attempt_id))


def test_a_newer_rater_rates_again_and_the_rating_before_stays(services: Services) -> None:
    attempt_id = answered(services)
    assert not outdated(services, attempt_id)
    rate_by(services, "fake-2")
    assert outdated(services, attempt_id)
    before = services.view(attempt_id)
    services.rate_again(attempt_id)
    after = services.view(attempt_id)
    old, new = after.record.ratings
    assert before.record.ratings == (old,)
    assert (new.rating.scorer_version, new.transcript_id) == ("fake-2", old.transcript_id)
    assert (after.versions, after.rating_number, after.stored) == (1, 2, new)
    assert not outdated(services, attempt_id)


def test_words_that_were_corrected_since_are_not_outdated(services: Services) -> None:
    attempt_id = answered(services)
    rate_by(services, "fake-2")
    services.correct(attempt_id, "I acknowledge it.")
    assert not services.is_outdated(services.view(attempt_id, 1))
    assert not outdated(services, attempt_id)


def test_a_changed_checklist_is_stored_with_the_new_rating(services: Services) -> None:
    attempt_id = answered(services)
    use_rubric(services, another())
    assert outdated(services, attempt_id)
    services.rate_again(attempt_id)
    assert services.view(attempt_id).rubric == another()
    assert services.view(attempt_id, rating=1).rubric == fakes.rubric()
    assert not outdated(services, attempt_id)


def test_what_was_settled_is_carried_over(services: Services) -> None:
    attempt_id = answered(services)
    services.settle(attempt_id, CHANGED)
    rate_by(services, "fake-2")
    services.rate_again(attempt_id)
    ratings = services.view(attempt_id).record.ratings
    versions = [(one.rating.scorer_version, one.rating.settled) for one in ratings]
    settled = ("change",)
    assert versions == [("fake-1", ()), ("fake-1", settled), ("fake-2", ()), ("fake-2", settled)]
    assert ratings[-1].rating.marks["change"] is Mark.MET


def test_what_another_window_settles_meanwhile_is_carried_over_too(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = answered(services)

    class Slow(fakes.FakeRater):
        def rate(self, transcript: Transcript, rubric: Rubric, question: str) -> Rating:
            services.settle(attempt_id, CHANGED)
            return super().rate(transcript, rubric, question)

    services._rater = Slow(version="fake-2")
    services.rate_again(attempt_id)
    assert services.view(attempt_id).record.ratings[-1].rating.settled == ("change",)


def test_words_that_another_window_corrects_meanwhile_keep_the_newest_rating(
    services: Services,
) -> None:
    attempt_id = answered(services)

    class Slow(fakes.FakeRater):
        def rate(self, transcript: Transcript, rubric: Rubric, question: str) -> Rating:
            services._rater = fakes.FakeRater()
            services.correct(attempt_id, "I acknowledge it.")
            return super().rate(transcript, rubric, question)

    services._rater = Slow(version="fake-2")
    with pytest.raises(UsageError, match="changed meanwhile"):
        services.rate_again(attempt_id)
    view = services.view(attempt_id)
    assert len(view.record.ratings) == 2
    assert view.rating
    assert view.rating.scorer_version == "fake-1"


def test_guessed_words_are_never_accepted_by_it(services: Services) -> None:
    words = (HeardWord(word, n, n + 1, 0.9) for n, word in enumerate(("i", "acknowledge")))
    heard = Transcript.heard(words, "builtin", Sound(((0.0, 2.0),)))
    run = services.plan(question_ids=["low-score-direct"])
    draft = replace(services.new_draft(run), text=heard.text, heard=heard)
    attempt_id = services.finish(draft, run.item, accepted=False)
    with pytest.raises(UsageError, match="nobody has corrected or accepted"):
        services.rate_again(attempt_id)
    view = services.view(attempt_id)
    assert (view.versions, view.record.ratings) == (1, ())
    assert not services.is_outdated(view)


def test_without_a_checklist_nothing_is_offered_and_nothing_changes(services: Services) -> None:
    attempt_id = answered(services)
    use_rubric(services, None)
    assert not outdated(services, attempt_id)
    with pytest.raises(UsageError, match="no checklist"):
        services.rate_again(attempt_id)
    assert len(services.view(attempt_id).record.ratings) == 1
    services.delete(attempt_id)
    with pytest.raises(UsageError, match="no attempt"):
        services.rate_again(attempt_id)


def test_a_rater_that_fails_leaves_everything_as_it_was(services: Services) -> None:
    class Broken(fakes.FakeRater):
        def rate(self, transcript: Transcript, rubric: Rubric, question: str) -> Rating:
            raise ZeroDivisionError

    attempt_id = answered(services)
    services._rater = Broken()
    with pytest.raises(UsageError, match="could not be rated again"):
        services.rate_again(attempt_id)
    assert len(services.view(attempt_id).record.ratings) == 1


def test_an_older_rating_is_shown_by_its_number_and_cannot_be_settled(services: Services) -> None:
    attempt_id = answered(services)
    rate_by(services, "fake-2")
    services.rate_again(attempt_id)
    older, newest = services.view(attempt_id, 1, 1), services.view(attempt_id)
    assert older.rating
    assert (older.rating.scorer_version, older.is_newest) == ("fake-1", False)
    assert older.report.scorer_version == "fake-1"
    assert newest.is_newest
    assert services.doubts(newest)
    assert services.doubts(older) == ()
    for number in (0, 3):
        with pytest.raises(UsageError, match=f"no rating {number} .* 1 to 2"):
            services.view(attempt_id, rating=number)


def test_a_person_s_rating_is_shown_as_a_person_s(services: Services) -> None:
    attempt_id = answered(services)
    services.rate_self(attempt_id, {"acknowledge": Mark.MET, "change": Mark.PARTLY})
    assert services.view(attempt_id).rating_number == 1
    own = services.view(attempt_id, rating=2)
    assert own.report.method
    assert own.report.method.name == "Your own marks"
    assert [line.mark for line in own.report.lines] == [Mark.MET, Mark.PARTLY]
    assert own.report.score
    assert (own.report.advice, own.report.story) == (None, None)
    assert [line.comment for line in own.report.lines] == [x.meaning for x in own.report.lines]
    assert services.doubts(own) == ()
    assert services.why(own).note == BY_A_PERSON


# When today's rater differs

LACKING = missing(Path("encoder.npz"))
WITH_HEAD = replace(
    fakes.rubric(), flags=(replace(fakes.rubric().flags[0], head="ownership/blame"),)
)


def stored(scorer_version: str, rubric: Rubric) -> StoredRating:
    rating = Rating("machine", rubric.id, rubric.version, scorer_version, {}, {}, ())
    return StoredRating("r", "a", "t", "2026-03-02T09:00:00Z", rating, 50.0, encode_rubric(rubric))


@pytest.mark.parametrize(
    ("before", "today", "lacks", "differs"),
    [
        ("cues-2+encoder-1", "cues-2+encoder-1", False, False),
        ("cues-2+encoder-1", "cues-2+encoder-2", False, True),
        ("cues-2", "cues-2+encoder-1", False, True),
        ("cues-2+encoder-1", "cues-2", True, False),
        ("cues-1", "cues-2", True, True),
        ("cues-2", "cues-2", True, False),
    ],
)
def test_an_install_that_lacks_its_reader_offers_nothing_worse(
    before: str, today: str, lacks: bool, differs: bool
) -> None:
    assert differs_today(stored(before, WITH_HEAD), WITH_HEAD, today, lacks=lacks) is differs


def test_for_a_checklist_without_heads_only_the_keywords_count() -> None:
    rubric = fakes.rubric()
    assert not differs_today(stored("cues-2", rubric), rubric, "cues-2+encoder-1")
    assert differs_today(stored("cues-1", rubric), rubric, "cues-2+encoder-1")


def test_a_checklist_that_cannot_be_read_is_outdated() -> None:
    unreadable = replace(stored("cues-2", WITH_HEAD), rubric_json="{}")
    assert differs_today(unreadable, WITH_HEAD, "cues-2")
    assert not differs_today(unreadable, WITH_HEAD, "cues-2", lacks=True)


def test_a_store_that_fails_keeps_both_ratings_out(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = answered(services)
    services.settle(attempt_id, CHANGED)
    rate_by(services, "fake-2")

    def fail(*_: object) -> None:
        raise StoreError("The disk is full.", "Make room.")

    monkeypatch.setattr("trainer.store.database.listing.refresh", fail)
    with pytest.raises(StoreError):
        services.rate_again(attempt_id)
    monkeypatch.undo()
    assert len(services.view(attempt_id).record.ratings) == 2
