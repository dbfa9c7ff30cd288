"""A mapping applied: a hospital's files as the tables of the study, with the dictionary of what they hold.

What comes out are sheets that the rest of reading takes as it takes the template's: whatever is wrong in a cell is
found there, by the same checks, and said under the names that the files use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.dictionary import MISSING, Dictionary
from data.paper import remarks
from data.reading import mapping_messages as messages
from data.reading.adam_sources import Sources
from data.reading.cells import LINE, among, distinct, folded, folded_name, lines, numbers, texts, unreadable
from data.reading.dates import are_dates, dates_in
from data.reading.issue import Issue
from data.reading.layout import COLUMNS, day_columns
from data.reading.limits import without_limits
from data.reading.mapped_variables import OwnVariables, cuts_of, with_own
from data.reading.mapping import DEATH, ColumnRole, Mapping, TableRole
from data.reading.numerals import numerals
from data.reading.sheet import Sheet
from data.reading.time_status import DAYS_IN
from data.reading.unit_conversion import PER_KG, conversion
from data.reading.units import UNIT_COLUMNS

MOST_LEVELS = 40
"""A characteristic with more levels is none: no figure can tell so many groups apart."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Mapped:
    """The sheets of the study's tables, the dictionary of what they hold, what was found, and where it came from."""

    sheets: tuple[Sheet, ...]
    dictionary: Dictionary
    issues: tuple[Issue, ...]
    sources: Sources


@dataclass(eq=False)
class _Applying:
    """What is gathered while a mapping is applied; ``starts`` are the days since 1970 of day 0 by patient."""

    dictionary: Dictionary
    own: OwnVariables = field(default_factory=OwnVariables)
    issues: list[Issue] = field(default_factory=list)
    columns: dict[tuple[str, str], str] = field(default_factory=dict)
    start: str = ""
    starts: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    weights: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    measured: list[tuple[Sheet, pd.DataFrame]] = field(default_factory=list)


def mapped(mapping: Mapping, sheets: Sequence[Sheet], dictionary: Dictionary) -> Mapped:
    """The sheets as ``mapping`` says, patients first: what they measure and date needs the patients' day 0."""
    by_name = {sheet.name: sheet for sheet in sheets}
    at = _Applying(dictionary)
    files: dict[str, str] = {}
    ready: dict[str, Sheet] = {}
    deaths = False
    for table in (table for table in mapping.tables if table.sheet in by_name and table.holds == "patients"):
        if "patients" in ready:
            at.issues.append(remarks.table_twice("patients", [files["patients"], table.sheet]))
            continue
        files["patients"] = table.sheet
        ready["patients"], deaths = _patients(by_name[table.sheet], table, at)
    for table in (table for table in mapping.tables if table.sheet in by_name):
        sheet = by_name[table.sheet]
        if table.holds == "measurements":
            at.measured.append((sheet, _measurements(sheet, table, at)))
        elif table.holds in ("reactions", "treatments"):
            if table.holds in ready:
                at.issues.append(remarks.table_twice(table.holds, [files[table.holds], table.sheet]))
            files[table.holds] = table.sheet
            ready[table.holds] = _renamed(sheet, table, at)
        elif table.holds == "left_out":
            at.issues.append(remarks.sheet_left_out(table.sheet))
    if at.measured:
        files["measurements"] = ", ".join(dict.fromkeys(sheet.name for sheet, _ in at.measured))
        ready["measurements"] = _together(at.measured)
    result = with_own(dictionary, at.own, dictionary.drug(mapping.study_drug), deaths=deaths)
    result = _with_window(result, mapping.baseline_window)
    return Mapped(tuple(ready.values()), result, tuple(at.issues), Sources(files, at.columns))


def _with_window(dictionary: Dictionary, days: int) -> Dictionary:
    """The dictionary with the baseline taken from so many days before day 0 on."""
    first, *later = dictionary.visits
    return replace(dictionary, visits=(replace(first, first=first.day - days), *later))


def _together(parts: Sequence[tuple[Sheet, pd.DataFrame]]) -> Sheet:
    cells = pd.concat([part for _, part in parts])
    cells.index.name = LINE
    shape = tuple(entry for sheet in {sheet.name: sheet for sheet, _ in parts}.values() for entry in sheet.issues)
    comma = all(sheet.decimal_comma for sheet, _ in parts)
    return Sheet("measurements", cells, workbook=False, decimal_comma=comma, issues=shape)


