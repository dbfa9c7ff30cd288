"""Databases that are documented and not started here: every query of a page can be written in their SQL."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pandas as pd
import pytest

from components.links.computed import asked, computed
from data.database.small_counts import FEWEST
from data.database.source import Source
from data.reading.read import COHORT_FOLDER, tables_in
from tests.in_database import filled, mapping_of, study

ibis = pytest.importorskip("ibis")

DIALECTS = ("clickhouse", "trino", "bigquery")
PAGES = (
    ("survival", "by=anti_mda5&endpoint=progression_free&subtype=cadm&age=30&age=60"),
    ("prognosis", ""),
    ("baseline", ""),
    ("safety", "by=subtype"),
)


class Recorded(Source):
    """A source that keeps the expressions it was asked."""

    def answer(self, expression: Any) -> Any:
        """What the database answers."""
        KEPT.setdefault(expression.op(), expression)
        return super().answer(expression)


KEPT: dict[Any, Any] = {}


@pytest.fixture(scope="module")
def queries() -> Iterator[list[Any]]:
    """Every query that opening a study and four pages ask, with small counts hidden, which asks most."""
    KEPT.clear()
    tables = tables_in(COHORT_FOLDER)
    backend = ibis.duckdb.connect()
    often = pd.concat([tables.patients.assign(patient=f"{k}-" + tables.patients["patient"]) for k in range(FEWEST)])
    filled(Source(backend), vars(tables) | {"patients": often})
    cohort = study(Recorded(backend), mapping_of(tables))
    for name, query in PAGES:
        page = import_module(f"pages.explore.{name}").PAGE
        list(computed(page, asked(page, cohort, query, single=False)))
    yield list(KEPT.values())
    KEPT.clear()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_query_can_be_written(queries: list[Any], dialect: str) -> None:
    assert len(queries) > 15
    for query in queries:
        written = str(ibis.to_sql(query, dialect=dialect))
        assert written.lstrip().upper().startswith(("SELECT", "WITH"))
