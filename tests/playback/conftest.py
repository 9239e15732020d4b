"""What the tests of playing share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from trainer.playback.player import Player

Play = Callable[..., Player]


@pytest.fixture
def play() -> Iterator[Play]:
    """Return a way to make players that end with the test."""
    players: list[Player] = []

    def start(*args: object, **options: object) -> Player:
        players.append(Player(*args, **options))  # type: ignore[arg-type]
        return players[-1]

    yield start
    for player in players:
        player.close()