def _patients(sheet: Sheet, table: TableRole, at: _Applying) -> tuple[Sheet, bool]:
    """The table of patients, and whether it records deaths."""
    cells = _without_missing(sheet, table, at)
    name = table.sheet
    there: dict[str, pd.Series] = {"patient": _codes(cells, table, at)}
    _read_start(cells, table, there["patient"], at)
    for key in dict.fromkeys(column.name for column in table.of("listed")):
        columns = [column for column in table.of("listed") if column.name == key]
        if len(columns) > 1:
            at.issues.append(messages.several_columns(name, key, [column.column for column in columns]))
        elif key in day_columns(at.dictionary):
            _add(there, key, columns[0], _days(cells, columns[0], there["patient"], name, at), at)
        else:
            _add(there, key, columns[0], cells[columns[0].column], at)
    deaths = _outcomes(sheet, cells, table, there, at) or "death_day" in there
    if not deaths:
        there["death_day"] = pd.Series(np.nan, cells.index, dtype=object)
    weight = table.listed("weight")
    if weight is not None:
        kg = pd.Series(_numbers(sheet, cells[weight.column]), texts(there["patient"]))
        at.weights = kg[~kg.index.duplicated()]
    for column in table.of("factor"):
        _characteristic(name, column, cells, there, at)
    for column in table.of("number"):
        _number(sheet, column, cells, there, at)
    rows = [
        _measured(
            sheet, table, column, cells, there["patient"], pd.Series(str(column.day), cells.index, dtype=object), at
        )
        for column in table.of("laboratory")
    ]
    at.measured += [(sheet, part) for part in rows if len(part)]
    return replace(sheet, name="patients", cells=pd.DataFrame(there, index=cells.index), workbook=False), deaths


def _add(there: dict[str, pd.Series], key: str, column: ColumnRole, cells: pd.Series, at: _Applying) -> None:
    """One column of the patients under its key; the unit of a number stands behind it, and is converted as anywhere."""
    told = key in at.dictionary.number and column.unit in DAYS_IN
    name = f"{key} ({column.unit})" if told and column.unit != at.dictionary.number[key].unit else key
    there[name] = cells
    at.columns[("patients", key)] = at.columns[("patients", name)] = column.column


def _without_missing(sheet: Sheet, table: TableRole, at: _Applying) -> pd.DataFrame:
    """The cells of the columns that are read, codes of a missing value empty."""
    cells = sheet.cells
    changed: dict[str, pd.Series] = {}
    for column in (column for column in table.columns if column.missing and column.role != "left_out"):
        codes = {code_of(code) for code in column.missing}
        gone = among(np.array([code_of(str(text)) for text in texts(cells[column.column])], dtype=object), codes - {""})
        if gone.any():
            changed[column.column] = cells[column.column].mask(gone)
            at.issues.append(
                messages.missing_codes(table.sheet, column.column, lines(cells)[gone].tolist(), column.missing)
            )
    return cells.assign(**changed) if changed else cells


def code_of(text: str) -> str:
    """A code as codes are compared: ``999.0`` is ``999``."""
    try:
        return f"{float(text):g}"
    except ValueError:
        return folded(text)


def _codes(cells: pd.DataFrame, table: TableRole, at: _Applying) -> pd.Series:
    """The code of the patient of every row; rows are numbered where no column gives it."""
    columns = table.of("patient")
    if len(columns) > 1:
        at.issues.append(messages.several_columns(table.sheet, "patient", [column.column for column in columns]))
    if columns:
        at.columns[(table.holds, "patient")] = columns[0].column
        return cells[columns[0].column]
    if table.holds == "patients":
        at.issues.append(messages.rows_numbered(table.sheet, len(cells)))
    return pd.Series([str(n) for n in range(1, len(cells) + 1)], cells.index, dtype=object)


def _read_start(cells: pd.DataFrame, table: TableRole, codes: pd.Series, at: _Applying) -> None:
    columns = table.of("start")
    if len(columns) > 1:
        at.issues.append(messages.several_columns(table.sheet, "start", [column.column for column in columns]))
    if columns:
        at.start = columns[0].column
        starts = pd.Series(_dates(cells, at.start, table.sheet, at), pd.Index(texts(codes)))
        at.starts = starts[~starts.index.duplicated()]


