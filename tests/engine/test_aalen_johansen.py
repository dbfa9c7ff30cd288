from __future__ import annotations

from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sksurv.nonparametric import cumulative_incidence_competing_risks

from components.engine.aalen_johansen import CauseTable, cause_table, cumulative_incidence, incidence_at
from components.engine.event_table import event_table
from components.engine.kaplan_meier import kaplan_meier
from components.engine.proportions import proportion

REFERENCE = Path(__file__).parents[1] / "reference"
# Unsorted: day 3 one of each cause, day 5 two of cause 1 and a censoring, day 8 one of cause 2, day 9 a censoring.
DAYS, CAUSE = [9, 3, 5, 3, 8, 5, 5, 12], [0, 2, 1, 1, 2, 0, 1, 0]
TIED = cause_table(DAYS, CAUSE, 2)
Patient = tuple[int, int, int]
patients = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 2), st.integers(0, 1)), min_size=1, max_size=40)


def counted(rows: list[Patient]) -> CauseTable:
    day, cause, code = zip(*rows, strict=True)
    return cause_table(day, cause, 2, code, 2)


def dataset(name: str) -> CauseTable:
    rows = pd.read_csv(REFERENCE / "competing_risks.csv")
    rows = rows[rows["dataset"] == name]
    codes, _ = pd.factorize(rows["group"], sort=True)
    return cause_table(rows["day"], rows["cause"], 2, codes, 2)


def expected(name: str, file: str) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    rows = pd.read_csv(REFERENCE / file, dtype={"group": str})
    rows = rows[rows["dataset"] == name]
    return rows, pd.factorize(rows["group"], sort=True)[0], rows["cause"].to_numpy() - 1


# By hand.


def test_counts() -> None:
    assert TIED.times.tolist() == [3, 5, 8, 9, 12]
    assert TIED.events[:, 0].tolist() == [[1, 1], [2, 0], [0, 1], [0, 0], [0, 0]]
    assert TIED.censored[:, 0].tolist() == [0, 1, 0, 1, 1]
    assert TIED.at_risk[:, 0].tolist() == [8, 6, 3, 2, 1]


def test_incidence_by_hand() -> None:
    found = cumulative_incidence(TIED)
    assert_allclose(found.incidence[:, 0, 0], [1 / 8, 3 / 8, 3 / 8, 3 / 8, 3 / 8], rtol=1e-15)
    assert_allclose(found.incidence[:, 0, 1], [1 / 8, 1 / 8, 7 / 24, 7 / 24, 7 / 24], rtol=1e-15)
    assert_allclose(found.event_free[:, 0], [3 / 4, 1 / 2, 1 / 3, 1 / 3, 1 / 3], rtol=1e-15)


def test_standard_errors_by_hand() -> None:
    # Until the first censoring the incidence is a share of 8 patients; after day 3 there is 1/3 of cause 1 to come.
    jackknife = cumulative_incidence(TIED).std_err[:2, 0, 0]
    assert_allclose(jackknife**2, [(1 / 8) * (7 / 8) / 8, (3 / 8) * (5 / 8) / 8], rtol=1e-13)
    aalen = cumulative_incidence(TIED, "Aalen").std_err[:2, 0, 0]
    day5 = (3 / 4) ** 2 * 2 * (4 / 5) / 36
    assert_allclose(aalen**2, [1 / 64, (1 / 64) * ((2 / 3) ** 2 + (1 / 3) ** 2) + day5], rtol=1e-13)


def test_log_log_limits_by_hand() -> None:
    found, p = cumulative_incidence(TIED), 3 / 8
    half = 1.959963984540054 * sqrt(p * (1 - p) / 8) / (p * -np.log(p))
    assert found.lower[1, 0, 0] == pytest.approx(p ** np.exp(half), rel=1e-12)
    assert found.upper[1, 0, 0] == pytest.approx(p ** np.exp(-half), rel=1e-12)


def test_everybody_with_the_event_is_exactly_one() -> None:
    # Five on day 3 and one on day 6: sums of sixths miss 1 by 1e-16.
    six = cause_table([3] * 5 + [6], [1] * 6, 2)
    assert cumulative_incidence(six).incidence[1].tolist() == [[1, 0]]
    assert cumulative_incidence(six).std_err[1].tolist() == [[0, 0]]
    for interval in ("log-log", "log", "plain"):
        assert np.isnan(cumulative_incidence(six, interval=interval).lower[1]).all()
    found = incidence_at(cumulative_incidence(six, interval="by events"), [0, 3, 6, 50])
    lowest = 0.025 ** (1 / 6)  # Clopper and Pearson, 6 of 6
    assert_allclose(found.lower[:, 0, 0], [0, found.lower[1, 0, 0], lowest, lowest], rtol=1e-12)
    assert_allclose(found.upper[:, 0, 0], [1 - lowest, found.upper[1, 0, 0], 1, 1], rtol=1e-12)
    assert found.beta_product[:, 0, 0].tolist() == [True, False, True, True]


