"""What PortAudio says is told without its codes, and kept whole in the log."""

from __future__ import annotations

import pytest

from trainer.audio.portaudio import reason


@pytest.mark.parametrize(
    ("parts", "cause"),
    [
        (("Error opening RawInputStream: Device unavailable", -9985), "Device unavailable"),
        (
            ("Error opening RawInputStream: Unanticipated host error", -9999, (0, -2, "No such")),
            "No such",
        ),
        (("Timeout",), "Timeout"),
        ((), ""),
    ],
)
def test_the_cause_is_told_and_the_rest_logged(
    parts: tuple[object, ...], cause: str, capsys: pytest.CaptureFixture[str]
) -> None:
    error = Exception(*parts)
    assert reason(error) == cause
    assert str(error) in capsys.readouterr().err
