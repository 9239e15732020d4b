"""A recording is heard as it is, from where to where it was asked, and stops when told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.playback.conftest import Play
from tests.playback.recordings import frequency_hz, heard, noise, part, tone, write_recording
from tests.processes import replace_package
from tests.sound import SoundServer
from tests.waiting import wait_until
from trainer.keeping.compressing import compress
from trainer.playback.player import Player, PlayerPhase

PLENTY_S = 20.0


@pytest.fixture
def noise_file(tmp_path: Path) -> Path:
    return write_recording(tmp_path / "noise.wav", noise(3.0))


@pytest.mark.audio
@pytest.mark.parametrize(
    ("from_s", "to_s", "end_s"), [(0.0, None, 3.0), (0.7, 1.43, 1.43), (2.5, 9.0, 3.0)]
)
def test_what_is_heard_is_the_part_bit_for_bit(
    sound_server: SoundServer,
    noise_file: Path,
    play: Play,
    from_s: float,
    to_s: float | None,
    end_s: float,
) -> None:
    with sound_server.captured() as captured:
        state = play(noise_file, from_s, to_s).wait(PLENTY_S)
    assert state.phase is PlayerPhase.ENDED
    assert state.problem is None
    assert state.at_s == pytest.approx(end_s)
    assert heard(captured.pcm) == part(noise(3.0), from_s, end_s)


@pytest.mark.audio
@pytest.mark.parametrize(("from_s", "to_s"), [(0.0, 3.0), (0.7, 1.43)])
def test_a_compressed_recording_is_heard_bit_for_bit_and_whoever_knew_the_wav_file_hears_it(
    sound_server: SoundServer, noise_file: Path, play: Play, from_s: float, to_s: float
) -> None:
    compress(noise_file, noise_file.with_suffix(".flac"))
    noise_file.unlink()
    with sound_server.captured() as captured:
        state = play(noise_file, from_s, to_s).wait(PLENTY_S)
    assert state.problem is None
    assert heard(captured.pcm) == part(noise(3.0), from_s, to_s)


@pytest.mark.audio
def test_the_position_goes_through_the_part_and_never_back(
    sound_server: SoundServer, noise_file: Path, play: Play
) -> None:
    player = play(noise_file, 1.0, 2.5)
    assert player.state().phase is PlayerPhase.OPENING
    assert player.state().at_s == 1.0
    seen: list[float] = []

    def ended() -> bool:
        state = player.state()
        if state.phase is PlayerPhase.PLAYING and state.at_s not in seen:
            seen.append(state.at_s)
        return state.phase is PlayerPhase.ENDED

    wait_until(ended, "the part ends")
    assert seen == sorted(seen)
    assert len(seen) >= 5
    assert seen[0] < 1.5
    assert 2.0 < seen[-1] <= 2.5


@pytest.mark.audio
@pytest.mark.parametrize("speed", [0.75, 1.5])
def test_the_position_is_of_the_recording_at_every_speed(
    sound_server: SoundServer, noise_file: Path, play: Play, speed: float
) -> None:
    with sound_server.captured() as captured:
        state = play(noise_file, 0.5, 2.0, speed=speed).wait(PLENTY_S)
    assert state.problem is None
    assert state.at_s == pytest.approx(2.0)
    assert len(heard(captured.pcm)) / 2 / 16_000 == pytest.approx(1.5 / speed, rel=0.02)


@pytest.mark.audio
def test_stop_ends_the_sound_at_once(sound_server: SoundServer, tmp_path: Path, play: Play) -> None:
    pcm = noise(10.0)
    file = write_recording(tmp_path / "long.wav", pcm)
    with sound_server.captured() as captured:
        player = play(file)
        wait_until(lambda: player.state().at_s > 0.5, "half a second is heard")
        stopped = time.monotonic()
        player.stop()
        state = player.wait(PLENTY_S)
        took_s = time.monotonic() - stopped
    assert (state.phase, state.problem) == (PlayerPhase.ENDED, None)
    assert took_s < 1.0
    sound = heard(captured.pcm)
    assert sound == pcm[: len(sound)]
    assert len(sound) / 32_000 < state.at_s + took_s + 0.5


@pytest.mark.audio
def test_stop_while_it_opens_is_no_problem(
    sound_server: SoundServer, noise_file: Path, play: Play
) -> None:
    player = play(noise_file)
    player.stop()
    state = player.wait(PLENTY_S)
    assert (state.phase, state.problem) == (PlayerPhase.ENDED, None)
    player.stop()
    player.close()
    player.close()


@pytest.mark.audio
def test_a_device_that_refuses_the_rate_gets_its_own(
    sound_server: SoundServer, tmp_path: Path, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_package(monkeypatch, tmp_path, "sounddevice", FUSSY)
    file = write_recording(tmp_path / "tone.wav", tone(500, 2.0))
    with sound_server.captured() as captured:
        state = play(file).wait(PLENTY_S)
    assert state.problem is None
    assert state.at_s == pytest.approx(2.0)
    sound = heard(captured.pcm)
    assert len(sound) / 32_000 == pytest.approx(2.0, rel=0.02)
    assert frequency_hz(sound) == pytest.approx(500, rel=0.01)


def test_a_part_without_length_is_no_problem(play: Play, noise_file: Path) -> None:
    state = play(noise_file, 1.0, 1.0).wait(PLENTY_S)
    assert (state.phase, state.at_s, state.problem) == (PlayerPhase.ENDED, 1.0, None)


@pytest.mark.parametrize("speed", [0.0, 0.7, 2.0, float("nan")])
def test_a_speed_out_of_range_is_refused(noise_file: Path, speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        Player(noise_file, speed=speed)


# Takes the place of the real one, and hands it on: a device that knows one rate, in stereo.
FUSSY = """
import importlib, pathlib, sys
sys.path.remove(str(pathlib.Path(__file__).parent))
del sys.modules["sounddevice"]
real = importlib.import_module("sounddevice")

class Fussy(real.RawOutputStream):
    def __init__(self, **options):
        if (options["samplerate"], options["channels"]) != (44100, 2):
            raise real.PortAudioError("Invalid sample rate", -9997)
        super().__init__(**options)

real.RawOutputStream = Fussy
"""
