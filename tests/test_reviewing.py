"""Which answers are laid beside each other, over a real store."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests import fakes
from trainer import reviewing
from trainer.errors import UsageError
from trainer.paths import Home
from trainer.services import Services
from trainer.session.plan import Item
from trainer.store.database import Store

FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    moments = iter(FIRST + timedelta(minutes=n) for n in range(1000))
    made = Services(
        home, Store.open(home), fakes.library, fakes.FakeRater, now=lambda: next(moments)
    )
    yield made
    made.close()


def answered(
    services: Services,
    question: str = "low-score-direct",
    item: Item | None = None,
    takes: tuple[str, ...] = (),
) -> str:
    item = item or services.plan(question_ids=[question]).item
    draft = replace(services.new_draft(services.run_of(item)), text="I acknowledge it.")
    return services.finish(draft, item, takes)


def set_aside(services: Services) -> str:
    draft = services.new_draft(services.plan(question_ids=["low-score-direct"]))
    services.save_draft(replace(draft, text="An older take.", set_aside=True))
    return draft.id


def test_the_answer_before_is_the_newest_earlier_one_to_the_same_question(
    services: Services,
) -> None:
    first = answered(services)
    second = answered(services)
    answered(services, "low-score-gap")
    third = answered(services, item=services.view(second).item.reworded())
    assert [services.reviewing.earlier(one) for one in (first, second, third)] == [
        None,
        first,
        second,
    ]


def test_a_take_that_was_set_aside_is_compared_only_without_another(services: Services) -> None:
    take = set_aside(services)
    alone = answered(services, takes=(take,))
    assert services.reviewing.earlier(alone) == take
    again = set_aside(services)
    assert services.reviewing.earlier(answered(services, takes=(again,))) == alone


def test_a_follow_up_is_compared_with_a_follow_up_about_the_same(services: Services) -> None:
    whole = answered(services)
    item = services.view(whole).item
    change = answered(services, item=item.follow_up(whole, "change", "What did you change?"))
    other = answered(services, item=item.follow_up(whole, "acknowledge", "Was it yours?"))
    again = answered(services, item=item.follow_up(whole, "change", "And what else?"))
    assert services.reviewing.earlier(change) is None
    assert services.reviewing.earlier(other) is None
    assert services.reviewing.earlier(again) == change
    assert services.reviewing.earlier(answered(services)) == whole


def test_the_answer_before_is_found_behind_many_that_do_not_count(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.reviewing._PAGE", 2)
    whole = answered(services)
    item = services.view(whole).item
    for _ in range(3):
        answered(services, item=item.follow_up(whole, "change", "What did you change?"))
    assert services.reviewing.earlier(answered(services)) == whole


def test_what_is_not_there_is_told(services: Services) -> None:
    attempt_id = answered(services)
    with pytest.raises(UsageError, match="no attempt 'nothing'"):
        services.reviewing.earlier("nothing")
    with pytest.raises(UsageError, match="no attempt 'nothing'"):
        services.reviewing.side("nothing")
    with pytest.raises(UsageError, match="no version 2"):
        services.reviewing.side(attempt_id, 2)
    with pytest.raises(UsageError, match="no rating 2"):
        services.reviewing.side(attempt_id, 1, 2)


def test_two_sides_are_compared_by_the_lexicons_of_the_library(services: Services) -> None:
    one, other = (services.reviewing.side(answered(services)) for _ in range(2))
    compared = services.reviewing.compare(one, other)
    assert (compared.before, compared.after, compared.same) == (one, other, 1.0)


def test_what_the_meter_raises_ends_the_reading_and_garbage_is_collected_again(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "_OUTLINES", 2)
    for _ in range(5):
        answered(services)
    told: list[int] = []

    def meter(count: int) -> None:
        assert not gc.isenabled(), "of a long history the search for garbage is half of the work"
        told.append(count)
        if count == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.reviewing.progress(meter=meter)
    assert told == [2, 4]
    assert gc.isenabled()


def test_pages_that_do_not_move_on_end(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = [answered(services) for _ in range(3)][-1]
    rows, outlines = services.store.library(), services.store.outlines()
    monkeypatch.setattr(services.store, "library", lambda *_, **__: rows[:1])
    monkeypatch.setattr(services.store, "outlines", lambda *_: outlines)
    assert services.reviewing.earlier(newest) is None
    assert services.reviewing.progress().answers == 3
