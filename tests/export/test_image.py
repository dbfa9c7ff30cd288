from __future__ import annotations

from io import BytesIO

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from components.core.panel import Panel
from components.core.table import Table
from components.export.image import Kind, drawn, picture, table_picture
from components.export.pages import Paragraph, one_sheet
from components.export.stamp import Stamp


@pytest.mark.parametrize("groups", [1, 3, 6])
def test_title_and_stamp_stand_on_the_sheet_and_nothing_is_cut_off(
    panels: dict[int, Panel], stamped: Stamp, groups: int
) -> None:
    panel = panels[groups]
    assert panel.figure is not None
    sheet = drawn(panel.figure, panel.title, stamped.lines).sheet
    agg = FigureCanvasAgg(sheet)
    agg.draw()
    wide, high = agg.get_width_height()
    shown = [text for text in sheet.findobj(Text) if text.get_visible() and text.get_text()]
    texts = {text.get_text(): text.get_window_extent(agg.get_renderer()) for text in shown}
    assert panel.title in texts
    assert any("Myoscope" in line for line in texts)
    boxes = [box for text, box in texts.items() if text]
    assert len(boxes) > 15
    assert all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= wide and box.y1 <= high for box in boxes)


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
    beginnings: tuple[tuple[Kind, bytes], ...] = (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"))
    for kind, start in beginnings:
        assert table_picture((table,), kind, "Who they are", ("Seven patients.",)).startswith(start)
