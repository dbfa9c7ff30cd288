"""What was measured, when and of whom: coded columns, of which a visit's values are found when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd

from data.columns import AT_ONCE, Levels, Numbers, levels, numbers
from data.reading.layout import COLUMNS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.entries import Measure, Visit

NOBODY = np.iinfo(np.int64).max


class Readings(Protocol):
    """The measurements of a study. A ``variable`` asks for its own alone, in the same order."""

    def measurements(self, patients: Sequence[str] | pd.Series, variable: str = "") -> pd.DataFrame:
        """Those of some patients, one a row: patient, day, variable, value; derived measurements included."""

    def by_visit(self, patients: Sequence[str] | pd.Series, variable: str = "") -> pd.DataFrame:
        """One row a patient, visit and variable: patient, visit, variable, day, value.

        It is the reading nearest the visit's nominal day, the earlier one on a tie.
        """

    def has(self, variable: str) -> bool:
        """Whether anything was measured of a variable that files give."""


@dataclass(frozen=True, eq=False)
class TabledReadings:
    """Readings as two tables hold them: all of them, and those that count for visits."""

    every: pd.DataFrame
    counting: pd.DataFrame

    def measurements(self, patients: Sequence[str] | pd.Series, variable: str = "") -> pd.DataFrame:
        """Those of some patients."""
        return of_patients(self.every.iloc[self._every.get(variable, [])] if variable else self.every, patients)

    def by_visit(self, patients: Sequence[str] | pd.Series, variable: str = "") -> pd.DataFrame:
        """Those of some patients that count for a visit."""
        return of_patients(self.counting.iloc[self._visits.get(variable, [])] if variable else self.counting, patients)

    def has(self, variable: str) -> bool:
        """Whether anything was measured of a variable."""
        return variable in self._every

    @cached_property
    def _every(self) -> dict[str, NDArray[np.intp]]:
        return _places(self.every)

    @cached_property
    def _visits(self) -> dict[str, NDArray[np.intp]]:
        return _places(self.counting)


def of_patients(table: pd.DataFrame, patients: Sequence[str] | pd.Series) -> pd.DataFrame:
    """The rows of a table that are about some patients."""
    return table[table["patient"].isin(patients)].reset_index(drop=True)


def _places(table: pd.DataFrame) -> dict[str, NDArray[np.intp]]:
    found = table.groupby("variable").indices
    return {str(word): np.asarray(places, dtype=np.intp) for word, places in found.items()}


@dataclass(frozen=True, eq=False)
class _Some:
    """Some readings (M): each one's ``place`` among all (derived ones follow), the row of files it is of, its value."""

    place: NDArray[np.int64]
    row: NDArray[np.int64]
    value: NDArray[np.float64]

    def where(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> _Some:
        """Those that are kept."""
        return _Some(self.place[kept], self.row[kept], self.value[kept])


_NONE = _Some(np.array([], dtype=np.int64), np.array([], dtype=np.int64), np.array([]))


@dataclass(frozen=True, eq=False)
class CodedReadings:
    """Readings (R) in the order of the files: whose each is, by position among the patients, day, variable and value.

    ``names`` are the patients' ids. A derived measurement is computed when it is asked for: its source's value divided
    by a number of each patient (``per``). ``beside`` are further columns of the files, ``order`` that of all.
    """

    names: pd.Series
    patient: NDArray[np.int32]
    day: Numbers
    variable: Levels
    value: Numbers
    derived: tuple[Measure, ...]
    per: Mapping[str, Numbers]
    visits: tuple[Visit, ...]
    beside: pd.DataFrame
    order: tuple[str, ...]

    def has(self, variable: str) -> bool:
        """Whether anything was measured of a variable that files give."""
        return variable in self._given

    @cached_property
    def _given(self) -> dict[str, int]:
        """The variables that files give, with their codes."""
        there = np.bincount(self.variable.codes[self.variable.codes >= 0], minlength=len(self.variable.words))
        return {word: k for k, word in enumerate(self.variable.words) if there[k]}

    @cached_property
    def _starts(self) -> dict[str, int]:
        """Behind which place the derived readings of each measurement stand."""
        found, start = {}, len(self.patient)
        for measure in self.derived:
            found[measure.key] = start
            start += len(self._quotients(measure).place)
        return found

    def _rows(self, word: str) -> NDArray[np.int64]:
        code = self._given.get(word)
        return np.flatnonzero(self.variable.codes == code) if code is not None else np.array([], dtype=np.int64)

    def _quotients(self, measure: Measure) -> _Some:
        row = self._rows(measure.source)
        divisor = self.per[measure.per].at()[self.patient[row]]
        value = np.divide(self.value.at(row), divisor, out=np.full(len(row), np.nan), where=divisor > 0)
        there = np.flatnonzero(~np.isnan(value))
        return _Some(there, row[there], value[there])

    def _of(self, variable: str) -> _Some:
        """The readings of one variable."""
        row = self._rows(variable)
        found = _Some(row, row, self.value.at(row))
        for measure in self.derived:
            if measure.key == variable:
                own = self._quotients(measure)
                start = self._starts[measure.key]
                place = start + np.arange(len(own.place))
                found = _Some(
                    np.append(found.place, place), np.append(found.row, own.row), np.append(found.value, own.value)
                )
        return found

    @property
    def _variables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self._given, *(measure.key for measure in self.derived))))

    def at_visit(self, variable: str, visit: str) -> NDArray[np.float64] | None:
        """The value of each patient at a visit, (n,), not a number where there is none; None where nobody has one."""
        found = self._of(variable)
        found, slots = self._counting(found, visit)
        if not len(slots):
            return None
        values = np.full(len(self.names), np.nan)
        values[self.patient[found.row]] = found.value
        return values

    def _counting(self, readings: _Some, visit: str = "") -> tuple[_Some, NDArray[np.int64]]:
        """Those of one variable's readings that count for a visit, in their order, and for which by position.

        Of each patient and visit the least of a rank is taken: by distance from the visit's day, then the earlier one,
        then the first. So no reading is sorted, and what is looked at grows with the readings of the variable alone.
        """
        day = self.day.at(readings.row)
        first, last, nominal = np.array([(one.first, one.last, one.day) for one in self.visits], dtype=np.int64).T
        slot = np.searchsorted(first, day, side="right") - 1
        wanted = [one.key for one in self.visits].index(visit) if visit else slot
        kept = np.flatnonzero((slot >= 0) & (day <= last[np.maximum(slot, 0)]) & (slot == wanted))
        readings, day, slot = readings.where(kept), day[kept], slot[kept]
        if not len(slot):
            return readings, slot
        away = np.abs(day - nominal[slot])
        rank = _rank(away, day > nominal[slot], day, whole=self.day.whole)
        seat = self.patient[readings.row].astype(np.int64) * (1 if visit else len(self.visits)) + (0 if visit else slot)
        best = np.full(len(self.names) * (1 if visit else len(self.visits)), NOBODY)
        np.minimum.at(best, seat, rank * len(slot) + np.arange(len(slot)))
        chosen = np.sort(best[best < NOBODY] % len(slot))
        return readings.where(chosen), slot[chosen]

    def measurements(self, patients: Sequence[str] | pd.Series, variable: str = "") -> pd.DataFrame:
        """Those of some patients, in the order of the files, derived ones behind them."""
        if variable:
            found = self._kept(self._of(variable), patients)
            return self._frame(found, [variable] * len(found.row), self.order)
        every = np.arange(len(self.patient))
        parts = [(_Some(every, every, self.value.at()), "")]
        parts += [(self._quotients(measure), measure.key) for measure in self.derived]
        frames = []
        for part, key in parts:
            found = self._kept(part, patients)
            words = [key] * len(found.row) if key else self._words(found.row)
            if len(found.row):
                frames.append(self._frame(found, words, self.order))
        return pd.concat(frames, ignore_index=True) if frames else self._frame(_NONE, [], self.order)

    def by_visit(self, patients: Sequence[str] | pd.Series, variable: str = "") -> pd.DataFrame:
        """Those of some patients that count for a visit, in the order of the files."""
        columns = ("patient", "visit", "variable", "day", "value")
        keys = np.array([one.key for one in self.visits], dtype=object)
        found = []
        for word in (variable,) if variable else self._variables:
            counting, slot = self._counting(self._kept(self._of(word), patients))
            frame = self._frame(counting, [word] * len(slot), columns, keys[slot])
            found.append(frame.set_axis(counting.place))
        if not found:
            return self._frame(_NONE, [], columns, keys[:0])
        rows = pd.concat([one for one in found if len(one)] or found[:1])
        return rows.sort_index(kind="stable").reset_index(drop=True)

    def _kept(self, readings: _Some, patients: Sequence[str] | pd.Series) -> _Some:
        if patients is self.names:
            return readings
        return readings.where(self.names.isin(patients).to_numpy()[self.patient[readings.row]])

    def _words(self, row: NDArray[np.int64]) -> NDArray[np.object_]:
        words: NDArray[np.object_] = np.array([*self.variable.words, np.nan], dtype=object)[self.variable.codes[row]]
        return words

    def _frame(
        self, readings: _Some, words: Sequence[str] | NDArray[np.object_], order: Sequence[str], visits: object = ()
    ) -> pd.DataFrame:
        day = self.day.at(readings.row)
        own = {
            "patient": self.names.array.take(self.patient[readings.row]),
            "visit": visits,
            "variable": np.asarray(words, dtype=object),
            "day": day.astype(np.int64) if self.day.whole else day,
            "value": readings.value,
        }
        return pd.DataFrame(
            {key: own[key] if key in own else self.beside[key].array.take(readings.row) for key in order}
        )


