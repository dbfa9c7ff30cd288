"""The tables of a study as expressions over those of a database: what a query counts is written here, once.

Every expression follows ``data.cohort`` word for word: days of events and of follow-up, baseline values and values of
visits, levels between cuts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from data.database.source import Source
from data.database.stand_in import Understood, is_date, null
from data.dictionary import Dictionary
from data.entries import STOP_DAY, Endpoint, Factor, Measure
from data.levels import STOP
from data.reading.cells import as_text
from data.reading.layout import day_columns, followed
from data.reading.mapped_cells import code_of
from data.reading.mapping import DEATH, ColumnRole, TableRole
from data.reading.time_status import DAYS_IN
from data.reading.unit_conversion import PER_KG, conversion

FLOAT = "float64"


def cases(value: Any, pairs: Iterable[tuple[Any, Any]], otherwise: Any) -> Any:
    """What each of the given values stands for, ``otherwise`` for any other."""
    listed = tuple(pairs)
    return value.cases(*listed, else_=otherwise) if listed else otherwise


def smaller(one: Any, other: Any) -> Any:
    """The smaller of two numbers, or the one that is recorded; databases differ in what their LEAST makes of blanks."""
    return other.isnull().ifelse(one, one.isnull().ifelse(other, (one <= other).ifelse(one, other)))


def whole(value: Any) -> Any:
    """The nearest whole number, of two the even one: databases differ in how ROUND takes a half."""
    up = (value + 0.5).floor().cast(FLOAT)
    half = (up - value) == 0.5
    return (half & (up % 2 != 0)).ifelse(up - 1.0, up)


@dataclass(frozen=True, eq=False)
class StudyTables:
    """The study's tables in a ``source``, as the mapping of ``read`` says."""

    source: Source
    read: Understood

    @property
    def dictionary(self) -> Dictionary:
        """What is recorded."""
        return self.read.dictionary

    def _holding(self, holds: str) -> tuple[TableRole, ...]:
        return tuple(table for table in self.read.mapping.tables if table.holds == holds)

    def _raw(self, table: TableRole) -> Any:
        return self.source.table(table.sheet)

    def patient(self, table: TableRole, held: Any) -> Any:
        """The code of the patient of every row, as text."""
        import ibis

        columns = table.of("patient")
        return (held[columns[0].column] if columns else ibis.row_number() + 1).cast("string")

    def word(self, table: TableRole, column: ColumnRole, held: Any) -> Any:
        """The word of the study for every cell of a column, blank where nothing is recorded."""
        import ibis

        at = (table.sheet, column.column)
        pairs = [(a, b) for a, b in zip(self.read.words[at], self.read.meant[at], strict=True) if b is not None]
        return cases(held[column.column], pairs, ibis.null("string"))

    def days(self, table: TableRole, column: ColumnRole, held: Any) -> Any:
        """A column of days as days since day 0, dates by the patient's own."""
        if is_date(held, column.column):
            return held[column.column].date().delta(self._start(table, held), unit="day").cast(FLOAT)
        value = held[column.column].cast(FLOAT)
        return value if column.unit in ("", "days") else whole(value * DAYS_IN[column.unit])

    def _start(self, table: TableRole, held: Any) -> Any:
        return held["_start"] if table.holds != "patients" else held[table.of("start")[0].column].date()

    def number(self, column: ColumnRole, held: Any) -> Any:
        """A column of numbers, codes of missing values blank."""
        value = held[column.column].cast(FLOAT)
        for code in column.missing:
            try:
                value = value.nullif(float(code))
            except ValueError:
                continue
        return value

    @cached_property
    def patients(self) -> Any:
        """A row a patient: ``patient``, ``population``, days, numbers, and the code of every factor that is written."""
        return self.patients_with(self._columns[1])

    def patients_with(self, names: Iterable[str]) -> Any:
        """A row a patient with these of the columns; what a query does not need would only have to be translated."""
        held, there = self._columns
        return held.select(**{name: there[name] for name in names if name in there})

    @cached_property
    def _columns(self) -> tuple[Any, dict[str, Any]]:
        """The hospital's table of patients, and the columns of the study over it."""
        import ibis

        table = self._holding("patients")[0]
        held = self._raw(table)
        words = self.dictionary
        there: dict[str, Any] = {"patient": self.patient(table, held)}
        own = iter(entry for entry in words.endpoints if entry.key.startswith("own-"))
        for column in table.of("listed"):
            there[column.name] = self._listed(table, column, held)
        for status in table.of("status"):
            self._outcome(table, status, held, there, own)
        for column in table.of("event_day"):
            days = self.days(table, column, held)
            there["death_day" if column.name == DEATH else next(own).days[0]] = days
        times = [whole(self._time(one, held)) for one in table.of("time")]
        if "last_day" not in there and times:
            last = times[0]
            for time in times[1:]:
                last = smaller(last * -1.0, time * -1.0) * -1.0
            there["last_day"] = last
        there |= self._own_columns(table, held)
        for key in (*day_columns(words), *words.number):
            there.setdefault(key, null())
        there.setdefault("population", ibis.literal(followed(words)[0]))
        return held, there

    def _time(self, column: ColumnRole, held: Any) -> Any:
        return held[column.column].cast(FLOAT) * DAYS_IN.get(column.unit, 1.0)

    def _listed(self, table: TableRole, column: ColumnRole, held: Any) -> Any:
        words = self.dictionary
        if column.name in day_columns(words):
            return self.days(table, column, held)
        if column.name in words.number:
            value = self.number(column, held)
            unit = words.number[column.name].unit
            told = column.unit in DAYS_IN and unit in DAYS_IN and column.unit != unit
            return value * DAYS_IN[column.unit] / DAYS_IN[unit] if told else value
        at = (table.sheet, column.column)
        if column.name in words.factor and at in self.read.meant:
            return cases(held[column.column], zip(self.read.words[at], self.read.meant[at], strict=True), -1)
        if at in self.read.meant:
            return self.word(table, column, held)
        return held[column.column].cast("string")

    def _outcome(self, table: TableRole, status: ColumnRole, held: Any, there: dict[str, Any], own: Any) -> None:
        import ibis

        times = table.of("time")
        time = next((one for one in times if one.name == status.name), times[0])
        codes = {code_of(code) for code in status.events}
        happened = [word for word in self.read.words[table.sheet, status.column] if code_of(as_text(word)) in codes]
        day = whole(self._time(time, held))
        had = (held[status.column].isin(happened) if happened else ibis.literal(value=False)).ifelse(1, 0) == 1
        if status.name == DEATH:
            there["death_day"] = had.ifelse(day, null())
            return
        entry: Endpoint = next(own)
        there[entry.days[0]] = had.ifelse(day, null())
        there[entry.last] = day

    def _own_columns(self, table: TableRole, held: Any) -> dict[str, Any]:
        """Characteristics and numbers of the hospital's own, in the order in which they were given their ids."""
        found: dict[str, Any] = {}
        written = [entry for entry in self.dictionary.factors if entry.key.startswith("own-") and not entry.derived]
        for entry, column in zip(
            written, [one for one in table.of("factor") if self._has_words(table, one)], strict=True
        ):
            at = (table.sheet, column.column)
            found[entry.key] = cases(
                held[column.column], zip(self.read.words[at], self.read.meant[at], strict=True), -1
            )
        numbers = [entry for entry in self.dictionary.numbers if entry.key.startswith("own-")]
        for number, column in zip(numbers, table.of("number"), strict=True):
            found[number.key] = self.number(column, held)
        return found

    def _has_words(self, table: TableRole, column: ColumnRole) -> bool:
        return (table.sheet, column.column) in self.read.meant

    @cached_property
    def measurements(self) -> Any:
        """A row a measured value: ``patient``, ``day``, ``variable``, ``value``; None where nothing is measured."""
        import ibis

        parts = []
        for table in self._holding("patients"):
            held = self._raw(table)
            for column in table.of("laboratory"):
                day = ibis.literal(float(column.day), FLOAT)
                parts.append(self._values(column, held, day, self.patient(table, held)))
        for table in self._holding("measurements"):
            held = self._dated(table)
            named = table.listed("day")
            day = null() if named is None else self.days(table, named, held)
            patient = self.patient(table, held)
            parts += [self._values(column, held, day, patient) for column in table.of("laboratory")]
            variable, value = table.listed("variable"), table.listed("value")
            if variable is not None and value is not None:
                key = self.word(table, variable, held)
                parts.append(held.select(patient=patient, day=day, variable=key, value=self.number(value, held)))
        if not parts:
            return None
        rows = parts[0] if len(parts) == 1 else ibis.union(*parts)
        return rows.filter(rows.day.notnull() & rows.value.notnull() & rows.variable.notnull())

    def _values(self, column: ColumnRole, held: Any, day: Any, patient: Any) -> Any:
        import ibis

        name = column.name or column.column
        listed = self.dictionary.measure.get(name)
        target = column.shown or (listed.unit if listed else "")
        factor = conversion(name, column.unit, target) if column.unit and target else 1.0
        value = self.number(column, held)
        value = value if factor in (1.0, None) else value * factor
        return held.select(patient=patient, day=day, variable=ibis.literal(name), value=value)

    def _dated(self, table: TableRole) -> Any:
        """A table with its patients' day 0 beside it, where it gives dates."""
        held = self._raw(table)
        owner = self._holding("patients")[0]
        if not owner.of("start") or not any(is_date(held, one.column) for one in table.of("listed")):
            return held
        raw = self._raw(owner)
        starts = raw.select(_patient=self.patient(owner, raw), _start=raw[owner.of("start")[0].column].date())
        return held.left_join(starts, self.patient(table, held) == starts["_patient"])

    def _recorded(self, holds: str, columns: tuple[str, ...]) -> Any:
        import ibis

        tables = self._holding(holds)
        if not tables:
            return None
        table = tables[0]
        held = self._dated(table)
        there = {"patient": self.patient(table, held)}
        for name in columns:
            column = table.listed(name)
            if column is None:
                there[name] = ibis.null("string")
            elif name == "day":
                there[name] = self.days(table, column, held)
            else:
                there[name] = self.word(table, column, held)
        return held.select(**there)

    @cached_property
    def reactions(self) -> Any:
        """A row a reaction, None where none are recorded."""
        return self._recorded("reactions", ("day", "category", "term", "serious"))

    @cached_property
    def treatments(self) -> Any:
        """A row a change of treatment, None where none are recorded."""
        return self._recorded("treatments", ("day", "drug", "action", "reason"))

    def nearest(self, measure: Measure, visit: str) -> Any:
        """A row a patient with a value of ``measure`` at a visit: the one nearest its day, the earlier one on a tie.

        Of two values on one day the smaller counts, because the rows of a database have no order. None where nothing
        is measured.
        """
        import ibis

        rows = self.measurements
        if rows is None:
            return None
        window = self.dictionary.visit[visit]
        rows = rows.filter(
            rows.variable == (measure.source or measure.key), rows.day.between(window.first, window.last)
        )
        order = [(rows.day - float(window.day)).abs(), rows.day, rows.value]
        place = ibis.row_number().over(ibis.window(group_by=rows.patient, order_by=order))
        first = rows.mutate(place=place)
        return first.filter(first.place == 0).select("patient", "value")

    @cached_property
    def stops(self) -> Any:
        """A row a patient who stopped the studied drug, with the first ``day``; None where nothing is recorded."""
        rows = self.treatments
        if rows is None or not self.dictionary.study_drug.word:
            return None
        rows = rows.filter(rows.drug == self.dictionary.study_drug.word, rows.action == STOP.word)
        return rows.group_by("patient").aggregate(day=rows.day.min())


