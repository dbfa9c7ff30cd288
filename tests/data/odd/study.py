"""A small random study whose values are known, the text of its tables, and the judgement on what was read of them."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Literal

import numpy as np
import openpyxl

from data.cohort import Cohort
from data.entries import STOP_DAY
from data.reading.mapping import DEATH
from data.reading.read import Opened, opened

Row = dict[str, str]
Rows = list[Row]


@dataclass
class Study:
    """The truth: patients with their values, measurements (patient, day, variable, value), and days of stopping."""

    patients: Rows
    measurements: Rows
    treatments: Rows

    def tables(self) -> dict[str, Rows]:
        return {"patients": self.patients, "measurements": self.measurements, "treatments": self.treatments}


@dataclass(frozen=True)
class Case:
    """Files with the right outcome: the study that must come out, or (``study`` None) a refusal.

    ``death`` is the code of the column ``status`` that the visitor says is death. ``says`` is a pattern that one line before opening must match: of what was understood, or of the refusal.
    """

    kind: str
    files: Mapping[str, bytes]
    study: Study | None
    says: str = ""
    death: str = ""
    endpoints: Mapping[str, str] | None = field(default=None)
    encodings: Mapping[str, str] | None = field(default=None)


KINDS: dict[str, Callable[[random.Random], Case]] = {}


def odd(make: Callable[[random.Random], Case]) -> Callable[[random.Random], Case]:
    """Register a kind of odd file under the name of its function."""
    KINDS[make.__name__] = make
    return make


def study(rng: random.Random, *, most: int = 9) -> Study:
    """A random study: about a third of the patients die, some stop tacrolimus, all have a ferritin of day 0."""
    patients, measurements, treatments = Rows(), Rows(), Rows()
    for at in range(rng.randint(3, most)):
        name, last = f"P{at:02d}", rng.randint(150, 900)
        patients.append(
            {
                "patient": name,
                "sex": rng.choice(["Male", "Female"]),
                "anti_mda5": rng.choice(["Positive", "Negative"]),
                "fever": rng.choice(["Present", "Absent"]),
                "age": str(rng.randint(20, 85)),
                "weight": f"{rng.randint(35, 90)}.{rng.randint(1, 9)}",
                "last_day": str(last),
                "death_day": str(last) if rng.random() < 0.35 else "",
            }
        )
        for day in (0, 30, 91):
            value = f"{rng.randint(20, 900)}.{rng.randint(1, 9)}"
            measurements.append({"patient": name, "day": str(day), "variable": "ferritin", "value": value})
        treatments.append({"patient": name, "day": "0", "drug": "tacrolimus", "action": "start"})
        if at == 0 or rng.random() < 0.4:
            stop = str(rng.randint(10, last))
            treatments.append({"patient": name, "day": stop, "drug": "tacrolimus", "action": "stop"})
    patients[0] |= {"sex": "Male", "anti_mda5": "Positive", "fever": "Present"}
    patients[1] |= {"sex": "Female", "anti_mda5": "Negative", "fever": "Absent"}
    patients[0]["death_day"], patients[1]["death_day"] = patients[0]["last_day"], ""
    return Study(patients, measurements, treatments)


def changed(rows: Rows, column: str, written: Callable[[str], str]) -> Rows:
    """The rows with one column written otherwise."""
    return [{**row, column: written(row[column])} for row in rows]


def renamed(rows: Rows, names: Mapping[str, str]) -> Rows:
    """The rows with other names of columns."""
    return [{names.get(column, column): cell for column, cell in row.items()} for row in rows]


def text(
    rows: Sequence[Row], separator: str = ",", end: str = "\n", quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL
) -> str:
    """Rows as text with separators."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=separator, lineterminator=end, quoting=quoting, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def csv_of(tables: Mapping[str, Rows], separator: str = ",", encoding: str = "utf-8") -> dict[str, bytes]:
    """The tables as files of text."""
    return {f"{name}.csv": text(rows, separator).encode(encoding) for name, rows in tables.items()}


