from __future__ import annotations

import numpy as np
import pytest

from components.reconstruct.ladder import on_ladder, prescribed
from components.reconstruct.moments import Moments, UnreachableMomentsError


def test_a_dose_goes_to_the_nearest_rung() -> None:
    start = np.array([1.2, 11.1, 23.0, 41.0, 68.0, 97.0])
    free = np.full(6, 1.0), np.full(6, 160.0)
    rng = np.random.default_rng(0)
    assert on_ladder(start, *free, None, rng).tolist() == [1.0, 10.0, 22.5, 40.0, 70.0, 100.0]


@pytest.mark.parametrize("seed", range(5))
def test_doses_on_rungs_meet_printed_moments(seed: int) -> None:
    rng = np.random.default_rng(seed)
    start = rng.uniform(5, 90, 60)
    wanted = Moments(np.arange(60), 32.4, 1, 21.6, 1)
    found = on_ladder(start, np.full(60, 2.5), np.full(60, 110.0), wanted, rng)
    assert prescribed(found).all()
    assert (round(float(found.mean()), 1), round(float(found.std(ddof=1)), 1)) == (32.4, 21.6)


def test_what_nobody_prescribes() -> None:
    dose = np.array([0.0, 2.5, 9.5, 11.0, 37.5, 42.5, 57.5, 60.0, 85.0])
    assert prescribed(dose).tolist() == [True, True, False, False, True, False, False, True, False]


def test_bounds_without_a_rung_and_means_out_of_reach_are_said() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(UnreachableMomentsError, match="between the bounds"):
        on_ladder(np.array([51.0]), np.array([51.0]), np.array([54.0]), None, rng)
    with pytest.raises(UnreachableMomentsError, match="came no nearer"):
        on_ladder(np.array([5.0, 5.0]), np.ones(2), np.full(2, 10.0), Moments(np.arange(2), 50.0, 1), rng)
