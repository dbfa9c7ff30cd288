"""The baseline table as it is shown where small counts are hidden."""

from __future__ import annotations

from dataclasses import replace

from components.baseline.analysis import Baseline, FactorRows, LevelRow, NumberRows
from components.core.rounded import rounded_columns, rounded_shares, rounded_summary


def rounded_baseline(result: Baseline) -> Baseline:
    """``result`` with counts rounded down, and without the numbers of fewer than five patients."""
    return Baseline(rounded_columns(result.columns), tuple(map(_row, result.rows)), result.method)


def _row(row: FactorRows | NumberRows) -> FactorRows | NumberRows:
    if isinstance(row, NumberRows):
        return replace(row, summaries=tuple(map(rounded_summary, row.summaries)))
    return replace(row, levels=tuple(map(_level, row.levels)))


def _level(row: LevelRow) -> LevelRow:
    return replace(row, shares=rounded_shares(row.shares))
