from __future__ import annotations

from collections.abc import Callable
from itertools import permutations as orders
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.engine import logrank as log_rank_test
from components.engine import permutation
from components.engine.event_table import Counts, EventTable, Floats, event_table
from components.engine.logrank import logrank
from components.engine.permutation import permutation_logrank

Grouped = Callable[[str, str], tuple[EventTable, list[str]]]
REFERENCE = Path(__file__).parents[1] / "reference"
# Unsorted: two deaths on day 3, two deaths and a censoring on day 5, a death alone on day 8, a censoring on day 9.
DAYS, EVENT, CODES = [9, 3, 5, 3, 8, 5, 5, 12], [0, 1, 1, 1, 1, 0, 1, 0], [0, 1, 0, 0, 1, 1, 0, 2]


def exact_p(days: list[int], event: list[int], codes: list[int]) -> float:
    """The share of all distinct labellings with at least the observed chi-square, one log-rank test at a time."""
    levels = max(codes) + 1
    observed = logrank(event_table(days, event, codes, levels)).chisq
    labellings = sorted(set(orders(codes)))
    found = [logrank(event_table(days, event, c, levels)).chisq for c in labellings]
    return float(np.mean([chisq >= observed - 1e-9 for chisq in found]))


@pytest.mark.parametrize("codes", [CODES, [1, 0, 0, 0, 0, 1, 0, 1]])
def test_approaches_the_exact_test(codes: list[int]) -> None:
    exact = exact_p(DAYS, EVENT, codes)
    found = permutation_logrank(event_table(DAYS, EVENT, codes, max(codes) + 1), 20_000, seed=3)
    assert found.std_err < 0.004
    assert found.p == pytest.approx(exact, abs=4 * found.std_err)
    assert found.chisq == logrank(event_table(DAYS, EVENT, codes, max(codes) + 1)).chisq


def test_the_seed_decides_the_answer() -> None:
    table = event_table(DAYS, EVENT, CODES, 3)
    assert permutation_logrank(table, 500, seed=1) == permutation_logrank(table, 500, seed=1)
    assert len({permutation_logrank(table, 500, seed=s).p for s in range(5)}) > 1


def test_every_batch_is_drawn_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    # Two patients who both die: either labelling gives chi-square 1, so every one of the 999 must count.
    table = event_table([1, 2], [1, 1], [0, 1], 2)
    drawn: list[int] = []
    plain = log_rank_test.chisquares

    def counting(difference: Floats, variance: Floats) -> tuple[Floats, Counts]:
        drawn.append(len(difference))
        return plain(difference, variance)

    monkeypatch.setattr(permutation, "BATCH_CELLS", 800)
    monkeypatch.setattr(permutation, "chisquares", counting)
    assert permutation_logrank(table, 999).p == 1
    assert drawn == [400, 400, 199]


@pytest.mark.parametrize(("dataset", "variable"), [("lung", "sex"), ("veteran", "celltype")])
def test_agrees_with_r_within_monte_carlo_error(dataset: str, variable: str, grouped: Grouped) -> None:
    rows = pd.read_csv(REFERENCE / "permutation_logrank.csv")
    row = rows[(rows["dataset"] == dataset) & rows["method"].str.startswith("permutation of survdiff")].iloc[0]
    found = permutation_logrank(grouped(dataset, variable)[0], 20_000)
    assert found.chisq == pytest.approx(row["statistic"], rel=1e-10)
    assert found.p == pytest.approx(row["p"], abs=4 * np.hypot(found.std_err, row["mc_se"]))


def test_p_is_never_zero() -> None:
    table = event_table([*range(1, 31), *[100] * 30], [1] * 30 + [0] * 30, [0] * 30 + [1] * 30, 2)
    assert permutation_logrank(table, 99).p == 0.01


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (event_table([3, 5], [1, 0], [1, 1], 2), "fewer than two levels"),
        (event_table([3, 5], [0, 0], [0, 1], 2), "no events"),
        (event_table([3, 3], [1, 1], [0, 1], 2), "nothing to compare"),
    ],
)
def test_nothing_to_test_has_a_reason(table: EventTable, reason: str) -> None:
    found = permutation_logrank(table, 100)
    assert found.reason == reason
    assert np.isnan([found.chisq, found.p, found.std_err]).all()


def test_some_permutations_are_needed() -> None:
    with pytest.raises(ValueError, match="permutations must be positive, not 0"):
        permutation_logrank(event_table(DAYS, EVENT, CODES, 3), 0)


def test_who_leaves_before_the_first_event_changes_nothing() -> None:
    """A level that is never at risk, and patients who were never compared, deal no degree of freedom."""
    without = event_table(DAYS, EVENT, CODES, 3)
    left = event_table([1, 2, 2, *DAYS], [0, 0, 0, *EVENT], [3, 3, 0, *CODES], 4)
    assert permutation_logrank(left, 400, seed=2) == permutation_logrank(without, 400, seed=2)
