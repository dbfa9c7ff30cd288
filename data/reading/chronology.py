"""The order of days: nothing happens to a patient after death, and follow-up lasts as long as anything is recorded."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.cohort import Tables
from data.dictionary import Dictionary
from data.reading import messages
from data.reading.cells import lines, numbers, texts
from data.reading.issue import Issue
from data.reading.layout import day_columns


def chronology_issues(tables: Tables, dictionary: Dictionary) -> Iterator[Issue]:
    """What is recorded after death or after the last day of follow-up, table by table."""
    patients = tables.patients
    death, last = (_days(patients, column) for column in ("death_day", "last_day"))
    for column in day_columns(dictionary):
        if column not in patients:
            continue
        if column != "death_day":
            yield from _late("patients", column, patients, death, "death_day", severe=True)
        if column != "last_day":
            # How long an endpoint was looked for may be known from another source than the last day.
            severe = column not in [endpoint.last for endpoint in dictionary.endpoints]
            yield from _late("patients", column, patients, last, "last_day", severe=severe)
    for endpoint in (one for one in dictionary.endpoints if one.last in patients):
        for column in (day for day in endpoint.days if day in patients and day != "death_day"):
            yield from _late("patients", column, patients, _days(patients, endpoint.last), endpoint.last, severe=True)
    names = pd.Index(texts(patients["patient"]))
    first = ~names.duplicated()
    for name in ("measurements", "reactions", "treatments"):
        table: pd.DataFrame = getattr(tables, name)
        if {"patient", "day"} <= set(table.columns):
            at = names[first].get_indexer(pd.Index(texts(table["patient"])))
            died, seen = (np.append(days[first], np.nan)[at] for days in (death, last))
            yield from _late(name, "day", table, died, "death_day", severe=True)
            yield from _late(name, "day", table, np.where(numbers(table["day"]) > died, np.nan, seen), "last_day")


def _days(patients: pd.DataFrame, column: str) -> NDArray[np.float64]:
    return numbers(patients[column]) if column in patients else np.full(len(patients), np.nan)


def _late(
    name: str, column: str, table: pd.DataFrame, limit: NDArray[np.float64], of: str, *, severe: bool = False
) -> Iterator[Issue]:
    late = numbers(table[column]) > limit
    if late.any():
        yield messages.after(name, column, lines(table)[late].tolist(), of, severe=severe)
