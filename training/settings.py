"""All that can be turned in a training, in one place."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Settings:
    """How the network is fitted.

    Rates are those of AdamW at their highest, after `warm_up` (a share of all steps); they fall in
    a line to `last_rate` of it. `dropout` blanks whole channels. An answer is seen typed, plain
    (without case and punctuation) or with wrong words, drawn anew in each epoch: `typed` and
    `plain` are the shares of the first two, `error_rates` the shares of wrong words in the others.
    The loss is that of the marks, `evidence_weight` times that of the marked words and
    `kind_weight` times that of the kind of question. Marks are softened by `softening`: raters
    err. From the epoch `averaged_from` (a share of all epochs) on, weights are averaged over steps
    with `decay`.
    """

    epochs: int = 8
    encoder_rate: float = 2e-4
    head_rate: float = 2e-3
    batch_size: int = 8
    dropout: float = 0.1
    weight_decay: float = 0.01
    head_decay: float = 0.01
    warm_up: float = 0.08
    last_rate: float = 0.02
    longest_step: float = 1.0
    evidence_weight: float = 1.0
    evidence_balance: float = 2.0
    kind_weight: float = 0.1
    softening: float = 0.02
    kind_softening: float = 0.05
    typed: float = 0.45
    plain: float = 0.20
    error_rates: tuple[float, ...] = (0.03, 0.07, 0.12, 0.18)
    averaged_from: float = 0.5
    decay: float = 0.98
    half_precision: bool = True
    seed: int = 0


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Let `parser` take `--set NAME=VALUE`, as often as one likes."""
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="another value for a setting of training/settings.py, such as epochs=12",
    )


def read_settings(changes: Sequence[str]) -> Settings:
    """Return the settings with `changes` such as "epochs=12". Raises `ValueError`."""
    settings = Settings()
    kinds = {field.name: type(getattr(settings, field.name)) for field in fields(Settings)}
    for change in changes:
        name, _, value = change.partition("=")
        if name not in kinds:
            raise ValueError(f"There is no setting {name}. There are: {', '.join(kinds)}.")
        settings = replace(settings, **{name: _value(kinds[name], value)})
    return settings


def _value(kind: type, text: str) -> object:
    if kind is bool:
        return {"true": True, "false": False}[text]
    if kind is tuple:
        return tuple(float(part) for part in text.split(","))
    return kind(text)
