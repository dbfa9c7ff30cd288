"""The partial likelihood of a categorical factor, for a whole batch of factors at once.

With log hazard ratios beta (0 at the reference) and risk-set weights w the log partial likelihood is

    l(beta) = sum_k E_k beta_k - sum_r c_r log(sum_k w_kr exp(beta_k))

Breslow: one risk set r per event time, w = patients at risk, c = events at that time.
Efron: one risk set per event, w = patients at risk - j/m times the m tied events (j = 0 .. m-1), c = 1.
Both ways to treat ties therefore share every line below. Shapes: B fits, K levels, D event times, R risk sets.

Sources: Breslow 1974 Biometrics 30:89; Efron 1977 JASA 72:557; Therneau & Grambsch 2000, section 3.3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from components.engine.event_table import Counts, Floats

Ties = Literal["breslow", "efron"]
Bools = NDArray[np.bool_]

ITERATIONS = 100
HALVINGS = 40
LONGEST_STEP = 4.0
DECREMENT = 1e-11  # in log-likelihood units; the step taken at that point leaves an error of about its square


@dataclass(frozen=True)
class RiskSets:
    """Weights (B, K, R), multiplicity (B, R), events of each level (B, K); padding risk sets have multiplicity 0."""

    weights: Floats
    multiplicity: Floats
    events: Floats

    def picked(self, index: Counts) -> RiskSets:
        """The risk sets of the fits ``index``, in that order, repeats allowed."""
        return RiskSets(self.weights[index], self.multiplicity[index], self.events[index])


@dataclass(frozen=True)
class Derivatives:
    """Log-likelihood (B,), score (B, K) and information (B, K, K) over all levels, the reference included."""

    value: Floats
    score: Floats
    information: Floats

    def picked(self, index: Counts) -> Derivatives:
        """Those of the fits ``index``, in that order."""
        return Derivatives(self.value[index], self.score[index], self.information[index])


@dataclass(frozen=True)
class Maximum:
    """Where Newton's iteration ended: beta (B, K), the derivatives there, and whether it converged (B,)."""

    beta: Floats
    at: Derivatives
    converged: Bools


def risk_sets(events: Floats, at_risk: Floats, ties: Ties = "breslow") -> RiskSets:
    """Risk sets of counts (B, D, K); times without an event count for nothing.

    Raises ValueError for an unknown way to treat ties.
    """
    deaths = events.sum(axis=2)
    if ties == "breslow":
        multiplicity, weights = deaths, np.ascontiguousarray(at_risk.transpose(0, 2, 1))
    elif ties == "efron":
        multiplicity, weights = _efron(events, at_risk, deaths)
    else:
        raise ValueError(f"ties must be 'breslow' or 'efron', not {ties!r}")
    empty = multiplicity == 0
    if empty.any():
        weights = np.where(empty[:, None, :], 1.0, weights)
    return RiskSets(weights, multiplicity, events.sum(axis=1))


def _efron(events: Floats, at_risk: Floats, deaths: Floats) -> tuple[Floats, Floats]:
    """One risk set per event, packed to the left and padded to the largest number of events in the batch."""
    tied = deaths.astype(np.int64)
    total = tied.sum(axis=1)
    fit, time = np.repeat(np.indices(tied.shape).reshape(2, -1), tied.ravel(), axis=1)
    nth = np.arange(len(fit))
    order = nth - np.repeat(np.cumsum(tied) - tied.ravel(), tied.ravel())
    place = nth - np.repeat(np.cumsum(total) - total, total)
    share = (order / tied[fit, time])[:, None]
    width = int(total.max(initial=0))
    weights = np.zeros((len(deaths), width, events.shape[2]))
    weights[fit, place] = at_risk[fit, time] - share * events[fit, time]
    multiplicity = np.zeros((len(deaths), width))
    multiplicity[fit, place] = 1.0
    return multiplicity, np.ascontiguousarray(weights.transpose(0, 2, 1))


def shares(sets: RiskSets, beta: Floats) -> tuple[Floats, Floats]:
    """Each level's share p (B, K, R) of its risk set's hazard, and the risk sets' total hazard (B, R)."""
    hazard = np.exp(beta)[:, :, None] * sets.weights
    total = hazard.sum(axis=1)
    return hazard / total[:, None, :], total


def derivatives(sets: RiskSets, beta: Floats) -> Derivatives:
    """Log-likelihood, score E - sum c p and information sum c (diag(p) - p p') at ``beta`` (B, K)."""
    share, total = shares(sets, beta)
    counted = share * sets.multiplicity[:, None, :]
    expected = np.einsum("bkr->bk", counted)  # several times as fast as a sum over so few
    value = np.einsum("bk,bk->b", sets.events, beta) - np.einsum("br,br->b", sets.multiplicity, np.log(total))
    information = -(counted @ share.transpose(0, 2, 1))
    diagonal = np.arange(beta.shape[1])
    information[:, diagonal, diagonal] += expected
    return Derivatives(value, sets.events - expected, information)


def restricted(information: Floats, free: Bools) -> Floats:
    """Information with the rows and columns of fixed levels replaced by the identity's, so that it can be inverted."""
    kept = np.where(free[:, :, None] & free[:, None, :], information, 0.0)
    diagonal = np.arange(free.shape[1])
    kept[:, diagonal, diagonal] += ~free
    return kept


