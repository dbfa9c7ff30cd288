"""Workbooks: Excel (.xlsx), old Excel (.xls) and OpenDocument (.ods), with the stored results of formulas."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from data.reading.cells import as_text
from data.reading.workbook import Beside, TooManyCellsError, Worksheet


def worksheets(
    content: bytes, beside: Callable[[bytes], list[Beside]], most_rows: int, most_columns: int, most_cells: int
) -> Iterator[Worksheet]:
    """The sheets of a workbook; ``beside`` gives what its format holds beside the values of cells.

    Raises TooManyCellsError, and whatever its reader raises for a damaged file or one with a password.
    """
    others = beside(content)
    if sum(other.cells for other in others) > most_cells:
        raise TooManyCellsError
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        left = most_cells
        for about, other in zip(book.sheets_metadata, others, strict=True):
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            end = sheet.end or (-1, -1)
            left -= (end[0] + 1) * (end[1] + 1)
            if left < 0:
                raise TooManyCellsError
            rows = [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            for (row, column), error in other.errors.items():
                rows += [[] for _ in range(row + 1 - len(rows))] if row < most_rows else []
                if row < len(rows) and column <= most_columns:
                    rows[row] += [""] * (column + 1 - len(rows[row]))
                    rows[row][column] = error
            rows = [row[: most_columns + 1] for row in rows[: most_rows + 2]]
            while rows and not any(rows[-1]):
                rows.pop()
            layout = replace(other.layout, hidden=about.visible is not SheetVisibleEnum.Visible)
            yield Worksheet(about.name, rows, other.formulas, other.uncomputed, layout)
