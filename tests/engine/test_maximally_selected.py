from __future__ import annotations

from itertools import permutations as orders
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.engine.maximally_selected import bootstrap_cuts, lausen_p, logrank_scores, maximally_selected

REFERENCE = Path(__file__).parents[1] / "reference"
DAYS, EVENT, VALUE = [1, 2, 3, 4, 5], [True, True, False, True, False], [9.0, 7.0, 5.0, 3.0, 1.0]


def test_scores_by_hand() -> None:
    """Hazards: 1/5 on day 1, 1/4 on day 2, 1/2 on day 4."""
    hazard = np.cumsum([1 / 5, 1 / 4, 0, 1 / 2, 0])
    assert logrank_scores(DAYS, EVENT) == pytest.approx(np.array([1, 1, 0, 1, 0]) - hazard)


def test_scores_agree_with_r_and_add_up_to_nothing() -> None:
    lung = pd.read_csv(REFERENCE / "lung.csv")
    scores = logrank_scores(lung["time"], lung["status"] == 2)
    assert scores == pytest.approx(pd.read_csv(REFERENCE / "logrank_scores.csv")["score"].to_numpy(), abs=1e-10)
    assert scores.sum() == pytest.approx(0, abs=1e-10)


def statistic(scores: np.ndarray, members: np.ndarray) -> float:
    n, m = len(scores), int(members.sum())
    mean = scores.mean()
    variance = m * (n - m) / (n * (n - 1)) * ((scores - mean) ** 2).sum()
    return float(abs(scores[members].sum() - m * mean) / variance**0.5)


def test_every_cut_and_the_best_of_them() -> None:
    found = maximally_selected(DAYS, EVENT, VALUE, 0.2, 99)
    scores, value = logrank_scores(DAYS, EVENT), np.array(VALUE)
    assert found.cuts.tolist() == [1, 3, 5, 7]
    assert found.statistics == pytest.approx([statistic(scores, value <= cut) for cut in found.cuts])
    assert (found.cut, found.statistic) == (found.cuts[found.statistics.argmax()], found.statistics.max())


def test_permutation_p_is_that_of_all_orders() -> None:
    """All 120 ways to deal five outcomes to five values, against a large random sample of them."""
    scores = logrank_scores(DAYS, EVENT)
    groups = [np.arange(5) < m for m in range(1, 5)]
    best = maximally_selected(DAYS, EVENT, VALUE, 0.2, 1).statistic
    maxima = [max(statistic(scores[list(order)], group) for group in groups) for order in orders(range(5))]
    exact = float(np.mean(np.array(maxima) >= best * (1 - 1e-9)))
    found = maximally_selected(DAYS, EVENT, VALUE, 0.2, 20000)
    assert found.p_permutation == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 20000) ** 0.5)


def test_lausens_formula_by_hand() -> None:
    density = np.exp(-4.5) / np.sqrt(2 * np.pi)
    assert lausen_p(3, 0.1, 0.9) == pytest.approx(density * (3 - 1 / 3) * np.log(81) + 4 * density / 3)
    assert lausen_p(3, 0.1, 0.9) == pytest.approx(0.0578, abs=5e-5)
    assert lausen_p(0.9, 0.1, 0.9) == 1
    assert lausen_p(1.0001, 0.1, 0.9) < 1


def test_values_without_relation_are_rarely_called_significant() -> None:
    """The corrected p keeps its level over 200 cohorts without relation, where the ordinary p would not."""
    generator = np.random.default_rng(4)
    corrected, ordinary = 0, 0
    for i in range(200):
        days, event = generator.exponential(size=60), generator.random(60) < 0.4
        found = maximally_selected(days, event, generator.normal(size=60), 0.1, 199, i)
        corrected += found.p_permutation <= 0.05
        ordinary += found.statistic > 1.96
    assert corrected <= 20
    assert ordinary >= 60


def test_ties_of_the_value_are_never_divided() -> None:
    found = maximally_selected([1, 2, 3, 4], [True] * 4, [1, 1, 2, 2], 0.25, 9)
    assert found.cuts.tolist() == [1]


def test_without_a_cut_or_an_event() -> None:
    for event, value in (([True] * 4, [1, 1, 1, 1]), ([False] * 4, [1, 2, 3, 4])):
        found = maximally_selected([1, 2, 3, 4], event, value, 0.25, 9)
        assert not len(found.cuts)
        assert np.isnan([found.cut, found.statistic, found.p_permutation, found.p_lausen]).all()
    with pytest.raises(ValueError, match=r"between 0 and 0\.5"):
        maximally_selected(DAYS, EVENT, VALUE, 0.5)


def test_the_bootstrap_finds_a_clear_cut_again() -> None:
    value = np.arange(40.0)
    days = np.where(value < 20, 100 + value, 1 + value)
    cuts = bootstrap_cuts(days, value >= 20, value, resamples=50, seed=3)
    assert len(cuts) == 50
    assert np.median(cuts) == pytest.approx(19, abs=1)
    assert np.array_equal(cuts, bootstrap_cuts(days, value >= 20, value, resamples=50, seed=3))
    assert bootstrap_cuts(days, np.zeros(40, dtype=bool), value, resamples=5).tolist() == []