def _dates(cells: pd.DataFrame, column: str, sheet: str, at: _Applying) -> Floats:
    found, row, written = dates_in(cells[column]), lines(cells), texts(cells[column])
    if found.twofold.any():
        at.issues.append(
            messages.twofold_dates(sheet, column, row[found.twofold].tolist(), distinct(written[found.twofold]))
        )
    if found.unread.any():
        at.issues.append(
            messages.unread_dates(sheet, column, row[found.unread].tolist(), distinct(written[found.unread]))
        )
    return found.days


def _days(cells: pd.DataFrame, column: ColumnRole, codes: pd.Series, sheet: str, at: _Applying) -> pd.Series:
    """A column of days; dates become days since the patient's day 0, where a column gives it."""
    written = cells[column.column]
    if not at.start or not are_dates(written):
        return _in_days(sheet, cells, column, at)
    days = _dates(cells, column.column, sheet, at)
    start = at.starts.reindex(texts(codes)).to_numpy(dtype=float)
    lost = ~np.isnan(days) & np.isnan(start)
    if lost.any():
        at.issues.append(messages.start_missing(sheet, column.column, lines(cells)[lost].tolist()))
    there = ~np.isnan(days)
    at.issues.append(messages.dates_read(sheet, column.column, lines(cells)[there].tolist(), at.start))
    return pd.Series([f"{day:.0f}" if np.isfinite(day) else np.nan for day in days - start], cells.index, dtype=object)


def _in_days(sheet: str, cells: pd.DataFrame, column: ColumnRole, at: _Applying) -> pd.Series:
    """Days from weeks, months or years; what is no number stays, for the check to report."""
    written = cells[column.column]
    if column.unit in ("", "days"):
        return written
    value = numbers(numerals(written, comma_separates=False).cells)
    days = np.round(value * DAYS_IN[column.unit])
    there = np.isfinite(days)
    if there.any():
        pairs = {f"{one:g}": f"{day:.0f}" for one, day in zip(value[there], days[there], strict=True)}
        rows = lines(cells)[there].tolist()
        at.issues.append(messages.times_converted(sheet, column.column, rows, column.unit, pairs))
    shown = [f"{day:.0f}" if np.isfinite(day) else cell for day, cell in zip(days, written, strict=True)]
    return pd.Series(shown, cells.index, dtype=object)


def _outcomes(sheet: Sheet, cells: pd.DataFrame, table: TableRole, there: dict[str, pd.Series], at: _Applying) -> bool:
    """Add the days of every endpoint that a time and a status, or a day, gives; return whether deaths are recorded."""
    times, statuses = table.of("time"), table.of("status")
    days = {time.column: _whole_days(sheet, cells[time.column], time.unit) for time in times}
    deaths = False
    for status in statuses:
        time = next((one for one in times if one.name == status.name), times[0] if len(times) == 1 else None)
        if time is None:
            at.issues.append(messages.status_without_time(table.sheet, status.column))
            continue
        if not status.events or not status.name:
            counts = pd.Series(texts(cells[status.column])).value_counts(sort=False)
            codes = {str(code): int(n) for code, n in sorted(counts.items(), key=str) if str(code)}
            at.issues.append(messages.unsettled_status(table.sheet, status.column, codes))
            continue
        had = _had(cells, status, table.sheet, at)
        plain, known = replace(time, unit=""), days[time.column]
        if status.name == DEATH:
            deaths = True
            _add(there, "death_day", plain, known.where(had), at)
        else:
            entry = at.own.add_endpoint(status.name, followed=True)
            _add(there, entry.days[0], plain, known.where(had), at)
            _add(there, entry.last, plain, known, at)
    for column in table.of("event_day"):
        told = _days(cells, column, there["patient"], table.sheet, at)
        if column.name == DEATH:
            deaths = True
            _add(there, "death_day", column, told, at)
        else:
            _add(there, at.own.add_endpoint(column.name or column.column, followed=False).days[0], column, told, at)
    if "last_day" not in there:
        _add_last_day(table, cells, days, there, at)
    return deaths


def _whole_days(sheet: Sheet, cells: pd.Series, unit: str) -> pd.Series:
    """A time in whole days, empty where a cell is no number: what is wrong is reported once, for the last day."""
    value = np.round(_numbers(sheet, cells) * DAYS_IN.get(unit, 1.0))
    return pd.Series([f"{day:.0f}" if np.isfinite(day) else np.nan for day in value], cells.index, dtype=object)


