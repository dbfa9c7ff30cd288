from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.text import Text
from PIL import Image

from components.export.canvas import Canvas
from components.export.image import drawn, picture, table_picture
from components.export.pages import Paragraph, one_sheet
from components.export.stamp import Stamp
from components.export.traces import rgba
from components.panels.panel import Panel
from components.wording.tables import Table

SIMPLE: dict[str, Any] = {"margin": {"l": 60, "r": 20, "t": 10, "b": 40}, "height": 300}


def artists(sheet: Canvas, uid: str) -> list[Any]:
    return [artist for axes in sheet.sheet.axes for artist in axes.get_children() if artist.get_gid() == uid]


def texts(sheet: Canvas) -> list[Any]:
    found = []
    for axes in sheet.sheet.axes:
        found += [text for text in (*axes.texts, axes.xaxis.label, axes.yaxis.label) if text.get_text()]
        found += [artist for artist in axes.get_children() if isinstance(artist, AnnotationBbox)]
    return found


@pytest.mark.parametrize("groups", [1, 3, 6])
def test_lines_and_points_carry_the_numbers_of_the_figure(panels: dict[int, Panel], groups: int) -> None:
    figure = panels[groups].figure
    assert figure is not None
    sheet = drawn(figure)
    compared = 0
    for trace in figure["data"]:
        if trace.get("mode") == "lines" and trace["line"]["width"]:
            (line,) = artists(sheet, trace["uid"])
            assert np.array_equal(line.get_xdata(), trace["x"])
            assert np.array_equal(line.get_ydata(), trace["y"])
            assert line.get_drawstyle() == "steps-post"
            assert line.get_color() == rgba(trace["line"]["color"], trace.get("opacity", 1))
            compared += 1
        elif trace.get("mode") == "markers" and trace["x"]:
            (points,) = artists(sheet, trace["uid"])
            assert np.array_equal(points.get_offsets(), np.column_stack((trace["x"], trace["y"])))
            compared += 1
    assert compared >= 2 * groups


def test_the_numbers_under_the_curves_stand_on_the_ticks(panels: dict[int, Panel]) -> None:
    figure = panels[3].figure
    assert figure is not None
    sheet = drawn(figure)
    FigureCanvasAgg(sheet.sheet).draw()
    counts = next(trace for trace in figure["data"] if trace["uid"] == "counts")
    below, above = sheet.plots["x", "y2"], sheet.plots["x", "y"]
    numbers = [text for text in below.texts if text.get_text().isdigit()]
    assert [text.get_text() for text in numbers] == counts["text"]
    wanted = above.transData.transform([(x, 0) for x in counts["x"]])[:, 0]
    middles = [(box.x0 + box.x1) / 2 for box in (text.get_window_extent() for text in numbers)]
    assert np.allclose(middles, wanted, atol=1.0)


@pytest.mark.parametrize("groups", [1, 3, 6])
def test_no_text_is_cut_off(panels: dict[int, Panel], stamped: Stamp, groups: int) -> None:
    panel = panels[groups]
    assert panel.figure is not None
    sheet = drawn(panel.figure, panel.title, stamped.lines)
    agg = FigureCanvasAgg(sheet.sheet)
    agg.draw()
    wide, high = agg.get_width_height()
    boxes = [text.get_window_extent(agg.get_renderer()) for text in texts(sheet)]
    assert len(boxes) > 15
    assert all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= wide and box.y1 <= high for box in boxes)


def test_the_forest_plot_keeps_every_ratio(forest: Panel) -> None:
    figure = forest.figure
    assert figure is not None
    sheet = drawn(figure)
    squares = next(trace for trace in figure["data"] if trace["uid"] == "squares")
    found = np.concatenate([points.get_offsets() for points in artists(sheet, "squares")])
    assert sorted(map(tuple, found)) == sorted(zip(squares["x"], squares["y"], strict=True))
    assert sheet.plots["x", "y"].get_xscale() == "log"
    assert sheet.plots["x", "y"].get_xlim() == pytest.approx((0.05, 100.0))
    shown = {text.get_text().strip() for axes in sheet.sheet.axes for text in axes.texts}
    assert {"Male", "Female", "reference", "0.1", "30"} <= shown


