"""The same comparison of survival in every cohort of an ensemble at once: one array axis more, no loop over pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.core.envelope import Envelope, Openness, envelope
from components.core.groups import OfGroup
from components.core.procedure import Procedure
from components.engine.cox import fitted
from components.engine.event_table import event_table
from components.engine.kaplan_meier import median, product_limit, survival_at
from components.engine.logrank import logranks
from components.engine.restricted_mean import mean_within
from components.engine.stacked_counts import stacked_days
from components.survival.landmark import landmark
from data.ensemble import positions
from data.language import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from components.engine.partial_likelihood import Ties
    from components.survival.analysis import Survival
    from components.survival.hazard_ratios import Prognosis
    from data.cohort import Cohort
    from data.dictionary import Factor, Level
    from data.ensemble import Ensemble
    from data.filters import Filter

ACROSS = Procedure(
    "across-reconstructions",
    say("Range across reconstructions"),
    say(
        "The least and the most of each number over all reconstructed cohorts that give the published numbers back; "
        "this range is no confidence interval."
    ),
    say("This project"),
    formula="minimum and maximum over the cohorts of the ensemble, each computed as for the cohort shown",
    section="Reconstruction",
    position=900,
)


@dataclass(frozen=True, eq=False)
class GroupAcross(OfGroup):
    """One group over all cohorts: how many patients it has, its curve, and its estimates.

    ``least`` and ``most`` (D,) are the limits of its curve from each of ``days`` (D,) on, the first of which is 0.
    """

    n: Envelope
    days: NDArray[np.int64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]
    median: Envelope
    at: tuple[Envelope, ...]
    restricted_mean: Envelope
    ratio: Envelope | None


@dataclass(frozen=True, eq=False)
class Across:
    """The groups of a survival comparison over ``members`` cohorts, and the p-value of their log-rank test.

    ``ratio`` of a group is its hazard ratio against the reference; None of the reference, and ``p`` of a single group.
    """

    members: int
    groups: tuple[GroupAcross, ...]
    p: Envelope | None

    @property
    def openness(self) -> tuple[Openness, ...]:
        """How open each number is that is printed of it, as printed."""
        month = 12 / 365.25
        found = []
        for group in self.groups:
            found += [group.n.openness(0), group.median.openness(1, month)]
            found += [one.openness(1, 100) for one in group.at]
            found.append(group.restricted_mean.openness(1, month))
            found += [group.ratio.openness(2)] if group.ratio else []
        return tuple(found) + ((self.p.openness(3),) if self.p else ())

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the ranges were made with."""
        return (ACROSS,) if self.groups else ()


def across(
    ensemble: Ensemble, chosen: Filter, factor: Factor | None, shown: Survival, *, until: int | None = None
) -> Across:
    """What ``shown``, the comparison by ``factor`` of those whom ``chosen`` keeps, is in every cohort of ``ensemble``.

    Groups, days, reference and conventions are those of ``shown``; a group without patients in a cohort has no number
    in it. With ``until`` only events up to and on that day count.
    """
    cohort, start, m, k = chosen.of(ensemble.stack), shown.start, ensemble.n, len(shown.groups.present)
    if not k or not cohort.n:
        return Across(m, (), None)
    if shown.landmark is not None and factor is not None:
        cohort = landmark(cohort, shown.endpoint, factor, start).cohort
    days, had = cohort.time_to(shown.endpoint)
    codes = group_codes(cohort, factor, shown.groups.present)
    cells = np.where(codes < 0, -1, positions(cohort) * k + codes)
    table = event_table(days - start, had, cells, m * k)
    if until is not None:
        table = table.censored_at(until - start)
    km = product_limit(table, table.at_risk, "plain", shown.method.level)
    at = survival_at(km, shown.at_days).survival.reshape(len(shown.at_days), m, k)
    medians = median(km).estimate.reshape(m, k)
    means = mean_within(km, shown.tau).reshape(m, k)
    sizes = table.n.reshape(m, k)
    grid, least, most = _edges(km.times, km.survival.reshape(len(km.times), m, k))
    ratios, p = None, None
    if k > 1:
        last = until - start if until is not None else int(table.times[-1])
        stacked = stacked_days(np.minimum(days - start, last), had & (days - start <= last), positions(cohort), m)
        events, at_risk = stacked.counts(codes, k)
        ratios = _ratios(events, at_risk, np.full(m, shown.groups.reference), shown.method.ties)
        p = logranks(events, at_risk)[2]
    groups = tuple(
        GroupAcross(
            group,
            envelope(sizes[:, g].astype(np.float64)),
            grid,
            least[:, g],
            most[:, g],
            envelope(np.where(sizes[:, g] > 0, medians[:, g], np.nan)),
            tuple(envelope(np.where(sizes[:, g] > 0, one[:, g], np.nan)) for one in at),
            envelope(np.where(sizes[:, g] > 0, means[:, g], np.nan)),
            envelope(ratios[:, g]) if ratios is not None and g != shown.groups.reference else None,
        )
        for g, group in enumerate(shown.groups.present)
    )
    return Across(m, groups, None if p is None else envelope(p))


