"""What the words of a file mean: other names of columns and variables, other spellings of levels and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from data import remarks
from data.cells import folded, folded_name, lines, numbers, plain, texts, unreadable
from data.dictionary import MISSING, Dictionary, Factor, Number
from data.issue import Issue
from data.layout import ALIASES, columns_of, day_columns, words_of

Read = tuple[pd.DataFrame, list[Issue]]
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


def column_meanings(table: str, dictionary: Dictionary) -> dict[str, str]:
    """The columns of one table by every name under which they are found, folded: key, alias or label."""
    known = columns_of(table, dictionary)
    meanings = {folded_name(column): column for column in known}
    given = tuple(entry for entry in dictionary.factors if not entry.derived)
    entries: tuple[Factor | Number, ...] = (*given, *dictionary.numbers)
    names = [(name, column) for column in known for name in ALIASES.get(column, ())]
    names += [(name, entry.key) for entry in entries for name in (*entry.aliases, entry.label)]
    for name, column in names:
        if column in known:
            meanings.setdefault(folded_name(name), column)
    return meanings


def with_known_columns(table: str, cells: pd.DataFrame, dictionary: Dictionary) -> Read:
    """The table with its columns under the names of the dictionary, and a note of those that had another."""
    meanings = column_meanings(table, dictionary)
    taken = {column for column in cells.columns if column in meanings.values()}
    names: dict[str, str] = {}
    for column in (str(column) for column in cells.columns):
        key = meanings.get(folded_name(column), "")
        if key and key not in taken:
            names[column] = key
            taken.add(key)
    return cells.rename(columns=names), [remarks.columns_read(table, names)] if names else []


def with_known_words(table: str, cells: pd.DataFrame, dictionary: Dictionary) -> Read:
    """The table with the dictionary's words in its coded columns, and a note of every other spelling understood."""
    notes: list[Issue] = []
    columns: dict[str, pd.Series] = {}
    for column, allowed in words_of(table, dictionary).items():
        if column in cells:
            missing = dictionary.factor[column].missing if column in dictionary.factor else ""
            meanings = _word_meanings(allowed, missing, dictionary)
            columns[column], found = _translated(table, column, cells[column], meanings, folded)
            notes += found
    if table == "measurements" and "variable" in cells:
        measured = [entry for entry in dictionary.measures if not entry.derived]
        meanings = {folded_name(entry.key): entry.key for entry in measured}
        for entry in measured:
            for name in (*entry.aliases, entry.label):
                meanings.setdefault(folded_name(name), entry.key)
        columns["variable"], found = _translated(table, "variable", cells["variable"], meanings, folded_name)
        notes += found
    return cells.assign(**columns), notes


def with_numbers(table: str, cells: pd.DataFrame, dictionary: Dictionary, *, decimal_comma: bool) -> Read:
    """The table with numbers in the columns whose cells all can be read as such, and a note of what was understood."""
    notes: list[Issue] = []
    columns: dict[str, pd.Series] = {}
    listed = (*day_columns(dictionary), *dictionary.number) if table == "patients" else ("day", "value")
    meanings = _word_meanings((), "", dictionary)
    for column in (column for column in listed if column in cells):
        column_cells, found = _translated(table, column, cells[column], meanings, folded)
        notes += found
        written, row = texts(column_cells), lines(cells)
        wide = np.array([isinstance(cell, str) and plain(cell) != cell.strip() for cell in column_cells], dtype=bool)
        wide &= ~unreadable(column_cells)
        if wide.any():
            notes.append(remarks.full_width(table, column, row[wide].tolist()))
        commas = np.array(
            [decimal_comma and _DECIMAL_COMMA.fullmatch(cell) is not None for cell in written], dtype=bool
        )
        if commas.any():
            column_cells = pd.Series(np.where(commas, pd.Series(written).str.replace(",", "."), written), cells.index)
            notes.append(remarks.decimal_comma(table, column, row[commas].tolist()))
        columns[column] = column_cells if unreadable(column_cells).any() else _as_numbers(column_cells)
    return cells.assign(**columns), notes


def _as_numbers(cells: pd.Series) -> pd.Series:
    value = numbers(cells)
    whole = len(value) > 0 and bool(np.isfinite(value).all()) and bool((value % 1 == 0).all())
    return pd.Series(value.astype(np.int64) if whole else value, cells.index)


def _word_meanings(allowed: tuple[str, ...], missing: str, dictionary: Dictionary) -> dict[str, str]:
    """The allowed words by every spelling, folded; ``MISSING`` for what files write where nothing was recorded."""
    meanings = {folded(word): word for word in allowed}
    spellings = dict(dictionary.spellings)
    for word in (*allowed, MISSING):
        for spelling in spellings.get(word, ()):
            meanings.setdefault(folded(spelling), word)
    if missing:
        meanings.setdefault(folded(missing), MISSING)
    return meanings


def _translated(
    table: str, column: str, cells: pd.Series, meanings: dict[str, str], fold: Callable[[str], str]
) -> tuple[pd.Series, list[Issue]]:
    written = texts(cells)
    codes, values = pd.factorize(written)
    meant = np.array([meanings.get(fold(value), value) if value else "" for value in values], dtype=object)
    changed = meant != values
    if not changed.any():
        return cells, []
    row, notes = lines(cells.to_frame()), []
    gone, other = changed & (meant == MISSING), changed & (meant != MISSING)
    if other.any():
        words = dict(zip(values[other].tolist(), meant[other].tolist(), strict=True))
        notes.append(remarks.words_read(table, column, row[other[codes]].tolist(), words))
    if gone.any():
        notes.append(remarks.missing_read(table, column, row[gone[codes]].tolist(), values[gone].tolist()))
    result = pd.Series(meant[codes], cells.index)
    return result.mask(result.isin(["", MISSING])), notes
