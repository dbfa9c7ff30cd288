"""Columns whose name gives another unit of time than the dictionary's: ``last_day (months)`` is read as days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.dictionary import Dictionary
from data.reading import doubtful_messages
from data.reading.cells import folded_name, lines, numbers
from data.reading.issue import Issue
from data.reading.layout import day_columns
from data.reading.synonyms import column_meanings
from data.reading.time_status import DAYS_IN

_WORDS = {
    "days": r"days?|日数|日",
    "weeks": r"weeks?|wks?|週数|週間?",
    "months": r"months?|mos?|[ヶヵかカケ箇]月数?|月数",
    "years": r"years?|yrs?|年数|年間?",
}
_OTHER = re.compile(
    r"(?P<before>.+?)[\s_\-(（\[]+(in[\s_]+)?(?P<unit>{0})[)）\]]?|(?P<first>{0})[\s_]+(?P<after>.+)".format(
        "|".join(_WORDS.values())
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ColumnUnit:
    """A column of a file under its name there, the column that it is, and its unit and the one read (``DAYS_IN``)."""

    written: str
    key: str
    unit: str
    read: str


def column_units(table: str, columns: Iterable[str], dictionary: Dictionary) -> tuple[ColumnUnit, ...]:
    """The columns whose name gives another unit of time than is read, as far as it is plain which column they are."""
    meanings = column_meanings(table, dictionary)
    names = [str(column) for column in columns]
    taken = {meanings[folded_name(name)] for name in names if folded_name(name) in meanings}
    found: list[ColumnUnit] = []
    for name in names:
        told = _OTHER.fullmatch(name.strip()) if folded_name(name) not in meanings else None
        if told is None:
            continue
        unit = next(unit for unit, words in _WORDS.items() if re.fullmatch(words, _unit(told), re.IGNORECASE))
        key = next((meanings[stem] for stem in _stems(told) if stem in meanings), "")
        read = _read_unit(table, key, dictionary)
        if read not in ("", unit) and key not in taken:
            taken.add(key)
            found.append(ColumnUnit(name, key, unit, read))
    return tuple(found)


def time_unit_of(name: str) -> str:
    """The unit of time that the name of a column gives (``DAYS_IN``), blank where it gives none."""
    told = _OTHER.fullmatch(name.strip())
    word = _unit(told) if told is not None else name.strip()
    return next((unit for unit, words in _WORDS.items() if re.fullmatch(words, word, re.IGNORECASE)), "")


def _unit(told: re.Match[str]) -> str:
    return str(told["unit"] or told["first"])


def _stems(told: re.Match[str]) -> tuple[str, ...]:
    """The name without its unit, and with days in the place of it."""
    if told["after"]:
        return (folded_name(told["after"]), folded_name(f"days {told['after']}"))
    return tuple(folded_name(f"{told['before']} {word}") for word in ("", "day", "days"))


def _read_unit(table: str, key: str, dictionary: Dictionary) -> str:
    if table != "patients" or not key:
        return "days" if key == "day" else ""
    if key in day_columns(dictionary):
        return "days"
    return dictionary.number[key].unit if key in dictionary.number and dictionary.number[key].unit in DAYS_IN else ""


def renamed(cells: pd.DataFrame, units: Iterable[ColumnUnit]) -> pd.DataFrame:
    """The table with those columns under the names that are read."""
    return cells.rename(columns={one.written: one.key for one in units})


def converted(table: str, cells: pd.DataFrame, units: Iterable[ColumnUnit]) -> tuple[pd.DataFrame, list[Issue]]:
    """The table with the numbers of those columns in the unit that is read, days whole; and what is said of it.

    What is no number stays as it stands, for the check to report.
    """
    columns: dict[str, pd.Series] = {}
    notes: list[Issue] = []
    for one in units:
        number = numbers(cells[one.key])
        there = np.isfinite(number)
        value = number * DAYS_IN[one.unit] / DAYS_IN[one.read]
        value = np.round(value) if one.read == "days" else value
        columns[one.key] = (
            pd.Series(value, cells.index)
            if cells[one.key].isna().to_numpy()[~there].all()
            else cells[one.key].astype(object).where(~there, pd.Series(value, cells.index).astype(object))
        )
        if there.any():
            pairs: Mapping[str, str] = dict(
                zip([f"{count:g}" for count in number[there]], [f"{day:g}" for day in value[there]], strict=True)
            )
            notes.append(
                doubtful_messages.unit_of_column(
                    table, one.written, lines(cells)[there].tolist(), one.unit, one.read, pairs
                )
            )
    return cells.assign(**columns), notes