def value_column(measure: str, visit: str) -> str:
    """The name of a joined column: the value of a measurement at a visit."""
    return f"{measure} at {visit}"


@dataclass(frozen=True, eq=False)
class PatientRows:
    """The patients of a study with what a question needs, one row each, as an expression."""

    tables: StudyTables
    rows: Any

    @classmethod
    def of(cls, tables: StudyTables, needs: Iterable[str]) -> PatientRows:
        """The patients with the columns that ``needs`` names, ``KEY at VISIT`` and the day of a stop joined to them."""
        words = tables.dictionary
        names = sorted(set(needs))
        joins = [name for name in names if " at " in name or name == STOP_DAY]
        own = dict.fromkeys((*ALWAYS, *(name for name in names if name not in joins)))
        rows = tables.patients_with((*own, "patient") if joins else own)
        for name in joins:
            measured = tables.stops if name == STOP_DAY else tables.nearest(*_measured(name, words))
            if measured is None:
                rows = rows.mutate(**{name: null()})
                continue
            value = "day" if name == STOP_DAY else "value"
            joined = measured.select(**{"_who": measured["patient"], name: measured[value]})
            rows = rows.left_join(joined, rows["patient"] == joined["_who"]).drop("_who")
        return cls(tables, rows)

    def number(self, column: str) -> Any:
        """A number of every patient: one of the patients' own, or the baseline value of a measurement."""
        words = self.tables.dictionary
        if column in words.measure:
            return self.measured(words.measure[column], words.baseline.key)
        return self.rows[column]

    def measured(self, measure: Measure, visit: str) -> Any:
        """The value of a measurement at a visit."""
        value = self.rows[value_column(measure.key, visit)]
        if measure.derived and measure.per:
            per = self.rows[measure.per]
            return value / (per > 0).ifelse(per, null())
        return value

    def codes(self, factor: Factor) -> Any:
        """The position of every patient's level, -1 where it is not recorded."""
        import ibis

        if not factor.derived:
            written = factor.key in self.rows.columns
            return self.rows[factor.key] if written else ibis.literal(-1)
        words = self.tables.dictionary
        if factor.post_baseline or factor.source in words.measure:
            value = self.measured(words.measure[factor.source], factor.visit)
        else:
            value = self.rows[factor.source]
        code = ibis.literal(len(factor.cuts))
        for k, cut in reversed(tuple(enumerate(factor.cuts))):
            code = (value < cut).ifelse(k, code)
        return value.isnull().ifelse(-1, code)

    @property
    def last_day(self) -> Any:
        """The last day of follow-up, or the day of death, or day 0."""
        return self.rows["last_day"].coalesce(self.rows["death_day"], 0.0)

    def time_to(self, endpoint: Endpoint) -> tuple[Any, Any]:
        """The observed day of every patient, and whether the event happened on it."""
        first = null()
        for day in endpoint.days:
            first = smaller(first, self.rows[day])
        last = self.last_day
        if endpoint.last:
            own = self.rows[endpoint.last]
            first = (first > own).ifelse(null(), first)
            last = own.coalesce(last)
        return first.coalesce(last), first.notnull()


