"""`models`: what there is, what is used and why, and a choice that is tried first."""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.speech.listening import MODEL
from tests.transcript.installed import pretend_installed, pretend_shipped, write_model
from trainer.config import Settings, load_settings, save_settings
from trainer.paths import Home
from trainer.transcript import lookup
from trainer.transcript.engines import Engine
from trainer.transcript.problems import explain

SMALL = "vosk-model-small-en-us-0.15"

needs_vosk = pytest.mark.skipif(find_spec("vosk") is None, reason="Vosk has no package here")
needs_builtin = pytest.mark.skipif(
    find_spec("pocketsphinx") is None, reason="PocketSphinx is not installed"
)


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_shipped(monkeypatch, tmp_path / "shipped")


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    """Both packages are installed, and every engine works; these were tried."""
    seen: list[Engine] = []
    monkeypatch.setattr(lookup, "try_engine", seen.append)
    pretend_installed(monkeypatch, "vosk", "pocketsphinx")
    return seen


def test_the_list_says_what_is_used_and_how_to_get_more(
    run: Run, home: Home, tried: list[Engine]
) -> None:
    result = run("models", "list")
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0] == "Used now: pocketsphinx en-us (builtin). There is no Vosk model."
    assert SMALL in lines
    assert "  American English, 41 MB to download, Apache-2.0" in lines
    assert "9.85 % in LibriSpeech" in result.out
    commands = [line for line in lines if line.startswith("  Run: trainer models install vosk-")]
    assert len(commands) == 4
    assert commands[0] == f"  Run: trainer models install {SMALL}"
    assert "  Run: trainer models install --from FILE.zip" in lines
    assert not home.root.exists()
    assert tried == []


def test_models_that_are_there_are_told_with_their_place(
    run: Run, home: Home, tried: list[Engine]
) -> None:
    known = write_model(home.models / SMALL)
    other = write_model(home.models / "of-\x1b[1mmine")
    write_model(home.models / "vosk-model-small-en-gb-0.15", ["am/final.mdl"])
    result = run("models", "list")
    assert "\x1b" not in result.out
    told = " ".join(result.out.split())
    assert f"Installed in {known}" in told
    assert "Not in the catalogue, installed in" in told
    assert f"Not complete in {home.models / 'vosk-model-small-en-gb-0.15'}" in told
    assert result.out.count("Run: trainer models install vosk-") == 3
    value = run("models", "list", "--json").json
    assert value["others"] == [str(other)]
    found = {model["name"]: model for model in value["models"]}
    assert (found[SMALL]["folder"], found[SMALL]["complete"]) == (str(known), True)
    assert found[SMALL]["bytes"] == 41205931
    assert found[SMALL]["word_error_rates"]["TED-LIUM"] == 10.38
    assert found["vosk-model-en-us-0.22-lgraph"]["folder"] is None
    assert found["vosk-model-en-us-0.22-lgraph"]["partial_bytes"] == 0
    install = "trainer models install vosk-model-en-us-0.22-lgraph"
    assert found["vosk-model-en-us-0.22-lgraph"]["install"] == install
    assert found["vosk-model-small-en-gb-0.15"]["complete"] is False
    assert value["used"]["engine"] == "vosk"
    assert value["used"]["folder"] == str(other)


@pytest.mark.parametrize(
    ("installed", "chosen", "used", "reason"),
    [
        ((), None, None, "PocketSphinx is not installed"),
        (("pocketsphinx",), None, "builtin", "The package vosk is not installed."),
        (("pocketsphinx", "vosk"), None, "vosk", "first complete Vosk model"),
        (("pocketsphinx", "vosk"), "builtin", "builtin", "You chose it."),
        (("vosk",), "builtin", "builtin", "is not installed"),
        (("pocketsphinx", "vosk"), "/no/such/folder", "vosk", "not whole in /no/such/folder"),
    ],
)
def test_the_reason_for_what_is_used(
    run: Run,
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    installed: tuple[str, ...],
    chosen: str | None,
    used: str | None,
    reason: str,
) -> None:
    pretend_installed(monkeypatch, *installed)
    if "vosk" in installed:
        write_model(home.models / SMALL)
    save_settings(home, Settings(model=chosen))
    value = run("models", "list", "--json").json["used"]
    assert value["engine"] == used
    assert reason in value["reason"]
    assert reason in " ".join(run("models", "list").out.split())


