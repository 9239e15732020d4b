"""The offer of a speech model line by line: once, before one speaks, and only on a yes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes import FakeInstaller, FakeLines
from tests.plain.steps import practise
from trainer.errors import TrainerError
from trainer.installing.types import Progress
from trainer.plain.console import Console
from trainer.plain.offering import offer_model
from trainer.services import Services

SMALL_US = "vosk-model-small-en-us-0.15"


@pytest.fixture(autouse=True)
def first_time(services: Services, installer: FakeInstaller) -> None:
    services.settings = replace(services.settings, model_offered=False)
    installer.steps = (
        Progress("downloading", 20_600_000, 41_205_931),
        Progress("downloading", 41_205_931, 41_205_931),
        Progress("trying", 0, None),
    )


def offered(services: Services, *typed: object, is_terminal: bool = True) -> str:
    written: list[str] = []
    offer_model(services, Console(FakeLines(*typed, is_terminal=is_terminal), written.append))
    return "".join(written)


@pytest.mark.parametrize("typed", [("n", "q"), ("v", "n", "q")])
def test_it_stands_before_the_first_answer_by_voice_and_never_again(
    services: Services, installer: FakeInstaller, typed: tuple[str, ...]
) -> None:
    by_voice = typed[0] == "n"
    out = practise(services, *typed, by_voice=by_voice).out
    assert out.count("Before you speak") == 1
    assert (out.index("Before you speak") < out.index("Question 1 of 1")) == by_voice
    assert "Before you speak" not in practise(services, "q", by_voice=True).out
    assert installer.asked == []


def test_a_yes_installs_and_uses_the_recommended_model(
    services: Services, installer: FakeInstaller
) -> None:
    installer.finish()
    out = offered(services, "y", is_terminal=False)
    for part in (
        "about two words in five are wrong",
        f"{SMALL_US}, ",
        "  Size: 41 MB to download\n",
        "  From: https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip\n",
        "Downloading: 41.2 MB, of which 20.6 MB are here\nTrying it on a test sentence\n",
    ):
        assert part in out
    assert out.endswith(f"{SMALL_US} is installed and used.\n")
    assert max(map(len, out.splitlines())) <= 80
    assert installer.asked == [("install", SMALL_US, None)]
    assert services.settings.model == str(installer.home.models / SMALL_US)


def test_enter_stops_it_and_trouble_is_told(services: Services, installer: FakeInstaller) -> None:
    out = offered(services, "y", None, "")
    assert "The installation was cancelled. What came is kept." in out
    services.settings = replace(services.settings, model_offered=False)
    installer.finish(TrainerError("No network.", "Try again later."))
    assert "No network. Try again later.\nTo get it later, run:" in offered(services, "y", None)
    assert services.settings.model is None
