from __future__ import annotations

import numpy as np
import pytest

from components.core.columns import Share
from components.core.estimate import Reason
from components.core.groups import ALL
from components.courses.analysis import course, visit_values
from data.cohort import Cohort
from data.variables import DICTIONARY

KL6, TROUGH, PREDNISOLONE = (DICTIONARY.measure[key] for key in ("kl6", "trough", "prednisolone"))
SUBTYPE, MDA5 = DICTIONARY.factor["subtype"], DICTIONARY.factor["anti_mda5"]
VISITS = [visit.label for visit in DICTIONARY.visits]


def test_values_at_each_visit(cohort: Cohort) -> None:
    values = visit_values(cohort, KL6)
    none = np.nan
    assert np.array_equal(values[0], [1000, none, 800, none, none, 400, 300], equal_nan=True)
    assert np.array_equal(values[4], [none, none, 700, none, none, none, none], equal_nan=True)
    assert np.count_nonzero(~np.isnan(values)) == (cohort.by_visit["variable"] == "kl6").sum()


def test_points_of_everybody(cohort: Cohort) -> None:
    result = course(cohort, KL6)
    start = result.point("Day 0", ALL)  # 1000 500 2000 800 1500 1200
    assert (start.measured, start.followed, start.died, start.left) == (6, 7, 0, 0)
    assert start.values.mean.value == pytest.approx(7000 / 6)
    assert start.values.sd.value == pytest.approx(np.std([1000, 500, 2000, 800, 1500, 1200], ddof=1))
    assert (start.values.q1.value, start.values.median.value, start.values.q3.value) == (800, 1100, 1500)
    month = result.point("Month 1", ALL)  # 800 600 2500 700
    assert (month.measured, month.values.mean.value, month.values.median.value) == (4, 1150, 750)
    year = result.point("Month 12", ALL)
    assert (year.measured, year.followed, year.died, year.left) == (2, 4, 1, 2)
    assert result.point("Month 3", ALL).values.mean.reason is Reason.NOT_MEASURED


def test_followed_died_and_left_add_up(cohort: Cohort) -> None:
    for series in course(cohort, KL6, SUBTYPE).series:
        for point in series.points:
            assert point.followed + point.died + point.left == series.n
            assert point.measured + point.values.missing == series.n
            assert point.measured <= point.followed


def test_change_is_against_the_patients_own_start(cohort: Cohort) -> None:
    change = course(cohort, KL6, scale="change")
    # month 1: P1 -200, P2 +100, P3 +500; P5 has no value on day 0
    assert change.point("Month 1", ALL).measured == 3
    assert change.point("Month 1", ALL).values.mean.value == pytest.approx(400 / 3)
    assert change.point("Day 0", ALL).values.maximum.value == 0
    percent = course(cohort, KL6, scale="percent change").point("Month 1", ALL).values
    assert (percent.minimum.value, percent.median.value, percent.maximum.value) == pytest.approx((-20, 20, 25))


def test_percent_of_a_start_of_zero_is_left_out(cohort: Cohort) -> None:
    year = course(cohort, PREDNISOLONE, scale="percent change").point("Month 12", ALL)
    assert (year.measured, year.values.mean.value) == (1, -75)


def test_only_pairs_describes_the_same_patients_at_the_start(cohort: Cohort) -> None:
    pairs = course(cohort, KL6, only_pairs=True)
    month = pairs.point("Month 1", ALL)
    assert month.before is not None
    assert month.measured == month.before.n == 3
    assert month.values.mean.value == pytest.approx(3900 / 3)
    assert month.before.mean.value == pytest.approx(3500 / 3)
    assert course(cohort, KL6).point("Month 1", ALL).before is None
    assert "P5" not in pairs.lines.patients


def test_only_those_who_receive_it(cohort: Cohort) -> None:
    doses = course(cohort, PREDNISOLONE, receiving_only=True)
    assert doses.point("Day 0", ALL).measured == 6
    assert doses.point("Day 0", ALL).values.mean.value == pytest.approx(195 / 6)
    assert doses.point("Month 24", ALL).measured == 0
    assert course(cohort, PREDNISOLONE).point("Month 24", ALL).values.mean.value == 0


