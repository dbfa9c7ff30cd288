"""A chart on a slide: native charts whose series are the marks, and tables whose columns stand under the ticks."""

# ruff: noqa: SLF001 - python-pptx shows alternative text and layout only below its surface
from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Any

import pytest
from pptx import Presentation

from components.chart.chart import Chart, Place, Plot, Scale
from components.chart.lettering import inches
from components.chart.marks import Band, Line, Points, Region, Rule, Stroke
from components.chart.native import Frame, steps
from components.chart.native_table import SIDE, on_one_line
from components.chart.slide import Words, draw, native, parts_of
from components.chart.slide_series import series_of
from tests.chart.charts import BLUE, LINE, RED, bars, curves, forest, one_plot, scale, squares

BODY = Frame(0.5, 1.15, 12.333, 5.5)
WORDS = Words("what it says", "counts", "columns")
EMU = 914400


def slides(chart: Chart) -> list[Any]:
    deck = Presentation()
    found = []
    for part in parts_of(chart, BODY.high):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        draw(slide, chart, part, BODY, WORDS)
        found.append(slide)
    return found


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def points(chart: Any) -> dict[str, list[tuple[float, float]]]:
    return {
        series.name: list(
            zip((float(v.text) for v in series._element.xpath("c:xVal//c:v")), series.values, strict=True)
        )
        for series in chart.plots[0].series
    }


def test_curves_are_steps_in_months_cut_at_the_end_of_the_axis() -> None:
    (slide,) = slides(curves())
    (chart,) = charts(slide)
    drawn = points(chart)
    month = 24 / 730.5
    corners = [(0, 1.0), (100, 1.0), (100, 0.75), (700, 0.75), (700, 0.5)]
    assert drawn["A"] == [pytest.approx((x * month, y)) for x, y in corners]
    assert drawn["A, censored"] == [pytest.approx((650 * month, 0.75)), pytest.approx((759 * month, 0.5))]
    assert drawn["B"] == [pytest.approx((0, 1.0)), pytest.approx((760 * month, 1.0))]
    assert (chart.category_axis.minimum_scale, chart.category_axis.major_unit) == (0, 12)
    assert chart.value_axis.tick_labels.number_format == "0%"


def test_numbers_stand_under_the_ticks_of_the_chart() -> None:
    (slide,) = slides(curves())
    (chart,) = (shape for shape in slide.shapes if shape.has_chart)
    (table,) = (shape for shape in slide.shapes if shape.has_table)
    layout = chart.chart._chartSpace.chart.plotArea.find(".//{*}manualLayout")
    x, wide = (float(layout.find(f"{{*}}{key}").get("val")) for key in ("x", "w"))
    left, span = chart.left + x * chart.width, wide * chart.width
    edges = [table.left]
    for column in table.table.columns:
        edges.append(edges[-1] + column.width)
    for c, month in enumerate((0, 12, 24)):
        tick = left + span * month / chart.chart.category_axis.maximum_scale
        cell = table.table.cell(0, c + 1)
        middle = (edges[c + 1] + cell.margin_left + edges[c + 2] - cell.margin_right) / 2
        assert middle == pytest.approx(tick, abs=0.005 * EMU)
    assert [[cell.text for cell in row.cells] for row in table.table.rows] == [
        ["A   at risk", "9", "5", "2"], ["events", "0", "1", "2"], ["B   at risk", "7", "7", ""]]  # fmt: skip


def test_more_than_nine_rows_of_numbers_keep_the_first_of_each_group() -> None:
    chart = curves()
    plot = chart.plots[0]
    many = replace(plot, rows=plot.rows * 4)
    (slide,) = slides(replace(chart, plots=(many,)))
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    assert [row.cells[0].text for row in table.rows] == ["A   at risk", "B   at risk"]


def test_nine_rows_of_numbers_are_all_kept() -> None:
    chart = curves()
    (slide,) = slides(replace(chart, plots=(replace(chart.plots[0], rows=3 * chart.plots[0].rows),)))
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    assert [row.cells[0].text for row in table.rows] == 3 * ["A   at risk", "events", "B   at risk"]


def test_a_forest_plot_is_one_table_with_a_chart_in_its_gap() -> None:
    (slide,) = slides(forest(2))
    (chart,), (table,) = charts(slide), [shape.table for shape in slide.shapes if shape.has_table]
    drawn = points(chart)
    assert drawn == {
        "Level 1": [(1.0, -1.0)], "Level 2, limits": [(0.02, -2.0), (500.0, -2.0)], "Level 2": [(2.0, -2.0)],
        "Level 4": [(1.0, -4.0)], "Level 5, limits": [(0.02, -5.0), (500.0, -5.0)], "Level 5": [(2.0, -5.0)],
    }  # fmt: skip
    assert [row.cells[0].text for row in table.rows] == ["Factor", "Factor 0", "    Level 1", "    Level 2", "Factor 1",
                                                        "    Level 4", "    Level 5"]  # fmt: skip
    assert chart._chartSpace.xpath(".//c:logBase/@val") == ["10"]


