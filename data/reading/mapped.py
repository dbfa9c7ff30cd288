"""A mapping applied: a hospital's files as the tables of the study, with the dictionary of what they hold.

What comes out are sheets that the rest of reading takes as it takes the template's: whatever is wrong in a cell is
found there, by the same checks, and said under the names that the files use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from data.dictionary import Dictionary
from data.levels import MISSING
from data.paper import remarks
from data.reading import mapping_messages as messages
from data.reading.adam_sources import Sources
from data.reading.cells import distinct, folded, lines, numbers, texts, unreadable
from data.reading.issue import Issue
from data.reading.layout import COLUMNS, day_columns
from data.reading.mapped_cells import (
    Applying,
    amounts,
    cells_read,
    code_of,
    dates_read,
    days_of,
    numbers_of,
    patient_codes,
)
from data.reading.mapped_measurements import decimals_of, measured_rows, measurements_of, together
from data.reading.mapped_outcomes import add_column, add_outcomes
from data.reading.mapped_variables import cuts_of, with_own
from data.reading.mapping import ColumnRole, Mapping, TableRole
from data.reading.numerals import numerals
from data.reading.sheet import Sheet
from data.reading.study_drug import of_drug

MOST_LEVELS = 40
"""A characteristic with more levels is none: no figure can tell so many groups apart."""


@dataclass(frozen=True, eq=False)
class Mapped:
    """The sheets of the study's tables, the dictionary of what they hold, what was found, and where it came from."""

    sheets: tuple[Sheet, ...]
    dictionary: Dictionary
    issues: tuple[Issue, ...]
    sources: Sources


def mapped(mapping: Mapping, sheets: Sequence[Sheet], dictionary: Dictionary) -> Mapped:
    """The sheets as ``mapping`` says, patients first: what they measure and date needs the patients' day 0."""
    by_name = {sheet.name: sheet for sheet in sheets}
    dictionary = of_drug(dictionary, dictionary.drug(mapping.study_drug))
    at = Applying(dictionary)
    files: dict[str, str] = {}
    ready: dict[str, Sheet] = {}
    deaths = False
    for table in (table for table in mapping.tables if table.sheet in by_name and table.holds == "patients"):
        if "patients" in ready:
            at.issues.append(remarks.table_twice("patients", [files["patients"], table.sheet]))
            continue
        files["patients"] = table.sheet
        ready["patients"], deaths = _patients(by_name[table.sheet], table, at)
    for table in (table for table in mapping.tables if table.sheet in by_name):
        sheet = by_name[table.sheet]
        if table.holds == "measurements":
            at.measured.append((sheet, measurements_of(sheet, table, at)))
        elif table.holds in ("reactions", "treatments"):
            if table.holds in ready:
                at.issues.append(remarks.table_twice(table.holds, [files[table.holds], table.sheet]))
            files[table.holds] = table.sheet
            ready[table.holds] = _renamed(sheet, table, at)
        elif table.holds == "left_out":
            at.issues.append(remarks.sheet_left_out(table.sheet))
    if at.measured:
        files["measurements"] = ", ".join(dict.fromkeys(sheet.name for sheet, _ in at.measured))
        ready["measurements"] = together(at.measured)
    result = with_own(dictionary, at.own, deaths=deaths)
    result = _with_window(result, mapping.baseline_window)
    return Mapped(tuple(ready.values()), result, tuple(at.issues), Sources(files, at.columns))


def _with_window(dictionary: Dictionary, days: int) -> Dictionary:
    """The dictionary with the baseline taken from so many days before day 0 on."""
    first, *later = dictionary.visits
    return replace(dictionary, visits=(replace(first, first=first.day - days), *later))


