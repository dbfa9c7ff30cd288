"""A cohort whose rows stay in a database: it answers with counts what pages ask, and nothing else.

What is asked of it becomes a GROUP BY; the engine computes from the counts as it computes from rows. Whatever needs
single patients raises ``RowsElsewhereError``, which pages show as the reason why a panel is not available.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from data.cohort import Cohort, Provenance, RuledFactor
from data.counted import Counted, Moments, RowsElsewhereError
from data.database.stand_in import null
from data.database.tables import PatientRows, StudyTables, as_days, needs_of
from data.dictionary import Dictionary
from data.entries import Endpoint, Factor, Need, Needing, Number, Population
from data.filters import Choice, Filter, Range
from data.kept_cohorts import AnyOf, Around
from data.levels import MISSING

LEVELS_AT_ONCE = 400
"""Factors are counted together while so many combinations of their levels are possible: a pass takes the time."""


class DatabaseCohort(Cohort):
    """The patients of a database whom all of ``conditions`` keep; a smaller cohort is one with more conditions."""

    def __init__(
        self,
        tables: StudyTables,
        dictionary: Dictionary,
        provenance: Provenance,
        population: Population | None = None,
        conditions: tuple[Filter, ...] = (),
    ) -> None:
        for name, value in {
            "tables": tables,
            "dictionary": dictionary,
            "provenance": provenance,
            "population": population,
            "conditions": conditions,
        }.items():
            object.__setattr__(self, name, value)

    tables: StudyTables
    conditions: tuple[Filter, ...]

    @property
    def rows_at_hand(self) -> bool:
        """No: its patients' rows are in the database."""
        return False

    @cached_property
    def n(self) -> int:
        """Number of patients."""
        return int(self._count(())["weight"].sum())

    # What only rows can answer

    def _elsewhere(self, *_asked: object) -> NoReturn:
        raise RowsElsewhereError

    patients = property(_elsewhere)
    records = property(_elsewhere)
    rows = property(_elsewhere)
    weights = property(_elsewhere)
    last_days = property(_elsewhere)
    measurements = property(_elsewhere)
    reactions = property(_elsewhere)
    treatments = property(_elsewhere)
    by_visit = property(_elsewhere)
    where = _elsewhere  # type: ignore[assignment]
    codes = _elsewhere  # type: ignore[assignment]
    time_to = _elsewhere  # type: ignore[assignment]

    # Smaller cohorts

    def with_dictionary(self, dictionary: Dictionary) -> DatabaseCohort:
        """The same patients under another dictionary."""
        return DatabaseCohort(self.tables, dictionary, self.provenance, self.population, self.conditions)

    def of_population(self, key: str) -> Cohort:
        """The patients of one analysis population. Raises KeyError for a population the dictionary does not list."""
        found = self._populations
        if key not in found:
            population = self.dictionary.population[key]
            found[key] = DatabaseCohort(self.tables, self.dictionary, self.provenance, population, self.conditions)
        return found[key]

    @cached_property
    def _populations(self) -> dict[str, Cohort]:
        return {}

    def satisfying(self, conditions: Filter) -> Cohort:
        """The patients whom a filter keeps."""
        if type(conditions) is Filter and not conditions.parts:
            return self
        more = (*self.conditions, conditions)
        return DatabaseCohort(self.tables, self.dictionary, self.provenance, self.population, more)

    # Counts

    def counted_by(self, *asked: Factor | Endpoint | None) -> Counted:
        """How many patients have each combination of levels and of observed days that occurs."""
        factors = [one for one in asked if isinstance(one, Factor)]
        if any(isinstance(factor, RuledFactor) for factor in factors):
            raise RowsElsewhereError
        endpoints = [one for one in asked if isinstance(one, Endpoint)]
        return self._counted(factors, endpoints, self._count(tuple(dict.fromkeys((*factors, *endpoints)))))

    def counted_each(self, beside: Factor | Endpoint | None, factors: Sequence[Factor]) -> tuple[Counted, ...]:
        """The patients by ``beside`` and each of the factors in turn, several from one query."""
        if isinstance(beside, RuledFactor):
            raise RowsElsewhereError
        asked = () if beside is None else (beside,)
        own = [beside] if isinstance(beside, Factor) else []
        ends = [beside] if isinstance(beside, Endpoint) else []
        found: list[Counted] = []
        together: list[Factor] = []
        for factor in (*factors, None):
            width = int(np.prod([len(one.levels) + 1 for one in (*own, *together, factor) if one is not None]))
            if together and (factor is None or width > LEVELS_AT_ONCE):
                joint = self._count(tuple(dict.fromkeys((*asked, *together))))
                found += [self._counted(list(dict.fromkeys((*own, one))), ends, joint) for one in together]
                together = []
            together += [factor] if factor is not None else []
        return tuple(found)

    def _counted(self, factors: Sequence[Factor], endpoints: Sequence[Endpoint], rows: pd.DataFrame) -> Counted:
        kept = [f"f {factor.key}" for factor in factors]
        kept += [f"{mark} {endpoint.key}" for endpoint in endpoints for mark in ("d", "e")]
        kept += ["last"] if "last" in rows else []
        if kept and len(kept) + 1 < len(rows.columns):
            rows = rows.groupby(kept, sort=False)[["weight"]].sum().reset_index()
        weights = rows["weight"].to_numpy(dtype=np.int64)
        return Counted(
            weights,
            {factor.key: rows[f"f {factor.key}"].to_numpy(dtype=np.int64) for factor in factors},
            {
                endpoint.key: (as_days(rows[f"d {endpoint.key}"]), rows[f"e {endpoint.key}"].to_numpy(dtype=bool))
                for endpoint in endpoints
            },
            as_days(rows["last"]) if "last" in rows else np.zeros(len(rows), dtype=np.int64),
            self.dictionary,
            self.population,
        )

    def _count(self, asked: tuple[Factor | Endpoint, ...]) -> pd.DataFrame:
        """The answer of one GROUP BY: a column for each factor, two for each endpoint, and ``weight``."""
        kept = self._kept(asked)
        columns: dict[str, Any] = {}
        for one in asked:
            if isinstance(one, Factor):
                columns[f"f {one.key}"] = kept.codes(one).cast("int64")
            else:
                day, had = kept.time_to(one)
                columns |= {f"d {one.key}": day, f"e {one.key}": had.ifelse(1, 0).cast("int64")}
        if self.dictionary.leading in asked:
            columns["last"] = kept.last_day
        if not columns:
            return self.tables.source.answer(kept.rows.aggregate(weight=kept.rows.count()))
        marked = kept.rows.select(**columns)
        counted = marked.group_by(list(columns)).aggregate(weight=marked.count())
        return self.tables.source.answer(counted.order_by(list(columns)))

    def _kept(self, asked: Sequence[Factor | Endpoint | str]) -> PatientRows:
        """The patients of the population whom every condition keeps, with what is asked of them."""
        parts = [part for conditions in self.conditions for part in _parts(conditions)]
        about = [part.factor if isinstance(part, Choice) else part.number.column for part in parts]
        found = PatientRows.of(self.tables, needs_of(self.dictionary, (*asked, *about)))
        rows = found.rows
        if self.population is not None:
            rows = rows.filter(found.rows["population"].isin(self.population.members))
        for conditions in self.conditions:
            rows = rows.filter(_condition(conditions, PatientRows(self.tables, rows)))
        return PatientRows(self.tables, rows)

    @cached_property
    def last_day(self) -> int:
        """The last day on which anybody was followed, 0 of nobody."""
        kept = self._kept(())
        found = self.tables.source.answer(kept.rows.aggregate(last=kept.last_day.max()))["last"].iloc[0]
        return 0 if pd.isna(found) else int(found)

    def number_range(self, number: Number) -> tuple[float, float, int]:
        """The smallest and the largest value, nan without any, and how many patients have none."""
        kept = self._kept((number.column,))
        value = kept.number(number.column)
        asked = kept.rows.aggregate(low=value.min(), high=value.max(), lost=value.isnull().ifelse(1, 0).sum())
        low, high, lost = self.tables.source.answer(asked).iloc[0].tolist()
        return _float(low), _float(high), 0 if pd.isna(lost) else int(lost)

    def moments(
        self, columns: Sequence[str], by: Factor | None, parts: Sequence[tuple[int, ...] | None]
    ) -> tuple[tuple[Moments, ...], ...]:
        """Each number described in each of ``parts``: levels of ``by`` by position, None for everybody."""
        if isinstance(by, RuledFactor):
            raise RowsElsewhereError
        if not columns:
            return ()
        kept = self._kept((*columns, *((by,) if by is not None else ())))
        code = kept.codes(by).cast("int64") if by is not None else null().cast("int64")
        rows = kept.rows.select(code=code, **{f"n{k}": kept.number(column) for k, column in enumerate(columns)})
        return described(self.tables.source, rows, len(columns), parts)


