"""Days of endpoints from the times, statuses and dates that a mapping names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.reading import mapping_messages as messages
from data.reading.cells import among, lines, texts
from data.reading.mapped_cells import (
    Applying,
    code_of,
    days_of,
    in_days,
    numbers_of,
)
from data.reading.mapping import DEATH, ColumnRole, Further, TableRole
from data.reading.sheet import Sheet
from data.reading.time_status import DAYS_IN


def add_outcomes(
    sheet: Sheet, cells: pd.DataFrame, table: TableRole, there: dict[str, pd.Series], at: Applying
) -> bool:
    """Add the days of every endpoint that a time and a status, or a day, gives; return whether deaths are recorded.

    A status without a time of its own is that of the last day.
    """
    times, statuses = table.of("time"), table.of("status")
    days = {time.column: _whole_days(sheet, cells[time.column], time.unit) for time in times}
    deaths = False
    for status in statuses:
        time = next((one for one in times if one.name == status.name), times[0] if len(times) == 1 else None)
        known = days[time.column] if time is not None else there.get("last_day")
        time = time or table.listed("last_day")
        if time is None or known is None:
            at.issues.append(messages.status_without_time(table.sheet, status.column))
            continue
        if not all(one.name and one.events for one in status.endpoints):
            counts = pd.Series(texts(cells[status.column])).value_counts(sort=False)
            codes = {str(code): int(n) for code, n in sorted(counts.items(), key=str) if str(code)}
            at.issues.append(messages.unsettled_status(table.sheet, status.column, codes))
            continue
        _add_blank(cells, status, table.sheet, at)
        plain = replace(time, unit="")
        for one in status.endpoints:
            had = _had(cells, status, one, table.sheet, at)
            if one.name == DEATH:
                deaths = True
                _add_death(there, plain, known.where(had), table, at)
            else:
                entry = at.own.add_endpoint(one.name, followed=True)
                add_column(there, entry.days[0], plain, known.where(had), at)
                add_column(there, entry.last, plain, known, at)
    for column in table.of("event_day"):
        told = days_of(cells, column, there["patient"], table.sheet, at)
        if column.name == DEATH:
            deaths = True
            _add_death(there, column, told, table, at)
        else:
            add_column(
                there, at.own.add_endpoint(column.name or column.column, followed=False).days[0], column, told, at
            )
    if "last_day" not in there:
        _add_last_day(table, cells, days, there, at)
    return deaths


def _add_death(
    there: dict[str, pd.Series], column: ColumnRole, days: pd.Series, table: TableRole, at: Applying
) -> None:
    """The days of death, which one column gives and no second one replaces."""
    if "death_day" in there:
        found = [*(one.column for one in table.columns if DEATH in {entry.name for entry in one.endpoints})]
        listed = table.listed("death_day")
        at.issues.append(
            messages.several_columns(table.sheet, DEATH, [*([listed.column] if listed is not None else []), *found])
        )
    else:
        add_column(there, "death_day", column, days, at)


def _whole_days(sheet: Sheet, cells: pd.Series, unit: str) -> pd.Series:
    """A time in whole days, empty where a cell is no number: what is wrong is reported once, for the last day."""
    value = np.round(numbers_of(sheet, cells) * DAYS_IN.get(unit, 1.0))
    return pd.Series([f"{day:.0f}" if np.isfinite(day) else np.nan for day in value], cells.index, dtype=object)


def _had(cells: pd.DataFrame, status: ColumnRole, endpoint: Further, sheet: str, at: Applying) -> NDArray[np.bool_]:
    """Who had the event of one endpoint of a status, (rows,)."""
    had = among(_codes(cells, status), {code_of(code) for code in endpoint.events})
    at.issues.append(
        messages.outcome_read(sheet, status.column, endpoint.name, endpoint.events, int(had.sum()), len(cells))
    )
    return had


def _add_blank(cells: pd.DataFrame, status: ColumnRole, sheet: str, at: Applying) -> None:
    """Say of whom no status is known."""
    empty = _codes(cells, status) == ""
    if empty.any():
        at.issues.append(messages.blank_status(sheet, status.column, lines(cells)[empty].tolist()))


def _codes(cells: pd.DataFrame, status: ColumnRole) -> NDArray[np.object_]:
    return np.array([code_of(str(text)) for text in texts(cells[status.column])], dtype=object)


def _add_last_day(
    table: TableRole, cells: pd.DataFrame, days: dict[str, pd.Series], there: dict[str, pd.Series], at: Applying
) -> None:
    """The last day of follow-up: the time of the endpoint, or of several the longest one of each patient."""
    times = table.of("time")
    if not times:
        at.issues.append(messages.no_follow_up(table.sheet))
        there["last_day"] = pd.Series(np.nan, cells.index, dtype=object)
    elif len(times) == 1:
        one = times[0]
        written = in_days(table.sheet, cells, one, at) if one.unit else days[one.column]
        add_column(there, "last_day", replace(one, unit=""), written, at)
    else:
        longest = pd.concat([pd.to_numeric(written) for written in days.values()], axis=1).max(axis=1)
        add_column(there, "last_day", replace(times[0], unit=""), longest, at)
    for time in (time for time in times if not time.unit):
        at.issues.append(messages.unsettled_unit(table.sheet, time.column))


def add_column(there: dict[str, pd.Series], key: str, column: ColumnRole, cells: pd.Series, at: Applying) -> None:
    """One column of the patients under its key; the unit of a number stands behind it, and is converted as anywhere."""
    told = key in at.dictionary.number and column.unit in DAYS_IN
    name = f"{key} ({column.unit})" if told and column.unit != at.dictionary.number[key].unit else key
    there[name] = cells
    at.columns[("patients", key)] = at.columns[("patients", name)] = column.column
