"""Everything is deleted: gone from the disk, nothing else touched, and told what stays."""

from __future__ import annotations

import errno
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.store.child import Child
from tests.stored_home import SECRET, fill, holds_secret, paths_in
from trainer import erasing
from trainer.care_words import interruption, outcome
from trainer.config import Settings
from trainer.erasing import Erased, erase_everything, go_on_erasing, is_marked
from trainer.errors import StoreError, TrainerError
from trainer.holdings import holdings
from trainer.paths import Home
from trainer.services import Services, open_services
from trainer.store.database import Store
from trainer.store.opening import opening_lock
from trainer.store.owners import file_lock

ROOT = Path(__file__).parents[1]


@pytest.fixture
def full(home: Home) -> Home:
    fill(home)
    assert holds_secret(home.root)
    return home


def is_first_day(home: Home) -> bool:
    """Tell whether a program that opens this home meets nothing of an earlier one."""
    with closing(open_services(home)) as services:
        found = services.care.survey()
        nothing = not (found.answers or found.unfinished or found.sound.whole.count)
        first = {share.kind for share in found.shares} == {"history", "locks"}
        return nothing and first and services.settings == Settings() and not found.own


def test_everything_is_gone_from_the_disk_and_the_next_start_is_the_first(full: Home) -> None:
    done = erase_everything(full)
    assert not full.root.exists()
    assert done.count > 20
    assert not (done.left or done.stays or done.links)
    assert is_first_day(full)


def test_a_program_deletes_its_own_home_while_it_has_it_open(full: Home) -> None:
    services = open_services(full)
    services.change_settings(services.settings)
    services.store.save_draft(services.new_draft(services.plan(count=1)))
    services.care.delete_everything()
    assert services.care.is_gone
    with pytest.raises(StoreError):  # an open file would keep its room, and its words
        services.store.count_library()
    logging.getLogger("trainer").warning("this would be the first file of an empty home")
    services.close()
    assert not full.root.exists()


def test_whoever_waits_for_a_deletion_makes_the_home_for_the_user_alone(home: Home) -> None:
    with opening_lock(home):
        assert not (home.root.stat().st_mode | home.locks.stat().st_mode) & 0o077


def test_a_home_that_is_not_there_is_deleted_already(home: Home) -> None:
    assert erase_everything(home) == Erased()
    assert not home.root.exists()
    assert list(outcome(Erased())) == ["There was nothing to delete."]


def test_nothing_is_deleted_while_another_program_is_open(full: Home) -> None:
    before = paths_in(full)
    with Child(full, "adopt", "typed") as other:  # open, and idle: it holds no lock of ours
        assert other.line() == "ready"
        with pytest.raises(StoreError, match="open in another window"):
            erase_everything(full)
        with (
            closing(open_services(full)) as services,
            pytest.raises(StoreError, match="open in another window"),
        ):
            services.care.delete_everything()
        assert before <= paths_in(full)
        other.go()
        assert SECRET in other.line()  # it works on as before
        with Store.open(full) as third:  # and others can still begin
            assert third.count_library() == 1
    erase_everything(full)
    assert is_first_day(full)


def test_whoever_was_refused_can_go_on(full: Home) -> None:
    with closing(open_services(full)) as services:
        with Store.open(full), pytest.raises(StoreError):
            services.care.delete_everything()
        services.store.save_draft(services.new_draft(services.plan(count=1)))
        assert not services.care.is_gone
        services.care.delete_everything()


@pytest.mark.parametrize("lock", ["locks/opening", "models/.installing/en.lock", "locks/tidying"])
def test_nothing_is_deleted_while_a_program_begins_installs_or_tidies(
    full: Home, lock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "_TIDYING_S", 0.0)
    before = paths_in(full)
    with file_lock(full.root / lock), pytest.raises(StoreError):
        erase_everything(full)
    assert before <= paths_in(full)
    assert not is_marked(full)


