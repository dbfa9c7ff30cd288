"""The baseline table as it is shown where small counts are hidden."""

from __future__ import annotations

from dataclasses import replace

from components.baseline.analysis import Baseline, FactorRows, LevelRow, NumberRows
from components.core.columns import Columns
from components.core.rounded import rounded_columns, rounded_shares, rounded_summaries


def rounded_baseline(result: Baseline) -> Baseline:
    """``result`` with counts rounded down, and without the numbers of fewer than five patients."""
    rows = tuple(_row(row, result.columns) for row in result.rows)
    return Baseline(rounded_columns(result.columns), rows, result.method)


def _row(row: FactorRows | NumberRows, columns: Columns) -> FactorRows | NumberRows:
    if isinstance(row, NumberRows):
        return replace(row, summaries=rounded_summaries(columns, row.summaries))
    return replace(row, levels=tuple(map(_level, row.levels)))


def _level(row: LevelRow) -> LevelRow:
    return replace(row, shares=rounded_shares(row.shares))
