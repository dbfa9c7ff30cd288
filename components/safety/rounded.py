"""Reactions and deaths as they are shown where small counts are hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.core.estimate import Estimate
from components.core.rounded import (
    WITHHELD,
    rounded_columns,
    rounded_labels,
    rounded_share,
    rounded_shares,
    significant,
)
from components.core.small_counts import few, rounded_down

if TYPE_CHECKING:
    from components.safety.deaths import Deaths
    from components.safety.reactions import ReactionCell, ReactionRow, Reactions


def rounded_reactions(result: Reactions) -> Reactions:
    """``result`` with counts rounded down; what fewer than five patients had is left out, for its name would say so."""
    enough = {(row.category, row.term) for row in result.rows if not row.serious and not few(row.cells[0].patients.n)}
    shown = (row for row in result.rows if not row.category or (row.category, row.term) in enough)
    return replace(result, columns=rounded_columns(result.columns), rows=tuple(map(_row, shown)))


def _row(row: ReactionRow) -> ReactionRow:
    return replace(row, cells=tuple(map(_cell, row.cells)))


def _cell(cell: ReactionCell) -> ReactionCell:
    rate = cell.rate.value
    return replace(
        cell,
        patients=rounded_share(cell.patients),
        reactions=rounded_down(cell.reactions),
        patient_years=significant(cell.patient_years, 2),
        rate=WITHHELD if rate is None or few(cell.patients.n) else Estimate(significant(rate, 2)),
        difference=None if cell.difference is None else WITHHELD,
    )


def rounded_deaths(result: Deaths) -> Deaths:
    """``result`` with counts rounded down, without causes of fewer than five deaths and without single patients."""
    return replace(
        result,
        columns=rounded_columns(result.columns),
        died=rounded_shares(result.died),
        causes=rounded_labels(result.causes),
    )
