from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.selection.cards import NOT_RECORDED, grid_of, level_card, number_card
from data.cohort import Cohort
from data.filters import Choice, Filter, Range
from data.levels import MISSING
from data.variables import DICTIONARY

AGE, MDA5 = DICTIONARY.number["age"], DICTIONARY.factor["anti_mda5"]


def test_a_patient_of_no_level_has_the_code_of_not_recorded(cohort: Cohort) -> None:
    card = level_card(cohort, MDA5, (*MDA5.levels, MDA5.missing), Filter((Choice(MDA5, ("positive", MISSING)),)))
    assert card.codes.tolist() == [code if code >= 0 else 2 for code in cohort.codes(MDA5).tolist()]
    assert card.chosen == ("positive", MISSING)


@given(st.integers(10, 60), st.integers(0, 40), st.booleans())
def test_a_range_of_edges_is_a_range_of_codes(cohort: Cohort, low: int, width: int, half: bool) -> None:  # noqa: FBT001
    chosen = Range(AGE, low + 0.5 * half, low + width + 0.5 * half)
    card = number_card(cohort, AGE, (0, 110), Filter((chosen,)))
    first, last = (2 * card.edges.index(end) for end in (chosen.low, chosen.high))
    assert ((card.codes >= first) & (card.codes <= last)).tolist() == chosen.kept(cohort).tolist()
    missing = cohort.patients["age"].isna().to_numpy()
    assert ((card.codes == NOT_RECORDED) == missing).all()
    assert len(card.bars) == 2 * len(card.edges) - 1 < NOT_RECORDED
    assert list(card.bars) == sorted(card.bars)
    assert card.bars[-1] == len(card.grid) - 2


@pytest.mark.parametrize(
    ("values", "low", "high", "first", "bars"),
    [
        (np.arange(28.0, 88.0), 28, 87, (28, 30, 32), 30),
        (np.array([0.0, 1.0]), 0, 1, (0, 0.05, 0.1), 20),
        (np.geomspace(7, 3154, 60), 7, 3154, (7, 10, 15), 17),
    ],
)
def test_bars_begin_at_round_values(
    values: np.ndarray[tuple[int], np.dtype[np.float64]], low: int, high: int, first: tuple[float, ...], bars: int
) -> None:
    grid = grid_of(values, low, high)
    assert grid[:3] == first
    assert (len(grid) - 1, grid[-1]) == (bars, high)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2))
def test_edges_rise_from_the_lowest_to_the_highest(found: list[float]) -> None:
    values = np.array(found)
    low, high = float(np.floor(values.min())), float(np.ceil(values.max()))
    if low < high:
        grid = grid_of(values, low, high)
        assert (grid[0], grid[-1]) == (low, high)
        assert list(grid) == sorted(set(grid))
        assert len(grid) <= 62
