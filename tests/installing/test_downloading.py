"""What servers and networks do to a download, and what is kept of it."""

from __future__ import annotations

import json
import socket
import stat
import threading
import time
from collections.abc import Callable

import pytest

from tests.installing import server as does
from tests.installing.archives import NAME, entry, model_zip, zipped
from tests.installing.conftest import Installer
from tests.installing.server import ArchiveServer, Behaviour
from trainer.errors import UsageError
from trainer.installing.downloading import MOST_BREAKS
from trainer.installing.fetching import MOST_REDIRECTS, check_redirect
from trainer.installing.installing import Models
from trainer.installing.types import CancelledError, InstallError
from trainer.paths import Home
from trainer.transcript.engines import Engine
from trainer.transcript.lookup import find_models, holds_model

From = Callable[[ArchiveServer], Installer]

pytestmark = pytest.mark.usefixtures("tried")


def test_a_model_is_downloaded_checked_tried_and_placed(
    archive: bytes, install_from: From, tried: list[Engine]
) -> None:
    with ArchiveServer(archive) as server:
        install = install_from(server)
        folder = install()
    assert folder == install.target
    assert holds_model(folder)
    assert len(tried) == 1
    assert install.phases() == ["downloading", "checking", "unpacking", "trying"]
    last = {progress.phase: progress for progress in install.told}
    assert last["downloading"].done == last["downloading"].whole == len(archive)
    assert last["checking"].done == len(archive)
    assert last["unpacking"].done == last["unpacking"].whole
    assert install.kept == 0
    left = {path.name for path in (install.home.models / ".installing").iterdir()}
    assert left <= {f"{NAME}.lock"}
    assert server.requests[0]["User-Agent"] == "interview-trainer"