def workbook(tables: Mapping[str, Rows], cell: Callable[[str, str], object] | None = None) -> openpyxl.Workbook:
    """The tables as sheets; ``cell`` gives the value for a column and its text, by default numbers where it is one."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([(cell or as_number)(column, row.get(column, "")) for column in columns])
    return book


def as_number(_column: str, written: str) -> object:
    if re.fullmatch(r"-?\d+", written):
        return int(written)
    return float(written) if re.fullmatch(r"-?\d+\.\d+", written) else written or None


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def judged(case: Case) -> tuple[list[str], float]:
    """What is wrong with how a case is read (nothing, if all is well), and the seconds that it took."""
    start = perf_counter()
    try:
        found = _opened(case)
    except Exception as failure:  # noqa: BLE001 - that nothing raises is what is looked for
        return [f"{case.kind}: raised {failure!r}"], perf_counter() - start
    seconds = perf_counter() - start
    faults = [f"{case.kind}: {fault}" for fault in _faults(case, found)]
    return faults, seconds


def _opened(case: Case) -> Opened:
    """The files, with the death told where the case leaves it to the visitor."""
    found = opened(case.files, endpoints=case.endpoints, encodings=case.encodings)
    if not case.death or found.mapping is None:
        return found
    mapping = found.mapping.with_event("patients.csv", "status", DEATH, (case.death,))
    return opened(case.files, endpoints=case.endpoints, encodings=case.encodings, mapping=mapping)


def mapped_otherwise(case: Case) -> list[str]:
    """What is read otherwise if the files are opened by what their columns are proposed to be; nothing, if all is well."""
    if case.study is None:
        return []
    first = opened(case.files, endpoints=case.endpoints, encodings=case.encodings)
    if first.cohort is None or first.mapping is None:
        return []
    again = opened(case.files, encodings=case.encodings, mapping=first.mapping)
    if again.cohort is None:
        return [f"refused: {[entry.sentence for entry in again.issues if entry.severity == 'error']}"]
    return _differences(case.study, again.cohort)


def _faults(case: Case, found: Opened) -> list[str]:
    shown = [entry for entry in (*found.issues, *found.notes) if entry.severity != "note"]
    faults = []
    if case.study is None and found.cohort is not None:
        faults.append("opened, though it should be refused")
    if case.study is not None and found.cohort is None:
        faults.append(f"refused: {[entry.sentence for entry in shown if entry.severity == 'error']}")
    if case.study is not None and found.cohort is not None:
        faults += _differences(case.study, found.cohort)
    lines = [entry.sentence for entry in shown if case.study is not None or entry.severity == "error"]
    if case.says and not any(re.search(case.says, line) for line in lines):
        faults.append(f"nothing shown says “{case.says}”: {lines}")
    if len(shown) > 40:
        faults.append(f"a flood of {len(shown)} lines")
    return faults


def _differences(truth: Study, cohort: Cohort) -> list[str]:
    """Every value that is not the one that was meant."""
    patients = cohort.patients.set_index("patient")
    if list(patients.index) != [row["patient"] for row in truth.patients]:
        return [f"patients {list(patients.index)}"]
    faults = [
        f"{row['patient']} {column}: {read!r} for {meant}"
        for row in truth.patients
        for column, meant in row.items()
        if column != "patient" and not _same(column, read := patients.at[row["patient"], column], meant)
    ]
    found = sorted(_quadruples(cohort.measurements.to_dict("records")))
    wanted = sorted(_quadruples(truth.measurements))
    if found != wanted:
        faults.append(f"measurements {found} for {wanted}")
    stops = {row["patient"]: row["day"] for row in truth.treatments if row["action"] == "stop"}
    for name, day in patients[STOP_DAY].items():
        if not _same_number(day, stops.get(str(name), "")):
            faults.append(f"{name} stops on {day}, not {stops.get(str(name))}")
    return faults


def _quadruples(rows: Sequence[Mapping[Any, object]]) -> list[tuple[str, str, float, float]]:
    return [
        (str(row["patient"]), str(row["variable"]), float(str(row["day"])), float(str(row["value"]))) for row in rows
    ]


def _same(column: str, read: object, meant: str) -> bool:
    if column in ("sex", "anti_mda5", "fever", "subtype", "institution"):
        return read == meant
    return _same_number(read, meant)


def _same_number(read: object, meant: str) -> bool:
    number = float(str(read)) if read is not None else float("nan")
    return bool(np.isnan(number)) if meant == "" else number == float(meant)
