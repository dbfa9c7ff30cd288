from __future__ import annotations

from math import erfc, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.engine.cox import counts
from components.engine.event_table import EventTable, event_table
from components.engine.firth import _penalised, firth_model, firth_models
from components.engine.partial_likelihood import Ties, derivatives, risk_sets

HALF_QUANTILE = 3.841458820694124 / 2
patients = st.lists(st.tuples(st.integers(1, 9), st.booleans(), st.integers(0, 2)), min_size=4, max_size=30)


def table(rows: list[tuple[int, bool, int]], levels: int = 3) -> EventTable:
    day, event, code = zip(*rows, strict=True)
    return event_table(day, event, code, levels)


@pytest.mark.parametrize("level", [0, 1])
def test_one_death_has_a_closed_form(level: int) -> None:
    # With p = b r / (a + b r) the penalised likelihood is 1.5 log of the share that died + 0.5 log of the other.
    a, b = 3, 5
    left = [a - (level == 0), b - level]
    model = firth_model(table([(1, True, level)] + [(2, False, 0)] * left[0] + [(2, False, 1)] * left[1], 2))

    def penalised(ratio: float) -> float:
        share = b * ratio / (a + b * ratio)
        return log(share if level else 1 - share) + 0.5 * log(share * (1 - share))

    ratio = a / b * (3.0 if level else 1 / 3)
    assert model.hazard_ratio[1] == pytest.approx(ratio, rel=1e-8)
    assert model.standard_error[1] == pytest.approx(sqrt(16 / 3), rel=1e-8)
    assert model.log_likelihood - model.log_likelihood_0 == pytest.approx(penalised(ratio) - penalised(1), abs=1e-10)
    for limit in (model.lower[1], model.upper[1]):
        assert penalised(limit) == pytest.approx(penalised(ratio) - HALF_QUANTILE, abs=1e-8)
    assert model.lower[1] < ratio < model.upper[1]
    chisq = 2 * (penalised(ratio) - penalised(1))
    assert model.likelihood_ratio.chisq == pytest.approx(chisq, abs=1e-10)
    assert model.p[1] == pytest.approx(erfc(sqrt(chisq / 2)), rel=1e-8)


@pytest.mark.parametrize("ties", ["breslow", "efron"])
def test_penalised_score_and_curvature_are_the_derivatives(ties: Ties) -> None:
    draw = np.random.default_rng(11)
    counted = table([(int(d), bool(e), int(c)) for d, e, c in draw.integers([1, 0, 0], [9, 2, 3], (40, 3))])
    sets, estimated = risk_sets(*counts((counted,)), ties), np.array([[False, True, True]])
    beta, step = np.array([[0.0, 0.8, -0.6]]), 1e-5
    at = _penalised(sets, estimated, beta)
    determinant = np.linalg.slogdet(derivatives(sets, beta).information[0][1:, 1:])[1]
    assert at.value[0] == pytest.approx(derivatives(sets, beta).value[0] + determinant / 2, rel=1e-13)
    for k in (1, 2):
        ahead, behind = (beta + sign * step * np.eye(3)[k] for sign in (1, -1))
        slope = (_penalised(sets, estimated, ahead).value - _penalised(sets, estimated, behind).value) / (2 * step)
        assert at.score[0, k] == pytest.approx(slope[0], abs=1e-7)
        bend = (_penalised(sets, estimated, ahead).score - _penalised(sets, estimated, behind).score) / (2 * step)
        np.testing.assert_allclose(at.curvature[0, 1:, k], -bend[0, 1:], atol=1e-8)


@settings(max_examples=30, deadline=None)
@given(patients, st.sampled_from(["breslow", "efron"]))
def test_estimates_are_finite_and_exchanged_reference_inverts_them(
    rows: list[tuple[int, bool, int]], ties: Ties
) -> None:
    one, other = firth_models([table(rows)] * 2, (0, 2), ties)
    np.testing.assert_allclose(one.coef[2], -other.coef[0], atol=1e-6)
    np.testing.assert_allclose(one.standard_error[2], other.standard_error[0], rtol=1e-5)
    np.testing.assert_allclose(np.log(one.lower[2]), -np.log(other.upper[0]), atol=1e-5)
    if not np.isnan(one.coef[2]):
        assert 0 < one.lower[2] < one.hazard_ratio[2] < one.upper[2] < np.inf


def test_level_never_at_risk_at_an_event_has_no_estimate() -> None:
    rows = [(1, False, 2), (2, True, 0), (3, True, 1), (4, True, 0), (5, False, 1)]
    model = firth_model(table(rows))
    assert np.isnan([model.coef[2], model.standard_error[2], model.lower[2], model.upper[2], model.p[2]]).all()
    assert model.likelihood_ratio.df == 1
    assert model.coef[1] == pytest.approx(firth_model(table(rows[1:], 2)).coef[1], abs=1e-9)


def test_nothing_to_estimate() -> None:
    model = firth_model(table([(1, False, 0), (2, False, 1)]))
    assert np.isnan(model.coef[1:]).all()
    assert model.likelihood_ratio.df == 0
    assert np.isnan(model.likelihood_ratio.p)
    assert firth_models([]) == ()
