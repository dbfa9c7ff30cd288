"""The second look at hazard ratios: from which p on one ratio describes the whole time."""

from __future__ import annotations

import pytest

from components.survival.sensitivity import Sensitivity
from data.levels import Level


@pytest.mark.parametrize(("p", "proportional"), [(0.049, False), (0.05, True), (0.2, True), (None, True)])
def test_proportional_hazards_hold_from_p_005_on(p: float | None, *, proportional: bool) -> None:
    assert Sensitivity(Level("pm", "PM"), (), p).proportional is proportional