def _rank(
    away: NDArray[np.float64], later: NDArray[np.bool_], day: NDArray[np.float64], *, whole: bool
) -> NDArray[np.int64]:
    """Smaller for what is nearer a visit's day, and of what is as near for the earlier."""
    if whole:
        return np.asarray(away * 2 + later, dtype=np.int64)
    order = np.lexsort((day, away))
    first = np.append(True, (np.diff(away[order]) != 0) | (np.diff(day[order]) != 0))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.cumsum(first) - 1
    return rank


def coded_readings(
    table: pd.DataFrame,
    names: pd.Series,
    derived: Sequence[Measure],
    per: Mapping[str, Numbers],
    visits: tuple[Visit, ...],
) -> CodedReadings:
    """The rows of ``table`` that have a day and a value and are about one of the patients.

    Raises ValueError where a day or a value is no number.
    """
    order = tuple(dict.fromkeys((*table.columns, *COLUMNS["measurements"])))
    n = len(table)
    day, value = (_numbers(table, key) for key in ("day", "value"))
    there = ~(np.isnan(day) | np.isnan(value))
    patient = np.full(n, -1, dtype=np.int32)
    if n:
        index = pd.Index(names)
        for start in range(0, n, AT_ONCE):
            part = slice(start, start + AT_ONCE)
            patient[part] = index.get_indexer(pd.Index(table["patient"].array[part]))
    there &= patient >= 0
    words = pd.Categorical(table["variable"]) if "variable" in table else pd.Categorical([None] * n)
    coded = levels(words.codes, words.categories)
    beside = [key for key in table.columns if key not in ("patient", "day", "variable", "value")]
    others = table[beside].reset_index(drop=True)
    if not there.all():
        kept = np.flatnonzero(there)
        patient, day, value = patient[kept], day[kept], value[kept]
        coded, others = Levels(coded.codes[kept], coded.words), others.iloc[kept].reset_index(drop=True)
    return CodedReadings(
        names, patient, numbers(day), coded, numbers(value), tuple(derived), per, visits, others, order
    )


def _numbers(table: pd.DataFrame, key: str) -> NDArray[np.float64]:
    if key not in table:
        return np.full(len(table), np.nan)
    return pd.to_numeric(table[key]).to_numpy(dtype=np.float64)
