"""Days, numbers and measured values: what cannot be read, and what no patient is likely to have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.dictionary import Dictionary
from data.entries import Measure, Number
from data.reading import messages, number_messages
from data.reading.cells import (
    Mask,
    among,
    blank,
    distinct,
    is_date,
    lines,
    nearest_each,
    numbers,
    texts,
    unreadable,
    which,
)
from data.reading.issue import Issue
from data.reading.layout import patient_columns
from data.reading.units import written_in
from data.variables import DICTIONARY

LONGEST = 20000
"""Days of follow-up beyond which a number is a calendar date as a spreadsheet counts it (20 000 is in 1954)."""

MOST_VARIABLES = 200
"""More measured variables that nobody knows are values or remarks in the wrong column."""

BIRTH_YEARS = (1900, 2100)


def day_issues(
    name: str, column: str, cells: pd.Series, row: NDArray[np.int64], dictionary: Dictionary
) -> Iterator[Issue]:
    """Dates, unreadable, fractional, negative and impossible days of one column."""
    day, words = numbers(cells), texts(cells)
    wrong = unreadable(cells)
    dates = wrong & which(words, is_date)
    if dates.any():
        yield messages.dates_for_days(name, column, row[dates].tolist(), distinct(words[dates]))
    yield from _unreadable(name, column, np.where(dates, "", words), row, wrong & ~dates)
    fractional, negative, serial = np.nan_to_num(day % 1) != 0, day < 0, day > LONGEST
    if fractional.any():
        yield messages.fractional_days(name, column, row[fractional].tolist(), distinct(words[fractional]))
    if negative.any():
        allowed = name in ("measurements", "treatments")
        rows = row[negative].tolist()
        yield messages.negative_days(name, column, rows, allowed=allowed, first=dictionary.baseline.first)
    if serial.any():
        whole = np.array([f"{one:.15g}" for one in day[serial]])  # a column with gaps holds 43831 as 43831.0
        yield messages.serial_dates(name, column, row[serial].tolist(), distinct(whole))


def number_issues(patients: pd.DataFrame, dictionary: Dictionary) -> Iterator[Issue]:
    """Unreadable and implausible numbers of the patients."""
    row = lines(patients)
    for entry in (entry for entry in dictionary.numbers if entry.key in patients):
        cells = patients[entry.key]
        yield from _unreadable("patients", entry.key, texts(cells), row, unreadable(cells))
        value = numbers(cells)
        years = (value >= BIRTH_YEARS[0]) & (value <= BIRTH_YEARS[1]) & (entry.unit == "years")
        if years.any():
            yield messages.birth_years("patients", entry.key, row[years].tolist(), entry.label)
        yield from _implausible("patients", entry.key, entry, np.where(years, np.nan, value), row)


def measurement_issues(measurements: pd.DataFrame, dictionary: Dictionary) -> Iterator[Issue]:
    """Unreadable, missing, implausible and repeated measurements, and variables the dictionary does not list."""
    if not {"variable", "value"} <= set(measurements.columns):
        return
    name, row, cells = "measurements", lines(measurements), measurements["value"]
    variable, value = texts(measurements["variable"]), numbers(cells)
    yield from _unreadable(name, "value", texts(cells), row, unreadable(cells))
    if blank(cells).any():
        yield messages.empty_values(name, "value", row[blank(cells)].tolist())
    for entry in (entry for entry in dictionary.measures if not entry.derived):
        yield from _implausible(name, "value", entry, np.where(variable == entry.key, value, np.nan), row)
    yield from _variable_issues(variable, row, dictionary)
    if {"patient", "day"} <= set(measurements.columns):
        there = pd.DataFrame({"patient": texts(measurements["patient"]), "day": numbers(measurements["day"])})
        repeated = there.assign(variable=variable).duplicated(keep="first").to_numpy() & ~np.isnan(value)
        if repeated.any():
            yield messages.repeated_measurements(name, row[repeated].tolist())


def unknown_variables(measurements: pd.DataFrame, dictionary: Dictionary) -> tuple[str, ...]:
    """The measured variables of the file that could be added to the dictionary, in order of appearance."""
    taken = {"", *dictionary.measure, *dictionary.factor, *patient_columns(dictionary)}
    if "variable" not in measurements:
        return ()
    return tuple(word for word in distinct(texts(measurements["variable"])) if word not in taken)


def resembling(names: Iterable[str], dictionary: Dictionary = DICTIONARY) -> dict[str, str]:
    """Those of the names that are nearly one of the dictionary's measured variables, each with that variable."""
    return nearest_each(names, [entry.key for entry in dictionary.measures if not entry.derived])


def _variable_issues(variable: NDArray[np.object_], row: NDArray[np.int64], dictionary: Dictionary) -> Iterator[Issue]:
    measured = [entry.key for entry in dictionary.measures if not entry.derived]
    free = unknown_variables(pd.DataFrame({"variable": variable}), dictionary)
    unknown = among(variable, free)
    misplaced = ~among(variable, ["", *measured]) & ~unknown
    if len(free) > MOST_VARIABLES:
        yield messages.too_many_variables("measurements", len(free), free)
    elif unknown.any():
        near = resembling(free, dictionary)
        yield messages.unknown_variables("measurements", row[unknown].tolist(), free, near)
    if misplaced.any():
        found = distinct(variable[misplaced])
        yield messages.patient_level_variables("measurements", row[misplaced].tolist(), found)


def _unreadable(
    name: str, column: str, words: NDArray[np.object_], row: NDArray[np.int64], wrong: Mask
) -> Iterator[Issue]:
    """One issue for each kind of what stands in the place of a number, so that each has its own remedy."""
    if not wrong.any():
        return
    kinds = {word: number_messages.no_number(word) for word in distinct(words[wrong])}
    for kind in number_messages.NO_NUMBER:
        these = wrong & among(words, [word for word in kinds if kinds[word] == kind])
        if these.any():
            yield number_messages.unreadable_numbers(name, column, row[these].tolist(), distinct(words[these]), kind)


def _implausible(
    name: str, column: str, entry: Number | Measure, value: NDArray[np.float64], row: NDArray[np.int64]
) -> Iterator[Issue]:
    low, high = entry.plausible
    outside = (value < low) | (value > high)
    if outside.any():
        found = distinct(np.array([f"{number:g}" for number in value[outside]], dtype=object))
        hint = written_in(value[outside], entry.unit, entry.plausible)
        rows = row[outside].tolist()
        yield messages.outside_plausible(name, column, rows, entry.label, entry.unit, entry.plausible, found, hint)
