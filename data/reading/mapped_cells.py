"""What every table of a mapping is read with: its cells, whose they are, their dates, days and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.dictionary import Dictionary
from data.levels import MISSING
from data.reading import mapping_messages as messages
from data.reading.cells import among, distinct, folded, lines, numbers, texts
from data.reading.dates import are_dates, dates_in
from data.reading.issue import Issue
from data.reading.limits import without_limits
from data.reading.mapped_variables import OwnVariables
from data.reading.mapping import ColumnRole, TableRole
from data.reading.numerals import numerals
from data.reading.sheet import Sheet
from data.reading.time_status import DAYS_IN

Floats = NDArray[np.float64]


@dataclass(eq=False)
class Applying:
    """What is gathered while a mapping is applied; ``starts`` are the days since 1970 of day 0 by patient."""

    dictionary: Dictionary
    own: OwnVariables = field(default_factory=OwnVariables)
    issues: list[Issue] = field(default_factory=list)
    columns: dict[tuple[str, str], str] = field(default_factory=dict)
    start: str = ""
    starts: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    weights: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    measured: list[tuple[Sheet, pd.DataFrame]] = field(default_factory=list)


def cells_read(sheet: Sheet, table: TableRole, at: Applying) -> pd.DataFrame:
    """The cells of the columns that are read, codes of a missing value empty."""
    cells = sheet.cells
    changed: dict[str, pd.Series] = {}
    for column in (column for column in table.columns if column.missing and column.role != "left_out"):
        codes = {code_of(code) for code in column.missing}
        gone = among(np.array([code_of(str(text)) for text in texts(cells[column.column])], dtype=object), codes - {""})
        if gone.any():
            changed[column.column] = cells[column.column].mask(gone)
            at.issues.append(
                messages.missing_codes(table.sheet, column.column, lines(cells)[gone].tolist(), column.missing)
            )
    return cells.assign(**changed) if changed else cells


def code_of(text: str) -> str:
    """A code as codes are compared: ``999.0`` is ``999``."""
    try:
        return f"{float(text):g}"
    except ValueError:
        return folded(text)


def patient_codes(cells: pd.DataFrame, table: TableRole, at: Applying) -> pd.Series:
    """The code of the patient of every row; rows are numbered where no column gives it."""
    columns = table.of("patient")
    if len(columns) > 1:
        at.issues.append(messages.several_columns(table.sheet, "patient", [column.column for column in columns]))
    if columns:
        at.columns[(table.holds, "patient")] = columns[0].column
        return cells[columns[0].column]
    if table.holds == "patients":
        at.issues.append(messages.rows_numbered(table.sheet, len(cells)))
    return pd.Series([str(n) for n in range(1, len(cells) + 1)], cells.index, dtype=object)


def dates_read(cells: pd.DataFrame, one: ColumnRole, sheet: str, at: Applying) -> Floats:
    """The days since 1970 of a column of dates, (n,); what is no date, or could be two, is an issue."""
    column = one.column
    found, row, written = dates_in(cells[column], one.order), lines(cells), texts(cells[column])
    by_choice = (twofold := dates_in(cells[column]).twofold) & ~found.twofold
    if by_choice.any():
        at.issues.append(messages.order_chosen(sheet, column, row[twofold].tolist(), one.order))
    if found.twofold.any():
        at.issues.append(
            messages.twofold_dates(sheet, column, row[found.twofold].tolist(), distinct(written[found.twofold]))
        )
    if found.unread.any():
        at.issues.append(
            messages.unread_dates(sheet, column, row[found.unread].tolist(), distinct(written[found.unread]))
        )
    return found.days


def days_of(cells: pd.DataFrame, column: ColumnRole, codes: pd.Series, sheet: str, at: Applying) -> pd.Series:
    """A column of days; dates become days since the patient's day 0, where a column gives it."""
    written = cells[column.column]
    if not at.start or not are_dates(written):
        return in_days(sheet, cells, column, at)
    days = dates_read(cells, column, sheet, at)
    start = at.starts.reindex(texts(codes)).to_numpy(dtype=float)
    lost = ~np.isnan(days) & np.isnan(start)
    if lost.any():
        at.issues.append(messages.start_missing(sheet, column.column, lines(cells)[lost].tolist()))
    there = ~np.isnan(days)
    at.issues.append(messages.dates_read(sheet, column.column, lines(cells)[there].tolist(), at.start))
    return pd.Series([f"{day:.0f}" if np.isfinite(day) else np.nan for day in days - start], cells.index, dtype=object)


def in_days(sheet: str, cells: pd.DataFrame, column: ColumnRole, at: Applying) -> pd.Series:
    """Days from weeks, months or years; what is no number stays, for the check to report."""
    written = cells[column.column]
    if column.unit in ("", "days"):
        return written
    value = numbers(numerals(written, comma_separates=False).cells)
    days = np.round(value * DAYS_IN[column.unit])
    there = np.isfinite(days)
    if there.any():
        pairs = {f"{one:g}": f"{day:.0f}" for one, day in zip(value[there], days[there], strict=True)}
        rows = lines(cells)[there].tolist()
        at.issues.append(messages.times_converted(sheet, column.column, rows, column.unit, pairs))
    shown = [f"{day:.0f}" if np.isfinite(day) else cell for day, cell in zip(days, written, strict=True)]
    return pd.Series(shown, cells.index, dtype=object)


def numbers_of(sheet: Sheet, cells: pd.Series) -> Floats:
    """The numbers of a column as they will be read, not a number where a cell is none."""
    return numbers(numerals(cells, comma_separates=not sheet.decimal_comma).cells)


def amounts(name: str, column: ColumnRole, cells: pd.DataFrame, at: Applying) -> pd.Series:
    """The cells of a number with limits taken as the visitor says, and words that mean nothing recorded empty."""
    nothing = {folded(word) for word in dict(at.dictionary.spellings).get(MISSING, ())}
    written = texts(cells[column.column])
    plain = cells[column.column].mask(np.array([folded(str(text)) in nothing for text in written], dtype=bool))
    found = without_limits(plain, column.limit)
    which = found.below | found.above
    if which.any():
        taken = ["" if pd.isna(cell) else str(cell) for cell in found.cells[which]]
        pairs = dict(zip(map(str, written[which]), [one or "–" for one in taken], strict=True))
        at.issues.append(messages.limits_read(name, column.column, lines(cells)[which].tolist(), column.limit, pairs))
    return found.cells
