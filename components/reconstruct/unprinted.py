"""How strongly a level goes with death where nothing printed says it: drawn, from how strongly printed ones do.

What a search is not told it makes as weak as its leanings are. A range that shall tell what is not known has to hold
that strength open instead. Levels of prognostic factors are taken to be exchangeable: the log hazard ratio of one that
is not printed comes from the normal distribution around 0 that the printed ones come from. Not used for the members
that are committed; ``heldout --strengths drawn`` finds what it would change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.reconstruct.targets import Targets
from data.variables import DICTIONARY

Z = 1.959963984540054


@dataclass(frozen=True)
class Strength:
    """By how much more the log odds of a level are among the dead than among the living."""

    level: str
    log_odds: float


def drawn_strength(level: str, targets: Targets, rng: np.random.Generator) -> Strength:
    """The strength of a level whose ratio is not among the targets, drawn anew each time."""
    return Strength(level, float(rng.normal(0.0, spread_of_ratios(targets))))


def spread_of_ratios(targets: Targets) -> float:
    """Standard deviation of the true log hazard ratios of which the printed ones are estimates, around a mean of 0.

    The moment estimator of DerSimonian and Laird (Controlled Clinical Trials 1986;7:177-188) with the mean known to be
    0: tau² = (sum of w y² - k) / sum of w, w being 1 over the squared standard error that the printed limits give;
    0 where the estimates differ by no more than their errors.
    """
    ratios = [ratio for factor in DICTIONARY.factors for ratio in targets.factor(factor).ratios]
    y = np.log([ratio.ratio.value for ratio in ratios])
    error = np.log([ratio.upper.value / ratio.lower.value for ratio in ratios]) / (2.0 * Z)
    w = error**-2.0
    return float(np.sqrt(max((w * y**2).sum() - len(y), 0.0) / w.sum()))
