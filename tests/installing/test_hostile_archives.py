"""Zip files that mean harm, or are damaged: refused, and nothing of them stays."""

from __future__ import annotations

import io
import os
import random
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.installing.archives import (
    NAME,
    entry,
    model_members,
    model_zip,
    snapshot,
    zipped,
)
from tests.installing.conftest import Installer
from trainer.installing import archives
from trainer.installing.types import InstallError
from trainer.paths import Home
from trainer.transcript.lookup import find_models, holds_model

pytestmark = pytest.mark.usefixtures("tried")


@pytest.fixture
def install_zip(home: Home, tmp_path: Path, archive: bytes) -> Callable[[bytes], Path]:
    """Return what installs the bytes of a zip file that the catalogue does not know."""
    install = Installer(home, entry(archive, "http://127.0.0.1:1/x.zip"))

    def from_bytes(content: bytes) -> Path:
        file = tmp_path / "given.zip"
        file.write_bytes(content)
        return install("mine", file)

    return from_bytes


Install = Callable[[bytes], Path]


def with_member(name: str, content: bytes = b"harm") -> bytes:
    return zipped({**model_members(), name: content})


def with_renamed(name: str) -> bytes:
    """A zip file whose member bears a name that `zipfile` itself would not write."""
    mark = "m" * len(name.encode())
    return with_member(mark).replace(mark.encode(), name.encode())


def with_kind(kind: int, name: str = f"{NAME}/link") -> bytes:
    target = io.BytesIO(model_zip())
    with zipfile.ZipFile(target, "a") as archive:
        member = zipfile.ZipInfo(name)
        member.create_system = 3
        member.external_attr = (kind | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    return target.getvalue()


def twice(first: str, second: str) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as archive:
        warnings.simplefilter("ignore")
        for name in (*model_members(), first, second):
            archive.writestr(name, "")
    return target.getvalue()


def forged(content: bytes, at: int, kind: str, value: int) -> bytes:
    """Write a value into every entry of the list of members, `at` bytes from its beginning."""
    data, begin = bytearray(content), 0
    while (begin := data.find(b"PK\x01\x02", begin)) >= 0:
        struct.pack_into(kind, data, begin + at, value)
        begin += 4
    return bytes(data)


def with_forged_size(size: int) -> bytes:
    """A bomb whose list of members says that it is small."""
    packed = zipped({f"{NAME}/am/final.mdl": bytes(30_000_000)})
    data = bytearray(packed)
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", data, data.find(signature) + offset, size)
    return bytes(data)


OUTSIDE = ["../out", "a/../../out", "/etc/out", "//host/out", "a//b", "a/./b", "..", "a/.."]
ODD = ["C:out", "C:/out", "a\\..\\out", "\\out", "a\x1bb", "a\x01b", "nul", "a/CON.txt", "a ", " a"]
ODD += ["a.", "a|b", "a<b", 'a"b', "a?b", "a/aux/b"]


@pytest.mark.parametrize("name", [*OUTSIDE, *ODD])
def test_names_that_leave_the_folder_or_are_not_safe(
    install_zip: Install, tmp_path: Path, home: Home, name: str
) -> None:
    before = snapshot(tmp_path)
    with pytest.raises(InstallError, match=r"not safe|leaves its folder") as caught:
        install_zip(with_renamed(name))
    assert "\x1b" not in caught.value.message
    after = {name for name in snapshot(tmp_path) if not name.endswith(".lock")}
    assert after - set(before) == {"given.zip"}


def test_a_name_that_is_shown_otherwise_than_it_is(install_zip: Install) -> None:
    with pytest.raises(InstallError, match="not safe"):
        install_zip(with_member("a\u202eb"))


def test_a_name_that_ends_at_a_zero_byte(install_zip: Install) -> None:
    with pytest.raises(InstallError, match="not safe"):
        install_zip(with_renamed("a\0b"))


@given(st.text(min_size=1, max_size=30))
def test_no_accepted_name_leads_out_of_its_folder(name: str) -> None:
    member = zipfile.ZipInfo()
    member.filename = member.orig_filename = name
    target = io.BytesIO(zipped({"a": b"b"}))
    with zipfile.ZipFile(target) as archive:
        archive.filelist[:] = [member]
        try:
            archives.examine(archive, 1000, 10**9)
        except InstallError:
            return
    root = os.path.normpath("/top/of/it")
    assert os.path.normpath(f"{root}/{name}").startswith(root + os.sep)


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK, stat.S_IFDIR]
)
def test_links_and_special_files(install_zip: Install, kind: int) -> None:
    with pytest.raises(InstallError, match="no file: tiny-model"):
        install_zip(with_kind(kind))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a/same", "a/same"),
        ("a/Same", "a/SAME"),
        ("a/stra\u00dfe", "a/STRASSE"),
        ("a/\u00e9", "a/e\u0301"),
        ("a/b", "a/b/"),
    ],
)
def test_files_that_are_one_on_some_system(install_zip: Install, first: str, second: str) -> None:
    with pytest.raises(InstallError, match="a file twice"):
        install_zip(twice(first, second))


def test_a_file_inside_a_file(install_zip: Install) -> None:
    with pytest.raises(InstallError, match="a file inside a file"):
        install_zip(twice("A/b", "a/B/c"))


def test_too_many_files(install_zip: Install) -> None:
    members = {f"{NAME}/{number}": b"" for number in range(archives.MOST_MEMBERS + 1)}
    with pytest.raises(InstallError, match="more than 1000"):
        install_zip(zipped(members))


