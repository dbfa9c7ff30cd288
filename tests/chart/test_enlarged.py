"""A chart for a room: type of 18 pixels or more, thicker lines, the same data."""

from __future__ import annotations

import pytest

from components.chart.enlarged import READABLE, enlarged, fitting, smallest_type
from components.chart.marks import Line, Points
from components.chart.screen import figure
from components.survival.analysis import survival
from components.survival.chart import View, survival_chart
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
    ("width", "height", "factor", "high"),
    [
        (1400, 500, 18 / 13, 430 * 18 / 13),  # readable first, higher than there is room
        (1400, 620, 620 / 430, 620),
        (1300, 900, 1300 / 900, 900),  # not squeezed: the rest of the height is left to the plot
        (2700, 900, 900 / 430, 900),
    ],
)
def test_fitting(width: int, height: int, factor: float, high: float) -> None:
    large = fitting(curves(), width, height)
    assert large.height == pytest.approx(high)
    assert large.magnified == pytest.approx(factor)
    assert smallest_type(large) >= READABLE - 1e-9
    gained = high - 430 * factor
    assert large.plots[0].place.bottom == pytest.approx(300 * factor + max(gained, 0))


def test_curves_are_readable_from_the_back(cohort: Cohort) -> None:
    result = survival(cohort, cohort.dictionary.endpoints[0], cohort.dictionary.factor["subtype"], (365,), (0, 365))
    small = survival_chart(result, View(730, (0, 365), ("0", "12"), (365,)))
    assert smallest_type(small) < READABLE
    assert smallest_type(fitting(small, 1340, 700)) >= READABLE - 1e-9