def _had(cells: pd.DataFrame, status: ColumnRole, sheet: str, at: _Applying) -> NDArray[np.bool_]:
    written = np.array([code_of(str(text)) for text in texts(cells[status.column])], dtype=object)
    had = among(written, {code_of(code) for code in status.events})
    empty = written == ""
    if empty.any():
        at.issues.append(messages.blank_status(sheet, status.column, lines(cells)[empty].tolist()))
    at.issues.append(
        messages.outcome_read(sheet, status.column, status.name, status.events, int(had.sum()), len(cells))
    )
    return had


def _add_last_day(
    table: TableRole, cells: pd.DataFrame, days: dict[str, pd.Series], there: dict[str, pd.Series], at: _Applying
) -> None:
    """The last day of follow-up: the time of the endpoint, or of several the longest one of each patient."""
    times = table.of("time")
    if not times:
        at.issues.append(messages.no_follow_up(table.sheet))
        there["last_day"] = pd.Series(np.nan, cells.index, dtype=object)
    elif len(times) == 1:
        one = times[0]
        written = _in_days(table.sheet, cells, one, at) if one.unit else days[one.column]
        _add(there, "last_day", replace(one, unit=""), written, at)
    else:
        longest = pd.concat([pd.to_numeric(written) for written in days.values()], axis=1).max(axis=1)
        _add(there, "last_day", replace(times[0], unit=""), longest, at)
    for time in (time for time in times if not time.unit):
        at.issues.append(messages.unsettled_unit(table.sheet, time.column))


def _numbers(sheet: Sheet, cells: pd.Series) -> Floats:
    """The numbers of a column as they will be read, not a number where a cell is none."""
    return numbers(numerals(cells, comma_separates=not sheet.decimal_comma).cells)


def _characteristic(
    name: str, column: ColumnRole, cells: pd.DataFrame, there: dict[str, pd.Series], at: _Applying
) -> None:
    spellings = dict(at.dictionary.spellings).get(MISSING, ())
    nothing = {folded(word) for word in spellings}
    written = [("" if folded(str(text)) in nothing else str(text)) for text in texts(cells[column.column])]
    first: dict[str, str] = {}
    for text in filter(None, written):
        first.setdefault(_level(text), text)
    words = sorted(first.values(), key=_in_order)
    if not words:
        return
    if len(words) > MOST_LEVELS:
        at.issues.append(messages.too_many_levels(name, column.column, len(words)))
        return
    key = at.own.add_factor(column.name or column.column, words)
    said = [first[_level(text)] if text else np.nan for text in written]
    there[key] = pd.Series(said, cells.index, dtype=object)
    at.columns[("patients", key)] = column.column


def _level(text: str) -> str:
    """A word as levels are told apart: capitals and width do not count, nor zeros behind a decimal sign."""
    return code_of(text)


def _in_order(word: str) -> tuple[float, str]:
    """Numbers by size, then words by the alphabet."""
    try:
        return float(word), ""
    except ValueError:
        return np.inf, word.casefold()


def _amounts(name: str, column: ColumnRole, cells: pd.DataFrame, at: _Applying) -> pd.Series:
    """The cells of a number with limits taken as the visitor says, and words that mean nothing recorded empty."""
    nothing = {folded(word) for word in dict(at.dictionary.spellings).get(MISSING, ())}
    written = texts(cells[column.column])
    plain = cells[column.column].mask(np.array([folded(str(text)) in nothing for text in written], dtype=bool))
    found = without_limits(plain, column.limit)
    which = found.below | found.above
    if which.any():
        taken = ["" if pd.isna(cell) else str(cell) for cell in found.cells[which]]
        pairs = dict(zip(map(str, written[which]), [one or "–" for one in taken], strict=True))
        at.issues.append(messages.limits_read(name, column.column, lines(cells)[which].tolist(), column.limit, pairs))
    return found.cells


def _number(sheet: Sheet, column: ColumnRole, cells: pd.DataFrame, there: dict[str, pd.Series], at: _Applying) -> None:
    name = sheet.name
    written = _amounts(name, column, cells, at)
    read = numerals(written, comma_separates=not sheet.decimal_comma).cells
    value = numbers(read)
    wrong = unreadable(read)
    if wrong.any():
        found = distinct(texts(written)[wrong])
        at.issues.append(messages.no_numbers(name, column.column, lines(cells)[wrong].tolist(), found))
        return
    key = at.own.add_number(column.name or column.column, column.unit, _decimals(value))
    there[key] = written
    at.columns[("patients", key)] = column.column
    if column.groups:
        cuts = cuts_of(value, column.groups, column.cuts)
        if cuts:
            at.own.add_groups(key, cuts)
        elif column.groups == "cuts":
            at.issues.append(messages.no_cuts(name, column.column))


