"""What others do to a recording and its notes while or before it grows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.capture.steps import ended, reach, record, recorder, words
from tests.sound import SoundServer
from trainer.capture.files import cuts, length_s, sidecar
from trainer.capture.types import Cut, RecorderPhase

pytestmark = pytest.mark.audio
GONE = "The recording was deleted or moved away while it grew. Nothing was recorded."


def test_a_folder_that_is_deleted_is_told_at_once_and_made_anew(
    sound_server: SoundServer, file: Path
) -> None:
    with recorder(file) as taking:
        record(taking, 0.2)
        shutil.rmtree(file.parent)
        state = ended(taking)
    message, hint = words(state)
    assert message == GONE
    assert str(file.parent) in hint
    assert state.length_s == 0.0
    with recorder(file) as taking:
        record(taking, 0.2)
        taking.stop()
        assert ended(taking).problem is None
    assert length_s(file) > 0.2


def test_a_file_that_is_deleted_in_a_pause_is_told(sound_server: SoundServer, file: Path) -> None:
    with recorder(file) as taking:
        record(taking, 0.2)
        taking.pause()
        reach(taking, RecorderPhase.PAUSED)
        file.unlink()
        taking.stop()
        assert words(ended(taking))[0] == GONE


def test_notes_with_a_number_beyond_all_bounds_hinder_no_recording(
    sound_server: SoundServer, file: Path
) -> None:
    with recorder(file) as taking:
        record(taking, 0.2)
        taking.stop()
        ended(taking)
    cut = '{"at_s": 1' + "0" * 400 + ', "paused_s": 1}'
    sidecar(file).write_text(f'{{"schema": 1, "cuts": [{cut}]}}', encoding="utf-8")
    with recorder(file) as taking:
        record(taking, 0.2)
        taking.stop()
        assert ended(taking).problem is None
    assert cuts(file)[0] == Cut(0.0, 1.0)
