"""A second look at the log-rank test: every pair of groups, corrected for how many there are, and permutations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from components.core.estimate import Reason
from components.core.look import Look
from components.core.procedure import Procedure, listed
from components.engine.event_table import EventTable
from components.engine.logrank import Weighting, comparable, logrank, pairwise_logrank, trend
from components.engine.multiplicity import adjusted
from components.engine.permutation import permutation_logrank
from components.engine.schoenfeld import detectable_ratio
from components.survival.analysis import UNTESTED, Test, log_rank
from components.survival.event_groups import grouped_events
from components.survival.procedures import DETECTABLE_RATIO, HOLM, LANDMARK, LOG_RANK
from data.language import say

Weight = Literal["peto-prentice", "gehan", "tarone-ware", "late"]

if TYPE_CHECKING:
    from components.core.analysis_set import AnalysisSet
    from components.core.groups import Groups
    from components.survival.landmark import Landmark
    from data.cohort import Cohort
    from data.entries import Endpoint, Factor
    from data.levels import Level

PERMUTATIONS = 5000
WEIGHTS: tuple[tuple[Weight, tuple[Weighting, float, float]], ...] = (
    ("peto-prentice", ("fleming-harrington", 1, 0)),
    ("gehan", ("gehan", 0, 0)),
    ("tarone-ware", ("tarone-ware", 0, 0)),
    ("late", ("fleming-harrington", 0, 1)),
)
"""The weights of the log-rank test beside the even one, with the engine's names of them, rho and gamma."""
PAIR = 2


TREND = Procedure(
    "trend",
    say("Trend over ordered levels"),
    say("Levels that have an order are compared by the log-rank test for trend."),
    say("Tarone 1975"),
    formula="(a′U)² / a′Va, a the levels' positions",
    r="survMisc::comp",
    section="Survival",
    position=140,
    on_times=True,
    compares=True,
)
WEIGHTED_LOG_RANK = Procedure(
    "weighted-log-rank",
    say("Weighted log-rank"),
    say(
        "Weighted log-rank tests let events count by when they happen: early ones more by Peto and Prentice's, Gehan's "
        "and Tarone and Ware's weights, late ones more by Fleming and Harrington's."
    ),
    say("Gehan 1965; Peto and Peto 1972; Prentice 1978; Tarone and Ware 1977; Fleming and Harrington 1991"),
    formula="U and V with events weighed by S(t−), by Y, by √Y, or by 1 − S(t−)",
    r="survdiff(rho = 1); survMisc::comp",
    section="Survival",
    position=134,
    on_times=True,
    compares=True,
)
PERMUTATION_LOG_RANK = Procedure(
    "permutation-log-rank",
    say("Permutation log-rank"),
    say(
        "The permutation p reassigns the groups at random among the same follow-up times of those at risk at the first "
        "event, and counts how often the log-rank statistic is as large."
    ),
    say("Davison and Hinkley 4.3"),
    formula="(1 + relabellings of those at risk at the first event with at least the χ² found) / (1 + 5000)",
    section="Survival",
    position=160,
    on_times=True,
    compares=True,
)


@dataclass(frozen=True)
class PairComparison:
    """Two groups, or all of them: patients, events and the p-values, None exactly when ``reason`` says why.

    ``adjusted`` is Holm's p over all pairs (None for all groups together), ``permuted`` the permutation p;
    ``detectable`` is the hazard ratio that two groups could have shown with 80% power (None for more groups).
    """

    groups: tuple[Level, ...]
    n: int
    events: int
    p: float | None
    adjusted: float | None
    permuted: float | None
    detectable: float | None
    reason: Reason | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """How the groups are shown."""
        return tuple(group.label for group in self.groups)


