"""How many patients carry each level of a factor, within each subtype where that is printed.

Tables 1 and 4 count different populations: the safety population has one patient more than the outcome one, whose
levels follow from the difference (``outside_levels``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.reconstruct.targets import Ints, Targets
from data.entries import Factor
from data.variables import DICTIONARY

SUBTYPES = DICTIONARY.factor["subtype"].words


@dataclass(frozen=True)
class Quotas:
    """Patients of ``population`` per level, the last column without a level, (S, K + 1).

    One row a subtype, or one row for everybody where nothing is printed by subtype.
    """

    population: str
    counts: Ints


def outside_levels(targets: Targets) -> dict[str, str | None]:
    """Levels of the patient who is in the safety but not in the outcome population, by factor, as far as they follow.

    None stands for a level that was not recorded; a factor not printed for both populations is left out.
    """
    found: dict[str, str | None] = {}
    for factor in DICTIONARY.factors:
        outcome = targets.counts(factor.key, population="outcome", group="")
        safety = safety_counts(targets, factor)
        known = [level for level in factor.words if level in outcome and level in safety]
        if known:
            more = [level for level in known if safety[level] > outcome[level]]
            found[factor.key] = more[0] if more else None
    return found


def safety_counts(targets: Targets, factor: Factor, subtype: str | None = None) -> dict[str, int]:
    """Patients of the safety population by level, all or of one subtype; empty where nothing is printed.

    A single level that is not printed has the rest: for two-level factors Table 1 prints one level only.
    """
    if factor.key == "subtype":
        return targets.counts("subtype", population="safety")
    group = f"subtype={subtype}" if subtype else ""
    printed = targets.counts(factor.key, population="safety", group=group)
    found = {level: printed[level] for level in factor.words if level in printed}
    rest = [level for level in factor.words if level not in found]
    if found and len(rest) == 1:
        found[rest[0]] = _safety_size(targets, subtype) - sum(found.values())
    return found


def quotas(targets: Targets, factor: Factor) -> Quotas:
    """Counts of the outcome population; of the safety population for a factor that Table 4 does not print.

    Raises ValueError when more patients are printed by level than there are.
    """
    outcome = targets.counts(factor.key, population="outcome", group="")
    rows = [safety_counts(targets, factor, subtype) for subtype in SUBTYPES] if factor.key != "subtype" else [{}]
    population = "outcome" if outcome else "safety"
    if all(rows):
        counts = np.array([[*(row.get(k, 0) for k in factor.words), 0] for row in rows], dtype=np.int64)
        counts[:, -1] = [_safety_size(targets, subtype) for subtype in SUBTYPES] - counts.sum(axis=1)
        if outcome:
            outside = outside_levels(targets)
            level = outside[factor.key]
            column = len(factor.words) if level is None else factor.words.index(level)
            counts[SUBTYPES.index(str(outside["subtype"])), column] -= 1
    else:
        printed = safety_counts(targets, factor) | outcome
        row = [printed.get(level, 0) for level in factor.words]
        counts = np.array([[*row, targets.count("patients", population=population) - sum(row)]], dtype=np.int64)
    if (counts < 0).any():
        raise ValueError(f"{factor.key}: more patients are printed by level than there are")
    return Quotas(population, counts)


def _safety_size(targets: Targets, subtype: str | None) -> int:
    if subtype is None:
        return targets.count("patients", population="safety")
    return targets.counts("subtype", population="safety")[subtype]
