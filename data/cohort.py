"""The cohort: patients, measurements, reactions and treatment changes, immutable, with dictionary and provenance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from data.columns import EVERY, Held, Levels, Made, Numbers, PatientColumns, columns_of, held, kinds_of, levels, numbers
from data.counted import Bands, Countable
from data.dictionary import Dictionary
from data.entries import STOP_DAY, Endpoint, Factor, Number, Population
from data.levels import STOP
from data.reading.layout import COLUMNS, day_columns, followed
from data.readings import CodedReadings, Readings, TabledReadings, coded_readings, of_patients
from data.variables import DICTIONARY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.counted import Counted
    from data.filters import Filter


@dataclass(frozen=True)
class Provenance:
    """Where the patients come from: ``kind``, a name to show, and the fingerprint of the files' content.

    An ``installed`` cohort is one that the operator of the server has opened for every visitor.
    """

    kind: Literal["reconstructed", "imported"]
    name: str
    fingerprint: str
    installed: bool = False


@dataclass(frozen=True)
class Tables:
    """The four tables of a cohort as they stand in its files, before anything is derived from them."""

    patients: pd.DataFrame
    measurements: pd.DataFrame
    reactions: pd.DataFrame
    treatments: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Records:
    """What is recorded of all patients of a study."""

    readings: Readings
    reactions: pd.DataFrame
    treatments: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Cohort:
    """Patients, with what is recorded of them in the study's ``records``.

    ``columns`` hold of every patient of the study each factor of the dictionary, every number, the baseline value of
    every measurement under the measurement's key, and the day columns of the endpoints; ``kept`` (n,) are the places
    of these patients among them, None for all. So a smaller cohort is a list of places, and what nobody asks for is
    never taken. Nothing is ever changed in place; ``where`` and ``of_population`` give a smaller cohort.
    ``population`` is the analysis population they were taken from, None for everybody of a study.
    """

    columns: PatientColumns
    records: Records
    dictionary: Dictionary
    provenance: Provenance
    population: Population | None = None
    kept: NDArray[np.intp] | None = None

    @cached_property
    def patients(self) -> pd.DataFrame:
        """The patients with all their columns, one a row, indexed 0..n-1; a column alone is cheaper by ``numbers``."""
        return self.columns.frame(self._places)

    @property
    def _places(self) -> NDArray[np.intp] | slice:
        return EVERY if self.kept is None else self.kept

    def numbers(self, column: str) -> NDArray[np.float64]:
        """A column of numbers, not a number where there is none, (n,). Raises KeyError where it does not exist."""
        return self.columns.numbers(column, self._places)

    @cached_property
    def names(self) -> pd.Series:
        """The patients' ids, (n,)."""
        return self.columns.series("patient", self._places)

    def with_patients(self, patients: pd.DataFrame) -> Cohort:
        """The study with another table of patients, of whom the same things are recorded."""
        own, everybody = self.records.readings, self.columns.series("patient")
        tabled = TabledReadings(own.measurements(everybody), own.by_visit(everybody))
        return replace(self, columns=columns_of(patients), records=replace(self.records, readings=tabled), kept=None)

    @property
    def n(self) -> int:
        """Number of patients."""
        return self.columns.n if self.kept is None else len(self.kept)

    @property
    def rows(self) -> int:
        """Number of rows that everything of patients is given by: one a patient."""
        return self.n

    @property
    def weights(self) -> None:
        """How many patients each row stands for: one each, which needs no array."""

    @property
    def last_day(self) -> int:
        """The last day on which anybody was followed, 0 of nobody."""
        return int(self.last_days.max(initial=0))

    @property
    def rows_at_hand(self) -> bool:
        """Whether the patients' rows are here, and not in a database that gives counts alone."""
        return True

    def counted_by(self, *_asked: Factor | Endpoint | None) -> Cohort | Counted:
        """The patients by these factors and endpoints: themselves, since their rows are at hand."""
        return self

    def counted_each(self, beside: Factor | Endpoint | None, factors: Sequence[Factor]) -> tuple[Cohort | Counted, ...]:
        """The patients by an endpoint or a factor and each of the factors in turn."""
        return tuple(self.counted_by(factor, beside) for factor in factors)

    def countable(self, beside: Factor | Endpoint | None, factors: Sequence[Factor]) -> Countable:
        """Which of the factors can be counted beside an endpoint or a factor: all, since the rows are at hand."""
        del beside
        return Countable(tuple(factors))

    @property
    def bands(self) -> Bands:
        """How days are counted together: each by itself."""
        return Bands()

    @property
    def few(self) -> bool:
        """Whether there are patients, but so few that their number does not leave the database."""
        return False

    def level_counts(self, factor: Factor) -> NDArray[np.int64]:
        """How many patients have each level (K,), and last how many none that is known."""
        counted = self.counted_by(factor)
        found: NDArray[np.int64] = np.bincount(
            counted.codes(factor) % (len(factor.levels) + 1), counted.weights, len(factor.levels) + 1
        ).astype(np.int64)
        return found

    def number_range(self, number: Number) -> tuple[float, float, int]:
        """The smallest and the largest value, nan without any, and how many patients have none."""
        values = self.numbers(number.column)
        known = values[~np.isnan(values)]
        ends = (float(known.min()), float(known.max())) if len(known) else (np.nan, np.nan)
        return (*ends, self.n - len(known))

    def satisfying(self, conditions: Filter) -> Cohort:
        """The patients whom a filter keeps."""
        return self.where(conditions.kept(self))

    def where(self, kept: NDArray[np.bool_]) -> Cohort:
        """The patients for whom ``kept`` (n,) is true, with everything recorded about them."""
        if kept.all():
            return self
        places = np.flatnonzero(kept)
        return replace(self, kept=places if self.kept is None else self.kept[places])

    def of_population(self, key: str) -> Cohort:
        """The patients of one analysis population. Raises KeyError for a population the dictionary does not list."""
        if key not in self._populations:
            population = self.dictionary.population[key]
            inside = self.where(self.columns.series("population", self._places).isin(population.members).to_numpy())
            self._populations[key] = replace(inside, population=population)
        return self._populations[key]

    @cached_property
    def _populations(self) -> dict[str, Cohort]:
        return {}

    @cached_property
    def measurements(self) -> pd.DataFrame:
        """The patients' measurements, one a row: patient, day, variable, value; derived measurements included."""
        return self.records.readings.measurements(self.names)

    @cached_property
    def by_visit(self) -> pd.DataFrame:
        """One row a patient, visit and variable: the value nearest the visit's nominal day, the earlier one on a tie.

        Columns patient, visit, variable, day, value; derived measurements included.
        """
        return self.records.readings.by_visit(self.names)

    def measured(self, variable: str) -> pd.DataFrame:
        """The patients' measurements of one variable, as ``measurements`` holds them."""
        return self.records.readings.measurements(self.names, variable)

    def measured_by_visit(self, variable: str) -> pd.DataFrame:
        """The values of one variable that count for visits, as ``by_visit`` holds them."""
        return self.records.readings.by_visit(self.names, variable)

    @cached_property
    def reactions(self) -> pd.DataFrame:
        """The patients' adverse reactions, one a row: patient, day, category, term, serious, outcome."""
        return of_patients(self.records.reactions, self.names)

    @cached_property
    def treatments(self) -> pd.DataFrame:
        """The patients' treatment changes, one a row: patient, day, drug, action, reason."""
        return of_patients(self.records.treatments, self.names)

    def codes(self, factor: Factor) -> NDArray[np.int64]:
        """Each patient's level as a position in ``factor.levels``, -1 where not recorded, (n,)."""
        if isinstance(factor, RuledFactor):
            return factor.rule(self)
        return self.columns.codes(factor.key, self._places)

    def time_to(self, endpoint: Endpoint) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Observed day (n,) and whether the event happened on it (n,); without event, the last day of follow-up.

        Where the endpoint was looked for only until an earlier day, what happens later does not count.
        """
        days = [self.numbers(day) for day in endpoint.days]
        first = np.fmin.reduce(days)
        last = self.last_days.astype(float)
        if endpoint.last in self.columns:
            own = self.numbers(endpoint.last)
            first = np.where(first > own, np.nan, first)
            last = np.where(np.isnan(own), last, own)
        had = ~np.isnan(first)
        return np.where(had, first, last).astype(np.int64), had

    @cached_property
    def last_days(self) -> NDArray[np.int64]:
        """The last day of each patient's follow-up, (n,): where none is recorded the day of death, or else day 0.

        Everything that asks how long somebody was followed asks here, because the column itself may have gaps.
        """
        last, death = (self.numbers(day) for day in ("last_day", "death_day"))
        return np.where(np.isnan(last), np.nan_to_num(death), last).astype(np.int64)


@dataclass(frozen=True, eq=False)
class AtVisit:
    """A column that is made: each patient's value of a measurement at a visit."""

    readings: CodedReadings
    variable: str
    visit: str

    def of(self, patients: PatientColumns) -> Numbers:
        """The column of all patients."""
        values = self.readings.at_visit(self.variable, self.visit)
        return numbers(np.full(patients.n, np.nan) if values is None else values)


