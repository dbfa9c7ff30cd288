"""Fast fits of many candidates are those of the Cox models, also where a ratio is infinite or a level has no event."""

from __future__ import annotations

import numpy as np
import pytest

from components.engine.close_fits import close_fits
from components.engine.cox import fitted
from components.engine.event_table import Floats


def candidates(levels: int, eventless: int, seed: int) -> tuple[Floats, Floats]:
    """Events (D, K), the last levels without any, and patients at risk (B, D, K), in some of them the dead alone."""
    rng = np.random.default_rng(seed)
    deaths = np.eye(levels)[rng.integers(0, levels - eventless, 12)]
    left = rng.integers(0, 3, (300, 12, levels))
    later = np.cumsum((left + deaths)[:, ::-1], axis=1)[:, ::-1]
    at_risk = later + rng.integers(0, 6, (300, 1, levels))
    at_risk[::7] = deaths[::-1].cumsum(axis=0)[::-1]  # nobody but those who die
    return deaths, at_risk


@pytest.mark.parametrize(("levels", "eventless"), [(2, 0), (3, 0), (5, 0), (3, 1), (4, 2), (2, 1)])
@pytest.mark.parametrize("reference", [0, 1])
def test_close_fits_are_the_fits_of_the_models(levels: int, eventless: int, reference: int) -> None:
    for seed in range(4):
        events, at_risk = candidates(levels, eventless, seed)
        slow = fitted(np.broadcast_to(events, at_risk.shape), at_risk, reference)
        for near in (None, slow.coef[0]):
            fast = close_fits(events, at_risk, reference, near)
            np.testing.assert_allclose(fast.coef, slow.coef, rtol=0, atol=1e-9)
            np.testing.assert_allclose(fast.standard_error, slow.standard_error, rtol=1e-8)
            for limit, wanted in zip(fast.wald_limits(), slow.wald_limits(), strict=True):
                np.testing.assert_allclose(limit, wanted, rtol=1e-8)


def test_tied_events_are_breslows() -> None:
    events = np.array([[2.0, 1.0], [0.0, 0.0], [1.0, 3.0]])
    at_risk = np.array([[[9.0, 8.0], [7.0, 6.0], [5.0, 5.0]]])
    slow = fitted(events[None], at_risk, 0)
    fast = close_fits(events, at_risk, 0)
    np.testing.assert_allclose(fast.coef, slow.coef, atol=1e-10)
    np.testing.assert_allclose(fast.standard_error, slow.standard_error, rtol=1e-10)
