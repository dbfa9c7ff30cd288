"""Which patients carry which level of a factor, the days of all deaths and last contacts being given.

Each factor is its own search: levels are exchanged between patients of the same subtype until the survival percentages,
the hazard ratios and their limits all round to what is printed. Only the number of patients of each level at risk at
each death matters, so a patient who lives is known by the last death he was still at risk for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.engine.close_fits import close_fits
from components.reconstruct.annealing import NotFoundError
from components.reconstruct.targets import SETTLED, Bools, FactorTarget, Floats, Ints, Printed, SurvivalTarget

BATCH, ROUNDS = 1500, 250
HOT, COLD, COOLING, REHEAT = 1.0, 0.08, 0.985, 125
MOST_SWAPS = 4
DEALS = 300


@dataclass(frozen=True)
class Deaths:
    """Patients (n,) with their last days and whether they died, and the deaths (D,) in order of days."""

    last: Ints
    died: Bools

    @property
    def days(self) -> Ints:
        """Days of the deaths, ascending."""
        return np.sort(self.last[self.died])

    @property
    def at_risk(self) -> Floats:
        """Whether each patient is at risk at each death, (n, D)."""
        there: Floats = (self.last[:, None] >= self.days[None, :]).astype(np.float64)
        return there

    @property
    def here(self) -> Floats:
        """Whether each death is the patient's own, (n, D)."""
        own: Floats = ((self.last[:, None] == self.days[None, :]) & self.died[:, None]).astype(np.float64)
        return own


@dataclass(frozen=True)
class Question:
    """What one factor must give back: hazard ratios, and survival percentages of the patients of single levels.

    ``allowed`` (n, K + 1) says which patient may carry which level (the last column: none recorded), ``within`` (n,)
    in which stratum levels may be exchanged, ``quotas`` (S, K + 1) how many patients of a stratum carry each. ``lean``
    (n, K + 1) is how much likelier than others one of the dead is given a level; all are alike where it is not given.
    """

    target: FactorTarget
    curves: tuple[tuple[int, SurvivalTarget], ...]
    within: Ints
    quotas: Ints
    allowed: Bools
    lean: Floats | None = None

    @property
    def levels(self) -> int:
        """Number of levels."""
        return len(self.target.factor.words)


def missed(question: Question, deaths: Deaths, died: Floats, at_risk: Floats) -> Floats:
    """How far B candidates are from print, (B,); 0 when all agree.

    ``died`` (D, K) are the deaths of each level, ``at_risk`` (B, D, K) each candidate's patients at risk.

    Every number counts with the logarithm of its distance in half units of its last digit, so that large misses do not
    hide small ones.
    """
    far = np.zeros(len(at_risk))
    early = deaths.days <= question.curves[0][1].day if question.curves else np.zeros(0, dtype=bool)
    for k, curve in question.curves:
        share = 1.0 - died[early, k] / np.maximum(at_risk[:, early, k], 1.0)
        far += _far(curve.percent, 100.0 * share.prod(axis=1))
    if question.target.ratios:
        fits = close_fits(died, at_risk, question.target.reference, question.target.printed)
        lower, upper = fits.wald_limits()
        for ratio in question.target.ratios:
            k = ratio.level
            for printed, found in ((ratio.ratio, np.exp(fits.coef)), (ratio.lower, lower), (ratio.upper, upper)):
                far += _far(printed, found[:, k])
    return far.round(SETTLED)


def _far(printed: Printed, found: Floats) -> Floats:
    half = 0.5 * 10.0**-printed.digits
    beyond = np.maximum(np.abs(found - printed.value) / half - 0.998, 0.0)
    return np.log1p(np.where(np.isfinite(beyond), beyond, 1e6))


