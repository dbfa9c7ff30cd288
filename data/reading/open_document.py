"""What an OpenDocument spreadsheet (.ods) holds beside the values of its cells.

Those are errors and formulas without a stored result, for both of which the reader of the values gives an empty cell,
merged cells, and what is hidden. It is read from the marks in ``content.xml`` without building a tree of it.
"""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl.utils import get_column_letter

from data.reading.workbook import Beside, Layout, Merged

_MARK = re.compile(
    rb"<table:(table|table-column|table-row|table-cell|covered-table-cell)(?=[ />])([^>]*)>([^<]*<text:p>)?([^<]*)"
)
_ATTRIBUTE = re.compile(rb'([a-z]+:[a-z-]+)="([^"]*)"')


def beside(content: bytes) -> list[Beside]:
    """What stands beside the cells, sheet by sheet. Raises whatever a damaged archive does."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("content.xml")
    starts = [found.start() for found in re.finditer(rb"<table:table(?=[ >])", text)]
    return [_of_sheet(text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _of_sheet(text: bytes) -> Beside:
    errors: dict[tuple[int, int], str] = {}
    uncomputed, merged, rows, columns = list[str](), list[Merged](), set[int](), list[tuple[int, int]]()
    formulas, cells, row, next_row, column, place = 0, 0, 0, 0, 0, 0
    for found in _MARK.finditer(text):
        kind, told = found.group(1), dict(_ATTRIBUTE.findall(found.group(2)))
        hidden = told.get(b"table:visibility") in (b"collapse", b"filter")
        if kind == b"table-column":
            end = column + _repeated(told, b"table:number-columns-repeated")
            columns += [(column + 1, end)] if hidden else []
            column = end
        elif kind == b"table-row":
            row, place = next_row, 0
            next_row = row + _repeated(told, b"table:number-rows-repeated")
            if hidden:
                rows.update(range(row + 1, min(next_row, row + 1000) + 1))
        elif kind in (b"table-cell", b"covered-table-cell"):
            ref = f"{get_column_letter(min(place, 16383) + 1)}{row + 1}"
            if b"table:formula" in told:
                formulas += 1
                uncomputed += [] if b"office:value-type" in told else [ref]
            if told.get(b"calcext:value-type") == b"error":
                errors[row, place] = found.group(4).decode("utf-8", "replace").strip() or "#ERROR!"
            wide, high = (_repeated(told, b"table:number-%s-spanned" % one) for one in (b"columns", b"rows"))
            if wide > 1 or high > 1:
                last = f"{get_column_letter(min(place + wide, 16384))}{row + high}"
                merged.append(Merged(f"{ref}:{last}", row + 1, row + high, place + 1, place + wide))
            repeated = _repeated(told, b"table:number-columns-repeated")
            cells += repeated * (next_row - row) if b"office:value-type" in told else 0
            place += repeated
    return Beside(errors, formulas, tuple(uncomputed), Layout(tuple(merged), frozenset(rows), tuple(columns)), cells)


def _repeated(told: dict[bytes, bytes], name: bytes) -> int:
    written = told.get(name, b"1")
    return max(int(written), 1) if written.isdigit() and len(written) < 8 else 1
