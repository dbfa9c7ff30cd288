from __future__ import annotations

import pytest

from components.survival.ticks import MOST_TICKS, Unit, half_years, time_ticks

TWO_YEARS = (0, 183, 365, 548, 730)


def test_two_years_have_a_tick_every_half_year() -> None:
    assert half_years(730) == TWO_YEARS
    assert half_years(594) == TWO_YEARS[:-1]


def test_a_longer_axis_has_ticks_to_its_end() -> None:
    """Five years by half-years, eight years by years, twenty by two years."""
    assert half_years(1826) == (*TWO_YEARS, 913, 1095, 1278, 1461, 1644, 1826)
    assert half_years(2922)[-3:] == (2191, 2556, 2922)
    assert half_years(7305)[1] == 730


@pytest.mark.parametrize("until", [30, 365, 1125, 1900, 3000, 5000, 9000, 14000])
def test_ticks_neither_crowd_nor_stop_early(until: int) -> None:
    ticks = half_years(until)
    assert 1 <= len(ticks) <= MOST_TICKS
    assert ticks[0] == 0
    assert ticks[-1] <= 1.01 * until
    assert len(ticks) == 1 or until - ticks[-1] < 1.02 * (ticks[1] - ticks[0])


@pytest.mark.parametrize(
    ("begin", "until", "unit", "days", "numbers"),
    [
        (0, 730, "months", (0, 183, 365, 548, 730), (0, 6, 12, 18, 24)),
        (91, 457, "months", (91, 152, 213, 274, 335, 395, 456), (3, 5, 7, 9, 11, 13, 15)),
        (0, 122, "months", (0, 30, 61, 91, 122), (0, 1, 2, 3, 4)),
        (0, 730, "years", (0, 183, 365, 548, 730), (0, 0.5, 1, 1.5, 2)),
        (0, 3653, "years", (0, 730, 1461, 2192, 2922, 3652), (0, 2, 4, 6, 8, 10)),
        (0, 730, "days", (0, 200, 400, 600), (0, 200, 400, 600)),
        (91, 457, "days", (91, 191, 291, 391), (91, 191, 291, 391)),
    ],
)
def test_the_ticks_of_a_part_begin_with_it_in_any_unit(
    begin: int, until: int, unit: Unit, days: tuple[int, ...], numbers: tuple[float, ...]
) -> None:
    assert time_ticks(begin, until, unit) == (days, numbers)
