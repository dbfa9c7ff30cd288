"""The connection to a database: tables as expressions, and the answers to queries, each asked once.

Ibis writes the SQL of every database that it knows. It is installed apart (``requirements-database.txt``) and loaded
only where a study stands in a database.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from data.database.small_counts import FEWEST

MOST_ANSWERS = 2000
"""Answers are counts, so that many of them are still small."""

SCHEMES = ("duckdb", "parquet", "postgres", "postgresql", "pyspark", "clickhouse", "trino", "bigquery")
"""What an address of a database begins with."""


def is_database(where: str) -> bool:
    """Whether the operator names a database, not a folder or a file."""
    return urlsplit(where).scheme in SCHEMES


@dataclass(eq=False)
class Source:
    """A connected database. Answers are remembered until the server ends: they are counts, never rows.

    ``fewest`` is the smallest number of patients that an answer may count, 1 where the operator shows small counts.

    Sessions run in threads of one process, and no backend promises that one connection serves two at once.
    """

    backend: Any
    schema: str = ""
    fewest: int = FEWEST
    _answers: OrderedDict[Any, pd.DataFrame] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    asked: int = 0

    @property
    def name(self) -> str:
        """What Ibis calls the database: ``duckdb``, ``postgres``, ``pyspark`` ..."""
        return str(self.backend.name)

    def table(self, name: str) -> Any:
        """A table or view by the name that the mapping gives it, ``schema.table`` where it is not in the usual schema.

        A mapping made of files names ``patients.csv``: that is the table ``patients``. Raises KeyError for none.
        """
        schema, _, plain = name.rpartition(".")
        for database, table in ((None, name), (schema or None, plain), (None, PurePath(name).stem)):
            try:
                return self.backend.table(table, database=database)
            except Exception:  # noqa: BLE001, S112 - each database has an error of its own for a table that is not there
                continue
        raise KeyError(name)

    def answer(self, expression: Any) -> pd.DataFrame:
        """The rows that a query gives."""
        asked = expression.op()
        with self._lock:
            if asked not in self._answers:
                self._answers[asked] = self.backend.execute(expression)
                self.asked += 1
                while len(self._answers) > MOST_ANSWERS:
                    self._answers.popitem(last=False)
            self._answers.move_to_end(asked)
            return self._answers[asked]

    def forget(self) -> None:
        """Ask everything anew."""
        with self._lock:
            self._answers.clear()


def connected(where: str, fewest: int = FEWEST) -> Source:
    """The database at an address: one that Ibis knows, or ``parquet:///folder``, whose files DuckDB takes for tables.

    A file of DuckDB is opened for reading alone. Raises whatever the database raises where it cannot be reached.
    """
    import ibis

    parts = urlsplit(where)
    if parts.scheme == "parquet":
        backend = ibis.duckdb.connect()
        for file in sorted(Path(parts.path).glob("*.parquet")):
            backend.read_parquet(file, table_name=file.stem)
        return Source(backend, fewest=fewest)
    if parts.scheme == "duckdb":
        return Source(ibis.duckdb.connect(parts.path, read_only=True), fewest=fewest)
    return Source(ibis.connect(where), fewest=fewest)
