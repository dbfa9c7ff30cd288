"""Treatment as it is shown where small counts are hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.core.rounded import rounded_columns, rounded_labels, rounded_set, rounded_shares, rounded_summaries
from components.core.small_counts import few, rounded_down

if TYPE_CHECKING:
    from components.treatment.concomitant import Concomitant
    from components.treatment.discontinuation import Discontinuation
    from components.treatment.taper import Shares


def rounded_stops(result: Discontinuation) -> Discontinuation:
    """``result`` with counts rounded down, without reasons of fewer than five patients and without single patients."""
    return replace(
        result,
        columns=rounded_columns(result.columns),
        stopped=rounded_shares(result.stopped),
        duration=rounded_summaries(result.columns, result.duration),
        reasons=rounded_labels(result.reasons),
        no_decision=tuple((reason, rounded_down(n)) for reason, n in result.no_decision if not few(n)),
    )


def rounded_concomitant(result: Concomitant) -> Concomitant:
    """``result`` with counts rounded down, without what fewer than five patients were given."""
    return replace(
        result,
        columns=rounded_columns(result.columns),
        at_start=tuple(
            replace(one, shares=rounded_shares(one.shares)) for one in result.at_start if not few(one.shares[0].n)
        ),
        given=tuple(
            replace(one, shares=rounded_shares(one.shares), times=tuple(map(rounded_down, one.times)))
            for one in result.given
            if not few(one.shares[0].n)
        ),
    )


def rounded_taper(result: Shares) -> Shares:
    """``result`` with counts rounded down."""
    rows = tuple(tuple(rounded_shares(group) for group in threshold) for threshold in result.rows)
    return replace(result, rows=rows, analysed=rounded_set(result.analysed))
