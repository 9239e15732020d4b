"""The built-in recogniser gives words with times, cut at pauses. They are rough."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.speech.voices import Speech
from tests.transcript.conftest import SENTENCES, Follow
from tests.waiting import wait_until
from trainer.audio.format import HEADER_BYTES
from trainer.transcript.engines import Engine, RecogniserPhase, RecogniserState
from trainer.transcript.lookup import find_engine, try_engine

pytest.importorskip("pocketsphinx")
PLENTY_S = 120.0


@pytest.fixture
def builtin() -> Engine:
    engine = find_engine([], None)
    assert engine
    return engine


def test_it_is_named(builtin: Engine) -> None:
    assert (builtin.name, builtin.model) == ("builtin", "pocketsphinx en-us")


def test_it_works(builtin: Engine) -> None:
    assert try_engine(builtin) is None


@pytest.mark.audio
def test_words_come_with_times(
    spoken: Path, speech: Speech, builtin: Engine, follow: Follow
) -> None:
    recogniser = follow(spoken, builtin)
    partials: set[str] = set()
    seen: list[RecogniserState] = []

    def is_done() -> bool:
        seen.append(recogniser.state())
        partials.add(seen[-1].partial)
        return seen[-1].phase not in (RecogniserPhase.STARTING, RecogniserPhase.READING)

    recogniser.finish()
    wait_until(is_done, "it is done", PLENTY_S)
    words = seen[-1].words
    assert seen[-1].problem is None
    assert len(partials) > 3
    assert any(0 < len(state.words) < len(words) for state in seen), "words come at each pause"
    assert 0.6 < len(words) / len(speech.text.split()) < 1.6
    assert all(word.word.replace("'", "").isalpha() and word.word.islower() for word in words)
    assert all(0 <= word.confidence <= 1 for word in words)
    assert any(word.confidence < 0.5 for word in words)
    assert all(before.end_s <= word.start_s < word.end_s for before, word in pairwise(words))
    for start_s, end_s in speech.spans:
        inside = [w for w in words if start_s - 0.3 < w.start_s and w.end_s < end_s + 0.3]
        assert inside
        assert inside[0].start_s == pytest.approx(start_s, abs=0.35)
    assert sum(
        start_s - 0.3 < w.start_s < end_s for w in words for start_s, end_s in speech.spans
    ) == len(words)


@pytest.mark.audio
def test_speech_to_the_very_end_is_heard(
    tmp_path: Path, speech: Speech, builtin: Engine, follow: Follow
) -> None:
    file = tmp_path / "a.wav"
    pcm = speech.pcm[: round(speech.spans[0][1] * 16000) * 2]
    for more in (0, 3):  # also where frames of the detector end exactly there
        frames = len(pcm) // 960 * 960
        file.write_bytes(bytes(HEADER_BYTES) + pcm[:frames] + bytes(more))
        recogniser = follow(file, builtin)
        recogniser.finish()
        state = recogniser.wait(PLENTY_S)
        assert state.phase is RecogniserPhase.DONE
        assert len(state.words) >= len(SENTENCES[0].split()) - 3
        recogniser.close()


@pytest.mark.parametrize("size", [None, HEADER_BYTES + 32_001])  # more of them: test_recogniser
def test_a_recording_without_speech(
    tmp_path: Path, builtin: Engine, follow: Follow, size: int | None
) -> None:
    file = tmp_path / "a.wav"
    if size is not None:
        file.write_bytes(bytes(size))
    recogniser = follow(file, builtin)
    recogniser.finish()
    state = recogniser.wait(PLENTY_S)
    assert (state.phase, state.words) == (RecogniserPhase.DONE, ())
