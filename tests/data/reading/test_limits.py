from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.reading.limits import beyond, without_limits
from data.reading.mapping import Limit

CELLS = pd.Series(["<0.5", "≦ 5", "1", ">100", "0.5未満", "＜0,5", None, "<", "< high"], dtype=object)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ("half", ["0.25", "2.5", "1", "100", "0.25", "0.25", None, "<", "< high"]),
        ("limit", ["0.5", "5", "1", "100", "0.5", "0.5", None, "<", "< high"]),
        ("missing", [np.nan, np.nan, "1", np.nan, np.nan, np.nan, None, "<", "< high"]),
    ],
)
def test_a_limit_is_half_itself_or_missing(taken: Limit, expected: list[object]) -> None:
    found = without_limits(CELLS, taken)
    pd.testing.assert_series_equal(found.cells, pd.Series(expected, dtype=object))
    assert found.below.tolist() == [True, True, False, False, True, True, False, False, False]
    assert found.above.tolist() == [False, False, False, True, False, False, False, False, False]
    assert beyond(CELLS).tolist() == (found.below | found.above).tolist()
