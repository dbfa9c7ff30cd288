"""Counts of several cohorts at once, and what is computed from them, against each cohort alone."""

import numpy as np
import pytest

from components.engine.cox import coefficients, cox_model, fitted
from components.engine.event_table import event_table
from components.engine.kaplan_meier import (
    kaplan_meier,
    median,
    median_days,
    shares_at,
    survival_at,
    survival_curves,
)
from components.engine.logrank import logrank, logranks
from components.engine.partial_likelihood import Ties
from components.engine.restricted_mean import mean_within, restricted_mean
from components.engine.stacked_counts import stacked_days


def patients(seed: int) -> tuple[np.ndarray, ...]:
    draw = np.random.default_rng(seed)
    n = 120
    return draw.integers(0, 40, n), draw.random(n) < 0.5, draw.integers(0, 4, n), draw.integers(-1, 3, n)


def test_a_tiny_case_by_hand() -> None:
    days, had = np.array([2, 5, 5, 1]), np.array([True, True, False, True])
    events, at_risk = stacked_days(days, had, np.array([0, 0, 0, 1]), 2).counts(np.array([0, 1, 0, 1]), 2)
    assert events.tolist() == [[[1, 0], [0, 1]], [[0, 1], [0, 0]]]
    assert at_risk.tolist() == [[[2, 1], [1, 1]], [[0, 1], [0, 0]]]


@pytest.mark.parametrize("seed", range(6))
def test_every_cohort_has_the_numbers_it_has_alone(seed: int) -> None:
    days, had, cohort, codes = patients(seed)
    events, at_risk = stacked_days(days, had, cohort, 4).counts(codes, 3)
    chisq, df, p = logranks(events, at_risk)
    fits = fitted(events, at_risk, 0)
    for one in range(4):
        own = cohort == one
        table = event_table(days[own], had[own], codes[own], 3)
        rows = table.events.any(axis=1)
        here = events[one].any(axis=1)  # on the other days somebody without a level had the event, or nobody
        assert events[one][here].tolist() == table.events[rows].tolist()
        assert at_risk[one][here].tolist() == table.at_risk[rows].tolist()
        test = logrank(table)
        assert (chisq[one], df[one]) == (pytest.approx(test.chisq, rel=1e-9), test.df)
        assert p[one] == pytest.approx(test.p, rel=1e-8)
        assert fits.coef[one] == pytest.approx(cox_model(table).coef, rel=1e-7)


def test_nothing_to_compare_has_no_degrees_of_freedom() -> None:
    events, at_risk = np.zeros((1, 1, 2)), np.array([[[3.0, 0.0]]])
    _, df, p = logranks(events, at_risk)
    assert df.tolist() == [0]
    assert np.isnan(p).all()


def test_the_mean_alone_is_that_with_its_limits() -> None:
    days, had, _, codes = patients(1)
    table = event_table(days, had, codes, 3)
    for tau in (10, 39, 60):
        alone = mean_within(kaplan_meier(table, "plain"), tau)
        np.testing.assert_array_equal(alone, restricted_mean(table, tau).mean)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_asked_without_limits_is_what_stands_beside_them(seed: int) -> None:
    days, had, cohort, codes = patients(seed)
    table = event_table(days, had, codes, 4)  # nobody has the last level
    whole, alone = kaplan_meier(table), survival_curves(table)
    np.testing.assert_array_equal(alone.survival, whole.survival)
    np.testing.assert_array_equal(shares_at(alone, [0, 7, 39, 80]), survival_at(whole, [0, 7, 39, 80]).survival)
    np.testing.assert_array_equal(median_days(alone), median(whole).estimate[0])
    events, at_risk = stacked_days(days, had, cohort, 4).counts(codes, 3)
    fits = fitted(events, at_risk, 1)
    for found, expected in zip(coefficients(events, at_risk, 1), (fits.coef, fits.monotone), strict=True):
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("ties", ["breslow", "efron"])
def test_a_fit_ends_in_the_same_place_in_whatever_company(ties: Ties) -> None:
    many = [patients(seed) for seed in range(8)]
    counted = [stacked_days(days, had, cohort, 4).counts(codes, 3) for days, had, cohort, codes in many]
    most = max(events.shape[1] for events, _ in counted)
    padded = [[np.pad(one, ((0, 0), (0, most - one.shape[1]), (0, 0))) for one in pair] for pair in counted]
    events, at_risk = (np.concatenate([pair[side] for pair in padded]) for side in (0, 1))
    together = coefficients(events, at_risk, 0, ties)[0]
    alone = [coefficients(events[b : b + 1], at_risk[b : b + 1], 0, ties)[0][0] for b in range(len(events))]
    np.testing.assert_allclose(together, alone, rtol=1e-12)