def test_the_axis_of_a_forest_plot_ends_at_powers_of_ten_and_the_sheet_holds_what_lies_beyond() -> None:
    """On an axis from 0.05 to 30 a slide shows 0.01 to 100: a ratio of 200, up to 500, is in the sheet as it is."""
    plot = forest(2).plots[0]
    intervals, ratios = plot.marks
    assert isinstance(ratios, Points)
    far = replace(ratios, x=[1.0, 2.0, 1.0, 200.0])
    wide = replace(plot, x=replace(plot.x, low=0.05, high=30), marks=(intervals, far))
    (slide,) = slides(replace(forest(2), plots=(wide,)))
    (chart,) = charts(slide)
    assert (chart.category_axis.minimum_scale, chart.category_axis.maximum_scale) == pytest.approx((0.01, 100))
    drawn = points(chart)
    assert drawn["Level 2"] == [(2.0, -2.0)]
    assert drawn["Level 5"] == [(200.0, -5.0)]
    assert drawn["Level 5, limits"] == [(0.02, -5.0), (500.0, -5.0)]


def test_long_forest_plots_go_on_and_a_factor_stays_together() -> None:
    chart = forest(12)
    parts = parts_of(chart, BODY.high)
    assert [row for part in parts for row in part.rows] == list(range(36))
    assert all(part.rows[0] % 3 == 0 for part in parts)
    assert max(len(part.rows) for part in parts) - min(len(part.rows) for part in parts) <= 3
    last = slides(chart)[-1]
    assert points(charts(last)[0])[f"Level {parts[-1].rows[2]}"][0][1] == -2.0, "rows are counted again on every slide"


def test_bars_become_bars_with_a_colour_a_group() -> None:
    for upright in (False, True):
        (slide,) = slides(bars(upright=upright))
        (chart,) = charts(slide)
        assert {series.name: series.values for series in chart.plots[0].series} == {"A": (3.0, 1.0), "B": (2.0, 4.0)}
        assert list(chart.plots[0].categories) == ["first  5.0", "second  5.0"]
        assert str(chart.plots[0].series[0].format.fill.fore_color.rgb) == "00618F"


def test_only_squares_stay_a_picture() -> None:
    assert [native(chart) for chart in (curves(), forest(), bars(), squares())] == [True, True, True, False]


def test_four_plots_stand_on_a_slide() -> None:
    chart = curves()
    plots = tuple(replace(chart.plots[0], key=f"plot {i}", title=f"Title {i}") for i in range(7))
    found = slides(replace(chart, plots=plots))
    assert [len(charts(slide)) for slide in found] == [4, 3]
    titles = [
        shape.text_frame.text for shape in found[0].shapes if shape.has_text_frame and "Title" in shape.text_frame.text
    ]
    assert titles == [f"Title {i}" for i in range(4)]
    descriptions = [shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in found[1].shapes if shape.has_chart]
    assert descriptions == [f"Title {i}. what it says" for i in (4, 5, 6)]


def test_plots_over_one_axis_of_time_stay_over_one_another() -> None:
    days = scale(0, 100, "Day", unit="days")
    above, below = (
        Plot(name, days, scale(0, 1, name), (Line(name, [0, 50], [0, 1], LINE),), Place(0, 1, top, top + 90),
             follows=follows)
        for name, top, follows in (("above", 0, ""), ("below", 100, "above"))
    )  # fmt: skip
    (slide,) = slides(Chart(260, curves().margins, (above, below)))
    first, second = (shape for shape in slide.shapes if shape.has_chart)
    assert first.top + first.height < second.top + 0.2 * EMU
    assert first.left == second.left


@pytest.mark.parametrize(
    ("y", "low", "high"),
    [
        (Scale(10**0.5, 100, "", logarithmic=True), 1, 100),
        (Scale(0, 60, "", ticks=scale(0, 60).ticks), 0, 60),
        (Scale(5, 60, "", ticks=(*scale(20, 40).ticks, *scale(60, 60).ticks[:1])), 0, 60),
    ],
)
def test_an_axis_begins_with_a_tick(y: Scale, low: float, high: float) -> None:
    """The ticks of a native chart are counted from the beginning of its axis."""
    (slide,) = slides(one_plot(Line("l", [0, 10], [20, 50], LINE), y=y))
    (chart,) = charts(slide)
    assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == pytest.approx((low, high))


