"""Installing from a zip file on this machine, for whoever has no network."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installing.archives import NAME, entry, model_members, model_zip, zipped
from tests.installing.conftest import Installer
from trainer.errors import SoundError, UsageError
from trainer.installing import manifest
from trainer.installing.types import InstallError
from trainer.paths import Home
from trainer.transcript import choosing, lookup
from trainer.transcript.engines import Engine
from trainer.transcript.lookup import holds_model
from trainer.transcript.problems import explain

NOWHERE = "http://127.0.0.1:1/tiny.zip"


@pytest.fixture
def install(home: Home, archive: bytes, tried: list[Engine]) -> Installer:
    return Installer(home, entry(archive, NOWHERE))


def written(folder: Path, content: bytes, name: str = "download (1).zip") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("name", [None, NAME])
def test_a_model_of_the_catalogue_is_known_by_its_checksum(
    install: Installer, tmp_path: Path, archive: bytes, name: str | None
) -> None:
    folder = install(name, written(tmp_path, archive))
    assert folder == install.target
    assert holds_model(folder)
    kept = manifest.read(folder)
    assert kept
    assert kept.checked == "sha256"
    assert install.phases() == ["checking", "unpacking", "trying"]


def test_what_was_kept_of_a_download_is_not_needed_any_more(
    install: Installer, tmp_path: Path, archive: bytes
) -> None:
    aside = install.home.models / ".installing"
    aside.mkdir(parents=True)
    (aside / f"{NAME}.zip.partial").write_bytes(archive[:1000])
    install(None, written(tmp_path, archive))
    assert not (aside / f"{NAME}.zip.partial").exists()


def test_a_model_that_the_catalogue_does_not_know(
    install: Installer, tmp_path: Path, tried: list[Engine]
) -> None:
    folder = install(None, written(tmp_path, model_zip("my-own-model")))
    assert folder == install.home.models / "my-own-model"
    assert len(tried) == 1
    kept = manifest.read(folder)
    assert kept
    assert kept.checked is None
    assert install.models.installed() == ("my-own-model",)


def test_without_a_folder_in_it_the_name_is_the_file_s(install: Installer, tmp_path: Path) -> None:
    members = {name.partition("/")[2]: data for name, data in model_members().items()}
    file = written(tmp_path, zipped(members), "just-files.zip")
    assert install(None, file).name == "just-files"


def test_a_name_that_cannot_be_a_folder_is_asked_for(install: Installer, tmp_path: Path) -> None:
    file = written(tmp_path, model_zip("my model"))
    with pytest.raises(InstallError, match="cannot be the name") as caught:
        install(None, file)
    assert "install NAME --from" in caught.value.hint
    assert install("better", file).name == "better"
    for name in ("../out", "a/b", ".hidden", "", "con:"):
        with pytest.raises(UsageError, match="cannot be the name"):
            install(name or " ", file)


@pytest.mark.parametrize("name", [None, NAME])
def test_a_file_that_is_not_whole_is_told_by_its_length(
    install: Installer, tmp_path: Path, archive: bytes, name: str | None
) -> None:
    file = written(tmp_path, archive[:-1000], f"{NAME}.zip")
    with pytest.raises(InstallError, match="is not whole: it has") as caught:
        install(name, file)
    assert NOWHERE in caught.value.hint


def test_a_changed_model_of_the_catalogue_is_not_taken_for_it(
    install: Installer, tmp_path: Path
) -> None:
    other = zipped({**model_members(), f"{NAME}/README": b"changed"})
    for name in (None, NAME):
        with pytest.raises(InstallError, match=f"{NAME}") as caught:
            install(name, written(tmp_path, other))
        assert "trainer models install OTHER-NAME --from" in caught.value.hint
    assert not install.target.exists()
    assert install("renamed", written(tmp_path, other)).name == "renamed"


def test_a_name_that_is_taken(install: Installer, tmp_path: Path) -> None:
    install("mine", written(tmp_path, model_zip("a")))
    with pytest.raises(InstallError, match="There is a model mine already"):
        install("mine", written(tmp_path, model_zip("b")))


@pytest.mark.parametrize(
    ("name", "message"), [("missing.zip", "There is no file"), ("folder", "is a folder")]
)
def test_what_is_no_file(install: Installer, tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match=message):
        install(None, tmp_path / name)


def test_a_model_that_fails_its_trial_is_not_installed(
    install: Installer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        lookup, "try_engine", lambda engine, *rest: explain(engine, "deaf", sound=False)
    )
    with pytest.raises(InstallError, match="does not work here") as caught:
        install(None, written(tmp_path, model_zip("mine")))
    assert ".installing" not in caught.value.message
    assert not (install.home.models / "mine").exists()
    assert install.models.installed() == ()


def test_without_vosk_nothing_is_begun(
    install: Installer, tmp_path: Path, archive: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "package_version", lambda package: None)
    with pytest.raises(SoundError, match="package vosk is not installed"):
        install(None, written(tmp_path, archive))
    assert not install.home.root.exists()


def test_a_link_in_the_model_s_place_is_left_alone(
    install: Installer, tmp_path: Path, archive: bytes
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    install.home.models.mkdir(parents=True)
    install.target.symlink_to(elsewhere)
    with pytest.raises(InstallError, match="is a link"):
        install(None, written(tmp_path, archive))
    assert install.target.is_symlink()
    assert list(elsewhere.iterdir()) == []
