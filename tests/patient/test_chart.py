from __future__ import annotations

from components.chart.chart import Chart
from components.chart.marks import Rule
from components.core.markup import bold
from components.courses.axis_range import axis_range
from components.patient.chart import history_chart
from components.patient.history import history
from data.cohort import Cohort
from tests.chart.parts import mark


def drawn(cohort: Cohort, patient: str) -> Chart:
    found = history(cohort, patient)
    return history_chart(found, {course.measure.key: axis_range(cohort, course.measure) for course in found.courses})


def test_all_rows_share_the_axis_of_time(cohort: Cohort) -> None:
    chart = drawn(cohort, "P1")
    assert [plot.key for plot in chart.plots] == ["trough", "prednisolone", "kl6", "lanes"]
    assert [plot.follows for plot in chart.plots] == ["", "trough", "trough", "trough"]
    assert [plot.x.shown for plot in chart.plots] == [False, False, False, True]
    assert len({(plot.x.low, plot.x.high) for plot in chart.plots}) == 1
    marks = mark(chart, "marks")
    assert marks.x == [10, 100, 120, 0]
    assert marks.symbols == ("circle", "diamond", "circle", "triangle-right")
    assert [tick.text for tick in chart.plots[-1].y.ticks] == [
        "Herpes zoster",
        "Cytomegalovirus infection",
        "Cytomegalovirus viremia",
        "Tacrolimus",
    ]


def test_lines_where_something_ended(cohort: Cohort) -> None:
    rules = [ground for ground in drawn(cohort, "P3").plots[0].ground if isinstance(ground, Rule) and ground.upright]
    assert [rule.at for rule in rules] == [20, 50, 50]
    assert all(rule.through for rule in rules)
    assert [rule.text for rule in rules] == [
        f"{bold(what)}, day {day}" for what, day in (("progression", 20), ("death", 50), ("tacrolimus stopped", 50))
    ]
    assert len({rule.lift for rule in rules}) == 3, "their names stand in steps"


def test_a_patient_of_whom_nothing_was_measured(cohort: Cohort) -> None:
    bare = cohort.where((cohort.patients["patient"] == "P5").to_numpy(dtype=bool))
    chart = drawn(bare, "P5")
    assert chart.height > 100
    assert [plot.x.shown for plot in chart.plots][-1]
