"""What stands in the columns of a file, as far as it is needed to say what they are: first values, codes and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.reading.cells import MISSING_CODES, distinct, numbers, texts, unreadable
from data.reading.dates import are_dates, dates_in
from data.reading.limits import beyond, without_limits
from data.reading.numerals import numerals
from data.reading.sheet import Sheet

FIRST = 4
"""So many of the first different values of a column are shown."""

MOST_CODES = 12
"""Of a column with so many different values or fewer, how often each of them stands there is counted."""

NOTHING = frozenset({"na", "n/a", "n.a.", "nan", "null", ".", "none", "未検", "未測定", "不明"})
"""What files write where nothing was recorded, whatever the column, in small letters."""


@dataclass(frozen=True)
class ColumnContent:
    """A column of a file: ``rows`` of them ``filled``, ``distinct`` values, the ``first`` ones.

    ``codes`` counts each value where there are few. ``numeric`` says that every cell is a number, a limit or nothing;
    ``whole`` that these are whole. ``limits`` counts cells such as ``<0.5``, ``coded`` are numbers that look like codes
    of a missing value. ``twofold`` is a date of the column that can be read in two ways, blank without one.
    """

    column: str
    rows: int
    filled: int
    distinct: int
    first: tuple[str, ...]
    codes: Mapping[str, int]
    numeric: bool
    whole: bool
    dates: bool
    limits: int
    coded: tuple[str, ...] = ()
    lowest: float = np.nan
    highest: float = np.nan
    twofold: str = ""

    @property
    def constant(self) -> bool:
        """Whether it tells the patients apart in no way."""
        return self.distinct < 2


@dataclass(frozen=True)
class SheetContent:
    """A sheet of the files: its name, how many rows it has, and its columns."""

    sheet: str
    rows: int
    columns: tuple[ColumnContent, ...]

    def of(self, column: str) -> ColumnContent:
        """The column of this name. Raises KeyError for an unknown one."""
        return {one.column: one for one in self.columns}[column]


def contents_of(sheet: Sheet) -> SheetContent:
    """What stands in every column of a sheet."""
    return SheetContent(
        sheet.name,
        len(sheet.cells),
        tuple(_content(str(name), sheet.cells[name], comma=sheet.decimal_comma) for name in sheet.cells.columns),
    )


def _content(name: str, cells: pd.Series, *, comma: bool) -> ColumnContent:
    written = np.array([one if one.lower() not in NOTHING else "" for one in map(str, texts(cells))], dtype=object)
    there = [one for one in distinct(written) if one]
    filled = int((written != "").sum())
    plain = pd.Series(written, cells.index)
    limits = beyond(plain)
    read = numerals(without_limits(plain, "limit").cells, comma_separates=not comma).cells
    numeric = filled > 0 and not unreadable(read).any()
    value = numbers(read) if numeric else np.array([])
    value = value[np.isfinite(value)]
    few = len(there) <= MOST_CODES
    counts = pd.Series(written[written != ""] if few else [], dtype=object).value_counts(sort=False)
    codes = {str(code): int(n) for code, n in counts.items()}
    coded = _coded(value) if numeric else ()
    dated = not numeric and are_dates(plain)
    return ColumnContent(
        name,
        len(cells),
        filled,
        len(there),
        tuple(there[:FIRST]),
        dict(sorted(codes.items(), key=lambda pair: (_as_number(pair[0]), pair[0]))),
        numeric,
        numeric and bool((value % 1 == 0).all()),
        dated,
        int(limits.sum()),
        coded,
        float(value.min(initial=np.inf)) if len(value) else np.nan,
        float(value.max(initial=-np.inf)) if len(value) else np.nan,
        _twofold(plain) if dated else "",
    )


def _twofold(cells: pd.Series) -> str:
    found = dates_in(cells).twofold
    return str(texts(cells)[found][0]) if found.any() else ""


def _as_number(code: str) -> float:
    try:
        return float(code)
    except ValueError:
        return np.inf


def _coded(value: NDArray[np.float64]) -> tuple[str, ...]:
    """Numbers that files write for a missing value, and that lie far from all others of the column."""
    found = [one for one in np.unique(value) if MISSING_CODES.fullmatch(f"{one:g}")]
    rest = value[~np.isin(value, found)]
    if not found or not len(rest):
        return ()
    low, high = float(rest.min()), float(np.abs(rest).max())
    return tuple(f"{one:g}" for one in found if one < 0 <= low or one > 2 * high)
