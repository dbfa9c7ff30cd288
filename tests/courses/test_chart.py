from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from components.chart.marks import Line, Region
from components.core.markup import bold
from components.courses.analysis import course
from components.courses.axis_range import axis_range
from components.courses.chart import CourseView, course_chart, positions_of, small_multiples
from data.cohort import Cohort
from data.variables import DICTIONARY
from tests.chart.parts import mark

KL6, TROUGH, FVC = (DICTIONARY.measure[key] for key in ("kl6", "trough", "fvc"))
SINGLE = CourseView("single", gap=120)


def test_visits_stand_at_equal_distances_and_days_between_them() -> None:
    visits = tuple(DICTIONARY.visit[label] for label in ("Day 0", "Month 12", "Month 24"))
    assert positions_of(np.array([0, 73, 365, 730, 1095]), visits).tolist() == pytest.approx([0, 0.2, 1, 2, 3])
    assert positions_of(np.array([400]), visits[:1]).tolist() == [0]


def test_points_bars_and_numbers_of_the_means(cohort: Cohort) -> None:
    """Week 1: 4, 7 and 3; month 1: 12 and 7; month 12: 6."""
    chart = course_chart(course(cohort, TROUGH, band=(5, 10)), axis_range(cohort, TROUGH), CourseView())
    points = mark(chart, "trough all")
    assert points.y == pytest.approx([14 / 3, 9.5, 6])
    assert np.subtract(points.upper, points.y) == pytest.approx([(13 / 3) ** 0.5, 12.5**0.5, 0])
    assert np.subtract(points.y, points.lower) == pytest.approx([(13 / 3) ** 0.5, 12.5**0.5, 0])
    assert points.spread == "SD"
    assert [row.texts for row in chart.plots[0].rows] == [("3", "2", "1")]
    (target,) = chart.plots[0].ground
    assert isinstance(target, Region)
    assert target.y == (5, 10)


def test_a_single_line_breaks_where_the_gap_is_too_long(cohort: Cohort) -> None:
    """P1 is measured on days 7, 17, 27 and 365; P4 on 10 and 40; P6 on 5."""
    result, axes = course(cohort, TROUGH), axis_range(cohort, TROUGH)
    line = mark(course_chart(result, axes, SINGLE), "trough all patients")
    assert line.y == [4, 8, 12, None, 6, None, 7, 7, None, 3]
    assert line.answers == ["P1", "P1", "P1", None, "P1", None, "P4", "P4", None, "P6"]
    whole = mark(course_chart(result, axes, replace(SINGLE, gap=400)), "trough all patients")
    assert whole.y == [4, 8, 12, 6, None, 7, 7, None, 3]


def test_the_patient_followed_stands_out(cohort: Cohort) -> None:
    chart = course_chart(course(cohort, TROUGH), axis_range(cohort, TROUGH), CourseView(marked="P4"))
    assert mark(chart, "trough P4 patients").y == [7, 7]
    assert [end.name for end in chart.plots[0].ends] == [bold("P4")]


def test_the_axis_does_not_move_with_the_filter(cohort: Cohort) -> None:
    axes = axis_range(cohort, KL6)
    scales = [
        course_chart(course(some, KL6), axes, SINGLE).plots[0].y
        for some in (cohort, cohort.where((cohort.patients["patient"] == "P2").to_numpy(dtype=bool)))
    ]
    assert scales[0] == scales[1]


def test_those_who_left_are_drawn_apart(cohort: Cohort) -> None:
    chart = course_chart(course(cohort, KL6), axis_range(cohort, KL6), CourseView(apart=True))
    symbols = {line.key: line.symbol for line in chart.plots[0].marks if isinstance(line, Line)}
    assert set(symbols.values()) == {"circle", "circle-open"}
    left = next(key for key, symbol in symbols.items() if symbol == "circle-open")
    assert mark(chart, left).y[0] == pytest.approx((500 + 2000 + 1500 + 1200) / 4)


def test_small_multiples_share_the_visits_and_have_an_axis_each(cohort: Cohort) -> None:
    measures = (KL6, TROUGH)
    chart = small_multiples(
        [course(cohort, m) for m in measures], [axis_range(cohort, m) for m in measures], CourseView(), [None, None]
    )
    first, second = chart.plots
    assert [tick.text for tick in first.x.ticks] == ["0", "1w", "1m", "6m", "12m", "24m"]
    assert first.x == second.x
    assert first.place.right < second.place.left
    assert (first.title, second.title) == ("KL-6, U/mL", "Tacrolimus trough, ng/mL")


def test_those_who_stayed_are_not_called_all_patients(cohort: Cohort) -> None:
    """Two were followed into month 24; without groups the lines are named for that alone."""
    chart = course_chart(course(cohort, KL6), axis_range(cohort, KL6), CourseView(apart=True))
    assert {end.name for end in chart.plots[0].ends} == {bold("Stayed"), bold("Died or left")}
    assert [row.name for row in chart.plots[0].rows] == ["stayed", "died or left"]
    grouped = course(cohort, KL6, DICTIONARY.factor["sex"])
    names = {end.name for end in course_chart(grouped, axis_range(cohort, KL6), CourseView(apart=True)).plots[0].ends}
    assert bold("Male, stayed") in names


def test_means_of_fewer_than_four_are_not_joined(cohort: Cohort) -> None:
    """KL-6 by visit: six patients on day 0, then at most four."""
    result = course(cohort, KL6)
    joined = {
        n
        for line in course_chart(result, axis_range(cohort, KL6), CourseView()).plots[0].marks
        if isinstance(line, Line) and line.joined
        for n, point in zip((point.measured for point in result.series[0].points), result.series[0].points, strict=True)
        if point.values.distribution.n and point.values.distribution.mean in line.y
    }
    assert joined
    assert min(joined) >= 4
