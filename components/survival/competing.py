"""An endpoint that death can forestall: the share of each group with either, and groups compared cause by cause."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from components.core.estimate import Estimate, Limits, Reason, estimate
from components.core.look import Look
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed, procedures_of
from components.engine.aalen_johansen import cause_table, cumulative_incidence, incidence_at
from components.engine.event_table import event_table
from components.engine.gray import gray
from components.survival.analysis import TWO_YEARS, UNTESTED, Test
from components.survival.event_groups import grouped_events
from components.survival.hazard_ratios import Comparison, comparison
from components.survival.procedures import CUMULATIVE_INCIDENCE, LANDMARK, LIMITS, SCORE_TEST
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from components.core.analysis_set import AnalysisSet
    from components.core.groups import Groups
    from components.engine.event_table import EventTable
    from components.survival.landmark import Landmark
    from data.cohort import Cohort
    from data.entries import Endpoint, Factor

EVENT, DEATH = 1, 2
Cause = Literal["event", "death"]
CAUSES: tuple[tuple[Cause, int], ...] = (("event", EVENT), ("death", DEATH))

GRAY = Procedure(
    "gray",
    say("Gray's test"),
    say("Where death competes, the shares with the event are compared by Gray's test."),
    say("Gray 1988"),
    formula="U′V⁻U, U the events less d R / Σ R, R = Y (1 − F) / S just before the day",
    r="cmprsk::cuminc(day, cause, g)$Tests",
    section="Survival",
    position=136,
    on_times=True,
    compares=True,
)


@dataclass(frozen=True)
class CauseComparison:
    """Groups compared for one ``cause``: its share by Gray's test, its hazard by cause-specific ratios.

    In the hazard whoever had the other cause first is censored then. ``shares`` counts the patients by day, those with
    the other cause first as followed to the last day: in it the groups can be dealt anew.
    """

    cause: Cause
    test: Test
    hazard: Comparison
    shares: EventTable | None = field(default=None, compare=False, repr=False)

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What share and hazard were compared with; the ratios' factor is not tested as a whole."""
        ratios = procedures_of(self.hazard)
        return listed((GRAY, self.test.p is not None), *((one, one is not SCORE_TEST) for one in ratios))


