"""Space, cancelling, replacing, verifying and removing."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.installing.archives import NAME, entry, model_members, snapshot, zipped
from tests.installing.conftest import Installer
from tests.installing.server import ArchiveServer
from tests.transcript.installed import write_model
from trainer.config import Settings
from trainer.errors import UsageError
from trainer.installing import manifest, places
from trainer.installing.installing import Models
from trainer.installing.places import Place
from trainer.installing.types import CancelledError, InstallError, Progress
from trainer.paths import Home
from trainer.transcript import choosing, lookup
from trainer.transcript.engines import Engine
from trainer.transcript.lookup import find_models, holds_model
from trainer.transcript.problems import explain

NOWHERE = "http://127.0.0.1:1/tiny.zip"


@pytest.fixture
def file(tmp_path: Path, archive: bytes) -> Path:
    path = tmp_path / "model.zip"
    path.write_bytes(archive)
    return path


@pytest.fixture
def install(home: Home, archive: bytes, tried: list[Engine]) -> Installer:
    return Installer(home, entry(archive, NOWHERE))


def has_free(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    usage = shutil.disk_usage("/")._replace(free=count + places.SPARE_BYTES)
    monkeypatch.setattr(places.shutil, "disk_usage", lambda path: usage)


def settled(home: Home) -> bool:
    """Whether nothing is left beside the models but what is kept on purpose."""
    aside = home.models / ".installing"
    kept = {".lock", ".partial", ".json"}
    return not aside.exists() or {path.suffix for path in aside.iterdir()} <= kept


# Space


def test_no_space_for_a_download_is_told_before_it_begins(
    home: Home, archive: bytes, monkeypatch: pytest.MonkeyPatch, tried: list[Engine]
) -> None:
    has_free(monkeypatch, 2 * len(archive))
    with ArchiveServer(archive) as server:
        install = Installer(home, entry(archive, server.url))
        with pytest.raises(InstallError, match=r"not enough space .* needs 2 MB, and 1 MB"):
            install()
        assert server.requests == []
        has_free(monkeypatch, 3 * len(archive))
        install()


def test_no_space_to_unpack_is_told_before_it_begins(
    install: Installer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_free(monkeypatch, sum(map(len, model_members().values())) - 1)
    with pytest.raises(InstallError, match="not enough space to unpack"):
        install(None, file)
    assert "unpacking" not in install.phases()
    has_free(monkeypatch, sum(map(len, model_members().values())))
    assert holds_model(install(None, file))


def test_a_disk_that_is_full_while_a_download_is_written(
    home: Home, archive: bytes, monkeypatch: pytest.MonkeyPatch, tried: list[Engine]
) -> None:
    written, real = 0, os.write

    def write(descriptor: int, data: Any) -> int:
        nonlocal written
        if written > 100_000 and len(data) > 1000:
            raise OSError(errno.ENOSPC, "No space left on device")
        count = real(descriptor, data[:40_000])
        written += count
        return count

    with ArchiveServer(archive) as server:
        install = Installer(home, entry(archive, server.url))
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", write)
            with pytest.raises(InstallError, match="is full"):
                install()
        kept = install.kept
        assert kept > 100_000
        install()
        assert server.requests[-1]["Range"] == f"bytes={kept}-"
    assert holds_model(install.target)


def test_a_disk_that_is_full_while_files_are_unpacked(
    install: Installer, file: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(InstallError, match=r"disk of .* is full"):
            install(None, file)
    assert find_models([home.models]) == ()
    assert settled(home)
    install(None, file)


# Cancelling


@pytest.mark.parametrize("phase", ["checking", "unpacking", "trying"])
def test_cancelled_in_any_phase_nothing_stays(
    install: Installer, file: Path, home: Home, phase: str
) -> None:
    with pytest.raises(CancelledError) as caught:
        install(None, file, lambda: bool(install.told) and install.told[-1].phase == phase)
    assert caught.value.exit_code == 130
    assert not install.target.exists()
    assert settled(home)


def test_a_trial_that_hangs_is_cancelled_within_a_second(
    home: Home, archive: bytes, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install = Installer(home, entry(archive, NOWHERE))
    monkeypatch.setattr(lookup, "CHILD", "tests.installing.hanging")
    began: list[float] = []

    def cancelled() -> bool:
        if install.told and install.told[-1].phase == "trying":
            began.append(time.monotonic())
        return len(began) > 3

    with pytest.raises(CancelledError):
        install(None, file, cancelled)
    assert time.monotonic() - began[3] < 1.0
    assert settled(home)


def test_waiting_for_another_program_is_cancelled(install: Installer, file: Path) -> None:
    place = Place(install.home, NAME)
    with place.locked(lambda: None), pytest.raises(CancelledError):
        install(None, file, lambda: bool(install.told) and install.told[-1].phase == "waiting")
    assert install.phases()[-1] == "waiting"


def test_an_interrupt_leaves_no_lock_and_no_files(
    install: Installer, file: Path, home: Home
) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.phase == "unpacking":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install.models.install(None, interrupt, lambda: False, file)
    assert settled(home)
    install(None, file)


# What is there already


def test_a_good_model_is_left_as_it_is(install: Installer, file: Path) -> None:
    install(None, file)
    before = {path: path.stat().st_mtime_ns for path in install.target.rglob("*")}
    install.told.clear()
    assert install() == install.target  # asks no server: there is none
    assert install(None, file) == install.target
    assert {path: path.stat().st_mtime_ns for path in install.target.rglob("*")} == before


def test_a_model_beside_the_program_is_good_too(install: Installer, tmp_path: Path) -> None:
    write_model(tmp_path / "shipped" / NAME)
    assert install() == tmp_path / "shipped" / NAME


@pytest.mark.parametrize("damage", ["changed", "incomplete", "empty", "no list"])
def test_a_damaged_model_is_replaced(
    install: Installer, file: Path, damage: str, archive: bytes
) -> None:
    install(None, file)
    whole = snapshot(install.target)
    if damage == "changed":
        (install.target / "graph" / "words.txt").write_text("x")
    elif damage == "incomplete":
        (install.target / "graph" / "HCLG.fst").unlink()
    elif damage == "empty":
        shutil.rmtree(install.target)
        install.target.mkdir()
    else:
        (install.target / manifest.NAME).write_text("{")
    install(None, file)
    assert snapshot(install.target) == whole
    assert settled(install.home)


def test_a_damaged_model_stays_where_the_new_one_fails(
    install: Installer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(None, file)
    (install.target / "graph" / "words.txt").write_text("x")
    before = snapshot(install.target)
    monkeypatch.setattr(
        lookup, "try_engine", lambda engine, *rest: explain(engine, "deaf", sound=False)
    )
    with pytest.raises(InstallError):
        install(None, file)
    assert snapshot(install.target) == before


def test_a_model_that_was_set_aside_by_a_killed_program_is_put_back(
    install: Installer, file: Path, home: Home
) -> None:
    install(None, file)
    aside = home.models / ".installing"
    install.target.rename(aside / f"{NAME}.replaced")
    (aside / f"{NAME}.unpacked").mkdir()
    (aside / "other-1.2.removed").mkdir()
    assert install.models.installed() == ()
    assert install() == install.target
    assert holds_model(install.target)
    assert settled(home)


def test_what_another_program_unpacks_is_left_alone(
    install: Installer, file: Path, home: Home
) -> None:
    other = home.models / ".installing" / "other-1.2.unpacked"
    with Place(home, "other-1.2").locked(lambda: None):
        other.mkdir()
        install(None, file)
        assert other.is_dir()
    install.models.remove(NAME)
    assert not other.exists()


def test_a_folder_of_models_that_is_a_file(home: Home, archive: bytes, file: Path) -> None:
    home.root.mkdir()
    home.models.write_text("x")
    with pytest.raises(Exception, match="cannot be used"):
        Installer(home, entry(archive, NOWHERE))(None, file)


# Verifying


Damage = Callable[[Path], object]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda model: (model / "am/final.mdl").unlink(), "am/final.mdl is missing"),
        (lambda model: (model / "graph/words.txt").write_text("x"), "graph/words.txt was changed"),
        (lambda model: (model / "rescore.fst").write_text("x"), "rescore.fst was added"),
        (
            lambda model: (model / "graph/words.txt").write_bytes(
                (model / "graph/words.txt").read_bytes()[:-1] + b"?"
            ),
            "graph/words.txt was changed",
        ),
        (
            lambda model: [
                (model / "conf/mfcc.conf").rename(model.parent / "mfcc"),
                (model / "conf/mfcc.conf").symlink_to(model.parent / "mfcc"),
            ],
            "conf/mfcc.conf is missing",
        ),
    ],
    ids=["missing", "shorter", "added", "same length", "link"],
)
def test_damage_is_named_with_its_file_and_a_remedy(
    install: Installer, file: Path, damage: Damage, told: str
) -> None:
    install(None, file)
    verdict = install.models.verify(NAME)
    assert (verdict.good, verdict.by, verdict.damaged) == (True, "checksums", ())
    damage(install.target)
    verdict = install.models.verify(NAME)
    assert (verdict.good, verdict.folder) == (False, install.target)
    assert told in verdict.damaged
    assert verdict.hint == f"Run: trainer models install {NAME}"


def test_what_systems_put_into_folders_is_no_damage(install: Installer, file: Path) -> None:
    install(None, file)
    (install.target / ".DS_Store").write_text("x")
    (install.target / "am" / "Thumbs.db").write_text("x")
    assert install.models.verify(NAME).good


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[" * 100_000,
        '{"files": 3, "checked": null}',
        '{"files": [{"name": "../x", "bytes": 1, "sha256": "' + "0" * 64 + '"}], "checked": null}',
        '{"files": [{"name": "/x", "bytes": 1, "sha256": "' + "0" * 64 + '"}], "checked": null}',
        '{"files": [{"name": "x", "bytes": 1, "sha256": "0"}], "checked": null}',
        '{"files": [{"name": "x", "bytes": "1"}], "checked": null}',
    ],
)
def test_a_damaged_list_of_files_is_damage(install: Installer, file: Path, text: str) -> None:
    install(None, file)
    (install.target / manifest.NAME).write_text(text)
    verdict = install.models.verify(NAME)
    assert not verdict.good
    assert "is damaged" in verdict.message


def test_the_list_of_files_says_what_was_installed(install: Installer, file: Path) -> None:
    install(None, file)
    value = json.loads((install.target / manifest.NAME).read_text())
    assert value["schema_version"] == 1
    assert value["checked"] == "sha256"
    names = {name.partition("/")[2]: len(data) for name, data in model_members().items()}
    assert {entry["name"]: entry["bytes"] for entry in value["files"]} == names


def test_a_model_by_hand_is_verified_by_its_parts_and_a_trial(
    install: Installer, tried: list[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = write_model(install.target / "one-too-deep")
    verdict = install.models.verify(NAME)
    assert (verdict.good, verdict.by) == (True, "trial")
    assert [engine.folder for engine in tried] == [inside]
    monkeypatch.setattr(
        lookup, "try_engine", lambda engine, *rest: explain(engine, "refused", sound=False)
    )
    verdict = install.models.verify(NAME)
    assert not verdict.good
    assert "damaged" in verdict.message
    shutil.rmtree(inside / "am")
    assert "is not complete" in install.models.verify(NAME).message


def test_a_model_of_one_s_own_is_verified_by_its_name(install: Installer) -> None:
    write_model(install.home.models / "mine")
    assert install.models.verify("mine").good
    with pytest.raises(UsageError, match="There is no model 'nope'"):
        install.models.verify("nope")
    with pytest.raises(UsageError) as caught:
        install.models.verify(NAME)
    assert caught.value.hint == f"Run: trainer models install {NAME}"


# Removing


def test_a_model_is_removed_with_what_is_kept_of_a_download(
    install: Installer, file: Path, home: Home
) -> None:
    install(None, file)
    part = home.models / ".installing" / f"{NAME}.zip.partial"
    part.write_bytes(b"x" * 1000)
    size = sum(map(len, snapshot(install.target).values()))
    assert install.models.removable_bytes(NAME) == size + 1000
    assert install.models.remove(NAME) == size + 1000
    assert not install.target.exists()
    assert not part.exists()
    with pytest.raises(UsageError, match="There is no model"):
        install.models.remove(NAME)


def test_a_part_alone_is_removed(install: Installer, home: Home) -> None:
    part = home.models / ".installing" / f"{NAME}.zip.partial"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * 1000)
    assert install.models.remove(NAME) == 1000
    assert not part.exists()


def test_nothing_outside_the_data_is_removed(
    install: Installer, home: Home, tmp_path: Path
) -> None:
    shipped = write_model(tmp_path / "shipped" / NAME)
    elsewhere = write_model(tmp_path / "elsewhere")
    home.models.mkdir(parents=True)
    (home.models / "linked").symlink_to(elsewhere)
    (home.models / "notes").mkdir()
    (home.models / "notes" / "dear-diary.txt").write_text("x")
    before = snapshot(tmp_path)
    with pytest.raises(InstallError, match="lies outside your data"):
        install.models.remove(NAME)
    with pytest.raises(InstallError, match="by a link"):
        install.models.remove("linked")
    for name in (str(elsewhere), "..", ".", "", "../elsewhere", ".installing", "notes", "nope"):
        with pytest.raises(UsageError):
            install.models.remove(name)
    assert snapshot(tmp_path) == before
    assert holds_model(shipped)


def test_links_inside_a_model_are_not_followed(
    install: Installer, file: Path, tmp_path: Path
) -> None:
    install(None, file)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "letter.txt").write_text("x" * 1000)
    (install.target / "am" / "link").symlink_to(outside)
    install.models.remove(NAME)
    assert (outside / "letter.txt").exists()


def test_a_folder_of_models_that_is_a_link_is_not_removed_from(
    install: Installer, home: Home, tmp_path: Path
) -> None:
    write_model(tmp_path / "elsewhere" / NAME)
    home.root.mkdir()
    home.models.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InstallError, match="by a link"):
        install.models.remove(NAME)
    assert holds_model(tmp_path / "elsewhere" / NAME)


def test_a_model_that_is_being_installed_is_not_removed(install: Installer, file: Path) -> None:
    install(None, file)
    with (
        Place(install.home, NAME).locked(lambda: None),
        pytest.raises(InstallError, match="Another program is installing"),
    ):
        install.models.remove(NAME)


@pytest.mark.parametrize(
    ("model", "chosen"),
    [
        (None, False),
        ("builtin", False),
        ("{models}/" + NAME, True),
        ("{models}/" + NAME + "/inside", True),
        ("{models}/" + NAME + "-2", False),
        ("/elsewhere/" + NAME, False),
    ],
)
def test_the_chosen_model_is_known(home: Home, model: str | None, chosen: bool) -> None:
    named = model and model.format(models=home.models)
    assert Models(home, []).chosen(NAME, Settings(model=named)) is chosen


def test_the_shipped_catalogue_is_taken(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    models = Models(home)
    assert [known.model.name for known in models.known()] == [
        model.name for model in choosing.shipped_models()
    ]
    assert models.partial_bytes("vosk-model-small-en-us-0.15") == 0
    assert not home.root.exists()


def test_an_unknown_name_in_a_zip_is_data(install: Installer, tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(zipped(model_members("[b]own\N{LATIN SMALL LETTER E WITH ACUTE}[/b]")))
    with pytest.raises(InstallError, match="cannot be the name"):
        install(None, file)
