"""A table as a file: CSV, Excel and Word, each with its footer in small type."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from io import BytesIO, StringIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Emu, Pt
from docx.table import Table as DocxTable
from docx.table import _Cell, _Row
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from components.core.numbers import MINUS, THIN_SPACE
from components.core.table import Table
from data.language import say

NUMBER = re.compile(rf"[{MINUS}-]?\d+(?:[{THIN_SPACE}]\d{{3}})*(?:\.\d+)?")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a text must not begin with: a spreadsheet would take it for a formula."""
INDENT = "  "
LONGEST_TITLE = 255
"""Letters that the properties of a Word or PowerPoint file may hold; in the file itself the title stands in full."""
MANY_COLUMNS = 6
A4 = (21.0, 29.7)
"""Centimetres; the library's own page is American."""
SMALL, BODY, MARGIN = 8, 9, 1.8
FIRST_SHARE = 0.34
"""The part of the line that the first column of a Word table takes."""
LINE = Side(style="thin", color="1F2D3A")


def plain_text(table: Table, footer: tuple[str, ...]) -> str:
    """The table as tab-separated lines, for the clipboard, the footer after an empty line."""
    lines = [table.columns, *_indented(table), (), *((line,) for line in footer)]
    return "\n".join("\t".join(re.sub(r"[\t\r\n]+", " ", formula_safe(cell)) for cell in line) for line in lines)


def csv_file(table: Table, footer: tuple[str, ...]) -> bytes:
    """Comma-separated lines in UTF-8 with the mark Excel looks for; numbers plain, the footer after an empty line."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([formula_safe(cell) for cell in table.columns])
    writer.writerows([_plain(cell) for cell in row] for row in _indented(table))
    writer.writerow([])
    writer.writerows([formula_safe(line)] for line in footer)
    return out.getvalue().encode("utf-8-sig")


def xlsx_file(table: Table, footer: tuple[str, ...], title: str) -> bytes:
    """One sheet: title, headings, rows with numbers as numbers and every text as text, footer."""
    book = Workbook()
    sheet = book.active
    sheet.title = say("Table")
    book.properties.creator = "Myoscope"
    _texts(sheet, 1, (title,), Font(bold=True, size=13))
    _texts(sheet, 3, table.columns, Font(bold=True), Border(bottom=LINE), wrap=True)
    for i, row in enumerate(table.rows):
        strong = i in table.strong
        _texts(sheet, 4 + i, row, Font(bold=strong), indent=int(i in table.inner))
        for cell in sheet[4 + i] if strong else ():
            cell.fill = PatternFill("solid", fgColor="EEF2F5")
    for i, line in enumerate(footer):
        _texts(sheet, 5 + len(table.rows) + i, (line,), Font(size=SMALL, color="5B6B7A"))
    for c, heading in enumerate(table.columns):
        longest = max((len(row[c]) for row in table.rows), default=0)
        sheet.column_dimensions[get_column_letter(c + 1)].width = min(max(longest, min(len(heading), 18)) + 3, 60)
    sheet.freeze_panes = "B4"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def docx_file(table: Table, footer: tuple[str, ...], title: str) -> bytes:
    """A page, lying on its side when there are many columns: title, table with three rules, footer in small type."""
    document = Document()
    document.core_properties.author = "Myoscope"
    document.core_properties.title = title[:LONGEST_TITLE]
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(BODY)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(A4[0]), Cm(A4[1])
    if len(table.columns) >= MANY_COLUMNS:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN)
    document.add_paragraph().add_run(title).bold = True
    body = document.add_table(rows=0, cols=len(table.columns))
    _line(body.add_row(), table.columns, strong=True)
    body.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - repeated on every page
    for i, row in enumerate(table.rows):
        _line(body.add_row(), row, strong=i in table.strong, inner=i in table.inner)
    _widen_first(body, (page.page_width or 0) - 2 * Cm(MARGIN))
    _rule(body.rows[0], "top")
    _rule(body.rows[0], "bottom")
    _rule(body.rows[-1], "bottom")
    for line in footer:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(line).font.size = Pt(SMALL)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _indented(table: Table) -> list[tuple[str, ...]]:
    return [(f"{INDENT}{row[0]}", *row[1:]) if i in table.inner else row for i, row in enumerate(table.rows)]


def _number(text: str) -> Decimal | None:
    """The number a text is, or None; a dot or a count of zeros keeps what was printed."""
    if not NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(THIN_SPACE, "").replace(MINUS, "-"))


def formula_safe(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula; numbers stay as they are."""
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) and _number(text) is None else text


def _plain(text: str) -> str:
    number = _number(text)
    return formula_safe(text) if number is None else str(number)


def _texts(
    sheet: Worksheet,
    row: int,
    texts: tuple[str, ...],
    font: Font,
    border: Border | None = None,
    *,
    indent: int = 0,
    wrap: bool = False,
) -> None:
    for c, text in enumerate(texts):
        cell = sheet.cell(row, c + 1)
        number = _number(text)
        if number is not None:
            cell.value = number
            cell.number_format = "0" if number == number.to_integral_value() else "General"
        elif text:
            cell.value = text
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(DANGEROUS)
        cell.font = font
        side = "left" if c == 0 else "right"
        cell.alignment = Alignment(horizontal=side, indent=indent if c == 0 else 0, wrap_text=wrap, vertical="bottom")
        if border:
            cell.border = border


def _line(row: _Row, texts: tuple[str, ...], *, strong: bool = False, inner: bool = False) -> None:
    for c, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.left_indent = Cm(0.4 if inner and c == 0 else 0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if c == 0 else WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.add_run(text).bold = strong


def _widen_first(table: DocxTable, width: int) -> None:
    others = len(table.columns) - 1
    first = int(width * FIRST_SHARE) if others else width
    for c, column in enumerate(table.columns):
        for cell in column.cells:
            cell.width = Emu((width - first) // others if c else first)


def _rule(row: _Row, edge: str) -> None:
    for cell in row.cells:
        _borders(cell).append(_edge(edge))


def _borders(cell: _Cell) -> BaseOxmlElement:
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-docx has no borders of its own
    found: BaseOxmlElement | None = properties.find(qn("w:tcBorders"))
    if found is None:
        found = OxmlElement("w:tcBorders")
        properties.append(found)
    return found


def _edge(edge: str) -> BaseOxmlElement:
    line = OxmlElement(f"w:{edge}")
    for name, value in (("val", "single"), ("sz", "8"), ("color", "1F2D3A")):
        line.set(qn(f"w:{name}"), value)
    return line
