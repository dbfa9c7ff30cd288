"""The baseline table in every cohort of an ensemble: patients at each level, and what each number is like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.baseline.analysis import FactorRows, NumberRows
from components.core.across import AcrossColumns, ColumnsAcross, SharesAcross, columns_across
from components.core.envelope import Envelope, envelopes

if TYPE_CHECKING:
    from components.baseline.analysis import Baseline
    from data.ensemble import Ensemble
    from data.entries import Factor
    from data.filters import Filter


@dataclass(frozen=True)
class LevelsAcross:
    """The lines of a factor, in the order in which they are shown: patients and their percentage in each column."""

    lines: tuple[SharesAcross, ...]


@dataclass(frozen=True)
class NumberAcross:
    """What a number is like in each column, and the patients without one."""

    mean: tuple[Envelope, ...]
    sd: tuple[Envelope, ...]
    median: tuple[Envelope, ...]
    q1: tuple[Envelope, ...]
    q3: tuple[Envelope, ...]
    missing: SharesAcross


@dataclass(frozen=True)
class BaselineAcross(AcrossColumns):
    """The rows of a baseline table, in its order."""

    rows: tuple[LevelsAcross | NumberAcross, ...]


def baseline_across(ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: Baseline) -> BaselineAcross:
    """What ``shown``, the table by ``by`` of those whom ``chosen`` keeps, is in every cohort of ``ensemble``."""
    columns = columns_across(ensemble, chosen, by, shown.columns)
    numbers = [row.variable.key for row in shown.rows if isinstance(row, NumberRows)]
    described = iter(_described(ensemble, columns, numbers))
    return BaselineAcross(
        ensemble.n,
        columns.n,
        tuple(
            _levels(ensemble, columns, row) if isinstance(row, FactorRows) else next(described) for row in shown.rows
        ),
    )


def _levels(ensemble: Ensemble, columns: ColumnsAcross, row: FactorRows) -> LevelsAcross:
    codes = ensemble.stack.codes(row.variable)
    known = codes >= 0
    place = {level.id: k for k, level in enumerate(row.variable.levels)}
    masks = {"performed": (known, None), "unknown": (~known, None)}
    return LevelsAcross(
        tuple(columns.shares(*(masks.get(line.role) or (codes == place[line.level.id], known))) for line in row.levels)
    )


def _described(ensemble: Ensemble, columns: ColumnsAcross, numbers: list[str]) -> list[NumberAcross]:
    if not numbers:
        return []
    values = ensemble.once(
        ("baseline", *numbers), lambda: np.column_stack([ensemble.stack.numbers(key) for key in numbers])
    )
    found = columns.described(values)

    def ranges(name: str, v: int) -> tuple[Envelope, ...]:
        return envelopes(np.stack([getattr(one, name)[:, v] for one in found], axis=1))

    return [
        NumberAcross(
            ranges("mean", v),
            ranges("sd", v),
            ranges("median", v),
            ranges("q1", v),
            ranges("q3", v),
            columns.shares(np.isnan(values[:, v])),
        )
        for v in range(len(numbers))
    ]
