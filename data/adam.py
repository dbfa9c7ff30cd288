"""CDISC ADaM data sets (ADSL, ADTTE, ADPC or ADLB, ADAE as CSV) to the four tables, with a note of all that was mapped.

Day 0 is TRTSDT of ADSL, or STARTDT of ADTTE where there is none. CNSR 0 is an event, every positive number is censored.
Rows with DTYPE hold derived values and are left out. The text ``NA`` is a missing value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data import remarks
from data.adam_tables import measurements_of, reactions_of, treatments_of
from data.adam_values import Dataset, dates, days_between, days_of, number, text, without_na
from data.cells import lines
from data.cohort import Tables
from data.dictionary import Dictionary
from data.issue import Issue
from data.layout import followed
from data.spelling import with_known_words, with_numbers
from data.variables import DICTIONARY

USUAL = {"death_day": "OS", "progression_day": "PFS"}
"""The day columns and the parameters that are taken for them when nothing is chosen."""

BY_DATES = ""
"""Chosen instead of a parameter: death and follow-up come from the dates of ADSL."""


@dataclass(frozen=True)
class Parameter:
    """A time-to-event parameter of ADTTE; ``reverse_of`` names the one whose follow-up it holds, if it does."""

    code: str
    label: str
    patients: int
    events: int
    reverse_of: str = ""


def is_adam(cells: pd.DataFrame) -> bool:
    """Whether a table is an ADaM data set: it has the column USUBJID."""
    return "USUBJID" in {str(column).upper() for column in cells.columns}


def parameters(datasets: Mapping[str, pd.DataFrame]) -> tuple[Parameter, ...]:
    """The time-to-event parameters that the data sets (name: cells) offer, in order of appearance."""
    adtte = _of_kind(_datasets(datasets), "ADTTE")
    if adtte is None:
        return ()
    codes = dict.fromkeys(code for code in text(adtte.cells, "PARAMCD") if code)
    found: dict[str, tuple[str, pd.DataFrame]] = {}
    for code in codes:
        rows = adtte.cells[text(adtte.cells, "PARAMCD") == code]
        found[code] = (next(iter(text(rows, "PARAM")), code) or code, rows)
    return tuple(
        Parameter(
            code, label, rows["USUBJID"].nunique(), int((number(rows, "CNSR") == 0).sum()), _reversed(code, found)
        )
        for code, (label, rows) in found.items()
    )


def tables_from_adam(
    datasets: Mapping[str, pd.DataFrame],
    dictionary: Dictionary = DICTIONARY,
    endpoints: Mapping[str, str] | None = None,
) -> tuple[Tables | None, Dictionary, tuple[Issue, ...]]:
    """The four tables, the dictionary with the measured variables they bring, and how everything was mapped.

    ``datasets`` maps a name to cells of text; its columns tell which data set it is. ``endpoints`` gives the PARAMCD
    of ``death_day`` (or ``BY_DATES``) and ``progression_day``; without it OS and PFS are taken. None when there are no
    patients.
    """
    sets = _datasets(datasets)
    remarked: list[Issue] = [remarks.adam_unknown_kind(entry.name) for entry in sets if not entry.kind]
    remarked += [remarks.table_twice(kind, names) for kind, names in _doubled(sets)]
    adsl, adtte, adae = (_of_kind(sets, kind) for kind in ("ADSL", "ADTTE", "ADAE"))
    source = adsl or adtte
    if source is None:
        return None, dictionary, (*remarked, remarks.no_patients_table())
    start = _first_days(adsl, adtte)
    patients, more = _patients(source, start, dictionary)
    remarked += more
    times, more = _times(adsl, adtte, patients, start, endpoints or {})
    remarked += more
    patients, more = with_known_words("patients", patients.assign(**times), dictionary)
    remarked += more
    patients, more = with_numbers("patients", patients, dictionary, decimal_comma=False)
    remarked += more
    values = [entry for entry in sets if entry.kind == "ADPC"]
    measurements, measures, more = measurements_of(values, start, dictionary)
    remarked += more
    reactions, more = reactions_of(adae, start, dictionary)
    remarked += more
    treatments, more = treatments_of(adsl, start)
    tables = Tables(patients, measurements, reactions, treatments)
    return tables, dictionary.with_measures(measures), (*remarked, *more)


def _datasets(datasets: Mapping[str, pd.DataFrame]) -> tuple[Dataset, ...]:
    found = []
    for name, cells in datasets.items():
        upper = without_na(cells.rename(columns=lambda column: str(column).upper()))
        found.append(Dataset(name, _kind(set(upper.columns)), upper))
    return tuple(found)


def _kind(columns: set[str]) -> str:
    if "USUBJID" not in columns:
        return ""
    if {"PARAMCD", "CNSR"} <= columns:
        return "ADTTE"
    if {"PARAMCD", "AVAL"} <= columns:
        return "ADPC"
    if columns & {"AEDECOD", "AETERM"}:
        return "ADAE"
    return "ADSL" if columns & {"TRTSDT", "SAFFL", "ARM", "TRT01P"} and "PARAMCD" not in columns else ""


def _of_kind(sets: tuple[Dataset, ...], kind: str) -> Dataset | None:
    return next((entry for entry in sets if entry.kind == kind), None)


def _doubled(sets: tuple[Dataset, ...]) -> Iterator[tuple[str, list[str]]]:
    for kind in ("ADSL", "ADTTE", "ADAE"):
        names = [entry.name for entry in sets if entry.kind == kind]
        if len(names) > 1:
            yield kind, names


def _reversed(code: str, found: Mapping[str, tuple[str, pd.DataFrame]]) -> str:
    """The earlier parameter with the same times and the opposite censoring for every patient; else the empty text."""
    own = found[code][1].set_index("USUBJID")
    for other in list(found)[: list(found).index(code)]:
        their = found[other][1].set_index("USUBJID")
        if len(own) > 1 and own.index.is_unique and their.index.is_unique and set(own.index) == set(their.index):
            same = (number(own, "AVAL") == number(their.loc[own.index], "AVAL")).all()
            if same and ((number(own, "CNSR") == 0) != (number(their.loc[own.index], "CNSR") == 0)).all():
                return other
    return ""


def _first_days(adsl: Dataset | None, adtte: Dataset | None) -> pd.Series:
    """The date of day 0 by patient, missing where it is not known."""
    found = pd.Series(dtype="datetime64[ns]")
    for entry, column in ((adsl, "TRTSDT"), (adtte, "STARTDT")):
        if entry is not None and column in entry.cells:
            by_patient = pd.Series(dates(entry.cells, column).to_numpy(), entry.cells["USUBJID"]).dropna()
            by_patient = by_patient[~by_patient.index.duplicated()]
            found = found.combine_first(by_patient) if len(found) else by_patient
    return found


def _patients(source: Dataset, start: pd.Series, dictionary: Dictionary) -> tuple[pd.DataFrame, list[Issue]]:
    cells = source.cells if source.kind == "ADSL" else source.cells.drop_duplicates("USUBJID")
    columns = {"sex": "SEX", "age": "AGE", "weight": "WEIGHTBL", "institution": "SITEID"}
    taken = {key: column for key, column in columns.items() if column in cells}
    if taken.get("age") and set(text(cells, "AGEU")) - {"", "YEARS"}:
        taken.pop("age")
    patients = pd.DataFrame({"patient": cells["USUBJID"], **{key: cells[column] for key, column in taken.items()}})
    treated = patients["patient"].isin(start.index) | (not len(start))
    if "SAFFL" in cells:
        treated &= text(cells, "SAFFL") == "Y"
    member, outside = followed(dictionary)[0], dictionary.populations[0].members[0]
    patients["population"] = np.where(treated, member, outside)
    columns = {"patient": "USUBJID", **taken}
    return patients, [remarks.adam_patients(source.name, columns, member, int(treated.sum()), outside)]


def _times(
    adsl: Dataset | None, adtte: Dataset | None, patients: pd.DataFrame, start: pd.Series, endpoints: Mapping[str, str]
) -> tuple[dict[str, NDArray[np.float64]], list[Issue]]:
    """The day columns of the patients: from the chosen parameters, or else from the dates of ADSL."""
    unknown = np.full(len(patients), np.nan)
    times = {"death_day": unknown, "last_day": unknown, "progression_day": unknown}
    if adsl is not None:
        day_0 = start.reindex(adsl.cells["USUBJID"])
        times["death_day"] = days_between(dates(adsl.cells, "DTHDT"), day_0)
        for column in ("EOSDT", "LSTALVDT", "DTHDT"):
            day = days_between(dates(adsl.cells, column), day_0)
            times["last_day"] = np.where(np.isnan(day), times["last_day"], day)
    if adtte is None:
        return times, []
    remarked: list[Issue] = []
    offered = {entry.code: entry for entry in parameters({adtte.name: adtte.cells})}
    remarked += [remarks.adam_reverse(adtte.name, e.code, e.reverse_of) for e in offered.values() if e.reverse_of]
    chosen = dict(endpoints) or {column: code for column, code in USUAL.items() if code in offered}
    if "death_day" not in chosen:
        remarked.append(remarks.adam_no_endpoint(adtte.name, tuple(offered)))
    for column, code in chosen.items():
        if code == BY_DATES:
            continue
        if code not in offered:
            remarked.append(remarks.adam_no_parameter(adtte.name, code, tuple(offered)))
            continue
        rows, more = _rows_of(adtte, code)
        day, found = days_of(adtte.name, rows, start)
        remarked += [*more, *found]
        event = (number(rows, "CNSR") == 0) & ~((column != "death_day") & _death(rows))
        at = pd.Index(rows["USUBJID"])
        if at.is_unique:
            place = at.get_indexer(pd.Index(patients["patient"]))
            times[column] = np.append(np.where(event, day, np.nan), np.nan)[place]
            if column == "death_day":
                times["last_day"] = np.append(day, np.nan)[place]
        label, events = offered[code].label, int(event.sum())
        remarked.append(remarks.adam_endpoint(adtte.name, code, label, column, events, len(rows)))
    return times, remarked


def _rows_of(adtte: Dataset, code: str) -> tuple[pd.DataFrame, list[Issue]]:
    rows = adtte.cells[text(adtte.cells, "PARAMCD") == code]
    rows = rows[text(rows, "DTYPE") == ""]
    flagged = text(rows, "ANL01FL") == "Y"
    rows = rows[flagged] if flagged.any() else rows
    remarked = []
    several = rows["USUBJID"].duplicated(keep=False).to_numpy()
    if several.any():
        remarked.append(remarks.adam_several(adtte.name, lines(rows)[several].tolist(), code))
    censor = number(rows, "CNSR")
    wrong = ~((censor >= 0) & (censor % 1 == 0))
    if wrong.any():
        remarked.append(remarks.adam_censoring(adtte.name, lines(rows)[wrong].tolist()))
    return rows, remarked


def _death(rows: pd.DataFrame) -> NDArray[np.bool_]:
    return np.array(["death" in str(what).casefold() for what in text(rows, "EVNTDESC")], dtype=np.bool_)