@given(patients)
def test_without_censoring_the_beta_product_is_clopper_and_pearson(rows: list[Patient]) -> None:
    """Who had another event counts on: the limits are those of a share of all patients."""
    rows = [(day, max(cause, 1), code) for day, cause, code in rows]
    found = cumulative_incidence(counted(rows), interval="beta product")
    for k in range(2):
        mine = [(day, cause) for day, cause, code in rows if code == k]
        for j in range(2 if mine else 0):
            had = [sum(d <= t and c == j + 1 for d, c in mine) for t in found.times]
            exact = proportion(had, len(mine), "Clopper-Pearson")
            assert_allclose(found.lower[:, k, j], exact.lower, atol=1e-9)
            assert_allclose(found.upper[:, k, j], exact.upper, atol=1e-9)


@given(patients)
def test_with_one_cause_the_beta_product_is_that_of_kaplan_meier(rows: list[Patient]) -> None:
    day, cause, code = zip(*[(d, min(c, 1), k) for d, c, k in rows], strict=True)
    for interval in ("beta product", "by events"):
        found = cumulative_incidence(cause_table(day, cause, 1, code, 2), interval=interval)
        km = kaplan_meier(event_table(day, cause, code, 2), interval)
        some = found.beta_product[:, :, 0] & ~np.isnan(km.survival)
        assert_array_equal(some, km.beta_product & ~np.isnan(km.survival))
        assert_allclose(found.lower[:, :, 0][some], 1 - km.upper[some], atol=1e-12)
        assert_allclose(found.upper[:, :, 0][some], 1 - km.lower[some], atol=1e-12)
        alive = some & (km.survival > 0)
        assert_allclose(found.upper_after[:, :, 0][alive], 1 - km.lower_after[alive], atol=1e-12)


def test_before_the_first_event_the_upper_limit_counts_those_at_risk_on_the_day() -> None:
    found = incidence_at(
        cumulative_incidence(cause_table([5] * 20 + [9] * 8, [0] * 28, 2), interval="by events"), [5, 6, 9]
    )
    assert_allclose(found.upper[:, 0, 0], [1 - 0.025 ** (1 / n) for n in (28, 8, 8)], rtol=1e-12)
    assert found.lower[:, 0, 0].tolist() == [0, 0, 0]


def test_reading_at_chosen_days() -> None:
    found = cumulative_incidence(cause_table([2, 4, 3, 9, 5], [1, 0, 2, 0, 0], 2, [0, 0, 1, 1, -1], 3))
    at = incidence_at(found, [0, 2.5, 4, 4.5, 9, 10])
    nan = np.nan
    assert_array_equal(at.incidence[:, 0, 0], [0, 0.5, 0.5, nan, nan, nan])
    assert_array_equal(at.incidence[:, 1, 1], [0, 0, 0.5, 0.5, 0.5, nan])
    assert np.isnan(at.incidence[:, 2]).all()
    assert at.std_err[0, 0, 0] == 0
    assert np.isnan(at.lower[0, 0, 0])
    assert np.isnan(incidence_at(cumulative_incidence(TIED, interval="plain"), 0).upper).all()


def test_a_level_without_anyone_left_event_free_stays_there() -> None:
    found = cumulative_incidence(cause_table([2, 4, 9], [1, 2, 0], 2, [0, 0, 1], 2))
    assert incidence_at(found, [4, 50]).incidence[:, 0].tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert_array_equal(incidence_at(found, 50).incidence[:, 1], [[np.nan, np.nan]])


def test_nobody_and_no_event() -> None:
    assert cumulative_incidence(cause_table([], [], 2, [], 2)).incidence.shape == (0, 2, 2)
    assert np.isnan(incidence_at(cumulative_incidence(cause_table([], [], 2)), 0).incidence).all()
    quiet = cumulative_incidence(cause_table([3, 5], [0, 0], 2))
    assert quiet.incidence.sum() == 0
    assert quiet.std_err.sum() == 0


def test_refused() -> None:
    with pytest.raises(ValueError, match="causes must lie between 0 and 2"):
        cause_table([1, 2], [0, 3], 2)
    with pytest.raises(ValueError, match="code 1 is outside the 1 levels"):
        cause_table([1, 2], [0, 1], 2, [0, 1])
    with pytest.raises(ValueError, match="differ in length"):
        cause_table([1, 2], [0, 1], 2, [0])
    with pytest.raises(ValueError, match="unknown variance 'delta'"):
        cumulative_incidence(TIED, "delta")  # type: ignore[arg-type]


# Against R, on data with ties.


