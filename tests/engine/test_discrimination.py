"""Areas and concordance by their formulas, by hand, against R, and for any small data set at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.engine.discrimination import discrimination, separated_limits

REFERENCE = Path(__file__).parents[1] / "reference"
Floats = np.ndarray


def staying(days: Floats, event: Floats) -> Floats:
    """G(t-) of each patient: not censored before the own day; of a day the events leave first."""
    share = np.ones(len(days))
    for i, day in enumerate(days):
        for c in np.unique(days[~event]):
            if c < day:
                at_risk = np.sum((days > c) | ((days == c) & ~event))
                share[i] *= 1 - np.sum((days == c) & ~event) / at_risk
    return share


def higher(one: float, other: Floats) -> Floats:
    return (one > other) + (one == other) / 2


def area(days: Floats, event: Floats, risk: Floats, t: int) -> float:
    weight = 1 / staying(days, event)
    cases, controls = event & (days <= t), (days > t) | ((days == t) & ~event)
    if not cases.any() or not controls.any():
        return np.nan
    right = [weight[i] * higher(risk[i], risk[controls]).mean() for i in np.flatnonzero(cases)]
    return float(np.sum(right) / weight[cases].sum())


def concordance(days: Floats, event: Floats, risk: Floats, tau: int) -> float:
    weight = 1 / staying(days, event) ** 2
    right = pairs = 0.0
    for i in np.flatnonzero(event & (days <= tau)):
        later = (days > days[i]) | ((days == days[i]) & ~event)
        right += weight[i] * higher(risk[i], risk[later]).sum()
        pairs += weight[i] * later.sum()
    return right / pairs if pairs else np.nan


def same(found: float, expected: float) -> bool:
    return bool(found == pytest.approx(expected, rel=1e-12, abs=1e-12, nan_ok=True))


def test_seven_patients_with_one_tie_by_hand() -> None:
    """A death and a censoring on day 2: the death comes first, so its weight knows of the censoring on day 1 only."""
    days, event = np.array([1, 2, 2, 3, 4, 5, 6]), np.array([0, 1, 0, 1, 0, 1, 0]) == 1
    risk = np.array([3.0, 1, 2, 5, 4, 2, 6])
    found = discrimination(days, event, risk, (3,), 6)
    second, fourth = 1 / (6 / 7), 1 / (6 / 7 * 4 / 5)
    assert found.areas[0] == pytest.approx((second * 0 + fourth * 2 / 3) / (second + fourth))
    sixth = 1 / (6 / 7 * 4 / 5 * 2 / 3)
    right, pairs = fourth**2 * 2 + sixth**2 * 0, second**2 * 5 + fourth**2 * 3 + sixth**2
    assert found.concordance == pytest.approx(right / pairs)
    assert (found.cases.tolist(), found.controls.tolist(), found.pairs) == ([2], [3], 9)


def test_concordance_is_that_of_r() -> None:
    table = pd.read_csv(REFERENCE / "discrimination.csv")
    known = 0
    for _, rows in table.groupby("set"):
        days, event, risk = rows["day"].to_numpy(), rows["event"].to_numpy() == 1, rows["risk"].to_numpy()
        found = discrimination(days, event, risk, (1,), int(rows["tau"].iloc[0]))
        assert same(found.concordance, float(rows["concordance"].iloc[0]))
        known += not np.isnan(found.concordance)
    assert known >= 50


def test_any_small_data_set_gives_the_formulas_or_says_that_there_is_nothing() -> None:
    """Days tie, values tie, everybody dies on the last day or leaves on it: a number as by hand, never an exception."""
    rng = np.random.default_rng(8)
    at = (0, 2, 3, 5, 9)
    known = np.zeros(len(at) + 1, dtype=int)
    for _ in range(600):
        n = int(rng.integers(1, 9))
        days = rng.integers(0, 6, n)
        event, risk = rng.random(n) < rng.random(), rng.integers(0, 4, n) * 1e-9
        tau = int(rng.integers(0, 8))
        found = discrimination(days, event, risk, at, tau)
        for k, t in enumerate(at):
            assert same(found.areas[k], area(days, event, risk, t))
            assert np.isnan(found.areas[k]) == (found.cases[k] == 0 or found.controls[k] == 0)
        assert same(found.concordance, concordance(days, event, risk, tau))
        assert np.isnan(found.concordance) == (found.pairs == 0)
        known += np.append(~np.isnan(found.areas), found.pairs > 0)
    assert (known[[0, 1, 2, 5]] > 60).all()
    assert known[4] == 0


def test_one_death_on_the_last_day_and_everybody_else_leaves_on_it() -> None:
    days, event = np.full(20, 730), np.arange(20) == 7
    found = discrimination(days, event, np.arange(20.0), (365, 730), 730)
    assert np.isnan(found.areas[0])
    assert (found.areas[1], found.concordance) == pytest.approx((7 / 19, 7 / 19))


def test_order_and_monotone_changes_of_the_risk_change_nothing() -> None:
    rng = np.random.default_rng(2)
    days, event, risk = rng.integers(1, 30, 40), rng.random(40) < 0.5, rng.normal(size=40).round(1)
    one = discrimination(days, event, risk, (20, 10), 25)
    mixed = rng.permutation(40)
    other = discrimination(days[mixed], event[mixed], np.exp(risk[mixed]), (20, 10), 25)
    assert same(one.concordance, other.concordance)
    assert one.areas == pytest.approx(other.areas, rel=1e-12)
    assert one.areas[::-1] == pytest.approx(discrimination(days, event, risk, (10, 20), 25).areas)
    back = discrimination(days, event, -risk, (10,), 25)
    assert same(back.concordance, 1 - one.concordance)
    assert same(float(back.areas[0]), 1 - float(one.areas[1]))


@pytest.mark.parametrize(("cases", "controls"), [(1, 1), (3, 25), (16, 150)])
def test_limits_of_a_perfect_area_solve_newcombes_equation(cases: int, controls: int) -> None:
    lower, upper = separated_limits(1.0, cases, controls)
    more = (cases + controls) / 2 - 1
    spread = 1 + more * (1 - lower) / (2 - lower) + more * lower / (1 + lower)
    assert upper == 1
    assert 0 < lower < 1
    assert (1 - lower) ** 2 == pytest.approx(1.959963985**2 * lower * (1 - lower) * spread / (cases * controls))
    assert separated_limits(0.0, cases, controls) == pytest.approx((0, 1 - lower))
    assert separated_limits(1.0, cases, controls, 0.9)[0] > lower
    with pytest.raises(ValueError, match="limits of its own"):
        separated_limits(0.5, cases, controls)
