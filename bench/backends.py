"""A study in databases: the same answers everywhere, and how time grows with patients made on the fly.

    python -m bench.backends [10000 1000000 ...]

Patients are the committed cohort's, drawn with replacement by a view that DuckDB works out anew for every query. A
database whose program or package is not there is left out, and that is said.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run
from time import perf_counter

import ibis
import numpy as np
import pandas as pd

from components.baseline.analysis import baseline, every_variable
from components.survival.analysis import survival
from components.survival.hazard_ratios import prognosis
from data.cohort import Cohort, Tables
from data.database.cohort import DatabaseCohort
from data.database.source import Source, connected
from data.database.study import study_in
from data.reading.mapping import Mapping
from data.reading.read import COHORT_FOLDER, opened, reconstructed_cohort, tables_in

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
POSTGRES = Path("/usr/lib/postgresql")


def mapping_of(tables: Tables) -> Mapping:
    """What the page for own cohorts proposes for the tables as files."""
    files = {f"{one.name}.csv": getattr(tables, one.name).to_csv(index=False).encode() for one in fields(tables)}
    found = opened(files).mapping
    if found is None:
        raise ValueError("no mapping")
    return found


def pages(cohort: Cohort) -> dict[str, Callable[[], object]]:
    """What the pages compute, by their name."""
    words, outcome = cohort.dictionary, cohort.of_population("outcome")
    marked = tuple(factor for factor in words.factors if factor.prognostic)
    return {
        "Survival": lambda: survival(outcome, words.leading, words.factor["subtype"]),
        "Prognosis": lambda: prognosis(outcome, words.leading, marked),
        "Baseline": lambda: baseline(cohort, words.factor["subtype"], every_variable(words, words.factor["subtype"])),
    }


def ratios(cohort: Cohort) -> list[float]:
    """Every hazard ratio of the forest plot with its limits, not a number where there is none."""
    words = cohort.dictionary
    found = prognosis(cohort.of_population("outcome"), words.leading, words.factors)
    each = (level.ratio for one in found.comparisons for level in one.levels)
    return [np.nan if number is None else number for one in each for number in (one.value, one.lower, one.upper)]


def opened_in(source: Source, mapping: Mapping) -> DatabaseCohort:
    """The study of a database. Raises ValueError where it does not open."""
    found = study_in(source, mapping, "bench")
    if found.cohort is None:
        raise ValueError("; ".join(found.reasons))
    return found.cohort


@contextmanager
def postgres() -> Iterator[Source]:
    """A server of PostgreSQL of its own, in a folder that goes with it. Raises LookupError where there is none."""
    program = max(POSTGRES.glob("*/bin"), default=None)
    if program is None:
        raise LookupError("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        as_ = ["su", "-s", "/bin/sh", "nobody", "-c"] if os.getuid() == 0 else ["sh", "-c"]
        start = f"{program}/initdb -D {folder}/data -A trust -U bench && {program}/pg_ctl -D {folder}/data -w start "
        start += f"-l {folder}/log -o '-k {folder} -h 127.0.0.1 -p 54329'"
        run([*as_, start], check=True, capture_output=True)  # noqa: S603 - programs of the system
        try:
            yield connected("postgres://bench@127.0.0.1:54329/postgres")
        finally:
            run([*as_, f"{program}/pg_ctl -D {folder}/data -m immediate stop"], check=True, capture_output=True)  # noqa: S603


@contextmanager
def spark() -> Iterator[Source]:
    """Apache Spark in this process. Raises ImportError where it is not installed."""
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]  # noqa: PLC0415

    session = SparkSession.builder.master("local[2]").getOrCreate()
    try:
        yield Source(ibis.pyspark.connect(session))
    finally:
        session.stop()


@contextmanager
def duckdb() -> Iterator[Source]:
    """DuckDB in memory."""
    yield Source(ibis.duckdb.connect())


def agreement() -> None:
    """How far the hazard ratios of each database are from those in memory, relative, at most."""
    tables = tables_in(COHORT_FOLDER)
    mapping, expected = mapping_of(tables), np.array(ratios(reconstructed_cohort()))
    print("| Database | Largest relative difference of a ratio or limit | Queries | Forest, s |\n|---|---|---|---|")
    for name, opened_source in (("DuckDB", duckdb), ("PostgreSQL", postgres), ("Apache Spark", spark)):
        try:
            with opened_source() as source:
                for one in fields(tables):
                    source.backend.create_table(one.name, getattr(tables, one.name), overwrite=True)
                cohort = opened_in(source, mapping)
                began, asked = perf_counter(), source.asked
                found = np.array(ratios(cohort))
                took = perf_counter() - began
        except (ImportError, LookupError) as error:
            print(f"| {name} | not run: {error} | | |")
            continue
        same = np.isnan(found) == np.isnan(expected)
        away = np.nanmax(np.abs(found / expected - 1))
        print(f"| {name} | {away:.1e}{'' if same.all() else ', MISS'} | {source.asked - asked} | {took:.2f} |")


def growth(sizes: list[int]) -> None:
    """The time of each page at each size, and the exponent of its growth over the two largest."""
    tables = tables_in(COHORT_FOLDER)
    patients = tables.patients.assign(place=np.arange(len(tables.patients)))
    whole = mapping_of(tables)
    mapping = replace(whole, tables=tuple(one for one in whole.tables if one.holds == "patients"))
    rows = []
    for n in sizes:
        source = Source(ibis.duckdb.connect())
        source.backend.create_table("base", patients)
        columns = ", ".join(f'b."{name}"' for name in tables.patients.columns if name != "patient")
        source.backend.raw_sql(
            f"CREATE VIEW patients AS SELECT r.i AS patient, {columns} FROM range({n}) r(i) "  # noqa: S608 - numbers
            f"JOIN base b ON b.place = hash(r.i) % {len(patients)}"
        )
        began = perf_counter()
        cohort = opened_in(source, mapping)
        took = {"Opening": perf_counter() - began}
        for name, page in pages(cohort).items():
            page()  # the words that Ibis needs are loaded
            source.forget()
            began = perf_counter()
            page()
            took[name] = perf_counter() - began
        pages(cohort)["Prognosis"]()
        began = perf_counter()
        pages(cohort)["Prognosis"]()
        took["Prognosis from counts known"] = perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        rows.append(
            {"Patients": f"{n:,}", **{name: f"{value:.2f}" for name, value in took.items()}, "GB": f"{memory:.2f}"}
        )
        print(rows[-1], file=sys.stderr)
    table = pd.DataFrame(rows)
    print("| " + " | ".join(table.columns) + " |\n|" + "---|" * len(table.columns))
    for row in table.to_numpy().tolist():
        print("| " + " | ".join(row) + " |")
    if len(rows) > 1:
        steps = np.log(sizes[-1] / sizes[-2])
        powers = {
            name: np.log(float(rows[-1][name]) / max(float(rows[-2][name]), 0.01)) / steps
            for name in ("Survival", "Prognosis", "Baseline", "Prognosis from counts known")
        }
        print(
            "\nExponent over the last step: " + ", ".join(f"{name} {value:.2f}" for name, value in powers.items()) + "."
        )


if __name__ == "__main__":
    print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    agreement()
    print()
    growth([int(text) for text in sys.argv[1:]] or list(SIZES))
