from __future__ import annotations

import pytest

from components.core.groups import ALL
from components.courses.attendance import attendance_by_visit, followed_to
from data.cohort import Cohort
from data.variables import DICTIONARY
from tests.written import of_patients

SUBTYPE = DICTIONARY.factor["subtype"]


def test_seen_and_followed_at_each_visit(cohort: Cohort) -> None:
    result = attendance_by_visit(cohort, SUBTYPE)
    assert [visit.label for visit in result.visits] == [visit.label for visit in DICTIONARY.visits]
    #                                    day 0  week 1  month 1  3  6  12  24
    assert result.seen[:, 0].tolist() == [7, 3, 5, 0, 1, 2, 2]
    assert result.followed[:, 0].tolist() == [7, 7, 7, 5, 4, 4, 3]
    assert result.seen[:, 3].tolist() == [3, 1, 3, 0, 0, 1, 1]
    assert (result.cell("Month 12", ALL), result.cell("Month 12", "pm")) == (2, 1)
    with pytest.raises(KeyError):
        result.cell("Month 13", ALL)


def test_groups_add_up_and_nobody_is_seen_who_is_not_followed(cohort: Cohort) -> None:
    result = attendance_by_visit(cohort, SUBTYPE)
    assert (result.seen <= result.followed).all()
    assert (result.seen[:, 0] == result.seen[:, 1] + result.seen[:, 2]).all()
    assert (result.seen[:, 2] == result.seen[:, 3] + result.seen[:, 4]).all()


def test_the_order_of_the_rows_does_not_matter(cohort: Cohort, reversed_cohort: Cohort) -> None:
    assert (attendance_by_visit(cohort).seen == attendance_by_visit(reversed_cohort).seen).all()


def test_nobody_left(empty: Cohort) -> None:
    assert not attendance_by_visit(empty, SUBTYPE).seen.any()


def test_who_was_last_seen_on_the_first_day_of_a_window_was_followed_into_it() -> None:
    """One patient leaves on the first day of each visit's window, another on the day before."""
    first = [visit.first for visit in DICTIONARY.visits]
    last = [*first, *(day - 1 for day in first[1:])]
    made = of_patients({"patient": [f"P{i}" for i in range(len(last))], "last_day": last})
    n = len(first)
    assert followed_to(made).sum(axis=1).tolist() == [*range(1, n + 1), *range(1, n)]
