"""Whether the hazard ratio of two arms differs between the levels of a factor: the test of their interaction.

Twice the rise of the log-likelihood of a Cox model with arm and factor once the products of both are added. A product
that follows from what stands before it, because a level has patients of one arm alone among those at risk, adds nothing
and is left out, as R leaves out a coefficient that is NA.

Sources: Cox 1972; Firth 1993; Heinze and Schemper 2001.
R: ``anova(coxph(Surv(day, event) ~ arm + f), coxph(Surv(day, event) ~ arm * f))``; with the penalty ``coxphftest``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from components.engine.cox import ChiSquare
from components.engine.multivariable_cox import adding, without_columns
from components.engine.partial_likelihood import Ties


@dataclass(frozen=True)
class Interaction:
    """The ``test``, nan where nothing can be tested, in a model of so many ``coefficients``."""

    test: ChiSquare
    coefficients: int


def interaction(
    days: ArrayLike,
    event: ArrayLike,
    arm: ArrayLike,
    codes: ArrayLike,
    ties: Ties = "breslow",
    *,
    penalised: bool = True,
) -> Interaction:
    """The interaction of ``arm`` (n,), true or false, with the levels ``codes`` (n,) of a factor, each patient's known.

    Raises ValueError where ``without_columns`` does.
    """
    compared, level = np.asarray(arm, dtype=np.float64), np.asarray(codes)
    levels = np.column_stack([level == one for one in np.unique(level)[1:]] or [np.zeros((len(level), 0))]).astype(
        float
    )
    columns = np.column_stack([compared, levels, compared[:, None] * levels])
    kept = adding(days, event, columns, ties)
    product = np.arange(columns.shape[1]) > levels.shape[1]
    if not product[kept].any():
        return Interaction(ChiSquare(np.nan, 0, np.nan), int(kept.sum()))
    test = without_columns(days, event, columns[:, kept], product[kept], ties, penalised=penalised)
    return Interaction(test, int(kept.sum()))
