"""A linear mixed model with one mean a column and a random intercept a subject, by restricted maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from components.engine.event_table import Floats

GOLDEN = (5**0.5 - 1) / 2
STEPS = 40
"""Golden-section steps: the share of variance between subjects is then known to 1e-8, where the likelihood is flat."""


@dataclass(frozen=True)
class RandomIntercept:
    """``mean`` and ``std_err`` (C,), nan for a column without values; variances ``between`` and ``within`` subjects.

    ``loglik`` is the restricted log-likelihood up to its constant.
    """

    mean: Floats
    std_err: Floats
    between: float
    within: float
    loglik: float


def random_intercept(subject: ArrayLike, column: ArrayLike, value: ArrayLike, columns: int) -> RandomIntercept:
    """Means of ``columns`` columns from values (m,) of ``subject`` (m,) in ``column`` (m,).

    value = mean of its column + the subject's own level + error. With W = I - s J of a subject's block
    (s = r / (1 + r n_i), r the ratio of the variances), the means solve X'WX b = X'Wy and their covariance is
    within (X'WX)^-1; r maximises the restricted likelihood. Standard errors take the variances as known.
    Source: Pinheiro and Bates, Mixed-Effects Models in S and S-PLUS, 2000, section 2.2.
    R: ``nlme::lme(value ~ 0 + column, random = ~ 1 | subject, method = "REML")``.
    Raises ValueError when there are no more values than columns in use.
    """
    who, where = np.unique(np.asarray(subject), return_inverse=True)[1], np.asarray(column, dtype=np.int64)
    y = np.asarray(value, dtype=np.float64)
    used, at = np.unique(where, return_inverse=True)
    if len(y) <= len(used):
        raise ValueError(f"{len(y)} values do not determine {len(used)} means and two variances")
    sums = _Sums(who, at, y, len(used))
    low, high = 0.0, 1 - 1e-9
    a, b = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_a, at_b = sums.fit(a)[0], sums.fit(b)[0]
    for _ in range(STEPS):
        if at_a >= at_b:
            high, b, at_b = b, a, at_a
            a = high - GOLDEN * (high - low)
            at_a = sums.fit(a)[0]
        else:
            low, a, at_a = a, b, at_b
            b = low + GOLDEN * (high - low)
            at_b = sums.fit(b)[0]
    best = max((0.0, a, b), key=lambda share: sums.fit(share)[0])
    loglik, means, covariance, within = sums.fit(best)
    mean, std_err = np.full((2, columns), np.nan)
    mean[used], std_err[used] = means, np.sqrt(np.diag(covariance))
    return RandomIntercept(mean, std_err, within * best / (1 - best), within, loglik)


class _Sums:
    """What the likelihood needs of the values, summed by subject once."""

    def __init__(self, who: np.ndarray, at: np.ndarray, y: Floats, columns: int) -> None:
        subjects = int(who.max()) + 1
        self.counts = np.bincount(who * columns + at, minlength=subjects * columns).reshape(subjects, columns)
        self.n = self.counts.sum(axis=1)
        self.totals = np.bincount(who, weights=y, minlength=subjects)
        self.by_column = np.bincount(at, weights=y, minlength=columns)
        self.squares = float(y @ y)
        self.spare = len(y) - columns

    def fit(self, share: float) -> tuple[float, Floats, Floats, float]:
        """Restricted log-likelihood, means, their covariance and the variance within, at between / total ``share``."""
        ratio = share / (1 - share)
        shrink = ratio / (1 + ratio * self.n)
        information = np.diag(self.counts.sum(axis=0)) - (self.counts * shrink[:, None]).T @ self.counts
        right = self.by_column - self.counts.T @ (shrink * self.totals)
        means = np.linalg.solve(information, right)
        rest = max(self.squares - float(shrink @ self.totals**2) - float(means @ right), 0.0)
        within = rest / self.spare
        with np.errstate(divide="ignore"):
            spread = self.spare * np.log(within)
        loglik = -0.5 * (spread + np.log1p(ratio * self.n).sum() + np.linalg.slogdet(information)[1])
        return float(loglik), means, within * np.linalg.inv(information), within
