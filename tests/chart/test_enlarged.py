"""A chart for a room: type of 18 pixels or more, thicker lines, the same data."""

from __future__ import annotations

import pytest

from components.chart.chart import Chart, Row
from components.chart.enlarged import enlarged, fitting, smallest_type
from components.chart.grid import Cell, Grid, cells_chart
from components.chart.marks import Line, Points
from components.chart.resized import READABLE
from components.chart.screen import figure
from components.prognosis.chart import forest_chart
from components.survival.analysis import survival
from components.survival.chart import View, survival_chart
from components.survival.hazard_ratios import prognosis
from data.cohort import Cohort
from tests.chart.charts import curves


def test_pixels_grow_and_data_do_not() -> None:
    small, large = curves(), enlarged(curves(), 2)
    assert (large.height, large.margins.left, large.magnified) == (860, 180, 2)
    first, second = small.plots[0], large.plots[0]
    assert (second.place.bottom, second.rows_from, second.row_height) == (600, 100, 40)
    assert (second.x.size, second.x.title_size) == (26, 28)
    assert (second.x.low, second.x.ticks, second.rows) == (first.x.low, first.x.ticks, first.rows)
    line, points, _ = second.marks
    smaller = first.marks[0]
    assert isinstance(line, Line)
    assert isinstance(smaller, Line)
    assert isinstance(points, Points)
    assert (line.stroke.width, line.x, line.y) == (4.0, smaller.x, smaller.y)
    assert (points.sizes, points.edge) == ((18.0,), 2.8)


def test_the_renderers_own_sizes_grow_with_the_others() -> None:
    layout = figure(enlarged(curves(), 2))["layout"]
    assert layout["font"]["size"] == 28
    assert layout["yaxis2"]["tickfont"]["size"] == 26
    assert figure(enlarged(curves(), 1.003))["layout"]["height"] == 431


@pytest.mark.parametrize(
    ("width", "height", "factor"),
    [
        (1400, 500, 18 / 13),  # readable first: the plot becomes lower
        (1400, 620, 620 / 430),
        (1300, 900, 1300 / 900),  # not squeezed: the rest of the height is left to the plot
        (2700, 900, 900 / 430),
    ],
)
def test_fitting(width: int, height: int, factor: float) -> None:
    (large,) = fitting(curves(), width, height)
    assert large.height == pytest.approx(height)
    assert large.magnified == pytest.approx(factor)
    assert smallest_type(large) >= READABLE - 1e-9
    assert large.plots[0].place.bottom == pytest.approx(300 * factor + height - 430 * factor)


def heights(chart: Chart) -> list[float]:
    """Where the points of a forest plot stand."""
    points = next(mark for mark in chart.plots[0].marks if isinstance(mark, Points))
    return [y for y in points.y if y is not None]


@pytest.mark.parametrize(("width", "height"), [(1338, 700), (922, 590), (922, 400)])
def test_a_forest_plot_shows_each_of_its_rows_on_one_sheet(cohort: Cohort, width: int, height: int) -> None:
    dictionary = cohort.dictionary
    factors = tuple(factor for factor in dictionary.factors if factor.prognostic)
    chart = forest_chart(prognosis(cohort, dictionary.endpoints[0], factors))
    sheets = fitting(chart, width, height)
    assert len(sheets) > 1
    labels = [text for sheet in sheets for text in sheet.plots[0].columns[0].texts if text]
    assert labels == [text for text in chart.plots[0].columns[0].texts if text]
    points = [y for sheet in sheets for y in heights(sheet)]
    assert points == heights(chart)
    for sheet in sheets:
        (plot,) = sheet.plots
        assert sheet.height <= height + 1e-6
        assert smallest_type(sheet) >= READABLE - 1e-9
        assert all(plot.y.low <= y <= plot.y.high for y in heights(sheet))
        shown = [i for i, text in enumerate(plot.columns[0].texts) if text]
        assert (plot.place.bottom - plot.place.top) / len(shown) >= 1.2 * READABLE


def test_small_plots_go_on_to_the_next_sheet_line_by_line() -> None:
    cell = Cell("", "", "", (), (Row("n", "measured", ("1", "2"), (1, 2)),), (0, 10))
    chart = cells_chart([cell] * 7, Grid((0, 1), ("0", "1"), "", "", -1, 2, columns=3, names=False))
    sheets = fitting(chart, 1338, 640)
    assert [len(sheet.plots) for sheet in sheets] == [3, 4]
    assert [plot.key for sheet in sheets for plot in sheet.plots] == [plot.key for plot in chart.plots]
    for sheet in sheets:
        assert sheet.height <= 640 + 1e-6
        assert all(0 <= plot.place.top < plot.place.bottom <= sheet.inner for plot in sheet.plots)


def test_curves_are_readable_from_the_back(cohort: Cohort) -> None:
    result = survival(cohort, cohort.dictionary.endpoints[0], cohort.dictionary.factor["subtype"], (365,), (0, 365))
    small = survival_chart(result, View(730, (0, 365), (0, 12), (365,)))
    assert smallest_type(small) < READABLE
    assert smallest_type(fitting(small, 1340, 700)[0]) >= READABLE - 1e-9
