"""Curves, tests and hazard ratios as they are shown where small counts are hidden.

A curve and its shares are ranges as wide as five patients of the group, in whole months. What stands on fewer than five
patients or events of a group is withheld; medians, tests and ratios of more are what they are, to a few digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from components.core.estimate import Estimate, Reason
from components.core.rounded import WITHHELD, rounded_estimate, rounded_p, rounded_set, whole_months
from components.core.small_counts import FEWEST, few, rounded_down
from components.engine.kaplan_meier import kaplan_meier
from components.survival.analysis import Curve, RiskTable, Survival, Test
from components.survival.hazard_ratios import Comparison
from components.survival.share_ranges import enough_left, in_fives, incidence_range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from components.engine.event_table import EventTable
    from components.survival.hazard_ratios import LevelRatio, Prognosis

Counts = tuple[int, int]
"""Patients and events."""


def rounded_survival(result: Survival) -> Survival:
    """``result`` with counts rounded down, coarse curves, and without what stands on fewer than five.

    A restricted mean needs five events within its own time, in every group: of all and the others the mean of one could
    be computed.
    """
    table = result.comparison.table
    own = [] if table is None else [table.level(k) for k in range(len(result.curves))]
    enough = {c.group.id: not (few(c.n) or few(c.events)) for c in result.curves}
    compared = rounded_comparison(result.comparison)
    means = (
        bool(own)
        and not any(few(one.n) for one in result.curves)
        and not any(few(int(one.events[one.times < result.tau].sum())) for one in own)
    )
    curves = (_curve(curve, counted, result.at_days) for curve, counted in zip(result.curves, own, strict=bool(own)))
    return replace(
        result,
        n=rounded_down(result.n),
        events=rounded_down(result.events),
        curves=tuple(one if means else replace(one, restricted_mean=WITHHELD) for one in curves),
        risk_table=rounded_risk_table(result.risk_table),
        log_rank=_test(result.log_rank, every=all(enough.values())),
        comparison=compared,
        differences=tuple(
            replace(one, days=rounded_estimate(one.days), p=rounded_p(one.p))
            if means
            else replace(one, days=WITHHELD, p=None, reason=Reason.WITHHELD)
            for one in result.differences
        ),
        share_differences=(),
        follow_up=rounded_months(result.follow_up),
        analysed=rounded_set(result.analysed),
        sensitivity=None,
    )


def rounded_prognosis(result: Prognosis) -> Prognosis:
    """``result`` with counts rounded down, and without the ratios of levels with fewer than five patients or events."""
    return replace(
        result,
        n=rounded_down(result.n),
        events=rounded_down(result.events),
        comparisons=tuple(map(rounded_comparison, result.comparisons)),
        analysed=rounded_set(result.analysed),
    )


@dataclass(frozen=True)
class RoundedComparison(Comparison):
    """A comparison with rounded counts, whose ``totals`` of levels (by their positions) are rounded as one."""

    totals: Mapping[frozenset[int], Counts] = field(default_factory=dict)

    def together(self, *at: int) -> Counts:
        """Patients and events of these levels together, rounded once: a sum of rounded ones would be too small."""
        return self.totals[frozenset(at)]


def rounded_comparison(found: Comparison) -> RoundedComparison:
    """``found`` with counts rounded down; a ratio needs five patients and events in the level and in the reference."""
    base = next((level for level in found.levels if level.reference), None)
    levels = tuple(_level(level, base) for level in found.levels)
    every = _enough((level.n, level.events) for level in found.levels if level.n)
    p = rounded_p(found.p) if every else None
    at = range(len(levels))
    asked = [frozenset(at), *(frozenset(pair) for pair in combinations(at, 2))]
    totals = {one: _down(found.together(*one)) for one in asked}
    unknown = rounded_down(found.unknown)
    return RoundedComparison(found.key, found.title, levels, p, unknown, found.method, totals=totals)


def _down(counts: Counts) -> Counts:
    n, events = counts
    return rounded_down(n), rounded_down(events)


def _enough(counts: Iterable[Counts]) -> bool:
    return not any(few(n) or few(events) for n, events in counts)


def _level(level: LevelRatio, base: LevelRatio | None) -> LevelRatio:
    own = replace(level, n=rounded_down(level.n), events=rounded_down(level.events), detectable=None)
    if level.reference:
        return own
    if base is None or not _enough(((level.n, level.events), (base.n, base.events))):
        return replace(own, ratio=WITHHELD, p=None)
    return replace(own, ratio=rounded_estimate(level.ratio), p=rounded_p(level.p))


def _test(test: Test, *, every: bool) -> Test:
    if test.p is None:
        return test
    if not every:
        return Test(test.name, None, 0, None, Reason.WITHHELD)
    return replace(test, p=rounded_p(test.p))


def rounded_risk_table(table: RiskTable) -> RiskTable:
    """Counts under a curve, rounded down."""

    def down(counts: NDArray[np.int64]) -> NDArray[np.int64]:
        rounded: NDArray[np.int64] = counts - counts % FEWEST
        return rounded

    return RiskTable(table.days, down(table.at_risk), down(table.censored), down(table.events))


def _curve(curve: Curve, table: EventTable, at_days: tuple[int, ...]) -> Curve:
    """The curve of the group of which ``table`` counts the patients by day, in ranges as wide as five of them.

    It ends in the whole month in which too few are left. Its upper end is drawn.
    """
    had, left = 1 - kaplan_meier(table).survival[:, 0], table.at_risk[:, 0]
    before = np.append(0.0, had)[:-1]
    enough = [enough_left(*at) for at in zip(before.tolist(), [curve.n] * len(had), left.tolist(), strict=True)]
    shown = len(enough) if all(enough) else enough.index(False)
    small = few(curve.n)
    days, least, most = (
        (np.zeros(1, dtype=np.int64), np.zeros(1), np.ones(1))
        if small
        else in_fives(table.times[:shown], had[:shown], curve.n)
    )
    uncounted = small or few(curve.events)
    return replace(
        curve,
        n=rounded_down(curve.n),
        events=rounded_down(curve.events),
        days=days,
        survival=1 - least,
        lower=1 - most,
        upper=1 - least,
        lower_between=1 - most,
        beta_product=np.zeros(len(days), dtype=np.bool_),
        censor_days=np.array([], dtype=np.int64),
        censor_survival=np.array([], dtype=np.float64),
        few_from=float("inf"),
        last_day=0 if small or not shown else max(whole_months(int(table.times[shown - 1])), int(days[-1])),
        median=WITHHELD if uncounted else rounded_months(curve.median),
        at=tuple(_share(true, had, table, day, curve.n, shown) for day, true in zip(at_days, curve.at, strict=True)),
        restricted_mean=rounded_estimate(curve.restricted_mean),
        quartiles=tuple(
            WITHHELD if small or few(curve.events // 2) else rounded_months(one) for one in curve.quartiles
        ),
    )


def _share(true: Estimate, had: NDArray[np.float64], table: EventTable, day: int, n: int, shown: int) -> Estimate:
    """The range of the share free of the event on ``day``, within the days ``shown`` of the curve."""
    by_then = int(np.searchsorted(table.times, day, side="right"))
    if true.value is None:
        return true if true.reason in {Reason.BEYOND_FOLLOW_UP, Reason.BEYOND_HORIZON} else WITHHELD
    if by_then > shown:
        return WITHHELD
    left = int(table.at_risk[by_then, 0]) if by_then < len(table.times) else 0
    return without_event(incidence_range(float(had[by_then - 1]) if by_then else 0.0, n, left))


def without_event(found: Estimate) -> Estimate:
    """The share free of the event, of the range of the share with it."""
    value, lower, upper = (None if one is None else 1 - one for one in (found.value, found.upper, found.lower))
    return replace(found, value=value, lower=lower, upper=upper)


def rounded_months(found: Estimate) -> Estimate:
    """A time and its limits as whole months."""
    value, lower, upper = (
        None if one is None else whole_months(one) for one in (found.value, found.lower, found.upper)
    )
    return replace(found, value=value, lower=lower, upper=upper)
