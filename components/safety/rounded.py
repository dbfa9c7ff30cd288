"""Reactions and deaths as they are shown where small counts are hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from components.core.estimate import Estimate
from components.core.rounded import (
    WITHHELD,
    rounded_columns,
    rounded_labels,
    rounded_set,
    rounded_share,
    rounded_shares,
    significant,
    whole_months,
)
from components.core.small_counts import FEWEST, few, rounded_down
from components.safety.reactions import PER_YEARS
from components.survival.rounded import rounded_risk_table
from components.survival.rounded_causes import at_risk_after, ranges, rounded_causes
from components.survival.share_ranges import enough_left, in_fives

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.engine.event_table import EventTable
    from components.safety.deaths import Deaths
    from components.safety.first_reaction import CumulativeIncidence, IncidenceCurve
    from components.safety.reactions import ReactionCell, ReactionRow, Reactions

YEARS_DIGITS = 2
"""Digits kept of the years that a column was followed."""


def rounded_reactions(result: Reactions) -> Reactions:
    """``result`` with counts rounded down; what fewer than five patients had is left out, for its name would say so."""
    enough = {(row.category, row.term) for row in result.rows if not row.serious and not few(row.cells[0].patients.n)}
    shown = (row for row in result.rows if not row.category or (row.category, row.term) in enough)
    years = tuple(significant(one, YEARS_DIGITS) for one in result.followed or [0.0] * len(result.columns.n))
    return replace(
        result,
        columns=rounded_columns(result.columns),
        rows=tuple(_row(row, years) for row in shown),
        exposure="whole follow-up",
        followed=years,
    )


def _row(row: ReactionRow, years: Sequence[float]) -> ReactionRow:
    return replace(row, cells=tuple(_cell(cell, own) for cell, own in zip(row.cells, years, strict=True)))


def _cell(cell: ReactionCell, years: float) -> ReactionCell:
    """The rate is that of the rounded reactions over all the time followed, the same for every row of a column.

    Of true counts the rates of two rows, divided by one another, would say these counts; and the time until the first
    reaction is another one for every patient who had it.
    """
    reactions = rounded_down(cell.reactions)
    known = years > 0 and not few(cell.patients.n)
    return replace(
        cell,
        patients=rounded_share(cell.patients),
        reactions=reactions,
        patient_years=years,
        rate=Estimate(PER_YEARS * reactions / years) if known else WITHHELD,
        difference=None if cell.difference is None else WITHHELD,
    )


def rounded_incidence(result: CumulativeIncidence) -> CumulativeIncidence:
    """``result`` with counts rounded down, and shares and curves as ranges as wide as five patients of the group."""
    return replace(
        result,
        curves=tuple(_curve(curve, k, result.at_days, result.table) for k, curve in enumerate(result.curves)),
        risk_table=rounded_risk_table(result.risk_table),
        comparisons=rounded_causes(result.comparisons),
        analysed=rounded_set(result.analysed),
        table=None,
    )


def _curve(curve: IncidenceCurve, k: int, at_days: tuple[int, ...], table: EventTable | None) -> IncidenceCurve:
    shares = curve.incidence.tolist()
    left = [curve.n, *(at_risk_after(table, k, day - 1) for day in curve.days[1:].tolist())]
    enough = [enough_left(share, curve.n, still) for share, still in zip([0.0, *shares], left, strict=False)]
    shown = len(enough) if all(enough) else enough.index(False)
    small = few(curve.n) or not shown
    days, least, most = in_fives(curve.days[:shown], curve.incidence[:shown], max(curve.n, FEWEST))
    if small:
        days, least, most = days[:1], least[:1], most[:1]
    return replace(
        curve,
        n=rounded_down(curve.n),
        events=rounded_down(curve.events),
        deaths=rounded_down(curve.deaths),
        days=days,
        incidence=least,
        lower=least,
        upper=most,
        upper_between=most,
        beta_product=np.zeros(len(days), dtype=np.bool_),
        last_day=0 if small else max(whole_months(int(curve.days[shown - 1])), int(days[-1])),
        at=ranges(curve.at, at_days, curve.n, table, k),
    )


def rounded_deaths(result: Deaths) -> Deaths:
    """``result`` with counts rounded down, without causes of fewer than five deaths and without single patients."""
    return replace(
        result,
        columns=rounded_columns(result.columns),
        died=rounded_shares(result.died),
        causes=rounded_labels(result.causes),
    )