def assigned(question: Question, deaths: Deaths, splits: tuple[int, ...] | None, rng: np.random.Generator) -> Ints:
    """The best of many random assignments of levels (K for none), with ``splits`` deaths in each level, (n,).

    Without ``splits`` the dead carry levels like everybody. Raises NotFoundError when the quotas cannot be met.
    """
    best, least = None, np.inf
    for _ in range(DEALS):
        codes = _assign(question, deaths, splits, rng)
        if codes is None:
            continue
        one_hot = np.eye(question.levels + 1)[codes][:, : question.levels]
        died, at_risk = deaths.here.T @ one_hot, deaths.at_risk.T @ one_hot
        far = float(missed(question, deaths, died, at_risk[None])[0])
        if far < least:
            best, least = codes, far
    if best is None:
        raise NotFoundError(f"{question.target.factor.key}: the counts cannot be met")
    return best


def _assign(
    question: Question, deaths: Deaths, splits: tuple[int, ...] | None, rng: np.random.Generator
) -> Ints | None:
    codes = np.full(len(deaths.last), -1)
    left = question.quotas.copy()
    dead = rng.permutation(np.flatnonzero(deaths.died))
    open_deaths = np.array([*splits, len(dead) - sum(splits)]) if splits is not None else None
    for patient in dead[np.argsort(question.allowed[dead].sum(axis=1), kind="stable")]:
        likely = left[question.within[patient]] if open_deaths is None else open_deaths
        room = question.allowed[patient] & (likely > 0) & (left[question.within[patient]] > 0)
        if not room.any():
            return None
        chance = room * likely * (1.0 if question.lean is None else question.lean[patient])
        level = int(rng.choice(np.flatnonzero(room), p=chance[room] / chance.sum()))
        codes[patient] = level
        if open_deaths is not None:
            open_deaths[level] -= 1
        left[question.within[patient], level] -= 1
    for stratum, counts in enumerate(left):
        for level in np.argsort(question.allowed.sum(axis=0), kind="stable"):
            open_ = (question.within == stratum) & (codes < 0) & question.allowed[:, level]
            chosen = rng.permutation(np.flatnonzero(open_))[: counts[level]]
            if len(chosen) < counts[level]:
                return None
            codes[chosen] = level
    return codes


def exchanged(question: Question, deaths: Deaths, codes: Ints, rng: np.random.Generator) -> tuple[Ints, float]:
    """Levels after an annealed search of single and multiple exchanges among the living, and how far they are."""
    k = question.levels
    one_hot = np.eye(k + 1)
    here, there = deaths.here, deaths.at_risk
    pool = np.flatnonzero(~deaths.died)
    codes = codes.copy()
    died, at_risk = here.T @ one_hot[codes][:, :k], there.T @ one_hot[codes][:, :k]
    current = float(missed(question, deaths, died, at_risk[None])[0])
    best, least, heat = codes.copy(), current, HOT
    for turn in range(ROUNDS):
        if least <= 0.0:
            break
        swaps = int(rng.integers(1, MOST_SWAPS + 1))
        one, other = rng.choice(pool, (BATCH, swaps)), rng.choice(pool, (BATCH, swaps))
        one, other = _possible(question, codes, one, other)
        if not len(one):
            continue
        gained = one_hot[codes[other]][..., :k] - one_hot[codes[one]][..., :k]
        changed = at_risk + np.einsum("bmd,bmk->bdk", there[one] - there[other], gained)
        far = missed(question, deaths, died, changed)
        heated = np.append(far, current) - heat * rng.gumbel(size=len(far) + 1)
        chosen = int(far.argmin()) if far.min() <= 0.0 else int(heated.argmin())
        if chosen < len(far):
            for a, b in zip(one[chosen], other[chosen], strict=True):
                codes[a], codes[b] = codes[b], codes[a]
            at_risk, current = changed[chosen], float(far[chosen])
        if current < least:
            best, least = codes.copy(), current
        heat = HOT if turn % REHEAT == REHEAT - 1 else max(COLD, heat * COOLING)
    return best, least


def _possible(question: Question, codes: Ints, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """The rows of exchanges in which nobody is named twice and everyone may carry what he gets."""
    both = np.sort(np.concatenate([one, other], axis=1), axis=1)
    fits = (question.within[one] == question.within[other]) & (codes[one] != codes[other])
    fits &= question.allowed[one, codes[other]] & question.allowed[other, codes[one]]
    good = fits.all(axis=1) & (np.diff(both, axis=1) > 0).all(axis=1)
    return one[good], other[good]
