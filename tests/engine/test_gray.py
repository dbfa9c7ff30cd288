from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import chdtrc

from components.engine.aalen_johansen import CauseTable, cause_table
from components.engine.event_table import event_table
from components.engine.gray import gray
from components.engine.logrank import logrank

REFERENCE = Path(__file__).parents[1] / "reference"


@pytest.mark.parametrize("name", ["mgus2", "lung_weeks"])
def test_as_cmprsk_has_it(name: str) -> None:
    rows = pd.read_csv(REFERENCE / "competing_risks.csv", dtype={"group": str})
    rows = rows[rows["dataset"] == name]
    answers = pd.read_csv(REFERENCE / "gray.csv")
    day, cause = rows["day"].to_numpy(), rows["cause"].to_numpy()
    sex = (rows["group"] == rows["group"].max()).to_numpy().astype(int)
    three, alike = np.arange(1, len(rows) + 1) % 3, np.zeros(len(rows), dtype=int)
    for label, code, levels, strata in (("sex", sex, 2, alike), ("three", three, 3, alike),
                                        ("three in strata", three, 3, sex)):  # fmt: skip
        tables = [cause_table(day[strata == s], cause[strata == s], 2, code[strata == s], levels)
                  for s in np.unique(strata)]  # fmt: skip
        for of in (1, 2):
            found = gray(*tables, cause=of)
            r = answers[(answers["dataset"] == f"{name} {label}") & (answers["cause"] == of)]
            np.testing.assert_allclose([found.chisq, found.df, found.p], r[["chisq", "df", "p"]].iloc[0], atol=1e-10)


def test_by_hand() -> None:
    """Day 1: one of 2 in group 0 has the cause; day 2: the other cause in group 1; day 3: the cause in group 1.

    r is 2 and 2, then 2 (1 of 1 at risk, half without an event) and 2, then 2 and 1 / (1/2): the counted numbers are
    2, 2 on day 1 and 2 * 1/2, 2 on day 3, so that the score of group 1 is -1/2 + 1 - 2/3.
    """
    table = cause_table([1, 4, 2, 3], [1, 0, 2, 1], 2, [0, 0, 1, 1], 2)
    assert gray(table).score == pytest.approx([1 / 6, -1 / 6])


def drawn(seed: int, levels: int = 3, n: int = 80) -> CauseTable:
    draw = np.random.default_rng(seed)
    return cause_table(draw.integers(1, 15, n), draw.integers(0, 3, n), 2, draw.integers(0, levels, n), levels)


@pytest.mark.parametrize("seed", range(8))
def test_laws(seed: int) -> None:
    """Levels in another order give the same test, an empty one changes nothing, the score sums to 0."""
    table = drawn(seed)
    found = gray(table)
    assert found.score.sum() == pytest.approx(0, abs=1e-10)
    assert found.df == 2
    assert found.p == pytest.approx(chdtrc(2, found.chisq))
    turned = CauseTable(table.times, table.events[:, [2, 0, 1]], table.censored[:, [2, 0, 1]])
    assert gray(turned).chisq == pytest.approx(found.chisq, rel=1e-9)
    nobody = np.zeros((len(table.times), 1, 2), dtype=np.int64)
    padded = CauseTable(table.times, np.concatenate([table.events, nobody], axis=1),
                        np.concatenate([table.censored, nobody[:, :, 0]], axis=1))  # fmt: skip
    assert gray(padded).chisq == pytest.approx(found.chisq, rel=1e-9)
    assert gray(padded).df == 2
    later = CauseTable(table.times**2, table.events, table.censored)
    assert gray(later).chisq == pytest.approx(found.chisq, rel=1e-12)
    same = gray(table, table)
    assert same.score == pytest.approx(2 * found.score)
    assert same.chisq == pytest.approx(2 * found.chisq, rel=1e-9)


def test_without_another_cause_the_score_is_that_of_the_log_rank_test() -> None:
    draw = np.random.default_rng(5)
    day, had, code = draw.integers(1, 12, 60), draw.random(60) < 0.5, draw.integers(0, 2, 60)
    rank = logrank(event_table(day, had, code, 2))
    found = gray(cause_table(day, had.astype(int), 1, code, 2))
    assert found.score == pytest.approx(rank.observed - rank.expected)


def test_identical_levels_do_not_differ() -> None:
    half = drawn(2, 1)
    both = CauseTable(half.times, np.repeat(half.events, 2, axis=1), np.repeat(half.censored, 2, axis=1))
    assert gray(both).chisq == pytest.approx(0, abs=1e-12)


def test_where_nothing_can_be_tested_it_says_why() -> None:
    assert gray(cause_table([1, 2], [1, 0], 2)).reason == "fewer than two levels"
    assert gray(cause_table([1, 2], [2, 0], 2, [0, 1], 2)).reason == "no events"
    assert gray(cause_table([1, 2], [0, 1], 2, [0, 1], 2)).reason == "nothing to compare"
    with pytest.raises(ValueError, match="no table"):
        gray()
