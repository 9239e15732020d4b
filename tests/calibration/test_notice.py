"""A damaged file of figures is told on home and by the doctor; a good one is no complaint."""

from __future__ import annotations

from pathlib import Path

from tests.calibration.test_storing import CALIBRATION
from trainer.calibration.storing import save_calibration
from trainer.doctor.data import examine_home
from trainer.notices import standing
from trainer.paths import Home


def test_a_damaged_calibration_is_told_until_it_is_gone(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    assert standing(home) == ()
    assert "calibration" not in {check.id for check in examine_home(home)}
    save_calibration(home, CALIBRATION)
    assert standing(home) == ()
    assert next(c.state for c in examine_home(home) if c.id == "calibration") == "ok"
    home.calibration_file.write_text("{}")
    (notice,) = standing(home)
    assert "is damaged: your calibration is lost." in notice
    check = next(check for check in examine_home(home) if check.id == "calibration")
    assert (check.state, check.detail) == ("broken", notice.partition(" Read the text")[0])