def test_a_choice_is_tried_and_saved(run: Run, home: Home, tried: list[Engine]) -> None:
    folder = write_model(home.models / SMALL)
    save_settings(home, Settings(theme="light", questions=3))
    for name in (SMALL, str(folder)):
        result = run("models", "use", name)
        assert (result.code, result.err) == (0, "")
        assert result.out.startswith(f"Used now: {SMALL} (vosk) from")
    assert [engine.folder for engine in tried] == [folder, folder]
    assert load_settings(home) == (
        Settings(theme="light", questions=3, model=str(folder)),
        None,
    )
    assert run("models", "use", "builtin").code == 0
    assert load_settings(home)[0].model == "builtin"
    assert run("models", "use", "auto").out.endswith("found.\n")
    assert load_settings(home)[0].model is None


def test_a_relative_path_is_kept_whole(
    run: Run, home: Home, tried: list[Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path / "here" / "inside")
    monkeypatch.chdir(tmp_path)
    assert run("models", "use", "here").code == 0
    assert load_settings(home)[0].model == str(tmp_path / "here" / "inside")


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("nope", 2, "There is no model 'nope'."),
        ("", 2, "There is no model"),
        ("~nobody-has-this-name/x", 2, "There is no model"),
        ("model.zip", 2, "Unpack the archive"),
        ("builtin", 3, "PocketSphinx, is not installed"),
        ("folder", 3, "not complete"),
    ],
)
def test_what_cannot_be_used_is_told_and_changes_nothing(
    run: Run,
    home: Home,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    code: int,
    message: str,
) -> None:
    pretend_installed(monkeypatch, "vosk")
    monkeypatch.setattr(
        lookup, "try_engine", lambda engine: explain(engine, "no model", sound=False)
    )
    monkeypatch.chdir(tmp_path)
    Path("model.zip").touch()
    Path("folder").mkdir()
    save_settings(home, Settings(model="/before"))
    result = run("models", "use", name)
    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert "sound is kept" not in result.err
    assert len(result.err.splitlines()) == 2
    assert load_settings(home)[0].model == "/before"


# With the real recognisers


@needs_vosk
def test_a_real_model_is_used(run_real: Run, home: Home) -> None:
    result = run_real("models", "use", MODEL)
    assert (result.code, result.err) == (0, "")
    assert load_settings(home)[0].model == str(MODEL)


def cut_short(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:2000])


def without_silence_phones(folder: Path) -> None:
    (folder / "conf" / "model.conf").write_text("", encoding="utf-8")  # Vosk aborts


def with_states_that_are_not_there(folder: Path) -> None:
    path = folder / "graph" / "HCLG.fst"
    graph = bytearray(path.read_bytes())
    at = graph.rindex(struct.pack("<i", 0)) // 2
    graph[at : at + 64] = b"\xff" * 64
    path.write_bytes(graph)


@needs_vosk
@pytest.mark.parametrize(
    "damage",
    [
        cut_short("am/final.mdl"),
        cut_short("graph/HCLG.fst"),
        without_silence_phones,
        with_states_that_are_not_there,
        lambda folder: (folder / "graph" / "HCLG.fst").unlink(),
    ],
    ids=["model cut", "graph cut", "abort", "bad states", "graph missing"],
)
def test_a_damaged_model_is_refused(
    run_real: Run, home: Home, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    damage(folder)
    result = run_real("models", "use", folder)
    assert (result.code, result.out) == (3, "")
    message, hint = result.err.splitlines()
    assert str(folder) in message
    assert message.endswith("The choice stays as it was.")
    assert "trainer models use" in hint
    assert not home.config_file.exists()


@needs_builtin
def test_the_real_builtin_recogniser_is_used(run_real: Run, home: Home) -> None:
    assert run_real("models", "use", "builtin").code == 0
    assert json.loads(home.config_file.read_text())["model"] == "builtin"
