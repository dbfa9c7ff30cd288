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

from components.chart.chart import Chart
from components.chart.lettering import NARROWER, wrapped
from components.chart.native import INCH, TEXT, Frame
from components.chart.slide import Words, draw, native, parts_of
from components.core.markup import plain
from components.core.panel import Panel
from components.core.procedure_words import sentences
from components.export.image import WIDTH, picture
from components.export.slide_tables import (
    HEAD,
    ROW,
    Columns,
    columns_of,
    pages_of,
    strip_height,
    strip_on,
    table_on,
)
from components.export.slide_words import COUNTS, DATA_SHEET, FOREST_TABLE, part
from components.export.stamp import Stamp
from components.export.table_files import LONGEST_TITLE

CAPTION, BETWEEN = 0.34, 0.35
WIDE, HIGH, EDGE = 13.333, 7.5, 0.5
TOP, INSIDE = 1.15, WIDE - 2 * EDGE
SMALL, FOOT_SIZE, FOOT_LEADING, BELOW = "5B6B7A", 9, 1.25, 0.16
TITLE, LONG_TITLE, LONG = 28, 22, 52
"""Sizes of titles, and the characters from which on a title takes the smaller one on all of its slides."""

NARROWEST = 900
"""Pixels below which a picture is not squeezed to have its type larger on the slide."""

TITLE_ONLY = 5
"""The layout with nothing but a title in python-pptx's own template."""


@dataclass(frozen=True, eq=False)
class Entry:
    """A panel chosen for the presentation: the title of its slide, and the stamp it was shown with."""

    title: str
    panel: Panel
    stamp: Stamp

    @property
    def foot(self) -> Frame:
        """Where the stamp stands: at the lower edge, as high as its lines need."""
        most = INSIDE * 72 * NARROWER
        lines = sum(len(wrapped(line, FOOT_SIZE, most)) for line in self.stamp.lines)
        high = lines * FOOT_SIZE * FOOT_LEADING / 72
        return Frame(EDGE, HIGH - BELOW - high, INSIDE, high)

    @property
    def body(self) -> Frame:
        """The room between title and stamp."""
        return Frame(EDGE, TOP, INSIDE, self.foot.top - 0.1 - TOP)


def presentation(entries: Sequence[Entry]) -> bytes:
    """A .pptx of ``entries`` in their order: figures as native charts where they can be, else as pictures; tables.

    What does not fit on one slide goes on to the next under the same title. Raises ValueError without entries.
    """
    if not entries:
        raise ValueError("a presentation needs a panel")
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(round(WIDE * INCH)), Emu(round(HIGH * INCH))
    deck.core_properties.title, deck.core_properties.author = entries[0].title[:LONGEST_TITLE], "Myoscope"
    for entry in entries:
        _figure_slides(deck, entry)
        _table_slides(deck, entry)
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _figure_slides(deck: Deck, entry: Entry) -> None:
    panel, body = entry.panel, entry.body
    if panel.figure is None:
        return
    if not native(panel.figure):
        _picture(_slide(deck, entry, entry.title), panel, panel.figure, body)
        return
    strip = panel.strip
    under = body if strip is None else body.under(strip_height(strip))
    parts = parts_of(panel.figure, under.high)
    words = Words(panel.alt, COUNTS, FOREST_TABLE)
    for i, each in enumerate(parts):
        slide = _slide(deck, entry, part(entry.title, i + 1, len(parts)), sheet=True)
        if strip is not None:
            strip_on(slide, strip, body)
        draw(slide, panel.figure, each, under, words)


def _picture(slide: Slide, panel: Panel, chart: Chart, body: Frame) -> None:
    """The chart as a picture, no wider in pixels than it needs, so that its type is as large as may be."""
    high = chart.height
    wide = min(max(high * body.wide / body.high, NARROWEST), WIDTH)
    scale = min(body.wide / wide, body.high / high)
    left = body.left + (body.wide - wide * scale) / 2
    frame = Frame(left, body.top, wide * scale, high * scale)
    shape = slide.shapes.add_picture(BytesIO(picture(chart, "png", wide=wide)), *frame.emu)
    shape._element.nvPicPr.cNvPr.set("descr", plain(panel.alt))  # noqa: SLF001 - python-pptx has no alternative text


def _table_slides(deck: Deck, entry: Entry) -> None:
    """The panel's tables one under the other, as many on a slide as there is room for."""
    body = entry.body
    if not any(table.rows for table in entry.panel.tables) and entry.panel.figure is None:
        _text(_slide(deck, entry, entry.title), body, plain(entry.panel.alt), 20, TEXT)
    slides: list[list[tuple[Columns, tuple[int, ...], float]]] = []
    free = 0.0
    for table in entry.panel.tables_under:
        above, columns = CAPTION if table.caption else 0.0, columns_of(table)
        for rows in pages_of(table, body.high - above) if table.rows else ():
            high = HEAD + ROW * len(rows) + above + BETWEEN
            if high > free:
                slides.append([])
                free = body.high + BETWEEN
            slides[-1].append((columns, rows, body.top + body.high + BETWEEN - free))
            free -= high
    for i, page in enumerate(slides):
        slide = _slide(deck, entry, part(entry.title, i + 1, len(slides)))
        for columns, rows, top in page:
            caption = columns.table.caption
            if caption:
                _text(slide, Frame(body.left, top, body.wide, CAPTION), caption, 14, TEXT)
            under = top + (CAPTION if caption else 0)
            table_on(slide, columns, rows, Frame(body.left, under, body.wide, body.high))


def _slide(deck: Deck, entry: Entry, title: str, *, sheet: bool = False) -> Slide:
    """A slide with title and stamp; method, patients and summary in the notes for the speaker."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    head = slide.shapes.title
    assert head is not None  # noqa: S101 - the layout "title only" has one
    head.left, head.top, head.width, head.height = Frame(EDGE, 0.3, INSIDE, 0.75).emu
    frame = head.text_frame
    frame.text, frame.word_wrap, frame.auto_size = title, True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = 0
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(TITLE if len(entry.title) < LONG else LONG_TITLE), True
    font.color.rgb = RGBColor.from_string(TEXT)
    _text(slide, entry.foot, "\n".join(entry.stamp.lines), FOOT_SIZE, SMALL)
    notes = slide.notes_slide.notes_text_frame
    if notes is not None:
        made_with = sentences(entry.panel.procedures, entry.stamp.conventions.level)
        told = (plain(entry.panel.alt), *entry.stamp.lines, *made_with, *((DATA_SHEET,) if sheet else ()))
        notes.text = "\n".join(told)
    return slide


def _text(slide: Slide, frame: Frame, text: str, size: float, colour: str) -> None:
    box = slide.shapes.add_textbox(*frame.emu).text_frame
    box.word_wrap = True
    box.margin_left = box.margin_right = box.margin_top = box.margin_bottom = 0
    box.text = text
    for paragraph in box.paragraphs:
        paragraph.font.size = Pt(size)
        paragraph.font.color.rgb = RGBColor.from_string(colour)
