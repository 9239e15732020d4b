"""The sound check's verdict: what a level is called, and that it never misleads."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.capture.judgement import (
    LEAST_BLOCKS,
    LEAST_CONTRAST_DB,
    QUIET_DBFS,
    SILENT_DBFS,
    Judgement,
    Verdict,
    judge,
)
from trainer.capture.types import SILENCE_DBFS

Blocks = list[tuple[float, float, bool]]

dbfs = st.floats(SILENCE_DBFS, 0.0)
any_blocks = st.lists(
    st.tuples(dbfs, dbfs, st.booleans()), min_size=LEAST_BLOCKS, max_size=LEAST_BLOCKS + 40
)


def blocks_of(
    voice_dbfs: float, room_dbfs: float, *, clipped: bool = False, spread_db: float = 3.0
) -> Blocks:
    """Four seconds of a voice, and three of the room before and after it."""
    chance = random.Random(1)
    levels = [room_dbfs + chance.uniform(-1, 1) for _ in range(60)]
    levels[30:30] = [voice_dbfs + chance.uniform(-spread_db, spread_db) for _ in range(80)]
    blocks = [(level, min(level + 12.0, 0.0), False) for level in levels]
    blocks[50] = (*blocks[50][:2], clipped)
    return blocks


def judged(blocks: Blocks) -> Judgement:
    judgement = judge(blocks)
    assert judgement
    return judgement


@pytest.mark.parametrize(
    ("voice_dbfs", "room_dbfs", "verdict"),
    [
        (-12.0, -60.0, Verdict.GOOD),
        (-20.0, -45.0, Verdict.GOOD),
        (-30.0, -70.0, Verdict.GOOD),
        (-38.0, -75.0, Verdict.GOOD),
        (-47.0, -75.0, Verdict.QUIET),
        (-60.0, -62.0, Verdict.QUIET),  # an open microphone in a quiet room, before a word is said
        (-20.0, -30.0, Verdict.NOISY),
        (-30.0, -42.0, Verdict.NOISY),
        (-25.0, -25.0, Verdict.NOISY),  # a fan, and no voice
        (SILENCE_DBFS, SILENCE_DBFS, Verdict.SILENT),
        (-90.0, -90.0, Verdict.SILENT),
    ],
)
def test_real_levels_have_their_names(
    voice_dbfs: float, room_dbfs: float, verdict: Verdict
) -> None:
    assert judged(blocks_of(voice_dbfs, room_dbfs)).verdict is verdict


def test_one_clipped_block_is_enough() -> None:
    assert judged(blocks_of(-20.0, -60.0)).verdict is Verdict.GOOD
    assert judged(blocks_of(-20.0, -60.0, clipped=True)).verdict is Verdict.CLIPPING


def test_too_little_is_not_judged() -> None:
    blocks = blocks_of(-20.0, -60.0)
    assert judge([]) is None
    assert judge(blocks[: LEAST_BLOCKS - 1]) is None
    assert judge(blocks[:LEAST_BLOCKS])


def test_every_verdict_says_what_to_do_in_its_own_words() -> None:
    found = [
        judged(blocks_of(-20.0, -60.0)),
        judged(blocks_of(-20.0, -60.0, clipped=True)),
        judged(blocks_of(-50.0, -80.0)),
        judged(blocks_of(-20.0, -25.0)),
        judged(blocks_of(-90.0, -90.0)),
    ]
    assert {judgement.verdict for judgement in found} == set(Verdict)
    for attribute in ("message", "remedy"):
        sentences = {getattr(judgement, attribute) for judgement in found}
        assert len(sentences) == len(Verdict)
        assert all(sentence.endswith(".") for sentence in sentences)


@given(any_blocks)
def test_any_sound_is_judged_within_its_limits(blocks: Blocks) -> None:
    judgement = judged(blocks)
    levels = [level for level, _, _ in blocks]
    assert min(levels) - 1e-6 <= judgement.room_dbfs <= judgement.voice_dbfs + 1e-6
    assert judgement.voice_dbfs <= max(levels) + 1e-6
    if judgement.verdict is Verdict.GOOD:
        assert judgement.voice_dbfs >= QUIET_DBFS
        assert judgement.voice_dbfs - judgement.room_dbfs >= LEAST_CONTRAST_DB
        assert not any(clipped for _, _, clipped in blocks)


@given(any_blocks, st.randoms(use_true_random=False))
def test_order_does_not_matter(blocks: Blocks, chance: random.Random) -> None:
    shuffled = blocks.copy()
    chance.shuffle(shuffled)
    assert judged(shuffled).verdict is judged(blocks).verdict


@given(any_blocks)
def test_cut_off_sound_is_never_good(blocks: Blocks) -> None:
    level, _, _ = blocks[0]
    assert judged([(level, 0.0, True), *blocks[1:]]).verdict is Verdict.CLIPPING


@given(any_blocks)
def test_nothing_at_all_is_silent(blocks: Blocks) -> None:
    muted = [(SILENCE_DBFS, SILENT_DBFS - 1.0, False) for _ in blocks]
    assert judged(muted).verdict is Verdict.SILENT


@given(st.floats(-38.0, -12.0), st.floats(0.0, 60.0), st.floats(0.0, 20.0))
def test_a_noisier_room_is_never_better(
    voice_dbfs: float, below_db: float, louder_db: float
) -> None:
    order = list(Verdict)
    room_dbfs = voice_dbfs - below_db
    before = judged(blocks_of(voice_dbfs, room_dbfs)).verdict
    after = judged(blocks_of(voice_dbfs, min(room_dbfs + louder_db, voice_dbfs))).verdict
    assert order.index(after) <= order.index(before)
