"""The ticks of a time axis: every half-year, or so many that they do not crowd."""

from __future__ import annotations

YEAR, MOST_TICKS = 365.25, 11
STEPS = (1, 2, 4, 10, 20, 40)
"""Half-years between two ticks: as few as leave no more than the most."""


def half_years(until: int) -> tuple[int, ...]:
    """The days of the ticks of a time axis to ``until``: every half-year, or so many that they do not crowd."""
    days = [half_year(k) for k in range(int(2 * until * 1.01 / YEAR) + 2)]
    days = [day for day in days if day <= until * 1.01]
    step = next((step for step in STEPS if len(days) <= MOST_TICKS * step), STEPS[-1])
    return tuple(days[::step])


def half_year(k: int) -> int:
    """The day on which ``k`` half-years are over: two years are 730 days, as everywhere."""
    return int(k * YEAR / 2) if k % 2 == 0 else round(k * YEAR / 2)
