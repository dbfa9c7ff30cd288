"""A workbook to fill in: the four tables with their columns, the allowed words as lists, and how to fill it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.cohort import Tables
from data.dictionary import Dictionary
from data.language import say
from data.reading.layout import COLUMNS, GUIDES, columns_of, words_of
from data.variables import DICTIONARY

LAST_ROW = 5000
"""The lists of allowed words are offered down to this row."""

GUIDE = (
    say("One row a patient in patients; one row a value, reaction or change of treatment in the other sheets."),
    say("patient: any code that does not identify the person, the same in all sheets; no names, no record numbers."),
    say("Days are whole numbers from the {day_0}, which is day 0.", day_0=DICTIONARY.day_0),
    say("A column whose name gives another unit of time, such as last_day (months), is converted to days."),
    say(
        "last_day: the last day on which anything is known. "
        "death_day and progression_day: empty when it did not happen."
    ),
    say("progression_last_day: only where progression was looked for until an earlier day than last_day."),
    say("The baseline value is the last one from four weeks before day 0 to day 0 (days -28 to 0)."),
    say("Leave a cell empty where nothing was recorded or a test was not done."),
    say("Only patients is needed. population may be left out: all patients then count for outcomes."),
    say("Numbers are in the units listed below; write them without unit."),
)


def template(dictionary: Dictionary = DICTIONARY, rows: Tables | None = None) -> bytes:
    """The template as an Excel workbook, empty or with ``rows`` as an example, which ``read.opened`` reads."""
    book = Workbook()
    book.remove(book.active)
    sheets = {table: book.create_sheet(table) for table in COLUMNS}
    guide, allowed = (book.create_sheet(title) for title in GUIDES)
    _fill_guide(guide, dictionary)
    for table, sheet in sheets.items():
        columns = columns_of(table, dictionary)
        sheet.append(list(columns))
        _as_header(sheet)
        for cells in () if rows is None else _rows(getattr(rows, table), columns):
            sheet.append(cells)
    for at, (table, column, words) in enumerate(_lists(dictionary), start=1):
        letter = get_column_letter(at)
        for row, word in enumerate((f"{table}: {column}", *words), start=1):
            allowed.cell(row, at, word)
        source = f"'{allowed.title}'!${letter}$2:${letter}${len(words) + 1}"
        place = get_column_letter(columns_of(table, dictionary).index(column) + 1)
        choice = DataValidation(type="list", formula1=source, allow_blank=True)
        choice.add(f"{place}2:{place}{LAST_ROW}")
        sheets[table].add_data_validation(choice)
    _as_header(allowed)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def csv_template(dictionary: Dictionary = DICTIONARY) -> bytes:
    """The four tables as empty CSV files in an archive: their headings only."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in COLUMNS:
            archive.writestr(f"{table}.csv", ",".join(columns_of(table, dictionary)) + "\r\n")
    return content.getvalue()


def _rows(table: pd.DataFrame, columns: tuple[str, ...]) -> Iterator[list[object]]:
    """The cells under ``columns``, blank where there is no such column or nothing is recorded."""
    cells = table.reindex(columns=list(columns)).astype(object)
    yield from cells.where(cells.notna(), None).to_numpy().tolist()


def _lists(dictionary: Dictionary) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for table in COLUMNS:
        for column, words in words_of(table, dictionary).items():
            yield table, column, words
    measured = tuple(entry.key for entry in dictionary.measures if not entry.derived)
    yield "measurements", "variable", measured


def _fill_guide(sheet: Worksheet, dictionary: Dictionary) -> None:
    for sentence in GUIDE:
        sheet.append([sentence])
    sheet.append([])
    sheet.append([say("Sheet"), say("Column or variable"), say("Meaning"), say("Unit")])
    sheet.cell(sheet.max_row, 1).font = Font(bold=True)
    for number in dictionary.numbers:
        sheet.append(["patients", number.key, number.label, number.unit])
    for factor in (entry for entry in dictionary.factors if not entry.derived):
        sheet.append(["patients", factor.key, factor.label, ""])
    for measure in (entry for entry in dictionary.measures if not entry.derived):
        sheet.append(["measurements", measure.key, measure.label, measure.unit])
    for letter, width in (("A", 16), ("B", 22), ("C", 44), ("D", 12)):
        sheet.column_dimensions[letter].width = width


def _as_header(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = max(12, len(str(cell.value)) + 2)
