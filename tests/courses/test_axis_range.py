from __future__ import annotations

import pytest

from components.courses.axis_range import axis_range
from data.cohort import Cohort
from data.variables import DICTIONARY
from tests.written import of_patients

KL6, TROUGH, PREDNISOLONE, FVC = (DICTIONARY.measure[key] for key in ("kl6", "trough", "prednisolone", "fvc"))


def test_visits_and_values_of_all_patients(cohort: Cohort) -> None:
    found = axis_range(cohort, TROUGH)
    assert [visit.label for visit in found.visits] == ["Week 1", "Month 1", "Month 12"]
    assert (found.least, found.most, found.last_day) == (3, 12, 365)
    assert found.low >= 3
    assert found.high <= 12


def test_changes_and_doses_above_nothing(cohort: Cohort) -> None:
    """P1's KL-6 falls by 700, P3's rises by 500; P1 and P4 have a dose of 0 among others."""
    change = axis_range(cohort, KL6, "change")
    assert (change.least, change.most) == (-700, 500)
    assert axis_range(cohort, PREDNISOLONE, receiving_only=True).low >= 5
    assert axis_range(cohort, PREDNISOLONE).low == pytest.approx(0)


def test_the_axis_leaves_out_a_fortieth_at_either_end() -> None:
    """KL-6 of 1001 patients from 0 to 1000 in steps of 1: 2.5 % lie below 25 and above 975."""
    names = [f"P{i}" for i in range(1001)]
    values = {"patient": names, "day": 0, "variable": "kl6", "value": [float(i) for i in range(1001)]}
    found = axis_range(of_patients({"patient": names, "last_day": 9}, measurements=values), KL6)
    assert (found.low, found.high, found.least, found.most) == pytest.approx((25, 975, 0, 1000))


def test_nobody_measured(cohort: Cohort, empty: Cohort) -> None:
    for found in (axis_range(cohort, FVC), axis_range(empty, KL6)):
        assert (found.visits, found.low, found.high, found.last_day) == ((), 0, 1, 0)
