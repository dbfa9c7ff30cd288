"""What the other reconstructions give on the treatment page: time in range, tapering, stops, what else was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.core.across import (
    Across,
    AcrossColumns,
    SharesAcross,
    columns_across,
    group_cells,
    named_across,
    shares_across,
)
from components.core.columns import positions
from components.core.envelope import Envelope, envelopes
from components.core.groups import OfGroup
from components.courses.reconstructions import counted_across, values_across
from components.engine.stacked_values import stacked_distributions
from components.engine.time_in_range import time_in_range as interpolated
from components.treatment.concomitant import times_given
from components.treatment.discontinuation import reasons_by_patient
from components.treatment.taper import COMPARED
from data.entries import STOP_DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from components.treatment.concomitant import Concomitant
    from components.treatment.discontinuation import Discontinuation
    from components.treatment.taper import Shares
    from components.treatment.time_in_range import TimeInRange
    from data.ensemble import Ensemble
    from data.entries import Factor
    from data.filters import Filter
    from data.levels import Level


@dataclass(frozen=True)
class GroupTimeAcross(OfGroup):
    """One group: patients with a time in range, its mean and median percentage, and that of all days together."""

    known: Envelope
    mean: Envelope
    median: Envelope
    pooled: Envelope


@dataclass(frozen=True)
class TimeAcross(Across):
    """The time in range of each group."""

    series: tuple[GroupTimeAcross, ...]


def time_across(ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: TimeInRange) -> TimeAcross:
    """What ``shown``, the time in range by ``by`` of those whom ``chosen`` keeps, is in every cohort."""
    m, present = ensemble.n, shown.groups.present
    cell, cells = group_cells(ensemble, chosen, by, present)
    who, day, value = _measured(ensemble, shown.measure.key)
    kept = cell[who] >= 0
    found = interpolated(
        who[kept], day[kept], value[kept], shown.low, shown.high, shown.longest_gap, ensemble.stack.n, start=0
    )
    percent = np.divide(100 * found.within, found.days, out=np.full(len(cell), np.nan), where=found.days > 0)
    of_cells = stacked_distributions(percent[:, None], cell, cells)
    own = cell >= 0
    days, within = (np.bincount(cell[own], part[own], cells) for part in (found.days, found.within))
    pooled = np.divide(100 * within, days, out=np.full(cells, np.nan), where=days > 0)
    n, mean, median, together = (
        envelopes(part.astype(np.float64).reshape(m, -1))
        for part in (of_cells.n, of_cells.mean, of_cells.median, pooled)
    )
    series = (GroupTimeAcross(group, n[k], mean[k], median[k], together[k]) for k, group in enumerate(present))
    return TimeAcross(m, tuple(series))


def _measured(ensemble: Ensemble, variable: str) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Whose each measurement of a variable is, its day and its value, ordered by patient and day."""

    def ordered() -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        rows = ensemble.measured(variable)
        who = positions(ensemble.stack, rows["patient"])
        day, value = (rows[key].to_numpy(dtype=float) for key in ("day", "value"))
        order = np.lexsort((value, day, who))
        order = order[who[order] >= 0]
        return who[order], day[order], value[order]

    return ensemble.once(("ordered", variable), ordered)


@dataclass(frozen=True)
class TaperAcross(Across):
    """``rows[t][k]``: the patients beyond threshold t of group k, at each visit."""

    rows: tuple[tuple[SharesAcross, ...], ...]


def taper_across(ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: Shares) -> TaperAcross:
    """What ``shown``, the shares by ``by`` of those whom ``chosen`` keeps, are in every cohort."""
    m, present = ensemble.n, shown.groups.present
    cell, _ = group_cells(ensemble, chosen, by, present)
    values = values_across(ensemble, shown.measure, receiving_only=shown.receiving_only)
    shape = (m, max(len(present), 1))
    of = counted_across(~np.isnan(values), cell, shape)
    rows = []
    for threshold in shown.thresholds:
        n = counted_across(COMPARED[threshold.comparison](values, threshold.value), cell, shape)
        rows.append(tuple(shares_across(n[:, k], of[:, k]) for k in range(len(present))))
    return TaperAcross(m, tuple(rows))


@dataclass(frozen=True)
class StopsAcross(AcrossColumns):
    """Who ``stopped`` in each column, the median day of that, and for each reason the patients with it."""

    stopped: SharesAcross
    medians: tuple[Envelope, ...]
    reasons: tuple[tuple[Level, SharesAcross], ...]


def stops_across(ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: Discontinuation) -> StopsAcross:
    """What ``shown``, the stops by ``by`` of those whom ``chosen`` keeps, are in every cohort."""
    columns = columns_across(ensemble, chosen, by, shown.columns)
    stack = ensemble.stack
    days = stack.numbers(STOP_DAY)
    stopped = ~np.isnan(days)
    named = ensemble.once(("stop_reasons",), lambda: named_across(reasons_by_patient(stack)))
    middle = np.stack([one.median[:, 0] for one in columns.described(days[:, None])], axis=1)
    reasons = columns.of_names(named, stopped, stack.dictionary.stop_reasons)
    return StopsAcross(ensemble.n, columns.n, columns.shares(stopped), envelopes(middle), reasons)


@dataclass(frozen=True)
class ConcomitantAcross(AcrossColumns):
    """In the order of the rows shown: treatment at the start, and who was given what later."""

    at_start: tuple[SharesAcross, ...]
    given: tuple[SharesAcross, ...]


def concomitant_across(ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: Concomitant) -> ConcomitantAcross:
    """What ``shown``, the treatment by ``by`` of those whom ``chosen`` keeps, is in every cohort."""
    columns, stack = columns_across(ensemble, chosen, by, shown.columns), ensemble.stack
    at_start = []
    for entry in shown.at_start:
        codes = stack.codes(entry.factor)
        at_start.append(columns.shares(codes == entry.factor.levels.index(entry.level), codes >= 0))
    times = ensemble.once(("given",), lambda: times_given(stack))
    nobody = np.zeros(stack.n, dtype=np.int64)
    given = (columns.shares(times.get((one.drug.word, one.action.word), nobody) > 0) for one in shown.given)
    return ConcomitantAcross(ensemble.n, columns.n, tuple(at_start), tuple(given))
