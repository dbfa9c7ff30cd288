"""The published numbers as targets: what a cohort must give back, grouped by what each number constrains."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.entries import Endpoint, Factor
from data.levels import MISSING
from data.paper.published import NOT_AVAILABLE, PublishedNumber, published_numbers
from data.variables import DICTIONARY

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

HALF = 0.5 - 1e-6
"""Half a unit of the last printed digit, short of the edge, so that no convention of rounding matters."""
SETTLED = 6
"""Decimals to which scores are rounded, far coarser than what processors differ by: equally good candidates tie."""
FARTHEST = 1000.0
"""What an estimate that does not exist counts as missed."""
RATIO = ("hazard_ratio", "lower", "upper")


@dataclass(frozen=True)
class Printed:
    """A printed number and its decimals."""

    value: float
    digits: int

    def missed(self, found: Floats, unit: float) -> Floats:
        """How far ``found`` (any shape) lies from what rounds to the printed number, in units; 0 where it rounds so."""
        away = np.abs(found - self.value) - HALF * 10.0**-self.digits
        return np.where(np.isnan(away), FARTHEST, np.clip(away / unit, 0.0, FARTHEST))


@dataclass(frozen=True)
class Ratio:
    """The printed hazard ratio of one level against the reference and its limits."""

    level: int
    ratio: Printed
    lower: Printed
    upper: Printed


@dataclass(frozen=True)
class FactorTarget:
    """What is printed about one factor.

    ``outcome`` and ``safety`` (group, level) hold counts by level; ``eventless`` are the levels printed as NA.
    """

    factor: Factor
    outcome: dict[str, int]
    safety: dict[tuple[str, str], int]
    ratios: tuple[Ratio, ...]
    eventless: tuple[int, ...]

    @property
    def reference(self) -> int:
        """Position of the reference level."""
        return self.factor.base

    @property
    def printed(self) -> Floats:
        """Printed log hazard ratio of each level (K,), 0 at the reference and where none is printed."""
        found = np.zeros(len(self.factor.words))
        for ratio in self.ratios:
            found[ratio.level] = np.log(ratio.ratio.value)
        return found


@dataclass(frozen=True)
class SurvivalTarget:
    """Printed survival percentage of one endpoint in one group (query-string form) at ``day``."""

    endpoint: Endpoint
    group: str
    day: int
    percent: Printed


def members(patients: pd.DataFrame, group: str) -> Bools:
    """Which rows of ``patients`` belong to ``group``: ``key=level`` pairs, alternatives of one key joined by "or"."""
    wanted: dict[str, list[str]] = {}
    for key, level in parse_qsl(group):
        wanted.setdefault(key, []).append(level)
    inside = np.ones(len(patients), dtype=np.bool_)
    for key, levels in wanted.items():
        column = patients[key]
        inside &= (column.isin(levels) | (column.isna() & (MISSING in levels))).to_numpy(dtype=np.bool_)
    return inside


@dataclass(frozen=True)
class Targets:
    """Look-up in the published numbers. Raises KeyError for a number that is not printed."""

    numbers: tuple[PublishedNumber, ...]

    @cached_property
    def _of_variable(self) -> dict[str, list[PublishedNumber]]:
        found: dict[str, list[PublishedNumber]] = {}
        for number in self.numbers:
            found.setdefault(number.variable, []).append(number)
        return found

    def chosen(self, **cells: str) -> list[PublishedNumber]:
        """The numbers whose cells have the given texts; a blank text asks for a blank cell."""
        near = self._of_variable.get(cells["variable"], []) if "variable" in cells else self.numbers
        return [n for n in near if all(getattr(n, column) == text for column, text in cells.items())]

    def printed(self, variable: str, statistic: str, **cells: str) -> Printed:
        """The number printed for a variable and statistic; ``group``, ``level`` and ``visit`` blank unless given."""
        asked = {"group": "", "level": "", "visit": ""} | cells | {"variable": variable, "statistic": statistic}
        found = self.chosen(**asked)
        if not found:
            raise KeyError(f"not printed: {asked}")
        return _printed(found[0])

    def count(self, variable: str, statistic: str = "n", **cells: str) -> int:
        """A printed count."""
        return round(self.printed(variable, statistic, **cells).value)

    def counts(self, variable: str, **cells: str) -> dict[str, int]:
        """Printed counts by level, in the order printed."""
        found = self.chosen(variable=variable, statistic="n", visit="", **cells)
        return {number.level: int(number.printed) for number in found}

    def survival(self) -> tuple[SurvivalTarget, ...]:
        """Every printed survival percentage, once."""
        found = {
            (n.variable, n.group): SurvivalTarget(
                DICTIONARY.endpoint[n.variable], n.group, DICTIONARY.visit[n.visit].day, _printed(n)
            )
            for n in self.chosen(statistic="survival", population="outcome")
        }
        return tuple(found.values())

    def factor(self, factor: Factor) -> FactorTarget:
        """What is printed about ``factor``; without rows, an empty target."""
        printed = {(n.level, n.statistic): n for n in self.chosen(variable=factor.key, population="outcome", group="")}
        ratios, eventless = [], []
        for k, level in enumerate(factor.words):
            number = printed.get((level, RATIO[0]))
            if number is None:
                continue
            if number.printed == NOT_AVAILABLE:
                eventless.append(k)
            else:
                ratios.append(Ratio(k, *(_printed(printed[level, statistic]) for statistic in RATIO)))
        safety = self.chosen(variable=factor.key, population="safety", statistic="n", visit="")
        return FactorTarget(
            factor,
            self.counts(factor.key, population="outcome", group=""),
            {(n.group, n.level): int(n.printed) for n in safety},
            tuple(ratios),
            tuple(eventless),
        )


def published_targets() -> Targets:
    """The targets of the committed list of published numbers."""
    return Targets(published_numbers())


def _printed(number: PublishedNumber) -> Printed:
    return Printed(float(number.printed), number.digits or 0)
