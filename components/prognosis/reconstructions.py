"""One comparison in subgroups in every cohort of an ensemble at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from components.core.across import group_codes
from components.core.envelope import envelopes
from components.engine.stacked_counts import stacked_days
from components.prognosis.subgroups import EVERYONE
from components.survival.landmark import landmark
from components.survival.reconstructions import RatiosAcross, codes_across, ratios_of
from data.ensemble import positions

if TYPE_CHECKING:
    from components.prognosis.subgroups import Subgroups
    from data.ensemble import Ensemble
    from data.entries import Factor
    from data.filters import Filter


def subgroups_across(
    ensemble: Ensemble, chosen: Filter, factor: Factor | None, shown: Subgroups, *, until: int | None = None
) -> RatiosAcross:
    """The range of every hazard ratio of ``shown`` over the cohorts of ``ensemble``, all fitted together.

    ``factor`` makes the groups of ``shown``; with ``until`` only events up to and on that day count. The key of all
    patients together is blank, as their row's is.
    """
    cohort, m = ensemble.stack, ensemble.n
    start = shown.landmark.day if shown.landmark else 0
    if factor is None or shown.reference is None or shown.overall is None:
        return RatiosAcross(m, {})
    if shown.landmark is not None:
        cohort = landmark(cohort, shown.endpoint, factor, start).cohort
    arms = group_codes(cohort, factor, (shown.reference, shown.compared))
    rows = np.flatnonzero(chosen.kept(cohort) & (arms >= 0))
    all_days, all_had = cohort.time_to(shown.endpoint)
    days, had, arms = all_days[rows] - start, all_had[rows], arms[rows]
    if until is not None:
        days, had = np.minimum(days, until - start), had & (days <= until - start)
    stacked = stacked_days(days, had, positions(cohort)[rows], m)
    keys, pairs = [("", EVERYONE.id)], [stacked.counts(arms, 2)]
    for one in shown.factors:
        within = cohort.dictionary.factor[one.key]
        # What is computed once of the whole stack is not that of the patients after a landmark.
        codes = (cohort.codes(within) if shown.landmark else codes_across(ensemble, within))[rows]
        place = {level.id: k for k, level in enumerate(within.levels)}
        for subgroup in one.subgroups:
            keys.append((one.key, subgroup.group.id))
            pairs.append(stacked.counts(np.where(codes == place[subgroup.group.id], arms, -1), 2))
    events, at_risk = (np.concatenate(part) for part in zip(*pairs, strict=True))
    ratios = ratios_of(events, at_risk, np.zeros(len(events), dtype=np.int64), shown.method.ties)
    return RatiosAcross(m, dict(zip(keys, envelopes(ratios[:, 1].reshape(-1, m).T), strict=True)))
