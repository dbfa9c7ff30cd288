"""What is taken for a last day and for a baseline value where the file does not say it outright."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data.cohort import Tables
from data.dictionary import Dictionary
from data.paper import remarks
from data.reading.cells import among, blank, lines, numbers, texts
from data.reading.issue import Issue

LATE = 7
"""A first value up to this day after the start may have been meant as the baseline, and is reported as missing."""


def with_last_days(patients: pd.DataFrame) -> tuple[pd.DataFrame, list[Issue]]:
    """The patients, the last day of the dead that have none being the day of death; and a note of them."""
    if not {"last_day", "death_day"} <= set(patients.columns):
        return patients, []
    death = numbers(patients["death_day"])
    open_ended = blank(patients["last_day"]) & ~np.isnan(death)
    if not open_ended.any():
        return patients, []
    filled = patients["last_day"].where(~open_ended, patients["death_day"])
    if not filled.isna().any() and pd.api.types.is_numeric_dtype(filled):
        whole = bool((filled % 1 == 0).all())
        filled = filled.astype(np.int64) if whole else filled
    return patients.assign(last_day=filled), [remarks.last_day_of_the_dead(lines(patients)[open_ended].tolist())]


def baseline_notes(tables: Tables, dictionary: Dictionary) -> Iterator[Issue]:
    """How many baseline values are from before day 0, and how many first values are too late to be one."""
    rows, visit = tables.measurements, dictionary.baseline
    if not {"patient", "day", "variable", "value"} <= set(rows.columns) or not len(rows):
        return
    day = numbers(rows["day"])
    known = among(texts(rows["variable"]), [entry.key for entry in dictionary.measures])
    there = known & ~np.isnan(day) & ~np.isnan(numbers(rows["value"]))
    table = pd.DataFrame({"patient": texts(rows["patient"]), "variable": texts(rows["variable"]), "day": day})[there]
    if not len(table):
        return
    table["line"] = lines(rows)[there]
    before = table[table["day"].between(visit.first, visit.last)]
    last = before.sort_values("day", kind="stable").drop_duplicates(["patient", "variable"], keep="last")
    early = last[last["day"] < visit.day]
    if len(early):
        yield remarks.baseline_before(early["line"].tolist())
    keys = pd.MultiIndex.from_frame(last[["patient", "variable"]])
    first = table[table["day"] > visit.last].sort_values("day", kind="stable").drop_duplicates(["patient", "variable"])
    late = first[~pd.MultiIndex.from_frame(first[["patient", "variable"]]).isin(keys) & (first["day"] <= LATE)]
    if len(late):
        yield remarks.no_baseline(late["line"].tolist(), visit.first, LATE)
