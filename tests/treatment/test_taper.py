from __future__ import annotations

import pytest

from components.core.columns import Share
from components.core.estimate import Reason
from components.core.groups import ALL
from components.treatment.taper import Threshold, shares
from components.treatment.taper_chart import taper_chart
from components.treatment.words import taper_note
from data.cohort import Cohort
from data.variables import DICTIONARY
from tests.chart.parts import mark

PREDNISOLONE, SUBTYPE = DICTIONARY.measure["prednisolone"], DICTIONARY.factor["subtype"]
OVER_30 = Threshold(">", 30)


def test_out_of_those_measured(cohort: Cohort) -> None:
    # Day 0: 40 20 60 0 35 30 10; month 12: 10 5; month 24: 0.
    result = shares(cohort, PREDNISOLONE)
    assert result.cell(OVER_30, "Day 0", ALL) == Share(3, 7)
    assert result.cell(Threshold("≤", 10), "Day 0", ALL) == Share(2, 7)
    assert result.cell(Threshold("≤", 5), "Month 12", ALL) == Share(1, 2)
    assert result.cell(Threshold("≤", 10), "Month 12", ALL) == Share(2, 2)
    assert result.cell(Threshold("≤", 5), "Month 24", ALL) == Share(1, 1)


def test_out_of_those_who_receive_it(cohort: Cohort) -> None:
    result = shares(cohort, PREDNISOLONE, receiving_only=True)
    assert result.cell(OVER_30, "Day 0", ALL) == Share(3, 6)
    assert result.cell(OVER_30, "Month 24", ALL) == Share(0, 0)
    assert result.cell(OVER_30, "Month 24", ALL).percent.reason is Reason.NO_PATIENTS


def test_every_comparison(cohort: Cohort) -> None:
    sides = [Threshold("≤", 20), Threshold("<", 20), Threshold(">", 20), Threshold("≥", 20)]
    result = shares(cohort, PREDNISOLONE, tuple(sides))
    assert [result.cell(side, "Day 0", ALL).n for side in sides] == [3, 2, 4, 5]


def test_groups_add_up(cohort: Cohort) -> None:
    together, apart = shares(cohort, PREDNISOLONE), shares(cohort, PREDNISOLONE, by=SUBTYPE)
    for whole, parts in zip(together.rows, apart.rows, strict=True):
        for v, share in enumerate(whole[0]):
            assert share.n == sum(part[v].n for part in parts)
            assert share.of == sum(part[v].of for part in parts)


def test_what_is_not_there_is_refused(cohort: Cohort) -> None:
    result = shares(cohort, PREDNISOLONE)
    for threshold, visit, label in (
        (Threshold(">", 31), "Day 0", ALL),
        (OVER_30, "Day 1", ALL),
        (OVER_30, "Day 0", "PM"),
    ):
        with pytest.raises(KeyError):
            result.cell(threshold, visit, label)


def test_nobody_left(empty: Cohort) -> None:
    assert shares(empty, PREDNISOLONE).rows == ((), (), (), ())


def test_shares_of_few_patients_are_points(cohort: Cohort) -> None:
    """Seven patients at day 0, two at month 12, one at month 24."""
    result = shares(cohort, PREDNISOLONE)
    chart = taper_chart(result)
    course, few = mark(chart, f"> 30 mg/day {ALL}"), mark(chart, f"> 30 mg/day {ALL}, part 2")
    assert course.joined
    assert not few.joined
    assert len(few.x) == 2
    assert taper_note(result).endswith("Points of fewer than four patients are not joined.")
