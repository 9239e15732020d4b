"""What the services do with drafts, corrections and notices, over a real store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests import fakes
from trainer.config import Settings
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.services import Services
from trainer.store import attempts
from trainer.store.database import Store
from trainer.transcript.engines import Engine


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    made = Services(home, Store.open(home), fakes.library, fakes.FakeRater)
    yield made
    made.close()


def answered(services: Services, text: str = "I acknowledge it.") -> str:
    run = services.plan(question_ids=["low-score-direct"])
    return services.finish(replace(services.new_draft(run), text=text), run.item)


def test_a_draft_without_words_is_not_counted_as_unfinished(services: Services) -> None:
    blank = services.new_draft(services.plan(count=1))
    services.save_draft(blank)
    assert (services.unfinished(), services.overview().unfinished) == ((), 0)
    services.save_draft(replace(blank, text="I"))
    assert (len(services.unfinished()), services.overview().unfinished) == (1, 1)


def test_a_correction_is_stored_with_its_rating_and_closes_its_draft(services: Services) -> None:
    attempt_id = answered(services)
    draft = services.correction_draft(attempt_id)
    services.save_draft(draft)
    services.correct(attempt_id, "A change.", draft.id)
    view = services.view(attempt_id)
    assert (view.versions, view.rating is not None, services.unfinished()) == (2, True, ())


def test_a_correction_that_fails_leaves_all_as_it_was(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = answered(services)
    draft = services.correction_draft(attempt_id)
    services.save_draft(draft)

    def fail(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(attempts, "add_rating", fail)
    with pytest.raises(StoreError):
        services.correct(attempt_id, "A change.", draft.id)
    assert services.view(attempt_id).versions == 1
    assert [left.id for left in services.unfinished()] == [draft.id]


def test_a_correction_that_changes_nothing_is_only_rated_again(services: Services) -> None:
    attempt_id = answered(services)
    services.correct(attempt_id, "I acknowledge it.\n")
    view = services.view(attempt_id)
    assert (view.versions, len(view.record.ratings)) == (1, 2)


def test_a_damaged_file_is_told_as_long_as_it_is_there(services: Services, home: Home) -> None:
    kept = home.database.with_name("trainer.sqlite3.damaged-20240101T000000Z")
    for name in (kept.name, f"{kept.name}-wal"):
        kept.with_name(name).touch()
    (notice,) = services.overview().missing
    assert str(kept) in notice
    assert "-wal" not in notice
    kept.unlink()
    assert services.overview().missing == ()


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_an_open_home_is_used_as_it_is_and_told(services: Services, home: Home) -> None:
    home.root.chmod(0o755)
    home.prepare()
    assert home.root.stat().st_mode & 0o777 == 0o755
    (notice,) = services.overview().missing
    assert "0755" in notice
    assert "chmod 700" in notice


def test_recordings_without_an_answer_are_told_until_they_are_gone(
    services: Services, home: Home
) -> None:
    strays = [services.new_recording() for _ in range(2)]
    for file in strays:
        file.write_bytes(b"sound")
    (notice,) = services.overview().missing
    assert notice.startswith(f"2 recordings in {home.recordings} belong to no answer.")
    assert f"trainer transcribe {min(strays)}" in notice
    strays[0].unlink()
    (notice,) = services.overview().missing
    assert notice.startswith("1 recording")
    strays[1].unlink()
    assert services.overview().missing == ()


def test_the_microphone_and_the_model_of_the_settings_are_opened(home: Home) -> None:
    opened: list[tuple[object, ...]] = []
    services = Services(
        home,
        Store.open(home),
        fakes.library,
        fakes.FakeRater,
        Settings(device="USB mic", model="builtin"),
        open_spoken=lambda *asked: opened.append(asked),  # type: ignore[arg-type,func-returns-value]
    )
    file = services.new_recording()
    services.open_spoken(file)
    services.close()
    assert services.engine() == Engine("builtin", "pocketsphinx en-us")
    assert opened == [(file, "USB mic", services.engine())]