def test_bars_of_spread_reach_as_far_as_they_do_on_an_axis_that_ends_before() -> None:
    """Quartiles 4 and 7; −3 and 12 on an axis from 0 to 10; a point beyond the axis of x has none."""
    line = Line(
        "m", [1, 2, 50], [5, 6, 7], LINE, "g", symbol="circle", lower=[4, -3, 6], upper=[7, 12, 8], spread="IQR"
    )
    chart = one_plot(line)
    found: dict[str, Any] = {series.name: series.points for series in series_of(chart, chart.plots[0])}
    assert found["g, IQR 1"] == ((1, 4), (1, 7))
    assert found["g, IQR 2"] == ((2, -3), (2, 12))
    assert "g, IQR 3" not in found
    assert found["g"] == ((1, 5), (2, 6))


def test_values_beyond_the_axis_keep_their_size_in_the_sheet() -> None:
    marks = (Line("m", [1, 2], [5, 16], LINE, "g"), Band("b", [1, 2], [-4, 5], [6, 20], BLUE, "h"),
             Points("p", [3.0], [-2.0], (BLUE,), series="i"))  # fmt: skip
    chart = one_plot(*marks)
    assert {series.name: series.points for series in series_of(chart, chart.plots[0])} == {
        "g": ((1, 5), (2, 16)), "h, lower": ((1, -4), (2, 5)), "h, upper": ((1, 6), (2, 20)), "i": ((3.0, -2.0),),
    }  # fmt: skip


def test_a_bar_that_reaches_below_zero_ends_where_a_logarithmic_axis_begins() -> None:
    line = Line("m", [1], [5], LINE, "g", lower=[-3], upper=[30], spread="SD")
    chart = one_plot(line, y=replace(scale(1, 10), logarithmic=True))
    assert series_of(chart, chart.plots[0])[0].points == ((1, 1), (1, 30))


def test_the_pieces_of_a_broken_line_have_names_of_their_own() -> None:
    pieces = [
        Line(f"m {at}", [at], [5], LINE, "g", symbol="circle", lower=[4], upper=[7], spread="SD") for at in (1, 2, 3)
    ]
    chart = one_plot(*pieces)
    assert [series.name for series in series_of(chart, chart.plots[0])] == [
        "g, SD 1", "g", "g, SD 1, part 2", "g, part 2", "g, SD 1, part 3", "g, part 3",
    ]  # fmt: skip


@pytest.mark.parametrize(("groups", "limits"), [(1, 2), (3, 6), (4, 0)])
def test_limits_of_more_than_three_groups_are_left_out(groups: int, limits: int) -> None:
    marks = [
        mark
        for i in range(groups)
        for mark in (Band(f"{i} band", [0, 3], [1, 2], [3, 4], BLUE, f"g{i}", what="95%"),
                     Line(f"{i} line", [0, 3], [2, 3], LINE, f"g{i}"))
    ]  # fmt: skip
    chart = one_plot(*marks)
    names = [series.name for series in series_of(chart, chart.plots[0])]
    assert [name for name in names if "95%" not in name] == [f"g{i}" for i in range(groups)]
    sides = [f"g{i}, 95%, {side}" for i in range(groups) for side in ("lower", "upper")]
    assert [name for name in names if "95%" in name] == sides[:limits]


def test_lines_across_the_plot_stand_at_both_edges_of_a_range() -> None:
    ground = (
        Rule("limit", 8.0, upright=False, stroke=Stroke(RED, 1, "dash"), text="upper limit"),
        Region("range", (None, None), (5, 6), BLUE, what="Target"),
        Region("stripe", (None, None), (0, 1), BLUE, whole=True),
        Rule("day", 4.0, upright=True, stroke=LINE),
    )
    chart = one_plot(ground=ground)
    found = {series.name: series.points for series in series_of(chart, chart.plots[0])}
    assert found == {
        "upper limit": ((0, 8.0), (10, 8.0)), "Target, 5": ((0, 5), (10, 5)), "Target, 6": ((0, 6), (10, 6)),
        "Line at 4": ((4.0, 0), (4.0, 10)),
    }  # fmt: skip


def test_steps_are_cut_at_the_end_and_parted_at_gaps() -> None:
    assert steps([(0, 1.0), (10, 0.5), (30, 0.2)], 20) == (((0, 1.0), (10, 1.0), (10, 0.5), (20, 0.5)),)
    assert steps([(0, None), (5, 1.0), (8, None), (9, 0.4)], inf) == (((5, 1.0),), ((9, 0.4),))
    assert steps([], 5) == ()


def test_steps_have_square_corners() -> None:
    (series, *_) = series_of(curves(), curves().plots[0])
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(series.points))


def test_type_becomes_smaller_where_a_column_is_narrow() -> None:
    wide = inches("a long name", 12)
    assert on_one_line([("a long name", "1")], (wide + 2 * SIDE + 0.001, 1.0), 12) == 12
    assert on_one_line([("a long name", "1")], (wide * 0.75 + 2 * SIDE, 1.0), 12) == pytest.approx(9.0, abs=0.1)
    assert on_one_line([("", "")], (0.1, 0.1), 12) == 12
