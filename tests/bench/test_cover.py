"""The simulation draws what it says, and the default limits hold where the normal ones do not."""

from __future__ import annotations

import numpy as np
import pytest

from bench.cover import END, HORIZON, cover_of_mean, cover_of_survival, sample, sizes_of_tests, two_groups
from components.core.method import Method

DEFAULT = Method().interval


def test_a_sample_has_its_patients_and_its_survival() -> None:
    table = sample(np.random.default_rng(1), (500, 20), 0.9, followed=True)
    assert table.n.tolist() == [20] * 500
    assert table.events[: HORIZON + 1].sum() / (500 * 20) == pytest.approx(0.1, abs=0.01)
    assert table.censored[: HORIZON + 1].sum() == 0
    assert table.times.tolist() == list(range(END + 1))
    assert sample(np.random.default_rng(1), (9, 5), 1.0, followed=False).events.sum() == 0


@pytest.mark.parametrize("n", [6, 12, 28, 61])
@pytest.mark.parametrize("true", [0.9, 1.0])
def test_the_limits_shown_hold_where_log_log_fails(n: int, true: float) -> None:
    shown = cover_of_survival(n, true, DEFAULT, samples=1000)
    assert shown.given == 1
    assert shown.held >= 0.94
    if n <= 12:
        assert cover_of_survival(n, true, "log-log", samples=1000).held < 0.75


def test_without_censoring_the_lower_limit_at_survival_one_is_exact() -> None:
    assert cover_of_survival(28, 1.0, DEFAULT, followed=True, samples=10).lower == pytest.approx(0.025 ** (1 / 28))


@pytest.mark.parametrize("true", [0.75, 0.9])
def test_the_limits_of_the_restricted_mean_hold_where_the_normal_ones_fail(true: float) -> None:
    assert cover_of_mean(28, true, samples=1000).held >= 0.94
    assert cover_of_mean(28, true, wald=True, samples=1000).held < 0.93


def test_the_test_of_restricted_means_keeps_its_size() -> None:
    assert sum(two_groups((28, 141), 0.9, 3)[0].n) == 169
    sizes = sizes_of_tests((28, 141), 0.92, samples=200)
    assert sizes["restricted mean"] <= 0.08
    assert sizes["restricted mean, Wald's test"] > 0.1
    assert set(sizes) >= {"log-rank", "Wald", "profile likelihood", "Firth", "proportional hazards"}
