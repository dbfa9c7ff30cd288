"""The cohort of an installation: read once at the start from where its operator says, for every visitor.

The environment variable ``MYOSCOPE_STUDY`` names a folder with a hospital's files, as they could be dropped on the page
for own cohorts, or a database of SQLite, whose tables are taken as files; what is none of the tables of the study is
left out and listed. The mapping saved on that page, ``myoscope-mapping.json``, may stand among the files, or beside the
database. The address of any other database, such as
``duckdb:///srv/registry.duckdb``, leaves the rows where they are; its mapping is named by ``MYOSCOPE_MAPPING``.
Counts of one to four patients stay there too, unless ``MYOSCOPE_SMALL_COUNTS`` is ``shown``.
``MYOSCOPE_STUDY_NAME`` is the name to be shown; without it, that of the folder or file.
"""

from __future__ import annotations

import csv
import io
import os
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from data.cohort import Cohort
from data.database.source import is_database
from data.language import say
from data.paper import remarks
from data.reading.bounded import StoppedError, bounded
from data.reading.mapping import fitted, mapping_in
from data.reading.read import Opened, opened
from data.reading.sheet import LIMITS
from data.reading.status_codes import with_questions
from data.reading.workbook import SUFFIXES
from data.reading.write_ahead import with_pending
from data.recorded import with_recorded_variables

WHERE, NAME, MAPPING_FILE = "MYOSCOPE_STUDY", "MYOSCOPE_STUDY_NAME", "MYOSCOPE_MAPPING"
SMALL_COUNTS = "MYOSCOPE_SMALL_COUNTS"
MAPPING = "myoscope-mapping.json"
SQLITE = b"SQLite format 3\0"
_QUOTED = re.compile(r"“[^“”]*”")


@dataclass(frozen=True, eq=False)
class Installed:
    """The cohort, or None with the reasons why there is none: sentences that repeat no value of a file.

    ``left_out`` says of what the operator's folder or database holds besides that it is not shown.
    """

    cohort: Cohort | None
    reasons: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@cache
def installed_study() -> Installed | None:
    """The installation's cohort, read once; None where the operator names none."""
    return read_study(os.environ)


def read_study(environment: Mapping[str, str]) -> Installed | None:
    """The cohort that ``environment`` names; None where it names none. Never raises."""
    where = environment.get(WHERE, "").strip()
    if not where:
        return None
    if is_database(where):
        return _in_database(where, environment)
    place = Path(where).expanduser()
    if not place.exists():
        return _refused(say("{variable} names {place}, which is not there.", variable=WHERE, place=where))
    try:
        files, mapping, others = _files(place)
    except (OSError, StoppedError):
        return _refused(say("{place}, which {variable} names, cannot be read.", variable=WHERE, place=where))
    if not files:
        return _refused(say("{place}, which {variable} names, holds no table.", variable=WHERE, place=where))
    name = environment.get(NAME, "").strip() or place.stem
    found = _opened(files, mapping, name)
    return replace(found, left_out=(*(remarks.sheet_left_out(other).sentence for other in others), *found.left_out))


def _in_database(where: str, environment: Mapping[str, str]) -> Installed:
    """A study whose rows stay in a database, which the mapping explains."""
    kept = environment.get(MAPPING_FILE, "").strip()
    if not kept:
        return _refused(
            say("{variable} names a database: {mapping} must name its mapping.", variable=WHERE, mapping=MAPPING_FILE)
        )
    from data.database.study import opened_database  # noqa: PLC0415 - only where there is a database

    shown = environment.get(SMALL_COUNTS, "").strip().lower() == "shown"
    name = environment.get(NAME, "").strip() or say("Database")
    found = opened_database(where, Path(kept).expanduser(), name, **({"fewest": 1} if shown else {}))
    return Installed(found.cohort, found.reasons)


def _refused(*reasons: str) -> Installed:
    return Installed(None, reasons)