def described(
    source: Any, rows: Any, numbers: int, parts: Sequence[tuple[int, ...] | None]
) -> tuple[tuple[Moments, ...], ...]:
    """Each number of ``rows`` (``code``, ``n0``, ``n1`` ...) described in each of the parts, by one query.

    The different values of each code are counted first, which is all that reads the rows; quartiles then follow from
    sums over values and no row is sorted. The mean is taken before the squares are summed, as the engine does: sums of
    squares of large numbers lose digits.
    """
    import ibis

    one_by_one = [
        rows.group_by(code=rows["code"], value=rows[f"n{k}"])
        .aggregate(times=rows.count())
        .select("code", "value", "times", number=ibis.literal(k))
        for k in range(numbers)
    ]
    counts = one_by_one[0] if numbers == 1 else ibis.union(*one_by_one)
    members = [
        (counts if levels is None else counts.filter(counts["code"].isin(levels))).mutate(part=ibis.literal(c))
        for c, levels in enumerate(parts)
    ]
    counts = members[0] if len(members) == 1 else ibis.union(*members)
    cell, there = ("number", "part"), counts["value"].notnull()
    known = counts.filter(there).group_by([*cell, "value"]).aggregate(times=counts["times"].sum())
    whole = counts.group_by(cell).aggregate(
        n=there.ifelse(counts["times"], 0).sum(),
        missing=there.ifelse(0, counts["times"]).sum(),
        total=(counts["value"] * counts["times"]).sum(),
    )
    whole = whole.mutate(mean=whole["total"] / whole["n"].nullif(0))
    run = known.mutate(
        up_to=known["times"].sum().over(ibis.window(group_by=cell, order_by="value", preceding=None, following=0))
    )
    run = run.join(whole.select(*cell, "n", "mean"), cell)
    away = run["value"] - run["mean"]
    fourths = {}
    for k in range(5):
        reached = run["up_to"] * 4 >= (run["n"] * k if k else 1)
        beyond = run["up_to"] * 4 > run["n"] * min(k, 3) if 0 < k < 4 else reached
        fourths[f"low{k}"] = reached.ifelse(run["value"], None).min()
        fourths[f"high{k}"] = beyond.ifelse(run["value"], None).min()
    spread = run.group_by(cell).aggregate(squares=(away * away * run["times"]).sum(), **fourths)
    asked = whole.left_join(spread, cell).drop("number_right", "part_right")
    found = {(int(row["number"]), int(row["part"])): row for row in source.answer(asked).to_dict("records")}
    return tuple(tuple(_moments(found.get((k, c))) for c in range(len(parts))) for k in range(numbers))


