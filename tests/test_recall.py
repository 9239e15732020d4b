"""What explains a rating whose checklist was stored before any trained head, over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests import fakes
from trainer import recall
from trainer.analysis.rating import ChecklistRater
from trainer.bank.types import Rubric
from trainer.coach.why import NO_MARKS
from trainer.encoder.problems import EncoderError
from trainer.meeting.asking import run_of
from trainer.paths import Home
from trainer.peer.planning import asked_freely
from trainer.services import Services
from trainer.store.database import Store

TEXT = "I acknowledge it. Then I made a change, week after week."
RATED_OF_OLD = fakes.rubric()


def of_today(first_id: str = "acknowledge", *, flags: bool = True) -> Rubric:
    """Return the rubric as it is now: its first point has a trained head."""
    first = fakes.criterion(first_id, "You name it")
    criteria = (replace(first, head="star/action"), RATED_OF_OLD.criteria[1])
    kept = RATED_OF_OLD.flags if flags else ()
    return replace(RATED_OF_OLD, criteria=criteria, flags=kept, version="today")


class Install:
    """A history whose answer was rated of old, and a library that is then another."""

    def __init__(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.services = Services(home, Store.open(home), fakes.library, ChecklistRater)
        run = self.services.plan(question_ids=["low-score-direct"])
        draft = replace(self.services.new_draft(run), text=TEXT)
        self.attempt_id = self.services.finish(draft, run.item)

    def upgrade(self, rubric: Rubric, rater: ChecklistRater | None = None) -> None:
        """Have this rubric from now on, and a trained reader unless `rater` says otherwise."""
        library = replace(fakes.library(), rubrics={rubric.id: rubric})
        self._monkeypatch.setattr(self.services, "_library", library)
        rater = rater or ChecklistRater({}, fakes.FakeReader())
        self._monkeypatch.setattr(self.services, "_rater", rater)


@pytest.fixture
def install(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    made = Install(home, monkeypatch)
    yield made
    made.services.close()


def test_the_checklist_of_today_explains_as_the_answer_would_be_rated_again(
    install: Install,
) -> None:
    install.upgrade(of_today())
    services = install.services
    explained = services.why(services.view(install.attempt_id))
    assert explained.note == f"{recall.BY_TODAY} {recall.RATE_AGAIN}"
    first, second, flag = explained.lines
    assert first.why.trained
    assert not second.why.trained
    services.correct(install.attempt_id, TEXT)
    again = services.view(install.attempt_id)
    assert again.rating
    marks = {line.why.name: line.why.mark for line in (first, second)}
    assert (marks, flag.why.raised) == (again.rating.marks, again.rating.flags["blame"])
    anew = services.why(again)
    assert anew.note is None
    assert [line.why for line in anew.lines] == [line.why for line in explained.lines]


@pytest.mark.parametrize("today", [of_today("own"), of_today(flags=False)])
def test_keywords_explain_where_the_points_are_others_now(install: Install, today: Rubric) -> None:
    install.upgrade(today)
    explained = install.services.why(install.services.view(install.attempt_id))
    assert explained.note == f"{recall.BY_KEYWORDS} {recall.RATE_AGAIN}"
    assert [line.why.name for line in explained.lines] == ["acknowledge", "change", "blame"]
    assert not any(line.why.trained for line in explained.lines)


def test_no_trained_reader_is_promised_where_there_is_none(install: Install) -> None:
    lacking = EncoderError("The encoder is damaged.", "Install again.")
    install.upgrade(of_today("own"), ChecklistRater({}, shortfall=lacking))
    assert install.services.why(install.services.view(install.attempt_id)).note is None


def test_a_checklist_that_still_has_no_head_or_is_gone_explains_as_before(
    install: Install,
) -> None:
    for today in (RATED_OF_OLD, replace(of_today(), id="another")):
        install.upgrade(today)
        note = install.services.why(install.services.view(install.attempt_id)).note
        assert note
        assert "The explanation is of the present version" in note


def test_an_answer_without_marks_has_nothing_to_explain(install: Install) -> None:
    services = install.services
    run = services.plan(question_ids=["low-score-direct"])
    attempt_id = services.finish(replace(services.new_draft(run), text="Hm."), run.item)
    install.upgrade(of_today())
    assert services.why(services.view(attempt_id)).note == NO_MARKS


def test_a_follow_up_is_explained_by_its_own_point(install: Install) -> None:
    services = install.services
    run = services.plan(question_ids=["low-score-direct"])
    item = run.item.follow_up(install.attempt_id, "acknowledge", "So it was yours?")
    run = run.with_item(item)
    attempt_id = services.finish(replace(services.new_draft(run), text=TEXT), item)
    install.upgrade(of_today())
    explained = services.why(services.view(attempt_id))
    assert [line.why.name for line in explained.lines] == ["acknowledge", "blame"]
    assert explained.lines[0].why.trained


def test_an_unfinished_answer_to_an_improvised_question_names_no_bank(install: Install) -> None:
    asked = asked_freely("Why us?")
    draft = install.services.new_draft(run_of(fakes.library(), asked))
    assert recall.item_of(draft, fakes.library()).bank_title == "A question of a session"
