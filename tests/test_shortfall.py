"""The rater says what it lacks, and nobody waits for it who needs no rating."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests import fakes
from trainer import catalogue
from trainer.analysis.rating import CUES_VERSION
from trainer.catalogue import Catalogue, make_rater
from trainer.encoder.problems import missing
from trainer.encoder.reading import Reader

LACKING = missing(Path("encoder.npz"))


def test_a_rater_without_its_reader_knows_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Reader:
        raise LACKING

    monkeypatch.setattr(catalogue, "open_encoder", fail)
    rater = make_rater({})
    assert (rater.shortfall, rater.scorer_version) == (LACKING, CUES_VERSION)


def test_a_rater_with_its_reader_lacks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "open_encoder", fakes.FakeReader)
    rater = make_rater({})
    assert (rater.shortfall, rater.scorer_version) == (None, f"{CUES_VERSION}+fake-reader")


def test_it_is_logged_below_what_python_writes_to_a_terminal_without_a_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> Reader:
        raise LACKING

    monkeypatch.setattr(catalogue, "open_encoder", fail)
    with caplog.at_level(logging.INFO, "trainer"):
        make_rater({})
    (record,) = caplog.records
    assert "encoder.npz" in record.getMessage()
    assert record.levelno < logging.WARNING


def test_a_rubric_without_trained_heads_is_rated_in_full_everywhere() -> None:
    made = Catalogue(fakes.library, lambda classes: fakes.FakeRater(classes, LACKING))
    rubric = fakes.rubric()
    (flag,) = rubric.flags
    with_head = replace(rubric, flags=(replace(flag, head="ownership/blame"),))
    assert made.shortfall(rubric) is None
    assert made.shortfall(None) is None
    assert made.shortfall(with_head) is LACKING


def test_the_banks_can_be_read_while_the_rater_is_made() -> None:
    begun, gate = threading.Event(), threading.Event()

    def make(classes: Mapping[str, tuple[str, ...]]) -> fakes.FakeRater:
        begun.set()
        assert gate.wait(10)
        return fakes.FakeRater(classes)

    made = Catalogue(fakes.library, make)
    with ThreadPoolExecutor(2) as threads:
        rater = threads.submit(made.rater)
        assert begun.wait(10)
        assert threads.submit(made.library).result(10).banks
        gate.set()
        assert rater.result(10).shortfall is None
