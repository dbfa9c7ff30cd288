from __future__ import annotations

from math import acos, cos, log, sqrt
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lifelines import CoxPHFitter
from numpy.typing import NDArray
from sksurv.linear_model import CoxPHSurvivalAnalysis

from components.engine.cox import CoxModel, counts, cox_model, cox_models, fitted
from components.engine.event_table import EventTable, event_table
from components.engine.logrank import logrank
from components.engine.partial_likelihood import Ties

TIES: tuple[Ties, Ties] = ("breslow", "efron")
LEVELS = 3
patients = st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, LEVELS - 1)), min_size=4, max_size=40)


def table(rows: list[tuple[int, bool, int]], levels: int = LEVELS) -> EventTable:
    day, event, code = zip(*rows, strict=True)
    return event_table(day, event, code, levels)


def same(a: NDArray[np.float64], b: NDArray[np.float64], tolerance: float = 1e-7) -> None:
    np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance)


# Six patients with closed forms: Therneau & Grambsch, Modeling Survival Data (2000), appendix E.
SIX = table([(1, True, 1), (1, False, 1), (6, True, 1), (6, True, 0), (8, False, 0), (9, True, 0)], 2)


def test_six_patients_with_breslow_ties() -> None:
    model = cox_model(SIX, 0, "breslow")
    r = (3 + sqrt(33)) / 2
    assert model.coef[1] == pytest.approx(log(r), abs=1e-12)
    assert model.log_likelihood_0 == pytest.approx(-log(6) - 2 * log(4), abs=1e-14)
    assert model.log_likelihood == pytest.approx(2 * log(r) - log(3 * r + 3) - 2 * log(r + 3), abs=1e-13)
    assert model.standard_error[1] ** -2 == pytest.approx(r / (r + 1) ** 2 + 6 * r / (r + 3) ** 2, rel=1e-12)
    assert model.score.chisq == pytest.approx(1 / (5 / 8), rel=1e-13)
    assert model.wald.chisq == pytest.approx((model.coef[1] / model.standard_error[1]) ** 2, rel=1e-13)
    assert model.likelihood_ratio.chisq == pytest.approx(2 * (model.log_likelihood - model.log_likelihood_0))


def test_six_patients_with_efron_ties() -> None:
    model = cox_model(SIX, 0, "efron")
    r = 2 * sqrt(23 / 3) * cos(acos(45 / 23 * sqrt(3 / 23)) / 3)
    assert model.coef[1] == pytest.approx(log(r), abs=1e-12)
    assert model.log_likelihood_0 == pytest.approx(-log(6) - log(4) - log(3), abs=1e-14)
    expected = 2 * log(r) - log(3 * r + 3) - log(r + 3) - log((r + 5) / 2)
    assert model.log_likelihood == pytest.approx(expected, abs=1e-13)
    information = r / (r + 1) ** 2 + 3 * r / (r + 3) ** 2 + 5 * r / (r + 5) ** 2
    assert model.standard_error[1] ** -2 == pytest.approx(information, rel=1e-12)
    assert model.score.chisq == pytest.approx((52 / 48) ** 2 / (83 / 144), rel=1e-13)


def test_wald_limits_and_p() -> None:
    model = cox_model(SIX)
    lower, upper = model.wald_limits(0.9)
    half = 1.6448536269514722 * model.standard_error[1]
    same(lower, np.exp([0, model.coef[1] - half]))
    same(upper, np.exp([0, model.coef[1] + half]))
    assert model.p[1] == pytest.approx(model.wald.p, rel=1e-12)
    assert np.isnan(model.p[0])
    assert (model.n.tolist(), model.events.tolist()) == ([3, 3], [2, 2])


@settings(max_examples=40, deadline=None)
@given(patients, st.sampled_from(TIES), st.integers(0, LEVELS - 1))
def test_likelihood_is_the_supremum_of_the_patients_likelihood(
    rows: list[tuple[int, bool, int]], ties: Ties, reference: int
) -> None:
    model = cox_model(table(rows), reference, ties)
    events, at_risk = counts((table(rows),))
    assume(events.sum() > 0)

    def value(beta: NDArray[np.float64]) -> float:
        total = 0.0
        for had, there in zip(events[0], at_risk[0], strict=True):
            tied = int(had.sum())
            total += had @ beta
            for j in range(tied):
                share = j / tied if ties == "efron" else 0.0
                total -= log((there - share * had) @ np.exp(beta))
        return total

    assert value(np.zeros(LEVELS)) == pytest.approx(model.log_likelihood_0, abs=1e-10)
    shifts = np.array(np.meshgrid(*[[-80.0, -40.0, 0.0, 40.0, 80.0]] * LEVELS)).reshape(LEVELS, -1).T
    finite_parts = [np.where(np.isfinite(m.coef), m.coef, 0.0) for m in _every_reference(rows, ties)]
    best = max(value(part + shift) for part in finite_parts for shift in shifts)
    assert best == pytest.approx(model.log_likelihood, abs=1e-8)
    assert fitted(events, at_risk, reference, ties).converged.all()


