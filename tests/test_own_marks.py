"""The speaker's own marks of an answer, over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from tests import fakes
from trainer.bank.types import Mark
from trainer.errors import UsageError
from trainer.paths import Home
from trainer.services import Services
from trainer.store.database import Store
from trainer.store.types import LibraryQuery

TEXT = "I acknowledge it. Then came maybe-change."
OWN = {"acknowledge": Mark.PARTLY, "change": Mark.MET}


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    made = Services(home, Store.open(home), fakes.library, fakes.FakeRater)
    yield made
    made.close()


def answered(services: Services, text: str = TEXT) -> str:
    run = services.plan(question_ids=["low-score-direct"])
    return services.finish(replace(services.new_draft(run), text=text), run.item)


def test_own_marks_stand_beside_the_machines_and_change_nothing_of_them(services: Services) -> None:
    attempt_id = answered(services)
    before = services.view(attempt_id)
    services.rate_self(attempt_id, OWN, before.transcript.id)
    after = services.view(attempt_id)
    machine, own = after.record.ratings
    assert before.record.ratings == (machine,)
    assert (after.rating, after.report.score) == (before.rating, before.report.score)
    assert (own.rating.rater, dict(own.rating.marks), own.rating.spans) == ("self", OWN, ())
    assert (own.transcript_id, own.rubric_json) == (machine.transcript_id, machine.rubric_json)
    (row,) = services.answers(LibraryQuery(rater="self"))
    assert (row.attempt.id, row.score) == (attempt_id, machine.score)


def test_later_own_marks_follow_the_earlier_ones(services: Services) -> None:
    attempt_id = answered(services)
    services.rate_self(attempt_id, OWN)
    services.rate_self(attempt_id, OWN | {"change": Mark.MISSED})
    record = services.view(attempt_id).record
    assert [r.rating.rater for r in record.ratings] == ["machine", "self", "self"]
    assert record.ratings[-1].rating.marks["change"] is Mark.MISSED


def test_own_marks_come_back_from_an_exported_history(services: Services, tmp_path: Path) -> None:
    attempt_id = answered(services)
    services.rate_self(attempt_id, OWN)
    record = services.view(attempt_id).record
    file = tmp_path / "history.json"
    file.write_text("".join(services.exchange.history_file((attempt_id,))), encoding="utf-8")
    services.delete_for_good(attempt_id)
    services.exchange.merge_file(file)
    assert services.view(attempt_id).record.ratings == record.ratings


@pytest.mark.parametrize(
    ("marks", "named"),
    [({}, "acknowledge"), ({"change": Mark.MET}, "acknowledge"), (OWN | {"x": Mark.MET}, "'x'")],
)
def test_marks_that_do_not_fit_the_checklist_are_refused(
    services: Services, marks: dict[str, Mark], named: str
) -> None:
    attempt_id = answered(services)
    with pytest.raises(UsageError, match=named):
        services.rate_self(attempt_id, marks)
    with pytest.raises(UsageError, match="not of that answer"):
        services.rate_self(attempt_id, OWN, "another")
    with pytest.raises(UsageError, match="no attempt"):
        services.rate_self("nowhere", OWN)
    assert len(services.view(attempt_id).record.ratings) == 1


def test_an_answer_that_the_machine_could_not_rate_is_marked_by_todays_checklist(
    home: Home,
) -> None:
    def fail(_: object) -> NoReturn:
        raise RuntimeError

    with Store.open(home) as store:
        services = Services(home, store, fakes.library, fail)
        attempt_id = answered(services)
        services.rate_self(attempt_id, OWN)
        view = services.view(attempt_id)
        assert view.rating is None
        assert services.checklist_of(view.record) == fakes.rubric()
        (own,) = view.record.ratings
        assert own.score > 0