def test_what_lies_there_is_for_the_user_alone(archive: bytes, install_from: From) -> None:
    with ArchiveServer(archive, does.cutting(5000), *[does.cutting(0)] * 9) as server:
        install = install_from(server)
        with pytest.raises(InstallError):
            install()
        aside = install.home.models / ".installing"
        assert {path.name for path in aside.iterdir()} >= {
            f"{NAME}.zip.partial",
            f"{NAME}.zip.json",
        }
        server.plan.clear()
        install()
    for path in (install.home.models, *install.home.models.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_download_that_breaks_off_goes_on_by_itself(archive: bytes, install_from: From) -> None:
    with ArchiveServer(archive, does.cutting(100_000), does.cutting(50_000)) as server:
        install = install_from(server)
        install()
    ranges = [request.get("Range") for request in server.requests]
    assert ranges == [None, "bytes=100000-", "bytes=150000-"]
    assert server.requests[1]["If-Range"] == server.etag


def test_a_server_that_always_cuts_off_is_left_and_what_came_is_kept(
    archive: bytes, install_from: From
) -> None:
    with ArchiveServer(archive, *[does.cutting(1000)] * (MOST_BREAKS + 1)) as server:
        install = install_from(server)
        with pytest.raises(InstallError, match="broke off") as caught:
            install()
        assert "go on" in caught.value.hint
        assert len(server.requests) == MOST_BREAKS + 1
        assert install.kept == 1000 * (MOST_BREAKS + 1)
        assert not install.target.exists()
        install()
        assert server.requests[-1]["Range"] == f"bytes={1000 * (MOST_BREAKS + 1)}-"
    assert holds_model(install.target)


def test_a_connection_that_brings_nothing_is_not_tried_again(
    archive: bytes, install_from: From
) -> None:
    with ArchiveServer(archive, *[does.cutting(0)] * 3) as server:
        with pytest.raises(InstallError, match="broke off"):
            install_from(server)()
        assert len(server.requests) == 1


def broken_off(install: Installer, server: ArchiveServer, count: int = 100_000) -> None:
    """Leave a part of a download behind."""
    server.plan = [does.cutting(count), does.cutting(0)]
    with pytest.raises(InstallError, match="broke off"):
        install()
    assert install.kept == count
    server.plan.clear()
    server.requests.clear()


@pytest.mark.parametrize(
    ("behaviour", "requests"),
    [
        (does.ignoring_range, 1),
        (does.another_rest, 2),
        (does.status(416), 2),
        (does.untagged, 1),
    ],
    ids=["whole file", "another rest", "refused", "untagged"],
)
def test_a_server_that_does_not_go_on_as_asked_still_gives_the_model(
    archive: bytes, install_from: From, behaviour: Behaviour, requests: int
) -> None:
    with ArchiveServer(archive) as server:
        install = install_from(server)
        broken_off(install, server)
        server.plan = [behaviour]
        install()
        assert len(server.requests) == requests
    assert holds_model(install.target)


def test_without_a_tag_the_rest_is_asked_for_and_checked(
    archive: bytes, install_from: From
) -> None:
    def cut(request: does.Request) -> None:
        request.body(request.begin(tagged=False)[:70_000])

    with ArchiveServer(archive, cut) as server:
        install = install_from(server)
        install()
    assert server.requests[1]["Range"] == "bytes=70000-"
    assert "If-Range" not in server.requests[1]


@pytest.mark.parametrize("behaviour", [does.honest, does.rest_of_another], ids=["keeps", "breaks"])
def test_a_file_that_changed_between_two_tries_is_begun_anew(
    archive: bytes, install_from: From, behaviour: Behaviour
) -> None:
    other = archive[:3000] + bytes(len(archive) - 3000)
    with ArchiveServer(archive) as server:
        install = install_from(server)
        server.content = other
        broken_off(install, server, 200_000)
        server.content = archive
        server.plan = [behaviour]
        install.told.clear()
        install()
        assert install.phases().count("checking") == 1  # seen before anything was downloaded
    assert holds_model(install.target)


def test_a_kept_part_of_another_file_shows_at_the_checksum_and_is_begun_anew(
    archive: bytes, install_from: From
) -> None:
    def cut(request: does.Request) -> None:
        request.body(request.begin(tagged=False)[:100_000])

    with ArchiveServer(archive) as server:
        install = install_from(server)
        server.content = archive[:3000] + bytes(len(archive) - 3000)
        server.plan = [cut, does.cutting(0)]
        with pytest.raises(InstallError):
            install()
        server.content = archive
        server.plan = [does.untagged]
        install()
        assert [request.get("Range") for request in server.requests[2:]] == ["bytes=100000-", None]
    assert holds_model(install.target)


@pytest.mark.parametrize("damage", ["other address", "other sum", "no note", "no json", "too long"])
def test_a_part_whose_note_does_not_fit_is_not_gone_on_with(
    archive: bytes, install_from: From, damage: str
) -> None:
    with ArchiveServer(archive) as server:
        install = install_from(server)
        broken_off(install, server)
        aside = install.home.models / ".installing"
        note = aside / f"{NAME}.zip.json"
        value = json.loads(note.read_text())
        if damage == "no note":
            note.unlink()
        elif damage == "no json":
            note.write_text("[" * 100_000)
        elif damage == "too long":
            (aside / f"{NAME}.zip.partial").write_bytes(bytes(len(archive) + 1))
        else:
            value["url" if damage == "other address" else "checksum"] = "another"
            note.write_text(json.dumps(value))
        assert install.kept == 0
        install()
        assert "Range" not in server.requests[0]


def test_a_whole_download_is_not_asked_for_again(archive: bytes, install_from: From) -> None:
    with ArchiveServer(archive) as server:
        install = install_from(server)
        broken_off(install, server)
        part = install.home.models / ".installing" / f"{NAME}.zip.partial"
        part.write_bytes(archive)
        install()
        assert server.requests == []


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        (does.declaring(17), "another file than the known one: 17 bytes"),
        (does.declaring(10**9), "another file than the known one: 1000 MB"),
        (does.endless, "more than"),
        (does.page, "web page"),
        (does.page_without_a_type, "web page"),
        (does.status(404), r"no longer where it was published \(404"),
        (does.status(403), r"does not give the model to this machine \(403\)"),
        (does.status(500), r"fault or too much to do now \(500\)"),
        (does.status(503), r"fault or too much to do now \(503\)"),
        (does.status(204), "broke off|another file"),
        (does.status(418), r"does not fit \(418\)"),
        (does.no_http, "broke off"),
        (does.redirecting("file:///etc/passwd"), "sends on to an address that is not safe"),
        (does.redirecting("ftp://127.0.0.1/a.zip"), "sends on to an address that is not safe"),
        (does.redirecting("https://127.0.0.1:1/a.zip"), "sends on to an address that is not safe"),
    ],
)
def test_an_answer_that_is_not_the_file_is_explained(
    archive: bytes, install_from: From, behaviour: Behaviour, message: str
) -> None:
    with ArchiveServer(archive, behaviour) as server:
        install = install_from(server)
        with pytest.raises(InstallError, match=message) as caught:
            install()
    assert caught.value.hint
    assert not install.target.exists()
    assert install.kept == 0