@pytest.mark.parametrize("name", ["mgus2", "lung_weeks"])
@pytest.mark.parametrize("interval", ["log-log", "log", "plain"])
def test_agrees_with_multi_state_survfit(name: str, interval: str) -> None:
    found = cumulative_incidence(dataset(name), interval=interval)  # type: ignore[arg-type]
    rows, k, j = expected(name, "cumulative_incidence.csv")
    t = np.searchsorted(found.times, rows["day"])
    suffix = interval.replace("-", "")
    assert_allclose(found.event_free[t, k], rows["event_free"], rtol=0, atol=1e-12)
    assert_allclose(found.incidence[t, k, j], rows["incidence"], rtol=0, atol=1e-12)
    assert_allclose(found.std_err[t, k, j], rows["std_err"], rtol=0, atol=1e-12)
    some = rows["incidence"] > 0  # where there is none R prints limits without width for "plain"
    assert_allclose(found.lower[t, k, j], rows[f"lower_{suffix}"].where(some), rtol=0, atol=1e-12)
    assert_allclose(found.upper[t, k, j], rows[f"upper_{suffix}"].where(some), rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", ["mgus2", "lung_weeks"])
def test_aalen_variance_agrees_with_cmprsk(name: str) -> None:
    found = cumulative_incidence(dataset(name), "Aalen")
    rows, k, j = expected(name, "cumulative_incidence_cmprsk.csv")
    t = np.searchsorted(found.times, rows["day"])
    assert_allclose(found.incidence[t, k, j], rows["incidence"], rtol=0, atol=1e-12)
    assert_allclose(found.std_err[t, k, j] ** 2, rows["variance"], rtol=1e-10)


# Against another library, and properties.


def test_estimate_agrees_with_scikit_survival() -> None:
    rows = pd.read_csv(REFERENCE / "competing_risks.csv")
    rows = rows[rows["dataset"] == "mgus2"]
    times, theirs = cumulative_incidence_competing_risks(rows["cause"].to_numpy(), rows["day"].to_numpy().astype(float))
    found = incidence_at(cumulative_incidence(cause_table(rows["day"], rows["cause"], 2)), times)
    assert_allclose(found.incidence[:, 0, 0], theirs[1], atol=1e-12)
    assert_allclose(found.incidence[:, 0, 1], theirs[2], atol=1e-12)


@given(patients)
def test_incidences_and_event_free_share_add_up_to_one(rows: list[Patient]) -> None:
    found = cumulative_incidence(counted(rows))
    total = found.incidence.sum(axis=2) + found.event_free
    assert_allclose(total[~np.isnan(total)], 1, atol=1e-12)
    for k in range(2):
        own = max((day for day, _, code in rows if code == k), default=0)
        assert not np.isnan(found.incidence[found.times <= own, k]).any()


@given(patients)
def test_with_one_cause_it_is_the_complement_of_kaplan_meier(rows: list[Patient]) -> None:
    day, cause, code = zip(*[(d, min(c, 1), k) for d, c, k in rows], strict=True)
    found = cumulative_incidence(cause_table(day, cause, 1, code, 2))
    km = kaplan_meier(event_table(day, cause, code, 2))
    assert_allclose(found.incidence[:, :, 0], 1 - km.survival, atol=1e-12)
    greenwood = km.survival > 0
    assert_allclose(found.std_err[:, :, 0][greenwood], km.std_err[greenwood], atol=1e-7)


@given(patients)
def test_without_censoring_it_is_a_share_with_its_binomial_error(rows: list[Patient]) -> None:
    rows = [(day, max(cause, 1), code) for day, cause, code in rows]
    found = cumulative_incidence(counted(rows))
    for k in range(2):
        mine = [(day, cause) for day, cause, code in rows if code == k]
        for j in range(2 if mine else 0):
            share = np.array([np.mean([d <= t and c == j + 1 for d, c in mine]) for t in found.times])
            assert_allclose(found.incidence[:, k, j], share, atol=1e-12)
            assert_allclose(found.std_err[:, k, j] ** 2, share * (1 - share) / len(mine), atol=1e-14)


@given(patients, st.integers(2, 4))
def test_every_patient_copied_m_times(rows: list[Patient], m: int) -> None:
    once, often = cumulative_incidence(counted(rows)), cumulative_incidence(counted(rows * m))
    assert_allclose(often.incidence, once.incidence, atol=1e-12)
    assert_allclose(often.std_err**2, once.std_err**2 / m, atol=1e-14)


@given(patients)
def test_jackknife_variance_is_the_sum_of_squared_derivatives(rows: list[Patient]) -> None:
    """The derivative of F_j(t) by a patient's weight, found by giving the patient a little more weight."""
    mine = sorted(rows)
    day, cause = np.array([r[0] for r in mine]), np.array([r[1] for r in mine])
    found = cumulative_incidence(cause_table(day, cause, 2))
    at = len(found.times) // 2

    def incidence(weight: np.ndarray) -> np.ndarray:
        free, total = 1.0, np.zeros(2)
        for t in found.times[: at + 1]:
            y = weight[day >= t].sum()
            d = np.array([weight[(day == t) & (cause == j)].sum() for j in (1, 2)])
            total = total + free * d / y
            free *= 1 - d.sum() / y
        return total

    step = 1e-5
    slopes = [(incidence(1 + step * unit) - incidence(1 - step * unit)) / (2 * step) for unit in np.eye(len(mine))]
    assert_allclose(found.std_err[at, 0] ** 2, np.square(slopes).sum(axis=0), atol=1e-8)
