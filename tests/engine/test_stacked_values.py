"""Numbers of several cohorts at once are those of each cohort alone."""

import numpy as np
import pytest

from components.engine.descriptive import distributions
from components.engine.stacked_values import stacked_distributions


def test_each_cell_by_hand() -> None:
    values = np.array([[1.0], [2.0], [4.0], [9.0], [np.nan], [5.0]])
    found = stacked_distributions(values, np.array([0, 2, 0, -1, 2, 0]), 3)
    assert found.n.ravel().tolist() == [3, 0, 1]
    assert found.mean[0, 0] == pytest.approx(10 / 3)
    assert (found.minimum[0, 0], found.median[0, 0], found.maximum[0, 0]) == (1, 4, 5)
    assert np.isnan(found.mean[1, 0])
    assert (found.mean[2, 0], np.isnan(found.sd[2, 0])) == (2, True)


def test_every_cell_is_described_as_it_is_alone_in_whatever_order_rows_stand() -> None:
    chance = np.random.default_rng(5)
    values = np.round(chance.normal(50, 9, (200, 3)), 0)
    values[chance.random(values.shape) < 0.3] = np.nan
    cell = chance.integers(-1, 7, 200)
    found = stacked_distributions(values, cell, 7)
    mixed = chance.permutation(200)
    again = stacked_distributions(values[mixed], cell[mixed], 7)
    for k in range(7):
        for v, one in enumerate(distributions(values[cell == k])):
            assert (found.n[k, v], found.n[k, v]) == (one.n, again.n[k, v])
            for name in ("mean", "sd", "minimum", "q1", "median", "q3", "maximum"):
                assert getattr(found, name)[k, v] == pytest.approx(getattr(one, name), nan_ok=True)
                assert getattr(again, name)[k, v] == pytest.approx(getattr(one, name), nan_ok=True)
