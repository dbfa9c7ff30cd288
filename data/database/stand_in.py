"""What the words of a database mean: the reader is shown a few rows that hold each of them once, and no patient.

A file is understood cell by cell, with spellings, codes of missing values and words of other languages. A database is
understood by the same reader: of every column that holds words it is shown the different ones, in rows made up for it,
and of every number the smallest and the largest. What it makes of them is what a query makes of every row.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.database import messages
from data.database.source import Source
from data.dictionary import Dictionary
from data.reading.cells import LINE, as_text, folded_name
from data.reading.check import issues
from data.reading.check_values import unknown_variables
from data.reading.layout import TEXTS, day_columns
from data.reading.mapped import MOST_LEVELS, mapped
from data.reading.mapping import ColumnRole, Mapping, TableRole
from data.reading.read import new_measures, tables_of
from data.reading.sheet import Sheet
from data.reading.time_status import DAYS_IN
from data.reading.units import UNIT_COLUMNS

START, DAY = pd.Timestamp("2020-01-01"), 1000
"""Every made-up patient begins on this day, and whatever happens, happens on this one."""

MOST_WORDS = 500
"""Of a column with more different words than this a query says that it holds no words."""

Words = tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Understood:
    """The dictionary of what a database holds, and what the words in its columns mean.

    ``mapping`` has the cuts of numbers settled. ``words`` holds, by sheet and column, the different values as the
    database writes them; ``meant`` what the reader made of each: for a factor its code, for anything else the word of
    the study (None: nothing recorded). ``problems`` are sentences that repeat no value; with any of them nothing opens.
    """

    mapping: Mapping
    dictionary: Dictionary
    words: MappingOf[tuple[str, str], Words]
    meant: MappingOf[tuple[str, str], tuple[Any, ...]]
    problems: tuple[str, ...]


def null() -> Any:
    """A number that is not recorded."""
    import ibis

    return ibis.null("float64")


def understood(source: Source, mapping: Mapping, dictionary: Dictionary) -> Understood:
    """What the tables that ``mapping`` names hold; only different words and ends of numbers are asked for."""
    problems: list[str] = []
    words: dict[tuple[str, str], Words] = {}
    sheets: list[Sheet] = []
    settled: list[TableRole] = []
    # Patients last: whoever is shown a word in another table must be among them.
    for table in sorted(mapping.tables, key=lambda one: one.holds == "patients"):
        if table.holds == "left_out":
            continue
        try:
            held = source.table(table.sheet)
        except KeyError:
            problems.append(messages.no_table(table.sheet))
            continue
        lost = [one.column for one in table.columns if one.role != "left_out" and one.column not in held.columns]
        if lost:
            problems += [messages.no_column(table.sheet, column) for column in lost]
            continue
        found = [_settled(source, held, column, table, problems) for column in table.columns]
        settled.append(replace(table, columns=tuple(found)))
        if not problems:
            least = max((len(sheet.cells) for sheet in sheets), default=1) if table.holds == "patients" else 1
            sheets.append(_sheet(source, held, settled[-1], words, problems, dictionary, least))
    mapping = replace(mapping, tables=tuple(settled))
    if problems:
        return Understood(mapping, dictionary, words, {}, tuple(problems))
    read = mapped(mapping, sheets, dictionary)
    wrong = [one for one in read.issues if one.severity == "error"]
    tables, more = tables_of(read.sheets, read.dictionary, refused=bool(wrong))
    wrong += [one for one in more if one.severity == "error"]
    if tables is not None:
        wrong += [one for one in issues(tables, read.dictionary) if one.severity == "error"]
    if tables is None or wrong:
        return Understood(mapping, read.dictionary, words, {}, tuple(one.sentence for one in wrong))
    known = read.dictionary.with_measures(
        new_measures(tables, unknown_variables(tables.measurements, read.dictionary), read.dictionary)
    )
    cohort = cohort_from(tables, Provenance("imported", "", ""), known)
    shown = {sheet.name: len(sheet.cells) for sheet in sheets}
    return Understood(mapping, known, words, _meant(cohort, tables, mapping, words, read.sources.columns, shown), ())


def is_date(held: Any, column: str) -> bool:
    """Whether a column of a table holds dates."""
    kind = held[column].type()
    return bool(kind.is_date() or kind.is_timestamp())


def _settled(source: Source, held: Any, column: ColumnRole, table: TableRole, problems: list[str]) -> ColumnRole:
    """A column with its groups as cuts: where a median lies only the whole table says."""
    numeric = column.role in ("number", "laboratory", "time") or (column.role, column.name) == ("listed", "value")
    if numeric and not held[column.column].type().is_numeric():
        problems.append(messages.no_number(table.sheet, column.column))
        return column
    if column.role != "number" or column.groups not in ("median", "tertiles"):
        return column
    points = {"median": (0.5,), "tertiles": (1 / 3, 2 / 3)}[column.groups]
    value = _known(held, column).cast("float64")
    asked = held.aggregate(**{f"q{k}": value.quantile(point) for k, point in enumerate(points)})
    row = source.answer(asked).iloc[0].tolist()
    cuts = tuple(float(cut) for cut in row if cut is not None and np.isfinite(cut))
    return replace(column, groups="cuts", cuts=cuts)


def _known(held: Any, column: ColumnRole) -> Any:
    """A column of numbers without the codes that mean nothing was recorded."""
    value = held[column.column]
    for code in column.missing:
        try:
            value = value.nullif(float(code))
        except ValueError:
            continue
    return value


def _sheet(
    source: Source,
    held: Any,
    table: TableRole,
    words: dict[tuple[str, str], Words],
    problems: list[str],
    dictionary: Dictionary,
    least: int,
) -> Sheet:
    if table.holds == "measurements" and any(folded_name(name) in UNIT_COLUMNS for name in held.columns):
        problems.append(messages.unit_column(table.sheet))
    shown = {
        column.column: _shown(source, held, table, column, words, problems, dictionary)
        for column in table.columns
        if column.role not in ("left_out", "patient")
    }
    rows = max((len(one.cells) for one in shown.values()), default=1)
    rows = max(rows, least)
    cells: dict[str, list[str | None]] = {one.column: [f"P{n + 1}" for n in range(rows)] for one in table.of("patient")}
    for name, one in shown.items():
        rest = one.cells[0] if one.cells and one.everywhere else None
        cells[name] = [*one.cells, *[rest] * (rows - len(one.cells))]
    made = pd.DataFrame(cells, dtype=object).replace("", None)
    made.index = pd.Index(range(2, rows + 2), name=LINE)
    return Sheet(table.sheet, made, workbook=False)


@dataclass(frozen=True)
class _Shown:
    """What the reader is shown of a column, in the first rows; ``everywhere`` the first of it in all others too."""

    cells: list[str]
    everywhere: bool = False


def _shown(  # noqa: PLR0911 - a kind of column is a line
    source: Source,
    held: Any,
    table: TableRole,
    column: ColumnRole,
    words: dict[tuple[str, str], Words],
    problems: list[str],
    dictionary: Dictionary,
) -> _Shown:
    listed = column.name if column.role == "listed" else ""
    date = is_date(held, column.column)
    if column.role == "start":
        return _Shown([f"{START:%Y-%m-%d}"], everywhere=True)
    if column.role in ("time", "event_day") or listed in day_columns(dictionary):
        return _Shown([_day(column, date=date)], everywhere=column.role == "time" or listed == "last_day")
    if listed == "day":
        return _Shown([f"{START:%Y-%m-%d}" if date else "0"], everywhere=True)
    if listed == "value":
        return _Shown(_values(source, held, table, column), everywhere=True)
    if column.role in ("number", "laboratory") or listed in dictionary.number:
        return _Shown(_ends(source, held, column))
    if listed in TEXTS:
        return _Shown([])
    found = _words(source, held, table, column, words, problems)
    return _Shown(found, everywhere=column.role == "status" or table.holds != "patients")


def _values(source: Source, held: Any, table: TableRole, column: ColumnRole) -> list[str]:
    """For each measured variable, in the order of its words, a value with as many decimals as any of it has."""
    variable = table.listed("variable")
    if variable is None:
        return ["1"]
    rows = held.select(word=held[variable.column], value=_known(held, column).cast("float64"))
    rows = rows.filter(rows["word"].notnull())
    asked = rows.group_by("word").aggregate(**_witnesses(rows["value"])).order_by("word")
    found = source.answer(asked)[["two", "one", "high"]].to_numpy(dtype=float)
    return ["1" if np.isnan(row).all() else repr(float(row[~np.isnan(row)][0])) for row in found]


def _witnesses(value: Any) -> dict[str, Any]:
    """The ends of a number, and one value that is not whole, and one with two decimals, if there are."""
    odd, odder = ((value - value.round(digits)).abs() > 1e-9 for digits in (0, 1))
    return {
        "low": value.min(),
        "high": value.max(),
        "one": odd.ifelse(value, null()).min(),
        "two": odder.ifelse(value, null()).min(),
    }


def _day(column: ColumnRole, *, date: bool) -> str:
    if date:
        return f"{START + pd.Timedelta(days=DAY):%Y-%m-%d}"
    return repr(DAY / DAYS_IN.get(column.unit, 1.0)) if column.unit not in ("", "days") else str(DAY)


def _ends(source: Source, held: Any, column: ColumnRole) -> list[str]:
    row = source.answer(held.aggregate(**_witnesses(_known(held, column).cast("float64")))).iloc[0]
    return [repr(float(one)) for one in row.tolist() if one is not None and np.isfinite(one)]


def _words(
    source: Source,
    held: Any,
    table: TableRole,
    column: ColumnRole,
    words: dict[tuple[str, str], Words],
    problems: list[str],
) -> list[str]:
    name = column.column
    found = source.answer(held.select(word=held[name]).distinct().order_by("word").limit(MOST_WORDS + 1))
    there = tuple(word for word in found["word"].tolist() if not pd.isna(word))
    if len(there) > (MOST_LEVELS if column.role in ("factor", "status") else MOST_WORDS):
        problems.append(messages.too_many_words(table.sheet, name))
        there = ()
    words[table.sheet, name] = there
    return [as_text(word) for word in there]


def _meant(
    cohort: Cohort,
    tables: Tables,
    mapping: Mapping,
    words: MappingOf[tuple[str, str], Words],
    sources: MappingOf[tuple[str, str], str],
    shown: MappingOf[str, int],
) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What the reader made of each word: of a factor's its code, of any other the word that the study has for it."""
    found: dict[tuple[str, str], tuple[Any, ...]] = {}
    for (holds, key), name in sources.items():
        sheet = next((one.sheet for one in mapping.tables if one.holds == holds and _has(one, name)), None)
        if sheet is None or (sheet, name) not in words:
            continue
        n = len(words[sheet, name])
        factor = cohort.dictionary.factor.get(key) if holds == "patients" else None
        if factor is not None and not factor.derived:
            found[sheet, name] = tuple(cohort.codes(factor)[:n].tolist())
            continue
        read: pd.DataFrame = getattr(tables, holds)
        if key in read:
            first = (
                len(read) - shown[sheet]
            )  # values that stand in the table of patients come before a table of their own
            cells = read[key].tolist()[first : first + n]
            found[sheet, name] = tuple(None if pd.isna(word) else str(word) for word in cells)
    return found


def _has(table: TableRole, name: str) -> bool:
    return any(column.column == name for column in table.columns)