def test_a_png_has_colours_and_three_hundred_dots_an_inch(panels: dict[int, Panel], stamped: Stamp) -> None:
    panel = panels[3]
    assert panel.figure is not None
    image = Image.open(BytesIO(picture(panel.figure, "png", panel.title, stamped.lines)))
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert image.info["Title"] == panel.title
    colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 24) or []}
    assert {(0, 97, 143), (179, 71, 0), (0, 112, 90)} <= colours


def test_svg_and_pdf_stand_alone_and_are_the_same_each_time(forest: Panel) -> None:
    assert forest.figure is not None
    svg = picture(forest.figure, "svg", forest.title)
    assert svg == picture(forest.figure, "svg", forest.title)
    assert b"<text" not in svg, "letters are outlines"
    assert b"<image" not in svg
    pdf = picture(forest.figure, "pdf", forest.title)
    assert pdf.startswith(b"%PDF")
    assert b"FontFile2" in pdf, "the font is inside the file"


def test_bars_stand_on_each_other_where_the_layout_says_so() -> None:
    bars = [{"type": "bar", "uid": name, "x": [0, 1], "y": sizes, "width": 0.9} for name, sizes in
            (("first", [3, 1]), ("second", [2, 4]))]  # fmt: skip
    for mode, bottoms in (("stack", [3.0, 1.0]), ("overlay", [0.0, 0.0])):
        sheet = drawn({"data": bars, "layout": SIMPLE | {"barmode": mode}})
        assert [bar.get_y() for bar in sheet.plots["x", "y"].containers[1]] == bottoms
        assert [bar.get_height() for bar in sheet.plots["x", "y"].containers[1]] == [2, 4]


def test_a_third_bar_stands_on_both_below_it() -> None:
    bars = [{"type": "bar", "uid": str(size), "x": [0], "y": [size], "width": 0.9} for size in (3, 2, 4)]
    sheet = drawn({"data": bars, "layout": SIMPLE | {"barmode": "stack"}})
    assert [bars[0].get_y() for bars in sheet.plots["x", "y"].containers] == [0.0, 3.0, 5.0]


def test_a_note_on_a_logarithmic_axis_stands_at_the_power_of_ten_it_names() -> None:
    line = {"uid": "l", "mode": "lines", "x": [0, 1], "y": [1, 1000]}
    note = {"text": "a hundred", "x": 0.5, "y": 2, "showarrow": False, "xref": "x", "yref": "y"}
    axes = {"xaxis": {"range": [0, 1]}, "yaxis": {"type": "log", "range": [0, 3]}, "annotations": [note]}
    sheet = drawn({"data": [line], "layout": SIMPLE | axes})
    (text,) = (one for one in sheet.paper.texts if one.get_text() == "a hundred")
    assert text.get_position() == (0.5, 100.0)


def test_bars_of_spread_and_bands_keep_their_ends() -> None:
    points = {"mode": "markers", "x": [0, 1], "y": [5, 6], "marker": {"color": "#0b6677"},
              "error_y": {"array": [1, 2], "arrayminus": [3, 4], "color": "#0b6677"}}  # fmt: skip
    edge = {"mode": "lines", "x": [0, 1], "y": [1, 2], "line": {"width": 0}}
    upper = {**edge, "y": [7, 9], "fill": "tonexty", "fillcolor": "rgba(11,102,119,0.1)", "uid": "band"}
    sheet = drawn({"data": [points, edge, upper], "layout": SIMPLE})
    (bars,) = sheet.plots["x", "y"].containers
    assert [segment[:, 1].tolist() for segment in bars[2][0].get_segments()] == [[2, 6], [2, 8]]
    (band,) = artists(sheet, "band")
    assert {(0.0, 1.0), (0.0, 7.0), (1.0, 2.0), (1.0, 9.0)} <= {tuple(at) for at in band.get_paths()[0].vertices}


