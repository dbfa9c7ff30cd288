"""A linear mixed model with one mean a column and a random intercept a subject, by restricted maximum likelihood."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RandomIntercept:
    """``mean`` and ``std_err`` (C,), nan for a column without values; variances ``between`` and ``within`` subjects."""

    mean: Floats
    std_err: Floats
    between: float
    within: float


class NotConvergedError(ArithmeticError):
    """The search for the variances ended without an answer."""


def random_intercept(subject: ArrayLike, column: ArrayLike, value: ArrayLike, columns: int) -> RandomIntercept:
    """Means of ``columns`` columns from values (m,) of ``subject`` (m,) in ``column`` (m,), by statsmodels' MixedLM.

    value = mean of its column + the subject's own level + error. The standard errors are those of generalised least
    squares with the estimated variances, as R's: statsmodels' own, from the curvature of the likelihood, differ from
    R's by up to 1 % (tests/reference/mixed_model.csv).
    R: ``nlme::lme(value ~ 0 + column, random = ~ 1 | subject, method = "REML")``.
    Raises ValueError when there are no more values than columns in use, NotConvergedError when the fit fails.
    """
    from statsmodels.regression.mixed_linear_model import MixedLM  # noqa: PLC0415 - a second to load, on request only

    who, where = np.unique(np.asarray(subject), return_inverse=True)[1], np.asarray(column, dtype=np.int64)
    y = np.asarray(value, dtype=np.float64)
    used, at = np.unique(where, return_inverse=True)
    if len(y) <= len(used):
        raise ValueError(f"{len(y)} values do not determine {len(used)} means and two variances")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of variances near 0, and of a second method tried: what counts is converged
        fit = MixedLM(y, np.eye(len(used))[at], groups=who).fit(reml=True)
    if not fit.converged:
        raise NotConvergedError("the mixed model did not converge")
    between, within = float(fit.cov_re[0, 0]), float(fit.scale)
    mean, std_err = np.full((2, columns), np.nan)
    mean[used] = fit.fe_params
    std_err[used] = np.sqrt(np.diag(_covariance(who, at, len(used), between / within) * within))
    return RandomIntercept(mean, std_err, between, within)


def _covariance(who: NDArray[np.int64], at: NDArray[np.int64], columns: int, ratio: float) -> Floats:
    """(X'WX)^-1, W = I - s J in a subject's block of n values with s = r / (1 + r n), r the ratio of the variances.

    Source: Pinheiro and Bates, Mixed-Effects Models in S and S-PLUS, 2000, section 2.2.
    """
    subjects = int(who.max()) + 1
    counts = np.bincount(who * columns + at, minlength=subjects * columns).reshape(subjects, columns)
    shrink = ratio / (1 + ratio * counts.sum(axis=1))
    information = np.diag(counts.sum(axis=0)) - (counts * shrink[:, None]).T @ counts
    return np.linalg.inv(information)
