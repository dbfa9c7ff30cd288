from __future__ import annotations

import numpy as np
import pytest

from components.engine.time_in_range import TimeInRange, time_in_range


def parts(found: TimeInRange) -> list[list[float]]:
    return [found.below.tolist(), found.within.tolist(), found.above.tolist()]


def test_a_rising_line_crosses_both_limits() -> None:
    # 3 to 13 within 10 days: 2 days below 5, 5 days within, 3 days above 10.
    assert parts(time_in_range([0, 0], [0, 10], [3, 13], 5, 10, 56, 1)) == [[2], [5], [3]]


def test_a_falling_line_is_the_same_backwards() -> None:
    assert parts(time_in_range([0, 0], [0, 10], [13, 3], 5, 10, 56, 1)) == [[2], [5], [3]]


@pytest.mark.parametrize(("value", "expected"), [(4, [8, 0, 0]), (5, [0, 8, 0]), (10, [0, 8, 0]), (11, [0, 0, 8])])
def test_a_level_line_lies_on_one_side_and_the_limits_belong_to_the_range(value: float, expected: list[float]) -> None:
    assert parts(time_in_range([0, 0], [0, 8], [value, value], 5, 10, 56, 1)) == [[part] for part in expected]


def test_long_gaps_are_left_out_and_counted() -> None:
    found = time_in_range([0, 0, 0], [0, 10, 67], [6, 6, 6], 5, 10, 56, 1)
    assert (found.days.tolist(), found.gaps.tolist()) == ([10], [1])
    assert time_in_range([0, 0, 0], [0, 10, 66], [6, 6, 6], 5, 10, 56, 1).days.tolist() == [66]


def test_subjects_do_not_mix_and_rows_stand_in_any_order() -> None:
    who, day, value = np.array([1, 0, 1, 0, 2]), np.array([20, 0, 0, 4, 5]), np.array([8, 6, 12, 6, 7])
    found = time_in_range(who, day, value, 5, 10, 56, 4)
    assert found.within.tolist() == [4, 10, 0, 0]
    assert found.days.tolist() == [4, 20, 0, 0]


def test_an_open_side_has_no_time_beyond_it() -> None:
    assert parts(time_in_range([0, 0], [0, 10], [3, 13], -np.inf, 8, 56, 1)) == [[0], [5], [5]]
    assert parts(time_in_range([0, 0], [0, 10], [3, 13], 8, np.inf, 56, 1)) == [[5], [5], [0]]


def test_two_values_of_one_day() -> None:
    assert parts(time_in_range([0, 0, 0], [0, 10, 10], [0, 20, 10], 0, 10, 56, 1)) == [[0], [10], [0]]


def test_nothing_measured() -> None:
    assert time_in_range([], [], [], 5, 10, 56, 2).days.tolist() == [0, 0]


def test_an_empty_range_and_a_missing_value_are_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        time_in_range([0], [0], [1], 10, 5, 56, 1)
    with pytest.raises(ValueError, match="needs a day"):
        time_in_range([0], [0], [np.nan], 5, 10, 56, 1)


def test_days_before_the_start_are_followed_by_nobody() -> None:
    """3 to 13 within 10 days that begin on day -4: on day 0 the line stands at 7, and 6 days are left."""
    assert parts(time_in_range([0, 0], [-4, 6], [3, 13], 5, 10, 56, 1, start=0)) == [[0], [3], [3]]
    assert parts(time_in_range([0, 0], [-9, 0], [3, 13], 5, 10, 56, 1, start=0)) == [[0], [0], [0]]
    late = time_in_range([0, 0, 0], [-90, -1, 60], [6, 6, 6], 5, 10, 56, 1, start=0)
    assert (late.days.tolist(), late.gaps.tolist()) == ([0], [1])  # only the gap that reaches past the start


def test_shifting_days_and_start_together_changes_nothing() -> None:
    rng = np.random.default_rng(5)
    for _ in range(200):
        m = int(rng.integers(0, 12))
        who, day, value = rng.integers(0, 3, m), rng.integers(-40, 60, m), rng.integers(0, 15, m)
        one = time_in_range(who, day, value, 5, 10, 30, 3, start=0)
        other = time_in_range(who, day + 7, value, 5, 10, 30, 3, start=7)
        assert np.allclose(parts(one), parts(other))
        everything = time_in_range(who, day, value, 5, 10, 30, 3)
        assert (np.array(parts(one)) <= np.array(parts(everything)) + 1e-9).all()
        after = day >= 0
        assert (one.days + 1e-9 >= time_in_range(who[after], day[after], value[after], 5, 10, 30, 3).days).all()
