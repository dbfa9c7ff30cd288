"""Columns of many patients, each in as few bytes as its values allow without losing a digit, made when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_PLACES = 3
"""Digits behind the point that are tried; numbers with more stay as they are."""

AT_ONCE = 1 << 18
"""Rows that are looked at together, so that what is only needed on the way stays small."""

WHOLE = (np.int16, np.int32, np.int64)
"""What whole numbers are held in. The smallest of each stands for a number that is not there."""

LARGEST_WHOLE = 1 << 53
"""Beyond this a float no longer tells neighbouring whole numbers apart."""

MOST_IN_A_TABLE = 100_000
"""Patients of whom a table with all columns is kept once it was asked for."""

EVERY = slice(None)


@dataclass(frozen=True, eq=False)
class Numbers:
    """Numbers of R rows: ``held`` as whole numbers of 10 to the power of minus ``places``; None where it holds floats.

    Whole numbers are half or a quarter of a float's size, and dividing them gives the very float that was there.
    """

    held: NDArray[Any]
    places: int | None

    @property
    def whole(self) -> bool:
        """Whether all numbers are whole."""
        return self.places == 0

    def at(self, rows: Any = EVERY) -> NDArray[np.float64]:
        """The numbers of these rows, not a number where there is none."""
        taken = self.held[rows]
        if self.places is None:
            return np.asarray(taken, dtype=np.float64)
        found: NDArray[np.float64] = taken.astype(np.float64)
        lost = taken == np.iinfo(taken.dtype).min
        if self.places:
            found /= 10.0**self.places
        if lost.any():
            found[lost] = np.nan
        return found


def numbers(values: NDArray[Any]) -> Numbers:
    """The values, whole or not a number, in as few bytes as give each of them back."""
    given = np.asarray(values, dtype=np.float64)
    for places in range(MOST_PLACES + 1):
        largest = _largest_whole(given, 10.0**places)
        if largest is not None:
            kind = next(one for one in WHOLE if largest < np.iinfo(one).max)
            held = np.empty(len(given), dtype=kind)
            for start in range(0, len(given), AT_ONCE):
                part = np.rint(given[start : start + AT_ONCE] * 10.0**places)
                held[start : start + AT_ONCE] = np.where(np.isnan(part), np.iinfo(kind).min, part)
            return Numbers(held, places)
    return Numbers(given.copy(), None)


def _largest_whole(given: NDArray[np.float64], unit: float) -> float | None:
    """The largest size of the numbers counted in 1 / ``unit``; None where that would change one."""
    largest = 0.0
    for start in range(0, len(given), AT_ONCE):
        part = given[start : start + AT_ONCE]
        part = part[~np.isnan(part)]
        size = np.rint(part * unit)
        largest = max(largest, float(np.abs(size).max(initial=0)))
        if largest >= LARGEST_WHOLE or not np.array_equal(size / unit, part):
            return None
    return largest


@dataclass(frozen=True, eq=False)
class Levels:
    """Levels of R rows: the position of each in ``words`` in one byte or two, -1 where it has none."""

    codes: NDArray[np.signedinteger[Any]]
    words: pd.Index[str]

    def categorical(self, rows: Any = EVERY) -> pd.Categorical[str]:
        """The levels of these rows by their words."""
        return pd.Categorical.from_codes(self.codes[rows], categories=self.words)


def levels(codes: NDArray[Any], words: Iterable[str]) -> Levels:
    """Levels from their positions."""
    listed = pd.Index(list(words), dtype=object)
    if len(listed) < np.iinfo(np.int8).max:
        return Levels(codes.astype(np.int8), listed)
    return Levels(codes.astype(np.int16 if len(listed) < np.iinfo(np.int16).max else np.int32), listed)


Held = Numbers | Levels | pd.Series
"""A column: numbers, levels, or as a file gave it."""


class Made(Protocol):
    """A column that is made when it is asked for."""

    def of(self, patients: PatientColumns) -> Held:
        """The column of all patients."""


@dataclass(frozen=True, eq=False)
class PatientColumns:
    """The columns of a study's patients: those ``given``, and those that are ``made`` when they are asked for first.

    ``order`` is that in which they stand, ``kinds`` of which type the numbers of files were.
    """

    n: int
    given: Mapping[str, Held]
    made: Mapping[str, Made] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    kinds: Mapping[str, Any] = field(default_factory=dict)
    _found: dict[str, Held] = field(default_factory=dict, init=False, repr=False)

    def __contains__(self, key: str) -> bool:
        """Whether there is such a column."""
        return key in self.given or key in self.made

    def column(self, key: str) -> Held:
        """The column as it is held. Raises KeyError where there is none."""
        if key in self.made:
            if key not in self._found:
                self._found[key] = self.made[key].of(self)
            return self._found[key]
        return self.given[key]

    def numbers(self, key: str, rows: Any = EVERY) -> NDArray[np.float64]:
        """The numbers of these rows, not a number where there is none, (n,)."""
        held = self.column(key)
        if isinstance(held, Numbers):
            return held.at(rows)
        return self.series(key, rows).to_numpy(dtype=float)

    def codes(self, key: str, rows: Any = EVERY) -> NDArray[np.int64]:
        """The positions of these rows' levels, -1 where there is none, (n,)."""
        held = self.column(key)
        found = held.codes if isinstance(held, Levels) else self.series(key).cat.codes.to_numpy()
        return np.asarray(found[rows], dtype=np.int64)

    def series(self, key: str, rows: Any = EVERY) -> pd.Series:
        """A column of these rows as pandas has it."""
        held = self.column(key)
        if isinstance(held, Levels):
            return pd.Series(held.categorical(rows), name=key)
        if isinstance(held, Numbers):
            return pd.Series(held.at(rows).astype(self.kinds.get(key, np.float64)), name=key)
        return held if isinstance(rows, slice) else held.iloc[rows].reset_index(drop=True)

    def frame(self, rows: Any = EVERY) -> pd.DataFrame:
        """All columns of these rows. Where there are few patients the table is made once, and rows taken of it."""
        if self.n <= MOST_IN_A_TABLE and not isinstance(rows, slice):
            return self._whole.take(rows).reset_index(drop=True)
        return self._whole if self.n <= MOST_IN_A_TABLE else self._table(rows)

    @cached_property
    def _whole(self) -> pd.DataFrame:
        return self._table(EVERY)

    def _table(self, rows: Any) -> pd.DataFrame:
        return pd.DataFrame({key: self.series(key, rows) for key in self.order})


def columns_of(frame: pd.DataFrame) -> PatientColumns:
    """The columns of a table in which nothing is left to be made."""
    rows = frame.reset_index(drop=True)
    found = {str(key): held(rows[key]) for key in rows.columns}
    return PatientColumns(len(rows), found, {}, tuple(found), kinds_of(rows))


def held(cells: pd.Series) -> Held:
    """A column of a table: numbers coded, levels by their positions, anything else as it is."""
    if isinstance(cells.dtype, pd.CategoricalDtype) and not cells.cat.ordered and cells.cat.categories.dtype == object:
        return levels(cells.cat.codes.to_numpy(), cells.cat.categories)
    if cells.dtype in (np.dtype(np.float64), np.dtype(np.int64)):
        return numbers(cells.to_numpy())
    return cells


def kinds_of(frame: pd.DataFrame) -> dict[str, Any]:
    """Of which type the whole numbers of a table are, by column."""
    return {str(key): kind for key, kind in frame.dtypes.items() if kind == np.dtype(np.int64)}