ALWAYS = ("population", "last_day", "death_day")
"""Columns that every question needs."""


def needs_of(words: Dictionary, asked: Iterable[Factor | Endpoint | str]) -> set[str]:
    """The columns that factors, endpoints and columns of numbers need, those that are joined among them."""
    found: set[str] = set()
    for one in asked:
        if isinstance(one, Endpoint):
            found |= {*one.days, *((one.last,) if one.last else ())}
        elif isinstance(one, Factor) and not one.derived:
            found.add(one.key)
        else:
            source, visit = (one, words.baseline.key) if isinstance(one, str) else (one.source, one.visit)
            measure = words.measure.get(source)
            found |= {value_column(source, visit), measure.per} - {""} if measure else {source}
    return found


def _measured(name: str, words: Dictionary) -> tuple[Measure, str]:
    key, _, visit = name.rpartition(" at ")
    return words.measure[key], visit


def unsupported(read: Understood) -> tuple[tuple[str, str], ...]:
    """Columns whose unit would need another column to be converted, each with its table."""
    return tuple(
        (table.sheet, column.column)
        for table in read.mapping.tables
        for column in table.of("laboratory")
        if PER_KG in column.unit
    )


def as_days(values: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
    """A column of an answer as whole days."""
    return np.asarray(values, dtype=float).astype(np.int64)
