"""Tables 1 and 2 of the paper, cell by cell as printed, out of the panels that answer every filter."""

from __future__ import annotations

from collections import defaultdict

import pytest

from components.baseline import words
from components.baseline.analysis import baseline
from components.baseline.panel import baseline_panel
from components.core.table import Table
from components.safety.panels import reactions_panel
from components.safety.reactions import reactions
from data.cohort import Cohort
from data.levels import NOT_PERFORMED, PERFORMED
from data.paper.published import PublishedNumber, published_numbers
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY

COLUMNS = {
    "": "All patients",
    "subtype=PM": "PM",
    "subtype=CADM&subtype=Classic DM": "Overall DM",
    "subtype=CADM": "CADM",
    "subtype=Classic DM": "Classic DM",
}
"""The column of Table 1 that each group of the published numbers stands in."""

Cell = tuple[str, str, str]
"""Variable, level and group."""


def printed_cells(table: str) -> dict[Cell, str]:
    """What the paper prints in each cell: ``61 (49.2)``, ``59.4 ± 12.4``, or ``0`` alone."""
    cells: dict[Cell, dict[str, PublishedNumber]] = defaultdict(dict)
    for number in published_numbers():
        if number.place == table and number.answerable:
            cells[number.variable, number.level, number.group][number.statistic] = number
    return {cell: joined({name: number.printed for name, number in parts.items()}) for cell, parts in cells.items()}


def joined(parts: dict[str, str]) -> str:
    if "mean" in parts:
        return f"{parts['mean']} ± {parts['sd']}"
    return f"{parts['n']} ({parts['percent']})" if "percent" in parts else parts["n"]


def row_of(table: Table, variable: str, level: str) -> tuple[str, ...]:
    """The row of a variable, or of a level under it."""
    if variable in DICTIONARY.number:
        heading = f"{DICTIONARY.number[variable].label}, years, mean ± SD"
    else:
        heading = f"{DICTIONARY.factor[variable].label}, n (%)"
    at = next(i for i, row in enumerate(table.rows) if row[0] == heading)
    if level in {"", "Yes", "Present"}:
        return table.rows[at]
    return next(row for row in table.rows[at + 1 :] if row[0] == level)


def table_1(table: Table, cell: Cell) -> str:
    variable, level, group = cell
    if variable in {"patients", "subtype"}:
        return table.rows[0][table.columns.index(level or COLUMNS[group])]
    return row_of(table, variable, level)[table.columns.index(COLUMNS[group])]


def table_2(table: Table, cell: Cell) -> str:
    variable, label, _ = cell
    column = table.columns.index(
        "Serious: patients, n\u00a0(%)" if variable.startswith("serious_") else "Patients, n\u00a0(%)"
    )
    return next(row for row in table.rows if row[0] == label)[column]


@pytest.fixture(scope="module")
def safety() -> Cohort:
    return reconstructed_cohort().of_population("safety")


def test_table_1_digit_for_digit(safety: Cohort) -> None:
    panel = baseline_panel(baseline(safety, DICTIONARY.factor["subtype"]), words.Display())
    expected = printed_cells("Table 1")
    assert {cell: table_1(panel.tables[0], cell) for cell in expected} == expected


def test_table_2_digit_for_digit(safety: Cohort) -> None:
    panel = reactions_panel(reactions(safety), None, "patients", fewest=2)
    expected = printed_cells("Table 2")
    assert {cell: table_2(panel.tables[0], cell) for cell in expected} == expected


def test_every_cell_of_both_tables_is_compared() -> None:
    assert len(printed_cells("Table 1")) == 150
    assert len(printed_cells("Table 2")) == 38
    levels = {level for _, level, _ in printed_cells("Table 1")}
    assert {PERFORMED.word, NOT_PERFORMED.word, "Positive", "Negative", "Female", "DAD"} <= levels
