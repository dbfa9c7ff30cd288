"""What the columns of a hospital's files are: a value that is proposed, settled on screen, saved and used again.

It holds names of columns, codes and units, and nothing of a patient.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as MappingOf
from dataclasses import asdict, dataclass, fields, replace
from pathlib import PurePath
from typing import Any, Literal, get_args

from data.reading.dates import Order

Holds = Literal["patients", "measurements", "reactions", "treatments", "left_out"]
Role = Literal[
    "left_out", "patient", "start", "listed", "time", "status", "event_day", "factor", "number", "laboratory"
]
Groups = Literal["", "median", "tertiles", "cuts"]
Limit = Literal["half", "limit", "missing"]

DEATH = "death"
"""The name of the endpoint whose event is death; any other name is that of an endpoint of the hospital's own."""

USUAL_WINDOW, LONGEST_WINDOW = 28, 3650
"""Days before day 0 from which a value may be the baseline: the study's own, and the most that can be said."""

FORMAT = "myoscope-mapping-1"
"""What a saved mapping begins with, and its version."""


@dataclass(frozen=True)
class Further:
    """Another endpoint of the same status: its name, and the codes that are its event."""

    name: str = ""
    events: tuple[str, ...] = ()


@dataclass(frozen=True)
class ColumnRole:
    """What one column of a file is.

    ``name`` is, by role: the key of the dictionary's entry (``listed``, and ``laboratory`` where it lists the value),
    the name of the endpoint (``time``, ``status``, ``event_day``; blank while it is not settled), or how the variable
    is called (``factor``, ``number``, ``laboratory``). ``unit`` is the unit in which the file writes it, ``shown`` the
    one it is converted to where that is another. ``events`` are the codes of a status that are the event, ``missing``
    the codes that mean nothing was recorded, ``day`` the day of a laboratory value that has a column of its own.
    ``groups`` says how a number is divided into groups, ``cuts`` at which numbers if the visitor says so; ``limit``
    what is taken for a value such as ``<0.5``; ``order`` says whether the day or the month stands first in dates that
    do not show it. ``also`` are further endpoints of a status, such as death or transplant
    beside death alone; they have its time. ``censored`` are the other codes that a status had when it was saved.
    """

    column: str
    role: Role = "left_out"
    name: str = ""
    unit: str = ""
    shown: str = ""
    events: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    groups: Groups = ""
    cuts: tuple[float, ...] = ()
    limit: Limit = "half"
    day: int = 0
    order: Order = ""
    also: tuple[Further, ...] = ()
    censored: tuple[str, ...] = ()

    @property
    def endpoints(self) -> tuple[Further, ...]:
        """Every endpoint that a status gives, its first one and those beside it."""
        return (Further(self.name, self.events), *self.also)


@dataclass(frozen=True)
class TableRole:
    """Which table of the study a sheet of the files holds, and what each of its columns is."""

    sheet: str
    holds: Holds
    columns: tuple[ColumnRole, ...]

    def of(self, *roles: Role) -> tuple[ColumnRole, ...]:
        """The columns of these roles, in their order in the file."""
        return tuple(column for column in self.columns if column.role in roles)

    def listed(self, key: str) -> ColumnRole | None:
        """The column that is the dictionary's ``key``, if one is."""
        return next((column for column in self.columns if column.role == "listed" and column.name == key), None)


