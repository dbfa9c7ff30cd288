"""The same comparison of survival in every cohort of an ensemble at once: one array axis more, no loop over pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.core.across import ACROSS, edges, group_codes
from components.core.envelope import Envelope, envelope, envelopes
from components.core.groups import OfGroup
from components.engine.cox import coefficients
from components.engine.event_table import event_table
from components.engine.kaplan_meier import median_days, shares_at, survival_curves
from components.engine.logrank import logranks
from components.engine.restricted_mean import mean_within
from components.engine.stacked_counts import stacked_days
from components.survival.landmark import landmark
from data.ensemble import positions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from components.core.procedure import Procedure
    from components.engine.partial_likelihood import Ties
    from components.survival.analysis import Survival
    from components.survival.hazard_ratios import Prognosis
    from data.ensemble import Ensemble
    from data.entries import Factor
    from data.filters import Filter


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
    cohort, start, m, k = ensemble.stack, shown.start, ensemble.n, len(shown.groups.present)
    if shown.landmark is not None and factor is not None:
        cohort = landmark(cohort, shown.endpoint, factor, start).cohort
    kept = chosen.kept(cohort)
    if not k or not kept.any():
        return Across(m, (), None)
    all_days, all_had = cohort.time_to(shown.endpoint)
    days, had = all_days[kept], all_had[kept]
    codes, member = group_codes(cohort, factor, shown.groups.present)[kept], positions(cohort)[kept]
    cells = np.where(codes < 0, -1, codes * m + member)
    table = event_table(days - start, had, cells, m * k)
    if until is not None:
        table = table.censored_at(until - start)
    curves = survival_curves(table)
    at = shares_at(curves, shown.at_days).reshape(len(shown.at_days), k, m)
    medians = median_days(curves).reshape(k, m)
    means = mean_within(curves, shown.tau).reshape(k, m)
    sizes = table.n.reshape(k, m)
    grid, least, most = edges(curves.times, curves.survival.reshape(len(curves.times), k, m), 1.0)
    ratios, p = None, None
    if k > 1:
        last = until - start if until is not None else int(table.times[-1])
        stacked = stacked_days(np.minimum(days - start, last), had & (days - start <= last), member, m)
        events, at_risk = stacked.counts(codes, k)
        ratios = ratios_of(events, at_risk, np.full(m, shown.groups.reference), shown.method.ties)
        p = logranks(events, at_risk)[2]
    groups = tuple(
        GroupAcross(
            group,
            envelope(sizes[g].astype(np.float64)),
            grid,
            least[:, g],
            most[:, g],
            envelope(np.where(sizes[g] > 0, medians[g], np.nan)),
            tuple(envelope(np.where(sizes[g] > 0, one[g], np.nan)) for one in at),
            envelope(np.where(sizes[g] > 0, means[g], np.nan)),
            envelope(ratios[:, g]) if ratios is not None and g != shown.groups.reference else None,
        )
        for g, group in enumerate(shown.groups.present)
    )
    return Across(m, groups, None if p is None else envelope(p))


def ratios_of(
    events: NDArray[np.float64], at_risk: NDArray[np.float64], reference: NDArray[np.int64], ties: Ties
) -> NDArray[np.float64]:
    """Hazard ratios of B fits over K levels, (B, K); not a number where a level or its reference had no event."""
    coef, monotone = coefficients(events, at_risk, reference, ties)
    happened = events.sum(axis=1) > 0
    known = happened & happened[np.arange(len(reference)), reference][:, None] & ~monotone
    return np.where(known, np.exp(np.where(known, coef, 0.0)), np.nan)


@dataclass(frozen=True, eq=False)
class RatiosAcross:
    """The ``ranges`` of hazard ratios over ``members`` cohorts, by the key of the factor and the id of the level."""

    members: int
    ranges: dict[tuple[str, str], Envelope]

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the ranges were made with."""
        return (ACROSS,) if any(one.known for one in self.ranges.values()) else ()


def ratios_across(ensemble: Ensemble, chosen: Filter, shown: Prognosis, until: int | None = None) -> RatiosAcross:
    """The range of every hazard ratio of ``shown`` over the cohorts of ``ensemble``, all fitted together."""
    m, kept = ensemble.n, chosen.kept(ensemble.stack)
    compared = [one for one in shown.comparisons if one.reference is not None]
    if not compared or not kept.any():
        return RatiosAcross(m, {})
    all_days, all_had = ensemble.stack.time_to(shown.endpoint)
    days, had = all_days[kept], all_had[kept]
    if until is not None:
        days, had = np.minimum(days, until), had & (days <= until)
    stacked = stacked_days(days, had, ensemble.member[kept], m)
    factor, rows = ensemble.stack.dictionary.factor, np.flatnonzero(kept)
    ranges: dict[tuple[str, str], Envelope] = {}
    # Factors of as many levels are fitted together: most have two, and one coefficient each.
    for width in sorted({len(one.levels) for one in compared}):
        alike = [one for one in compared if len(one.levels) == width]
        pairs = [stacked.counts(codes_across(ensemble, factor[one.key])[rows], width) for one in alike]
        bases = [next(k for k, level in enumerate(one.levels) if level.reference) for one in alike]
        found = ratios_of(
            np.concatenate([events for events, _ in pairs]),
            np.concatenate([at_risk for _, at_risk in pairs]),
            np.repeat(bases, m),
            shown.method.ties,
        ).reshape(len(alike), m, width)
        for one, of_factor in zip(alike, found, strict=True):
            for level, range_ in zip(one.levels, envelopes(of_factor), strict=True):
                if level.n and not level.reference:
                    ranges[one.key, level.group.id] = range_
    return RatiosAcross(m, ranges)


def codes_across(ensemble: Ensemble, factor: Factor) -> NDArray[np.int64]:
    """Each patient's level of ``factor``, of all cohorts, as ``Cohort.codes`` gives it, (n,); kept for the next."""
    return ensemble.once(("codes", factor.key), lambda: ensemble.stack.codes(factor))