@pytest.mark.parametrize("behaviour", [does.page, does.page_without_a_type, does.declaring(17)])
def test_a_page_in_place_of_the_rest_takes_nothing_away(
    archive: bytes, install_from: From, behaviour: Behaviour
) -> None:
    with ArchiveServer(archive) as server:
        install = install_from(server)
        broken_off(install, server)
        server.plan = [behaviour]
        with pytest.raises(InstallError):
            install()
    assert install.kept == 100_000


def test_a_file_without_a_length_is_taken(archive: bytes, install_from: From) -> None:
    with ArchiveServer(archive, does.undeclared) as server:
        assert holds_model(install_from(server)())


@pytest.mark.parametrize("kind", ["sha256", "md5"])
def test_a_wrong_file_of_the_right_length_is_refused(archive: bytes, home: Home, kind: str) -> None:
    wrong = bytearray(archive)
    wrong[len(wrong) // 2] ^= 1
    with ArchiveServer(bytes(wrong)) as server:
        install = Installer(home, entry(archive, server.url, kind=kind))
        told = {"sha256": "SHA-256", "md5": "MD5"}[kind]
        with pytest.raises(InstallError, match=f"its {told} checksum does not fit"):
            install()
        assert len(server.requests) == 1
    assert not install.target.exists()
    assert install.kept == 0


def test_a_redirect_is_followed_with_the_range(archive: bytes, install_from: From) -> None:
    with ArchiveServer(archive) as server:
        install = install_from(server)
        broken_off(install, server)
        server.plan = [does.redirecting("/elsewhere/tiny.zip")]
        install()
        assert server.paths[-1] == "/elsewhere/tiny.zip"
        assert server.requests[-1]["Range"] == "bytes=100000-"


def test_redirects_in_circles_end(archive: bytes, install_from: From) -> None:
    with ArchiveServer(archive, *[does.redirecting("/models/tiny.zip")] * 50) as server:
        with pytest.raises(InstallError, match="in circles"):
            install_from(server)()
        assert len(server.requests) == MOST_REDIRECTS + 1


def test_a_long_way_of_redirects_is_not_followed_to_its_end(
    archive: bytes, install_from: From
) -> None:
    too_many = [does.redirecting(f"/{number}") for number in range(MOST_REDIRECTS + 1)]
    with ArchiveServer(archive, *too_many) as server:
        with pytest.raises(InstallError, match="not safe, or in circles"):
            install_from(server)()
        server.plan = too_many[1:]
        install_from(server)()


def test_from_a_safe_address_nothing_unsafe_is_followed() -> None:
    schemes = ("https", "http")
    check_redirect("https://a.org/x", "https://b.org/x", schemes)
    check_redirect("http://a.org/x", "https://b.org/x", schemes)
    with pytest.raises(InstallError, match=r"a\.org sends on"):
        check_redirect("https://a.org/x", "http://a.org/x", schemes)


def test_only_safe_addresses_are_asked(archive: bytes, home: Home) -> None:
    with ArchiveServer(archive) as server:
        models = Models(home, [entry(archive, server.url)])
        with pytest.raises(InstallError, match="is not safe"):
            models.install(NAME, lambda progress: None, lambda: False)
        assert server.requests == []


def test_a_name_that_is_not_in_the_catalogue(archive: bytes, install_from: From) -> None:
    with ArchiveServer(archive) as server:
        install = install_from(server)
        for name in ("nope", "../nope", None):
            with pytest.raises(UsageError, match="The catalogue has no model"):
                install(name)
    assert not install.home.root.exists()


@pytest.mark.parametrize("count", [0, 50_000])
def test_a_server_that_says_nothing_more_is_left(
    archive: bytes, install_from: From, count: int
) -> None:
    with ArchiveServer(archive, does.stalling(count)) as server:
        install = install_from(server)
        with pytest.raises(InstallError, match=r"Nothing came from 127\.0\.0\.1"):
            install()
    assert install.kept == count


@pytest.mark.parametrize("behaviour", [does.silent, does.stalling(50_000)])
def test_a_stalled_download_is_cancelled_within_a_second(
    archive: bytes, home: Home, behaviour: Behaviour
) -> None:
    with ArchiveServer(archive, behaviour) as server:
        install = Installer(home, entry(archive, server.url), stall_s=30.0)
        asked_at: list[float] = []

        def cancelled() -> bool:
            if server.stalled.is_set() and not asked_at:
                asked_at.append(time.monotonic())
            return bool(asked_at)

        with pytest.raises(CancelledError):
            install(cancelled=cancelled)
        assert time.monotonic() - asked_at[0] < 1.0
    assert not install.target.exists()
    assert threading.active_count() < 20


def test_a_search_for_a_name_that_does_not_end_is_left(
    archive: bytes, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()

    def search(*_: object) -> list[object]:
        over.wait(30)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", search)
    try:
        with pytest.raises(InstallError, match=r"Nothing came from models\.invalid"):
            Installer(home, entry(archive, "http://models.invalid/x.zip"))()
    finally:
        over.set()


def test_a_server_that_is_not_there(archive: bytes, home: Home) -> None:
    with ArchiveServer(archive) as server:
        url = server.url
    with pytest.raises(InstallError, match="takes no connection") as caught:
        Installer(home, entry(archive, url))()
    assert "--from FILE.zip" in caught.value.hint


def test_a_name_that_is_not_found(archive: bytes, home: Home) -> None:
    install = Installer(home, entry(archive, "http://no-such-host.invalid/x.zip"), stall_s=20.0)
    with pytest.raises(InstallError, match=r"The name no-such-host\.invalid was not found"):
        install()


def test_the_proxy_of_the_system_is_asked(
    archive: bytes, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ArchiveServer(archive) as server:
        monkeypatch.setenv("http_proxy", server.address)
        Installer(home, entry(archive, "http://models.invalid/tiny.zip"))()
        assert server.paths == ["http://models.invalid/tiny.zip"]


def test_a_small_file_that_is_no_zip(home: Home) -> None:
    content = b"just some words"
    with ArchiveServer(content) as server, pytest.raises(InstallError, match="no zip file"):
        Installer(home, entry(content, server.url))()


def test_nothing_that_is_kept_counts_as_a_model(archive: bytes, install_from: From) -> None:
    with ArchiveServer(archive) as server:
        install = install_from(server)
        broken_off(install, server)
    assert find_models([install.home.models]) == ()
    assert install.models.installed() == ()


def test_an_archive_without_a_model_is_refused(home: Home) -> None:
    content = zipped({"other/readme.txt": b"hello"})
    with ArchiveServer(content) as server:
        install = Installer(home, entry(content, server.url))
        with pytest.raises(InstallError, match="no speech model"):
            install()
    assert not install.target.exists()


def test_the_folder_in_the_archive_may_have_another_name(home: Home) -> None:
    content = model_zip("another-folder")
    with ArchiveServer(content) as server:
        folder = Installer(home, entry(content, server.url))()
    assert folder == home.models / NAME
    assert holds_model(folder)