@dataclass(frozen=True)
class Mapping:
    """What every column of every sheet is, and the drug that is studied (blank: none).

    The baseline is the last value within ``baseline_window`` days before day 0, or on it.
    """

    tables: tuple[TableRole, ...]
    study_drug: str = ""
    baseline_window: int = USUAL_WINDOW

    def holding(self, holds: Holds) -> tuple[TableRole, ...]:
        """The sheets that hold one table of the study."""
        return tuple(table for table in self.tables if table.holds == holds)

    def with_column(self, sheet: str, column: ColumnRole) -> Mapping:
        """The same mapping with another role for one column of one sheet."""
        return replace(
            self, tables=tuple(_with(table, column) if table.sheet == sheet else table for table in self.tables)
        )

    def with_table(self, sheet: str, holds: Holds) -> Mapping:
        """The same mapping with another table of the study for one sheet."""
        return replace(self, tables=tuple(replace(t, holds=holds) if t.sheet == sheet else t for t in self.tables))

    def with_unit(self, sheet: str, column: str, unit: str) -> Mapping:
        """The same mapping with the unit in which a column is written."""
        return self.with_column(sheet, replace(self.column(sheet, column), unit=unit))

    def with_event(self, sheet: str, status: str, name: str, events: tuple[str, ...] | None = None) -> Mapping:
        """The same mapping with the event of a status called so, and its time with it; ``events`` are its codes."""
        column = self.column(sheet, status)
        times = next(table for table in self.tables if table.sheet == sheet).of("time")
        own = next((one for one in times if one.name == column.name), times[0] if len(times) == 1 else None)
        codes = column.events if events is None else events
        named = self.with_column(sheet, replace(column, name=name, events=codes))
        return named if own is None else named.with_column(sheet, replace(own, name=name))

    def column(self, sheet: str, name: str) -> ColumnRole:
        """What one column of a sheet is. Raises StopIteration for an unknown one."""
        table = next(table for table in self.tables if table.sheet == sheet)
        return next(column for column in table.columns if column.column == name)

    @property
    def measures(self) -> bool:
        """Whether any sheet holds measured values, of which one may be the baseline."""
        return bool(self.holding("measurements")) or any(table.of("laboratory") for table in self.holding("patients"))

    @property
    def unsettled(self) -> tuple[tuple[str, ColumnRole], ...]:
        """The columns of which the visitor still has to say something, each with its sheet: nobody can guess it."""
        return tuple(
            (table.sheet, column)
            for table in self.tables
            for column in table.of("time", "status")
            if table.holds == "patients"
            and not (
                all(one.name and one.events for one in column.endpoints) if column.role == "status" else column.unit
            )
        )


def _with(table: TableRole, column: ColumnRole) -> TableRole:
    return replace(table, columns=tuple(column if one.column == column.column else one for one in table.columns))


def saved(mapping: Mapping) -> bytes:
    """The mapping as a small file of text; what is left out or at its usual value is not written."""
    tables = [
        {"sheet": table.sheet, "holds": table.holds, "columns": [_plain(column) for column in table.columns]}
        for table in mapping.tables
    ]
    told = {
        "format": FORMAT,
        "study_drug": mapping.study_drug,
        "baseline_window": mapping.baseline_window,
        "tables": tables,
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def described(mapping: Mapping) -> bytes:
    """All that the mapping says, without the names of files and sheets, and without what is left out of them."""
    tables = [
        {
            "holds": table.holds,
            "columns": [_plain(replace(one, censored=())) for one in table.columns if one.role != "left_out"],
        }
        for table in mapping.tables
        if table.holds != "left_out"
    ]
    return json.dumps([mapping.study_drug, mapping.baseline_window, tables], ensure_ascii=False).encode()


def _plain(column: ColumnRole) -> dict[str, Any]:
    usual = ColumnRole(column.column)
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in asdict(column).items()
        if key in ("column", "role") or value != getattr(usual, key)
    }


