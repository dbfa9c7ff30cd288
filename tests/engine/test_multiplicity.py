from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from components.engine.multiplicity import adjusted

REFERENCE = Path(__file__).parents[1] / "reference"


@pytest.mark.parametrize(
    ("adjustment", "column"),
    [("none", "p"), ("bonferroni", "bonferroni"), ("holm", "holm"), ("benjamini-hochberg", "bh")],
)
def test_agrees_with_r(adjustment: str, column: str) -> None:
    rows = pd.read_csv(REFERENCE / "p_adjust.csv")
    assert_allclose(adjusted(rows["p"], adjustment), rows[column], rtol=1e-14)  # type: ignore[arg-type]


def test_by_hand() -> None:
    assert_allclose(adjusted([0.03, 0.01, 0.02]), [0.04, 0.03, 0.04], rtol=1e-14)
    assert_allclose(adjusted([0.03, 0.01, 0.02], "benjamini-hochberg"), [0.03, 0.03, 0.03], rtol=1e-14)
    assert_allclose(adjusted([0.6, 0.01], "bonferroni"), [1, 0.02], rtol=1e-14)


def test_tests_not_made_are_not_counted() -> None:
    assert_array_equal(adjusted([np.nan, 0.02, np.nan, 0.01]), [np.nan, 0.02, np.nan, 0.02])
    assert adjusted([]).shape == (0,)


def test_unknown_adjustment_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown adjustment 'sidak'"):
        adjusted([0.1], "sidak")  # type: ignore[arg-type]
