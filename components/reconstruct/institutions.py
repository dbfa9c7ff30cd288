"""Where the patients were treated: institutions of the printed departments, every one with at least one patient."""

from __future__ import annotations

import numpy as np
import pandas as pd

from components.reconstruct.targets import Targets

UNEVEN = 0.7
"""Standard deviation of the log size of an institution: a few treat many patients."""


def with_institutions(patients: pd.DataFrame, targets: Targets, rng: np.random.Generator) -> pd.DataFrame:
    """``patients`` (everybody enrolled) with institution (I01, I02, ...) and its department.

    Which institution a patient belongs to is drawn at random: the paper prints only how many there are.
    """
    departments = {
        number.level: int(number.printed)
        for number in targets.chosen(variable="department", statistic="institutions", population="enrolled")
    }
    total = targets.count("institution", "institutions", population="enrolled")
    kinds = rng.permutation([name for name, n in departments.items() for _ in range(n)])
    if len(kinds) != total:
        raise ValueError(f"{len(kinds)} departments in {total} institutions")
    size = rng.lognormal(0.0, UNEVEN, total)
    further = rng.choice(total, len(patients) - total, p=size / size.sum())
    place = rng.permutation(np.concatenate([np.arange(total), further]))
    return patients.assign(institution=[f"I{i + 1:02d}" for i in place], department=kinds[place])
