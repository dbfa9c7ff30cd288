from __future__ import annotations

import numpy as np
import pytest

from components.engine.cox import counts
from components.engine.event_table import event_table
from components.engine.partial_likelihood import Ties, closure, derivatives, reachable, risk_sets

DRAW = np.random.default_rng(3)
TABLE = event_table(DRAW.integers(1, 9, 40), DRAW.random(40) < 0.6, DRAW.integers(0, 4, 40), 4)


@pytest.mark.parametrize("ties", ["breslow", "efron"])
def test_score_and_information_are_the_derivatives_of_the_likelihood(ties: Ties) -> None:
    sets = risk_sets(*counts((TABLE,)), ties)
    beta = np.array([0.0, 0.7, -1.1, 0.3])
    at = derivatives(sets, beta[None])
    for k, step in enumerate(1e-6 * np.eye(4)):
        ahead, behind = (derivatives(sets, (beta + sign * step)[None]) for sign in (1, -1))
        assert at.score[0, k] == pytest.approx((ahead.value[0] - behind.value[0]) / 2e-6, abs=1e-7)
        np.testing.assert_allclose(at.information[0, k], -(ahead.score[0] - behind.score[0]) / 2e-6, atol=1e-7)


def test_efron_has_one_risk_set_per_event_and_breslow_one_per_time() -> None:
    events, at_risk = np.array([[[2.0, 1.0], [0.0, 0.0], [0.0, 1.0]]]), np.array([[[4.0, 3.0], [2.0, 2.0], [1.0, 2.0]]])
    breslow, efron = risk_sets(events, at_risk, "breslow"), risk_sets(events, at_risk, "efron")
    np.testing.assert_array_equal(breslow.multiplicity, [[3, 0, 1]])
    np.testing.assert_array_equal(breslow.weights[0, :, [0, 2]], [[4, 3], [1, 2]])
    np.testing.assert_array_equal(efron.multiplicity, [[1, 1, 1, 1]])
    np.testing.assert_allclose(efron.weights[0] * 3, [[12, 10, 8, 3], [9, 8, 7, 6]])


def test_closure_follows_chains() -> None:
    chain = np.eye(6, dtype=bool) | np.eye(6, k=1, dtype=bool)
    np.testing.assert_array_equal(closure(chain[None])[0], np.triu(np.ones((6, 6), dtype=bool)))


def test_an_event_reaches_every_level_at_risk() -> None:
    events = np.array([[[1, 0, 0], [0, 0, 1]]])
    at_risk = np.array([[[2, 1, 0], [0, 1, 1]]])
    np.testing.assert_array_equal(reachable(events, at_risk)[0], [[1, 1, 0], [0, 1, 0], [0, 1, 1]])
