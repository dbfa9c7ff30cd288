"""A study whose rows stay in a database, as an operator names it: the same patients, put into tables of it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import duckdb

from data.cohort import Tables
from data.database.cohort import DatabaseCohort
from data.database.source import Source
from data.database.study import study_in
from data.reading.mapping import Mapping, saved
from data.reading.read import opened
from tests.known import known


def mapping_of(tables: Tables) -> Mapping:
    """What the page for own cohorts proposes for these tables as files."""
    files = {f"{one.name}.csv": getattr(tables, one.name).to_csv(index=False).encode() for one in fields(tables)}
    return known(opened(files).mapping)


def put(tables: Tables, folder: Path) -> tuple[str, Path]:
    """The address of a database of DuckDB that holds the tables, and the file of its mapping."""
    database, mapping = folder / "registry.duckdb", folder / "mapping.json"
    with duckdb.connect(str(database)) as connection:
        for one in fields(tables):
            rows = getattr(tables, one.name)
            connection.register("rows", rows)
            connection.execute(f"CREATE TABLE {one.name} AS SELECT * FROM rows")  # noqa: S608 - a name of ours
    mapping.write_bytes(saved(mapping_of(tables)))
    return f"duckdb://{database}", mapping


def study(source: Source, mapping: Mapping) -> DatabaseCohort:
    """The study of a connected database, which must open."""
    found = study_in(source, mapping, "registry")
    assert found.reasons == ()
    return known(found.cohort)
