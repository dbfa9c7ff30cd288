"""A study in databases: the same answers everywhere.

    python -m bench.backends

PostgreSQL is started where its programs are installed, Apache Spark where its package is (``pip install pyspark``).
What is not there is left out, and that is said.
"""

from __future__ import annotations

from time import perf_counter

import numpy as np

from bench.clicks import machine
from components.survival.hazard_ratios import prognosis
from data.cohort import Cohort
from data.reading.read import COHORT_FOLDER, reconstructed_cohort, tables_in
from tests.in_database import DATABASES, filled, mapping_of, study


def ratios(cohort: Cohort) -> list[float]:
    """Every hazard ratio of the forest plot with its limits, not a number where there is none."""
    words = cohort.dictionary
    found = prognosis(cohort.of_population("outcome"), words.leading, words.factors)
    each = (level.ratio for one in found.comparisons for level in one.levels)
    return [np.nan if number is None else number for one in each for number in (one.value, one.lower, one.upper)]


def agreement() -> None:
    """How far the hazard ratios of each database are from those in memory, relative, at most."""
    tables = tables_in(COHORT_FOLDER)
    mapping, expected = mapping_of(tables), np.array(ratios(reconstructed_cohort()))
    print("| Database | Largest relative difference of a ratio or limit | Queries | Forest, s |\n|---|---|---|---|")
    for name, opened_source in DATABASES.items():
        try:
            with opened_source() as source:
                filled(source, vars(tables))
                cohort = study(source, mapping)
                began, asked = perf_counter(), source.asked
                found = np.array(ratios(cohort))
                took = perf_counter() - began
        except (ImportError, LookupError) as error:
            print(f"| {name} | not run: {error} | | |")
            continue
        same = np.isnan(found) == np.isnan(expected)
        away = np.nanmax(np.abs(found / expected - 1))
        print(f"| {name} | {away:.1e}{'' if same.all() else ', MISS'} | {source.asked - asked} | {took:.2f} |")


if __name__ == "__main__":
    print(f"{machine()}\n")
    agreement()
