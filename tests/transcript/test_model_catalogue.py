"""The catalogue of speech models is complete, and read strictly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trainer.errors import TrainerError
from trainer.paths import shipped
from trainer.transcript.catalogue import load_catalogue

SHIPPED = shipped("models") / "catalogue.yaml"
DIGITS = {"sha256": 64, "md5": 32}


def test_the_shipped_catalogue() -> None:
    models = load_catalogue(SHIPPED).models
    assert len({model.name for model in models}) == len(models) == 4
    for model in models:
        assert model.url.endswith(f"/{model.name}.zip")
        assert re.fullmatch("[0-9a-f]+", model.checksum.value)
        assert len(model.checksum.value) == DIGITS[model.checksum.kind]
        assert 30_000_000 < model.bytes < 200_000_000
    # The first is the one that the doctor proposes: it can be checked for forgery.
    assert models[0].checksum.kind == "sha256"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("kind: sha256", "kind: sha1", r":11: models\[1\].checksum.kind"),
        ("bytes: 41205931", "bytes: yes", r":9: models\[1\].bytes"),
        ("accent:", "akcent:", "is no known field"),
        ("licence:", "name:", "stands here twice"),
        ("schema: 1", "schema: 2", ":3: schema"),
        ("url: https://", "url: http://", r"models\[1\].url"),
        ("url: https://alpha", "url: file:///alpha", r"models\[1\].url"),
    ],
)
def test_a_catalogue_with_a_mistake(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    file = tmp_path / "catalogue.yaml"
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TrainerError, match=complaint):
        load_catalogue(file)


def test_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="does not exist"):
        load_catalogue(tmp_path / "catalogue.yaml")
