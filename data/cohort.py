"""The cohort: patients, measurements, reactions and treatment changes, immutable, with dictionary and provenance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
import pandas as pd

from data.counted import Bands, Countable
from data.dictionary import Dictionary
from data.entries import STOP_DAY, Endpoint, Factor, Number, Population, Visit
from data.levels import STOP
from data.reading.layout import COLUMNS, day_columns, followed
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
    """What is recorded of all patients of a study; ``by_visit`` holds the measurements that count for its visits."""

    measurements: pd.DataFrame
    by_visit: pd.DataFrame
    reactions: pd.DataFrame
    treatments: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Cohort:
    """Patients (one row each, indexed 0..n-1), with what is recorded of them in the study's ``records``.

    ``patients`` carries every factor of the dictionary as a categorical column (missing = not recorded), every number,
    the baseline value of every measurement under the measurement's key, and the day columns of the endpoints.
    Nothing in it is ever changed in place; ``where`` and ``of_population`` give a smaller cohort. ``population`` is the
    analysis population they were taken from, None for everybody of a study.
    """

    patients: pd.DataFrame
    records: Records
    dictionary: Dictionary
    provenance: Provenance
    population: Population | None = None

    @property
    def n(self) -> int:
        """Number of patients."""
        return len(self.patients)

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
        values = self.patients[number.column].to_numpy(dtype=float)
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
        return replace(self, patients=self.patients.loc[kept].reset_index(drop=True))

    def of_population(self, key: str) -> Cohort:
        """The patients of one analysis population. Raises KeyError for a population the dictionary does not list."""
        if key not in self._populations:
            population = self.dictionary.population[key]
            inside = self.where(self.patients["population"].isin(population.members).to_numpy())
            self._populations[key] = replace(inside, population=population)
        return self._populations[key]

    @cached_property
    def _populations(self) -> dict[str, Cohort]:
        return {}

    @cached_property
    def measurements(self) -> pd.DataFrame:
        """The patients' measurements, one a row: patient, day, variable, value; derived measurements included."""
        return self._rows_of(self.records.measurements)

    @cached_property
    def reactions(self) -> pd.DataFrame:
        """The patients' adverse reactions, one a row: patient, day, category, term, serious, outcome."""
        return self._rows_of(self.records.reactions)

    @cached_property
    def treatments(self) -> pd.DataFrame:
        """The patients' treatment changes, one a row: patient, day, drug, action, reason."""
        return self._rows_of(self.records.treatments)

    def _rows_of(self, table: pd.DataFrame) -> pd.DataFrame:
        return table[table["patient"].isin(self.patients["patient"])].reset_index(drop=True)

    def codes(self, factor: Factor) -> NDArray[np.int64]:
        """Each patient's level as a position in ``factor.levels``, -1 where not recorded, (n,)."""
        if isinstance(factor, RuledFactor):
            return factor.rule(self)
        return np.asarray(self.patients[factor.key].cat.codes, dtype=np.int64)

    def time_to(self, endpoint: Endpoint) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Observed day (n,) and whether the event happened on it (n,); without event, the last day of follow-up.

        Where the endpoint was looked for only until an earlier day, what happens later does not count.
        """
        days = [self.patients[day].to_numpy(dtype=float) for day in endpoint.days]
        first = np.fmin.reduce(days)
        last = self.last_days.astype(float)
        if endpoint.last in self.patients:
            own = self.patients[endpoint.last].to_numpy(dtype=float)
            first = np.where(first > own, np.nan, first)
            last = np.where(np.isnan(own), last, own)
        had = ~np.isnan(first)
        return np.where(had, first, last).astype(np.int64), had

    @cached_property
    def last_days(self) -> NDArray[np.int64]:
        """The last day of each patient's follow-up, (n,): where none is recorded the day of death, or else day 0.

        Everything that asks how long somebody was followed asks here, because the column itself may have gaps.
        """
        last, death = (self.patients[day].to_numpy(dtype=float) for day in ("last_day", "death_day"))
        return np.where(np.isnan(last), np.nan_to_num(death), last).astype(np.int64)

    @cached_property
    def by_visit(self) -> pd.DataFrame:
        """One row a patient, visit and variable: the value nearest the visit's nominal day, the earlier one on a tie.

        Columns patient, visit, variable, day, value; derived measurements included.
        """
        return self._rows_of(self.records.by_visit)


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
    patients = _complete(tables.patients, ("patient",)).copy()
    if "population" not in patients:
        patients["population"] = followed(dictionary)[0]
    measurements = _with_derived(_taken(tables.measurements), patients, dictionary)
    rows = _nearest(measurements, dictionary.visits)
    values = _values(rows, patients["patient"])
    unknown = np.full(len(patients), np.nan)
    columns: dict[str, pd.Series | NDArray[np.float64]] = {}
    for measure in dictionary.measures:
        columns[measure.key] = values.get((measure.key, dictionary.baseline.key), unknown)
    for key in (*day_columns(dictionary), *dictionary.number):
        columns[key] = _numeric(patients[key]) if key in patients else unknown
    treatments = _complete(tables.treatments, COLUMNS["treatments"])
    columns[STOP_DAY] = _stop_days(treatments, patients, dictionary.study_drug.word)
    drawn = patients.assign(**columns)
    levels = {factor.key: _levels(factor, drawn, values) for factor in dictionary.factors}
    complete = drawn.assign(**levels).copy()
    reactions = _complete(tables.reactions, COLUMNS["reactions"])
    return Cohort(complete, Records(measurements, rows, reactions, treatments), dictionary, provenance)


def _complete(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    rows = table.reset_index(drop=True)
    return rows.assign(**{column: pd.Series(np.nan, rows.index, object) for column in columns if column not in rows})


def _numeric(cells: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(cells)
    return numbers.astype(float) if numbers.dtype == object else numbers


def _taken(measurements: pd.DataFrame) -> pd.DataFrame:
    rows = _complete(measurements, COLUMNS["measurements"])
    rows = rows.assign(day=_numeric(rows["day"]), value=_numeric(rows["value"]).astype(float))
    rows = rows.dropna(subset=["day", "value"]).reset_index(drop=True)
    return rows.astype({"day": np.int64}) if (rows["day"] % 1 == 0).all() else rows


def _with_derived(measurements: pd.DataFrame, patients: pd.DataFrame, dictionary: Dictionary) -> pd.DataFrame:
    parts = [measurements]
    for measure in dictionary.measures:
        rows = measurements[measurements["variable"] == measure.source]
        if measure.derived and measure.per in patients and len(rows):
            per = _numeric(patients.set_index("patient")[measure.per])
            divisor = rows["patient"].map(per.where(per > 0))
            parts.append(rows.assign(variable=measure.key, value=rows["value"] / divisor).dropna(subset=["value"]))
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else measurements


def _nearest(measurements: pd.DataFrame, visits: tuple[Visit, ...]) -> pd.DataFrame:
    day = measurements["day"].to_numpy(dtype=float)
    first, last = (np.array([getattr(visit, side) for visit in visits]) for side in ("first", "last"))
    slot = np.searchsorted(first, day, side="right") - 1
    inside = (slot >= 0) & (day <= last[np.maximum(slot, 0)])
    nominal = np.array([visit.day for visit in visits])[np.maximum(slot, 0)]
    labels = np.array([visit.key for visit in visits], dtype=object)[np.maximum(slot, 0)]
    rows = measurements.assign(visit=labels, _away=np.abs(day - nominal))[inside]
    rows = rows.sort_values(["_away", "day"], kind="stable").drop_duplicates(["patient", "visit", "variable"])
    return rows.sort_index()[["patient", "visit", "variable", "day", "value"]].reset_index(drop=True)


def _values(by_visit: pd.DataFrame, patients: pd.Series) -> dict[tuple[str, str], NDArray[np.float64]]:
    """Each patient's value, (n,), by variable and visit; only pairs for which there is any."""
    row = pd.Index(patients).get_indexer(by_visit["patient"])
    value = by_visit["value"].to_numpy(dtype=float)
    found: dict[tuple[str, str], NDArray[np.float64]] = {}
    groups = cast("dict[tuple[str, str], NDArray[np.int64]]", by_visit.groupby(["variable", "visit"]).indices)
    for pair, at in groups.items():
        ours = at[row[at] >= 0]
        found[pair] = values = np.full(len(patients), np.nan)
        values[row[ours]] = value[ours]
    return found


def _stop_days(treatments: pd.DataFrame, patients: pd.DataFrame, drug: str) -> NDArray[np.float64]:
    stops = treatments[(treatments["drug"] == drug) & (treatments["action"] == STOP.word)]
    first = _numeric(stops["day"]).groupby(stops["patient"]).min()
    return first.reindex(patients["patient"]).to_numpy(dtype=float)


def _levels(
    factor: Factor, patients: pd.DataFrame, values: dict[tuple[str, str], NDArray[np.float64]]
) -> pd.Categorical[str]:
    levels = pd.Index(factor.words)
    if not factor.derived:
        cells = patients[factor.key] if factor.key in patients else pd.Series([None] * len(patients), dtype=object)
        return pd.Categorical(cells, categories=levels)
    if factor.post_baseline:
        number = values.get((factor.source, factor.visit), np.full(len(patients), np.nan))
    else:
        number = patients[factor.source].to_numpy(dtype=float)
    code = np.where(np.isnan(number), -1, np.searchsorted(np.array(factor.cuts), number, side="right"))
    return pd.Categorical.from_codes(code.astype(np.int64), categories=levels)
