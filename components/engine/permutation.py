"""The log-rank test without its large-sample approximation: levels shuffled among the same follow-up times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.engine.event_table import Counts, EventTable, Floats
from components.engine.logrank import Reason, chisquares, logrank

BATCH_CELLS = 4_000_000
"""Patients times permutations held in memory at once."""


@dataclass(frozen=True)
class PermutationLogRank:
    """Observed log-rank chi-square, its permutation p and that p's Monte Carlo standard error; nan with a reason."""

    chisq: float
    p: float
    std_err: float
    permutations: int
    seed: int
    reason: Reason = ""


def permutation_logrank(table: EventTable, permutations: int = 5000, seed: int = 0) -> PermutationLogRank:
    """Permutation log-rank test of K levels: the share of relabelled patients with at least the observed chi-square.

    Levels are shuffled among the patients at risk when the first event happens.
    p = (1 + number at least as large) / (1 + permutations), which is valid for any number of permutations. It assumes
    that levels do not differ in censoring; unlike the chi-square it needs no minimum number of events.
    Source: Davison and Hinkley, Bootstrap Methods and Their Application, section 4.3; Heimann and Neuhaus 1998.
    R: ``survdiff`` on resampled labels; coin ``logrank_test(distribution = approximate())`` for mid-rank scores.
    Raises ValueError unless permutations >= 1.
    """
    if permutations < 1:
        raise ValueError(f"permutations must be positive, not {permutations}")
    observed = logrank(table)
    if observed.reason:
        return PermutationLogRank(np.nan, np.nan, np.nan, permutations, seed, observed.reason)
    labels, deaths, first_row, at_risk = _patients(table)
    generator = np.random.default_rng(seed)
    batch = max(1, BATCH_CELLS // len(labels))
    as_large = 0
    for start in range(0, permutations, batch):
        size = min(batch, permutations - start)
        shuffled = generator.permuted(np.broadcast_to(labels, (size, len(labels))), axis=1)
        chisq = _permuted_chisquares(shuffled, len(table.n), deaths, first_row, at_risk)
        as_large += int((chisq >= observed.chisq * (1 - 1e-9)).sum())
    p = (1 + as_large) / (1 + permutations)
    std_err = float(np.sqrt(p * (1 - p) / permutations))
    return PermutationLogRank(observed.chisq, p, std_err, permutations, seed)


def _patients(table: EventTable) -> tuple[Counts, Counts, Counts, Counts]:
    """Levels of the patients in order of time, and at each event day: deaths, first patient at risk, number at risk.

    Who left before the first event was never compared with anybody and is not shuffled: a level without anybody at
    risk then gives no degree of freedom to the shuffled tables that the observed one lacks.
    """
    leaving = table.events + table.censored
    labels = np.repeat(np.tile(np.arange(len(table.n)), len(table.times)), leaving.ravel())
    deaths = table.events.sum(axis=1)
    died = deaths > 0
    first_row = np.concatenate([[0], np.cumsum(leaving.sum(axis=1))[:-1]])
    first_row = first_row[died]
    return labels[first_row[0] :], deaths[died], first_row - first_row[0], table.at_risk.sum(axis=1)[died]


def _permuted_chisquares(shuffled: Counts, levels: int, deaths: Counts, first_row: Counts, at_risk: Counts) -> Floats:
    """Log-rank chi-square of each row of ``shuffled`` (B, n), patients in order of time; (B,).

    The deaths of a day are its first patients: labels are exchangeable, so which of the day's patients died does not
    matter.
    """
    share = np.empty((*shuffled.shape[:1], len(deaths), levels))
    difference = np.empty((len(shuffled), levels))
    died_rows = np.concatenate([np.arange(r, r + d) for r, d in zip(first_row, deaths, strict=True)])
    for k in range(levels):
        mine = shuffled == k
        later = np.cumsum(mine[:, ::-1], axis=1, dtype=np.int32)[:, ::-1][:, first_row]
        share[:, :, k] = later / at_risk
        difference[:, k] = mine[:, died_rows].sum(axis=1) - share[:, :, k] @ deaths
    spread = deaths * (at_risk - deaths) / np.maximum(at_risk - 1, 1)
    variance = -np.einsum("bek,e,bel->bkl", share, spread, share, optimize=True)
    variance[:, range(levels), range(levels)] += np.einsum("bek,e->bk", share, spread)
    return chisquares(difference, variance)[0]
