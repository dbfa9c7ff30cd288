"""The baseline table: every factor's levels and every number, for everybody and in each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from components.core.analysis_set import AnalysisSet, at_start
from components.core.columns import Columns, Share, columns
from components.core.estimate import Estimate, Reason, missing
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed
from components.core.summary import DESCRIPTION, Summary, described
from components.engine.descriptive import standardized_difference, standardized_difference_levels
from data.cohort import Cohort
from data.counted import Counted
from data.dictionary import Dictionary
from data.entries import Factor, Measure, Number
from data.language import say
from data.levels import NOT_PERFORMED, PERFORMED, Level

TABLE_1 = (
    "sex",
    "age",
    "presentation",
    "onset",
    "ct_pattern",
    "anti_jo1",
    "anti_ars",
    "anti_mda5",
    "steroids",
    "high_dose_steroids",
    "cyclophosphamide",
    "pulse_cyc",
)
"""The rows of the paper's Table 1, in its order."""

Role = Literal["level", "performed", "unknown"]
"""A level of the factor, the patients with a result of a test, or those without a level."""


STANDARDIZED_DIFFERENCE = Procedure(
    "standardized-difference",
    say("Standardized difference"),
    say("Columns are compared by standardized differences."),
    say("Austin 2009; Yang and Dalton 2012"),
    formula="numbers: difference over the root mean of both variances; levels: Mahalanobis distance of the shares",
    r="stddiff",
    section="Baseline table",
    position=350,
    compares=True,
)


@dataclass(frozen=True)
class LevelRow:
    """One level in each column: levels out of the patients whose level is known, the other roles out of everybody."""

    level: Level
    role: Role
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class FactorRows:
    """A factor: for a test, performed, its levels, not performed; otherwise its levels and, if any, not recorded."""

    variable: Factor
    levels: tuple[LevelRow, ...]

    def counts(self, column: int) -> tuple[int, ...]:
        """Patients of each level in one column, the known ones only."""
        return tuple(row.shares[column].n for row in self.levels if row.role == "level")


@dataclass(frozen=True)
class NumberRows:
    """A number, or the value on day 0 of what is measured repeatedly, described in each column."""

    variable: Number | Measure
    summaries: tuple[Summary, ...]


@dataclass(frozen=True, eq=False)
class Baseline:
    """The rows of every variable asked for, in that order, under one set of columns.

    ``hidden`` labels variables that are left out because counts of so few patients do not leave the database.
    """

    columns: Columns
    rows: tuple[FactorRows | NumberRows, ...]
    method: Method
    hidden: tuple[str, ...] = ()

    @property
    def analysed(self) -> AnalysisSet:
        """Everybody, as in the column of all patients."""
        return at_start(self.columns.analysed)

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the rows were made with; differences are asked for one by one."""
        return listed((DESCRIPTION, any(isinstance(row, NumberRows) for row in self.rows)))

    @cached_property
    def _rows(self) -> dict[str, FactorRows | NumberRows]:
        return {row.variable.key: row for row in self.rows}

    def row(self, variable: str) -> FactorRows | NumberRows:
        """The row of a variable by its key. Raises KeyError where it is not in the table."""
        return self._rows[variable]

    def cell(self, variable: str, level: str, column: str) -> Share | Summary:
        """One printed cell by ids: patients at a factor's level, or the summary of a number (``level`` blank).

        Raises KeyError for a variable, level or column that is not in the table.
        """
        return self.share(variable, level, column) if level else self.summary(variable, column)

    def share(self, variable: str, level: str, column: str) -> Share:
        """Patients of ``column`` at a factor's level. Raises KeyError as ``cell`` does."""
        row, c = self._rows[variable], self.columns.index(column)
        for found in row.levels if isinstance(row, FactorRows) else ():
            if found.level.id == level:
                return found.shares[c]
        raise KeyError((variable, level))

    def summary(self, variable: str, column: str) -> Summary:
        """What a number is like in ``column``. Raises KeyError as ``cell`` does."""
        row, c = self._rows[variable], self.columns.index(column)
        if isinstance(row, FactorRows):
            raise KeyError(variable)
        return row.summaries[c]

    def difference(self, variable: str, one: str, other: str) -> Estimate:
        """Standardized difference of two columns, never negative: known levels or recorded numbers only.

        Source: Yang and Dalton 2012 for levels, Austin 2009 for numbers. Raises KeyError as ``cell`` does.
        """
        row, a, b = self._rows[variable], self.columns.index(one), self.columns.index(other)
        if isinstance(row, FactorRows):
            n = min(sum(row.counts(a)), sum(row.counts(b)))
            distance = standardized_difference_levels(row.counts(a), row.counts(b))
        else:
            n = min(row.summaries[a].n, row.summaries[b].n)
            distance = standardized_difference(row.summaries[a].distribution, row.summaries[b].distribution)
        if np.isnan(distance):
            return missing(Reason.ONE_PATIENT if n else Reason.NO_PATIENTS)
        return missing(Reason.NO_VARIATION) if np.isinf(distance) else Estimate(abs(distance))


