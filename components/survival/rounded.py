"""Curves, tests and hazard ratios as they are shown where small counts are hidden.

A curve and its shares are those of the rounded table: patients who leave in fives, each five on the whole month of the
middle one. So they say no more than the rounded counts beside them. What stands on fewer than five patients or
events of a group is withheld; medians, tests and ratios of more are what they are, to a few digits.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from components.core.estimate import Estimate, Reason
from components.core.rounded import WITHHELD, rounded_estimate, rounded_p, rounded_set, whole_months
from components.core.small_counts import FEWEST, few, rounded_down
from components.engine.event_table import EventTable
from components.engine.kaplan_meier import kaplan_meier, survival_at
from components.survival.analysis import Curve, RiskTable, Survival, Test

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from components.core.method import Method
    from components.engine.kaplan_meier import KaplanMeier
    from components.survival.hazard_ratios import Comparison, LevelRatio, Prognosis

Counts = tuple[int, int]
"""Patients and events."""


def rounded_survival(result: Survival) -> Survival:
    """``result`` with counts rounded down, coarse curves, and without what stands on fewer than five."""
    table = result.comparison.table
    fives = [] if table is None else [rounded_table(table.level(k)) for k in range(len(result.curves))]
    enough = {c.group.id: not (few(c.n) or few(c.events)) for c in result.curves}
    compared = rounded_comparison(result.comparison)
    return replace(
        result,
        n=rounded_down(result.n),
        events=rounded_down(result.events),
        curves=tuple(
            _curve(curve, own, result.at_days, result.method)
            for curve, own in zip(result.curves, fives, strict=bool(fives))
        ),
        risk_table=_risk_table(result.risk_table),
        log_rank=_test(result.log_rank, every=all(enough.values())),
        comparison=compared,
        differences=tuple(
            replace(one, days=rounded_estimate(one.days), p=rounded_p(one.p))
            if enough[one.group.id] and enough[one.reference.id]
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


def rounded_comparison(found: Comparison) -> Comparison:
    """``found`` with counts rounded down; a ratio needs five patients and events in the level and in the reference."""
    base = next((level for level in found.levels if level.reference), None)
    levels = tuple(_level(level, base) for level in found.levels)
    every = _enough((level.n, level.events) for level in found.levels if level.n)
    p = rounded_p(found.p) if every else None
    return replace(found, levels=levels, p=p, unknown=rounded_down(found.unknown), table=None)


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


def _risk_table(table: RiskTable) -> RiskTable:
    def down(counts: NDArray[np.int64]) -> NDArray[np.int64]:
        rounded: NDArray[np.int64] = counts - counts % FEWEST
        return rounded

    return RiskTable(table.days, down(table.at_risk), down(table.censored), down(table.events))


def rounded_table(table: EventTable) -> EventTable:
    """The patients of one level in fives: so many events and so many censored as rounded counts say.

    Each five leave on the whole month of the middle one. Up to four events left over count as censored, and up to four
    patients left over are not counted.
    """
    had, left = (np.repeat(table.times, column[:, 0]) for column in (table.events, table.censored))
    fives = len(had) // FEWEST
    others = np.sort(np.concatenate([had[FEWEST * fives :], left]))[
        : rounded_down(len(had) + len(left)) - FEWEST * fives
    ]
    days = [_months(leaving[FEWEST // 2 :: FEWEST][: len(leaving) // FEWEST]) for leaving in (had, others)]
    times = np.unique(np.concatenate(days))
    events, censored = (FEWEST * np.array([[int((one == day).sum())] for day in times], dtype=np.int64) for one in days)
    empty = np.zeros((0, 1), dtype=np.int64)
    return EventTable(times, events if len(times) else empty, censored if len(times) else empty)


def _months(days: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.array([whole_months(day) for day in days.tolist()], dtype=np.int64)


def _curve(curve: Curve, table: EventTable, at_days: tuple[int, ...], method: Method) -> Curve:
    """The curve of a group that ``table`` holds in fives; a point at the start where it had too few events."""
    km = kaplan_meier(table, method.interval, method.level)
    steps = table.events[:, 0] > 0
    small = few(curve.n) or not steps.any()
    days = np.append(0, table.times[steps])
    nothing = np.full(len(days), np.nan)
    return replace(
        curve,
        n=rounded_down(curve.n),
        events=rounded_down(curve.events),
        days=days,
        survival=np.append(1.0, km.survival[steps, 0]),
        lower=nothing,
        upper=nothing,
        lower_between=nothing,
        beta_product=np.zeros(len(days), dtype=np.bool_),
        censor_days=np.array([], dtype=np.int64),
        censor_survival=np.array([], dtype=np.float64),
        few_from=float("inf"),
        last_day=0 if small else int(table.times[-1]),
        median=WITHHELD if small else rounded_months(curve.median),
        at=_shares(curve, table, km, at_days),
        restricted_mean=WITHHELD if small else rounded_estimate(curve.restricted_mean),
        quartiles=tuple(
            WITHHELD if small or few(curve.events // 2) else rounded_months(one) for one in curve.quartiles
        ),
    )


def _shares(curve: Curve, table: EventTable, km: KaplanMeier, at_days: tuple[int, ...]) -> tuple[Estimate, ...]:
    """Survival on each day by the rounded table; it needs five events by then, and five still at risk."""
    found = []
    for day, true in zip(at_days, curve.at, strict=True):
        by_then = table.times <= day
        had, stay = int(table.events[by_then].sum()), int((table.events + table.censored)[~by_then].sum())
        if true.value is None and true.reason in {Reason.BEYOND_FOLLOW_UP, Reason.BEYOND_HORIZON}:
            found.append(true)
        elif few(had) or few(stay):
            found.append(WITHHELD)
        else:
            at = survival_at(km, (day,))
            found.append(Estimate(float(at.survival[0, 0]), float(at.lower[0, 0]), float(at.upper[0, 0])))
    return tuple(found)


def rounded_months(found: Estimate) -> Estimate:
    """A time and its limits as whole months."""
    value, lower, upper = (
        None if one is None else whole_months(one) for one in (found.value, found.lower, found.upper)
    )
    return replace(found, value=value, lower=lower, upper=upper)
