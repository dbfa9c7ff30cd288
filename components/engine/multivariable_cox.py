"""The Cox model of several columns of numbers at once, plain or with Firth's penalty.

A risk set enters only through weighted sums over the patients at risk, of 1, z, zz' and, for the penalty, q and zq with
q = z'Vz; so each is a running sum over the days with an event, and nothing depends on how many patients share a row.
Of Efron's risk sets each takes a part of the tied events' own sums away. The penalty log|I| / 2 has the gradient T / 2,

    T_m = tr(V dI_m) = sum_r c [cov(z_m, q) - 2 cov(z_m, z) V mean(z)],   V = I^-1,

all covariances being those of the risk set. Columns are scaled to unit variance, which moves the penalised
log-likelihood by a constant and nothing else.

Sources: Cox 1972; Breslow 1974; Efron 1977; Firth 1993; Heinze and Schemper 2001.
R: ``coxph(Surv(day, event) ~ x1 + x2, ties = ties)``; ``coxphf(Surv(day, event) ~ x1 + x2)`` (Breslow ties).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.engine.cox import ChiSquare
from components.engine.event_table import Floats
from components.engine.limits import chisquare_p, normal_p, normal_quantile
from components.engine.numeric_covariate import unbounded
from components.engine.partial_likelihood import HALVINGS, LONGEST_STEP, Bools, Ties
from components.engine.profile_limits import crossing

WhyNot = Literal["", "no events", "collinear", "separated"]

ITERATIONS = 400
SMALLEST_STEP = 1e-11  # of a scaled coefficient
ALIASED = 1e-9
"""A column whose spread within the risk sets is this share of its own, once the others are known, adds nothing."""
FLAT = 1e-3
"""Where the information has fallen to this share of that at 0 in some direction, a maximum is not taken for granted."""


@dataclass(frozen=True)
class MultivariableCox:
    """Coefficients of P columns; arrays are (P,), ``lower`` and ``upper`` are limits of the hazard ratio.

    ``constant`` columns never differ between patients who were at risk together at an event: they have no coefficient
    (nan) and leave the others as they are. ``reason`` says why there is no model: no event, ``aliased`` columns that
    follow from those before them, or, without the penalty, a likelihood that rises for ever. Then all numbers are nan.
    Limits and p are Wald's, or with the penalty those of its profile.
    """

    coef: Floats
    standard_error: Floats
    lower: Floats
    upper: Floats
    p: Floats
    covariance: Floats
    log_likelihood_0: float
    log_likelihood: float
    likelihood_ratio: ChiSquare
    constant: Bools
    aliased: Bools
    reason: WhyNot = ""

    @property
    def hazard_ratio(self) -> Floats:
        """exp(coef), (P,)."""
        return np.exp(self.coef)


@dataclass(frozen=True)
class _At:
    """Log-likelihood, score and information at a coefficient, the penalty included in the first two."""

    value: float
    score: Floats
    information: Floats


class Likelihood:
    """The partial likelihood of columns (n, P), ``penalised`` or not, as a function of P coefficients.

    ``days``, ``event`` and ``columns`` hold a row a patient. Raises ValueError where they differ in length or for
    unknown ``ties``.
    """

    def __init__(
        self, days: ArrayLike, event: ArrayLike, columns: ArrayLike, ties: Ties = "breslow", *, penalised: bool = False
    ) -> None:
        day, had = np.asarray(days), np.asarray(event, dtype=np.bool_)
        x = np.asarray(columns, dtype=np.float64)
        if ties not in {"breslow", "efron"}:
            raise ValueError(f"ties must be 'breslow' or 'efron', not {ties!r}")
        if x.ndim != 2 or not len(day) == len(had) == len(x):
            raise ValueError(f"days, event and columns differ in length: {len(day)}, {len(had)}, {len(x)}")
        self.penalised = penalised
        times = np.unique(day[had])
        segment = np.searchsorted(times, day, side="right") - 1  # the last day with an event that the row is at risk on
        self._gather(segment[segment >= 0], had[segment >= 0], x[segment >= 0], len(times))
        tied = np.bincount(self._segment[self._had], self._count[self._had], minlength=len(times)).astype(np.int64)
        if ties == "breslow":
            self._row, self._part, self._times = np.arange(len(times)), np.zeros(len(times)), tied.astype(np.float64)
        else:
            first = np.repeat(np.cumsum(tied) - tied, tied)
            self._row = np.repeat(np.arange(len(times)), tied)
            self._part = (np.arange(int(tied.sum())) - first) / np.repeat(tied, tied)
            self._times = np.ones(len(self._row))

    def _gather(self, segment: NDArray[np.int64], had: Bools, x: Floats, length: int) -> None:
        """Rows that are alike counted once, in the order of their segments, and columns scaled."""
        code = segment * 2 + had
        for column in x.T:
            values, rank = np.unique(column, return_inverse=True)
            code = np.unique(code * len(values) + rank, return_inverse=True)[1]
        _, first, counted = np.unique(code, return_index=True, return_counts=True)
        order = np.argsort(segment[first], kind="stable")
        first, self._count = first[order], counted[order].astype(np.float64)
        self._segment, self._had, rows = segment[first], had[first], x[first]
        total = max(float(self._count.sum()), 1.0)
        centre = self._count @ rows / total
        spread = np.sqrt(self._count @ (rows - centre) ** 2 / total)
        self.scale: Floats = np.where(spread > 0, spread, 1.0)
        self._z: Floats = (rows - centre) / self.scale
        self._length = length
        self._start = np.searchsorted(self._segment, np.arange(length))
        self._observed: Floats = (self._count * self._had) @ self._z

    @property
    def events(self) -> int:
        """Events of all patients."""
        return int(self._times.sum())

    @property
    def columns(self) -> int:
        """P, the number of columns."""
        return len(self.scale)

    @cached_property
    def _products(self) -> Floats:
        """1, z and the products of every two columns, (rows, 1 + P + P P)."""
        z = self._z
        return np.column_stack([np.ones(len(z)), z, (z[:, :, None] * z[:, None, :]).reshape(len(z), -1)])

    def _sums(self, weight: Floats, rows: Floats) -> Floats:
        """Sums of ``rows`` (rows, C) over each risk set, (R, C)."""
        weighted = weight[:, None] * rows
        by_day = np.add.reduceat(weighted, self._start, axis=0)
        at_risk = np.cumsum(by_day[::-1], axis=0)[::-1][self._row]
        if not self._part.any():
            return at_risk
        died = np.zeros((self._length, rows.shape[1]))
        np.add.at(died, self._segment[self._had], weighted[self._had])
        return at_risk - self._part[:, None] * died[self._row]

    def plain(self, beta: Floats) -> tuple[_At, Floats, Floats, Floats]:
        """The likelihood without its penalty; of each risk set its hazard, means (R, P) and covariance (R, P, P)."""
        size = self.columns
        along = self._z @ beta
        shift = float(np.max(along, initial=-np.inf)) if len(along) else 0.0
        sums = self._sums(self._count * np.exp(along - shift), self._products)
        total = sums[:, 0]
        mean = sums[:, 1 : 1 + size] / total[:, None]
        second = (sums[:, 1 + size :] / total[:, None]).reshape(-1, size, size)
        covariance = second - mean[:, :, None] * mean[:, None, :]
        value = float(self._observed @ beta) - float(self._times @ (np.log(total) + shift))
        score = self._observed - self._times @ mean
        information = np.tensordot(self._times, covariance, 1)
        return _At(value, score, information), total, mean, covariance

    def at(self, beta: Floats) -> _At:
        """Value, score and plain information at ``beta`` (P,), which multiplies the scaled columns."""
        found, total, mean, covariance = self.plain(beta)
        if not self.penalised:
            return found
        sign, determinant = np.linalg.slogdet(found.information)
        if sign <= 0:
            return _At(-np.inf, found.score, found.information)
        inverse = np.linalg.inv(found.information)
        square = ((self._z @ inverse) * self._z).sum(axis=1)
        along = self._z @ beta
        weight = self._count * np.exp(along - float(np.max(along)))
        sums = self._sums(weight, np.column_stack([square, square[:, None] * self._z])) / total[:, None]
        own = sums[:, 1:] - mean * sums[:, :1] - 2.0 * np.einsum("rab,rb->ra", covariance, mean @ inverse)
        return _At(found.value + determinant / 2.0, found.score + self._times @ own / 2.0, found.information)

    def maximum(self, free: Bools, beta: Floats) -> tuple[Floats, _At, bool]:
        """The coefficients where the likelihood is largest, those not ``free`` held; and whether they were found."""
        at = self.at(beta)
        if not free.any():
            return beta, at, True
        held = np.ix_(free, free)
        inverse = _inverse(at.information[held])
        for _ in range(ITERATIONS):
            step = np.zeros(len(beta))
            step[free] = inverse @ at.score[free]
            if step @ at.score < 0:  # a curvature learnt far away
                step[free] = _inverse(at.information[held]) @ at.score[free]
            longest = float(np.abs(step).max())
            step *= LONGEST_STEP / max(longest, LONGEST_STEP)
            floor = at.value - 1e-13 * (1.0 + abs(at.value))
            reached = self.at(beta + step)
            for _ in range(HALVINGS):
                if reached.value >= floor:
                    break
                step /= 2.0
                reached = self.at(beta + step)
            moved, fallen = step[free], (at.score - reached.score)[free]
            beta, at = beta + step, reached
            if longest < SMALLEST_STEP:
                return beta, at, True
            inverse = _learnt(inverse, moved, fallen) if self.penalised else _inverse(at.information[held])
        return beta, at, False


def multivariable_cox(
    days: ArrayLike,
    event: ArrayLike,
    columns: ArrayLike,
    ties: Ties = "breslow",
    level: float = 0.95,
    *,
    penalised: bool = True,
) -> MultivariableCox:
    """The Cox model of ``columns`` (n, P), with Firth's penalty unless stated otherwise.

    Raises ValueError where ``Likelihood`` does, or unless 0 < level < 1.
    """
    found = _fitted(days, event, np.asarray(columns, dtype=np.float64), ties, penalised=penalised)
    constant, aliased, size = found.constant, found.aliased, len(found.constant)
    if found.likelihood is None or found.best is None:
        return _without(size, found.reason, constant, aliased)
    kept, beta, best = found.likelihood, found.beta, found.best
    inverse = np.linalg.inv(best.information)
    error = np.sqrt(np.diagonal(inverse))
    half = normal_quantile(level)
    if penalised:
        limits, p = _profiles(kept, beta, best.value, error, half)
    else:
        limits = np.array([beta - half * error, beta + half * error])
        p = np.array([normal_p(z) for z in (beta / error).tolist()])
    at_0 = kept.at(np.zeros(kept.columns)).value
    chisq = 2.0 * max(best.value - at_0, 0.0)

    def placed(values: Floats) -> Floats:
        whole_ = np.full(size, np.nan)
        whole_[~constant] = values
        return whole_

    covariance = np.full((size, size), np.nan)
    covariance[np.ix_(~constant, ~constant)] = inverse / np.outer(kept.scale, kept.scale)
    return MultivariableCox(
        coef=placed(beta / kept.scale),
        standard_error=placed(error / kept.scale),
        lower=placed(np.exp(limits[0] / kept.scale)),
        upper=placed(np.exp(limits[1] / kept.scale)),
        p=placed(p),
        covariance=covariance,
        log_likelihood_0=at_0,
        log_likelihood=best.value,
        likelihood_ratio=ChiSquare(chisq, kept.columns, chisquare_p(chisq, kept.columns)),
        constant=constant,
        aliased=aliased,
    )


def without_columns(
    days: ArrayLike, event: ArrayLike, columns: ArrayLike, held: ArrayLike, ties: Ties = "breslow", *, penalised: bool
) -> ChiSquare:
    """The likelihood-ratio test that the coefficients of the columns ``held`` (P,) are all 0.

    With the penalty it is that of the whole model's information, also while some coefficients are held at 0. nan
    where ``multivariable_cox`` has no model, or none of the held columns has a coefficient.
    R: ``anova(coxph(... without them), coxph(...))``; ``coxphftest``.
    """
    x, out = np.asarray(columns, dtype=np.float64), np.asarray(held, dtype=np.bool_)
    model = _fitted(days, event, x, ties, penalised=penalised)
    out = out & ~model.constant
    if model.likelihood is None or model.best is None or not out.any():
        return ChiSquare(np.nan, 0, np.nan)
    _, at, _ = model.likelihood.maximum(~out[~model.constant], np.zeros(model.likelihood.columns))
    chisq, df = 2.0 * max(model.best.value - at.value, 0.0), int(out.sum())
    return ChiSquare(chisq, df, chisquare_p(chisq, df))


def adding(days: ArrayLike, event: ArrayLike, columns: ArrayLike, ties: Ties = "breslow") -> Bools:
    """Which columns (n, P) differ between patients at risk together and do not follow from those before them, (P,)."""
    whole = Likelihood(days, event, columns, ties)
    if not whole.events:
        return np.zeros(whole.columns, dtype=np.bool_)
    null = whole.at(np.zeros(whole.columns)).information
    constant = np.diagonal(null) <= ALIASED * whole.events
    return ~(constant | _aliased(null, constant))


@dataclass(frozen=True)
class _Fitted:
    """Where the ``likelihood`` of the columns that are not ``constant`` is largest; without one the ``reason``."""

    likelihood: Likelihood | None
    beta: Floats
    best: _At | None
    constant: Bools
    aliased: Bools
    reason: WhyNot = ""


def _fitted(days: ArrayLike, event: ArrayLike, x: Floats, ties: Ties, *, penalised: bool) -> _Fitted:
    whole = Likelihood(days, event, x, ties)
    size = whole.columns
    nothing, unknown = np.zeros(size, dtype=np.bool_), np.full(size, np.nan)
    if not whole.events:
        return _Fitted(None, unknown, None, nothing, nothing, "no events")
    null = whole.at(np.zeros(size)).information
    constant = np.diagonal(null) <= ALIASED * whole.events
    aliased = _aliased(null, constant)
    if aliased.any() or constant.all():
        return _Fitted(None, unknown, None, constant, aliased, "collinear" if aliased.any() else "")
    kept = Likelihood(days, event, x[:, ~constant], ties, penalised=penalised)
    everything, zero = np.ones(kept.columns, dtype=np.bool_), np.zeros(kept.columns)
    beta, best, found = kept.maximum(everything, zero)
    if not penalised and not _certain(kept, best, found) and unbounded(days, event, x[:, ~constant]):
        return _Fitted(None, unknown, None, constant, aliased, "separated")
    return _Fitted(kept, beta, best, constant, aliased)


def _without(size: int, reason: WhyNot, constant: Bools, aliased: Bools) -> MultivariableCox:
    unknown = np.full(size, np.nan)
    nothing = ChiSquare(np.nan, 0, np.nan)
    return MultivariableCox(
        *(unknown,) * 5, np.full((size, size), np.nan), np.nan, np.nan, nothing, constant, aliased, reason
    )


def _aliased(information: Floats, constant: Bools) -> Bools:
    """Columns that follow, within the risk sets, from those before them: a Cholesky factor's pivots that vanish."""
    left = information.copy()
    found = np.zeros(len(left), dtype=np.bool_)
    for j in np.flatnonzero(~constant).tolist():
        if left[j, j] <= ALIASED * information[j, j]:
            found[j] = True
            continue
        left = left - np.outer(left[:, j], left[j]) / left[j, j]
    return found


