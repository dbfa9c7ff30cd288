"""What a filter changes in a course, against the same numbers asked for apart."""

from __future__ import annotations

import pytest

from components.courses.analysis import course
from components.courses.before_after import course_before_after
from components.courses.before_after_words import change_strip, change_table
from components.engine.descriptive import distribution, mean_difference
from data.filters import filter_from_query
from data.reading.read import reconstructed_cohort


def test_a_difference_of_means_has_welchs_limits() -> None:
    """R: t.test(c(1, 2, 3, 4), c(2, 4, 9))."""
    found = mean_difference(distribution([1, 2, 3, 4]), distribution([2, 4, 9]))
    assert found == pytest.approx((-2.5, -10.557543516, 5.557543516), abs=1e-8)


def test_shown_left_out_and_everybody_are_those_of_their_own_courses() -> None:
    whole = reconstructed_cohort().of_population("outcome")
    measure, cadm = whole.dictionary.measure["kl6"], filter_from_query("subtype=cadm").filter
    change = course_before_after(whole, measure, cadm)
    apart, everybody = course(cadm.of(whole), measure), course(whole, measure)
    for own, other in ((change.shown, apart.series[0]), (change.before, everybody.series[0])):
        assert own is not None
        assert [str(point.values.distribution) for point in own.points] == [
            str(point.values.distribution) for point in other.points
        ]
    assert change.left_out is not None
    assert change.left_out.n == whole.n - apart.series[0].n
    table = change_table(change)
    assert [row[0] for row in table.rows] == [
        "Without the filter", "Patients shown", "Left out by the filter", "Shown minus left out, means"]  # fmt: skip
    strip = change_strip(change)
    assert strip.rows[1][1:] == table.rows[3][1:]
    assert strip.rows[0][1] == " v ".join(row[1].split(":")[0] for row in table.rows[1:3])
