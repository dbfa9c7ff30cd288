"""How strongly a level goes with death where nothing printed says it: drawn, from how strongly printed ones do.

What a search does not aim at it makes as weak as its leanings are. A range that shall tell what is not known has to
hold that strength open instead. Levels of factors are taken to be exchangeable: the log hazard ratio of one that is not
printed comes from the normal distribution around 0 that the printed ones come from.
"""

from __future__ import annotations

import numpy as np

from components.reconstruct.targets import FactorTarget, Floats, Targets
from data.variables import DICTIONARY

Z = 1.959963984540054


def drawn_strengths(target: FactorTarget, targets: Targets, rng: np.random.Generator) -> Floats:
    """By how much the log odds of each level (K,) are higher among the dead than among the living, beyond leanings.

    Drawn anew each time for a level that is neither the reference nor printed, with a ratio or as one without a death;
    0 for all others. Nothing is drawn where every level is printed.
    """
    printed = {ratio.level for ratio in target.ratios} | {*target.eventless, target.factor.base}
    strengths = np.zeros(len(target.factor.words))
    for level in range(len(strengths)):
        if level not in printed:
            strengths[level] = rng.normal(0.0, spread_of_ratios(targets))
    return strengths


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