def group_codes(cohort: Cohort, factor: Factor | None, present: tuple[Level, ...]) -> NDArray[np.int64]:
    """Each patient's group as a position in ``present``, -1 for none of them, (n,)."""
    if factor is None:
        return np.zeros(cohort.n, dtype=np.int64)
    place = {level.id: k for k, level in enumerate(present)}
    to = np.array([*(place.get(level.id, -1) for level in factor.levels), -1], dtype=np.int64)
    found: NDArray[np.int64] = to[cohort.codes(factor)]
    return found


def _edges(
    times: NDArray[np.int64], survival: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Days from 0 and the least and most survival of all members from each on, of ``survival`` (T, M, K): (T + 1, K).

    A curve that has ended counts no longer; where all have, not a number.
    """
    known = ~np.isnan(survival)
    least = np.where(known, survival, np.inf).min(axis=1)
    most = np.where(known, survival, -np.inf).max(axis=1)
    ended = ~known.any(axis=1)
    least[ended] = most[ended] = np.nan
    one = np.ones((1, survival.shape[2]))
    first = np.concatenate([one, least]), np.concatenate([one, most])
    return np.append(0, times), *first


def _ratios(
    events: NDArray[np.float64], at_risk: NDArray[np.float64], reference: NDArray[np.int64], ties: Ties
) -> NDArray[np.float64]:
    """Hazard ratios of B fits over K levels, (B, K); not a number where a level or its reference had no event."""
    fits = fitted(events, at_risk, reference, ties)
    happened = events.sum(axis=1) > 0
    known = happened & happened[np.arange(len(reference)), reference][:, None] & ~fits.monotone
    return np.where(known, np.exp(np.where(known, fits.coef, 0.0)), np.nan)


@dataclass(frozen=True, eq=False)
class RatiosAcross:
    """The ``ranges`` of hazard ratios over ``members`` cohorts, by the key of the factor and the id of the level."""

    members: int
    ranges: dict[tuple[str, str], Envelope]

    @property
    def openness(self) -> tuple[Openness, ...]:
        """How open each ratio is that some cohort gives, as printed."""
        return tuple(one.openness(2) for one in self.ranges.values() if one.known)

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the ranges were made with."""
        return (ACROSS,) if self.openness else ()


def ratios_across(ensemble: Ensemble, chosen: Filter, shown: Prognosis, until: int | None = None) -> RatiosAcross:
    """The range of every hazard ratio of ``shown`` over the cohorts of ``ensemble``, all fitted together."""
    cohort, m = chosen.of(ensemble.stack), ensemble.n
    compared = [one for one in shown.comparisons if one.reference is not None]
    if not compared or not cohort.n:
        return RatiosAcross(m, {})
    days, had = cohort.time_to(shown.endpoint)
    if until is not None:
        days, had = np.minimum(days, until), had & (days <= until)
    stacked = stacked_days(days, had, positions(cohort), m)
    widest = max(len(one.levels) for one in compared)
    pairs = [stacked.counts(cohort.codes(cohort.dictionary.factor[one.key]), widest) for one in compared]
    bases = [next(k for k, level in enumerate(one.levels) if level.reference) for one in compared]
    found = _ratios(
        np.concatenate([events for events, _ in pairs]),
        np.concatenate([at_risk for _, at_risk in pairs]),
        np.repeat(bases, m),
        shown.method.ties,
    ).reshape(len(compared), m, widest)
    ranges = {
        (one.key, level.group.id): envelope(found[f, :, k])
        for f, one in enumerate(compared)
        for k, level in enumerate(one.levels)
        if level.n and not level.reference
    }
    return RatiosAcross(m, ranges)