def _moments(row: dict[Any, Any] | None) -> Moments:
    nan = float("nan")
    if row is None or not int(row["n"]):
        return Moments(0, 0 if row is None else int(row["missing"]), nan, nan, (nan,) * 5)
    n = int(row["n"])
    low, q1, median, q3, high = ((float(row[f"low{k}"]) + float(row[f"high{k}"])) / 2 for k in range(5))
    constant = low == high
    sd = nan if n < 2 else 0.0 if constant else float(np.sqrt(float(row["squares"]) / (n - 1)))
    mean = low if constant else float(row["mean"])
    return Moments(n, int(row["missing"]), mean, sd, (low, q1, median, q3, high))


def _float(value: Any) -> float:
    return float("nan") if pd.isna(value) else float(value)


def _parts(conditions: Filter) -> list[Choice | Range]:
    match conditions:
        case AnyOf():
            return [part for one in conditions.cohorts for part in _parts(one.filter)]
        case Around():
            return _parts(conditions.around)
        case _:
            return list(conditions.parts)


def _condition(conditions: Filter, rows: PatientRows) -> Any:
    """Whom a filter keeps, as an expression."""
    import ibis

    match conditions:
        case AnyOf():
            kept = ibis.literal(value=False)
            for one in conditions.cohorts:
                kept |= _condition(one.filter, rows)
            return kept
        case Around():
            return _condition(conditions.around, rows)
    kept = ibis.literal(value=True)
    for part in conditions.parts:
        kept &= _choice(part, rows) if isinstance(part, Choice) else _range(part, rows)
    return kept


