"""Columns in few bytes: what is held small gives back the very numbers that were there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.columns import AT_ONCE, columns_of, levels, numbers


@pytest.mark.parametrize(
    ("values", "places", "held"),
    [
        ([1.0, np.nan, -3.0], 0, np.int16),
        ([32766.0], 0, np.int16),
        ([32767.0], 0, np.int32),
        ([3e9], 0, np.int64),
        ([97.3, 0.1], 1, np.int16),
        ([0.05, 2.5], 2, np.int16),
        ([1234.567], 3, np.int32),
        ([1 / 3], None, np.float64),
        ([2.0**53], None, np.float64),
        ([np.inf, 1.0], None, np.float64),
        ([np.nan], 0, np.int16),
        ([], 0, np.int16),
    ],
)
def test_numbers_are_held_as_small_as_their_digits_allow(values: list[float], places: int | None, held: type) -> None:
    found = numbers(np.array(values))
    assert (found.places, found.held.dtype) == (places, np.dtype(held))
    np.testing.assert_array_equal(found.at(), values)


def test_every_number_comes_back_to_the_last_bit() -> None:
    rng = np.random.default_rng(5)
    for places in range(6):
        values = np.round(rng.normal(0, 10.0 ** rng.integers(0, 6), 3000), places)
        values[rng.random(3000) < 0.1] = np.nan
        np.testing.assert_array_equal(numbers(values).at(), values)
        rows = rng.integers(0, 3000, 50)
        np.testing.assert_array_equal(numbers(values).at(rows), values[rows])


def test_a_digit_beyond_the_first_rows_is_not_lost() -> None:
    values = np.zeros(AT_ONCE + 2)
    values[-1] = 0.1 + 0.2
    assert numbers(values).at()[-1] == 0.1 + 0.2


def test_many_levels_need_two_bytes() -> None:
    words = [f"w{k}" for k in range(300)]
    found = levels(np.array([-1, 0, 299]), words)
    assert found.codes.dtype == np.int16
    assert found.categorical().tolist()[1:] == ["w0", "w299"]


def test_a_table_comes_back_as_it_was() -> None:
    frame = pd.DataFrame(
        {
            "patient": ["b", "a"],
            "age": np.array([3, 4], dtype=np.int64),
            "weight": [1.5, np.nan],
            "sex": pd.Categorical(["F", None], categories=["M", "F"]),
            "note": [None, "x"],
        }
    )
    pd.testing.assert_frame_equal(columns_of(frame).frame(), frame)
    pd.testing.assert_frame_equal(columns_of(frame).frame(np.array([1])), frame.iloc[1:].reset_index(drop=True))
    assert columns_of(frame).codes("sex").tolist() == [1, -1]
    with pytest.raises(KeyError):
        columns_of(frame).numbers("height")
