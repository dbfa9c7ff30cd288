"""The marks of a chart on a picture: the artists carry the numbers of the chart."""

from __future__ import annotations

import numpy as np

from components.chart.marks import Band, Bar, Bars, Intervals, Line, Part, Stroke
from components.chart.picture import drawing
from components.chart.picture_marks import rgba
from tests.chart.charts import BLUE, LINE, RED, bars, curves, forest, one_plot, scale, squares
from tests.chart.drawn import artists, patches, written


def test_steps_and_points_carry_the_numbers_of_the_chart() -> None:
    sheet = drawing(curves(), 1000)
    (line,) = artists(sheet, "a curve")
    assert (line.get_xdata().tolist(), line.get_ydata().tolist()) == ([0, 100, 700], [1.0, 0.75, 0.5])
    assert (line.get_drawstyle(), line.get_color()) == ("steps-post", rgba(BLUE))
    (points,) = artists(sheet, "a censored")
    assert points.get_offsets().tolist() == [[650, 0.75], [759, 0.5]]


def test_a_forest_plot_keeps_every_ratio_and_cuts_what_is_too_wide() -> None:
    sheet = drawing(forest(2), 1000)
    found = np.concatenate([points.get_offsets() for points in artists(sheet, "ratios")])
    assert sorted(map(tuple, found.tolist())) == [(1.0, -4.0), (1.0, -1.0), (2.0, -5.0), (2.0, -2.0)]
    assert sheet.axes["forest"].get_xscale() == "log"
    assert [tuple(line.get_xdata()) for line in artists(sheet, "intervals")] == [(0.1, 10), (0.1, 10)]
    assert written(sheet).count("2.00 (0.02–500)") == 2


def test_a_dotted_range_is_dotted() -> None:
    """A range over reconstructions is no confidence interval, and does not look like one."""
    marks = (
        Intervals("limits", [0.0], [0.2], [0.6], LINE),
        Intervals("range", [1.0], [0.2], [0.6], Stroke(BLUE, 2, "dot")),
    )
    sheet = drawing(one_plot(*marks), 1000)
    styles = [line.get_linestyle() for key in ("limits", "range") for line in artists(sheet, key)]
    assert styles == ["-", "--"]


def test_bars_stand_on_each_other_and_outlined_ones_have_their_rim() -> None:
    found = artists(drawing(bars(), 800), "parts")
    assert [(patch.get_x(), patch.get_width()) for patch in found] == [(0, 3), (3, 2), (0, 1), (1, 4)]
    assert found[1].get_edgecolor() == rgba(BLUE)
    upright = artists(drawing(bars(upright=True), 800), "parts")
    assert [(patch.get_y(), patch.get_height()) for patch in upright] == [(0, 3), (3, 2), (0, 1), (1, 4)]


def test_a_third_part_stands_on_both_before_it() -> None:
    parts = tuple(Part(size, name, BLUE) for size, name in ((3.0, "A"), (2.0, "B"), (4.0, "C")))
    chart = one_plot(Bars("parts", (Bar(0, "all", "9", parts),), 0.4), x=scale(0, 10), y=scale(-1, 1))
    found = artists(drawing(chart, 800), "parts")
    assert [(patch.get_x(), patch.get_width()) for patch in found] == [(0, 3), (3, 2), (5, 4)]


def test_bars_of_spread_and_bands_keep_their_ends() -> None:
    line = Line("m", [0, 1], [5, 6], LINE, symbol="circle", joined=False, lower=[2, 2], upper=[6, 8])
    sheet = drawing(one_plot(line, Band("band", [0, 1], [1, 2], [7, 9], BLUE)), 600)
    (spread,) = sheet.axes["plot"].containers
    assert [segment[:, 1].tolist() for segment in spread[2][0].get_segments()] == [[2, 6], [2, 8]]
    (band,) = artists(sheet, "band")
    assert {(0.0, 1.0), (0.0, 7.0), (1.0, 2.0), (1.0, 9.0)} <= {tuple(at) for at in band.get_paths()[0].vertices}


def test_squares_have_the_colours_of_their_kinds() -> None:
    found = patches(drawing(squares(), 600))
    assert [round(patch.get_x() + 0.42, 9) for patch in found] == [0, 1, 0]
    assert [patch.get_facecolor() for patch in found] == [rgba(BLUE), rgba(RED), rgba(RED)]
