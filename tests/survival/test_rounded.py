"""A curve where small counts are hidden: that of patients who leave in fives, counted off by hand."""

from __future__ import annotations

import numpy as np
import pytest

from components.core.rounded import whole_months
from components.engine.event_table import event_table
from components.engine.kaplan_meier import kaplan_meier
from components.survival.rounded import rounded_table


def test_patients_leave_in_fives_on_the_month_of_the_middle_one() -> None:
    """Twelve events of 23: two fives; the two left over and eleven censored are ten censored; three are not counted."""
    had = [10, 20, 62, 80, 90, 100, 110, 150, 160, 170, 400, 410]
    left = [500] * 3 + [600] * 4 + [700] * 4
    found = rounded_table(event_table(np.array(had + left), np.arange(23) < 12))
    # In order the others are 400, 410, 3 x 500, 4 x 600, 4 x 700: the middle ones are a 500 and a 600.
    assert found.times.tolist() == [whole_months(day) for day in (62, 150, 500, 600)]
    assert found.events[:, 0].tolist() == [5, 5, 0, 0]
    assert found.censored[:, 0].tolist() == [0, 0, 5, 5]
    assert found.n.tolist() == [20]
    assert kaplan_meier(found).survival[:2, 0].tolist() == pytest.approx([15 / 20, 10 / 20])


@pytest.mark.parametrize("more", [0, 1, 2])
def test_an_event_more_or_less_within_the_five_changes_nothing(more: int) -> None:
    """Twelve to fourteen events of sixty patients give the same curve: it says no more than the counts beside it."""
    had = [*range(100, 220, 10), *([900] * more)]
    days = np.array([*had, *([1000] * (60 - len(had)))])
    found = rounded_table(event_table(days, np.arange(60) < len(had)))
    assert found.events.sum() == 10
    assert found.n.tolist() == [60]
    assert kaplan_meier(found).survival[-1, 0] == pytest.approx(50 / 60)


@pytest.mark.parametrize(("events", "patients"), [(0, 0), (3, 4), (4, 30), (30, 30)])
def test_every_count_is_a_multiple_of_five(events: int, patients: int) -> None:
    found = rounded_table(event_table(np.arange(patients) * 20, np.arange(patients) < events))
    assert not (found.events % 5).any()
    assert not (found.censored % 5).any()
    assert found.events.sum() == events // 5 * 5
    assert found.n.tolist() == [patients // 5 * 5]
