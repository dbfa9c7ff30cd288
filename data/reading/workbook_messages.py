"""What is said where a workbook shows its cells otherwise than it holds them: merged, hidden or filtered."""

from __future__ import annotations

from collections.abc import Sequence

from data.language import say, say_counted
from data.reading.issue import Issue, issue, listing, number

Rows = Sequence[int]

READ_ALIKE = say("Delete what should not count.")


def merged_cells(sheet: str, ranges: Sequence[str]) -> Issue:
    """Merged cells below the header: only the first of them holds the value that is shown for all."""
    wrong = say_counted(
        len(ranges),
        "Cells are merged: {ranges}. Only the first cell holds the value; the others are empty.",
        "Cells are merged in {n} places: {ranges}. Only the first cell of each holds the value; the others are empty.",
        n=number(len(ranges)),
        ranges=listing(ranges, quotes=False),
    )
    return issue("error", sheet, "", (), wrong, say("Unmerge them in Excel, and write the value into every cell."))


def hidden_rows(sheet: str, rows: Rows) -> Issue:
    """Rows that are hidden or filtered out."""
    wrong = say_counted(
        len(rows),
        "{n} row is hidden or filtered out in the workbook; it was read like the others.",
        "{n} rows are hidden or filtered out in the workbook; they were read like the others.",
        n=number(len(rows)),
    )
    return issue("understood", sheet, "", rows, wrong, READ_ALIKE)


def hidden_columns(sheet: str, columns: Sequence[str]) -> Issue:
    """Columns that are hidden."""
    wrong = say_counted(
        len(columns),
        "{n} column is hidden in the workbook; it was read like the others: {columns}.",
        "{n} columns are hidden in the workbook; they were read like the others: {columns}.",
        n=number(len(columns)),
        columns=listing(columns),
    )
    return issue("understood", sheet, "", (), wrong, READ_ALIKE)


def hidden_sheet(sheet: str) -> Issue:
    """A hidden sheet that is one of the tables."""
    return issue("understood", sheet, "", (), say("The sheet is hidden in the workbook; it was read."), READ_ALIKE)