def _choice(part: Choice, rows: PatientRows) -> Any:
    if isinstance(part.factor, RuledFactor):
        raise RowsElsewhereError
    wanted = [k for k, level in enumerate(part.factor.levels) if level.id in part.levels]
    return rows.codes(part.factor).isin([*wanted, -1] if MISSING in part.levels else wanted)


def _range(part: Range, rows: PatientRows) -> Any:
    value = rows.number(part.number.column)
    inside = (value >= part.low) & (value <= part.high)
    return inside.fill_null(part.keep_missing)


def recorded_of(cohort: DatabaseCohort) -> DatabaseCohort:
    """The cohort whose dictionary offers only what is recorded of anybody, as ``with_recorded_variables`` gives it."""
    words, tables = cohort.dictionary, cohort.tables
    rows = PatientRows.of(tables, needs_of(words, words.factors))
    codes = rows.rows.select(**{f"f{k}": rows.codes(factor) for k, factor in enumerate(words.factors)})
    known = {name: (codes[name] >= 0).ifelse(1, 0).max() for name in codes.columns}
    found = tables.source.answer(codes.aggregate(**known)).iloc[0].fillna(0)
    factors = tuple(factor for k, factor in enumerate(words.factors) if found[f"f{k}"])
    entries: tuple[Needing, ...] = (*words.endpoints, *words.measures, *words.numbers, *words.records)
    there = _recorded(tables, [entry.needs for entry in entries if entry.needs is not None])
    lost = tuple(entry for entry in entries if entry.needs is not None and entry.needs not in there)
    endpoints = tuple(entry for entry in words.endpoints if entry not in lost)
    return cohort.with_dictionary(replace(words, factors=factors, endpoints=endpoints, not_recorded=lost))


def _recorded(tables: StudyTables, needs: Sequence[Need]) -> set[Need]:
    """Those of the needs that the database meets, one query a table."""
    found: set[Need] = set()
    for name in dict.fromkeys(need.table for need in needs):
        rows = getattr(tables, name)
        asked = [need for need in needs if need.table == name]
        counts: dict[str, Any] = {}
        for k, need in enumerate(asked if rows is not None else ()):
            for column in (column for column in need.columns if column in rows.columns):
                cell = rows[column].notnull()
                counts[f"{k} {column}"] = (cell & (rows[need.among] == need.of) if need.of else cell).ifelse(1, 0).max()
        if counts:
            row = tables.source.answer(rows.aggregate(**counts)).iloc[0].fillna(0)
            found |= {asked[int(str(key).split(" ", 1)[0])] for key, there in row.items() if there}
    return found