def _decimals(value: Floats) -> int:
    there = value[np.isfinite(value)]
    return next((digits for digits in (0, 1) if np.allclose(there, there.round(digits), atol=1e-9)), 2)


def _measured(
    sheet: Sheet,
    table: TableRole,
    column: ColumnRole,
    cells: pd.DataFrame,
    codes: pd.Series,
    day: pd.Series,
    at: _Applying,
) -> pd.DataFrame:
    """The values of one column as rows of measurements, converted where the visitor says so."""
    written = _amounts(table.sheet, column, cells, at)
    written = _converted(sheet, table, column, written, codes, at)
    value = _numbers(sheet, written)
    name = column.name or column.column
    at.own.add_measure(name, column.shown or column.unit, _decimals(value), at.dictionary)
    rows = pd.DataFrame({"patient": codes, "day": day, "variable": name, "value": written}, index=cells.index)
    return rows[written.notna().to_numpy()]


def _converted(
    sheet: Sheet, table: TableRole, column: ColumnRole, written: pd.Series, codes: pd.Series, at: _Applying
) -> pd.Series:
    target = column.shown or (at.dictionary.measure[column.name].unit if column.name in at.dictionary.measure else "")
    if not column.unit or not target or column.unit == target:
        return written
    factor: float | Floats | None = conversion(column.name, column.unit, target)
    said = f"{factor:.5g}" if isinstance(factor, float) else ""
    if PER_KG in column.unit and column.unit.replace(PER_KG, "") == target:
        factor, said = at.weights.reindex(texts(codes)).to_numpy(dtype=float), "weight"
    if factor is None:
        at.issues.append(messages.unknown_conversion(table.sheet, column.column, column.unit, target))
        return written
    if said == "1":
        return written
    value = _numbers(sheet, written)
    known = ~np.isnan(value)
    at.issues.append(
        messages.converted_values(
            table.sheet, column.column, lines(sheet.cells)[known].tolist(), column.unit, target, said
        )
    )
    result = value * factor
    shown = [
        (f"{number:.12g}" if np.isfinite(number) else np.nan) if there else cell
        for number, there, cell in zip(result, known, written, strict=True)
    ]
    return pd.Series(shown, written.index, dtype=object)


def _measurements(sheet: Sheet, table: TableRole, at: _Applying) -> pd.DataFrame:
    cells = _without_missing(sheet, table, at)
    codes = _codes(cells, table, at)
    day_column = table.listed("day")
    day = (
        pd.Series(np.nan, cells.index, dtype=object)
        if day_column is None
        else _days(cells, day_column, codes, table.sheet, at)
    )
    if day_column is not None:
        at.columns[("measurements", "day")] = day_column.column
    wide = table.of("laboratory")
    if wide:
        parts = [_measured(sheet, table, column, cells, codes, day, at) for column in wide]
        return pd.concat(parts)
    there = {"patient": codes, "day": day}
    for column in (column for column in table.of("listed") if column.name in ("variable", "value")):
        cell = _amounts(table.sheet, column, cells, at) if column.name == "value" else cells[column.column]
        there[column.name] = cell
        at.columns[("measurements", column.name)] = column.column
    told = next((name for name in map(str, cells.columns) if folded_name(name) in UNIT_COLUMNS), None)
    if told is not None:
        there[told] = cells[told]
    return pd.DataFrame(there, index=cells.index)


def _renamed(sheet: Sheet, table: TableRole, at: _Applying) -> Sheet:
    """Reactions or treatments under the names of the study; their dates as days."""
    cells = _without_missing(sheet, table, at)
    codes = _codes(cells, table, at)
    there = {"patient": codes}
    days = partial(_days, cells, codes=codes, sheet=table.sheet, at=at)
    for column in (column for column in table.of("listed") if column.name in COLUMNS[table.holds]):
        there[column.name] = days(column) if column.name == "day" else cells[column.column]
        at.columns[(table.holds, column.name)] = column.column
    return replace(sheet, name=table.holds, cells=pd.DataFrame(there, index=cells.index), workbook=False)
