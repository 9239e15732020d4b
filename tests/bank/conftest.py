from __future__ import annotations

from pathlib import Path

import pytest

from tests.bank.files import Layers


@pytest.fixture
def layers(tmp_path: Path) -> Layers:
    return Layers(tmp_path)