def mapping_in(content: bytes) -> Mapping:
    """The mapping that a file of ``saved`` holds. Raises ValueError, with nothing of the file in it, for any other."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
        if told["format"] != FORMAT:
            return _refused()
        tables = tuple(
            TableRole(str(table["sheet"]), _one_of(Holds, table["holds"]), tuple(map(_column, table["columns"])))
            for table in told["tables"]
        )
        return Mapping(tables, str(told.get("study_drug", "")), _window(told.get("baseline_window", USUAL_WINDOW)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no saved mapping") from error


def _refused() -> Mapping:
    raise ValueError("another format")


def _column(told: MappingOf[str, Any]) -> ColumnRole:
    known = {field.name for field in fields(ColumnRole)}
    if set(told) - known:
        raise ValueError("unknown words")
    values = dict(told)
    for key, kind in (("role", Role), ("groups", Groups), ("limit", Limit), ("order", Order)):
        if key in values:
            values[key] = _one_of(kind, values[key])
    for key in ("events", "missing", "censored"):
        values[key] = tuple(map(str, values.get(key, ())))
    values["also"] = tuple(Further(str(one["name"]), tuple(map(str, one["events"]))) for one in values.get("also", ()))
    values["cuts"] = tuple(map(float, values.get("cuts", ())))
    values["day"] = int(values.get("day", 0))
    for key in ("column", "name", "unit", "shown"):
        values[key] = str(values.get(key, ""))
    return ColumnRole(**values)


def _window(told: object) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or not 0 <= told <= LONGEST_WINDOW:
        raise ValueError("no number of days")
    return told


def _one_of(kind: Any, value: object) -> Any:
    if value not in get_args(kind):
        raise ValueError("unknown word")
    return value


def fitted(kept: Mapping, proposed: Mapping) -> tuple[Mapping, tuple[tuple[str, str], ...]]:
    """A saved mapping on other files, and the columns that it names and they lack, each with its sheet.

    A sheet is known by its name, or else by having most columns in common. Columns and sheets that the saved mapping
    does not name are as they are proposed; but no sheet becomes the table that another already is.
    """
    free = list(kept.tables)
    names = {_stem(table.sheet) for table in proposed.tables}
    found: list[tuple[TableRole, TableRole | None]] = []
    for table in proposed.tables:
        known = _like(table, free, names)
        found.append((table, known))
        free = [one for one in free if one is not known]
    once = {known.holds for _, known in found if known is not None} - {"measurements"}
    tables: list[TableRole] = []
    lacking: list[tuple[str, str]] = []
    for table, known in found:
        if known is None:
            tables.append(replace(table, holds="left_out") if table.holds in once else table)
            continue
        roles = {column.column: column for column in known.columns}
        there = {column.column for column in table.columns}
        lacking += [
            (table.sheet, one.column) for one in known.columns if one.role != "left_out" and one.column not in there
        ]
        columns = tuple(roles.get(column.column, column) for column in table.columns)
        tables.append(TableRole(table.sheet, known.holds, columns))
    lacking += [(table.sheet, "") for table in free if table.holds != "left_out"]
    return replace(kept, tables=tuple(tables)), tuple(lacking)


def still_lacking(
    kept: Mapping, settled: Mapping, missing: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str, Role | None], ...]:
    """Of what ``fitted`` found missing that which no other column has become, with what it was; None for a table.

    A column is found again where another one of its sheet is the same: has the same role, and the same name where the
    role has one of its own.
    """
    were = {(column.column, column.role): column for table in kept.tables for column in table.columns}
    found: list[tuple[str, str, Role | None]] = []
    for sheet, name in missing:
        if not name:
            found.append((sheet, name, None))
            continue
        was = next(one for (column, role), one in were.items() if column == name and role != "left_out")
        there = next(table for table in settled.tables if table.sheet == sheet)
        named = was.role not in ("patient", "start", "time")
        again = any(one.role == was.role and (not named or one.name in (was.name, "")) for one in _added(kept, there))
        if not again and there.holds != "left_out":
            found.append((sheet, name, was.role))
    return tuple(found)


def _added(kept: Mapping, table: TableRole) -> tuple[ColumnRole, ...]:
    """The columns of a sheet that the saved mapping does not name."""
    names = {column.column for one in kept.tables for column in one.columns}
    return tuple(column for column in table.columns if column.column not in names)


def _like(table: TableRole, kept: list[TableRole], names: set[str]) -> TableRole | None:
    """The saved table of this name, or the one most alike among those whose own name no other sheet has."""
    named = next((one for one in kept if _stem(one.sheet) == _stem(table.sheet)), None)
    if named is not None:
        return named
    there = {column.column for column in table.columns}
    others = [one for one in kept if _stem(one.sheet) not in names]
    shared = [(len(there & {column.column for column in one.columns}), one) for one in others]
    most, best = max(shared, key=lambda pair: pair[0], default=(0, None))
    return best if best is not None and 2 * most > len(best.columns) else None


def _stem(sheet: str) -> str:
    return PurePath(sheet).stem
