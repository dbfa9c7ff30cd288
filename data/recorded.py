"""What a cohort records of what the dictionary lists: an entry without its data is not offered as something else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from data.cohort import Cohort
    from data.entries import Needing


def lacks(cohort: Cohort, entry: Needing) -> bool:
    """Whether ``cohort`` holds nothing of what ``entry`` needs."""
    need = entry.needs
    if need is None:
        return False
    if need.table == "measurements" and need.of:
        return not cohort.records.readings.has(need.of)
    if need.table == "patients" and not need.of:
        return not any(
            column in cohort.columns and bool(cohort.columns.series(column).notna().any()) for column in need.columns
        )
    rows: pd.DataFrame = getattr(cohort, need.table)
    if need.of:
        rows = rows[rows[need.among] == need.of]
    return not any(column in rows and bool(rows[column].notna().any()) for column in need.columns)


def with_recorded_variables(cohort: Cohort) -> Cohort:
    """The cohort with only what is recorded of anybody offered by its dictionary: no page offers what is empty.

    Factors leave the dictionary; endpoints leave it for its ``not_recorded``, where measurements, numbers and records
    stand as well. Ask of a whole study: a filter takes nothing out of the dictionary.
    """
    words = cohort.dictionary
    factors = tuple(entry for entry in words.factors if (cohort.codes(entry) >= 0).any())
    entries: tuple[Needing, ...] = (*words.endpoints, *words.measures, *words.numbers, *words.records)
    lost = tuple(entry for entry in entries if lacks(cohort, entry))
    endpoints = tuple(entry for entry in words.endpoints if entry not in lost)
    return replace(cohort, dictionary=replace(words, factors=factors, endpoints=endpoints, not_recorded=lost))


def has_endpoints(cohort: Cohort) -> bool:
    """Whether anything that happens to patients is recorded, from which follow-up is known."""
    return any(not lacks(cohort, entry) for entry in cohort.dictionary.endpoints)