def _inverse(information: Floats) -> Floats:
    """The inverse over the directions in which the likelihood bends."""
    inverse: Floats = np.linalg.pinv(information, hermitian=True).astype(np.float64)
    return inverse


def _learnt(inverse: Floats, moved: Floats, fallen: Floats) -> Floats:
    """The inverse curvature after a step along which the score has fallen (Broyden, Fletcher, Goldfarb, Shanno 1970).

    The penalty bends the likelihood too, and with few events as much as the information does.
    """
    along = float(moved @ fallen)
    if not along > 1e-8 * float(np.linalg.norm(moved) * np.linalg.norm(fallen)):
        return inverse
    turned = np.eye(len(moved)) - np.outer(moved, fallen) / along
    learnt: Floats = turned @ inverse @ turned.T + np.outer(moved, moved) / along
    return learnt


def _certain(likelihood: Likelihood, best: _At, found: bool) -> bool:  # noqa: FBT001
    """Whether a maximum was found where the likelihood bends about as much as at 0, which only a finite one does."""
    null = likelihood.at(np.zeros(likelihood.columns)).information
    root = np.linalg.inv(np.linalg.cholesky(null))
    return found and bool(np.linalg.eigvalsh(root @ best.information @ root.T)[0] > FLAT)


def _profiles(
    likelihood: Likelihood, beta: Floats, highest: float, error: Floats, half: float
) -> tuple[Floats, Floats]:
    """Of every coefficient the limits of its profile, (2, P), and the likelihood-ratio p of 0."""
    limits, p = np.zeros((2, len(beta))), np.zeros(len(beta))
    for k in range(len(beta)):
        free = np.arange(len(beta)) != k
        start = beta.copy()

        def profile(at: Floats, k: int = k, free: Bools = free, start: Floats = start) -> tuple[Floats, Floats]:
            start[k] = at[0]
            reached, found, _ = likelihood.maximum(free, start)
            start[:] = reached
            return np.array([found.value]), found.score[[k]]

        for side, sign in enumerate((-1.0, 1.0)):
            start[:] = beta
            guess = np.array([beta[k] + sign * half * error[k]])
            limits[side, k] = crossing(profile, beta[[k]], guess, np.array([highest - half**2 / 2.0]))[0]
        start[:] = beta
        p[k] = chisquare_p(2.0 * max(highest - float(profile(np.zeros(1))[0][0]), 0.0), 1)
    return limits, p
