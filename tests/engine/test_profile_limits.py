from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.engine.cox import cox_model
from components.engine.event_table import EventTable, event_table
from components.engine.partial_likelihood import Ties
from components.engine.profile_limits import profile_limits

HALF_QUANTILE = 3.841458820694124 / 2
patients = st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 1)), min_size=4, max_size=40)


def table(rows: list[tuple[int, bool, int]], levels: int) -> EventTable:
    day, event, code = zip(*rows, strict=True)
    return event_table(day, event, code, levels)


def likelihood(rows: list[tuple[int, bool, int]], beta: float) -> float:
    """Breslow's log partial likelihood of level 1 against level 0, patient by patient."""
    return sum(
        beta * code - log(sum(exp(beta * c) for d, _, c in rows if d >= day)) for day, event, code in rows if event
    )


def test_one_death_in_the_reference_has_closed_limits() -> None:
    # l = -log(a + b r): highest at r = 0, and log((a + b r) / a) = quantile / 2 at the upper limit
    a, b = 3, 5
    limits = profile_limits((table([(1, True, 0)] + [(2, False, 0)] * (a - 1) + [(2, False, 1)] * b, 2),))[0]
    assert limits.lower[1] == 0.0
    assert limits.upper[1] == pytest.approx(a / b * (exp(HALF_QUANTILE) - 1), rel=1e-9)
    assert limits.p[1] == pytest.approx(
        cox_model(table([(1, True, 0), (2, False, 0), (2, False, 1)], 2)).score.p, abs=1
    )
    assert np.isnan([limits.lower[0], limits.upper[0], limits.p[0]]).all()


def test_all_deaths_in_the_level_leave_the_upper_limit_infinite() -> None:
    a, b = 3, 5
    limits = profile_limits((table([(1, True, 1)] + [(2, False, 1)] * (b - 1) + [(2, False, 0)] * a, 2),))[0]
    assert limits.lower[1] == pytest.approx(a / b / (exp(HALF_QUANTILE) - 1), rel=1e-9)
    assert limits.upper[1] == np.inf


def test_two_levels_without_events_cannot_be_compared() -> None:
    rows = [(5, True, 1), (6, True, 1), (9, False, 2), (9, False, 0)]
    limits = profile_limits((table(rows, 3),))[0]
    assert (limits.lower[2], limits.upper[2]) == (0.0, np.inf)
    assert limits.p[2] == pytest.approx(1.0, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(patients, st.sampled_from([0.8, 0.95]))
def test_limits_lie_where_the_likelihood_has_fallen_by_half_the_quantile(
    rows: list[tuple[int, bool, int]], level: float
) -> None:
    half = {0.8: 1.6423744151498175, 0.95: 3.841458820694124}[level] / 2
    model = cox_model(table(rows, 2))
    limits = profile_limits((table(rows, 2),), level=level)[0]
    for limit in (limits.lower[1], limits.upper[1]):
        if 0.0 < limit < np.inf:
            assert likelihood(rows, log(limit)) == pytest.approx(model.log_likelihood - half, abs=1e-7)
    assert limits.lower[1] <= np.nan_to_num(model.hazard_ratio[1], nan=1.0) <= limits.upper[1]
    if not np.isnan(model.likelihood_ratio.p):
        assert limits.p[1] == pytest.approx(model.likelihood_ratio.p, abs=1e-7)
    assert (limits.lower[1] == 0.0) == (not model.coef[1] > -np.inf)
    assert (limits.upper[1] == np.inf) == (not model.coef[1] < np.inf)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 2)), min_size=4, max_size=40),
    st.sampled_from(["breslow", "efron"]),
)
def test_exchanged_reference_exchanges_the_limits(rows: list[tuple[int, bool, int]], ties: Ties) -> None:
    one, other = profile_limits([table(rows, 3)] * 2, (0, 2), ties)
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(one.lower[2], 1 / other.upper[0], rtol=1e-6)
        np.testing.assert_allclose(one.upper[2], 1 / other.lower[0], rtol=1e-6)
    np.testing.assert_allclose(one.p[2], other.p[0], rtol=1e-5, atol=1e-7)


def test_no_factors() -> None:
    assert profile_limits([]) == ()