def solution(information: Floats, score: Floats, free: Bools) -> Floats:
    """Newton step information^-1 score over the free levels, 0 at the fixed ones, (B, K)."""
    right: Floats = np.where(free, score, 0.0)
    if free.shape[1] == 2 and not free.all(axis=1).any():  # one free level: no matrix to invert
        return right / np.where(free, information[:, [0, 1], [0, 1]], 1.0)
    inverted = np.linalg.solve(restricted(information, free), right[:, :, None])
    return inverted[:, :, 0].astype(np.float64, copy=False)


def maximum(sets: RiskSets, free: Bools, start: Floats) -> Maximum:
    """Newton's iteration with step-halving over the free levels; the others keep their value in ``start``.

    A fit that has converged leaves the batch: it costs no more than it does alone, and ends where it does alone.
    """
    beta, at = start, derivatives(sets, start)
    left, done = np.arange(len(start)), np.zeros(len(start), dtype=np.bool_)
    ended: list[tuple[Counts, Maximum]] = []
    for _ in range(ITERATIONS):
        step = solution(at.information, at.score, free)
        done = (step * at.score).sum(axis=1) < DECREMENT
        longest = np.abs(step).max(axis=1, initial=0.0)
        step *= (LONGEST_STEP / np.maximum(longest, LONGEST_STEP))[:, None]
        beta, at = _uphill(sets, beta, at, step)
        if done.all():
            break
        if done.any():
            out, on = np.flatnonzero(done), np.flatnonzero(~done)
            ended.append((left[out], Maximum(beta[out], at.picked(out), done[out])))
            sets, free, beta, at, left, done = sets.picked(on), free[on], beta[on], at.picked(on), left[on], done[on]
    return _in_order([*ended, (left, Maximum(beta, at, done))])


def _in_order(ended: list[tuple[Counts, Maximum]]) -> Maximum:
    """The fits of several batches as one, each at its place of all."""
    if len(ended) == 1:
        return ended[0][1]
    order = np.argsort(np.concatenate([place for place, _ in ended]))

    def whole(of: Callable[[Maximum], NDArray[Any]]) -> NDArray[Any]:
        return np.concatenate([of(one) for _, one in ended])[order]

    at = Derivatives(
        whole(lambda one: one.at.value), whole(lambda one: one.at.score), whole(lambda one: one.at.information)
    )
    return Maximum(whole(lambda one: one.beta), at, whole(lambda one: one.converged))


def _uphill(sets: RiskSets, beta: Floats, at: Derivatives, step: Floats) -> tuple[Floats, Derivatives]:
    """Take the step, halved where it would lower the likelihood by more than rounding."""
    floor = at.value - 1e-10 * (1.0 + np.abs(at.value))
    trial = beta + step
    reached = derivatives(sets, trial)
    for _ in range(HALVINGS):
        worse = reached.value < floor
        if not worse.any():
            break
        step = np.where(worse[:, None], step / 2.0, step)
        trial = beta + step
        reached = derivatives(sets, trial)
    return trial, reached


def present_levels(events: Floats, at_risk: Floats) -> Bools:
    """Levels of which somebody was at risk when an event happened, (B, K)."""
    present: Bools = ((at_risk > 0) & (events.sum(axis=2, keepdims=True) > 0)).any(axis=1)
    return present


def reachable(events: Floats, at_risk: Floats) -> Bools:
    """Levels l that level k is bound to dominate or equal if the likelihood is to stay bounded, (B, K, K).

    An event in k while l is at risk makes the likelihood vanish when l's hazard outgrows k's; chains of such pairs
    bind as well. Two levels have a finite ratio exactly when each reaches the other (Ford 1957, Am Math Monthly 64:28).
    """
    pairs = (events > 0).transpose(0, 2, 1).astype(np.float64) @ (at_risk > 0).astype(np.float64)
    reach = (pairs > 0) | np.eye(events.shape[2], dtype=np.bool_)
    return closure(reach)


def closure(reach: Bools) -> Bools:
    """Transitive closure of reflexive relations, (B, K, K)."""
    length = 1
    while length < reach.shape[1] - 1:
        step = reach.astype(np.float64)
        reach, length = (step @ step) > 0, 2 * length
    return reach


def within_components(events: Floats, at_risk: Floats, reach: Bools) -> Floats:
    """Patients at risk (B, D, K) in the limit where ratios between mutually unreachable levels have become infinite.

    There each event competes only with the levels its own level can be compared with; tied events always share them.
    """
    together = (reach & reach.transpose(0, 2, 1)).astype(np.float64)
    competing = ((events > 0).astype(np.float64) @ together) > 0
    return np.where(competing, at_risk, 0.0)


def anchors(reach: Bools, reference: Counts) -> Bools:
    """The level held at 0 in each component: the reference in its own, the first level in the others, (B, K)."""
    together = reach & reach.transpose(0, 2, 1)
    fit = np.arange(len(reach))
    with_reference = together[fit, reference]
    first = together.argmax(axis=2) == np.arange(reach.shape[1])
    chosen: Bools = first & ~with_reference
    chosen[fit, reference] = True
    return chosen