@dataclass(frozen=True, eq=False)
class Pairs:
    """The comparison of all groups together, of every pair, and the trend over groups that have an order.

    ``events_of`` counts the events of each group. ``statistic`` is the χ² of all groups; ``weighted`` are the tests of
    all groups by ``WEIGHTS``, named so, none where there is nothing to test.
    """

    endpoint: Endpoint
    groups: Groups
    overall: PairComparison
    pairs: tuple[PairComparison, ...]
    trend: Test | None
    statistic: float | None
    weighted: tuple[Test, ...]
    permutations: int
    landmark: Landmark[Any] | None
    analysed: AnalysisSet
    events_of: tuple[int, ...] = ()

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the p-values were made with."""
        tests = (self.overall, *self.pairs)
        return listed(
            (LANDMARK, self.landmark is not None),
            (LOG_RANK, any(test.p is not None for test in tests)),
            (HOLM, any(test.adjusted is not None for test in tests)),
            (PERMUTATION_LOG_RANK, any(test.permuted is not None for test in tests)),
            (DETECTABLE_RATIO, any(test.detectable is not None for test in tests)),
            (TREND, self.trend is not None and self.trend.p is not None),
            (WEIGHTED_LOG_RANK, self.weighted),
        )

    @property
    def looks(self) -> tuple[Look, ...]:
        """The test of all groups and that of every pair."""
        beside = (f"landmark-{self.landmark.day}",) if self.landmark else ()
        return tuple(
            Look(
                self.endpoint,
                self.groups.key,
                self.groups.title,
                test.groups,
                test.n,
                test.events,
                test.p,
                beside=beside,
                permuted=test.permuted,
            )
            for test in (self.overall, *self.pairs)
            if test.p is not None
        )

    @property
    def n(self) -> int:
        """Patients in all groups."""
        return self.overall.n

    @property
    def events(self) -> int:
        """Events in all groups."""
        return self.overall.events


def pairs(
    cohort: Cohort,
    endpoint: Endpoint,
    factor: Factor,
    landmark_day: int | None = None,
    permutations: int = PERMUTATIONS,
    until: int | None = None,
) -> Pairs:
    """Log-rank tests of every pair of the levels of ``factor``, with Holm's correction and permutation p-values.

    Pairs without an event, or never at risk together when one happens, have no test and do not count for the
    correction. With ``until`` events count up to and on that day.

    Raises ValueError where ``grouped_events`` does.
    """
    own = grouped_events(cohort, endpoint, factor, landmark_day, until)
    present = own.groups.present
    tests = pairwise_logrank(own.table) if len(present) > 1 else ()
    corrected = adjusted([pair.test.p for pair in tests], "holm") if tests else np.zeros(0)
    found = tuple(
        _compared(
            own.table, (pair.a, pair.b), present, pair.test.p, float(holm), permutations, UNTESTED.get(pair.test.reason)
        )
        for pair, holm in zip(tests, corrected, strict=True)
    )
    overall = log_rank(logrank(own.table), own.groups)
    everybody = tuple(range(len(present)))
    together = _compared(own.table, everybody, present, _number(overall.p), np.nan, permutations, overall.reason)
    over = _trend(own.table, factor, own.groups)
    weighted = _weighted(own.table) if overall.p is not None else ()
    return Pairs(
        endpoint,
        own.groups,
        together,
        found,
        over,
        overall.statistic,
        weighted,
        permutations,
        own.landmark,
        own.analysed,
        tuple(own.table.events.sum(axis=0).tolist()),
    )


def _weighted(table: EventTable) -> tuple[Test, ...]:
    """The tests of all groups by each weight that leaves something to test: late ones have no weight at the start."""
    found = [(name, logrank(table, weighting=by, rho=rho, gamma=gamma)) for name, (by, rho, gamma) in WEIGHTS]
    return tuple(Test(name, float(one.chisq), int(one.df), float(one.p)) for name, one in found if not one.reason)


def _compared(
    table: EventTable,
    levels: tuple[int, ...],
    present: tuple[Level, ...],
    p: float,
    holm: float,
    permutations: int,
    reason: Reason | None,
) -> PairComparison:
    chosen = list(levels)
    part = EventTable(table.times, table.events[:, chosen], table.censored[:, chosen]) if chosen else table
    events = int(part.events.sum())
    found = tuple(present[k] for k in levels)
    able = len(levels) == PAIR and bool(comparable(part).all())
    shown = detectable_ratio(events, *part.n.tolist()) if able else None
    if reason:
        return PairComparison(found, int(part.n.sum()), events, None, None, None, shown, reason)
    exact = permutation_logrank(part, permutations).p
    return PairComparison(found, int(part.n.sum()), events, p, _known(holm), _known(exact), shown)


def _trend(table: EventTable, factor: Factor, own: Groups) -> Test | None:
    """The test for trend over the positions of levels cut from a number; None for levels without an order."""
    if not factor.cuts or len(own.present) < 3:
        return None
    result = trend(table, scores=[factor.levels.index(level) for level in own.present])
    if result.reason:
        return Test("trend", None, 1, None, UNTESTED[result.reason])
    return Test("trend", float(result.chisq), 1, float(result.p))


def _number(p: float | None) -> float:
    return np.nan if p is None else p


def _known(p: float) -> float | None:
    return None if np.isnan(p) else float(p)
