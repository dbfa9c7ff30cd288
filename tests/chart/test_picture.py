"""Pictures: the artists on the sheet carry the numbers of the chart, and no text is cut off."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.offsetbox import AnnotationBbox

from components.chart.chart import Chart, Entry, Key, named_ticks
from components.chart.marks import Region, Rule, Stroke, Texts
from components.chart.picture import Drawing, drawing
from tests.chart.charts import BLUE, LINE, RED, bars, curves, forest, one_plot, scale
from tests.chart.drawn import patches, written


def texts(sheet: Drawing) -> list[Any]:
    found: list[Any] = []
    for axes in sheet.sheet.axes:
        found += [text for text in (*axes.texts, axes.xaxis.label, axes.yaxis.label) if text.get_text()]
        found += [artist for artist in axes.get_children() if isinstance(artist, AnnotationBbox)]
    return found


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
    plot = long.plots[0]
    grown = replace(long, plots=(replace(plot, rows=tuple(replace(row, name=name) for row in plot.rows)),))
    assert drawing(grown, 1000).area[0] > drawing(short, 1000).area[0] + 0.1


def test_regions_and_rules_lie_where_they_are_asked_to() -> None:
    ground = (
        Region("range", (2, 4), (None, None), BLUE, 0.5),
        Rule("limit", 3.0, upright=False, stroke=LINE, text="upper limit"),
        Rule("day", 4.0, upright=True, stroke=Stroke(RED, 1, "dash"), text="stopped"),
    )
    sheet = drawing(one_plot(ground=ground), 600)
    (patch,) = patches(sheet)
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


def test_of_ticks_too_near_one_another_only_some_are_named() -> None:
    names = [f"{i} thousand" for i in range(12)]
    sheet = drawing(one_plot(x=scale(0, 11, ticks=named_ticks(range(12), names))), 420)
    agg = FigureCanvasAgg(sheet.sheet)
    agg.draw()
    found = [text for text in sheet.axes["plot"].texts if text.get_text() in names]
    boxes = sorted((text.get_window_extent(agg.get_renderer()) for text in found), key=lambda box: box.x0)
    assert 3 < len(boxes) < 12
    assert all(one.x1 <= other.x0 for one, other in pairwise(boxes))


@pytest.mark.parametrize("wide", [480, 560, 700, 1000])
def test_a_key_with_a_long_name_stays_on_the_picture(wide: int) -> None:
    long = "a group whose name is as long as half of the picture is wide"
    entries = tuple(Entry(name, name, BLUE) for name in ("A", "B", long, "D"))
    sheet = drawing(one_plot(key=Key(entries)), wide)
    agg = FigureCanvasAgg(sheet.sheet)
    agg.draw()
    (legend,) = [child for child in sheet.paper.get_children() if type(child).__name__ == "Legend"]
    assert legend.get_window_extent(agg.get_renderer()).x1 <= wide
