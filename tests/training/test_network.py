"""The network that is trained and the one that rates are the same. Needs PyTorch."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest

from tests.training.test_examples import ANSWER
from trainer.encoder.loading import open_reader, shipped_folder
from training.corpus import KINDS, find_heads

torch = pytest.importorskip("torch", reason="PyTorch is not installed: it only trains")

from training.export import export, in_8_bits  # noqa: E402
from training.fitting import Fitted, ask, read_vocabulary  # noqa: E402
from training.network import Network  # noqa: E402

DATA = shipped_folder()


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    torch.manual_seed(1)
    heads = find_heads([ANSWER])
    network = Network(len(heads), len(KINDS)).eval()
    return Fitted(network, heads, read_vocabulary(DATA))


def test_what_is_exported_reads_as_the_network_does(fitted: Fitted, tmp_path: Path) -> None:
    export(fitted, [ANSWER], DATA, tmp_path, "made-1")
    reader = open_reader(tmp_path)
    assert reader.version == "made-1"
    names = [head.name for head in fitted.heads]
    assert reader.heads == frozenset(names)
    (told,) = ask(fitted, [ANSWER])
    opinion = reader.read(ANSWER.text.split(), names)
    found = [opinion.impressions[name] for name in names]
    odds = np.array([(each.partly, each.met) for each in found])
    assert odds == pytest.approx(told.log_odds, abs=0.05)  # 8 bits
    assert list(opinion.kinds.values()) == pytest.approx(told.kinds, abs=0.01)
    kept = json.loads((tmp_path / "examples.json").read_text(encoding="utf-8"))
    assert [example["head"] for example in kept] == ["star/action", "star/blame"]


def test_8_bits_are_near_the_whole_numbers() -> None:
    random = Random(1)
    table = np.array([[random.gauss(0, 1) for _ in range(50)], [0.0] * 50], np.float32)
    numbers, factors = in_8_bits(table)
    assert numbers.dtype == np.int8
    assert numbers * factors[:, None] == pytest.approx(table, abs=np.abs(table).max() / 200)
