"""Cells of ADaM data sets: missing values, dates of ISO or SAS, and days since day 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data import remarks
from data.cells import lines, numbers, texts
from data.issue import Issue

MISSING_TEXTS = ("", "NA", ".")
DAYS_IN = {"DAY": 1.0, "WEEK": 7.0, "MONTH": 30.4375, "YEAR": 365.25}


@dataclass(frozen=True)
class Dataset:
    """One ADaM data set: the name of its file, its kind (ADSL, ADTTE, ADPC, ADAE or none) and its cells."""

    name: str
    kind: str
    cells: pd.DataFrame


def without_na(cells: pd.DataFrame) -> pd.DataFrame:
    """The same cells, those that hold a text for a missing value empty."""
    return cells.mask(cells.isin(MISSING_TEXTS))


def text(cells: pd.DataFrame, column: str) -> NDArray[np.object_]:
    """A column as text, (rows,); empty where it is missing or there is no such column."""
    return texts(cells[column]) if column in cells else np.full(len(cells), "", dtype=object)


def number(cells: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """A column as numbers, (rows,); not a number where it is missing or there is no such column."""
    return numbers(cells[column]) if column in cells else np.full(len(cells), np.nan)


def dates(cells: pd.DataFrame, column: str) -> pd.Series:
    """A column as dates, from ISO text or days since 1960 as SAS counts; missing where there is none."""
    written = pd.Series(text(cells, column), cells.index)
    days = numbers(written)
    if np.isfinite(days).any():
        return pd.to_datetime(pd.Series(days, cells.index), unit="D", origin="1960-01-01")
    return pd.to_datetime(written.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")


def days_between(later: pd.Series, day_0: pd.Series) -> NDArray[np.float64]:
    """Whole days from ``day_0`` to ``later``, row by row; not a number where either is missing."""
    elapsed = later.to_numpy(dtype="datetime64[D]") - day_0.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(elapsed), np.nan, elapsed.astype(float))


def study_days(cells: pd.DataFrame, date: str, day: str, start: pd.Series) -> NDArray[np.float64]:
    """Days since day 0 of each row: from the date, or else from the study day, which is 1 on day 0 and has no 0."""
    by_date = days_between(dates(cells, date), start.reindex(cells["USUBJID"]))
    study_day = number(cells, day)
    return np.where(np.isnan(by_date), np.where(study_day > 0, study_day - 1, study_day), by_date)


def days_of(name: str, rows: pd.DataFrame, start: pd.Series) -> tuple[NDArray[np.float64], list[Issue]]:
    """Days since day 0 of time-to-event rows: from ADT where there are dates, otherwise from AVAL and its unit."""
    remarked: list[Issue] = []
    by_date = days_between(dates(rows, "ADT"), start.reindex(rows["USUBJID"]))
    counted = days_between(dates(rows, "ADT"), dates(rows, "STARTDT")) + 1
    units = {_unit(unit) for unit in text(rows, "AVALU")} or {"DAY"}
    unit = next(iter(units))
    if len(units) > 1 or unit not in DAYS_IN:
        if np.isnan(by_date).any():
            remarked.append(remarks.adam_time_unit(name, sorted(units)))
        return by_date, remarked
    value = number(rows, "AVAL") * DAYS_IN[unit]
    disagreeing = np.abs(value - counted) > (DAYS_IN[unit] - 1) / 2 + 0.01
    if disagreeing.any():
        remarked.append(remarks.adam_disagreeing(name, lines(rows)[disagreeing].tolist()))
    return np.where(np.isnan(by_date), np.round(value) - 1, by_date), remarked


def _unit(written: str) -> str:
    return written.upper().rstrip("S") or "DAY"