def _patients(sheet: Sheet, table: TableRole, at: Applying) -> tuple[Sheet, bool]:
    """The table of patients, and whether it records deaths."""
    cells = cells_read(sheet, table, at)
    name = table.sheet
    there: dict[str, pd.Series] = {"patient": patient_codes(cells, table, at)}
    _read_start(cells, table, there["patient"], at)
    for key in dict.fromkeys(column.name for column in table.of("listed")):
        columns = [column for column in table.of("listed") if column.name == key]
        if len(columns) > 1:
            at.issues.append(messages.several_columns(name, key, [column.column for column in columns]))
        elif key in day_columns(at.dictionary):
            add_column(there, key, columns[0], days_of(cells, columns[0], there["patient"], name, at), at)
        else:
            add_column(there, key, columns[0], cells[columns[0].column], at)
    deaths = add_outcomes(sheet, cells, table, there, at) or "death_day" in there
    if not deaths:
        there["death_day"] = pd.Series(np.nan, cells.index, dtype=object)
    weight = table.listed("weight")
    if weight is not None:
        kg = pd.Series(numbers_of(sheet, cells[weight.column]), texts(there["patient"]))
        at.weights = kg[~kg.index.duplicated()]
    for column in table.of("factor"):
        _characteristic(name, column, cells, there, at)
    for column in table.of("number"):
        _number(sheet, column, cells, there, at)
    rows = [
        measured_rows(
            sheet, table, column, cells, there["patient"], pd.Series(str(column.day), cells.index, dtype=object), at
        )
        for column in table.of("laboratory")
    ]
    at.measured += [(sheet, part) for part in rows if len(part)]
    return replace(sheet, name="patients", cells=pd.DataFrame(there, index=cells.index), workbook=False), deaths


def _read_start(cells: pd.DataFrame, table: TableRole, codes: pd.Series, at: Applying) -> None:
    columns = table.of("start")
    if len(columns) > 1:
        at.issues.append(messages.several_columns(table.sheet, "start", [column.column for column in columns]))
    if columns:
        at.start = columns[0].column
        starts = pd.Series(dates_read(cells, columns[0], table.sheet, at), pd.Index(texts(codes)))
        at.starts = starts[~starts.index.duplicated()]


def _characteristic(
    name: str, column: ColumnRole, cells: pd.DataFrame, there: dict[str, pd.Series], at: Applying
) -> None:
    spellings = dict(at.dictionary.spellings).get(MISSING, ())
    nothing = {folded(word) for word in spellings}
    written = [("" if folded(str(text)) in nothing else str(text)) for text in texts(cells[column.column])]
    first: dict[str, str] = {}
    for text in filter(None, written):
        first.setdefault(_level(text), text)
    words = sorted(first.values(), key=_in_order)
    if not words:
        return
    if len(words) > MOST_LEVELS:
        at.issues.append(messages.too_many_levels(name, column.column, len(words)))
        return
    key = at.own.add_factor(column.name or column.column, words)
    said = [first[_level(text)] if text else np.nan for text in written]
    there[key] = pd.Series(said, cells.index, dtype=object)
    at.columns[("patients", key)] = column.column


def _level(text: str) -> str:
    """A word as levels are told apart: capitals and width do not count, nor zeros behind a decimal sign."""
    return code_of(text)


def _in_order(word: str) -> tuple[float, str]:
    """Numbers by size, then words by the alphabet."""
    try:
        return float(word), ""
    except ValueError:
        return np.inf, word.casefold()


def _number(sheet: Sheet, column: ColumnRole, cells: pd.DataFrame, there: dict[str, pd.Series], at: Applying) -> None:
    name = sheet.name
    written = amounts(name, column, cells, at)
    read = numerals(written, comma_separates=not sheet.decimal_comma).cells
    value = numbers(read)
    wrong = unreadable(read)
    if wrong.any():
        found = distinct(texts(written)[wrong])
        at.issues.append(messages.no_numbers(name, column.column, lines(cells)[wrong].tolist(), found))
        return
    key = at.own.add_number(column.name or column.column, column.unit, decimals_of(value))
    there[key] = written
    at.columns[("patients", key)] = column.column
    if column.groups:
        cuts = cuts_of(value, column.groups, column.cuts)
        if cuts:
            at.own.add_groups(key, cuts)
        elif column.groups == "cuts":
            at.issues.append(messages.no_cuts(name, column.column))


def _renamed(sheet: Sheet, table: TableRole, at: Applying) -> Sheet:
    """Reactions or treatments under the names of the study; their dates as days."""
    cells = cells_read(sheet, table, at)
    codes = patient_codes(cells, table, at)
    there = {"patient": codes}
    days = partial(days_of, cells, codes=codes, sheet=table.sheet, at=at)
    for column in (column for column in table.of("listed") if column.name in COLUMNS[table.holds]):
        there[column.name] = days(column) if column.name == "day" else cells[column.column]
        at.columns[(table.holds, column.name)] = column.column
    return replace(sheet, name=table.holds, cells=pd.DataFrame(there, index=cells.index), workbook=False)
