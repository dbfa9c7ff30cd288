"""The last digits: exhaustive search of pairs of exchanges around a labelling that is nearly right.

Two of the living who leave between the same two deaths are interchangeable, so a cohort has only some hundred different
exchanges. The effect of each on every printed number is computed; for pairs the effects are added, the most promising
pairs are computed exactly, the best is taken, and now and then a random step leads out of a dead end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.engine.cox import fitted
from data.reconstruct.labels import Deaths, Question, missed
from data.reconstruct.targets import Floats, Ints

TURNS, EXCHANGES, PAIRS, PROMISING = 60, 800, 250_000, 4000
ASTRAY, STEP = 0.15, 3
FINE = 1e-4
"""What counts as near for a log hazard ratio or its standard error: the limits of wide intervals need such a fit."""


@dataclass(frozen=True)
class _Moves:
    """Different exchanges: the patients of both sides to choose from, and the change (M, D, K) of those at risk."""

    sides: list[tuple[list[int], list[int]]]
    change: Floats


def polished(question: Question, deaths: Deaths, codes: Ints, rng: np.random.Generator) -> tuple[Ints, float]:
    """Levels after the search, and how far they are; stops at 0."""
    k = question.levels
    one_hot = np.eye(k + 1)
    died = deaths.here.T @ one_hot[codes][:, :k]
    codes, best, least = codes.copy(), codes.copy(), np.inf
    for _ in range(TURNS):
        at_risk = deaths.at_risk.T @ one_hot[codes][:, :k]
        far = float(missed(question, deaths, died[None], at_risk[None])[0])
        if far < least:
            best, least = codes.copy(), far
        if least <= 0.0:
            break
        moves = _moves(question, deaths, codes, rng)
        if len(moves.sides) < STEP:
            break
        chosen = _best_pair(question, deaths, died, at_risk, moves, rng)
        if chosen is None or rng.random() < ASTRAY:
            chosen = [int(move) for move in rng.integers(0, len(moves.sides), STEP)]
        for move in chosen:
            ours, theirs = moves.sides[move]
            a, b = int(rng.choice(ours)), int(rng.choice(theirs))
            if codes[a] != codes[b] and question.allowed[a, codes[b]] and question.allowed[b, codes[a]]:
                codes[a], codes[b] = codes[b], codes[a]
    return best, least


def _moves(question: Question, deaths: Deaths, codes: Ints, rng: np.random.Generator) -> _Moves:
    k = question.levels
    survived = np.searchsorted(deaths.days, deaths.last, side="right")
    kinds: dict[tuple[int, ...], list[int]] = {}
    for i in np.flatnonzero(~deaths.died):
        key = (int(question.within[i]), *map(int, question.allowed[i]), int(codes[i]), int(survived[i]))
        kinds.setdefault(key, []).append(int(i))
    keys = list(kinds)
    pairs = [
        (a, b)
        for x, a in enumerate(keys)
        for b in keys[x + 1 :]
        if a[0] == b[0] and a[-2] != b[-2] and a[-1] != b[-1] and a[1 + b[-2]] and b[1 + a[-2]]
    ]
    if len(pairs) > EXCHANGES:
        pairs = [pairs[i] for i in rng.permutation(len(pairs))[:EXCHANGES]]
    count = len(deaths.days)
    there = (np.arange(count)[None, :] < np.arange(count + 1)[:, None]).astype(np.float64)
    one_hot = np.eye(k + 1)[:, :k]
    level_a, level_b, last_a, last_b = (np.array([p[s][c] for p in pairs], dtype=int) for c in (-2, -1) for s in (0, 1))
    change = np.einsum("md,mk->mdk", there[last_b] - there[last_a], one_hot[level_a] - one_hot[level_b])
    return _Moves([(kinds[a], kinds[b]) for a, b in pairs], change)


def _best_pair(
    question: Question, deaths: Deaths, died: Floats, at_risk: Floats, moves: _Moves, rng: np.random.Generator
) -> list[int] | None:
    """The single exchange that meets everything, else the best promising pair; None when effects are unknown."""
    single = at_risk + moves.change
    far = missed(question, deaths, np.broadcast_to(died, single.shape), single)
    if far.min() <= 0.0:
        return [int(far.argmin())]
    aim, near = _aim(question, died)
    here = _features(question, deaths, died, at_risk[None])[0]
    if not np.isfinite(here).all():
        return None
    effects = np.nan_to_num((_features(question, deaths, died, single) - here) / near, nan=1e6, posinf=1e6, neginf=-1e6)
    one, other = np.triu_indices(len(moves.sides))
    if len(one) > PAIRS:
        picked = rng.choice(len(one), PAIRS, replace=False)
        one, other = one[picked], other[picked]
    short = np.abs((aim - here) / near - effects[one] - effects[other]).max(axis=1)
    hopeful = np.argsort(short)[:PROMISING]
    both = at_risk + moves.change[one[hopeful]] + moves.change[other[hopeful]]
    far = missed(question, deaths, np.broadcast_to(died, both.shape), both)
    top = hopeful[int(far.argmin())]
    return [int(one[top]), int(other[top])]


def _features(question: Question, deaths: Deaths, died: Floats, at_risk: Floats) -> Floats:
    """Log hazard ratios, their standard errors and log survivals of B candidates, (B, F)."""
    columns = []
    had = np.broadcast_to(died, at_risk.shape)
    if question.target.ratios:
        fits = fitted(had, at_risk, question.target.reference)
        for ratio in question.target.ratios:
            columns += [fits.coef[:, ratio.level], fits.standard_error[:, ratio.level]]
    for k, curve in question.curves:
        early = deaths.days <= curve.day
        share = 1.0 - had[:, early, k] / np.maximum(at_risk[:, early, k], 1.0)
        columns.append(np.log(np.maximum(share, 1e-9)).sum(axis=1))
    return np.stack(columns, axis=1)


def _aim(question: Question, died: Floats) -> tuple[Floats, Floats]:
    """The middle of what rounds to print for each feature, and how near counts as there, (F,) each."""
    z = 1.959964
    total = died.sum(axis=0)
    aim, near = [], []
    for ratio in question.target.ratios:
        least = np.sqrt(1.0 / total[ratio.level] + 1.0 / total[question.target.reference])
        half = 0.5 * 10.0**-ratio.ratio.digits
        values, errors = np.meshgrid(
            np.linspace(ratio.ratio.value - half, ratio.ratio.value + half, 401)[1:-1],
            np.linspace(least, least + 0.6, 6001),
        )
        inside = np.abs(values * np.exp(-z * errors) - ratio.lower.value) < 0.998 * half
        inside &= np.abs(values * np.exp(z * errors) - ratio.upper.value) < 0.998 * half
        if not inside.any():
            aim += [np.log(ratio.ratio.value), least]
            near += [FINE, FINE]
            continue
        logs, errors = np.log(values[inside]), errors[inside]
        aim += [logs.mean(), errors.mean()]
        near += [max(np.ptp(logs) / 2, FINE), max(np.ptp(errors) / 2, FINE / 5)]
    for _, curve in question.curves:
        aim.append(np.log(curve.percent.value / 100.0))
        near.append(0.05 / curve.percent.value)
    return np.array(aim), np.array(near)
