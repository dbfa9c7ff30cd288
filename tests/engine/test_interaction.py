"""The test of an interaction against R, by hand, and by its laws."""

from __future__ import annotations

from math import isnan, log
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from components.engine.interaction import interaction
from components.engine.partial_likelihood import Ties

REFERENCE = Path(__file__).parents[1] / "reference"
Data = tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]


def veteran(key: str, *, one_cell_empty: bool = False) -> Data:
    """Days, deaths, the second of two treatments, and the levels of a factor."""
    table = pd.read_csv(REFERENCE / "veteran.csv")
    table["karno"] = np.digitize(table["karno"], [50.5, 70.5])
    if one_cell_empty:
        table = table[~((table["celltype"] == "large") & (table["trt"] == 2))]
    codes = pd.factorize(table[key])[0].astype(np.int64)
    return table["time"].to_numpy(), table["status"].to_numpy() == 1, table["trt"].to_numpy() == 2, codes


@pytest.mark.parametrize("ties", ["breslow", "efron"])
@pytest.mark.parametrize("key", ["celltype", "prior", "karno"])
@pytest.mark.parametrize("empty", [False, True])
def test_as_r_has_it(key: str, ties: Ties, empty: bool) -> None:  # noqa: FBT001
    answers = pd.read_csv(REFERENCE / "subgroups.csv")
    name = "one cell empty" if empty else "veteran"
    rows = answers[(answers["dataset"] == name) & (answers["ties"] == ties) & answers["level"].isna()]
    rows = rows[rows["factor"] == key]
    if empty and key != "celltype":
        assert rows.empty
        return
    (r,) = rows.to_dict("records")
    for penalised, column in ((False, "plain"), (True, "firth")):
        found = interaction(*veteran(key, one_cell_empty=empty), ties, penalised=penalised)
        assert found.test.chisq == pytest.approx(r[column], abs=1e-8)
        assert (found.test.df, found.coefficients) == (r["df"], r["coefficients"])


def test_one_death_by_hand() -> None:
    """One dies of four, one in each cell: shares of the risk set, whose product is what the information comes to.

    1.5 log s + 0.5 (log of the three others) is largest at s = 1/2 and 1/6 each; without the product the shares are
    those of two independent margins, and 2 log p + log(1 - p) of each is largest at p = 2/3.
    """
    found = interaction([1, 2, 2, 2], [True, False, False, False], [1, 1, 0, 0], [1, 0, 1, 0])
    free, held = 1.5 * log(1 / 2) + 1.5 * log(1 / 6), 2 * (2 * log(2 / 3) + log(1 / 3))
    assert found.test.chisq == pytest.approx(2 * (free - held), abs=1e-9)
    assert (found.test.df, found.coefficients) == (1, 3)


def drawn(seed: int) -> Data:
    draw = np.random.default_rng(seed)
    n = 80
    return draw.integers(1, 12, n), draw.random(n) < 0.5, draw.random(n) < 0.4, draw.integers(0, 3, n)


@pytest.mark.parametrize("seed", range(4))
def test_names_order_and_who_left_before_any_event_do_not_matter(seed: int) -> None:
    days, had, arm, codes = drawn(seed)
    first = interaction(days, had, arm, codes)
    order = np.random.default_rng(9).permutation(len(days))
    alike = (
        interaction(days, had, ~arm, codes),
        interaction(days, had, arm, np.array([7, 2, 5])[codes]),
        interaction(days[order] * 3, had[order], arm[order], codes[order]),
        interaction(np.append(days, 0), np.append(had, False), np.append(arm, True), np.append(codes, 2)),
    )
    for other in alike:
        assert other.test.chisq == pytest.approx(first.test.chisq, rel=1e-6, abs=1e-8)
        assert (other.test.df, other.coefficients) == (first.test.df, first.coefficients) == (2, 5)


def test_every_patient_twice_doubles_the_plain_statistic() -> None:
    days, had, arm, codes = drawn(2)
    once = interaction(days, had, arm, codes, penalised=False)
    twice = interaction(np.tile(days, 2), np.tile(had, 2), np.tile(arm, 2), np.tile(codes, 2), penalised=False)
    assert twice.test.chisq == pytest.approx(2 * once.test.chisq, rel=1e-7)


def test_where_no_level_has_both_arms_there_is_nothing_to_test() -> None:
    found = interaction([1, 2, 3, 4], [True, True, True, False], [1, 1, 0, 0], [0, 0, 1, 1])
    assert isnan(found.test.p)
    assert interaction([1, 2], [True, False], [1, 0], [0, 0]).test.df == 0
    assert isnan(interaction([1, 2, 3, 4], [False] * 4, [1, 0, 1, 0], [0, 0, 1, 1]).test.p)
