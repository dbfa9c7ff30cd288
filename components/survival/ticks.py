"""The ticks of a time axis: every half-year, or so many that they do not crowd."""

from __future__ import annotations

from typing import Literal

Unit = Literal["days", "months", "years"]
"""What an axis of time counts in."""

YEAR, MOST_TICKS = 365.25, 11
STEPS = (1, 2, 4, 10, 20, 40)
"""Half-years between two ticks: as few as leave no more than the most."""

MOST_EVEN, ROUNDED = 7, 0.02
EVEN: dict[Unit, tuple[float, tuple[float, ...]]] = {
    "days": (1.0, (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)),
    "months": (YEAR / 12, (1, 2, 3, 6, 12, 24, 60, 120)),
    "years": (YEAR, (0.5, 1, 2, 5, 10, 20)),
}
"""Days in a unit, and how many units two ticks may be apart: as few as leave no more than seven steps."""


def half_years(until: int) -> tuple[int, ...]:
    """The days of the ticks of a time axis to ``until``: every half-year, or so many that they do not crowd."""
    days = [half_year(k) for k in range(int(2 * until * 1.01 / YEAR) + 2)]
    days = [day for day in days if day <= until * 1.01]
    step = next((step for step in STEPS if len(days) <= MOST_TICKS * step), STEPS[-1])
    return tuple(days[::step])


def half_year(k: int) -> int:
    """The day on which ``k`` half-years are over: two years are 730 days, as everywhere."""
    return int(k * YEAR / 2) if k % 2 == 0 else round(k * YEAR / 2)


def time_ticks(begin: int, until: int, unit: Unit) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """The days of the ticks of a time axis from ``begin`` to ``until``, and how many units each is.

    The first stands at the beginning; the others follow at even steps of whole units, or of half years.
    """
    wide = until - begin
    if unit == "months" and not begin and wide >= YEAR / 2:
        days = half_years(until)
        return days, tuple(float(round(day * 12 / YEAR)) for day in days)
    each, steps = EVEN[unit]
    step = next((one for one in steps if one * each * MOST_EVEN >= wide), steps[-1])
    days = tuple(day for k in range(MOST_TICKS + 1) if (day := begin + round(k * step * each)) <= begin + 1.01 * wide)
    return days, tuple(_counted(begin, each) + k * step for k in range(len(days)))


def _counted(begin: int, each: float) -> float:
    """How many units a day is: whole where it is one, for a day itself is a rounded number."""
    units = begin / each
    return float(round(units)) if abs(units - round(units)) <= ROUNDED else round(units, 2)
