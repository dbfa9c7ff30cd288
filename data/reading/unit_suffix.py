"""Numbers with their unit behind them, ``71歳`` or ``12.5 mg/dL``: the number stays, the unit goes to its column.

Only where every cell of a column has the same unit is it taken off: between ``12 months`` and ``12`` nothing shows
whether the second has the unit of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.dictionary import Dictionary
from data.levels import MISSING
from data.reading import number_messages
from data.reading.cells import Mask, distinct, folded, folded_name, lines, texts
from data.reading.no_records import unit, with_units
from data.reading.sheet import Sheet
from data.reading.synonyms import column_meanings
from data.reading.units import UNIT_COLUMNS

_WITH_UNIT = re.compile(
    r"(?P<number>[<>≤≥≦≧]?=?\s*[+\-−–]?[0-9](?:[0-9.,'’\u2009\u202f ]*[0-9.])?)\s*(?P<unit>[^0-9.,\s].*)", re.DOTALL
)
_LETTERS = ("d", "y")
"""Letters that are units behind a number; ``m`` may be metres, minutes or months."""

_LONGEST = 40
"""A longer cell is a remark."""

_MONTH, _YEAR, _CALENDAR = ("月", "月份"), "年", 1900
"""``3月`` is March, and ``2019年`` a year of the calendar: neither counts months or years."""


def without_units(sheet: Sheet, dictionary: Dictionary) -> Sheet:
    """The sheet with plain numbers in the columns whose cells all have the same unit behind their numbers.

    The unit becomes part of the name of the column, as if it stood in the header, unless that is the one which is read
    anyway. Where a row holds one of several measured variables, the units become a column of their own: then it is
    each variable whose cells all have one or none.
    """
    if sheet.cells.empty:
        return sheet
    meanings = column_meanings("measurements", dictionary)
    codes = column_meanings("patients", dictionary)
    nothing = frozenset(folded(word) for word in dict(dictionary.spellings).get(MISSING, ()))
    names = [str(name) for name in sheet.cells.columns]
    by_meaning = {meanings[folded_name(name)]: name for name in names if folded_name(name) in meanings}
    found: dict[str, str] = {}
    changed: dict[str, NDArray[np.object_]] = {}
    issues = []
    for name in names:
        if name != by_meaning.get("value") and not _begins_with_unit(sheet.cells[name], nothing):
            continue
        if codes.get(folded_name(name)) == "patient":
            continue
        numbers, units, empty = _split(sheet.cells[name], nothing)
        row, written = lines(sheet.cells), texts(sheet.cells[name])
        if name == by_meaning.get("value") and "variable" in by_meaning and not _told(names):
            variable = texts(sheet.cells[by_meaning["variable"]])
            told_of = pd.Series(units != "")[~empty].groupby(variable[~empty])
            if (told_of.any() & ~told_of.all()).any() or (numbers[~empty] == "").any() or not (units != "").any():
                continue
            changed[UNIT_COLUMNS[0]] = units
        else:
            told = set(units[~empty])
            if len(told) != 1 or "" in told or not _renamed(name, said := told.pop(), names, codes):
                continue
            found[name] = said
        there = units != ""
        changed[name] = np.where(there, numbers, written)
        issues.append(
            number_messages.units_behind(
                sheet.name, name, row[there].tolist(), dict(zip(written[there], numbers[there], strict=True)),
                distinct(units[there]),
            )
        )  # fmt: skip
    if not changed:
        return sheet
    read = {column: pd.Series(cells, sheet.cells.index).replace("", np.nan) for column, cells in changed.items()}
    cells = sheet.cells.assign(**read)
    new = dict(zip(names, _names(names, found, codes), strict=True))
    labels = {new.get(column, column): label for column, label in sheet.labels.items()}
    return replace(sheet, cells=cells.rename(columns=new), issues=(*sheet.issues, *issues), labels=labels)


def _begins_with_unit(cells: pd.Series, nothing: frozenset[str]) -> bool:
    """Whether the first filled cell is a number with a unit, or nothing: all others are looked at only then."""
    if pd.api.types.is_numeric_dtype(cells):
        return False
    filled = np.flatnonzero(cells.notna().to_numpy())
    text = str(texts(cells.iloc[filled[:1]])[0]) if len(filled) else ""
    return bool(text) and (_parts(text) is not None or folded(text) in nothing)


def _split(cells: pd.Series, nothing: frozenset[str]) -> tuple[NDArray[np.object_], NDArray[np.object_], Mask]:
    """Every cell's number and unit, blank where it is no number with a unit, and which cells hold nothing, (rows,)."""
    codes, values = pd.factorize(texts(cells))
    pairs = [_parts(str(text)) or (str(text) if _is_number(str(text)) else "", "") for text in values]
    empty = [folded(str(text)) in nothing or not text for text in values]
    numbers, units = (np.array(side, dtype=object)[codes] for side in zip(*pairs, strict=True))
    return numbers, units, np.array(empty, dtype=np.bool_)[codes]


def _parts(text: str) -> tuple[str, str] | None:
    """The number of a cell and the unit behind it; None where it holds anything else."""
    found = _WITH_UNIT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    behind = found["unit"].strip()
    told = unit(f"({behind})") if behind in _LETTERS else unit(behind)
    if not told or behind in _MONTH or (behind == _YEAR and _is_calendar(found["number"])):
        return None
    return found["number"].strip(), told


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+\-−–]?[0-9][0-9.,]*", text) is not None


def _is_calendar(number: str) -> bool:
    return number.isdigit() and int(number) >= _CALENDAR


def _told(names: Sequence[str]) -> bool:
    """Whether a column gives the unit of every row."""
    return any(folded_name(name) in UNIT_COLUMNS for name in names)


def _renamed(name: str, told: str, names: Sequence[str], codes: dict[str, str]) -> bool:
    """Whether the column can take the unit into its name: no other column is called so."""
    new = next(_names([name], {name: told}, codes))
    return new == name or new not in names


def _names(names: Sequence[str], units: dict[str, str], known: dict[str, str]) -> Iterator[str]:
    return with_units(names, [units.get(name, "") for name in names], known)
