"""Everything that is wrong with the tables of a cohort, found in one go and said in a clinician's words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.cohort import Tables
from data.dictionary import Dictionary
from data.reading import column_messages, messages
from data.reading.cells import (
    among,
    blank,
    distinct,
    folded_name,
    is_date,
    is_email,
    is_formula,
    lines,
    nearest_each,
    numbers,
    texts,
    unreadable,
    which,
)
from data.reading.check_columns import absent_columns
from data.reading.check_deaths import death_issues
from data.reading.check_doubtful import bare_code
from data.reading.check_summaries import summary_rows
from data.reading.check_values import day_issues, measurement_issues, number_issues
from data.reading.chronology import chronology_issues
from data.reading.issue import Issue, Severity
from data.reading.layout import COLUMNS, MAY_BE_BLANK, columns_of, day_columns, followed, words_of
from data.reading.no_records import unit_told
from data.reading.privacy import identifies
from data.reading.synonyms import variable_meanings
from data.reading.time_status import time_and_status
from data.reading.units import unit_column, unit_issues
from data.variables import DICTIONARY

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "understood": 2, "note": 3}

MOST_COLUMNS_TOLD = 5
"""More columns that nothing reads are one finding."""

FEWEST_FILLED = 2
"""Where a row could hold so many things beside the patient and holds none, that is reported."""


def issues(tables: Tables, dictionary: Dictionary = DICTIONARY) -> tuple[Issue, ...]:
    """All findings about ``tables``, the errors first; nothing is changed.

    Lines are those of the file when the tables were read from one, otherwise as if the header were line 1.
    """
    found: list[Issue] = []
    for name in COLUMNS:
        table: pd.DataFrame = getattr(tables, name)
        if len(table.columns) or name == "patients":
            found += _column_issues(name, table, dictionary)
            found += _cell_issues(name, table, dictionary)
    if "patient" in tables.patients:
        found += _patient_issues(tables.patients, dictionary)
        found += _unknown_patients(tables)
        found += chronology_issues(tables, dictionary)
        found += death_issues(tables, dictionary)
    found += number_issues(tables.patients, dictionary)
    found += measurement_issues(tables.measurements, dictionary)
    found += unit_issues(tables.measurements, dictionary)
    return tuple(sorted(found, key=lambda entry: _ORDER[entry.severity]))


def _column_issues(name: str, table: pd.DataFrame, dictionary: Dictionary) -> Iterator[Issue]:
    known = columns_of(name, dictionary)
    there = [str(column) for column in table.columns]
    unknown = [column for column in there if column not in known]
    measured = variable_meanings(dictionary)
    outcome = time_and_status(table, dictionary) if name == "patients" else None
    if outcome is not None:
        yield messages.time_and_status(name, outcome.time, outcome.status, outcome.codes)
    plainly: dict[bool, list[str]] = {False: [], True: []}
    absent, explained = absent_columns(name, there, unknown, dictionary, told_by_status=outcome is not None)
    yield from absent
    unknown = [column for column in unknown if column not in explained]
    for column in (column for column in unknown if outcome is None or column not in (outcome.time, outcome.status)):
        what, cells, factor = identifies(column), texts(table[column]), dictionary.factor.get(column)
        dates = which(cells, is_date)
        if what:
            yield messages.identifying_column(name, column, what)
        elif name == "patients" and factor is not None and factor.derived:
            yield column_messages.computed_column(name, column, f"“{factor.source}”")
        elif name == "patients" and folded_name(column) in measured:
            measure = dictionary.measure[measured[folded_name(column)]]
            first = next((str(patient) for patient in texts(table["patient"])), "") if "patient" in table else ""
            value = next((str(cell) for cell in cells if cell), "")
            n = int((cells != "").sum())
            yield column_messages.measured_column(name, column, n, measure, f"{first},0,{measure.key},{value}")
        elif name == "measurements" and column == unit_column(table):
            continue
        elif dates.any():
            yield messages.dated_column(name, column, lines(table)[dates].tolist())
        else:
            numeric = name == "patients" and bool((~np.isnan(numbers(table[column]))).any())
            numeric &= not unreadable(table[column]).any()
            plainly[numeric].append(column)
    yield from _unknown_columns(name, plainly, set(known) - set(there), dictionary)


def _unknown_columns(
    name: str, plainly: dict[bool, list[str]], absent: set[str], dictionary: Dictionary
) -> Iterator[Issue]:
    """What is said of columns that nothing reads, those that hold numbers under True: many are one finding."""
    for numeric, columns in plainly.items():
        near = nearest_each(columns, absent)
        far = [column for column in columns if column not in near]
        told = columns if len(far) <= MOST_COLUMNS_TOLD else list(near)
        for column in told:
            meant = near.get(column, "")
            unit = dictionary.number[meant].unit if meant in dictionary.number and unit_told(column) else ""
            yield column_messages.unknown_column(name, column, meant, numeric=numeric, unit=unit)
        if len(far) > MOST_COLUMNS_TOLD:
            yield column_messages.unknown_columns(name, far, numeric=numeric)


def _cell_issues(name: str, table: pd.DataFrame, dictionary: Dictionary) -> Iterator[Issue]:
    row, words = lines(table), words_of(name, dictionary)
    days = day_columns(dictionary) if name == "patients" else ("day",)
    numeric = {*days, *(dictionary.number if name == "patients" else ("value",))}
    for column in (str(column) for column in table.columns):
        cells = texts(table[column])
        emails = which(cells, is_email)
        if emails.any() and not identifies(column):
            yield messages.identifying_cells(name, column, row[emails].tolist())
        if column not in columns_of(name, dictionary):
            continue
        if column in COLUMNS[name] and column not in MAY_BE_BLANK and (cells == "").any():
            yield messages.empty_cells(name, column, row[cells == ""].tolist())
        if column in words:
            yield from _word_issues(name, column, cells, row, words[column])
        elif column not in numeric and which(cells, is_formula).any():
            yield messages.formula_text(name, column, row[which(cells, is_formula)].tolist())
        if column in days:
            yield from day_issues(name, column, table[column], row, dictionary)


def _word_issues(
    name: str, column: str, cells: NDArray[np.object_], row: NDArray[np.int64], allowed: tuple[str, ...]
) -> Iterator[Issue]:
    wrong = ~among(cells, ["", *allowed])
    if wrong.any():
        found = distinct(cells[wrong])
        near = nearest_each(found, allowed)
        severe = column != "reason"  # a reason of the hospital's own is counted under its own name
        optional = column in MAY_BE_BLANK or column not in COLUMNS[name]
        rows = row[wrong].tolist()
        yield messages.unknown_words(name, column, rows, found, allowed, near, severe=severe, optional=optional)


def _patient_issues(patients: pd.DataFrame, dictionary: Dictionary) -> Iterator[Issue]:
    if not len(patients):
        yield messages.no_patients("patients")
    row, names = lines(patients), texts(patients["patient"])
    repeated = pd.Series(names).duplicated(keep=False).to_numpy() & (names != "")
    if repeated.any():
        yield messages.repeated_patients("patients", row[repeated].tolist(), distinct(names[repeated]))
    summary = summary_rows(patients, names, dictionary)
    if summary.any():
        yield messages.summary_rows("patients", row[summary].tolist(), distinct(names[summary]))
    if "last_day" in patients:
        outcome = np.ones(len(patients), dtype=bool)
        if "population" in patients:
            outcome = among(texts(patients["population"]), followed(dictionary))
        filled = [column for column in patients if column not in ("patient", "population")]
        bare = np.all([blank(patients[column]) for column in filled], axis=0) & (names != "") & outcome
        bare &= len(filled) >= FEWEST_FILLED
        if bare.any():
            yield messages.bare_rows("patients", row[bare].tolist(), distinct(names[bare]))
        unseen = blank(patients["last_day"]) & ~bare
        for members, severe in ((outcome, True), (~outcome, False)):
            if (unseen & members).any():
                yield messages.missing_last_day("patients", row[unseen & members].tolist(), severe=severe)


def _unknown_patients(tables: Tables) -> Iterator[Issue]:
    known = set(texts(tables.patients["patient"])) - {""}
    for name in ("measurements", "reactions", "treatments"):
        table: pd.DataFrame = getattr(tables, name)
        if "patient" not in table:
            continue
        names = texts(table["patient"])
        strange = ~among(names, ["", *known])
        if strange.any():
            found = distinct(names[strange])
            bare = {bare_code(patient): patient for patient in known}
            near = {patient: bare[bare_code(patient)] for patient in found if bare_code(patient) in bare}
            yield messages.unknown_patients(name, lines(table)[strange].tolist(), found, near)
