"""Files that are missing, damaged or closed are told, each by its name and with a remedy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from tests.encoder.networks import PIECES, QUOTES, random_arrays, renew_checksum, write_network
from trainer.encoder import loading
from trainer.encoder.loading import EncoderError, open_reader
from trainer.encoder.manifest import EXAMPLES, MANIFEST, VOCABULARY, WEIGHTS
from trainer.errors import TrainerError

FILES = (MANIFEST, VOCABULARY, EXAMPLES, WEIGHTS)


def complaint(folder: Path) -> EncoderError:
    with pytest.raises(EncoderError) as caught:
        open_reader(folder)
    assert isinstance(caught.value, TrainerError)
    assert ". Until then " in caught.value.hint
    return caught.value


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file(tmp_path: Path, name: str) -> None:
    write_network(tmp_path)
    (tmp_path / name).unlink()
    error = complaint(tmp_path)
    assert error.message == f"A file of the trained rating is missing: {tmp_path / name}."
    assert error.hint.startswith("Install the trainer again.")


def test_a_missing_folder(tmp_path: Path) -> None:
    assert "is missing" in complaint(tmp_path / "none").message


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_place_of_a_file(tmp_path: Path, name: str) -> None:
    write_network(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    assert f"cannot be read: {tmp_path / name}" in complaint(tmp_path).message


@pytest.mark.parametrize("name", FILES)
def test_a_file_without_permission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write_network(tmp_path)
    really_open = Path.open

    def refuse(path: Path, *words: Any, **named: Any) -> Any:
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return really_open(path, *words, **named)

    monkeypatch.setattr(Path, "open", refuse)
    error = complaint(tmp_path)
    assert error.message.endswith(f"cannot be read: {tmp_path / name}: Permission denied.")
    assert error.hint.startswith("Check your rights to it, or install the trainer again.")


@pytest.mark.parametrize("name", [VOCABULARY, EXAMPLES, WEIGHTS])
def test_a_changed_byte(tmp_path: Path, name: str) -> None:
    write_network(tmp_path)
    content = bytearray((tmp_path / name).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / name).write_bytes(content)
    error = complaint(tmp_path)
    assert error.message == f"A file of the trained rating is damaged: {tmp_path / name}."
    assert error.hint.startswith("Install the trainer again.")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("part", [0.0, 0.5, 0.999])
def test_a_file_that_was_cut_off(tmp_path: Path, name: str, part: float) -> None:
    write_network(tmp_path)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[: int(part * len(content))])
    assert f"is damaged: {tmp_path / name}" in complaint(tmp_path).message


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_text_and_not_a_zip(tmp_path: Path, name: str) -> None:
    write_network(tmp_path)
    (tmp_path / name).write_bytes(bytes(range(128, 256)) * 4)
    if name != MANIFEST:
        renew_checksum(tmp_path, name)
    assert f"is damaged: {tmp_path / name}" in complaint(tmp_path).message


def pickled(file: Path) -> None:
    np.savez(file, token_type=np.array([{}], dtype=object))


def single(file: Path) -> None:
    with file.open("wb") as opened:
        np.save(opened, np.zeros(3))


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def shuffled(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[:600] = content[:600][::-1]
    file.write_bytes(content)


@pytest.mark.parametrize("spoil", [pickled, single, cut, shuffled])
def test_weights_that_are_none_although_their_checksum_is_right(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    write_network(tmp_path)
    spoil(tmp_path / WEIGHTS)
    renew_checksum(tmp_path, WEIGHTS)
    assert f"is damaged: {tmp_path / WEIGHTS}" in complaint(tmp_path).message


@pytest.mark.parametrize("name", sorted(random_arrays()))
def test_every_array_is_needed_in_its_form(tmp_path: Path, name: str) -> None:
    arrays = random_arrays()
    array = arrays.pop(name)
    write_network(tmp_path, arrays)
    assert f"is damaged: {tmp_path / WEIGHTS}" in complaint(tmp_path).message
    for wrong in (array.astype(np.float64), array[..., :0], array[None]):
        write_network(tmp_path, {**arrays, name: wrong})
        error = complaint(tmp_path)
        assert f"is damaged: {tmp_path / WEIGHTS} ({name} is {wrong.dtype}" in error.message


@pytest.mark.parametrize(
    "name", ["embed_norm.bias", "layer1.inner.s", "mark.weight", "kind.bias", "example.q", "word.s"]
)
def test_arrays_that_do_not_fit_each_other(tmp_path: Path, name: str) -> None:
    arrays = random_arrays()
    arrays[name] = arrays[name][:-1]
    write_network(tmp_path, arrays)
    assert f"{WEIGHTS} ({name} is" in complaint(tmp_path).message


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_that_are_no_numbers(tmp_path: Path, value: float) -> None:
    arrays = random_arrays()
    arrays["mark.bias"][0, 0] = value
    write_network(tmp_path, arrays)
    assert "mark.bias is not finite" in complaint(tmp_path).message


def narrow(arrays: dict[str, npt.NDArray[Any]]) -> None:
    arrays["token_type"] = arrays["token_type"][:, :48]


def without_layers(arrays: dict[str, npt.NDArray[Any]]) -> None:
    for name in [name for name in arrays if name.startswith("layer")]:
        del arrays[name]


def few_words(arrays: dict[str, npt.NDArray[Any]]) -> None:
    arrays["word.q"], arrays["word.s"] = arrays["word.q"][:-1], arrays["word.s"][:-1]


@pytest.mark.parametrize("spoil", [narrow, without_layers, few_words])
def test_a_network_of_another_form(
    tmp_path: Path, spoil: Callable[[dict[str, npt.NDArray[Any]]], None]
) -> None:
    arrays = random_arrays()
    spoil(arrays)
    write_network(tmp_path, arrays)
    assert f"is damaged: {tmp_path / WEIGHTS} (" in complaint(tmp_path).message


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((field, None) for field in ("version", "heads", "kinds", "longest", "sha256")),
        ("version", 1),
        ("version", ""),
        ("heads", "star"),
        ("heads", []),
        ("heads", ["star/blame", "star/blame"]),
        ("kinds", [1, 2]),
        ("longest", "24"),
        ("longest", 3),
        ("longest", True),
        ("sha256", {WEIGHTS: "0"}),
        ("sha256", []),
    ],
)
def test_a_manifest_with_a_wrong_field(tmp_path: Path, field: str, value: object) -> None:
    write_network(tmp_path, changes={field: value})
    message = f"A file of the trained rating is damaged: {tmp_path / MANIFEST} ({field})."
    assert complaint(tmp_path).message == message


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"encoder"', "[" * 100_000])
def test_a_manifest_that_is_none(tmp_path: Path, text: str) -> None:
    write_network(tmp_path)
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    assert f"is damaged: {tmp_path / MANIFEST} (not" in complaint(tmp_path).message


@pytest.mark.parametrize(
    "changes",
    [{"heads": ["star/blame", "star/situation"]}, {"kinds": ["star"]}, {"longest": 25}],
)
def test_a_manifest_of_another_network(tmp_path: Path, changes: dict[str, object]) -> None:
    write_network(tmp_path, examples=[], changes=changes)
    assert f"is damaged: {tmp_path / WEIGHTS}" in complaint(tmp_path).message


@pytest.mark.parametrize(
    "wrong",
    [
        {"head": "star/unknown", "mark": 2, "quote": "once"},
        {"head": "star/blame", "mark": 0, "quote": "once"},
        {"head": "star/blame", "mark": "2", "quote": "once"},
        {"head": "star/blame", "mark": True, "quote": "once"},
        {"head": "star/blame", "mark": 2, "quote": ""},
        {"head": "star/blame", "mark": 2},
        "star/blame",
    ],
)
def test_a_wrong_example(tmp_path: Path, wrong: object) -> None:
    write_network(tmp_path, examples=[*QUOTES[:-1], wrong])
    assert f"is damaged: {tmp_path / EXAMPLES} (example 3)" in complaint(tmp_path).message


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000])
def test_examples_that_are_none(tmp_path: Path, text: str) -> None:
    write_network(tmp_path)
    (tmp_path / EXAMPLES).write_text(text, encoding="utf-8")
    renew_checksum(tmp_path, EXAMPLES)
    assert f"is damaged: {tmp_path / EXAMPLES} (not" in complaint(tmp_path).message


def test_a_vocabulary_without_what_is_needed(tmp_path: Path) -> None:
    write_network(tmp_path, pieces=[piece for piece in PIECES if piece != "[SEP]"])
    assert f"{tmp_path / VOCABULARY} (without [SEP])" in complaint(tmp_path).message


def test_a_machine_without_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MemoryError

    write_network(tmp_path)
    monkeypatch.setattr(np, "load", refuse)
    assert complaint(tmp_path).message == "There is not enough memory for the trained rating."


@pytest.fixture
def as_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the shipped one. No other test meets what was loaded from it."""
    monkeypatch.setattr(loading, "shipped_folder", lambda: tmp_path)
    monkeypatch.setattr(loading, "_shipped", loading.cache(loading._shipped.__wrapped__))
    return tmp_path


