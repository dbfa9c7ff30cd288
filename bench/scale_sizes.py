"""What one number of patients takes, in memory and in a database, in seconds, and the memory of the process."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import pandas as pd

from components.baseline.analysis import baseline, every_variable
from components.survival.analysis import survival
from components.survival.event_groups import event_tables
from components.survival.hazard_ratios import prognosis
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.filters import filter_from_query
from data.reading.read import COHORT_FOLDER, tables_in
from data.variables import DICTIONARY

LABORATORY_ROWS = 10
"""Of each patient in memory."""

CHOSEN = "subtype=cadm&age=40&age=65"
ENOUGH = 100_000
"""Of fewer patients small counts are shown, because pages would be withheld."""

MEMORY_LIMIT = "4GB"
"""What DuckDB may take beside this process."""

REPEATS = 3
FACTORS = len(DICTIONARY.factors)
"""How many models the forest is of."""


def drawn(n: int) -> Tables:
    """``n`` patients drawn from the committed cohort, with laboratory rows; words are stored once."""
    tables = tables_in(COHORT_FOLDER)
    rng = np.random.default_rng(1)
    rows = rng.integers(0, len(tables.patients), n)
    patients = tables.patients.iloc[rows].reset_index(drop=True)
    for name in patients.columns[1:]:
        if patients[name].dtype == object:
            patients[name] = patients[name].astype("category")
    patients["patient"] = np.arange(n)
    pool = tables.measurements
    taken = rng.integers(0, len(pool), n * LABORATORY_ROWS)
    measurements = pd.DataFrame(
        {
            "patient": np.repeat(np.arange(n), LABORATORY_ROWS),
            "day": pool["day"].to_numpy(dtype=np.int64)[taken],
            "variable": pd.Categorical(pool["variable"])[taken],
            "value": pool["value"].to_numpy(dtype=float)[taken],
        }
    )
    return replace(tables, patients=patients, measurements=measurements)


def in_memory(n: int) -> dict[str, float]:
    """Opening the tables, a filter, the pages, and the part of the forest left once the patients are counted.

    The first forest finds what nobody has asked for yet: levels cut from laboratory values. Memory counts from when the
    tables are there, and has them in it.
    """
    tables = drawn(n)
    forget_largest_memory()
    began = perf_counter()
    cohort = cohort_from(tables, Provenance("imported", "bench", ""))
    found = {"Start": perf_counter() - began}
    del tables
    outcome = cohort.of_population("outcome")
    words = cohort.dictionary
    chosen = filter_from_query(CHOSEN, words).filter
    found["First forest"] = least(lambda: prognosis(outcome, words.leading, words.factors), 1)
    found["Filter"] = least(lambda: chosen.of(outcome))
    found["Survival"] = least(lambda: survival(outcome, words.leading, words.factor["subtype"]))
    found["Forest"] = least(lambda: prognosis(outcome, words.leading, words.factors))
    counting = least(lambda: event_tables(outcome, words.leading, words.factors))
    found["Forest after counting"] = max(found["Forest"] - counting, 0.0)
    found["Baseline"] = least(lambda: _baseline(outcome), 1)
    return found | {"GB": largest_memory()}


def in_database(n: int) -> dict[str, float]:
    """The same of a view of DuckDB, each page asked for the first time, and the forest asked for again."""
    import ibis  # noqa: PLC0415 - only where a database is measured

    from data.database.small_counts import FEWEST  # noqa: PLC0415
    from data.database.source import Source  # noqa: PLC0415
    from tests.in_database import mapping_of, study  # noqa: PLC0415

    tables = tables_in(COHORT_FOLDER)
    patients = tables.patients.assign(place=np.arange(len(tables.patients)))
    whole = mapping_of(tables)
    mapping = replace(whole, tables=tuple(one for one in whole.tables if one.holds == "patients"))
    with TemporaryDirectory() as folder:
        source = Source(
            ibis.duckdb.connect(memory_limit=MEMORY_LIMIT, temp_directory=folder), fewest=FEWEST if n >= ENOUGH else 1
        )
        source.backend.raw_sql("SET enable_progress_bar = false")
        source.backend.create_table("base", patients)
        columns = ", ".join(f'b."{name}"' for name in tables.patients.columns if name != "patient")
        source.backend.raw_sql(
            f"CREATE VIEW patients AS SELECT r.i AS patient, {columns} FROM range({n}) r(i) "  # noqa: S608 - numbers
            f"JOIN base b ON b.place = hash(r.i) % {len(patients)}"
        )
        began = perf_counter()
        cohort = study(source, mapping)
        found = {"Start": perf_counter() - began}
        outcome, words = cohort.of_population("outcome"), cohort.dictionary
        pages: dict[str, Callable[[], object]] = {
            "Survival": lambda: survival(outcome, words.leading, words.factor["subtype"]),
            "Forest": lambda: prognosis(outcome, words.leading, words.factors),
            "Baseline": lambda: _baseline(cohort),
        }
        for name, page in pages.items():
            found[name] = least(page, 1)
        found["Forest after counting"] = least(pages["Forest"])
    return found | {"GB": largest_memory()}


def _baseline(cohort: Cohort) -> object:
    by = cohort.dictionary.factor["subtype"]
    return baseline(cohort, by, every_variable(cohort.dictionary, by))


def least(asked: Callable[[], object], repeats: int = REPEATS) -> float:
    """The shortest of several times, in seconds."""
    times = []
    for _ in range(repeats):
        began = perf_counter()
        asked()
        times.append(perf_counter() - began)
    return min(times)


def forget_largest_memory() -> None:
    """Count the most memory from now on."""
    Path("/proc/self/clear_refs").write_text("5")


def largest_memory() -> float:
    """The most that this process has held at once, in gigabytes."""
    said = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(said[1]) / 1e6 if said else float("nan")
