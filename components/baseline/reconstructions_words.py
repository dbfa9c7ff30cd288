"""The table and the sentence of what equally faithful reconstructions give for the baseline table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.baseline.analysis import FactorRows
from components.baseline.reconstructions import LevelsAcross, baseline_across
from components.baseline.words import NUMBERS, SAID, SIMPLE, Numbers, not_measured
from components.core.envelope import Ranged
from components.core.envelope_words import (
    RangeRow,
    Ranges,
    RangesSaid,
    patients_row,
    row_of_shares,
    said_rows,
    spread,
)
from components.core.numbers import EN_DASH, inside, with_unit
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from components.baseline.analysis import Baseline, NumberRows
    from components.baseline.reconstructions import BaselineAcross, NumberAcross


def baseline_ranges(style: Numbers) -> Ranges[Baseline, BaselineAcross]:
    """The ranges of the rows of the table, numbers printed in this style."""

    def said(found: BaselineAcross, shown: Baseline) -> RangesSaid:
        labels = shown.columns.labels
        rows = [patients_row(found.n, labels)]
        for row, ranges in zip(shown.rows, found.rows, strict=True):
            if isinstance(row, FactorRows):
                if isinstance(ranges, LevelsAcross):
                    rows += _levels(row, ranges, labels)
            elif not isinstance(ranges, LevelsAcross):
                rows += _number(row, ranges, style, labels)
        return said_rows(labels, rows, found.members)

    return Ranges(baseline_across, said)


def _levels(row: FactorRows, found: LevelsAcross, columns: tuple[str, ...]) -> Iterator[RangeRow]:
    title = say("{label}, n (%)", label=row.variable.label)
    simple = {line.level.id for line in row.levels if line.role == "level"} in SIMPLE
    pairs = tuple(zip(row.levels, found.lines, strict=True))
    if simple:
        yield next(row_of_shares(title, one, columns) for line, one in pairs if line.level.id in SAID)
        pairs = tuple((line, one) for line, one in pairs if line.role != "level")
    else:
        yield RangeRow(title, ("",) * len(columns), ())
    for line, one in pairs:
        if row.variable.tested or any(n.most for n in one.n):
            yield row_of_shares(line.level.label, one, columns, inner=True)


def _number(row: NumberRows, found: NumberAcross, style: Numbers, columns: tuple[str, ...]) -> Iterator[RangeRow]:
    variable, places = row.variable, row.variable.decimals or 1
    title = f"{with_unit(variable.label, variable.unit)}, {NUMBERS[style]}"
    names = (
        (say("mean"), say("SD")) if style == "mean" else (say("median"), say("lower quartile"), say("upper quartile"))
    )
    chosen = (found.mean, found.sd) if style == "mean" else (found.median, found.q1, found.q3)
    numbers = [
        [
            Ranged(f"{name} {inside(variable.label)}, {column}", part[c], places)
            for name, part in zip(names, chosen, strict=True)
        ]
        for c, column in enumerate(columns)
    ]
    cells = tuple(_described(own) for own in numbers)
    yield RangeRow(title, cells, tuple(one for own in numbers for one in own))
    if any(n.most for n in found.missing.n):
        yield row_of_shares(not_measured(variable), found.missing, columns, inner=True)


def _described(own: list[Ranged]) -> str:
    middle, *rest = (spread(one) for one in own)
    if not own[0].found.known:
        return EN_DASH
    if len(rest) == 1:
        return f"{middle} ± {rest[0]}"
    return say("{middle} ({low} to {high})", middle=middle, low=rest[0], high=rest[1])
