"""`models install`, `verify` and `remove` where somebody can be asked."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.installing.archives import NAME, entry, model_zip
from tests.installing.server import ArchiveServer, page
from tests.transcript.installed import pretend_installed, pretend_shipped, write_model
from trainer.config import Settings, load_settings, save_settings
from trainer.installing import installing
from trainer.paths import Home
from trainer.transcript import choosing, lookup
from trainer.transcript.engines import Engine

ZIP = model_zip()


@pytest.fixture(autouse=True)
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ArchiveServer]:
    """The catalogue knows one model, on a server of the test; every trial is passed."""
    pretend_shipped(monkeypatch, tmp_path / "shipped")
    pretend_installed(monkeypatch, "vosk", "pocketsphinx")
    monkeypatch.setattr(lookup, "try_engine", lambda engine, *rest: None)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    allowing = functools.partial(installing.Models, schemes=("http",))
    monkeypatch.setattr(installing, "Models", allowing)
    with ArchiveServer(ZIP) as serving:
        model = entry(ZIP, serving.url)
        monkeypatch.setattr(choosing, "shipped_models", lambda: (model,))
        yield serving


def test_the_question_names_size_address_place_and_licence(
    run: Run, home: Home, server: ArchiveServer
) -> None:
    result = run("models", "install", NAME, stdin="n\n", terminal=True)
    assert (result.code, result.out) == (1, "")
    for told in (NAME, "Test English", f"{len(ZIP)} bytes", server.url, home.models, "Apache-2.0"):
        assert str(told) in result.err
    assert "Download it? [y/N]" in result.err
    assert result.err.endswith("Nothing was downloaded.\n")
    assert server.requests == []
    assert not home.models.exists()


def test_a_yes_installs_and_shows_how_far_it_is(run: Run, home: Home) -> None:
    result = run("models", "install", NAME, stdin="y\n", terminal=True)
    assert result.code == 0
    assert f"{NAME} is installed in" in result.out
    assert f"Used now: {NAME} (vosk)" in result.out
    assert "\rDownloading: 0.5 of 0.5 MB (100%)" in result.err
    assert result.err.endswith(" \r")


def test_where_another_one_is_chosen_the_way_to_use_the_new_one_is_told(
    run: Run, home: Home
) -> None:
    save_settings(home, Settings(model="builtin"))
    result = run("models", "install", NAME, "--yes")
    assert "Used now: pocketsphinx en-us (builtin). You chose it." in result.out
    assert result.out.endswith(f"To use the new one, run: trainer models use {NAME}\n")
    save_settings(home, Settings())
    assert run("models", "remove", NAME, "--yes").code == 0
    assert "To use" not in run("models", "install", NAME, "--yes").out


def test_without_a_name_the_recommended_one_is_asked_for(
    run: Run, home: Home, server: ArchiveServer
) -> None:
    result = run("models", "install", stdin="y\n", terminal=True)
    assert result.code == 0
    assert result.err.startswith(f"Recommended: {NAME}.")
    again = run("models", "install")
    assert (again.code, len(server.requests)) == (0, 1)


def test_nobody_answers(run: Run, server: ArchiveServer) -> None:
    assert run("models", "install", NAME, terminal=True).code == 130
    assert server.requests == []


def test_the_weak_checksum_is_not_praised(
    run: Run, server: ArchiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = entry(ZIP, server.url, kind="md5")
    monkeypatch.setattr(choosing, "shipped_models", lambda: (weak,))
    result = run("models", "install", NAME, "--yes")
    assert "MD5 checksum fits: it arrived undamaged." in result.out
    assert "does not prove" in result.out


def test_what_is_kept_is_told_in_list_and_question(run: Run, home: Home) -> None:
    model = choosing.shipped_models()[0]
    partial = installing.Models(home)._place(NAME).partial
    partial.file.parent.mkdir(parents=True)
    partial.begin(model, None)
    partial.file.write_bytes(ZIP[:1000])
    told = run("models", "list").out
    assert "Not installed. 1000 bytes of it are downloaded and kept" in told
    assert run("models", "list", "--json").json["models"][0]["partial_bytes"] == 1000
    asked = run("models", "install", NAME, stdin="n\n", terminal=True)
    assert "(1000 bytes of it are here already)" in asked.err


def test_without_vosk_nothing_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_installed(monkeypatch, "pocketsphinx")
    result = run("models", "install", NAME, terminal=True)
    assert result.code == 3
    assert "The package vosk is not installed." in result.err
    assert "Download" not in result.err


@pytest.mark.parametrize("name", ["nope", "../nope", "\x1b[1mnope"])
def test_an_unknown_name(run: Run, name: str) -> None:
    result = run("models", "install", name, "--yes")
    assert (result.code, result.out) == (2, "")
    assert "The catalogue has no model" in result.err
    assert "\x1b" not in result.err
    assert run("models", "verify", name).code == 2
    assert run("models", "remove", name, "--yes").code == 2


def test_a_damaged_model_is_named_before_the_question(run: Run, home: Home) -> None:
    run("models", "install", NAME, "--yes")
    (home.models / NAME / "am" / "final.mdl").write_text("x")
    result = run("models", "install", NAME, stdin="n\n", terminal=True)
    assert result.code == 1
    assert f"{NAME} is not as it was installed.\n  am/final.mdl was changed" in result.err


def test_a_failing_download_ends_with_its_message_on_a_line_of_its_own(
    run: Run, server: ArchiveServer
) -> None:
    server.plan = [page]
    result = run("models", "install", NAME, stdin="y\n", terminal=True)
    assert result.code == 1
    assert "\rA web page came" in result.err


def test_verify_without_a_model(run: Run) -> None:
    result = run("models", "verify")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        "There is no speech model on this machine.",
        "Run: trainer models install",
    ]
    assert run("models", "verify", "--json").json == {"schema_version": 1, "models": []}


def test_verify_names_what_is_wrong_with_each(run: Run, home: Home) -> None:
    run("models", "install", NAME, "--yes")
    write_model(home.models / "mine")
    write_model(home.models / NAME, ["am/extra\x1b[1m"])
    result = run("models", "verify")
    assert result.code == 3
    assert "\x1b" not in result.out
    assert "mine works on a test sentence." in result.out
    value = run("models", "verify", NAME, "--json").json["models"]
    assert [model["good"] for model in value] == [False]
    assert value[0]["hint"] == f"Run: trainer models install {NAME}"


def test_removing_is_asked(run: Run, home: Home) -> None:
    run("models", "install", NAME, "--yes")
    save_settings(home, Settings(model=str(home.models / "another")))
    kept = run("models", "remove", NAME, stdin="n\n", terminal=True)
    assert (kept.code, kept.out) == (1, "")
    assert f"{NAME}, 753" in kept.err
    assert (home.models / NAME).is_dir()
    gone = run("models", "remove", NAME, stdin="y\n", terminal=True)
    assert gone.code == 0
    assert "No model is chosen" not in gone.out
    assert load_settings(home)[0].model == str(home.models / "another")
    assert not (home.models / NAME).exists()


def test_a_folder_in_place_of_a_zip_file(run: Run, tmp_path: Path) -> None:
    result = run("models", "install", "--from", tmp_path)
    assert result.code == 2
    assert f"trainer models use {tmp_path}" in " ".join(result.err.split())


def test_the_trial_names_the_model(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Engine] = []
    monkeypatch.setattr(lookup, "try_engine", lambda engine, *rest: seen.append(engine))
    run("models", "install", NAME, "--yes")
    assert [engine.model for engine in seen] == [NAME]
