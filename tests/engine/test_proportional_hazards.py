from __future__ import annotations

import numpy as np
import pytest

from components.engine.cox import cox_model
from components.engine.event_table import EventTable, event_table
from components.engine.proportional_hazards import Transform, event_time_function, proportional_hazards


def table(rows: list[tuple[int, bool, int]], levels: int) -> EventTable:
    day, event, code = zip(*rows, strict=True)
    return event_table(day, event, code, levels)


# Two patients of each level: deaths on days 1 (level 1), 2 (level 0) and 4 (level 1), censored on day 3 (level 0).
FOUR = table([(1, True, 1), (2, True, 0), (3, False, 0), (4, True, 1)], 2)


@pytest.mark.parametrize(
    ("transform", "expected"),
    [
        ("km", [1, 3 / 4, 1 / 2]),
        ("rank", [1, 2, 4]),
        ("identity", [1, 2, 4]),
        ("log", [0, np.log(2), np.log(4)]),
    ],
)
def test_functions_of_time(transform: Transform, expected: list[float]) -> None:
    np.testing.assert_allclose(event_time_function(FOUR, transform), expected)


def test_tied_ranks_are_averaged_over_all_patients() -> None:
    tied = table([(1, False, 0), (1, False, 1), (5, True, 0), (5, True, 1), (5, False, 1), (9, True, 0)], 2)
    np.testing.assert_allclose(event_time_function(tied, "rank"), [4, 6])


def test_three_deaths_by_hand() -> None:
    r = cox_model(FOUR).hazard_ratio[1]
    share = np.array([2 * r / (2 + 2 * r), r / (2 + r), 1.0])
    variance = share * (1 - share)
    for transform, g in (("identity", np.array([1.0, 2, 4])), ("km", np.array([1, 3 / 4, 1 / 2]))):
        u = (g * (np.array([1, 0, 1]) - share)).sum()
        left = (g**2 * variance).sum() - (g * variance).sum() ** 2 / variance.sum()
        test = proportional_hazards((FOUR,), transform=transform)[0]  # type: ignore[arg-type]
        assert test.chisq == pytest.approx(u**2 / left, rel=1e-9)
        assert test.df == 1


def test_level_without_events_is_left_out() -> None:
    draw = np.random.default_rng(2)
    day, event, code = draw.integers(1, 30, 80), draw.random(80) < 0.5, draw.integers(0, 3, 80)
    event[code == 2] = False
    with_level = proportional_hazards((event_table(day, event, code, 3),), transform="identity")[0]
    without = proportional_hazards((event_table(day, event, np.where(code == 2, -1, code), 2),), transform="identity")[
        0
    ]
    assert with_level.df == without.df == 1
    assert with_level.chisq == pytest.approx(without.chisq, rel=1e-9)


def test_nothing_to_test() -> None:
    no_ratio = table([(5, True, 1), (6, True, 1), (9, False, 0)], 2)
    one_time = table([(5, True, 1), (5, True, 0), (9, False, 0)], 2)
    day_zero = table([(0, True, 1), (5, True, 0), (6, True, 1), (9, False, 0)], 2)
    for counted, transform, df in ((no_ratio, "km", 0), (one_time, "km", 1), (day_zero, "log", 1)):
        test = proportional_hazards((counted,), transform=transform)[0]  # type: ignore[arg-type]
        assert test.df == df
        assert np.isnan([test.chisq, test.p]).all()
    assert proportional_hazards([]) == ()


def test_unknown_transform_is_refused() -> None:
    with pytest.raises(ValueError, match="transform"):
        proportional_hazards((FOUR,), transform="square")  # type: ignore[arg-type]
