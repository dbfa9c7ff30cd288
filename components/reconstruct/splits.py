"""How the deaths are split between the levels of a factor, read from the width of the printed intervals."""

from __future__ import annotations

from itertools import product

import numpy as np

from components.reconstruct.targets import FactorTarget

Z = 1.959964
SHORTLIST = 4
RATIO_SLACK = 0.25
"""How far (log scale) a hazard ratio may lie from the ratio of crude death rates, follow-up being uneven."""
WIDTH_SLACK = 0.004
"""How far a standard error may lie from the crude one beyond what rounding explains."""


EQUALLY_GOOD = 1.0
"""Costs within which splits count as equally plausible."""


def death_splits(target: FactorTarget, deaths: int) -> list[dict[str, int]]:
    """Plausible numbers of deaths in the levels with a printed ratio and the reference, the most plausible first.

    Only those about as plausible as the first are given.

    With few deaths the squared standard error of a log hazard ratio is close to 1/a + 1/b, a and b the deaths in the
    two levels, and the ratio itself to that of a and b out of their patients. Levels without deaths are left out;
    ``deaths`` is the most there can be in all levels together.
    """
    levels, reference = target.factor.words, target.factor.words[target.factor.base]
    found: list[tuple[float, dict[str, int]]] = []
    for base in range(1, deaths + 1):
        options = []
        for ratio in target.ratios:
            costs = [(_cost(target, ratio.level, d, base), d) for d in range(1, deaths - base + 1)]
            options.append([(cost, levels[ratio.level], d) for cost, d in sorted(costs)[:SHORTLIST]])
        for chosen in product(*options):
            split = {reference: base} | {level: d for _, level, d in chosen}
            if sum(split.values()) <= deaths:
                found.append((sum(cost for cost, _, _ in chosen), split))
    found.sort(key=lambda pair: pair[0])
    return [split for cost, split in found if cost <= found[0][0] + EQUALLY_GOOD]


def _cost(target: FactorTarget, k: int, level_deaths: int, base_deaths: int) -> float:
    ratio = next(ratio for ratio in target.ratios if ratio.level == k)
    n, base = target.outcome[target.factor.words[k]], target.outcome[target.factor.words[target.factor.base]]
    crude = np.log(level_deaths / n) - np.log(base_deaths / base)
    printed = np.array([ratio.lower.value, ratio.ratio.value, ratio.upper.value])
    half = 0.5 * 10.0 ** -np.array([ratio.lower.digits, ratio.ratio.digits, ratio.upper.digits])
    centre = max(abs(np.log(printed[1]) - crude) - np.log1p(half[1] / printed[1]), 0.0)
    width = np.log(printed[2] / printed[1]) / Z
    rounding = (half[1] / printed[1] + half[2] / printed[2]) / Z
    error = max(abs(np.sqrt(1 / level_deaths + 1 / base_deaths) - width) - rounding, 0.0)
    return float((centre / RATIO_SLACK) ** 2 + (error / WIDTH_SLACK) ** 2)
