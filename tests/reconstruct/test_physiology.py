from __future__ import annotations

import numpy as np
import pytest

from components.reconstruct.physiology import DECLINES, pao2_of_saturation, saturation_of_pao2


@pytest.mark.parametrize(("pressure", "percent"), [(27, 50.0), (40, 74.9), (60, 90.7), (80, 95.7), (100, 97.7)])
def test_points_of_the_dissociation_curve(pressure: float, percent: float) -> None:
    # by hand: 100 / (23400 / (p^3 + 150 p) + 1)
    assert saturation_of_pao2(pressure) == pytest.approx(percent, abs=0.5)


def test_pressure_is_the_inverse_of_saturation() -> None:
    percent = np.array([60.0, 85.0, 95.0, 99.0])
    assert saturation_of_pao2(pao2_of_saturation(percent)) == pytest.approx(percent, abs=0.01)
    assert pao2_of_saturation([99.5, np.nan]).tolist() == pytest.approx([np.inf, np.nan], nan_ok=True)


def test_declines_are_reached_at_their_threshold() -> None:
    baseline = np.array([80.0, 80.0, np.nan])
    assert DECLINES["fvc"].reached(baseline, np.array([72.0, 72.1, 10.0])).tolist() == [True, False, False]
    assert DECLINES["aado2"].reached(baseline, np.array([95.0, 94.9, 99.0])).tolist() == [True, False, False]
