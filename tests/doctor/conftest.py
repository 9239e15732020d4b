"""What the doctor's tests share."""

from __future__ import annotations

from trainer.doctor import Check


def only(checks: tuple[Check, ...], check_id: str) -> Check:
    (found,) = (check for check in checks if check.id == check_id)
    return found