@dataclass(frozen=True, eq=False)
class Cut:
    """A column that is made: the level of a number of each patient, which is a column or ``later`` than the start."""

    factor: Factor
    later: AtVisit | None

    def of(self, patients: PatientColumns) -> Levels:
        """The column of all patients."""
        value = patients.numbers(self.factor.source) if self.later is None else self.later.of(patients).at()
        code = np.searchsorted(np.array(self.factor.cuts), value, side="right")
        return levels(np.where(np.isnan(value), -1, code), self.factor.words)


@dataclass(frozen=True, eq=False)
class FirstStop:
    """A column that is made: the day on which each patient first stopped a drug."""

    treatments: pd.DataFrame
    drug: str

    def of(self, patients: PatientColumns) -> Numbers:
        """The column of all patients."""
        rows = self.treatments
        stops = rows[(rows["drug"] == self.drug) & (rows["action"] == STOP.word)]
        first = _numeric(stops["day"]).groupby(stops["patient"]).min()
        return numbers(first.reindex(patients.series("patient")).to_numpy(dtype=float))


def _unknown(cohort: Cohort) -> NDArray[np.int64]:
    return np.full(cohort.n, -1, dtype=np.int64)


@dataclass(frozen=True)
class RuledFactor(Factor):
    """A factor that no file records: ``rule`` gives the level of each patient of any cohort, as ``codes`` does.

    ``made_of`` are the keys of what it is made of, if it is no more than another way to look at that.
    """

    made_of: tuple[str, ...] = ()
    rule: Callable[[Cohort], NDArray[np.int64]] = field(default=_unknown, compare=False, repr=False)


