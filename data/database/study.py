"""A study that an operator names by the address of a database and a saved mapping: opened, or refused with reasons."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.cohort import Provenance
from data.database import messages
from data.database.cohort import DatabaseCohort, recorded_of
from data.database.small_counts import FEWEST
from data.database.source import Source, connected
from data.database.stand_in import understood
from data.database.tables import StudyTables, unsupported
from data.dictionary import Dictionary
from data.language import say
from data.reading.layout import followed
from data.reading.mapping import DEATH, ColumnRole, Mapping, mapping_in
from data.variables import DICTIONARY


@dataclass(frozen=True, eq=False)
class OpenedDatabase:
    """The cohort, or None with sentences that say why, and repeat no value of the database."""

    cohort: DatabaseCohort | None
    reasons: tuple[str, ...] = ()


def opened_database(where: str, mapping: Path, name: str, fewest: int = FEWEST) -> OpenedDatabase:
    """The study at the address ``where``, by the mapping in a file. Never raises for what the operator can mend.

    No count of fewer than ``fewest`` patients leaves the database.
    """
    try:
        kept = mapping_in(mapping.read_bytes())
    except OSError:
        return OpenedDatabase(None, (say("The mapping {file} cannot be read.", file=str(mapping)),))
    except ValueError:
        return OpenedDatabase(None, (say("{name} is no mapping that this version has saved.", name=mapping.name),))
    try:
        source = connected(where, fewest)
    except ModuleNotFoundError:
        return OpenedDatabase(
            None, (say("Databases need what requirements-database.txt lists, and it is not installed."),)
        )
    except Exception as error:  # noqa: BLE001 - each database has errors of its own
        kind = type(error).__name__
        return OpenedDatabase(None, (say("The database cannot be reached ({error}).", error=kind),))
    return study_in(source, kept, name)


def study_in(source: Source, mapping: Mapping, name: str, dictionary: Dictionary = DICTIONARY) -> OpenedDatabase:
    """The study in a connected database; what is wrong with its patients is counted by the database, all at once."""
    read = understood(source, mapping, dictionary)
    if read.problems:
        return OpenedDatabase(None, read.problems)
    wrong = [messages.unsupported(*at) for at in unsupported(read)]
    tables = StudyTables(source, read)
    wrong += _wrong(tables)
    if wrong:
        return OpenedDatabase(None, tuple(wrong))
    provenance = Provenance("imported", name, fingerprint(tables), installed=True)
    return OpenedDatabase(recorded_of(DatabaseCohort(tables, read.dictionary, provenance)))


def _wrong(tables: StudyTables) -> Iterator[str]:
    """What the checks of files would refuse, counted."""
    patients, source, words = tables.patients, tables.source, tables.dictionary
    table = next(one for one in tables.read.mapping.tables if one.holds == "patients")
    known = patients.aggregate(n=patients.count(), different=patients["patient"].nunique())
    known = known.select(twice=_said(known["n"] - known["different"], source.fewest))
    if n := int(source.answer(known)["twice"].iloc[0]):
        yield messages.patients_twice(table.sheet, n)
    last = patients["last_day"]
    followed_up = patients["population"].isin(followed(words))
    counts: dict[str, Any] = {"none": (followed_up & last.isnull() & patients["death_day"].isnull()).ifelse(1, 0).sum()}
    days = tuple(dict.fromkeys(("last_day", *(day for one in words.endpoints for day in one.days if day in patients))))
    for k, key in enumerate(days):
        day = patients[key]
        counts[f"part{k}"] = (day != day.floor()).ifelse(1, 0).sum()
        counts[f"before{k}"] = (day < 0).ifelse(1, 0).sum()
        counts[f"after{k}"] = (day > last).ifelse(1, 0).sum()
    counted = patients.aggregate(**counts)
    said_counts = {name: _said(counted[name], source.fewest) for name in counts}
    found = source.answer(counted.select(**said_counts)).fillna(0).iloc[0]
    if n := int(found["none"]):
        yield messages.no_last_day(table.sheet, n)
    for k, key in enumerate(days):
        column = _column(table.columns, key)
        for mark, said in (
            ("part", messages.no_whole_days),
            ("before", messages.before_start),
            ("after", messages.after_last_day),
        ):
            if n := int(found[f"{mark}{k}"]):
                yield said(table.sheet, column, n)


def _said(count: Any, fewest: int) -> Any:
    """A count of what is wrong; a small one as -1."""
    return count.between(1, fewest - 1).ifelse(-1, count)


def _column(columns: tuple[ColumnRole, ...], key: str) -> str:
    """What the hospital calls a column of days."""
    named = next((one.column for one in columns if one.role == "listed" and one.name == key), None)
    roles = ("event_day", "status") if key != "last_day" else ("time",)
    other = next(
        (one.column for one in columns if one.role in roles and (one.name == DEATH or key != "death_day")), key
    )
    return named or other


def fingerprint(tables: StudyTables) -> str:
    """Twelve hexadecimal digits that change with the mapping, the number of patients, their days and their events."""
    patients = tables.patients
    days = [column for column in patients.columns if column.endswith("_day")]
    sums = {f"{column} n": patients[column].count() for column in days}
    sums |= {f"{column} sum": patients[column].sum() for column in days}
    row = tables.source.answer(patients.aggregate(n=patients.count(), **sums)).iloc[0]
    said = repr([*(f"{value:.0f}" for value in row.astype(float).fillna(0)), tables.read.mapping])
    return hashlib.sha256(said.encode()).hexdigest()[:12]
