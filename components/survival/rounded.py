"""Curves, tests and hazard ratios as they are shown where small counts are hidden.

A curve steps once for at least five events, on a whole month near the middle one of them, to a whole percentage. What
stands on fewer than five patients or events of a group is withheld; tests and ratios of more are what they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from components.core.estimate import Estimate, Reason
from components.core.rounded import WITHHELD, rounded_estimate, rounded_p, rounded_set, whole_months
from components.core.small_counts import FEWEST, few, rounded_down
from components.survival.analysis import Curve, RiskTable, Survival, Test

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from components.engine.event_table import EventTable
    from components.survival.hazard_ratios import Comparison, LevelRatio, Prognosis

Counts = tuple[int, int]
"""Patients and events."""


def rounded_survival(result: Survival) -> Survival:
    """``result`` with counts rounded down, coarse curves, and without what stands on fewer than five."""
    table = result.comparison.table
    events = [] if table is None else [_by_day(table, k) for k in range(len(result.curves))]
    enough = {c.group.id: not (few(c.n) or few(c.events)) for c in result.curves}
    compared = rounded_comparison(result.comparison)
    return replace(
        result,
        n=rounded_down(result.n),
        events=rounded_down(result.events),
        curves=tuple(
            _curve(curve, *own, result.at_days) for curve, own in zip(result.curves, events, strict=bool(events))
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


def _by_day(table: EventTable, k: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Of group ``k`` the days with events, the events until then, and who is at risk after them."""
    events = table.events[:, k]
    had = events > 0
    after = table.at_risk[:, k] - events - table.censored[:, k]
    return table.times[had], np.cumsum(events)[had], after[had]


def _curve(
    curve: Curve,
    days: NDArray[np.int64],
    until: NDArray[np.int64],
    after: NDArray[np.int64],
    at_days: tuple[int, ...],
) -> Curve:
    drawn, shares = _steps(curve, days, until)
    small = few(curve.n) or few(curve.events)
    nothing = np.full(len(drawn), np.nan)
    return replace(
        curve,
        n=rounded_down(curve.n),
        events=rounded_down(curve.events),
        days=drawn,
        survival=shares,
        lower=nothing,
        upper=nothing,
        lower_between=nothing,
        beta_product=np.zeros(len(drawn), dtype=np.bool_),
        censor_days=np.array([], dtype=np.int64),
        censor_survival=np.array([], dtype=np.float64),
        few_from=float("inf"),
        last_day=max(whole_months(curve.last_day), int(drawn[-1])),
        median=WITHHELD if small else rounded_months(curve.median),
        at=tuple(_share(one, day, days, until, after, curve.n) for one, day in zip(curve.at, at_days, strict=True)),
        restricted_mean=WITHHELD if small else rounded_estimate(curve.restricted_mean),
        quartiles=tuple(
            WITHHELD if small or few(curve.events // 2) else rounded_months(one) for one in curve.quartiles
        ),
    )


def _steps(
    curve: Curve, days: NDArray[np.int64], until: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The days and heights of a curve that steps once for at least five events; the last step has those left over."""
    total = int(until[-1]) if len(until) else 0
    ends = [i for i, before in _blocks(until) if total - int(until[i]) >= FEWEST or int(until[i]) == total]
    if total >= FEWEST and (not ends or int(until[ends[-1]]) < total):
        ends.append(len(until) - 1)
    drawn, shares, had = [0], [1.0], 0
    for i in ends:
        middle = int(np.searchsorted(until, (had + int(until[i]) + 1) // 2))
        month = max(whole_months(int(days[middle])), drawn[-1])
        height = round(float(curve.survival[np.searchsorted(curve.days, days[i], side="right") - 1]), 2)
        if month == drawn[-1] and len(drawn) > 1:
            shares[-1] = height
        else:
            drawn.append(month)
            shares.append(height)
        had = int(until[i])
    return np.array(drawn, dtype=np.int64), np.array(shares, dtype=np.float64)


def _blocks(until: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Where at least five events have come together since the block before, and how many came before them."""
    found, before = [], 0
    for i, n in enumerate(until.tolist()):
        if n - before >= FEWEST:
            found.append((i, before))
            before = n
    return found


def _share(
    found: Estimate, day: int, days: NDArray[np.int64], until: NDArray[np.int64], after: NDArray[np.int64], n: int
) -> Estimate:
    """Survival on a day in whole percent; it needs five events by then, and five at risk after the last of them."""
    by_then = int(np.searchsorted(days, day, side="right")) - 1
    had, left = (int(until[by_then]), int(after[by_then])) if by_then >= 0 else (0, n)
    if found.value is None and found.reason is Reason.BEYOND_FOLLOW_UP:
        return found
    if few(had) or few(left):
        return WITHHELD
    value, lower, upper = (None if one is None else round(one, 2) for one in (found.value, found.lower, found.upper))
    return replace(found, value=value, lower=lower, upper=upper)


def rounded_months(found: Estimate) -> Estimate:
    """A time and its limits as whole months."""
    value, lower, upper = (
        None if one is None else whole_months(one) for one in (found.value, found.lower, found.upper)
    )
    return replace(found, value=value, lower=lower, upper=upper)
