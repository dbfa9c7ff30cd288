"""Pictures: the artists on the sheet carry the numbers of the chart, and no text is cut off."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.offsetbox import AnnotationBbox

from components.chart.chart import Chart
from components.chart.marks import Band, Bar, Bars, Line, Part, Region, Rule, Stroke, Texts
from components.chart.picture import Drawing, drawing, rgba
from tests.chart.charts import BLUE, LINE, RED, bars, curves, forest, one_plot, scale, squares


def artists(sheet: Drawing, key: str) -> list[Any]:
    return [artist for axes in sheet.sheet.axes for artist in axes.get_children() if artist.get_gid() == key]


def texts(sheet: Drawing) -> list[Any]:
    found: list[Any] = []
    for axes in sheet.sheet.axes:
        found += [text for text in (*axes.texts, axes.xaxis.label, axes.yaxis.label) if text.get_text()]
        found += [artist for artist in axes.get_children() if isinstance(artist, AnnotationBbox)]
    return found


def written(sheet: Drawing) -> list[str]:
    return [text.get_text() for axes in sheet.sheet.axes for text in axes.texts]


def test_steps_and_points_carry_the_numbers_of_the_chart() -> None:
    sheet = drawing(curves(), 1000)
    (line,) = artists(sheet, "a curve")
    assert (line.get_xdata().tolist(), line.get_ydata().tolist()) == ([0, 100, 700], [1.0, 0.75, 0.5])
    assert (line.get_drawstyle(), line.get_color()) == ("steps-post", rgba(BLUE))
    (points,) = artists(sheet, "a censored")
    assert points.get_offsets().tolist() == [[650, 0.75], [759, 0.5]]


def test_numbers_under_the_curves_stand_on_the_ticks() -> None:
    sheet = drawing(curves(), 1000)
    FigureCanvasAgg(sheet.sheet).draw()
    axes = sheet.axes["plot"]
    numbers = [text for text in axes.texts if text.get_text() in {"9", "5", "2", "7"}]
    middles = [(box.x0 + box.x1) / 2 for box in (text.get_window_extent() for text in numbers)]
    wanted = axes.transData.transform([(x, 0) for x in (0, 365.25, 730.5, 730.5, 0, 365.25)])[:, 0]
    assert np.allclose(middles, wanted, atol=1.0)


@pytest.mark.parametrize("chart", [curves(), forest(3), bars(), bars(upright=True)])
def test_no_text_is_cut_off(chart: Chart) -> None:
    sheet = drawing(chart, 900)
    agg = FigureCanvasAgg(sheet.sheet)
    agg.draw()
    wide, high = agg.get_width_height()
    boxes = [text.get_window_extent(agg.get_renderer()) for text in texts(sheet)]
    assert len(boxes) > 4
    assert all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= wide and box.y1 <= high for box in boxes)


def test_the_sheet_grows_for_long_names_at_either_side() -> None:
    short, long = curves(), curves()
    name = "a name of more than forty characters, really"
    rows = tuple(type(row)(row.key, name, row.texts, row.group, row.owner, row.colour) for row in long.plots[0].rows)
    plot = long.plots[0]
    wide = type(plot)(plot.key, plot.x, plot.y, plot.marks, plot.place, ends=plot.ends, rows=rows, rows_from=50)
    grown = type(long)(long.height, long.margins, (wide,), long.key)
    assert drawing(grown, 1000).area[0] > drawing(short, 1000).area[0] + 0.1


def test_a_forest_plot_keeps_every_ratio_and_cuts_what_is_too_wide() -> None:
    sheet = drawing(forest(2), 1000)
    found = np.concatenate([points.get_offsets() for points in artists(sheet, "ratios")])
    assert sorted(map(tuple, found.tolist())) == [(1.0, -4.0), (1.0, -1.0), (2.0, -5.0), (2.0, -2.0)]
    assert sheet.axes["forest"].get_xscale() == "log"
    assert [tuple(line.get_xdata()) for line in artists(sheet, "intervals")] == [(0.1, 10), (0.1, 10)]
    assert written(sheet).count("2.00 (0.02–500)") == 2


def test_bars_stand_on_each_other_and_outlined_ones_have_their_rim() -> None:
    patches = artists(drawing(bars(), 800), "parts")
    assert [(patch.get_x(), patch.get_width()) for patch in patches] == [(0, 3), (3, 2), (0, 1), (1, 4)]
    assert patches[1].get_edgecolor() == rgba(BLUE)
    upright = artists(drawing(bars(upright=True), 800), "parts")
    assert [(patch.get_y(), patch.get_height()) for patch in upright] == [(0, 3), (3, 2), (0, 1), (1, 4)]


def test_a_third_part_stands_on_both_before_it() -> None:
    parts = tuple(Part(size, name, BLUE) for size, name in ((3.0, "A"), (2.0, "B"), (4.0, "C")))
    chart = one_plot(Bars("parts", (Bar(0, "all", "9", parts),), 0.4), x=scale(0, 10), y=scale(-1, 1))
    patches = artists(drawing(chart, 800), "parts")
    assert [(patch.get_x(), patch.get_width()) for patch in patches] == [(0, 3), (3, 2), (5, 4)]


def test_bars_of_spread_and_bands_keep_their_ends() -> None:
    line = Line("m", [0, 1], [5, 6], LINE, symbol="circle", joined=False, lower=[2, 2], upper=[6, 8])
    sheet = drawing(one_plot(line, Band("band", [0, 1], [1, 2], [7, 9], BLUE)), 600)
    (spread,) = sheet.axes["plot"].containers
    assert [segment[:, 1].tolist() for segment in spread[2][0].get_segments()] == [[2, 6], [2, 8]]
    (band,) = artists(sheet, "band")
    assert {(0.0, 1.0), (0.0, 7.0), (1.0, 2.0), (1.0, 9.0)} <= {tuple(at) for at in band.get_paths()[0].vertices}


def test_squares_have_the_colours_of_their_kinds() -> None:
    patches = sheet_patches(drawing(squares(), 600))
    assert [round(patch.get_x() + 0.42, 9) for patch in patches] == [0, 1, 0]
    assert [patch.get_facecolor() for patch in patches] == [rgba(BLUE), rgba(RED), rgba(RED)]


def sheet_patches(sheet: Drawing) -> list[Any]:
    return list(sheet.axes["plot"].patches)


def test_regions_and_rules_lie_where_they_are_asked_to() -> None:
    ground = (
        Region("range", (2, 4), (None, None), BLUE, 0.5),
        Rule("limit", 3.0, upright=False, stroke=LINE, text="upper limit"),
        Rule("day", 4.0, upright=True, stroke=Stroke(RED, 1, "dash"), text="stopped"),
    )
    sheet = drawing(one_plot(ground=ground), 600)
    (patch,) = sheet_patches(sheet)
    assert (patch.get_x(), patch.get_width(), patch.get_y(), patch.get_height()) == (2, 2, 0, 10)
    assert {"upper limit", "stopped"} <= set(written(sheet))
    ends = [tuple(np.asarray(line.get_xdata())) for line in sheet.axes["plot"].lines]
    assert (4.0, 4.0) in ends


def test_text_is_text_whatever_signs_it_holds() -> None:
    odd = ["$x$", "<b>bold</b>", "%{x}"]
    sheet = drawing(one_plot(Texts("t", [1, 2, 3], [1, 1, 1], odd), x=scale(title="$\\alpha$ & <i>x</i>")), 600)
    assert set(odd) <= set(written(sheet))
    assert sheet.axes["plot"].get_xlabel() == "$\\alpha$ & <i>x</i>"
    FigureCanvasAgg(sheet.sheet).draw()


def test_names_beside_their_curves_are_not_in_the_key_again() -> None:
    sheet = drawing(curves(), 900)
    assert not [child for child in sheet.paper.get_children() if type(child).__name__ == "Legend"]
