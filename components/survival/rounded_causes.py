"""Endpoints that death can forestall, and pairs of groups, as they are shown where small counts are hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.core.estimate import Reason
from components.core.rounded import rounded_p, rounded_set
from components.core.small_counts import few, rounded_down
from components.survival.analysis import Test
from components.survival.rounded import rounded_comparison
from components.survival.share_ranges import incidence_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from components.core.estimate import Estimate
    from components.engine.event_table import EventTable
    from components.survival.competing import CauseComparison, Competing
    from components.survival.pairwise import PairComparison, Pairs


def rounded_competing(result: Competing) -> Competing:
    """``result`` with counts rounded down, shares as ranges, and without tests of fewer than five of a cause."""
    return replace(
        result,
        n=tuple(map(rounded_down, result.n)),
        events=tuple(map(rounded_down, result.events)),
        deaths=tuple(map(rounded_down, result.deaths)),
        shares=tuple(
            tuple(
                ranges(own, result.at_days, n, result.table, k)
                for k, (own, n) in enumerate(zip(shares, result.n, strict=True))
            )
            for shares in result.shares
        ),
        comparisons=rounded_causes(result.comparisons),
        analysed=rounded_set(result.analysed),
        table=None,
    )


def rounded_causes(comparisons: Iterable[CauseComparison]) -> tuple[CauseComparison, ...]:
    """Each cause compared as it may be shown."""
    return tuple(map(_cause, comparisons))


def _cause(found: CauseComparison) -> CauseComparison:
    enough = not any(few(level.n) or few(level.events) for level in found.hazard.levels if level.n)
    return replace(
        found, test=rounded_test(found.test, enough=enough), hazard=rounded_comparison(found.hazard), shares=None
    )


def rounded_test(test: Test, *, enough: bool) -> Test:
    """A test with two digits of its p-value, or withheld where not ``enough`` stand behind it."""
    if test.p is None:
        return test
    return replace(test, p=rounded_p(test.p)) if enough else Test(test.name, None, 0, None, Reason.WITHHELD)


def ranges(
    shares: Sequence[Estimate], days: Sequence[int], n: int, table: EventTable | None, level: int
) -> tuple[Estimate, ...]:
    """The shares with an event of a group of ``n``, counted by day in ``table``, as ranges; a reason stays."""
    return tuple(
        found if found.value is None else incidence_range(found.value, n, at_risk_after(table, level, day))
        for found, day in zip(shares, days, strict=True)
    )


def at_risk_after(table: EventTable | None, level: int, day: int) -> int:
    """Patients of a level who are followed beyond ``day``; nobody without a table."""
    if table is None:
        return 0
    later = table.times > day
    return int((table.events + table.censored)[later, level].sum())


def rounded_pairs(result: Pairs) -> Pairs:
    """``result`` with counts rounded down, and without tests of groups of fewer than five patients or events."""
    enough = {
        group.id: not (few(n) or few(events))
        for group, n, events in zip(result.groups.present, result.groups.n, result.events_of, strict=True)
    }
    every = all(enough.values())
    return replace(
        result,
        overall=_pair(result.overall, enough),
        pairs=tuple(_pair(pair, enough) for pair in result.pairs),
        trend=None if result.trend is None else rounded_test(result.trend, enough=every),
        statistic=result.statistic if every else None,
        weighted=tuple(rounded_test(test, enough=True) for test in result.weighted) if every else (),
        analysed=rounded_set(result.analysed),
        events_of=tuple(map(rounded_down, result.events_of)),
    )


def _pair(found: PairComparison, enough: dict[str, bool]) -> PairComparison:
    known = all(enough[group.id] for group in found.groups)
    counted = replace(found, n=rounded_down(found.n), events=rounded_down(found.events), detectable=None)
    if not known:
        return replace(counted, p=None, adjusted=None, permuted=None, reason=found.reason or Reason.WITHHELD)
    return replace(
        counted, p=rounded_p(found.p), adjusted=rounded_p(found.adjusted), permuted=rounded_p(found.permuted)
    )
