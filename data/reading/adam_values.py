"""Cells of ADaM data sets: missing values, dates of ISO or SAS, and days since day 0."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.reading import adam_messages
from data.reading.cells import Mask, folded, lines, numbers, texts, which
from data.reading.issue import Issue

MISSING_TEXTS = ("", "NA", ".")
DAYS_IN = {"DAY": 1.0, "WEEK": 7.0, "MONTH": 30.4375, "YEAR": 365.25}


@dataclass(frozen=True)
class Dataset:
    """One ADaM data set: the name of its file, its kind (ADSL, ADTTE, ADPC, ADAE or none), cells and labels."""

    name: str
    kind: str
    cells: pd.DataFrame
    labels: Mapping[str, str] = field(default_factory=dict)


def without_na(cells: pd.DataFrame) -> pd.DataFrame:
    """The same cells, those that hold a text for a missing value empty."""
    return cells.mask(cells.isin(MISSING_TEXTS))


def text(cells: pd.DataFrame, column: str) -> NDArray[np.object_]:
    """A column as text, (rows,); empty where it is missing or there is no such column."""
    return texts(cells[column]) if column in cells else np.full(len(cells), "", dtype=object)


def number(cells: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """A column as numbers, (rows,); not a number where it is missing or there is no such column."""
    return numbers(cells[column]) if column in cells else np.full(len(cells), np.nan)


_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})([T ].*)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SAS = re.compile(r"(\d{1,2})[- ]?([A-Za-z]{3})[- ]?(\d{4})(:.*)?")
_PARTIAL = re.compile(r"(19|20)\d{2}([-/]+(\d{1,2}|UNK?|X+))*[-/]*")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_SAS_ORIGIN = date(1960, 1, 1)
SAS_DAYS = (-21915, 51500)
"""Days since 1960 from 1900 to 2100."""


@cache
def date_of(written: str) -> date | None:
    """The date of an ISO text, of ``20200101``, of ``01JAN2020`` or of a number of days since 1960; else None.

    A year alone, or with a month, is no date: nothing shows the day.
    """
    try:
        iso, compact, sas = _ISO.fullmatch(written), _COMPACT.fullmatch(written), _SAS.fullmatch(written)
        if iso or compact:
            year, month, day = (iso or compact).groups()[:3]  # type: ignore[union-attr]
            return date(int(year), int(month), int(day))
        if sas:
            return date(int(sas.group(3)), _MONTHS.index(sas.group(2).upper()) + 1, int(sas.group(1)))
        if is_partial(written) or not re.fullmatch(r"-?\d{1,5}(\.0*)?", written):
            return None
        days = int(float(written))
        return _SAS_ORIGIN + timedelta(days=days) if SAS_DAYS[0] <= days <= SAS_DAYS[1] else None
    except ValueError:
        return None


def is_partial(written: str) -> bool:
    """Whether a text is a date without its day, such as ``2020`` or ``2020-03``."""
    return _PARTIAL.fullmatch(written) is not None and not _ISO.fullmatch(written) and len(written) < 10


def dates(cells: pd.DataFrame, column: str) -> pd.Series:
    """A column as dates (``date_of``); missing where there is none."""
    codes, values = pd.factorize(text(cells, column))
    read = np.array([*(np.datetime64(date_of(str(value)) or "NaT", "D") for value in values), "NaT"], "datetime64[D]")
    return pd.Series(read[codes].astype("datetime64[ns]"), cells.index)


@dataclass(frozen=True)
class Undated:
    """Cells of a column of dates that are none, (rows,): dates without their day, and what is no date at all."""

    partial: Mask
    unreadable: Mask


def undated(cells: pd.DataFrame, column: str) -> Undated:
    """Which cells of a column of dates hold something that is not the date of a day."""
    written = text(cells, column)
    partial = which(written, is_partial)
    return Undated(partial, (written != "") & ~partial & ~which(written, lambda word: date_of(word) is not None))


def other_dates(cells: pd.DataFrame, column: str) -> dict[str, str]:
    """The dates of a column that are not written as in ISO 8601, each as it was read."""
    written = (str(word) for word in pd.unique(text(cells, column)))
    read = {word: date_of(word) for word in written if word and not _ISO.fullmatch(word)}
    return {word: day.isoformat() for word, day in read.items() if day is not None}


def days_between(later: pd.Series, day_0: pd.Series) -> NDArray[np.float64]:
    """Whole days from ``day_0`` to ``later``, row by row; not a number where either is missing."""
    elapsed = later.to_numpy(dtype="datetime64[D]") - day_0.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(elapsed), np.nan, elapsed.astype(float))


def study_days(cells: pd.DataFrame, date: str, day: str, start: pd.Series) -> NDArray[np.float64]:
    """Days since day 0 of each row: from the date, or else from the study day, which is 1 on day 0 and has no 0."""
    by_date = days_between(dates(cells, date), start.reindex(cells["USUBJID"]))
    if date not in cells and day not in cells and "ASTDT" in cells:
        by_date = days_between(dates(cells, "ASTDT"), start.reindex(cells["USUBJID"]))
    study_day = number(cells, day)
    return np.where(np.isnan(by_date), np.where(study_day > 0, study_day - 1, study_day), by_date)


def days_of(name: str, rows: pd.DataFrame, start: pd.Series) -> tuple[NDArray[np.float64], list[Issue]]:
    """Days since day 0 of time-to-event rows: from ADT where there are dates, otherwise from AVAL and its unit.

    The unit is that of AVALU, or else stands behind the name of the parameter (PARAM).
    """
    remarked: list[Issue] = []
    code = str(next(iter(text(rows, "PARAMCD")), ""))
    by_date = days_between(dates(rows, "ADT"), start.reindex(rows["USUBJID"]))
    counted = days_between(dates(rows, "ADT"), dates(rows, "STARTDT")) + 1
    undated_rows = np.isnan(by_date)
    value = number(rows, "AVAL")
    units = {_unit(unit) for unit in text(rows, "AVALU")} - {""}
    if not units:
        units = {_unit(unit_in(word)) for word in text(rows, "PARAM")} - {""}
        if units and undated_rows.any():
            remarked.append(adam_messages.unit_from_label(name, code, min(units).lower(), int(undated_rows.sum())))
    unit = next(iter(units), "")
    if len(units) > 1 or unit not in DAYS_IN:
        if (undated_rows & ~np.isnan(value)).any():
            remarked.append(adam_messages.time_unit(name, sorted(units)))
        if units:
            return by_date, remarked
        # Only to compare with the dates: the unit in which most values agree with them.
        unit = min(DAYS_IN, key=lambda one: int(_disagreeing(value, counted, one).sum()))
    elapsed = value * DAYS_IN[unit]
    disagreeing = _disagreeing(value, counted, unit)
    if disagreeing.any():
        remarked.append(adam_messages.disagreeing(name, lines(rows)[disagreeing].tolist()))
    if not units:
        return by_date, remarked
    from_0 = bool((value == 0).any())
    if (undated_rows & ~np.isnan(value)).any():
        n = int((undated_rows & ~np.isnan(value)).sum())
        remarked.append(adam_messages.time_counted(name, code, unit.lower(), n, from_0=from_0))
    return np.where(undated_rows, np.round(elapsed) - (0 if from_0 else 1), by_date), remarked


def _disagreeing(value: NDArray[np.float64], days: NDArray[np.float64], unit: str) -> Mask:
    """Values in a unit that are not, to their nearest whole unit, the days counted from the dates."""
    return np.asarray(np.abs(value * DAYS_IN[unit] - days) > (DAYS_IN[unit] - 1) / 2 + 0.01, dtype=np.bool_)


def unit_in(label: str) -> str:
    """The unit in brackets at the end of a parameter's name: ``Overall survival (months)``; else empty."""
    found = re.search(r"[(\[]([^()\[\]]+)[)\]]\s*$", label)
    return found.group(1).strip() if found else ""


def same_unit(unit: str) -> str:
    """A unit as units are compared: the letter mu and the micro sign are u, case and space do not count."""
    return folded(unit).replace("µ", "u").replace("μ", "u")


def _unit(written: str) -> str:
    return written.strip().upper().rstrip("S")
