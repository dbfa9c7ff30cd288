"""A cohort whose rows stay in a database: it answers with counts what pages ask, and nothing else.

What is asked of it becomes a GROUP BY; the engine computes from the counts as it computes from rows. Whatever needs
single patients raises ``RowsElsewhereError``, which pages show as the reason why a panel is not available.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
import pandas as pd

from data.cohort import Cohort, Provenance, RuledFactor
from data.counted import Bands, Countable, Counted, Moments, ReactionCounts, RowsElsewhereError, SmallCountsError
from data.database.conditions import condition, parts_of
from data.database.moments import as_float, described
from data.database.reactions import reaction_counts
from data.database.small_counts import at_least, bands_of, guarded, one_by_one
from data.database.stand_in import null
from data.database.tables import PatientRows, StudyTables, as_days, needs_of
from data.dictionary import Dictionary
from data.entries import Endpoint, Factor, Need, Needing, Number, Population
from data.filters import Choice, Filter

if TYPE_CHECKING:
    from numpy.typing import NDArray

MONTH = 30
"""Days to a multiple of which the last day of follow-up is rounded up where small counts are hidden."""

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

    @property
    def fewest(self) -> int:
        """The smallest number of patients that is said."""
        return self.tables.source.fewest

    @cached_property
    def n(self) -> int:
        """Number of patients, 0 where they are too few to be said."""
        return self._size[0]

    @property
    def few(self) -> bool:
        """Whether there are patients, but so few that their number does not leave the database."""
        return bool(self._size[1] and not self._size[0])

    @cached_property
    def _size(self) -> tuple[int, int]:
        rows = self._kept(()).rows
        n = rows.count()
        asked = rows.aggregate(weight=at_least(n, self.fewest), anybody=(n > 0).ifelse(1, 0))
        weight, anybody = self.tables.source.answer(asked).iloc[0].tolist()
        return int(weight), int(anybody)

    # What only rows can answer

    def _elsewhere(self, *_asked: object) -> NoReturn:
        raise RowsElsewhereError

    patients = property(_elsewhere)
    columns = property(_elsewhere)
    names = property(_elsewhere)
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
    numbers = _elsewhere  # type: ignore[assignment]
    measured = _elsewhere  # type: ignore[assignment]
    measured_by_visit = _elsewhere  # type: ignore[assignment]
    with_patients = _elsewhere  # type: ignore[assignment]
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
        """How many patients have each combination of levels and of observed days that occurs.

        Raises SmallCountsError where any of these would be few, however many days are counted together.
        """
        factors = [one for one in asked if isinstance(one, Factor)]
        if any(isinstance(factor, RuledFactor) for factor in factors):
            raise RowsElsewhereError
        endpoints = [one for one in asked if isinstance(one, Endpoint)]
        found = self._counted(factors, endpoints, self._count(tuple(dict.fromkeys((*factors, *endpoints)))))
        if found is None:
            raise SmallCountsError
        return found

    def counted_each(self, beside: Factor | Endpoint | None, factors: Sequence[Factor]) -> tuple[Counted, ...]:
        """The patients by ``beside`` and each factor in turn. Raises SmallCountsError as ``counted_by`` does."""
        found = self._each(beside, factors)
        if any(one is None for one in found):
            raise SmallCountsError
        return tuple(one for one in found if one is not None)

    def countable(self, beside: Factor | Endpoint | None, factors: Sequence[Factor]) -> Countable:
        """Those of the factors that can be counted beside an endpoint or a factor without a small count."""
        found = tuple(zip(factors, self._each(beside, factors), strict=True))
        return Countable(
            tuple(factor for factor, counted in found if counted is not None),
            tuple(factor for factor, counted in found if counted is None),
            reduce(Bands.with_, (counted.bands for _, counted in found if counted is not None), Bands()),
        )

    def level_counts(self, factor: Factor) -> NDArray[np.int64]:
        """How many patients have each level (K,), and last how many none that is known; all factors are asked at once.

        Where small counts are hidden, 1 for a level that enough patients have to be said, and 0 for others: a count
        beside the total might give away a hidden one.
        """
        found = np.zeros(len(factor.levels) + 1, dtype=np.int64)
        for code, weight in self._levels.get(factor.key, ()):
            found[code] = weight
        return found

    @cached_property
    def _levels(self) -> dict[str, list[tuple[int, int]]]:
        import ibis

        factors = [factor for factor in self.dictionary.factors if not isinstance(factor, RuledFactor)]
        kept = self._kept(tuple(factors))
        rows = kept.rows.select(**{f"f{k}": kept.codes(factor).cast("int64") for k, factor in enumerate(factors)})
        parts = [
            rows.group_by(code=rows[f"f{k}"])
            .aggregate(weight=rows.count())
            .select("code", "weight", asked=ibis.literal(k, "int64"))
            for k in range(len(factors))
        ]
        counted = parts[0] if len(parts) == 1 else ibis.union(*parts)
        if self.fewest > 1:
            enough = counted.filter(counted["weight"] >= self.fewest)
            counted = enough.select("code", "asked", there=ibis.literal(1, "int64"))
        found: dict[str, list[tuple[int, int]]] = {}
        for row in self.tables.source.answer(counted).to_dict("records"):
            key = factors[int(row["asked"])].key
            found.setdefault(key, []).append((int(row["code"]), int(row.get("weight", 1))))
        return found

    def _each(self, beside: Factor | Endpoint | None, factors: Sequence[Factor]) -> tuple[Counted | None, ...]:
        if isinstance(beside, RuledFactor):
            raise RowsElsewhereError
        asked = () if beside is None else (beside,)
        own = [beside] if isinstance(beside, Factor) else []
        ends = [beside] if isinstance(beside, Endpoint) else []
        found: list[Counted | None] = []
        together: list[Factor] = []
        for factor in (*factors, None):
            width = int(np.prod([len(one.levels) + 1 for one in (*own, *together, factor) if one is not None]))
            if together and (factor is None or width > LEVELS_AT_ONCE):
                joint = self._count(tuple(dict.fromkeys((*asked, *together))), together)
                for k, one in enumerate(together):
                    cells = joint[joint["asked"] == k] if "asked" in joint else joint
                    found.append(self._counted(list(dict.fromkeys((*own, one))), ends, cells))
                together = []
            together += [factor] if factor is not None else []
        return tuple(found)

    def _counted(self, factors: Sequence[Factor], endpoints: Sequence[Endpoint], rows: pd.DataFrame) -> Counted | None:
        """What an answer counts, None where it was withheld."""
        hides = self.fewest > 1
        if hides and not len(rows) and self._size[1]:
            return None
        kept = [f"f {factor.key}" for factor in factors]
        kept += [f"{mark} {endpoint.key}" for endpoint in endpoints for mark in ("d", "e")]
        kept += ["last"] if "last" in rows else []
        bands = bands_of(rows) if hides and kept else Bands()
        if kept and not hides and len(kept) + 1 < len(rows.columns):
            rows = rows.groupby(kept, sort=False)[["weight"]].sum().reset_index()
        weights = rows["weight"].to_numpy(dtype=np.int64)
        codes = {factor.key: rows["own" if "own" in rows else f"f {factor.key}"] for factor in factors}
        if "own" in rows and len(factors) > 1:
            codes[factors[0].key] = rows[f"f {factors[0].key}"]
        times = {
            endpoint.key: (as_days(rows[f"d {endpoint.key}"]), rows[f"e {endpoint.key}"].to_numpy(dtype=bool))
            for endpoint in endpoints
        }
        leading = times.get(self.dictionary.leading.key)
        no_days = np.zeros(len(rows), dtype=np.int64)
        last = as_days(rows["last"]) if "last" in rows else leading[0] if leading is not None else no_days
        levels = {key: values.to_numpy(dtype=np.int64) for key, values in codes.items()}
        return Counted(weights, levels, times, last, self.dictionary, self.population, bands)

    def _count(self, asked: tuple[Factor | Endpoint, ...], each: Sequence[Factor] = ()) -> pd.DataFrame:
        """The answer of one GROUP BY: a column for each factor, two for each endpoint, and ``weight``.

        Where small counts are hidden the factors of ``each`` are counted one by one (``asked``, the level in ``own``),
        because they would be few together, and the last day is that of the leading endpoint.
        """
        kept = self._kept(asked)
        hides = self.fewest > 1
        columns: dict[str, Any] = {}
        for one in asked:
            if isinstance(one, Factor):
                columns[f"f {one.key}"] = kept.codes(one).cast("int64")
            else:
                day, had = kept.time_to(one)
                columns |= {f"d {one.key}": day, f"e {one.key}": had.ifelse(1, 0).cast("int64")}
        if self.dictionary.leading in asked and not hides:
            columns["last"] = kept.last_day
        if not columns:
            return self.tables.source.answer(kept.rows.aggregate(weight=at_least(kept.rows.count(), self.fewest)))
        marked = kept.rows.select(**columns)
        counted = marked.group_by(list(columns)).aggregate(weight=marked.count())
        if hides:
            counted = self._guarded(counted, list(columns), each)
        return self.tables.source.answer(counted.order_by([name for name in counted.columns if name != "weight"]))

    def _guarded(self, counted: Any, columns: list[str], each: Sequence[Factor]) -> Any:
        days = [(name, f"e {name[2:]}") for name in columns if name.startswith("d ")]
        if not each:
            return guarded(counted, columns, days, self.fewest)
        factors = [f"f {factor.key}" for factor in each]
        beside = [name for name in columns if name not in factors]
        return guarded(one_by_one(counted, factors), [*beside, "own"], days, self.fewest, ["asked"])

    def _kept(self, asked: Sequence[Factor | Endpoint | str]) -> PatientRows:
        """The patients of the population whom every condition keeps, with what is asked of them."""
        parts = [part for conditions in self.conditions for part in parts_of(conditions)]
        about = [part.factor if isinstance(part, Choice) else part.number.column for part in parts]
        found = PatientRows.of(self.tables, needs_of(self.dictionary, (*asked, *about)))
        rows = found.rows
        if self.population is not None:
            rows = rows.filter(found.rows["population"].isin(self.population.members))
        for conditions in self.conditions:
            rows = rows.filter(condition(conditions, PatientRows(self.tables, rows)))
        return PatientRows(self.tables, rows)

    @cached_property
    def last_day(self) -> int:
        """The last day on which anybody was followed, 0 of nobody."""
        kept = self._kept(())
        last = kept.last_day.max()
        if self.fewest > 1:
            last = (last / MONTH).ceil() * MONTH
        found = self.tables.source.answer(kept.rows.aggregate(last=last))["last"].iloc[0]
        return 0 if pd.isna(found) else int(found)

    def number_range(self, number: Number) -> tuple[float, float, int]:
        """The smallest and the largest value, nan without any, and how many patients have none.

        Where small counts are hidden the ends are rounded outwards, because each is the value of one patient.
        """
        import ibis

        kept = self._kept((number.column,))
        value = kept.number(number.column)
        lost = at_least(value.isnull().ifelse(1, 0).sum(), self.fewest)
        asked = kept.rows.aggregate(low=value.min(), high=value.max(), lost=lost)
        if self.fewest > 1:
            step = (ibis.literal(10.0) ** (asked["high"] - asked["low"]).nullif(0).log10().floor()).cast("float64")
            asked = asked.select(
                low=(asked["low"] / step).floor() * step, high=(asked["high"] / step).ceil() * step, lost=asked["lost"]
            )
        low, high, lost = self.tables.source.answer(asked).iloc[0].tolist()
        return as_float(low), as_float(high), 0 if pd.isna(lost) else int(lost)

    def moments(
        self, columns: Sequence[str], by: Factor | None, parts: Sequence[tuple[int, ...] | None]
    ) -> tuple[tuple[Moments, ...] | None, ...]:
        """Each number described in each of ``parts``: levels of ``by`` by position, None for everybody."""
        if isinstance(by, RuledFactor):
            raise RowsElsewhereError
        if not columns:
            return ()
        kept = self._kept((*columns, *((by,) if by is not None else ())))
        code = kept.codes(by).cast("int64") if by is not None else null().cast("int64")
        rows = kept.rows.select(code=code, **{f"n{k}": kept.number(column) for k, column in enumerate(columns)})
        return described(self.tables.source, rows, len(columns), parts, self.fewest)

    def reaction_counts(self, by: Factor | None) -> ReactionCounts:
        """The reactions by category, term and level of ``by``. Raises RowsElsewhereError where none are recorded."""
        if isinstance(by, RuledFactor) or self.tables.reactions is None:
            raise RowsElsewhereError
        kept = self._kept(("patient", *((by,) if by is not None else ())))
        code = kept.codes(by).cast("int64") if by is not None else null().cast("int64").fill_null(-1)
        people = kept.rows.select(who=kept.rows["patient"], code=code, last=kept.last_day)
        levels = len(by.levels) if by is not None else 0
        return reaction_counts(self.tables.source, people, self.tables.reactions, self.dictionary, levels)


def recorded_of(cohort: DatabaseCohort) -> DatabaseCohort:
    """The cohort whose dictionary offers only what is recorded of anybody, as ``with_recorded_variables`` gives it."""
    words, tables = cohort.dictionary, cohort.tables
    rows = PatientRows.of(tables, needs_of(words, words.factors))
    codes = rows.rows.select(**{f"f{k}": rows.codes(factor) for k, factor in enumerate(words.factors)})
    fewest = tables.source.fewest
    known = {name: ((codes[name] >= 0).ifelse(1, 0).sum() >= fewest).ifelse(1, 0) for name in codes.columns}
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
