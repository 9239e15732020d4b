"""What is kept lies between the keys, in one piece, however unsteadily sound comes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.capture.steps import noise, pcm_of
from trainer.capture.files import cuts, read_notes
from trainer.capture.keeping import Keeper, LimitError
from trainer.capture.microphone import Block
from trainer.capture.take import Take

BLOCK_S = 0.05
BLOCK_BYTES = 1600
BEGAN = 1000.0

# How much later than it should a block comes, and how wrong what PortAudio says of that is.
jitters = st.lists(st.tuples(st.floats(0, 0.3), st.floats(-0.05, 0.2)), min_size=20, max_size=60)


@contextmanager
def keeper(file: Path, *, longest_s: float = 60.0, reserve_bytes: int = 0) -> Iterator[Keeper]:
    with closing(Take(file)) as take:
        yield Keeper(take, longest_s, reserve_bytes)


def block(number: int, pcm: bytes, late_s: float = 0.0, wrong_s: float = 0.0) -> Block:
    """Block `number` of some sound that begins at `BEGAN`."""
    piece = pcm[number * BLOCK_BYTES : (number + 1) * BLOCK_BYTES]
    came = BEGAN + (number + 1) * BLOCK_S + late_s
    return Block(piece, came, max(BLOCK_S + late_s + wrong_s, 0.0), overflowed=False)


def kept(do: Callable[[Keeper], None]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "take.wav")
        with keeper(file) as keeping:
            do(keeping)
        return pcm_of(file) if file.exists() else b""


def test_a_span_is_kept_to_the_sample(tmp_path: Path) -> None:
    pcm = noise(1.0)
    with keeper(tmp_path / "take.wav") as keeping:
        keeping.begin(BEGAN + 0.12)
        keeping.end(BEGAN + 0.53)
        for number in range(20):
            assert keeping.waiting == (number <= 10)
            keeping.hear(block(number, pcm), 0.0)
    assert pcm_of(tmp_path / "take.wav") == pcm[round(0.12 * 32_000) : round(0.53 * 32_000)]
    assert not (keeping.waiting or keeping.wanted or keeping.keeping)
    assert keeping.paused


def test_spans_that_come_late_are_told_apart(tmp_path: Path) -> None:
    """All keys were pressed before the first sound came, as on a slow machine."""
    pcm = noise(1.0)
    file = tmp_path / "take.wav"
    with keeper(file) as keeping:
        for begin_s, end_s in ((0.1, 0.2), (0.4, 0.41), (0.75, 0.9)):
            keeping.begin(BEGAN + begin_s)
            keeping.end(BEGAN + end_s)
        for number in range(20):
            keeping.hear(block(number, pcm, late_s=3.0), 3.0)
    assert pcm_of(file) == pcm[3200:6400] + pcm[12_800:13_120] + pcm[24_000:28_800]
    assert [(cut.at_s, cut.paused_s) for cut in cuts(file)] == [(0.1, 0.2), (0.11, 0.34)]
    assert [event.kind for event in read_notes(file).events] == ["behind"]


@settings(deadline=None)  # it writes files
@given(jitters)
def test_what_is_kept_is_one_piece(unsteady: list[tuple[float, float]]) -> None:
    pcm = noise(len(unsteady) * BLOCK_S)

    def keep(keeping: Keeper) -> None:
        keeping.begin(BEGAN + 0.2)
        for number, (late_s, wrong_s) in enumerate(unsteady):
            keeping.hear(block(number, pcm, late_s, wrong_s), late_s)

    found = kept(keep)
    assert pcm.endswith(found)
    # From the key on, and no earlier than the clocks were wrong.
    assert len(pcm) - len(found) >= 0.2 * 32_000 - 0.06 * 32_000


@settings(deadline=None)  # it writes files
@given(jitters)
def test_the_end_of_a_span_cuts_once(unsteady: list[tuple[float, float]]) -> None:
    pcm = noise(len(unsteady) * BLOCK_S)

    def keep(keeping: Keeper) -> None:
        keeping.begin(BEGAN)
        keeping.end(BEGAN + 0.6)
        for number, (late_s, wrong_s) in enumerate(unsteady):
            keeping.hear(block(number, pcm, late_s, wrong_s), late_s)

    found = kept(keep)
    assert found in pcm
    assert len(found) <= 0.86 * 32_000


def test_nothing_is_made_where_nothing_is_wanted(tmp_path: Path) -> None:
    with keeper(tmp_path / "folder" / "take.wav") as keeping:
        keeping.end(BEGAN)
        for number in range(5):
            keeping.hear(block(number, noise(1.0)), 0.0)
        keeping.begin(BEGAN + 5)
        keeping.hear(block(5, noise(1.0)), 0.0)
        assert keeping.waiting
        assert not keeping.keeping
    assert list(tmp_path.iterdir()) == []


def test_the_longest_recording_ends_to_the_sample(tmp_path: Path) -> None:
    file = tmp_path / "take.wav"
    with keeper(file, longest_s=0.12) as keeping:
        keeping.begin(BEGAN)
        for number in range(2):
            keeping.hear(block(number, noise(1.0)), 0.0)
        with pytest.raises(LimitError, match="limit"):
            keeping.hear(block(2, noise(1.0)), 0.0)
    assert pcm_of(file) == noise(1.0)[: round(0.12 * 32_000)]


def test_the_reserve_of_the_disk_is_not_touched(tmp_path: Path) -> None:
    with keeper(tmp_path / "take.wav", reserve_bytes=1 << 60) as keeping:
        keeping.begin(BEGAN)
        with pytest.raises(LimitError, match="reserve"):
            keeping.hear(block(0, noise(1.0)), 0.0)
    assert list(tmp_path.iterdir()) == []
