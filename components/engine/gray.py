"""Gray's test that the cumulative incidence of one cause is the same in K levels, when other causes compete.

The share without the cause, not the hazard, is compared: a level in which many die of something else first has fewer
events than its hazard alone would bring. With Y at risk, S the share without any event and F_k the incidence of the
cause in level k, the number at risk that the test counts with is Y (1 - F_k) / S, all just before the day.

Source: Gray 1988, Annals of Statistics 16:1141, the variance with hypergeometric factors for tied events.
R: ``cmprsk::cuminc(day, cause, level, strata)$Tests``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.engine.aalen_johansen import CauseTable
from components.engine.event_table import Floats
from components.engine.limits import chisquare_p
from components.engine.logrank import Reason, chisquares


@dataclass(frozen=True)
class Gray:
    """``score`` (K,), events of the cause less those expected, its covariance (K, K), and the test that it is 0.

    Where there is nothing to test, ``chisq`` and ``p`` are nan, ``df`` is 0 and ``reason`` says why.
    """

    score: Floats
    variance: Floats
    chisq: float
    df: int
    p: float
    reason: Reason = ""


def gray(*strata: CauseTable, cause: int = 1) -> Gray:
    """Gray's test of K levels for ``cause`` (from 1), stratified when several tables with the same levels are given.

    df is the rank of the covariance. Raises ValueError without a table.
    """
    if not strata:
        raise ValueError("no table to test")
    found = [_score(table, cause - 1) for table in strata]
    score, variance = np.sum([one[0] for one in found], axis=0), np.sum([one[1] for one in found], axis=0)
    there = np.sum([(table.events.sum(axis=2) + table.censored).sum(axis=0) for table in strata], axis=0) > 0
    had = sum(int(table.events[:, :, cause - 1].sum()) for table in strata)
    reason: Reason = "fewer than two levels" if there.sum() < 2 else "" if had else "no events"
    if not reason:
        chisq, df = chisquares(score[None], variance[None])
        if df[0]:
            return Gray(score, variance, float(chisq[0]), int(df[0]), chisquare_p(chisq[0], int(df[0])))
    return Gray(score, variance, np.nan, 0, np.nan, reason or "nothing to compare")


def _score(table: CauseTable, cause: int) -> tuple[Floats, Floats]:
    """Score (K,) and covariance (K, K) of one stratum.

    Of level k on a day let r = Y / S, A the covariance of the day's weights, diag(r) - rr' / sum r, F the incidence of
    all levels together (d / sum r a day) and C the sum of A dF / (1 - F) so far. An event of the cause in level k moves
    the score by A_k + g (C at the end - C)_k with g = 1 - (1 - F) / S_k, another event by the second term alone with
    g = (1 - F) / S_k; the covariance is the sum of the squares times the variance of the day's incidence.
    """
    happens = table.events.sum(axis=(1, 2)) > 0
    y, events = table.at_risk[happens].astype(np.float64), table.events[happens].astype(np.float64)
    own, total = events[:, :, cause], events.sum(axis=2)
    other = total - own
    there = y > 0
    safe = np.where(there, y, 1.0)
    after = np.cumprod(1.0 - total / safe, axis=0)
    levels = y.shape[1]
    start = np.zeros((1, levels))
    before = np.concatenate([start + 1.0, after[:-1]])
    incidence = np.concatenate([start, np.cumsum(before * own / safe, axis=0)[:-1]])
    r = np.where(there, y / np.where(before > 0, before, 1.0), 0.0)
    died, pooled = own.sum(axis=1), r.sum(axis=1)
    counted = r * (1.0 - incidence)
    score: Floats = (own - (died / counted.sum(axis=1).clip(1e-300))[:, None] * counted).sum(axis=0)
    rise = died / pooled
    together = np.cumsum(rise)
    left = 1.0 - np.append(0.0, together[:-1])
    a = r[:, :, None] * (np.eye(levels) - r[:, None, :] / pooled[:, None, None])
    c = np.cumsum(a * (rise / np.where(left > 0, left, 1.0))[:, None, None], axis=0)
    to_come = (c[-1:] - c) if len(c) else c
    share = np.divide(1.0 - together[:, None], after, out=np.zeros_like(after), where=after > 0)
    moved = a + (1.0 - share)[:, None, :] * to_come
    lost = share[:, None, :] * to_come
    tied = _tied(died[:, None], pooled[:, None] * before)
    spread = np.where(there, tied * before * rise[:, None] / safe, 0.0)
    competing = np.where(there & (after > 0), _tied(other, y) * before**2 * other / safe**2, 0.0)
    variance: Floats = np.einsum("tik,tjk,tk->ij", moved, moved, spread)
    variance = variance + np.einsum("tik,tjk,tk->ij", lost, lost, competing)
    return score, variance


def _tied(events: Floats, at_risk: Floats) -> Floats:
    """The hypergeometric factor of several events on one day; 1 for one."""
    return 1.0 - np.where(events > 1, (events - 1.0) / np.maximum(at_risk - 1.0, 1e-300), 0.0)
