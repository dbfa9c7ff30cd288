"""Exports of REDCap, raw or with labels: one table of everything becomes patients and a table a repeated instrument.

In one export stand rows of the record, rows of events (visits) and rows of repeated instruments below one another, each
with most cells empty. What a record holds once is a column of patients; what it holds at several events is a row an
event in a table of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

import numpy as np
import pandas as pd

from data.reading import redcap_messages as messages
from data.reading.cells import Mask, blank, distinct, folded_name, texts
from data.reading.sheet import Sheet

EVENT, INSTRUMENT, INSTANCE = "event", "instrument", "instance"
_NAMES = {
    "redcapeventname": EVENT, "eventname": EVENT,
    "redcaprepeatinstrument": INSTRUMENT, "repeatinstrument": INSTRUMENT,
    "redcaprepeatinstance": INSTANCE, "repeatinstance": INSTANCE,
}  # fmt: skip
_OWN = ("redcapsurveyidentifier", "surveyidentifier", "surveytimestamp")
_STATUS = frozenset({"0", "1", "2", "Incomplete", "Unverified", "Complete", ""})


def as_tables(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """The sheets, each export of REDCap among them as the tables that it holds."""
    return tuple(table for sheet in sheets for table in (_tables(sheet) if _is_export(sheet) else (sheet,)))


def _is_export(sheet: Sheet) -> bool:
    """Whether the columns are those of an export with events or repeated instruments."""
    names = [_NAMES.get(folded_name(str(column)), "") for column in sheet.cells.columns]
    return len(names) > 2 and not names[0] and (INSTRUMENT in names[1:5] or EVENT in names[1:3])


def _tables(sheet: Sheet) -> Iterator[Sheet]:
    cells = sheet.cells
    record = str(cells.columns[0])
    place = {_NAMES[name]: str(column) for column in cells.columns if (name := folded_name(str(column))) in _NAMES}
    states = [str(column) for column in cells.columns if _is_status(cells, str(column))]
    own = [str(column) for column in cells.columns if folded_name(str(column)) in _OWN]
    fields = [str(column) for column in cells.columns if column not in (record, *place.values(), *states, *own)]
    cells = cells.rename(columns={record: "patient"})
    instrument = texts(cells[place[INSTRUMENT]]) if INSTRUMENT in place else np.full(len(cells), "", dtype=object)
    once = cells[instrument == ""]
    several = [field for field in fields if EVENT in place and _is_repeated(once, field)]
    parts = [(str(name), cells[instrument == name]) for name in distinct(instrument[instrument != ""])]
    kinds = [place[key] for key in (EVENT, INSTANCE) if key in place]
    long = [(name, _filled(rows, kinds, fields)) for name, rows in parts]
    if several:
        long.insert(0, ("events", _filled(once[_any(once, several)], [place[EVENT]], several)))
    kept = [field for field in fields if field not in several and not blank(once[field]).all()]
    patients = once[["patient", *kept]].groupby("patient", sort=False, dropna=False).first().reset_index()
    first = ~once["patient"].duplicated().to_numpy()
    patients.index = once.index[first]
    told = messages.read(sheet.name, record, len(patients), {name: len(rows) for name, rows in long}, len(states))
    labels = {column: label for column, label in sheet.labels.items() if column in cells}
    shape = [entry for entry in sheet.issues if entry.column not in states]  # with labels each form has a “Complete?”
    yield replace(sheet, cells=patients, labels=labels, issues=(*shape, told))
    stem = PurePath(sheet.name).stem
    for name, rows in long:
        yield replace(sheet, name=f"{stem} {name}", cells=rows, labels=labels, issues=(), workbook=True)


def _is_status(cells: pd.DataFrame, column: str) -> bool:
    """Whether a column says how far a form has been filled in."""
    name = folded_name(column).rstrip("?？")
    return name.endswith("complete") and set(texts(cells[column])) <= _STATUS


def _is_repeated(rows: pd.DataFrame, field: str) -> bool:
    """Whether any record has the field at more than one event."""
    return bool(rows["patient"][~blank(rows[field])].duplicated().any())


def _any(rows: pd.DataFrame, fields: Sequence[str]) -> Mask:
    """The rows in which any of the fields holds something, (rows,)."""
    return np.asarray(np.any([~blank(rows[field]) for field in fields], axis=0), dtype=np.bool_)


def _filled(rows: pd.DataFrame, places: Sequence[str], fields: Sequence[str]) -> pd.DataFrame:
    """The rows with the patient, event and instance, and those fields that hold anything."""
    return rows[["patient", *places, *(field for field in fields if not blank(rows[field]).all())]]