def _files(place: Path) -> tuple[dict[str, bytes], bytes | None, list[str]]:
    """The files by name, the mapping, if there is one, and the names of what is no table by its name.

    Raises OSError where something cannot be read, StoppedError where reading a database was stopped.
    """
    mapping = (place if place.is_dir() else place.parent) / MAPPING
    kept = mapping.read_bytes() if mapping.is_file() else None
    if not place.is_dir():
        with place.open("rb") as file:
            database = file.read(len(SQLITE)) == SQLITE
        return (bounded(tables_in_sqlite, place) if database else read_files([place])), kept, []
    listed = sorted(file for file in place.iterdir() if file.is_file() and not file.name.startswith("."))
    tables = [file for file in listed if file.suffix.lower() in SUFFIXES | {".txt", ".dat", ""}]
    others = [file.name for file in listed if file not in tables and file != mapping]
    return read_files(tables), kept, others


def read_files(listed: list[Path]) -> dict[str, bytes]:
    """The files' content; of more than is accepted no more than shows it."""
    left, found = LIMITS.megabytes * 2**20 + 1, {}
    for path in listed:
        with path.open("rb") as file:
            found[path.name] = file.read(left)
        left -= len(found[path.name])
    return found


def tables_in_sqlite(database: Path) -> dict[str, bytes]:
    """Every table and view of a database as a CSV file; it is opened for reading alone.

    A database whose last changes stand in a file beside it (``-wal``) is read with them, and nothing is written beside
    it. Raises sqlite3.Error.
    """
    found = {}
    with closing(_connected(database)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
        for (name,) in names.fetchall():
            quoted = str(name).replace('"', '""')
            rows = connection.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 - a name of its own, quoted
            out = io.StringIO()
            writer = csv.writer(out)
            writer.writerow(column[0] for column in rows.description)
            writer.writerows(rows)
            found[f"{name}.csv"] = out.getvalue().encode()
    return found


def _connected(database: Path) -> sqlite3.Connection:
    """The database, for reading; in memory where its last changes stand beside it and nobody has it open."""
    pending, shared = (database.with_name(f"{database.name}-{end}") for end in ("wal", "shm"))
    changed = pending.exists() and pending.stat().st_size > 0
    if not changed or shared.exists():
        alone = "" if changed else "&immutable=1"
        return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro{alone}", uri=True)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(with_pending(database.read_bytes(), pending.read_bytes()))
    return connection


def _opened(files: dict[str, bytes], mapping: bytes | None, name: str) -> Installed:
    found = opened(files, name, taken="without_others")
    if mapping is not None:
        try:
            kept = mapping_in(mapping)
        except ValueError:
            return _refused(say("{name} is no mapping that this version has saved.", name=MAPPING))
        if found.mapping is None:
            return _refused(say("{name} cannot be applied: these files need no mapping.", name=MAPPING))
        settled, lost = fitted(kept, found.mapping)
        settled = with_questions(settled, found.contents)
        found = opened(files, name, mapping=settled, taken="without_others")
        if lost:
            missing = ", ".join(f"{table}: {column}" for table, column in lost)
            return _refused(
                say("{name} speaks of columns that are not there: {missing}.", name=MAPPING, missing=missing)
            )
        if settled.unsettled:
            asked = ", ".join(f"{table}: {column.column}" for table, column in settled.unsettled)
            return _refused(
                say(
                    "{name} does not know all codes that stand in the files, or none of them is the event: {columns}.",
                    name=MAPPING,
                    columns=asked,
                )
            )
    elif found.cohort is not None and found.variables:
        found = opened(files, name, added=found.variables, taken="without_others")
    return _read(found)


def _read(found: Opened) -> Installed:
    if found.cohort is not None:
        cohort = with_recorded_variables(found.cohort)
        left_out = tuple(one.sentence for one in found.notes if one == remarks.sheet_left_out(one.table))
        return Installed(replace(cohort, provenance=replace(cohort.provenance, installed=True)), left_out=left_out)
    errors = [one for one in found.issues if one.severity == "error"]
    said = tuple(_QUOTED.sub("“…”", one.sentence) for one in errors)
    remedy = say(
        "To see all of it, drop the files on the page “Open a cohort” of a Myoscope started without {variable}; what "
        "is settled there can be saved as a mapping.",
        variable=WHERE,
    )
    return Installed(None, (*said, remedy))