def baseline(
    cohort: Cohort, by: Factor | None = None, variables: Sequence[str] = TABLE_1, method: Method = PAPER
) -> Baseline:
    """The ``variables`` (keys of factors, numbers or measurements) of ``cohort`` at the start, by the levels of ``by``.

    Raises KeyError for a variable the cohort's dictionary does not list.
    """
    shown = columns(cohort, by)
    factors, words = cohort.dictionary.factor, cohort.dictionary
    keys = tuple(dict.fromkeys(variables))
    numbers = [words.number[key] if key in words.number else words.measure[key] for key in keys if key not in factors]
    countable = cohort.countable(by, [factors[key] for key in keys if key in factors])
    counted = cohort.counted_each(by, countable.shown)
    found: dict[str, FactorRows | NumberRows] = {
        factor.key: _factor_rows(shown if own is cohort else shown.over(own, by), own, factor)
        for factor, own in zip(countable.shown, counted, strict=True)
    }
    parts = described(cohort, [number.key for number in numbers], shown, by, method)
    for number, own in zip(numbers, parts, strict=True):
        if own is not None:
            found[number.key] = NumberRows(number, own)
    entries = {number.key: number for number in numbers} | factors
    labels = [entries[key].label for key in keys if key not in found]
    return Baseline(shown, tuple(found[key] for key in keys if key in found), method, tuple(labels))


def _factor_rows(shown: Columns, patients: Cohort | Counted, factor: Factor) -> FactorRows:
    codes = patients.codes(factor)
    known = codes >= 0
    counted = shown.counts(codes == np.arange(len(factor.levels))[:, None]).tolist()
    of = shown.counts(known).tolist()
    rows = [
        LevelRow(level, "level", tuple(Share(n, d) for n, d in zip(line, of, strict=True)))
        for level, line in zip(factor.levels, counted, strict=True)
    ]
    if factor.tested:
        rows.insert(0, LevelRow(PERFORMED, "performed", shown.shares(known)))
    if factor.tested or not known.all():
        absent = NOT_PERFORMED if factor.tested else factor.missing
        rows.append(LevelRow(absent, "unknown", shown.shares(~known)))
    return FactorRows(factor, tuple(rows))


def variables_of_table_1(dictionary: Dictionary, by: Factor | None) -> tuple[str, ...]:
    """The keys of the variables that the paper's table lists, without that of the columns."""
    return tuple(key for key in dictionary.listed(TABLE_1) if by is None or key != by.key)


def every_variable(dictionary: Dictionary, by: Factor | None) -> tuple[str, ...]:
    """The keys of everything recorded at the start, by section, then of every measurement; not that of the columns."""
    factors = [factor for factor in dictionary.factors if not factor.post_baseline and factor is not by]
    entries: list[Number | Factor] = [*dictionary.numbers, *factors]
    sections = dict.fromkeys(entry.section for entry in factors)
    listed = [entry.key for section in sections for entry in entries if entry.section == section]
    return (*listed, *(measure.key for measure in dictionary.measures if measure.kind != "finding"))