def _every_reference(rows: list[tuple[int, bool, int]], ties: Ties) -> tuple[CoxModel, ...]:
    return cox_models([table(rows)] * LEVELS, range(LEVELS), ties)


@settings(max_examples=60, deadline=None)
@given(patients, st.sampled_from(TIES), st.randoms(use_true_random=False))
def test_order_of_patients_does_not_matter(rows: list[tuple[int, bool, int]], ties: Ties, random: Random) -> None:
    shuffled = sorted(rows, key=lambda _: random.random())
    one, other = cox_model(table(rows), 0, ties), cox_model(table(shuffled), 0, ties)
    np.testing.assert_array_equal(one.coef, other.coef)
    np.testing.assert_array_equal(one.covariance, other.covariance)


@settings(max_examples=60, deadline=None)
@given(patients)
def test_every_patient_twice_halves_the_variance_under_breslow(rows: list[tuple[int, bool, int]]) -> None:
    one, two = cox_model(table(rows)), cox_model(table(rows + rows))
    same(two.coef, one.coef)
    same(two.covariance, one.covariance / 2)
    np.testing.assert_array_equal(two.monotone, one.monotone)


@settings(max_examples=60, deadline=None)
@given(patients, st.sampled_from(TIES), st.permutations(range(LEVELS)))
def test_relabelled_levels_keep_their_estimates(
    rows: list[tuple[int, bool, int]], ties: Ties, order: list[int]
) -> None:
    one = cox_model(table(rows), 0, ties)
    other = cox_model(table([(day, event, order[code]) for day, event, code in rows]), order[0], ties)
    same(other.coef[order], one.coef)
    same(other.standard_error[order], one.standard_error)
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(patients, st.sampled_from(TIES))
def test_exchanged_reference_inverts_the_ratio(rows: list[tuple[int, bool, int]], ties: Ties) -> None:
    models = _every_reference(rows, ties)
    for a in range(LEVELS):
        for b in range(LEVELS):
            same(models[a].coef[b], -models[b].coef[a])
            same(models[a].standard_error[b], models[b].standard_error[a])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 1)), min_size=3, max_size=40))
def test_score_test_without_ties_is_the_logrank_test(rows: list[tuple[bool, int]]) -> None:
    untied = table([(day, event, code) for day, (event, code) in enumerate(rows, start=1)], 2)
    for ties in TIES:
        score, test = cox_model(untied, 0, ties).score, logrank(untied)
        assert score.df == test.df
        same(np.array([score.chisq, score.p]), np.array([test.chisq, test.p]), 1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(patients, min_size=1, max_size=5), st.sampled_from(TIES))
def test_models_fitted_together_equal_models_fitted_alone(
    factors: list[list[tuple[int, bool, int]]], ties: Ties
) -> None:
    tables = [table(rows, LEVELS + extra) for extra, rows in enumerate(factors)]
    for together, alone in zip(cox_models(tables, 1, ties), [cox_model(t, 1, ties) for t in tables], strict=True):
        same(together.coef, alone.coef)
        same(together.covariance, alone.covariance)
        same(np.array(together.score.chisq), np.array(alone.score.chisq))


@settings(max_examples=60, deadline=None)
@given(patients, st.sampled_from(TIES))
def test_level_without_events_leaves_the_others_undisturbed(rows: list[tuple[int, bool, int]], ties: Ties) -> None:
    without = cox_model(
        table([(day, event, code) for day, event, code in rows if code < 2] or [(1, False, 0)], 2), 0, ties
    )
    model = cox_model(table([(day, event and code < 2, code) for day, event, code in rows]), 0, ties)
    np.testing.assert_array_equal(model.monotone[:2], without.monotone)
    same(model.coef[:2], without.coef)
    same(model.standard_error[:2], without.standard_error)
    assert model.monotone[2]
    assert np.isnan(model.wald_limits()[0][2])
    assert np.isnan(model.p[2])


def test_reference_without_events_leaves_no_ratio() -> None:
    model = cox_model(table([(5, True, 1), (6, True, 2), (7, True, 1), (8, False, 2), (9, False, 0)]), 0)
    assert model.coef.tolist() == [0, np.inf, np.inf]
    assert model.monotone.tolist() == [False, True, True]
    assert np.isnan(model.standard_error[1:]).all()
    assert np.isnan(model.wald.chisq)
    assert (model.score.df, model.likelihood_ratio.df, model.wald.df) == (2, 2, 0)


def test_all_events_in_one_level() -> None:
    model = cox_model(table([(5, True, 1), (6, True, 1), (9, False, 2), (9, False, 0)]), 0)
    assert model.coef[1] == np.inf
    assert np.isnan(model.coef[2])  # neither the reference nor level 2 has an event: nothing compares them
    assert model.log_likelihood == pytest.approx(-log(2))


