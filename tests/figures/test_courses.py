from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from components.analysis.courses import course
from components.analysis.extent import extent
from components.figures.cells import log_ticks
from components.figures.courses import CourseView, course_figure, positions_of, small_multiples
from components.wording.marks import bold
from data.cohort import Cohort
from data.variables import DICTIONARY

KL6, TROUGH, FVC = (DICTIONARY.measure[key] for key in ("kl6", "trough", "fvc"))
SINGLE = CourseView("Single patients", gap=120)


def traces(figure: dict) -> dict[str, dict]:
    return {trace["uid"]: trace for trace in figure["data"]}


def test_visits_stand_at_equal_distances_and_days_between_them() -> None:
    visits = tuple(DICTIONARY.visit[label] for label in ("Day 0", "Month 12", "Month 24"))
    assert positions_of(np.array([0, 73, 365, 730, 1095]), visits).tolist() == pytest.approx([0, 0.2, 1, 2, 3])
    assert positions_of(np.array([400]), visits[:1]).tolist() == [0]


def test_points_bars_and_numbers_of_the_means(cohort: Cohort) -> None:
    """Week 1: 4, 7 and 3; month 1: 12 and 7; month 12: 6."""
    figure = course_figure(course(cohort, TROUGH, band=(5, 10)), extent(cohort, TROUGH), CourseView())
    drawn = traces(figure)
    points = drawn["Tacrolimus trough, ng/mL All patients"]
    assert points["y"] == pytest.approx([14 / 3, 9.5, 6])
    assert points["error_y"]["array"] == pytest.approx([(13 / 3) ** 0.5, 12.5**0.5, 0])
    assert drawn["Tacrolimus trough, ng/mL numbers"]["text"] == ["3", "2", "1"]
    (target,) = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert (target["y0"], target["y1"]) == (5, 10)


def test_a_single_line_breaks_where_the_gap_is_too_long(cohort: Cohort) -> None:
    """P1 is measured on days 7, 17, 27 and 365; P4 on 10 and 40; P6 on 5."""
    result, axes = course(cohort, TROUGH), extent(cohort, TROUGH)
    line = traces(course_figure(result, axes, SINGLE))["Tacrolimus trough, ng/mL All patients patients"]
    assert line["y"] == [4, 8, 12, None, 6, None, 7, 7, None, 3]
    assert line["customdata"] == ["P1", "P1", "P1", None, "P1", None, "P4", "P4", None, "P6"]
    whole = traces(course_figure(result, axes, replace(SINGLE, gap=400)))[
        "Tacrolimus trough, ng/mL All patients patients"
    ]
    assert whole["y"] == [4, 8, 12, 6, None, 7, 7, None, 3]


def test_the_patient_followed_stands_out(cohort: Cohort) -> None:
    figure = course_figure(course(cohort, TROUGH), extent(cohort, TROUGH), CourseView(marked="P4"))
    assert traces(figure)["Tacrolimus trough, ng/mL P4 patients"]["y"] == [7, 7]
    assert bold("P4") in [note["text"] for note in figure["layout"]["annotations"]]


def test_the_axis_does_not_move_with_the_filter(cohort: Cohort) -> None:
    axes = extent(cohort, KL6)
    ranges = [
        course_figure(course(some, KL6), axes, SINGLE)["layout"]["yaxis"]["range"]
        for some in (cohort, cohort.where((cohort.patients["patient"] == "P2").to_numpy(dtype=bool)))
    ]
    assert ranges[0] == ranges[1]


def test_those_who_left_are_drawn_apart(cohort: Cohort) -> None:
    drawn = traces(course_figure(course(cohort, KL6), extent(cohort, KL6), CourseView(apart=True)))
    assert drawn["KL-6, U/mL All patients"]["marker"]["symbol"] == "circle"
    assert drawn["KL-6, U/mL All patients, died or left"]["marker"]["symbol"] == "circle-open"
    assert drawn["KL-6, U/mL All patients, died or left"]["y"][0] == pytest.approx((500 + 2000 + 1500 + 1200) / 4)


def test_small_multiples_share_the_visits_and_have_an_axis_each(cohort: Cohort) -> None:
    measures = (KL6, TROUGH)
    figure = small_multiples(
        [course(cohort, m) for m in measures], [extent(cohort, m) for m in measures], CourseView(), [None, None]
    )
    layout = figure["layout"]
    assert layout["xaxis"]["ticktext"] == layout["xaxis2"]["ticktext"] == ["0", "1w", "1m", "6m", "12m", "24m"]
    assert layout["xaxis"]["domain"][1] < layout["xaxis2"]["domain"][0]
    assert [note["text"] for note in layout["annotations"]][:1] == ["KL-6, U/mL"]


def test_ticks_of_a_logarithmic_axis() -> None:
    assert log_ticks(90, 1100)["tickvals"] == [100, 200, 500, 1000]
    assert log_ticks(180, 450)["ticktext"] == ["200", "300", "400"]