@dataclass(frozen=True, eq=False)
class Competing:
    """Of each group (K) the patients, those with the event, those who died without it, and the shares at ``at_days``.

    ``shares`` holds for each cause (event, death) and each group an estimate a day. A group is compared where there are
    two. ``table`` counts the patients of each group by day, either cause as the event.
    """

    endpoint: Endpoint
    groups: Groups
    n: tuple[int, ...]
    events: tuple[int, ...]
    deaths: tuple[int, ...]
    at_days: tuple[int, ...]
    shares: tuple[tuple[tuple[Estimate, ...], ...], ...]
    comparisons: tuple[CauseComparison, ...]
    method: Method
    analysed: AnalysisSet
    landmark: Landmark[Any] | None = None
    table: EventTable | None = field(default=None, repr=False)

    @property
    def looks(self) -> tuple[Look, ...]:
        """Of each cause Gray's test, and each group against the reference."""
        landmark = (f"landmark-{self.landmark.day}",) if self.landmark else ()
        return looks_by_cause(
            self.comparisons,
            self.endpoint,
            self.groups,
            {"event": sum(self.events), "death": sum(self.deaths)},
            landmark,
        )

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What shares and comparisons were made with."""
        return listed(
            (LANDMARK, self.landmark is not None),
            (CUMULATIVE_INCIDENCE, self.n),
            (LIMITS[self.method.interval], self.n and not self.analysed.rounded),
            *((one, True) for one in procedures_of(self.comparisons)),
        )


def looks_by_cause(
    comparisons: Sequence[CauseComparison],
    endpoint: Endpoint,
    own: Groups,
    events: Mapping[Cause, int],
    beside: tuple[str, ...] = (),
    of: str = "",
) -> tuple[Look, ...]:
    """Of each cause Gray's test, and each group against the reference.

    ``events`` counts those of each cause in all groups, and ``of`` says what is waited for where the endpoint does not.
    """
    compared = f"{own.title}, {of}" if of else own.title
    found: list[Look] = []
    for one in comparisons:
        apart = (*beside, f"cause-{one.cause}")
        if one.test.p is not None:
            found.append(
                Look(
                    endpoint,
                    own.key,
                    compared,
                    own.present,
                    sum(own.n),
                    events[one.cause],
                    one.test.p,
                    beside=(*apart, "share"),
                    table=one.shares,
                )
            )
        found += (replace(look, compared=compared) for look in one.hazard.looks(endpoint, own.key, apart))
    return tuple(found)


def death_competes(endpoint: Endpoint, death: Endpoint | None) -> bool:
    """Whether ``endpoint`` counts deaths beside an event of its own, which a death can forestall.

    Not so where no ``death`` is recorded.
    """
    if death is None:
        return False
    own, deaths = set(endpoint.days), set(death.days)
    return bool(own & deaths) and bool(own - deaths)


def competing(
    cohort: Cohort,
    endpoint: Endpoint,
    factor: Factor | None = None,
    landmark_day: int | None = None,
    method: Method = PAPER,
    at_days: tuple[int, ...] = (365, TWO_YEARS),
    *,
    until: int | None = None,
) -> Competing:
    """The event of ``endpoint`` that is no death, and death without it, by the levels of ``factor``.

    An event on the day of death counts as the event. Raises ValueError where ``grouped_events`` does, or where death
    does not compete.
    """
    death = cohort.dictionary.in_role("death")
    if death is None or not death_competes(endpoint, death):
        raise ValueError(f"no death competes with {endpoint.event}")
    own = grouped_events(cohort, endpoint, factor, landmark_day, until)
    begin = own.landmark.day if own.landmark else 0
    days, cause = _first(own.cohort, endpoint, death)
    if until is not None:
        days, cause = np.minimum(days, until), np.where(days <= until, cause, 0)
    days = days - begin
    present = own.groups.present
    table = cause_table(days, cause, DEATH, own.groups.codes, max(len(present), 1))
    at = incidence_at(cumulative_incidence(table, interval=method.interval, level=method.level), at_days)
    counted = own.analysed.follow_up

    def share(j: int, k: int, d: int) -> Estimate:
        beyond = counted.whole or at_days[d] <= counted.length
        limits: Limits = "beta product" if at.beta_product[d, k, j] else ""
        why = Reason.BEYOND_FOLLOW_UP if beyond else Reason.BEYOND_HORIZON
        return estimate(at.incidence[d, k, j], at.lower[d, k, j], at.upper[d, k, j], why, limits)

    events = table.events.sum(axis=0)
    groups = range(len(present))
    return Competing(
        endpoint=endpoint,
        groups=own.groups,
        n=own.groups.n,
        events=tuple(int(events[k, EVENT - 1]) for k in groups),
        deaths=tuple(int(events[k, DEATH - 1]) for k in groups),
        at_days=at_days,
        shares=tuple(
            tuple(tuple(share(j, k, d) for d in range(len(at_days))) for k in groups) for j in range(len(CAUSES))
        ),
        comparisons=compared_by_cause(days, cause, own.groups, method),
        method=method,
        analysed=own.analysed,
        landmark=own.landmark,
        table=event_table(days, cause != 0, own.groups.codes, max(len(present), 1)),
    )


def compared_by_cause(
    days: NDArray[np.int64], cause: NDArray[np.int64], own: Groups, method: Method
) -> tuple[CauseComparison, ...]:
    """The groups compared for the event and for death without it; ``cause`` (n,) is 0 for who had neither.

    Nothing where there are fewer than two groups.
    """
    levels = len(own.present)
    if levels < 2:
        return ()
    table = cause_table(days, cause, DEATH, own.codes, levels)
    found, last = [], int(np.max(days, initial=0))
    for name, number in CAUSES:
        test = gray(table, cause=number)
        shown = (
            Test("gray", None, 0, None, UNTESTED[test.reason])
            if test.reason
            else Test("gray", test.chisq, test.df, test.p)
        )
        hazard = comparison(event_table(days, cause == number, own.codes, levels), own, method)
        kept = np.where((cause != 0) & (cause != number), last, days)
        shares = event_table(kept, cause == number, own.codes, levels)
        found.append(CauseComparison(name, shown, hazard, shares))
    return tuple(found)


def _first(cohort: Cohort, endpoint: Endpoint, death: Endpoint) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The day and cause (0, ``EVENT`` or ``DEATH``) of what came first; the day is that of the endpoint's curve."""
    days, had = cohort.time_to(endpoint)
    died, dead = cohort.time_to(death)
    own = [cohort.numbers(day) for day in endpoint.days if day not in death.days]
    event = had & (np.fmin.reduce(own) == days)
    forestalled = ~event & dead & (died == days)
    return days, np.where(event, EVENT, np.where(forestalled, DEATH, 0)).astype(np.int64)
