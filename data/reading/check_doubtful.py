"""Values that can be read but often mean something else: months for days, 99 for "not recorded", one patient twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.cohort import Tables
from data.dictionary import Dictionary
from data.levels import START, STOP
from data.reading import doubtful_messages
from data.reading.cells import MISSING_CODES, among, folded, folded_name, lines, numbers, texts
from data.reading.check_values import unknown_variables
from data.reading.issue import Issue
from data.reading.layout import day_columns, followed

SHORT = 180
"""Where nobody is followed longer than so many days, they may be months: 180 months are fifteen years."""

EARLY = 36
"""Where nothing is recorded after this day, the days may be months: of three years."""

LONG = 6
"""So many times as long as to its last record a study is followed, where the days of records may be months."""

FEWEST_DAYS = 3
"""On fewer different days after day 0 nothing looks like months."""

APART = 0.9
"""A code for "not recorded" stands apart where all other values are below this part of it."""


def doubts(tables: Tables, dictionary: Dictionary, *, dated: bool = False) -> Iterator[Issue]:
    """What should be looked at before these tables are opened, although all of it can be read.

    ``dated`` says that the days were counted from dates or given with their unit.
    """
    if "patient" in tables.patients:
        yield from similar_patients(tables.patients)
    if not dated:
        yield from _time_scale(tables, dictionary)
    yield from _similar_variables(tables.measurements, dictionary)
    yield from _missing_codes(tables, dictionary)
    yield from _drug_order(tables.treatments, dictionary)


def similar_patients(patients: pd.DataFrame) -> Iterator[Issue]:
    """Patients whose codes only capitals, zeros in front of a number or signs between words tell apart."""
    names = pd.Series(texts(patients["patient"]))
    unlike = names[(names != "") & ~names.duplicated()]
    codes = unlike.map(bare_code)
    alike = codes.duplicated(keep=False)
    pairs = [tuple(found) for _, found in unlike[alike].groupby(codes[alike], sort=False)]
    if pairs:
        rows = lines(patients)[among(names.to_numpy(dtype=object), [name for pair in pairs for name in pair])]
        yield doubtful_messages.similar_patients("patients", rows.tolist(), pairs)


def _similar_variables(measurements: pd.DataFrame, dictionary: Dictionary) -> Iterator[Issue]:
    """Measured variables outside the dictionary whose names only capitals, spaces or signs tell apart."""
    if not {"variable", "value"} <= set(measurements.columns):
        return
    names = pd.Series(unknown_variables(measurements, dictionary), dtype=object)
    for _, found in names.groupby(names.map(folded_name), sort=False):
        if len(found) > 1:
            rows = lines(measurements)[among(texts(measurements["variable"]), found)]
            yield doubtful_messages.similar_variables(rows.tolist(), found.tolist())


def bare_code(patient: str) -> str:
    """A patient's code without what a hand or a spreadsheet changes: capitals, leading zeros, a decimal zero, signs."""
    code = folded(patient).removesuffix(".0")
    code = re.sub(r"(?<![0-9])0+(?=[0-9])", "", code)
    return re.sub(r"(?<![0-9])[_\-./]+|[_\-./]+(?![0-9])", "", code)


def _time_scale(tables: Tables, dictionary: Dictionary) -> Iterator[Issue]:
    patients = tables.patients
    if "last_day" not in patients:
        return
    last = numbers(patients["last_day"])
    if "population" in patients:
        last = np.where(among(texts(patients["population"]), followed(dictionary)), last, np.nan)
    longest = float(np.nanmax(last)) if np.isfinite(last).any() else 0.0
    if 0 < longest <= SHORT:
        yield doubtful_messages.short_follow_up(int(longest))
    for name in ("measurements", "treatments", "reactions"):
        table: pd.DataFrame = getattr(tables, name)
        day = numbers(table["day"]) if "day" in table and len(table) else np.array([])
        after = np.unique(day[day > 0])
        if len(after) >= FEWEST_DAYS and after[-1] <= EARLY and longest >= LONG * after[-1]:
            yield doubtful_messages.early_days(name, int(after[-1]), int(longest))


def _drug_order(treatments: pd.DataFrame, dictionary: Dictionary) -> Iterator[Issue]:
    """Starts and stops of the study drug that do not go from day 0 to one stop."""
    if not {"patient", "day", "drug", "action"} <= set(treatments.columns) or not len(treatments):
        return
    ours = texts(treatments["drug"]) == dictionary.study_drug.word
    action, day = texts(treatments["action"]), numbers(treatments["day"])
    table = pd.DataFrame({"patient": texts(treatments["patient"]), "action": action, "day": day})
    table["line"] = lines(treatments)
    table = table[ours & np.isfinite(day)]
    starts, stops = (table[table["action"] == action] for action in (START.word, STOP.word))
    first = starts.sort_values("day", kind="stable").drop_duplicates("patient")
    elsewhere = first[first["day"] != 0].sort_values("line")
    if len(elsewhere):
        yield doubtful_messages.start_elsewhere(
            elsewhere["line"].tolist(), elsewhere["patient"].tolist(), dictionary.study_drug.label
        )
    stopped = table["patient"].map(stops.groupby("patient")["day"].min())
    again = table[(table["day"] > stopped) & table["action"].isin([START.word, STOP.word])]
    if len(again):
        patients = list(dict.fromkeys(again["patient"]))
        yield doubtful_messages.taken_again(again["line"].tolist(), patients, dictionary.study_drug.label)


def _missing_codes(tables: Tables, dictionary: Dictionary) -> Iterator[Issue]:
    patients = tables.patients
    for entry in (entry for entry in dictionary.numbers if entry.key in patients):
        told = _apart(numbers(patients[entry.key]), entry.plausible)
        yield from _told("patients", entry.key, patients, told, entry.label, entry.unit)
    for column in (column for column in day_columns(dictionary) if column in patients):
        told = _apart(numbers(patients[column]), (0, np.inf))
        yield from _told("patients", column, patients, told, column, "")
    rows = tables.measurements
    if not {"variable", "value"} <= set(rows.columns):
        return
    variable, value = texts(rows["variable"]), numbers(rows["value"])
    for measure in (entry for entry in dictionary.measures if not entry.derived):
        told = _apart(np.where(variable == measure.key, value, np.nan), measure.plausible)
        yield from _told("measurements", "value", rows, told, measure.label, measure.unit)


def _apart(value: NDArray[np.float64], plausible: tuple[float, float]) -> NDArray[np.float64]:
    """The values that are a code for "not recorded" and stand apart from all others, the rest not a number, (rows,).

    Those that are not plausible are reported as implausible.
    """
    there = np.isfinite(value)
    found = np.full(len(value), np.nan)
    different = np.unique(value[there])
    if len(different) < 2:
        return found
    highest, next_one = different[-1], different[-2]
    low, high = plausible
    code = MISSING_CODES.fullmatch(f"{highest:g}") is not None
    if code and low <= highest <= high and next_one < APART * highest:
        found[value == highest] = highest
    return found


def _told(
    name: str, column: str, table: pd.DataFrame, told: NDArray[np.float64], label: str, unit: str
) -> Iterator[Issue]:
    these = np.isfinite(told)
    if these.any():
        code = f"{told[these][0]:g}"
        yield doubtful_messages.missing_codes(name, column, lines(table)[these].tolist(), code, label, unit)
