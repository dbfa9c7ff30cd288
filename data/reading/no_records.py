"""Rows below the header that hold no record: the header once more, or the units of its columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.reading import text_messages
from data.reading.cells import folded, folded_name, numbers, plain
from data.reading.issue import Issue
from data.reading.units import UNIT_COLUMNS

Row = tuple[int, list[str]]
"""A line of the file and its cells."""

FEWEST = 2
"""So many names of columns in one row, or units beside other words, do not stand there by chance."""

_TIMES = {
    "days": ("day", "days", "日", "日数", "日間"),
    "weeks": ("wk", "wks", "week", "weeks", "週", "週間"),
    "months": (
        "mo",
        "mos",
        "month",
        "months",
        "月",
        "ヶ月",
        "か月",
        "カ月",
        "ケ月",
        "ヵ月",
        "箇月",
        "ヶ月間",
        "か月間",
    ),
    "years": ("yr", "yrs", "year", "years", "年", "年間", "歳", "才"),
}
_SPELLED = {word: unit for unit, words in _TIMES.items() for word in words}
_LETTERS = {"d": "days", "y": "years", "m": "m", "g": "g", "l": "l"}
"""Units of one letter, which are also codes (``m`` is a man, ``y`` is yes): units only in brackets."""

_PLAIN = frozenset(
    {"%", "kg", "lb", "lbs", "cm", "mm", "mmhg", "torr", "kpa", "mg", "µg", "ug", "ml", "bpm", "kg/m2", "l/min", "/mm3"}
)
_RATIO = re.compile(r"([kmun]?i?u|[mkunpµ]?g|[munp]?mol|[uµ]?kat|cells?|copies)?/([mduµ]?l|day|日|d|kg)")
_SIGNS = "()[]（）［］"
_SAYS_UNIT = frozenset({*UNIT_COLUMNS, "(unit)", "(units)", "[unit]", "[units]"})
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "."})


@dataclass(frozen=True)
class Records:
    """The rows below a header that hold a record, the names of their columns, and what is said of the other rows."""

    header: list[str]
    rows: list[Row]
    issues: tuple[Issue, ...]


def records(file: str, header: list[str], body: Sequence[Row], known: Collection[str]) -> Records:
    """The records among the rows below a header; ``known`` are the known names of columns, folded.

    A row that repeats the header, and one of units right below it, are left out and reported. Where a unit is not the
    one that is read it becomes part of the name of its column, as if it stood in the header. A row that may hold units
    or may not, and names of columns in another order, after which nothing is read, are errors.
    """
    names = [folded_name(cell) for cell in header]
    kept: list[Row] = []
    repeated: list[int] = []
    units: list[Row] = []
    doubtful: list[Row] = []
    issues: list[Issue] = []
    below_header = True
    for line, row in body:
        if _holds_names(row, names):
            if not _in_place(row, names):
                issues.append(text_messages.names_in_another_order(file, line))
                break
            repeated.append(line)
            below_header = True
            continue
        certain = _holds_units(row, header) if below_header else None
        if certain is None:
            kept.append((line, row))
        elif certain and (not units or _folded(units[0][1]) == _folded(row)) and (units or not kept):
            units.append((line, row))
        else:
            doubtful.append((line, row))
        below_header = False
    if repeated:
        issues.append(text_messages.repeated_header(file, repeated))
    if units:
        told = [f"{column}: {cell}" for column, cell in zip(header, units[0][1], strict=False) if column and unit(cell)]
        issues.append(text_messages.units_below_header(file, [line for line, _ in units], told))
    issues += [
        text_messages.doubtful_units(file, line, [cell for cell in row if folded(cell) not in _NOTHING])
        for line, row in doubtful
    ]
    return Records(list(with_units(header, units[0][1] if units else [], known)), kept, tuple(issues))


def unit(cell: str) -> str:
    """The unit that a cell holds and nothing else, times in plain English; empty where it holds another thing."""
    text = folded(cell)
    bare = text.strip(_SIGNS)
    if bare != text and bare in _LETTERS:
        return _LETTERS[bare]
    text = bare
    text = text.replace("μ", "µ")
    if text in _SPELLED:
        return _SPELLED[text]
    return plain(cell).strip(_SIGNS).strip() if text in _PLAIN or _RATIO.fullmatch(text) else ""


def unit_told(column: str) -> str:
    """The unit that the name of a column gives in brackets or as its last word; empty where it gives none.

    ``last_day`` names a day and gives no unit, ``last_day_days`` and ``last_day (day)`` do.
    """
    *before, last = re.split(r"[\s_(\[（［]+", column.strip())
    bare = last.strip(_SIGNS)
    return unit(f"({bare})") if before and not (bare == last and folded(bare) == "day") else ""


def _holds_names(row: Sequence[str], names: Collection[str]) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) >= FEWEST and all((name := folded_name(cell)) and name in names for cell in filled)


def _in_place(row: Sequence[str], names: Sequence[str]) -> bool:
    return all(not cell or folded_name(cell) == name for cell, name in zip(row, names, strict=False))


def _holds_units(row: Sequence[str], header: Sequence[str]) -> bool | None:
    """Whether the row holds units and nothing else; None where it is a record, False where it has more.

    More are other words, and units other than the names of the columns give. A row with a number is a record: data
    sets have several columns of units.
    """
    cells = list(zip(header, row, strict=False))
    found = [at for at, (column, cell) in enumerate(cells) if unit(cell) and folded_name(column) not in UNIT_COLUMNS]
    others = [
        cell for cell in row if folded(cell) not in _NOTHING and folded(cell) not in _SAYS_UNIT and not unit(cell)
    ]
    contradicted = any(
        folded(unit_told(column)) not in ("", folded(unit(cell))) for column, cell in cells if unit(cell)
    )
    if not others and not contradicted and found and (found[0] > 0 or len(found) >= FEWEST):
        return True
    return False if len(found) >= FEWEST and not np.isfinite(numbers(pd.Series(others))).any() else None


def with_units(header: Sequence[str], row: Sequence[str], known: Collection[str]) -> Iterator[str]:
    """The names of the columns, each with the unit below it unless that is the one which is read anyway."""
    for at, column in enumerate(header):
        told = unit(row[at]) if at < len(row) else ""
        own = folded_name(f"{column} {told}") in known or folded_name(column) in UNIT_COLUMNS or unit_told(column)
        yield column if own or not told or not column else f"{column} ({told})"


def _folded(row: Sequence[str]) -> list[str]:
    return [folded(cell) for cell in row if cell]
