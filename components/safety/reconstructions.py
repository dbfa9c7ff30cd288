"""Reactions and deaths in every cohort of an ensemble: who had what, how often, when, and who died of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.core.across import (
    Across,
    AcrossColumns,
    SharesAcross,
    columns_across,
    edges,
    group_cells,
    named_across,
    percent_of,
)
from components.core.envelope import Envelope, envelopes
from components.core.groups import OfGroup
from components.engine.aalen_johansen import cause_table, incidence_of
from components.engine.proportions import risk_difference
from components.safety.deaths import causes_by_patient
from components.safety.first_reaction import DEATH, REACTION, observed
from components.safety.reactions import DAYS_A_YEAR, per_years
from components.safety.reported import reaction_records

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from components.safety.deaths import Deaths
    from components.safety.first_reaction import CumulativeIncidence
    from components.safety.reactions import Reactions
    from data.ensemble import Ensemble
    from data.entries import Factor
    from data.filters import Filter
    from data.levels import Level


@dataclass(frozen=True)
class DeathsAcross(AcrossColumns):
    """Who ``died`` in each column, and for each cause the patients with it among the dead."""

    died: SharesAcross
    causes: tuple[tuple[Level, SharesAcross], ...]


def deaths_across(ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: Deaths) -> DeathsAcross:
    """What ``shown``, the deaths by ``by`` of those whom ``chosen`` keeps, are in every cohort."""
    columns, stack = columns_across(ensemble, chosen, by, shown.columns), ensemble.stack
    died = ~np.isnan(stack.numbers("death_day"))
    named = ensemble.once(("causes",), lambda: named_across(causes_by_patient(stack)))
    return DeathsAcross(ensemble.n, columns.n, columns.shares(died), columns.of_names(named, died))


@dataclass(frozen=True)
class ReactionAcross:
    """One row of the table in every column: patients, reactions, the rate and the difference of risk.

    ``rates`` are per 100 patient-years; ``differences`` are in percentage points, None where there is no comparison.
    """

    patients: SharesAcross
    reactions: tuple[Envelope, ...]
    rates: tuple[Envelope, ...]
    differences: tuple[Envelope | None, ...]


@dataclass(frozen=True)
class ReactionsAcross(AcrossColumns):
    """The rows of a table of reactions, in its order."""

    rows: tuple[ReactionAcross, ...]


@dataclass(frozen=True, eq=False)
class _Had:
    """Every row of reactions that some patient had: ``row``, ``who``, how ``often``, and the ``day`` of the first."""

    rows: dict[tuple[str, str, bool], int]
    row: NDArray[np.int64]
    who: NDArray[np.int64]
    often: NDArray[np.int64]
    day: NDArray[np.float64]


def reactions_across(ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: Reactions) -> ReactionsAcross:
    """What ``shown``, the reactions by ``by`` of those whom ``chosen`` keeps, are in every cohort.

    Its rows are those of ``shown``, also where another cohort has a reaction that it has not.
    """
    columns = columns_across(ensemble, chosen, by, shown.columns)
    had, follow_up = ensemble.once(("reactions",), lambda: _had(ensemble)), ensemble.stack.last_days
    row, who, r = had.row, had.who, len(had.rows) + 1  # the last row is of whatever no cohort has
    patients, often = columns.sums(row, who, r), columns.sums(row, who, r, had.often.astype(np.float64))
    every = shown.exposure == "whole follow-up"
    whole = columns.counts(follow_up.astype(np.int64)).astype(np.float64)
    followed = follow_up[who].astype(np.float64)
    left = followed - np.clip(had.day, 0, followed)
    days = whole if every else whole - columns.sums(row, who, r, left)
    rates = per_years(often if every else patients, np.broadcast_to(days, patients.shape) / DAYS_A_YEAR)
    n, reference = columns.counts(np.ones(len(columns.cell), dtype=np.bool_)), shown.columns.reference
    compared = shown.columns.compared
    keys = ((one.category, one.term, one.serious) for one in shown.rows)
    places = np.array([had.rows.get(key, r - 1) for key in keys], dtype=np.int64)
    found = patients[places]
    of = np.broadcast_to(n, found.shape)
    risks = (
        risk_difference(found, of, found[..., [reference]], of[..., [reference]]).estimate
        if any(compared)
        else np.zeros(found.shape)
    )
    rows = zip(
        _of_rows(found),
        _of_rows(percent_of(found, of)),
        _of_rows(often[places]),
        _of_rows(rates[places]),
        _of_rows(100 * risks),
        strict=True,
    )
    return ReactionsAcross(
        ensemble.n,
        envelopes(n.astype(np.float64)),
        tuple(
            ReactionAcross(
                SharesAcross(counts, percent),
                times,
                rate,
                tuple(one if wanted else None for one, wanted in zip(points, compared, strict=True)),
            )
            for counts, percent, times, rate, points in rows
        ),
    )


def _of_rows(values: NDArray[np.float64]) -> list[tuple[Envelope, ...]]:
    """Of each row the envelopes of its columns, of ``values`` (R, M, C): all looked through at once."""
    r, m, c = values.shape
    found = envelopes(values.transpose(1, 0, 2).reshape(m, r * c))
    return [found[i * c : (i + 1) * c] for i in range(r)]


def _had(ensemble: Ensemble) -> _Had:
    stack = ensemble.stack
    rows: dict[tuple[str, str, bool], int] = {}
    parts: list[tuple[int, int, float]] = []
    for serious in (False, True):
        found = reaction_records(stack).matching(serious=serious)
        listed = zip(found.category, found.counted, found.position.tolist(), found.day.tolist(), strict=True)
        for category, term, who, day in listed:
            keys = (("", "", serious), (category, "", serious), (category, term, serious))
            parts += [(rows.setdefault(key, len(rows)), who, day) for key in keys]
    row, who, day = np.array(parts, dtype=np.float64).reshape(-1, 3).T
    pair, place, often = np.unique(
        row.astype(np.int64) * stack.n + who.astype(np.int64), return_inverse=True, return_counts=True
    )
    first = np.full(len(pair), np.inf)
    np.fmin.at(first, place, day)
    return _Had(rows, pair // stack.n, pair % stack.n, often.astype(np.int64), first)


@dataclass(frozen=True, eq=False)
class IncidenceOfGroup(OfGroup):
    """One group: patients, those with the reaction, those who died without, and the incidence at the chosen days.

    ``least`` and ``most`` (D,) are the limits of its curve from each of ``days`` (D,) on, the first of which is 0.
    """

    n: Envelope
    events: Envelope
    deaths: Envelope
    at: tuple[Envelope, ...]
    days: NDArray[np.int64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]


@dataclass(frozen=True)
class IncidenceAcross(Across):
    """The cumulative incidence of each group."""

    groups: tuple[IncidenceOfGroup, ...]


def incidence_across(
    ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: CumulativeIncidence
) -> IncidenceAcross:
    """What ``shown``, the first reaction by ``by`` of those whom ``chosen`` keeps, is in every cohort."""
    m, present = ensemble.n, shown.groups.present
    cell, cells = group_cells(ensemble, chosen, by, present)
    asked = (shown.category, shown.term, str(shown.serious))
    days, cause = ensemble.once(
        ("first-reaction", *asked),
        lambda: observed(ensemble.stack, shown.category, shown.term, serious=shown.serious),
    )
    kept = cell >= 0
    if not present or not kept.any():
        return IncidenceAcross(m, ())
    table = cause_table(days[kept], cause[kept], DEATH, cell[kept], cells)
    curves, shape = incidence_of(table), (m, len(present))
    happened = table.events.sum(axis=0)
    sizes = (happened.sum(axis=1) + table.censored.sum(axis=0)).reshape(shape)
    counts = (sizes, *(happened[:, cause - 1].reshape(shape) for cause in (REACTION, DEATH)))
    n, events, deaths = (envelopes(part.astype(np.float64)) for part in counts)
    there = sizes > 0
    at = curves.at(shown.at_days)[:, :, REACTION - 1].reshape(-1, *shape)
    shares = [envelopes(np.where(there, one, np.nan)) for one in at]
    steps = curves.incidence[:, :, REACTION - 1].reshape(-1, *shape)
    grid, least, most = edges(table.times, np.where(there, steps, np.nan).transpose(0, 2, 1), 0.0)
    return IncidenceAcross(
        m,
        tuple(
            IncidenceOfGroup(
                group, n[k], events[k], deaths[k], tuple(one[k] for one in shares), grid, least[:, k], most[:, k]
            )
            for k, group in enumerate(present)
        ),
    )
