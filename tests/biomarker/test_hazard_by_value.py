from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.biomarker.analysis import Values
from components.biomarker.hazard_by_value import hazard_by_value
from components.core.estimate import Reason
from data.variables import DICTIONARY
from tests.known import known

REFERENCE = Path(__file__).parents[1] / "reference"
AGE, KL6, DEATH = DICTIONARY.number["age"], DICTIONARY.measure["kl6"], DICTIONARY.endpoints[0]


LUNG = pd.read_csv(REFERENCE / "lung.csv")
AGES = LUNG["age"].to_numpy(dtype=float)


@pytest.fixture(scope="module")
def lung() -> Values:
    return Values(AGE, DEATH, AGES, LUNG["time"].to_numpy(), (LUNG["status"] == 2).to_numpy(), 0)


def test_straight_line_agrees_with_r(lung: Values) -> None:
    found, answer = hazard_by_value(lung), pd.read_csv(REFERENCE / "hazard_by_value.csv").iloc[0]
    assert found.step == pytest.approx(np.std(AGES, ddof=1))
    assert np.log([known(found.ratio.value), known(found.ratio.lower)]) == pytest.approx(
        [answer.coefficient, answer.coefficient - 1.959963984540054 * answer.std_err], abs=1e-8
    )
    assert found.p == pytest.approx(0.04186, abs=1e-3)
    at_median = np.interp(found.reference, found.curve[:, 0], found.curve[:, 1])
    assert at_median == pytest.approx(1, abs=1e-3)


def test_spline_agrees_with_r(lung: Values) -> None:
    found, answer = hazard_by_value(lung, "cubic"), pd.read_csv(REFERENCE / "hazard_by_value.csv").iloc[0]
    assert found.shape == "cubic"
    assert found.p_curved == pytest.approx(0.5418, abs=2e-3)
    z = (found.curve[:, 0] - found.reference) / found.step
    below = z < (np.quantile(AGES, 0.1) - found.reference) / found.step
    slope = np.diff(np.log(found.curve[below, 1])) / np.diff(z[below])
    assert slope == pytest.approx(answer["first"], abs=1e-3)


@pytest.mark.parametrize(("events", "shape"), [(9, "linear"), (10, "cubic")])
def test_a_curve_needs_ten_events(lung: Values, events: int, shape: str) -> None:
    first = lung.event & (np.cumsum(lung.event) <= events)
    found = hazard_by_value(replace(lung, event=first), "cubic")
    assert (found.events, found.shape, found.p_curved is not None) == (events, shape, shape == "cubic")


def test_each_doubling_of_a_skewed_value(lung: Values) -> None:
    """The ratio a doubling does not change with the unit, and a value of 0 takes the logarithm away."""
    ratio = hazard_by_value(replace(lung, entry=KL6)).ratio
    thousand = hazard_by_value(replace(lung, entry=KL6, values=1000 * AGES))
    assert thousand.doubling
    assert thousand.ratio.value == pytest.approx(ratio.value, rel=1e-6)
    assert not hazard_by_value(replace(lung, entry=KL6, values=AGES - AGES.min())).doubling


def test_too_little_to_go_on(lung: Values) -> None:
    few = replace(lung, event=np.arange(lung.n) < 4)
    assert hazard_by_value(few).reason is hazard_by_value(few).ratio.reason is Reason.TOO_FEW_EVENTS
    nobody = replace(lung, values=AGES[:0], days=lung.days[:0], event=lung.event[:0], unknown=3)
    assert hazard_by_value(nobody).reason is Reason.NOT_MEASURED
    some = np.flatnonzero(lung.event)[:6]
    seven = replace(lung, event=np.isin(np.arange(lung.n), some))
    assert hazard_by_value(seven, "cubic").shape == "linear"
    assert hazard_by_value(seven, "cubic").p_curved is None


def forty(days: np.ndarray, event: np.ndarray) -> Values:
    """Forty patients of 40 to 79 years, the youngest first."""
    return Values(AGE, DEATH, np.arange(40.0, 80), days, event, 0)


def test_without_a_maximum_there_is_no_wald_number_but_a_second_look() -> None:
    """The six oldest die, the oldest first: the likelihood rises for ever, and lifelines would print 1057 or so."""
    found = hazard_by_value(forty(np.where(np.arange(40) < 34, 400, 150 - np.arange(40)), np.arange(40) >= 34), "cubic")
    assert found.reason is found.ratio.reason is Reason.MONOTONE
    assert (found.p, found.p_curved, len(found.curve)) == (None, None, 0)
    assert found.sensitivity is not None
    profile, firth = found.sensitivity.profile, found.sensitivity.firth
    assert (profile.value, profile.upper) == (np.inf, np.inf)
    assert 1 < (profile.lower or 0) < (firth.value or 0) < (firth.upper or 0) < np.inf
    assert (firth.lower or 0) > 1
    assert (found.sensitivity.firth_p or 1) < 1e-6


def test_a_spline_alone_may_lack_a_maximum() -> None:
    """Deaths at the youngest and the oldest only: the line has a maximum, the curve bends without end."""
    days, event = np.full(40, 400), np.zeros(40, dtype=bool)
    for place, i in enumerate((0, 39, 1, 38, 2, 37, 3, 36, 4, 35)):
        days[i], event[i] = 10 + place, True
    found = hazard_by_value(forty(days, event), "cubic")
    assert (found.reason, found.unbent, found.shape) == (None, Reason.MONOTONE, "linear")
    assert found.p_curved is None
    assert hazard_by_value(forty(days, event), "linear").unbent is None


def test_all_dead_on_one_day_is_nothing_to_compare() -> None:
    found = hazard_by_value(forty(np.full(40, 90), np.ones(40, dtype=bool)))
    assert (found.reason, found.sensitivity) == (Reason.NOTHING_TO_COMPARE, None)


def test_the_fit_is_the_maximum_of_the_second_look_or_there_is_none() -> None:
    """Few events and few values: lifelines' ratio is where the profile has its top, and otherwise NA with a reason."""
    rng = np.random.default_rng(9)
    reasons = set()
    for _ in range(60):
        n = int(rng.integers(20, 26))
        values, days = rng.integers(0, 5, n).astype(float), rng.integers(1, 8, n)
        late = np.argsort(values + rng.normal(size=n) * rng.choice([0, 1]), kind="stable")[-5:]
        event = np.isin(np.arange(n), late)
        days = np.where(event, np.minimum(days, 6 - values.astype(int)), 9)
        found = hazard_by_value(Values(AGE, DEATH, values, np.maximum(days, 0), event, 0))
        reasons.add(found.reason)
        if found.reason:
            assert (found.ratio.value, found.p) == (None, None)
            continue
        assert found.sensitivity is not None
        assert found.ratio.value == pytest.approx(found.sensitivity.profile.value, rel=1e-6)
        assert np.isfinite(known(found.ratio.lower))
        assert known(found.ratio.upper) < 1e4
    assert {None, Reason.MONOTONE} <= reasons
