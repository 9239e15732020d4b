"""The commands that install: killed, interrupted, twice at once, and what they say."""

from __future__ import annotations

import functools
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.conftest import Run, runner
from tests.installing import server as does
from tests.installing.archives import NAME, entry
from tests.installing.server import ArchiveServer
from tests.waiting import wait_until
from trainer.config import Settings, load_settings, save_settings
from trainer.installing import installing
from trainer.installing.downloading import Partial
from trainer.paths import HOME_VARIABLE, Home
from trainer.transcript import choosing
from trainer.transcript.catalogue import Model
from trainer.transcript.lookup import find_models, holds_model

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(find_spec("vosk") is None, reason="Vosk has no package here")


@pytest.fixture
def server(archive: bytes) -> Iterator[ArchiveServer]:
    with ArchiveServer(archive) as serving:
        yield serving


@pytest.fixture
def model(archive: bytes, server: ArchiveServer) -> Model:
    return entry(archive, server.url)


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(home: Home, model: Model, tmp_path: Path) -> Iterator[Start]:
    """Start the program in a process of its own, over the test's catalogue."""
    told = tmp_path / "model.json"
    told.write_text(json.dumps(asdict(model)), encoding="utf-8")
    with ExitStack() as stack:

        def begin(*arguments: object, **more: str) -> subprocess.Popen[str]:
            words = ["-m", "tests.installing.program", str(told), *map(str, arguments)]
            process = subprocess.Popen(
                [sys.executable, *words],
                env={**os.environ, "PYTHONPATH": str(ROOT), HOME_VARIABLE: str(home.root), **more},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            return process

        yield begin


@pytest.fixture
def run(home: Home, model: Model, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, over the test's catalogue."""
    monkeypatch.setenv(HOME_VARIABLE, str(home.root))
    monkeypatch.setattr(choosing, "shipped_models", lambda: (model,))
    models = functools.partial(installing.Models, schemes=("http",))
    monkeypatch.setattr(installing, "Models", models)
    return runner(monkeypatch)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def partial(home: Home) -> Partial:
    return Partial(home.models / ".installing" / f"{NAME}.zip.partial")


def reaches(server: ArchiveServer, home: Home, model: Model, count: int) -> None:
    wait_until(lambda: partial(home).kept(model) == count, "the part is on the disk", 30.0)


def test_installing_without_a_terminal_tells_the_steps(
    start: Start, home: Home, server: ArchiveServer
) -> None:
    code, out, err = ended(start("models", "install", NAME, "--yes"))
    assert code == 0, err
    assert out.splitlines()[0].startswith(f"{NAME} is installed in")
    assert "Its SHA-256 checksum fits: it is the published file." in out
    assert f"Used now: {NAME} (vosk)" in out
    steps = [line.partition(":")[0] for line in err.splitlines()]
    assert steps == [
        "Downloading",
        "Checking the file",
        "Unpacking",
        "Trying it on a test sentence",
    ]
    assert "\r" not in err
    code, out, err = ended(start("models", "install", NAME))
    assert (code, err) == (0, "")
    assert "is installed already" in out
    assert len(server.requests) == 1


def test_without_a_terminal_and_a_yes_nothing_is_downloaded(
    run: Run, home: Home, server: ArchiveServer
) -> None:
    for arguments in (("models", "install", NAME), ("models", "install")):
        result = run(*arguments)
        assert (result.code, result.out) == (2, "")
        assert "Add --yes to download 532541 bytes from http://127.0.0.1" in result.err
    assert server.requests == []
    assert not home.models.exists()


def test_a_program_that_is_killed_while_it_downloads(
    start: Start, home: Home, server: ArchiveServer, model: Model
) -> None:
    server.plan = [does.stalling(150_000)]
    first = start("models", "install", NAME, "--yes")
    reaches(server, home, model, 150_000)
    first.kill()
    first.wait()
    assert find_models([home.models]) == ()
    code, listed, _ = ended(start("models", "list", "--json"))
    assert json.loads(listed)["models"][0]["partial_bytes"] == 150_000
    code, _, err = ended(start("models", "install", NAME, "--yes"))
    assert code == 0, err
    assert server.requests[-1]["Range"] == "bytes=150000-"
    assert holds_model(home.models / NAME)


def test_a_program_that_is_killed_while_it_unpacks(
    start: Start, home: Home, server: ArchiveServer, tmp_path: Path
) -> None:
    reached = tmp_path / "reached"
    first = start("models", "install", NAME, "--yes", HANG="unpacking", REACHED=str(reached))
    wait_until(reached.exists, "the middle of unpacking", 30.0)
    first.kill()
    first.wait()
    aside = home.models / ".installing"
    assert (aside / f"{NAME}.unpacked").is_dir()
    assert find_models([home.models]) == ()
    _, listed, _ = ended(start("models", "list", "--json"))
    assert json.loads(listed)["models"][0]["folder"] is None
    code, _, err = ended(start("models", "install", NAME))  # all is here: nothing to ask
    assert code == 0, err
    assert len(server.requests) == 1
    assert holds_model(home.models / NAME)
    assert {path.suffix for path in aside.iterdir()} == {".lock"}


def test_two_programs_at_once_download_once(
    start: Start, home: Home, server: ArchiveServer, model: Model
) -> None:
    hold = server.stalled

    def slow(request: does.Request) -> None:
        rest = request.begin()
        request.body(rest[:1000])
        hold.wait(30)
        request.body(rest[1000:])

    server.plan = [slow]
    first = start("models", "install", NAME, "--yes")
    reaches(server, home, model, 1000)
    second = start("models", "install", NAME, "--yes")
    assert second.stderr
    assert second.stderr.readline().startswith("Waiting for another program")
    hold.set()
    assert ended(first)[0] == 0
    assert ended(second)[0] == 0
    assert len(server.requests) == 1
    assert holds_model(home.models / NAME)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_program_says_how_to_go_on(
    start: Start, home: Home, server: ArchiveServer, model: Model, number: signal.Signals
) -> None:
    server.plan = [does.stalling(150_000)]
    process = start("models", "install", NAME, "--yes")
    reaches(server, home, model, 150_000)
    process.send_signal(number)
    code, out, err = ended(process)
    assert (code, out) == (130, "")
    assert err.splitlines()[-1] == (
        "Stopped. 150000 bytes are kept. To go on, run the same command again."
    )
    assert partial(home).kept(model) == 150_000


def test_an_error_of_the_network_is_one_message_and_one_hint(
    run: Run, server: ArchiveServer
) -> None:
    server.plan = [does.page]
    result = run("models", "install", NAME, "--yes")
    assert (result.code, result.out) == (1, "")
    message, hint = result.err.splitlines()[-2:]
    assert message == "A web page came from 127.0.0.1 in place of the model."
    assert "sign in" in hint


def test_a_local_file_needs_no_question(
    run: Run, home: Home, server: ArchiveServer, archive: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "some.zip"
    file.write_bytes(archive)
    result = run("models", "install", "--from", file)
    assert result.code == 0, result.err
    assert "SHA-256 checksum fits" in result.out
    result = run("models", "install", "other", "--from", file)
    assert result.code == 0, result.err
    assert "No checksum of it is known" in result.out
    assert server.requests == []
    result = run("models", "verify", "--json")
    assert result.code == 0
    assert [model["name"] for model in result.json["models"]] == [NAME, "other"]


def test_a_damaged_model_is_found_and_installed_again(
    run: Run, home: Home, server: ArchiveServer
) -> None:
    assert run("models", "install", NAME, "--yes").code == 0
    words = home.models / NAME / "graph" / "words.txt"
    words.write_bytes(words.read_bytes().replace(b"a", b"b", 1))
    result = run("models", "verify")
    assert result.code == 3
    assert "graph/words.txt was changed" in result.out
    assert f"  Run: trainer models install {NAME}" in result.out.splitlines()
    result = run("models", "install", NAME, "--yes")
    assert result.code == 0, result.err
    assert "graph/words.txt was changed" in result.err
    assert run("models", "verify", NAME).code == 0
    assert len(server.requests) == 2


def test_a_removed_model_is_no_longer_chosen(run: Run, home: Home, server: ArchiveServer) -> None:
    assert run("models", "install", NAME, "--yes").code == 0
    save_settings(home, Settings(theme="light", model=str(home.models / NAME)))
    result = run("models", "remove", NAME)
    assert (result.code, result.out) == (2, "")
    assert "Add --yes" in result.err
    result = run("models", "remove", NAME, "--yes")
    assert result.code == 0, result.err
    assert f"{NAME} is removed" in result.out
    assert "No model is chosen now." in result.out
    assert load_settings(home)[0] == Settings(theme="light")
    assert not (home.models / NAME).exists()
    result = run("models", "remove", NAME, "--yes")
    assert result.code == 2
    assert "There is no model" in result.err


def test_a_model_unpacked_by_hand_is_tried(
    run: Run, home: Home, archive: bytes, tmp_path: Path
) -> None:
    (tmp_path / "x.zip").write_bytes(archive)
    shutil.unpack_archive(tmp_path / "x.zip", home.models)
    result = run("models", "verify", NAME)
    assert result.code == 0
    assert "works on a test sentence. No checksums" in result.out
    (home.models / NAME / "conf" / "model.conf").write_text("")
    result = run("models", "verify", NAME, "--json")
    assert result.code == 3
    (verdict,) = result.json["models"]
    assert (verdict["good"], verdict["by"]) == (False, "trial")
    assert "damaged" in verdict["message"]