def cohort_from(tables: Tables, provenance: Provenance, dictionary: Dictionary = DICTIONARY) -> Cohort:
    """The cohort that ``tables`` describe, with all derived factors, baseline values and day columns added.

    Tables may be empty and columns other than ``patient`` absent; a measurement without day or value is left out.
    Raises ValueError where a cell that should hold a number does not; ``data.reading.check.issues`` says where.
    """
    patients = _complete(tables.patients, ("patient",))
    n, given = len(patients), {str(key): cells for key, cells in patients.items()}
    if "population" not in given:
        given["population"] = pd.Series(followed(dictionary)[0], patients.index)
    found: dict[str, Held] = {}
    kinds: dict[str, object] = {}
    for key in (*day_columns(dictionary), *dictionary.number):
        cells = _numeric(given[key]) if key in given else pd.Series(np.nan, patients.index)
        found[key] = held(cells)
        kinds |= kinds_of(pd.DataFrame({key: cells}))
    treatments = _complete(tables.treatments, COLUMNS["treatments"])
    derived = [one for one in dictionary.measures if one.derived and one.per in given]
    weights = {one.per: numbers(_numeric(given[one.per]).to_numpy(dtype=float)) for one in derived}
    readings = coded_readings(tables.measurements, given["patient"], derived, weights, dictionary.visits)

    made: dict[str, Made] = {
        measure.key: AtVisit(readings, measure.key, dictionary.baseline.key) for measure in dictionary.measures
    }
    for factor in dictionary.factors:
        if not factor.derived:
            found[factor.key] = _levels(factor, given.get(factor.key), n)
        else:
            later = AtVisit(readings, factor.source, factor.visit) if factor.post_baseline else None
            made[factor.key] = Cut(factor, later)
    made[STOP_DAY] = FirstStop(treatments, dictionary.study_drug.word)
    order = (*given, *(one.key for one in dictionary.measures), *day_columns(dictionary), *dictionary.number, STOP_DAY)
    order = tuple(dict.fromkeys((*order, *(factor.key for factor in dictionary.factors))))
    for key, cells in given.items():
        if key not in found and key not in made:
            found[key] = cells
    columns = PatientColumns(n, found, made, order, kinds)
    reactions = _complete(tables.reactions, COLUMNS["reactions"])
    return Cohort(columns, Records(readings, reactions, treatments), dictionary, provenance)


def _complete(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    rows = table.reset_index(drop=True)
    return rows.assign(**{column: pd.Series(np.nan, rows.index, object) for column in columns if column not in rows})


def _numeric(cells: pd.Series) -> pd.Series:
    found = pd.to_numeric(cells)
    return found.astype(float) if found.dtype == object else found


def _levels(factor: Factor, cells: pd.Series | None, n: int) -> Levels:
    if cells is None:
        return levels(np.full(n, -1), factor.words)
    return levels(pd.Categorical(cells, categories=pd.Index(factor.words)).codes, factor.words)
