"""Rows of measurements from columns of values, converted into the units that a mapping names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.levels import MISSING
from data.reading import mapping_messages as messages
from data.reading.cells import LINE, Mask, distinct, folded, folded_name, lines, texts, unreadable, which
from data.reading.mapped_cells import (
    Applying,
    Floats,
    amounts,
    cells_read,
    days_of,
    numbers_of,
    patient_codes,
)
from data.reading.mapping import ColumnRole, TableRole
from data.reading.number_messages import ambiguous_numbers
from data.reading.numerals import numerals
from data.reading.sheet import Sheet
from data.reading.unit_conversion import PER_KG, conversion
from data.reading.units import UNIT_COLUMNS


def measurements_of(sheet: Sheet, table: TableRole, at: Applying) -> pd.DataFrame:
    """The rows of a table of measurements, whether each row holds one value or a column holds each variable."""
    cells = cells_read(sheet, table, at)
    codes = patient_codes(cells, table, at)
    day_column = table.listed("day")
    day = (
        pd.Series(np.nan, cells.index, dtype=object)
        if day_column is None
        else days_of(cells, day_column, codes, table.sheet, at)
    )
    if day_column is not None:
        at.columns[("measurements", "day")] = day_column.column
    wide = table.of("laboratory")
    if wide:
        parts = [measured_rows(sheet, table, column, cells, codes, day, at) for column in wide]
        return pd.concat(parts)
    there = {"patient": codes, "day": day}
    for column in (column for column in table.of("listed") if column.name in ("variable", "value")):
        cell = amounts(table.sheet, column, cells, at) if column.name == "value" else cells[column.column]
        there[column.name] = cell
        at.columns[("measurements", column.name)] = column.column
    told = next((name for name in map(str, cells.columns) if folded_name(name) in UNIT_COLUMNS), None)
    if told is not None:
        there[told] = cells[told]
    return pd.DataFrame(there, index=cells.index)


def together(parts: Sequence[tuple[Sheet, pd.DataFrame]]) -> Sheet:
    """One sheet of the measurements of all sheets, with what each says of itself."""
    cells = pd.concat([part for _, part in parts])
    cells.index.name = LINE
    shape = tuple(entry for sheet in {sheet.name: sheet for sheet, _ in parts}.values() for entry in sheet.issues)
    comma = all(sheet.decimal_comma for sheet, _ in parts)
    return Sheet("measurements", cells, workbook=False, decimal_comma=comma, issues=shape)


def measured_rows(
    sheet: Sheet,
    table: TableRole,
    column: ColumnRole,
    cells: pd.DataFrame,
    codes: pd.Series,
    day: pd.Series,
    at: Applying,
) -> pd.DataFrame:
    """The values of one column as rows of measurements, converted where the visitor says so."""
    written = amounts(table.sheet, column, cells, at)
    written = written.mask(_refused(sheet, column, written, at))
    written = _converted(sheet, table, column, written, codes, at)
    value = numbers_of(sheet, written)
    name = column.name or column.column
    at.own.add_measure(name, column.shown or column.unit, decimals_of(value), at.dictionary)
    rows = pd.DataFrame({"patient": codes, "day": day, "variable": name, "value": written}, index=cells.index)
    return rows[written.notna().to_numpy()]


def _refused(sheet: Sheet, column: ColumnRole, written: pd.Series, at: Applying) -> Mask:
    """The cells that are no numbers, or could be two, (rows,); they are said under the name of their own column."""
    read = numerals(written, comma_separates=not sheet.decimal_comma)
    twofold, row = read.ambiguous, lines(sheet.cells)
    other = unreadable(read.cells) & ~twofold
    word = texts(written)
    nothing = {folded(text) for text in dict(at.dictionary.spellings).get(MISSING, ())}
    other &= ~which(word, lambda text: folded(text) in nothing)
    if twofold.any():
        found = distinct(word[twofold])
        at.issues.append(ambiguous_numbers(sheet.name, column.column, row[twofold].tolist(), found))
    if other.any():
        at.issues.append(messages.no_numbers(sheet.name, column.column, row[other].tolist(), distinct(word[other])))
    return twofold | other


def _converted(
    sheet: Sheet, table: TableRole, column: ColumnRole, written: pd.Series, codes: pd.Series, at: Applying
) -> pd.Series:
    target = column.shown or (at.dictionary.measure[column.name].unit if column.name in at.dictionary.measure else "")
    if not column.unit or not target or column.unit == target:
        return written
    factor: float | Floats | None = conversion(column.name, column.unit, target)
    said = f"{factor:.5g}" if isinstance(factor, float) else ""
    if PER_KG in column.unit and column.unit.replace(PER_KG, "") == target:
        factor, said = at.weights.reindex(texts(codes)).to_numpy(dtype=float), "weight"
    if factor is None:
        at.issues.append(messages.unknown_conversion(table.sheet, column.column, column.unit, target))
        return written
    if said == "1":
        return written
    value = numbers_of(sheet, written)
    known = ~np.isnan(value)
    at.issues.append(
        messages.converted_values(
            table.sheet, column.column, lines(sheet.cells)[known].tolist(), column.unit, target, said
        )
    )
    result = value * factor
    shown = [
        (f"{number:.12g}" if np.isfinite(number) else np.nan) if there else cell
        for number, there, cell in zip(result, known, written, strict=True)
    ]
    return pd.Series(shown, written.index, dtype=object)


def decimals_of(value: Floats) -> int:
    """How many decimals show the values, two at most."""
    there = value[np.isfinite(value)]
    return next((digits for digits in (0, 1) if np.allclose(there, there.round(digits), atol=1e-9)), 2)