def test_shares_of_a_band(cohort: Cohort) -> None:
    # week 1: P1 4, P4 7, P6 3; month 1: P1 8 (day 27 is nearer: 12), P4 7
    week = course(cohort, TROUGH, band=(5, 10)).point("Week 1", ALL)
    assert (week.below, week.within, week.above) == (Share(2, 3), Share(1, 3), Share(0, 3))
    month = course(cohort, TROUGH, band=(5, 10)).point("Month 1", ALL)
    assert (month.below, month.within, month.above) == (Share(0, 2), Share(1, 2), Share(1, 2))
    assert course(cohort, TROUGH, band=(7, None)).point("Week 1", ALL).within == Share(1, 3)
    assert course(cohort, TROUGH, band=(None, 4)).point("Week 1", ALL).within == Share(2, 3)
    assert course(cohort, TROUGH).point("Week 1", ALL).within is None


def test_who_stayed_and_who_departed_apart(cohort: Cohort) -> None:
    result = course(cohort, KL6)
    (stayed,), (departed,) = result.stayed, result.departed
    assert (stayed.n, departed.n) == (3, 4)
    assert (stayed.points[0].measured, departed.points[0].measured) == (2, 4)
    assert stayed.points[0].values.mean.value == 900
    assert [point.followed for point in stayed.points] == [3] * len(VISITS)
    assert departed.points[-1].followed == 0
    for whole, one, other in zip(result.series[0].points, stayed.points, departed.points, strict=True):
        assert whole.measured == one.measured + other.measured


def test_a_fall_by_more_than_a_third_is_flagged(cohort: Cohort) -> None:
    series = course(cohort, KL6).series[0]
    measured = {point.visit.label: (point.measured, point.few_left) for point in series.points}
    assert measured == {
        "Day 0": (6, False),
        "Week 1": (0, False),
        "Month 1": (4, False),
        "Month 3": (0, False),
        "Month 6": (1, True),
        "Month 12": (2, True),
        "Month 24": (2, True),
    }
    assert series.few_left
    short = cohort.where((cohort.patients["last_day"] < 200).to_numpy())
    assert not course(short, KL6).series[0].few_left


def test_groups_leave_out_those_of_unknown_level(cohort: Cohort) -> None:
    result = course(cohort, KL6, MDA5)
    assert [(series.label, series.n) for series in result.series] == [("Positive", 3), ("Negative", 2)]
    assert result.groups.unknown == 2
    assert set(result.lines.patients) == {"P1", "P3", "P4", "P5", "P7"}
    with pytest.raises(KeyError):
        result.point("Day 0", "Unknown")


def test_lines_hold_every_value_by_patient_and_day(cohort: Cohort) -> None:
    lines = course(cohort, TROUGH, SUBTYPE).lines
    assert lines.patients == ("P1", "P1", "P1", "P1", "P4", "P4", "P6")
    assert lines.days.tolist() == [7, 17, 27, 365, 10, 40, 5]
    assert lines.values.tolist() == [4, 8, 12, 6, 7, 7, 3]
    assert lines.codes.tolist() == [0, 0, 0, 0, 1, 1, 2]
    assert course(cohort, TROUGH, scale="change").lines.patients == ()


def test_the_order_of_the_rows_does_not_matter(cohort: Cohort, reversed_cohort: Cohort) -> None:
    one, other = (course(some, KL6, SUBTYPE, only_pairs=True, band=(500, 1000)) for some in (cohort, reversed_cohort))
    assert repr(one.series) == repr(other.series)
    assert repr((one.stayed, one.departed)) == repr((other.stayed, other.departed))


def test_nobody_left(empty: Cohort) -> None:
    result = course(empty, KL6, SUBTYPE, "percent change", only_pairs=True)
    assert (result.series, result.lines.patients) == ((), ())


def test_the_follow_up_told_is_that_of_the_measurements(cohort: Cohort) -> None:
    result = course(cohort, KL6)
    follow_up = result.analysed.follow_up
    assert (follow_up.counts, follow_up.end) == ("measurements", max(result.lines.days))
    assert follow_up.end < result.analysed.last_day
