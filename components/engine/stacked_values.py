"""Numbers of the patients of several cohorts at once, described in each group of each cohort."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.engine.descriptive import described
from components.engine.event_table import Counts, Floats


@dataclass(frozen=True, eq=False)
class StackedDistributions:
    """The numbers of S cells of patients in each of V columns, (S, V) each; nan where there are too few.

    ``n`` are known; the others are as in ``engine.descriptive.Distribution``.
    """

    n: Counts
    mean: Floats
    sd: Floats
    minimum: Floats
    q1: Floats
    median: Floats
    q3: Floats
    maximum: Floats


def stacked_distributions(values: Floats, cell: Counts, cells: int) -> StackedDistributions:
    """What ``values`` (n, V) are like in each of ``cells`` cells, of which ``cell`` (n,) says whose each row is.

    A negative cell leaves the row out; nan is missing. Each cell is described as ``engine.descriptive`` does it alone.
    """
    columns = values.shape[1]
    rows = np.flatnonzero(cell >= 0)
    rows = rows[np.argsort(cell[rows], kind="stable")]
    sizes = np.bincount(cell[rows], minlength=cells)
    widest = max(int(sizes.max(initial=0)), 1)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    table = np.full((cells, widest, columns), np.nan)
    table[cell[rows], nth] = values[rows]
    n, numbers = described(table.transpose(0, 2, 1).reshape(cells * columns, widest))
    return StackedDistributions(n.reshape(cells, columns), *numbers.reshape(7, cells, columns))