def test_squares_of_a_heatmap_have_the_colours_of_their_numbers() -> None:
    scale = [(0, "#0b6677"), (0.5, "#0b6677"), (0.5, "#8a1c1c"), (1, "#8a1c1c")]
    squares = {"type": "heatmap", "uid": "q", "x": [0, 1], "y": [0, -1], "z": [[0, 1], [1, None]], "zmin": -0.5,
               "zmax": 1.5, "colorscale": scale, "xgap": 2}  # fmt: skip
    sheet = drawn({"data": [squares], "layout": SIMPLE})
    (mesh,) = artists(sheet, "q")
    mesh.update_scalarmappable()
    assert np.ma.getmaskarray(mesh.get_array()).tolist() == [[False, False], [False, True]]
    found = mesh.get_facecolor().reshape(2, 2, 4)
    assert np.allclose([found[0, 0], found[0, 1], found[1, 0]], [rgba(scale[at][1]) for at in (0, 2, 2)])


def test_an_axis_anchored_to_no_other_stands_at_its_place() -> None:
    lines = [{"uid": y, "x": [0, 1], "y": [0, 1], "yaxis": y, "mode": "lines"} for y in ("y", "y2")]
    axis = {"range": [0, 1], "tickvals": [0, 1], "ticktext": ["a", "b"], "anchor": "free", "position": 0}
    layout = SIMPLE | {"xaxis": axis, "yaxis": {"domain": [0.6, 1]}, "yaxis2": {"domain": [0.1, 0.5]}}
    sheet = drawn({"data": lines, "layout": layout})
    (free,) = (axes for pair, axes in sheet.plots.items() if "free" in pair)
    assert [text.get_text() for text in free.texts] == ["a", "b"]
    assert free.get_position().y0 == pytest.approx(sheet.area[1])
    assert sheet.plots["x", "y"].get_position().y0 > free.get_position().y0


@pytest.mark.parametrize(
    "trace", [{"type": "pie"}, {"mode": "lines", "x": [0], "y": [0], "fill": "tonextx", "fillcolor": "#000000"}]
)
def test_what_has_no_picture_is_refused(trace: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no picture"):
        drawn({"data": [trace], "layout": SIMPLE})


def test_every_label_may_stand_on_a_side_of_its_own() -> None:
    trace = {"uid": "t", "mode": "markers+text", "x": [1, 2], "y": [1, 1], "text": ["one", "two"],
             "textposition": ["middle right", "top center"]}  # fmt: skip
    spec = {"range": [0, 3]}
    sheet = drawn({"data": [trace], "layout": {"height": 200, "xaxis": spec, "yaxis": spec}})
    sides = {text.get_text(): (text.get_ha(), text.get_va()) for text in texts(sheet)}
    assert (sides["one"], sides["two"]) == (("left", "center_baseline"), ("center", "bottom"))


def test_a_table_alone_is_a_picture_with_its_title_and_stamp() -> None:
    rows = tuple((f"Row {i}", "1 (50.0)") for i in range(60))
    table = Table(("Name", "n (%)"), rows)
    sheet = one_sheet((Paragraph("Who they are", "heading"), table), 1040, ("Seven patients.", "Myoscope"))
    agg = FigureCanvasAgg(sheet)
    agg.draw()
    written = {text.get_text(): text.get_window_extent(agg.get_renderer()) for text in sheet.findobj(Text)}
    assert {"Who they are", "Name", "n (%)", "Row 0", "Row 59", "Seven patients.", "Myoscope"} <= written.keys()
    _, high = agg.get_width_height()
    assert 40 < written["Myoscope"].y0 < 80
    assert high - 100 < written["Who they are"].y1 < high - 40
    for kind, start in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        assert table_picture((table,), kind, "Who they are", ("Seven patients.",)).startswith(start)


def test_bars_have_the_rim_they_have_on_the_screen() -> None:
    rim = {"color": "#0b6677", "width": 2}
    bar = {"type": "bar", "uid": "b", "x": [1, 2], "y": [2, 3], "marker": {"color": "#bad2d8", "line": rim}}
    sheet = drawn({"data": [bar, {**bar, "uid": "plain", "marker": {"color": "#bad2d8"}}], "layout": SIMPLE})
    widths = {patch.get_gid(): patch.get_linewidth() for axes in sheet.sheet.axes for patch in axes.patches}
    assert (widths["b"], widths["plain"]) == (1.5, 0)
