"""Plausible levels for those whose exchange changes no printed number."""

from __future__ import annotations

import numpy as np

from components.reconstruct.factors import _Problem, _settled  # the last step of a search that takes minutes
from components.reconstruct.labels import Deaths
from components.reconstruct.targets import FactorTarget
from data.variables import DICTIONARY


def test_settling_follows_the_weights_and_leaves_who_is_at_risk() -> None:
    rng = np.random.default_rng(5)
    n = 120
    last = rng.permutation(np.arange(10, 10 + n))
    deaths = Deaths(last, last % 15 == 0)
    stratum, codes = rng.integers(0, 2, n), rng.integers(0, 3, n)
    weight = np.zeros((n, 3))
    weight[::2, 1] = 4.0  # every other patient is likelier to carry level 1
    target = FactorTarget(DICTIONARY.factor["smoking"], {}, {}, (), ())
    problem = _Problem(target, deaths.at_risk.T, np.flatnonzero(deaths.died), stratum, weight, deaths)

    found = _settled(codes, problem, rng)

    def at_risk(labels: np.ndarray) -> np.ndarray:
        each = np.eye(3)[labels]
        return np.stack([deaths.at_risk[stratum == s].T @ each[stratum == s] for s in (0, 1)])

    assert (at_risk(found) == at_risk(codes)).all()
    assert (found[deaths.died] == codes[deaths.died]).all()
    before, after = ((labels[::2] == 1).sum() for labels in (codes, found))
    assert after > before + 10
