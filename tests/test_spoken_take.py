"""A take keeps the words it has, whatever becomes of its sound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import fakes
from tests.tui.conftest import aloud, clock, microphone, services, utc
from tests.tui.voice_steps import GOOD, ONE
from trainer.capture.types import RecorderPhase
from trainer.services import Services
from trainer.spoken_take import SpokenTake
from trainer.transcript.engines import RecogniserPhase
from trainer.transcript.types import Transcript

__all__ = ["aloud", "clock", "microphone", "services", "utc"]  # fixtures


@pytest.mark.parametrize(("read_s", "kept"), [(0.0, True), (60.0, False)], ids=["gone", "there"])
def test_words_outlive_sound_that_is_gone(
    services: Services, microphone: fakes.FakeMicrophone, read_s: float, kept: bool
) -> None:
    draft = services.new_draft(services.plan(question_ids=ONE))
    heard = Transcript.heard(fakes.heard_words(GOOD), "vosk")
    take = SpokenTake(replace(draft, recording=f"{'0' * 32}.wav", heard=heard, text=heard.text))
    spoken = fakes.FakeSpoken(Path("gone.wav"), None, services.engine())
    assert take.accept(spoken, take.expect(), spoken.file)
    spoken.on(RecorderPhase.ENDED)
    spoken.hears("other words", phase=RecogniserPhase.DONE, read_s=read_s)
    take.look()
    take.gather()
    stored = take.put_into(draft)
    assert stored.text == (GOOD if kept else "other words")


def test_what_the_sound_told_stays_with_the_words_until_more_is_said(
    services: Services, tmp_path: Path
) -> None:
    draft = services.new_draft(services.plan(question_ids=ONE))
    take = SpokenTake()
    spoken = fakes.FakeSpoken(tmp_path / "there.wav", None, services.engine())
    assert take.accept(spoken, take.expect(), spoken.file)
    take.recorded = True
    spoken.on(RecorderPhase.ENDED)
    spoken.hears(GOOD, phase=RecogniserPhase.DONE, read_s=60.0)
    take.look()
    take.gather()
    whole = take.put_into(draft).heard
    assert whole
    assert whole.sound is not None
    take.release()
    assert take.put_into(draft).heard == whole
    assert take.accept(spoken, take.expect(), spoken.file)
    take.record()
    take.look()
    open_ = take.put_into(draft).heard
    assert open_
    assert open_.sound is None
