"""Settling what is not sure, over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests import fakes
from trainer import records
from trainer.analysis.settling import Decision
from trainer.analysis.types import Rating
from trainer.bank.types import Mark
from trainer.errors import StoreError, UsageError
from trainer.paths import Home
from trainer.recall import AttemptView
from trainer.services import Services
from trainer.store import attempts
from trainer.store.database import Store

TEXT = "It was hard for me. It was perhaps-acknowledge. Then came maybe-change."
CHANGED = {"change": Decision(Mark.MET, (8, 11))}


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    made = opened(home)
    yield made
    made.close()


def opened(home: Home) -> Services:
    return Services(home, Store.open(home), fakes.library, fakes.FakeRater)


def answered(services: Services, text: str = TEXT) -> str:
    run = services.plan(question_ids=["low-score-direct"])
    return services.finish(replace(services.new_draft(run), text=text), run.item)


def rating_of(view: AttemptView) -> Rating:
    assert view.rating
    return view.rating


def test_a_decision_is_a_new_rating_of_the_same_words(services: Services) -> None:
    attempt_id = answered(services)
    before = services.view(attempt_id)
    services.settle(attempt_id, CHANGED, before.transcript.id)
    after = services.view(attempt_id)
    old, new = after.record.ratings
    assert before.record.ratings == (old,)
    assert (after.versions, new.transcript_id) == (1, old.transcript_id)
    assert new.rubric_json == old.rubric_json
    assert (new.rating.rater, new.rating.scorer_version) == ("machine", "fake-1")
    assert (new.rating.marks["change"], new.rating.settled) == (Mark.MET, ("change",))
    assert rating_of(after).unsure == ("acknowledge",)
    (line,) = (line for line in after.report.lines if line.id == "change")
    assert line.quotes == ("Then came maybe-change.",)
    assert after.report.score
    assert after.report.score.value == new.score > old.score
    assert [summary.score for summary in services.answers()] == [new.score]


def test_the_band_is_narrower_with_every_decision(services: Services) -> None:
    attempt_id = answered(services)
    widths = []
    for decisions in ({}, {"acknowledge": Decision(Mark.PARTLY)}, CHANGED):
        services.settle(attempt_id, decisions)
        score = services.view(attempt_id).report.score
        assert score
        widths.append(score.high - score.low)
    assert sorted(widths, reverse=True) == widths
    assert widths[-1] == 16
    assert len(services.view(attempt_id).record.ratings) == 3


def test_what_cannot_be_settled_is_told_and_nothing_is_stored(services: Services) -> None:
    attempt_id = answered(services, "I acknowledge it, and maybe-change.")
    changed = {"change": Decision(Mark.MET, (0, 3))}
    sure = {**changed, "acknowledge": Decision(Mark.MISSED)}
    for decisions, told in (
        (sure, "is sure"),
        ({"change": Decision(Mark.MET, (0, 99))}, "No words .* choose the words"),
        ({"change": Decision(Mark.MET, (3, 3))}, "No words"),
        ({"change": Decision(Mark.MET)}, "No words"),
    ):
        with pytest.raises(UsageError, match=told):
            services.settle(attempt_id, decisions)
    with pytest.raises(UsageError, match="no attempt"):
        services.settle("nope", CHANGED)
    assert len(services.view(attempt_id).record.ratings) == 1


def test_only_the_newest_words_can_be_settled(services: Services) -> None:
    attempt_id = answered(services)
    shown = services.view(attempt_id)
    services.correct(attempt_id, "Then came my maybe-change.")
    assert services.doubts(services.view(attempt_id, 1)) == ()
    assert [d.criterion_id for d in services.doubts(services.view(attempt_id))] == ["change"]
    with pytest.raises(UsageError, match="have been changed"):
        services.settle(attempt_id, CHANGED, shown.transcript.id)
    services.settle(attempt_id, {"change": Decision(Mark.MISSED)})


def test_words_without_a_rating_or_with_a_remark_are_told(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = services.plan(question_ids=["small-talk-journey"])
    bare = services.finish(replace(services.new_draft(run), text="Yes."), run.item)
    with pytest.raises(UsageError, match="no rating"):
        services.settle(bare, CHANGED)
    rate = fakes.FakeRater.rate

    def remark(*given: Any) -> Rating:
        return replace(rate(*given), remark="off_question")  # type: ignore[arg-type]

    monkeypatch.setattr(fakes.FakeRater, "rate", remark)
    attempt_id = answered(services)
    assert services.doubts(services.view(attempt_id)) == ()
    with pytest.raises(UsageError, match="no marks to settle"):
        services.settle(attempt_id, CHANGED)


def test_words_that_are_rated_again_keep_what_was_settled(services: Services) -> None:
    attempt_id = answered(services)
    services.settle(attempt_id, CHANGED)
    services.correct(attempt_id, TEXT)
    again = services.view(attempt_id)
    assert (again.versions, rating_of(again).settled) == (1, ("change",))
    assert [stored.rating.settled for stored in again.record.ratings] == [
        (),
        ("change",),
        (),
        ("change",),
    ]
    services.correct(attempt_id, f"Well. {TEXT}")
    mended = services.view(attempt_id)
    assert (mended.versions, rating_of(mended).settled) == (2, ("change",))
    assert rating_of(mended).spans_of("criterion", "change")[0].start == 9
    assert mended.report.notes == ()
    services.correct(attempt_id, "Then came perhaps-acknowledge, and maybe a change.")
    lost = services.view(attempt_id)
    assert rating_of(lost).settled == ()
    assert lost.report.notes == (
        "Before the words were changed you had settled “You changed”. The machine marks it again.",
    )
    assert services.view(attempt_id, version=1, rating=1).report.notes == ()
    services.correct(attempt_id, "Then came perhaps-acknowledge, and a maybe-change.")
    services.settle(attempt_id, {"change": Decision(Mark.MISSED)})
    assert services.view(attempt_id).report.notes == ()


def test_two_windows_that_settle_at_once_lose_nothing(
    services: Services, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = answered(services)
    other = opened(home)
    other.store._database.connection.execute("PRAGMA busy_timeout = 0")
    named = {"acknowledge": Decision(Mark.MET)}
    settled_of = records.settled_of

    def meanwhile(*given: Any) -> Any:
        """Let the other window try when this one has read and not yet written."""
        monkeypatch.undo()
        with pytest.raises(StoreError, match="Another program"):
            other.settle(attempt_id, named)
        return settled_of(*given)

    monkeypatch.setattr(records, "settled_of", meanwhile)
    services.settle(attempt_id, CHANGED)
    other.settle(attempt_id, named)
    other.close()
    newest = services.view(attempt_id).record.ratings[-1].rating
    assert newest.settled == ("change", "acknowledge")
    assert set(newest.marks.values()) == {Mark.MET}


def test_a_decision_that_cannot_be_stored_leaves_all_as_it_was(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = answered(services)

    def fail(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(attempts, "add_rating", fail)
    with pytest.raises(StoreError):
        services.settle(attempt_id, CHANGED)
    assert len(services.view(attempt_id).record.ratings) == 1