def test_the_shipped_reader_is_loaded_once_whoever_asks_first(as_shipped: Path) -> None:
    write_network(as_shipped)
    with ThreadPoolExecutor(8) as threads:
        readers = list(threads.map(lambda _: open_reader(), range(8)))
    assert len(set(map(id, readers))) == 1
    assert open_reader(as_shipped) is not readers[0]


def test_what_was_mended_is_loaded_without_a_new_start(as_shipped: Path) -> None:
    with pytest.raises(EncoderError):
        open_reader()
    write_network(as_shipped)
    assert open_reader().version == "encoder-test"


@pytest.mark.parametrize(("said", "held"), [(None, "1"), ("4", "4")])
def test_numpy_is_held_to_one_thread_unless_the_user_says_otherwise(
    small: Path, said: str | None, held: str
) -> None:
    code = """
import os, sys
from pathlib import Path
from trainer.encoder.loading import open_reader
open_reader(Path(sys.argv[1]))
print(os.environ["OPENBLAS_NUM_THREADS"])
"""
    environment = dict(os.environ)
    environment.pop("OPENBLAS_NUM_THREADS", None)
    if said:
        environment["OPENBLAS_NUM_THREADS"] = said
    command = [sys.executable, "-c", code, str(small)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == f"{held}\n"


def test_what_only_names_the_encoder_does_not_load_numpy() -> None:
    code = """
import json, sys
import trainer.encoder.loading, trainer.encoder.types, trainer.encoder.wordpieces
print(json.dumps("numpy" in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert json.loads(done.stdout) is False
