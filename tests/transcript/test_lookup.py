"""The recogniser of this machine is found without loading one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import replace_package
from tests.transcript.conftest import MODEL
from tests.transcript.installed import MODEL_FILES, write_model
from trainer.transcript import lookup
from trainer.transcript.engines import Engine
from trainer.transcript.lookup import find_engine, find_models, holds_model, try_engine

SMALL = ("am/final.mdl", "conf/model.conf", "graph/HCLr.fst", "graph/Gr.fst")
OLD = ("final.mdl", "mfcc.conf", "HCLr.fst", "Gr.fst")
BUILTIN = Engine("builtin", "pocketsphinx en-us")


def uninstall(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    monkeypatch.setattr(lookup, "_is_installed", lambda package: package not in packages)


@pytest.mark.parametrize("names", [MODEL_FILES, SMALL, OLD])
def test_a_model_needs_all_its_parts(tmp_path: Path, names: tuple[str, ...]) -> None:
    model = write_model(tmp_path / "model", names)
    assert holds_model(model)
    for name in names:
        (model / name).unlink()
        assert not holds_model(model)
        (model / name).mkdir()
        assert not holds_model(model)
        (model / name).rmdir()
        (model / name).touch()


def test_what_is_being_unpacked_is_no_model(tmp_path: Path) -> None:
    write_model(tmp_path / ".installing" / "model.unpacked")
    assert find_models([tmp_path]) == ()
    whole = write_model(tmp_path / "whole")
    assert find_models([tmp_path]) == (whole,)


def test_models_are_found_in_order_of_folders_and_names(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    b = write_model(one / "b")
    nested = write_model(one / "a" / "a", SMALL)
    c = write_model(two / "c")
    write_model(two / "incomplete", MODEL_FILES[:2])
    write_model(two / "far" / "too" / "deep")
    (two / "catalogue.yaml").touch()
    assert find_models([one, two, tmp_path / "missing", one]) == (nested, b, c)
    assert find_models([c]) == (c,)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights that bind")
def test_a_folder_that_may_not_be_entered_has_no_models(tmp_path: Path) -> None:
    write_model(tmp_path / "locked" / "model")
    (tmp_path / "locked").chmod(0)
    try:
        assert find_models([tmp_path / "locked", tmp_path]) == ()
    finally:
        (tmp_path / "locked").chmod(0o700)


def test_the_first_model_is_used_without_a_choice(tmp_path: Path) -> None:
    model = write_model(tmp_path / "model")
    assert find_engine([tmp_path], None) == Engine("vosk", "model", model)


def test_without_a_model_or_vosk_the_built_in_one_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uninstall(monkeypatch)
    assert find_engine([tmp_path], None) == BUILTIN
    write_model(tmp_path / "model")
    uninstall(monkeypatch, "vosk")
    assert find_engine([tmp_path], None) == BUILTIN
    uninstall(monkeypatch, "vosk", "pocketsphinx")
    assert find_engine([tmp_path], None) is None


def test_a_choice_is_taken_at_its_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_model(tmp_path / "first")
    model = write_model(tmp_path / "unpacked" / "chosen")
    for chosen in (str(model), str(model.parent)):
        assert find_engine([tmp_path], chosen) == Engine("vosk", "chosen", model)
    gone = tmp_path / "gone"
    assert find_engine([tmp_path], str(gone)) == Engine("vosk", "gone", gone)
    uninstall(monkeypatch, "vosk", "pocketsphinx")
    assert find_engine([tmp_path], "builtin") == BUILTIN


def test_a_choice_in_the_home_of_a_user_who_is_not_there_is_a_missing_model() -> None:
    engine = find_engine([], "~nobody-has-this-name/model")
    assert engine
    assert engine.model == "model"
    assert engine.folder
    assert not engine.folder.exists()


def test_looking_loads_no_recogniser(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from trainer.transcript.lookup import find_engine
find_engine([Path(sys.argv[1])], None)
heavy = {"vosk", "pocketsphinx", "numpy", "webrtcvad"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", code, MODEL], check=True)


def test_a_model_that_works_is_tried(vosk: Engine) -> None:
    assert try_engine(vosk) is None


def test_a_model_that_is_gone_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    problem = try_engine(Engine("vosk", "gone", folder))
    assert problem
    assert problem.message == f"There is no speech model {folder}."
    assert "trainer models use" in problem.hint


def test_a_recogniser_that_does_not_answer_is_ended(vosk: Engine) -> None:
    problem = try_engine(vosk, timeout_s=0.01)
    assert problem
    assert problem.message == f"The speech model in {MODEL} did not answer in its test."


@pytest.mark.parametrize(
    ("engine", "package"), [(Engine("vosk", "m", MODEL), "vosk"), (BUILTIN, "pocketsphinx")]
)
@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("raise ModuleNotFoundError(name={0!r})", "is not installed"),
        ("raise ModuleNotFoundError('no cffi', name='cffi')", "cannot be loaded (no cffi)"),
        ("raise OSError('cannot load library')", "cannot be loaded (cannot load library)"),
    ],
)
def test_a_package_that_is_missing_or_broken_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    engine: Engine,
    package: str,
    code: str,
    what: str,
) -> None:
    replace_package(monkeypatch, tmp_path, package, code.format(package))
    problem = try_engine(engine)
    assert problem
    assert f"The package {package}" in problem.message
    assert what in problem.message
    assert package in problem.hint