def test_too_deep_folders_and_too_long_names(install_zip: Install) -> None:
    with pytest.raises(InstallError, match="too deep"):
        install_zip(with_member("/".join("abcdefghi")))
    with pytest.raises(InstallError, match="not safe"):
        install_zip(with_member("a" * 201))


def test_a_bomb(install_zip: Install, home: Home) -> None:
    with pytest.raises(InstallError, match="would unpack to 30 MB, more than 20 times"):
        install_zip(zipped({f"{NAME}/am/final.mdl": bytes(30_000_000)}))


def test_a_bomb_of_members_that_share_their_bytes(install_zip: Install) -> None:
    packed = zipped({f"{NAME}/{letter}": bytes(4_000_000) for letter in "abcdefgh"})
    shared = forged(packed, 42, "<I", 0)  # every entry of the list leads to the first member
    with pytest.raises(InstallError, match="refused"):
        install_zip(shared)


@pytest.mark.parametrize("size", [100, 0])
def test_a_bomb_that_lies_about_its_size(install_zip: Install, home: Home, size: int) -> None:
    with pytest.raises(InstallError, match="refused"):
        install_zip(with_forged_size(size))
    assert find_models([home.models]) == ()


def test_a_size_that_is_too_big_is_not_believed(install_zip: Install, home: Home) -> None:
    members = {f"{NAME}/{name}": b"x" * 100 for name in ("a", "b")}
    with pytest.raises(InstallError, match="refused"):
        install_zip(forged(zipped(members, zipfile.ZIP_STORED), 24, "<I", 150))


def test_a_list_of_members_that_fills_the_memory(
    install_zip: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_LIST_BYTES", 70_000)
    members = {f"{number:0200d}": b"" for number in range(500)}
    with pytest.raises(InstallError, match="list of files is too long"):
        install_zip(zipped(members))


def test_a_locked_archive(install_zip: Install) -> None:
    content = forged(model_zip(), 8, "<H", 1)
    with pytest.raises(InstallError, match="locked with a password"):
        install_zip(content)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing(install_zip: Install, method: int) -> None:
    with pytest.raises(InstallError, match="packed in a way"):
        install_zip(zipped(model_members(), method))


def test_damage_inside_a_member(install_zip: Install, home: Home) -> None:
    data = bytearray(zipped(model_members(), zipfile.ZIP_STORED))
    at = data.find(model_members()[f"{NAME}/README"][:100])
    data[at + 1000] ^= 1
    with pytest.raises(InstallError, match="damaged"):
        install_zip(bytes(data))
    assert find_models([home.models]) == ()


@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_damaged_ends_with_an_explanation_or_a_whole_model(
    install_zip: Install, home: Home, archive: bytes, seed: int
) -> None:
    chance = random.Random(seed)
    data = bytearray(archive[: chance.choice([len(archive), chance.randrange(len(archive))])])
    ends = [chance.randrange(len(data)), max(len(data) - chance.randrange(1, 700), 0)]
    for at in [*ends, *ends]:
        data[min(at, len(data) - 1)] = chance.randrange(256)
    try:
        folder = install_zip(bytes(data))
    except InstallError as error:
        assert error.hint
        assert find_models([home.models]) == ()
    else:
        assert holds_model(folder)
    aside = home.models / ".installing"
    assert not aside.exists() or {path.suffix for path in aside.iterdir()} <= {".lock"}


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip", bytes(1000), zipped({})])
def test_no_archive_at_all(install_zip: Install, content: bytes) -> None:
    with pytest.raises(InstallError, match=r"damaged, or no zip file|it is empty"):
        install_zip(content)


def test_folders_and_nothing_else(install_zip: Install) -> None:
    with pytest.raises(InstallError, match="no speech model"):
        install_zip(zipped({f"{NAME}/": b"", f"{NAME}/am/": b""}))


def test_two_models_in_one_archive(install_zip: Install, home: Home) -> None:
    content = zipped({**model_members("one"), **model_members("two")})
    with pytest.raises(InstallError, match="more than one speech model: one, two"):
        install_zip(content)
    assert not (home.models / "mine").exists()


def test_what_a_mac_puts_beside_a_model_is_left_out(install_zip: Install) -> None:
    litter = {"__MACOSX/._am": b"x", f"{NAME}/.DS_Store": b"x"}
    folder = install_zip(zipped({**model_members(), **litter}))
    assert holds_model(folder)
    assert not list(folder.rglob("__MACOSX"))


@pytest.mark.parametrize("folder", ["outer/inner", "."])
def test_a_model_one_folder_too_deep_or_too_high(
    install_zip: Install, folder: str, home: Home
) -> None:
    members = model_members(folder)
    placed = install_zip(zipped({name.removeprefix("./"): data for name, data in members.items()}))
    assert placed == home.models / "mine"
    assert holds_model(placed)


def test_a_model_too_deep_is_no_model(install_zip: Install) -> None:
    with pytest.raises(InstallError, match="no speech model"):
        install_zip(zipped(model_members("a/b/c")))


def test_nothing_unpacked_may_be_run(install_zip: Install) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in model_members().items():
            member = zipfile.ZipInfo(name)
            member.external_attr = (stat.S_IFREG | 0o6777) << 16
            archive.writestr(member, content)
    folder = install_zip(target.getvalue())
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*.mdl")} == {0o600}
