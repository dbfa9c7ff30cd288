"""The last digits: combinations of up to four exchanges around a labelling that is nearly right.

Two of the living who leave between the same two deaths are interchangeable, so a cohort has only some hundred different
exchanges. The effect of each on every printed number is computed; the effects of several are nearly their sum, so for
every pair of exchanges the pair that best closes the remaining gap is looked up among all pairs. The most promising
combinations are computed exactly and the best is taken, until nothing is missed.

Effects are whole numbers of a small unit before any two of them are added or compared: sums and distances of whole
numbers are exact and tie exactly, so no processor's way of adding up decides which combination comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from components.engine.close_fits import close_fits
from components.reconstruct.labels import Deaths, Question, missed
from components.reconstruct.targets import Floats, Ints

TURNS, EXCHANGES, LOOKED_UP, PROMISING = 120, 500, 12_000, 3000
PATIENCE = 6
"""Turns without a gain before two of the dead exchange their levels."""
HEAT = 0.3
"""How much, in terms of the score, chance decides between combinations that are about as good."""
UNITS = 1000.0
"""Parts of half a unit of the last printed digit in which effects are counted."""
DISTANT = 1e6
"""Half units that stand for an effect without bounds."""


@dataclass(frozen=True)
class _Moves:
    """Different exchanges: the patients of both sides to choose from, and the change (M, D, K) of those at risk."""

    sides: list[tuple[list[int], list[int]]]
    change: Floats

    def drawn(self, moves: Ints, rng: np.random.Generator) -> list[tuple[int, int]] | None:
        """Patients who exchange their levels, nobody twice; None when a side has too few."""
        used: set[int] = set()
        pairs = []
        for move in moves:
            pair = [[i for i in side if i not in used] for side in self.sides[int(move)]]
            if not all(pair):
                return None
            one, other = (int(rng.choice(side)) for side in pair)
            used |= {one, other}
            pairs.append((one, other))
        return pairs


def polished(question: Question, deaths: Deaths, codes: Ints, rng: np.random.Generator) -> tuple[Ints, float]:
    """Levels after the search, and how far they are; stops at 0.

    As many of the dead carry each level afterwards as before, but when the living cannot close the gap two of the dead
    exchange their levels and the search goes on from there.
    """
    one_hot = np.eye(question.levels + 1)[:, : question.levels]
    aim = _aim(question)
    codes, best, least, reached, idle = codes.copy(), codes.copy(), np.inf, np.inf, 0
    for _ in range(TURNS):
        died, at_risk = deaths.here.T @ one_hot[codes], deaths.at_risk.T @ one_hot[codes]
        far = float(missed(question, deaths, died, at_risk[None])[0])
        idle, reached = (0, far) if far < reached else (idle + 1, reached)
        if far < least:
            best, least = codes.copy(), far
        if least <= 0.0:
            break
        if idle < PATIENCE:
            moves = _moves(question, deaths, codes, rng)
            ranked = _ranked(question, deaths, died, at_risk, moves, aim, rng)
            pairs = next((pairs for chosen in ranked if (pairs := moves.drawn(chosen, rng))), None)
        else:
            pairs, reached, idle = _among_the_dead(question, deaths, codes, rng), np.inf, 0
        if pairs is None:
            break
        for one, other in pairs:
            codes[one], codes[other] = codes[other], codes[one]
    return best, least


def _among_the_dead(
    question: Question, deaths: Deaths, codes: Ints, rng: np.random.Generator
) -> list[tuple[int, int]] | None:
    """Two of the dead who may exchange different levels; None when there are none."""
    dead = np.flatnonzero(deaths.died)
    one, other = (dead[i] for i in np.triu_indices(len(dead), 1))
    fits = (question.within[one] == question.within[other]) & (codes[one] != codes[other])
    fits &= question.allowed[one, codes[other]] & question.allowed[other, codes[one]]
    if not fits.any():
        return None
    pair = int(rng.choice(np.flatnonzero(fits)))
    return [(int(one[pair]), int(other[pair]))]


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


def _ranked(
    question: Question,
    deaths: Deaths,
    died: Floats,
    at_risk: Floats,
    moves: _Moves,
    wanted: tuple[Floats, Floats],
    rng: np.random.Generator,
) -> Iterator[Ints]:
    """Combinations of one to four exchanges, the nearest to print first; none when effects are unknown."""
    aim, near = wanted
    single = at_risk + moves.change
    here = _features(question, deaths, died, at_risk[None])[0]
    if not np.isfinite(here).all():
        return iter(())
    effects = _whole((_features(question, deaths, died, single) - here) / near)
    gap = _whole((aim - here) / near)
    one, other = np.triu_indices(len(effects), 1)
    both = effects[one] + effects[other]
    looked_up = rng.permutation(len(both))[:LOOKED_UP]
    away, partner = cKDTree(both).query(gap - both[looked_up], p=np.inf, eps=0.1)
    hopeful = np.argsort(away, kind="stable")[:PROMISING]
    pairs = np.argsort(np.abs(gap - both).max(axis=1), kind="stable")[:PROMISING]
    fours = np.column_stack([one[looked_up], other[looked_up], one[partner], other[partner]])[hopeful]
    found = [np.arange(len(effects))[:, None], np.column_stack([one, other])[pairs], fours]
    changed = np.concatenate([at_risk + moves.change[combination].sum(axis=1) for combination in found])
    there = np.flatnonzero((changed >= died).all(axis=(1, 2)))
    far = missed(question, deaths, died, changed[there])
    order = np.argsort(np.where(far > 0.0, far + HEAT * rng.exponential(size=len(far)), -1.0), kind="stable")
    return _each_once(found, there[order[:PROMISING]])


def _each_once(found: list[Ints], order: Ints) -> Iterator[Ints]:
    """The combinations at the places ``order`` of all that were ``found``, without those that name a move twice."""
    ends = np.cumsum([len(combination) for combination in found])
    for place in order:
        size = int(np.searchsorted(ends, place, side="right"))
        chosen: Ints = found[size][place - ends[size]]
        if len(set(chosen.tolist())) == len(chosen):
            yield chosen


def _whole(halves: Floats) -> Floats:
    """Numbers of half units as whole numbers of their parts, exact as floats; without bounds where not a number."""
    return np.rint(UNITS * np.clip(np.nan_to_num(halves, nan=DISTANT), -DISTANT, DISTANT))


def _features(question: Question, deaths: Deaths, died: Floats, at_risk: Floats) -> Floats:
    """Logarithms of hazard ratios, of their limits and of survivals of B candidates, (B, F)."""
    columns = []
    if question.target.ratios:
        fits = close_fits(died, at_risk, question.target.reference, question.target.printed)
        lower, upper = fits.wald_limits()
        for ratio in question.target.ratios:
            columns += [fits.coef[:, ratio.level], np.log(lower[:, ratio.level]), np.log(upper[:, ratio.level])]
    for k, curve in question.curves:
        early = deaths.days <= curve.day
        share = 1.0 - died[early, k] / np.maximum(at_risk[:, early, k], 1.0)
        columns.append(np.log(np.maximum(share, 1e-9)).sum(axis=1))
    return np.stack(columns, axis=1)


def _aim(question: Question) -> tuple[Floats, Floats]:
    """What is printed for each feature, and how near counts as there, (F,) each."""
    printed = [number for ratio in question.target.ratios for number in (ratio.ratio, ratio.lower, ratio.upper)]
    scale = [1.0] * len(printed) + [100.0] * len(question.curves)
    printed += [curve.percent for _, curve in question.curves]
    value = np.array([number.value for number in printed])
    return np.log(value / scale), 0.5 * 10.0 ** -np.array([float(number.digits) for number in printed]) / value