def test_a_program_that_starts_meanwhile_waits_for_an_empty_home(
    full: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    starting: list[subprocess.Popen[str]] = []
    remove = erasing._remove

    def start_another(path: Path) -> None:
        if not starting:
            starting.append(start(full))
            assert starting[0].stdout
            assert starting[0].stdout.readline() == "begins\n"
        remove(path)

    monkeypatch.setattr(erasing, "_remove", start_another)
    erase_everything(full)
    out, _ = starting[0].communicate(timeout=20)
    assert out == "0 answers, []\n"


def start(home: Home) -> subprocess.Popen[str]:
    code = """if True:
        import sys
        from pathlib import Path
        from trainer.paths import Home
        from trainer.services import open_services
        print("begins", flush=True)
        opened = open_services(Home(Path(sys.argv[1])))
        print(f"{opened.count_answers()} answers, {list(opened.overview().missing)}")
        opened.close()"""
    command = [sys.executable, "-c", code, str(home.root)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


# What is not ours


def test_what_the_user_put_there_is_named_and_stays(full: Home) -> None:
    own = {
        "my notes.txt",
        "trainer.sqlite3.copy",
        "trainer.sqlite3.before-v3.zip",
        "config.json~",
        "config.yaml",
        "recordings/call.wav",
        f"recordings/{'1' * 31}.wav",
        f"recordings/{'1' * 32}.wav/mine.txt",
        "logs/mine.log",
        "locks/mine",
        "models/mine/graph",
        "banks/mine.yaml",
        "banks/rubrics/mine.yaml",
        "folder/trainer.sqlite3",
        "trainer.log",
    }
    for name in own:
        (full.root / name).parent.mkdir(parents=True, exist_ok=True)
        (full.root / name).write_text("mine")
    done = erase_everything(full)
    assert {name for name in paths_in(full) if (full.root / name).is_file()} == own
    assert all(
        any(one.path in (p, *p.parents) for one in done.stays) for p in map(full.root.joinpath, own)
    )
    told = "\n".join(outcome(done))
    assert "my notes.txt" in told
    assert not done.left
    with closing(open_services(full)) as services:
        assert services.settings == Settings()
        assert services.count_answers() == 0


@pytest.mark.parametrize("name", ["recordings", "logs", "models", "banks", "profile.yaml", "mine"])
def test_a_link_is_never_followed(full: Home, tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "en").mkdir(parents=True)
    for file in (f"{'e' * 32}.wav", "trainer.log", "en/.installed.json", "mine.yaml"):
        (elsewhere / file).write_text("mine")
    link = full.root / name
    if link.is_dir():
        link.rename(tmp_path / "away")
    link.unlink(missing_ok=True)
    target = elsewhere / "mine.yaml" if name == "profile.yaml" else elsewhere
    link.symlink_to(target)
    done = erase_everything(full)
    assert sum(path.is_file() for path in elsewhere.rglob("*")) == 4
    if name in ("mine", "banks"):
        assert paths_in(full) == {name}
        assert [one.path for one in done.stays] == [link]
    else:
        assert not full.root.exists()
        assert [one.path for one in done.links] == [link]
    assert f"{link} -> {target}" in "\n".join(outcome(done))


def test_links_among_recordings_and_in_models_are_not_followed(full: Home, tmp_path: Path) -> None:
    kept = tmp_path / "kept.wav"
    kept.write_text("mine")
    (full.recordings / f"{'f' * 32}.wav").symlink_to(kept)
    (full.recordings / f"{'9' * 32}.wav").symlink_to(tmp_path / "nowhere")
    (full.models / "en" / "link").symlink_to(tmp_path)
    (full.root / "trainer.sqlite3-journal").symlink_to(kept)
    done = erase_everything(full)
    assert kept.read_text() == "mine"
    assert len(done.links) == 3
    assert not full.root.exists()


def test_a_home_that_is_a_link_is_emptied_and_stays(full: Home, tmp_path: Path) -> None:
    link = Home(tmp_path / "link")
    link.root.symlink_to(full.root)
    erase_everything(link)
    assert paths_in(full) == set()
    assert link.root.is_symlink()
    assert is_first_day(link)


def test_a_name_of_a_file_cannot_write_a_line_of_its_own(full: Home) -> None:
    (full.root / "x\n\x1b[2JThese are fine").write_text("mine")
    lines = list(outcome(erase_everything(full)))
    assert not any(line.startswith("These are fine") or "\x1b" in line for line in lines)


# Ends in the middle


class Killed(BaseException):
    """Stands in for a kill: nothing of the program runs on."""


def dying_at(step: int) -> Callable[[Path], None]:
    remove, count = erasing._remove, iter(range(1000))

    def remove_or_die(path: Path) -> None:
        if next(count) == step:
            raise Killed
        remove(path)

    return remove_or_die


def test_what_a_kill_at_any_step_leaves_is_deleted_at_the_next_start(tmp_path: Path) -> None:
    step, ended = 0, False
    while not ended:
        home = Home(tmp_path / f"home{step}")
        fill(home)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(erasing, "_remove", dying_at(step))
            try:
                erase_everything(home)
                ended = True
            except Killed:
                assert is_marked(home)
                told = interruption(go_on_erasing_of(patch, home))
                assert told
                assert "The rest is deleted now." in told
        assert not home.root.exists()
        step += 7
    assert step > 21


def go_on_erasing_of(patch: pytest.MonkeyPatch, home: Home) -> Erased | None:
    patch.undo()
    return go_on_erasing(home)


def test_a_start_after_a_real_kill_is_the_first_day_and_tells_it(full: Home) -> None:
    code = """if True:
        import os, signal, sys
        from pathlib import Path
        from trainer import erasing
        from trainer.paths import Home
        from trainer.services import open_services
        remove, left = erasing._remove, [4]
        def die(path):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            remove(path)
        erasing._remove = die
        open_services(Home(Path(sys.argv[1]))).care.delete_everything()"""
    killed = subprocess.run([sys.executable, "-c", code, str(full.root)], cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert paths_in(full)
    with closing(open_services(full)) as services:
        assert any("The rest is deleted now." in text for text in services.overview().missing)
    assert not holds_secret(full.root)
    assert is_first_day(full)


def test_a_store_opens_no_home_that_is_being_deleted(full: Home) -> None:
    full.deleting.touch()
    with pytest.raises(StoreError, match="being deleted"):
        Store.open(full)


def test_what_cannot_be_deleted_is_told_and_later_answers_are_safe(
    full: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = next(one.path for one in holdings(full) if one.kind == "recordings")
    remove = erasing._remove

    def refuse(path: Path) -> None:
        if path == stuck:
            raise OSError(errno.EPERM, "Operation not permitted", str(path))
        remove(path)

    monkeypatch.setattr(erasing, "_remove", refuse)
    done = erase_everything(full)
    assert done.left == ((stuck, "Operation not permitted"),)
    assert f"  {stuck}: Operation not permitted" in list(outcome(done))
    assert not is_marked(full)  # or the next start would delete what comes now
    assert [path.name for path in full.root.rglob("*") if path.is_file()] == [stuck.name]
    with closing(open_services(full)) as services:
        assert services.count_answers() == 0


def test_a_home_with_a_mark_that_stays_is_not_used(
    full: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    full.deleting.mkdir()
    with pytest.raises(TrainerError, match="was to be deleted, and that cannot be finished"):
        open_services(full)
    with pytest.raises(TrainerError):
        open_services(full)


def test_a_full_disk_keeps_nothing_from_being_deleted(
    full: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    os_open, refused = os.open, []

    def open_on_full_disk(path: Any, flags: int, *rest: Any, **names: Any) -> int:
        if Path(path) == full.deleting and not refused:
            refused.append(path)
            raise OSError(errno.ENOSPC, "No space left on device")
        return os_open(path, flags, *rest, **names)

    marks: list[bool] = []
    remove = erasing._remove
    monkeypatch.setattr(
        erasing, "_remove", lambda path: (marks.append(is_marked(full)), remove(path))
    )
    monkeypatch.setattr(os, "open", open_on_full_disk)
    erase_everything(full)
    assert marks[:3] == [False, True, True]  # the first deletion makes room for the mark
    assert not full.root.exists()


def test_a_folder_without_rights_is_told_before_anything_is_deleted(
    full: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = paths_in(full)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != full.recordings)
    with pytest.raises(TrainerError, match="Nothing was deleted") as refused:
        erase_everything(full)
    assert str(full.recordings) in refused.value.hint
    assert paths_in(full) == before


def test_a_history_that_cannot_be_read_is_deleted_all_the_same(full: Home) -> None:
    full.database.write_bytes(b"SQLite format 3\0" + os.urandom(5000))
    erase_everything(full)
    assert not full.root.exists()


def test_the_survey_names_what_there_is(full: Home) -> None:
    (full.root / "mine.txt").write_text("mine")
    with closing(open_services(full)) as services:
        assert isinstance(services, Services)
        found = services.care.survey()
        assert found.private
        assert (found.share("recordings").files, found.sound.whole.count) == (7, 2)
        assert [one.path.name for one in found.own] == ["mine.txt"]
        assert len(found.copies) == 2
        whole = sum(p.lstat().st_size for p in full.root.rglob("*") if p.is_file())
        assert found.bytes == whole
        done = services.care.delete_copies()
        assert done.count == 2
        assert services.care.survey().copies == ()
        assert services.count_answers() == 1
