"""A study whose rows stay in a database, as an operator names it: the same patients, put into tables of it."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from pathlib import Path
from subprocess import run

import duckdb
import ibis
import pandas as pd

from data.cohort import Tables
from data.database.cohort import DatabaseCohort
from data.database.source import Source, connected
from data.database.study import study_in
from data.reading.mapping import Mapping as Roles
from data.reading.mapping import saved
from data.reading.read import opened
from tests.known import known

POSTGRES = Path("/usr/lib/postgresql")


def mapping_of(tables: Tables) -> Roles:
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


def study(source: Source, mapping: Roles) -> DatabaseCohort:
    """The study of a connected database, which must open."""
    found = study_in(source, mapping, "registry")
    assert found.reasons == ()
    return known(found.cohort)


def filled(source: Source, tables: Mapping[str, pd.DataFrame]) -> None:
    """Tables put into a database, what is not recorded as NULL: from a frame Spark would take it for a number."""
    for name, rows in tables.items():
        if source.name == "pyspark":
            with tempfile.TemporaryDirectory() as folder:
                rows.to_parquet(f"{folder}/{name}.parquet")
                there = source.backend.read_parquet(f"{folder}/{name}.parquet")
                source.backend.create_table(name, there, overwrite=True)
        else:
            source.backend.create_table(name, rows, overwrite=True)


@contextmanager
def postgres() -> Iterator[Source]:
    """A server of PostgreSQL of its own, in a folder that goes with it. Raises LookupError where there is none."""
    program = max(POSTGRES.glob("*/bin"), default=None)
    if program is None:
        raise LookupError("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        Path(folder).chmod(0o777)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        as_ = ["su", "-s", "/bin/sh", "nobody", "-c"] if os.getuid() == 0 else ["sh", "-c"]
        start = f"{program}/initdb -D {folder}/data -A trust -U me && {program}/pg_ctl -D {folder}/data -w start "
        start += f"-l {folder}/log -o '-k {folder} -h 127.0.0.1 -p {port}'"
        free.close()
        run([*as_, start], check=True, capture_output=True)
        try:
            source = connected(f"postgres://me@127.0.0.1:{port}/postgres", fewest=1)
            yield source
            source.backend.disconnect()
        finally:
            run([*as_, f"{program}/pg_ctl -D {folder}/data -m immediate stop"], check=True, capture_output=True)


@contextmanager
def spark() -> Iterator[Source]:
    """Apache Spark in this process. Raises ImportError where it is not installed."""
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        made = SparkSession.builder.master("local[2]").config("spark.sql.warehouse.dir", folder)
        session = made.config("spark.log.level", "ERROR").getOrCreate()
        try:
            yield Source(ibis.pyspark.connect(session), fewest=1)
        finally:
            session.stop()


@contextmanager
def duckdb_in_memory() -> Iterator[Source]:
    """DuckDB in memory."""
    yield Source(ibis.duckdb.connect(), fewest=1)


DATABASES: dict[str, Callable[[], AbstractContextManager[Source]]] = {
    "DuckDB": duckdb_in_memory,
    "PostgreSQL": postgres,
    "Apache Spark": spark,
}
"""A database of each kind, empty, that goes when the block is left."""