def test_infinite_ratio_although_every_level_has_events() -> None:
    model = cox_model(table([(1, True, 0), (2, True, 0), (5, True, 1), (6, True, 1)], 2), 0)
    assert model.coef[1] == -np.inf  # level 1 has no event while anyone of the reference is at risk
    assert model.log_likelihood == pytest.approx(-2 * log(2))


def test_level_never_at_risk_at_an_event() -> None:
    model = cox_model(table([(1, False, 2), (2, True, 0), (3, True, 1), (4, True, 0), (5, False, 1)]), 0)
    assert np.isnan(model.coef[2])
    assert model.monotone.tolist() == [False, False, True]
    assert model.score.df == 1


@pytest.mark.parametrize("ties", TIES)
def test_nothing_to_compare(ties: Ties) -> None:
    for rows in ([(1, False, 0), (2, False, 1)], [(1, True, 0), (2, True, 0)]):
        model = cox_model(table(rows), 0, ties)
        assert np.isnan(model.coef[1:]).all()
        for test in (model.wald, model.score, model.likelihood_ratio):
            assert test.df == 0
            assert np.isnan([test.chisq, test.p]).all()


def test_no_factors() -> None:
    assert cox_models([]) == ()


def test_times_without_events_count_for_nothing() -> None:
    events, at_risk = counts((SIX,))
    longer, waiting = np.insert(events, 1, [0, 0], axis=1), np.insert(at_risk, 1, [3, 1], axis=1)
    for ties in TIES:
        np.testing.assert_array_equal(fitted(longer, waiting, 0, ties).coef, fitted(events, at_risk, 0, ties).coef)


def test_thousands_of_candidate_assignments_equal_their_models() -> None:
    draw = np.random.default_rng(7)
    died = np.sort(draw.choice(170, 16, replace=False))
    codes = (draw.random((2000, 170)) < 0.15).astype(np.int64)
    one = np.eye(2)[codes]
    at_risk = one[:, ::-1].cumsum(axis=1)[:, ::-1][:, died]
    fits = fitted(one[:, died], at_risk, 1)
    assert fits.converged.all()
    event = np.isin(np.arange(170), died)
    assert fits.monotone.any()
    for b in range(0, 2000, 199):
        model = cox_model(event_table(np.arange(1, 171), event, codes[b], 2), 1)
        same(fits.coef[b], model.coef)
        same(fits.standard_error[b], model.standard_error)
        same(np.array(fits.wald_limits()[0][b]), np.array(model.wald_limits()[0]))


def test_refused_input() -> None:
    events, at_risk = counts((SIX,))
    with pytest.raises(ValueError, match="ties"):
        fitted(events, at_risk, 0, "exact")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="shape"):
        fitted(events[0], at_risk[0])
    with pytest.raises(ValueError, match="reference 2"):
        cox_model(SIX, 2)


def _cohort(seed: int) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    level = draw.integers(0, LEVELS, 170)
    death, last = draw.exponential(400 / (1 + level)), draw.uniform(50, 800, 170)
    return pd.DataFrame({"day": np.ceil(np.minimum(death, last) / 10), "event": death <= last, "level": level})


@pytest.mark.parametrize("seed", range(3))
def test_second_opinion_of_lifelines_on_efron(seed: int) -> None:
    cohort = _cohort(seed)
    model = cox_model(event_table(cohort["day"], cohort["event"], cohort["level"], LEVELS), 0, "efron")
    frame = cohort[["day", "event"]].assign(one=cohort["level"] == 1, two=cohort["level"] == 2).astype(float)
    theirs = CoxPHFitter().fit(frame, "day", "event", fit_options={"precision": 1e-10})
    np.testing.assert_allclose(model.coef[1:], theirs.params_, atol=1e-5)
    np.testing.assert_allclose(model.standard_error[1:], theirs.standard_errors_, rtol=1e-5)
    assert model.log_likelihood == pytest.approx(theirs.log_likelihood_, abs=1e-6)
    assert model.likelihood_ratio.chisq == pytest.approx(theirs.log_likelihood_ratio_test().test_statistic, abs=1e-6)


@pytest.mark.parametrize("ties", TIES)
def test_second_opinion_of_scikit_survival(ties: Ties) -> None:
    cohort = _cohort(5)
    model = cox_model(event_table(cohort["day"], cohort["event"], cohort["level"], LEVELS), 0, ties)
    outcome = np.array(list(zip(cohort["event"], cohort["day"], strict=True)), dtype=[("event", bool), ("day", float)])
    columns = np.column_stack([cohort["level"] == 1, cohort["level"] == 2]).astype(float)
    theirs = CoxPHSurvivalAnalysis(ties=ties, tol=1e-12).fit(columns, outcome)
    np.testing.assert_allclose(model.coef[1:], theirs.coef_, atol=1e-9)
