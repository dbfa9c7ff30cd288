"""A presentation of panels: native charts and tables that can be edited in PowerPoint, with stamp and notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Pt

from components.export.charts import INCH, TEXT, Frame
from components.export.image import WIDTH, picture
from components.export.slide_figure import draw_native, native
from components.export.slide_forest import axis_ends, draw_forest, forest_pages
from components.export.slide_tables import HEAD, ROW, pages_of, table_on
from components.export.stamp import Stamp
from components.panels.panel import Panel
from components.wording.slides import DATA_SHEET, part
from components.wording.tables import Table

CAPTION, BETWEEN = 0.34, 0.35
WIDE, HIGH, EDGE = 13.333, 7.5, 0.5
BODY = Frame(EDGE, 1.2, WIDE - 2 * EDGE, 5.45)
SMALL = "5B6B7A"
TITLE_ONLY = 5
"""The layout with nothing but a title in python-pptx's own template."""


@dataclass(frozen=True, eq=False)
class Entry:
    """A panel chosen for the presentation: the title of its slide, and the stamp it was shown with."""

    title: str
    panel: Panel
    stamp: Stamp


def presentation(entries: Sequence[Entry]) -> bytes:
    """A .pptx of ``entries`` in their order: figures as native charts where they can be, else as pictures; tables.

    What does not fit on one slide goes on to the next under the same title. Raises ValueError without entries.
    """
    if not entries:
        raise ValueError("a presentation needs a panel")
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(round(WIDE * INCH)), Emu(round(HIGH * INCH))
    deck.core_properties.title, deck.core_properties.author = entries[0].title, "Myoscope"
    for entry in entries:
        _figure_slides(deck, entry)
        _table_slides(deck, entry)
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _figure_slides(deck: Deck, entry: Entry) -> None:
    panel = entry.panel
    if panel.figure is None:
        return
    if panel.kind == "prognosis":
        pages, ends = forest_pages(panel.result), axis_ends(panel.result)
        for i, rows in enumerate(pages):
            slide = _slide(deck, entry, part(entry.title, i + 1, len(pages)), sheet=True)
            draw_forest(slide, rows, ends, BODY, panel.alt)
    elif native(panel.figure):
        draw_native(_slide(deck, entry, entry.title, sheet=True), panel.figure, BODY, panel.alt)
    else:
        _picture(_slide(deck, entry, entry.title), panel)


def _picture(slide: Slide, panel: Panel) -> None:
    if panel.figure is None:
        return
    high = panel.figure["layout"]["height"]
    scale = min(BODY.wide / WIDTH, BODY.high / high)
    left = BODY.left + (BODY.wide - WIDTH * scale) / 2
    frame = Frame(left, BODY.top, WIDTH * scale, high * scale)
    shape = slide.shapes.add_picture(BytesIO(picture(panel.figure, "png")), *frame.emu)
    shape._element.nvPicPr.cNvPr.set("descr", panel.alt)  # noqa: SLF001 - python-pptx has no alternative text


def _table_slides(deck: Deck, entry: Entry) -> None:
    """The panel's tables one under the other, as many on a slide as there is room for."""
    if not any(table.rows for table in entry.panel.tables) and entry.panel.figure is None:
        _text(_slide(deck, entry, entry.title), BODY, entry.panel.alt, 20, TEXT)
    pages: list[list[tuple[Table, tuple[int, ...], float]]] = []
    free = 0.0
    for table in entry.panel.tables:
        for rows in pages_of(table) if table.rows else ():
            high = HEAD + ROW * len(rows) + (CAPTION if table.caption else 0) + BETWEEN
            if high > free:
                pages.append([])
                free = BODY.high + BETWEEN
            pages[-1].append((table, rows, BODY.top + BODY.high + BETWEEN - free))
            free -= high
    for i, page in enumerate(pages):
        slide = _slide(deck, entry, part(entry.title, i + 1, len(pages)))
        for table, rows, top in page:
            if table.caption:
                _text(slide, Frame(BODY.left, top, BODY.wide, CAPTION), table.caption, 14, TEXT)
            under = top + (CAPTION if table.caption else 0)
            table_on(slide, table, rows, Frame(BODY.left, under, BODY.wide, BODY.high))


def _slide(deck: Deck, entry: Entry, title: str, *, sheet: bool = False) -> Slide:
    """A slide with title and stamp; method, patients and summary in the notes for the speaker."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    head = slide.shapes.title
    assert head is not None  # noqa: S101 - the layout "title only" has one
    head.left, head.top, head.width, head.height = Frame(EDGE, 0.3, WIDE - 2 * EDGE, 0.75).emu
    frame = head.text_frame
    frame.text, frame.word_wrap, frame.auto_size = title, True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = 0
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(28 if len(title) < 60 else 22), True
    font.color.rgb = RGBColor.from_string(TEXT)
    _text(slide, Frame(EDGE, 6.78, WIDE - 2 * EDGE, 0.6), "\n".join(entry.stamp.lines[-2:]), 10, SMALL)
    notes = slide.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = "\n".join((entry.panel.alt, *entry.stamp.lines, *((DATA_SHEET,) if sheet else ())))
    return slide


def _text(slide: Slide, frame: Frame, text: str, size: float, colour: str) -> None:
    box = slide.shapes.add_textbox(*frame.emu).text_frame
    box.word_wrap = True
    box.margin_left = box.margin_top = box.margin_bottom = 0
    box.text = text
    for paragraph in box.paragraphs:
        paragraph.font.size = Pt(size)
        paragraph.font.color.rgb = RGBColor.from_string(colour)
