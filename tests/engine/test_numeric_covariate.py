"""Whether a likelihood has a maximum, against brute force; profile and Firth against R and the categorical engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.engine.event_table import event_table
from components.engine.firth import firth_model
from components.engine.numeric_covariate import NumericModel, numeric_sensitivity, unbounded
from components.engine.partial_likelihood import Ties
from components.engine.profile_limits import profile_limits

REFERENCE = Path(__file__).parents[1] / "reference"
Data = tuple[np.ndarray, np.ndarray, np.ndarray]


def six_of_forty() -> Data:
    """The six oldest of 40 die, the oldest first, two of them on one day."""
    days = np.array([20, 30, 40, 40, 60, 70] + [400] * 34)
    return days, np.arange(40) < 6, np.append([79, 78, 77, 77, 75, 74], 73 - np.arange(34) % 30)


def data_of(name: str) -> Data:
    if name == "six":
        return six_of_forty()
    table = pd.read_csv(REFERENCE / f"{name}.csv")
    days, status = np.ceil(table["time"].to_numpy() / 30).astype(int), table["status"].to_numpy()
    return (
        (days, status == 2, table["age"].to_numpy() / 10)
        if name == "lung"
        else (days, status == 1, table["karno"].to_numpy() / 20)
    )


def numbers(model: NumericModel) -> tuple[float, float, float, float]:
    return model.ratio, model.lower, model.upper, model.p


@pytest.mark.parametrize("name", ["lung", "veteran", "six"])
@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_profile_and_firth_are_those_of_r(name: str, ties: Ties) -> None:
    rows = pd.read_csv(REFERENCE / "numeric_covariate.csv")
    found = numeric_sensitivity(*data_of(name), ties)
    assert found is not None
    for kind, model in (("profile", found.profile), ("firth", found.firth)):
        row = rows[(rows["dataset"] == name) & (rows["ties"] == ties) & (rows["kind"] == kind)].iloc[0]
        assert numbers(model) == pytest.approx(
            (row["ratio"], row["lower"], row["upper"], row["p"]), rel=1e-5, abs=1e-12
        )


def test_two_values_are_two_levels() -> None:
    """The number 0 or 1 and the factor with these levels are one model, with a maximum or without."""
    rng = np.random.default_rng(1)
    infinite = 0
    for _ in range(120):
        n = int(rng.integers(3, 14))
        days, event, x = rng.integers(1, 6, n), rng.random(n) < 0.7, rng.integers(0, 2, n)
        for ties in ("breslow", "efron"):
            found = numeric_sensitivity(days, event, x, ties)
            if found is None:
                continue
            table = event_table(days, event, x, 2)
            firth, profile = firth_model(table, 0, ties), profile_limits((table,), 0, ties)[0]
            assert numbers(found.firth) == pytest.approx(
                (firth.hazard_ratio[1], firth.lower[1], firth.upper[1], firth.p[1]), rel=1e-5
            )
            assert numbers(found.profile)[1:] == pytest.approx(
                (profile.lower[1], profile.upper[1], profile.p[1]), rel=1e-6
            )
            infinite += np.isinf(found.profile.upper) or found.profile.lower == 0
            assert (np.isinf(found.profile.ratio) or found.profile.ratio == 0) == unbounded(days, event, x)
    assert infinite > 10


def never_falls(data: Data, direction: np.ndarray) -> bool:
    """Every event has the largest value along ``direction`` among those at risk with it."""
    days, event, columns = data
    along = columns @ direction
    return all((along[i] >= along[days >= days[i]] - 1e-12).all() for i in np.flatnonzero(event))


def test_two_columns_against_every_direction() -> None:
    """Whole numbers from -2 to 2, so that a direction without a fall is among those between two differences."""
    rng = np.random.default_rng(3)
    found = {True: 0, False: 0}
    for _ in range(300):
        n = int(rng.integers(3, 9))
        data = rng.integers(1, 5, n), rng.random(n) < 0.6, rng.integers(-2, 3, (n, 2)).astype(float)
        steps = {(a, b) for a in range(-4, 5) for b in range(-4, 5)} - {(0, 0)}
        expected = any(never_falls(data, np.array([-b, a])) or never_falls(data, np.array([a, b])) for a, b in steps)
        assert unbounded(*data) == expected
        found[expected] += 1
    assert min(found.values()) > 30


def test_scale_and_order_change_nothing_and_the_sign_turns_the_ratio_over() -> None:
    days, event, x = data_of("veteran")
    one, mixed = numeric_sensitivity(days, event, x), np.random.default_rng(4).permutation(len(x))
    scaled = numeric_sensitivity(days[mixed], event[mixed], 1000 - 3 * x[mixed])
    assert one is not None
    assert scaled is not None
    assert scaled.firth.ratio**-3 == pytest.approx(one.firth.ratio, rel=1e-7)
    assert (scaled.profile.lower**-3, scaled.profile.upper**-3) == pytest.approx((one.profile.upper, one.profile.lower))
    assert scaled.profile.p == pytest.approx(one.profile.p)


def test_nothing_to_go_on() -> None:
    days, event = np.array([5, 5, 5, 9]), np.array([True, True, True, False])
    assert numeric_sensitivity(days, event, np.ones(4)) is None
    assert numeric_sensitivity(np.full(3, 5), np.ones(3, dtype=bool), np.arange(3)) is None
    assert unbounded(days, event, np.ones(4))
    assert unbounded(days, np.zeros(4, dtype=bool), np.arange(4))
