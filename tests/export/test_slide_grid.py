"""Small multiples become native charts, each with the points, the numbers and the title it has on the screen."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from components.analysis.courses import course
from components.analysis.extent import extent
from components.analysis.reactions import reactions
from components.export.slide_grid import pages, parts_of
from components.export.slides import Entry, presentation
from components.export.stamp import Stamp
from components.figures.courses import CourseView
from components.panels.courses import multiples_panel
from components.panels.panel import Panel
from components.panels.safety import reactions_panel
from components.wording.courses import short_tick
from data.cohort import Cohort

TITLES = ["Tacrolimus trough, ng/mL", "Prednisolone equivalent, mg/day", "KL-6, U/mL"]


def multiples(cohort: Cohort, factor: str | None, keys: set[str] | None = None) -> Panel:
    measures = [m for m in cohort.dictionary.measures if extent(cohort, m).visits and (not keys or m.key in keys)]
    by = cohort.dictionary.factor[factor] if factor else None
    results = [course(cohort, measure, by) for measure in measures]
    return multiples_panel(results, [extent(cohort, m) for m in measures], CourseView(), [None] * len(results))


def slides(panel: Panel, stamped: Stamp) -> list[Any]:
    return list(Presentation(BytesIO(presentation([Entry(panel.title, panel, stamped)]))).slides)


def test_each_plot_is_a_chart_with_its_points_and_numbers(cohort: Cohort, stamped: Stamp) -> None:
    panel = multiples(cohort, "sex")
    (slide,) = slides(panel, stamped)
    charts = [shape.chart for shape in slide.shapes if shape.has_chart]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    assert [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame][2:] == TITLES
    for chart, title, result in zip(charts, TITLES, panel.result, strict=True):
        drawn = {series.name: list(series.values) for series in chart.plots[0].series}
        for series in result.series:
            means = [point.values.distribution.mean for point in series.points if point.measured]
            assert drawn[f"{title} {series.label}"] == means
    for table, result in zip(tables, panel.result, strict=True):
        heads, *rows = [[cell.text for cell in row.cells] for row in table.rows]
        assert [row[0] for row in rows] == ["Male", "Female"]
        for row, series in zip(rows, result.series, strict=True):
            measured = {short_tick(point.visit): str(point.measured) for point in series.points}
            assert row[1:] == [measured[head] for head in heads[1:]]


def test_every_chart_is_named_for_those_who_hear_it(cohort: Cohort, stamped: Stamp) -> None:
    panel = multiples(cohort, "sex")
    (slide,) = slides(panel, stamped)
    said = [shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in slide.shapes if shape.has_chart]  # noqa: SLF001
    assert said == [f"{title}. {panel.alt}" for title in TITLES]


def test_without_groups_the_rows_count_patients(cohort: Cohort) -> None:
    parts = parts_of(multiples(cohort, None).figure)
    assert [part.title for part in parts] == TITLES
    assert [part.figure["layout"]["yaxis2"]["ticktext"] for part in parts] == 3 * [["patients"]]


def test_four_charts_stand_on_a_slide_and_one_alone_is_still_a_chart(cohort: Cohort) -> None:
    (part,) = parts_of(multiples(cohort, None, {"kl6"}).figure)
    assert part.title == "KL-6, U/mL"
    assert [len(page) for page in pages(7 * (part,))] == [4, 3]


@pytest.mark.parametrize("kind", ["heatmap", "bar"])
def test_what_is_no_line_stays_a_picture(kind: str) -> None:
    axes = {"xaxis": {"range": [0, 1], "tickvals": [0, 1]}, "xaxis2": {"range": [0, 1], "tickvals": [0, 1]}}
    data = [{"type": kind, "x": [0], "y": [1], "xaxis": x, "yaxis": y} for x, y in (("x", "y"), ("x2", "y2"))]
    figure = {"data": data, "layout": {**axes, "yaxis": {}, "yaxis2": {}}}
    assert parts_of(figure) == ()
    assert parts_of(None) == ()


def test_two_plots_of_the_same_rows_stay_together(cohort: Cohort, stamped: Stamp) -> None:
    """The dots of reactions and their differences share their rows and names: parted, neither could be read."""
    by = cohort.dictionary.factor["sex"]
    panel = reactions_panel(reactions(cohort, by), by, "Patients, n (%)")
    assert panel.figure is not None
    assert {"xaxis", "xaxis2"} <= panel.figure["layout"].keys()
    assert parts_of(panel.figure) == ()
    first, *_ = slides(panel, stamped)
    assert [shape for shape in first.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
