"""What the words of a file mean: other names of columns and variables, other spellings of levels and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from data.dictionary import Dictionary
from data.entries import Factor, Number
from data.language import say
from data.levels import MISSING, Drug
from data.paper import remarks
from data.reading import number_messages
from data.reading.cells import among, distinct, folded, folded_name, lines, numbers, plain, texts, unreadable
from data.reading.issue import Issue
from data.reading.layout import ALIASES, columns_of, day_columns, words_of
from data.reading.numerals import numerals

_DOSE_FORM = re.compile(
    r"(\s|[0-9.,]|[-()/（）®™・]|mg|mcg|µg|μg|bid|qd|od|daily|day|oral|po|er|xl|xr|hydrate|monohydrate|anhydrous"
    r"|prolongedrelease|extendedrelease|capsules?|caps?|tablets?|tabs?|granules?|カプセル|徐放|錠|顆粒|水和物|経口|内服)*"
)
Read = tuple[pd.DataFrame, list[Issue]]
_ZERO_DECIMALS = re.compile(r"([0-9]+)\.0+")
_AGAIN = re.compile(r" \(column [0-9]+\)$")
"""What stands behind the name of a column that is there once more."""

_BRACKETED = re.compile(r"[(（【\[](.{1,3})[)）】\]]")


def column_meanings(table: str, dictionary: Dictionary) -> dict[str, str]:
    """The columns of one table by every name under which they are found, folded: key, alias or label."""
    known = columns_of(table, dictionary)
    meanings = {folded_name(column): column for column in known}
    given = tuple(entry for entry in dictionary.factors if not entry.derived)
    entries: tuple[Factor | Number, ...] = (*given, *dictionary.numbers)
    names = [(name, column) for column in known for name in ALIASES.get(column, ())]
    names += [(name, entry.key) for entry in entries for name in (*entry.aliases, entry.label)]
    names += [(f"{name} {dictionary.number[key].unit}", key) for name, key in names if key in dictionary.number]
    names += [(f"{entry.key} {entry.unit}", entry.key) for entry in dictionary.numbers]
    days = ("day", *day_columns(dictionary))
    names += [(f"{name}_days", key) for name, key in (*names, *((key, key) for key in known)) if key in days]
    for name, column in names:
        if column in known:
            meanings.setdefault(folded_name(name), column)
    return meanings


def with_known_columns(table: str, cells: pd.DataFrame, dictionary: Dictionary) -> Read:
    """The table with its columns under the names of the dictionary, and a note of those that had another."""
    meanings = column_meanings(table, dictionary)
    taken = {column for column in cells.columns if column in meanings.values()}
    read: dict[str, str] = {}
    notes: list[Issue] = []
    by_key = {str(column): str(column) for column in taken}
    for column in (str(column) for column in cells.columns if column not in taken):
        key = meanings.get(folded_name(_AGAIN.sub("", column)), "")
        if key in by_key:
            if folded_name(_AGAIN.sub("", column)) == folded_name(by_key[key]):
                notes.append(remarks.repeated_column(table, _AGAIN.sub("", column), by_key[key]))
        elif key:
            read[column], by_key[key] = key, column
    return cells.rename(columns=read), [*([remarks.columns_read(table, read)] if read else []), *notes]


def with_known_words(table: str, cells: pd.DataFrame, dictionary: Dictionary) -> Read:
    """The table with the dictionary's words in its coded columns, and a note of every other spelling understood."""
    notes: list[Issue] = []
    columns: dict[str, pd.Series] = {}
    for column, allowed in words_of(table, dictionary).items():
        if column in cells:
            missing = dictionary.factor[column].missing.word if column in dictionary.factor else ""
            meanings = _word_meanings(allowed, missing, dictionary)
            columns[column], found = _translated(table, column, cells[column], meanings, _folded_word)
            notes += found
    if table == "measurements" and "variable" in cells:
        meanings = variable_meanings(dictionary)
        columns["variable"], found = _translated(table, "variable", cells["variable"], meanings, folded_name)
        notes += found
    if table == "treatments" and "drug" in cells:
        written = [word for word in distinct(texts(cells["drug"])) if word]
        meanings = {word: drug_meant(word, dictionary) or word for word in written}
        columns["drug"], found = _translated(table, "drug", cells["drug"], meanings, str)
        notes += found
        notes += _resembling_drugs(cells["drug"], [word for word in written if meanings[word] == word], dictionary)
    if table == "patients" and "cause_of_death" in cells:
        meanings = _word_meanings((), "", dictionary)
        columns["cause_of_death"], found = _translated(
            table, "cause_of_death", cells["cause_of_death"], meanings, _folded_word
        )
        notes += found
    return cells.assign(**columns), notes


def variable_meanings(dictionary: Dictionary) -> dict[str, str]:
    """The measured variables by every name under which they are found, folded; also with their unit behind it."""
    measured = [entry for entry in dictionary.measures if not entry.derived]
    meanings = {folded_name(entry.key): entry.key for entry in measured}
    for entry in measured:
        for name in (*entry.aliases, entry.label):
            meanings.setdefault(folded_name(name), entry.key)
    for entry in (entry for entry in measured if entry.unit):
        for name in (entry.key, *entry.aliases, entry.label):
            meanings.setdefault(folded_name(f"{name} {entry.unit}"), entry.key)
    return meanings


def level_meant(word: str, factor: Factor, dictionary: Dictionary) -> str:
    """The word of the factor's level that a text means, ``MISSING`` for none recorded; blank where it means neither."""
    meanings = _word_meanings(factor.words, factor.missing.word, dictionary)
    return meanings.get(_folded_word(plain(word)), "")


def drug_meant(written: str, dictionary: Dictionary) -> str:
    """The drug of the dictionary that a text names: its name or a brand, with dose form and strength; else empty."""
    text = folded(written)
    for drug in filter(_has_names, dictionary.drugs):
        rest = text
        for name in sorted((folded(name) for name in (drug.word, *drug.names)), key=len, reverse=True):
            rest = rest.replace(name, " ", 1)
        if rest != text and _DOSE_FORM.fullmatch(rest):
            return drug.word
    return ""


def _has_names(drug: Drug) -> bool:
    """Whether the dictionary knows what else files call the drug; others are taken as they are written."""
    return bool(drug.names)


def _resembling_drugs(cells: pd.Series, words: list[str], dictionary: Dictionary) -> list[Issue]:
    """A warning where a drug contains the name of one that the pages ask for, and something else."""
    found: list[Issue] = []
    for drug in filter(_has_names, dictionary.drugs):
        long = [folded(name) for name in (drug.word, *drug.names) if len(name) > 4]
        near = [word for word in words if word != drug.word and any(name in folded(word) for name in long)]
        if near:
            rows = lines(cells.to_frame())[among(texts(cells), near)].tolist()
            found.append(remarks.drug_not_read("treatments", rows, near, drug.word))
    return found


def with_plain_patients(table: str, cells: pd.DataFrame) -> Read:
    """The table with the patients' codes in ordinary width and composed, as they are compared between tables."""
    if "patient" not in cells:
        return cells, []
    written = cells["patient"].map(lambda cell: cell.strip() if isinstance(cell, str) else cell)
    codes = pd.Series(texts(cells["patient"]), cells.index).where(cells["patient"].notna())
    changed = ((codes != written) & codes.notna()).to_numpy()
    notes = []
    if changed.any():
        notes.append(remarks.codes_read(table, lines(cells)[changed].tolist(), distinct(texts(codes)[changed])))
    return cells.assign(patient=codes), notes


def with_numbers(table: str, cells: pd.DataFrame, dictionary: Dictionary, *, decimal_comma: bool) -> Read:
    """The table with numbers in the columns whose cells all can be read as such, and a note of what was understood.

    ``decimal_comma`` says that the comma does not separate the cells of the file.
    """
    notes: list[Issue] = []
    columns: dict[str, pd.Series] = {}
    listed = (*day_columns(dictionary), *dictionary.number) if table == "patients" else ("day", "value")
    meanings = _word_meanings((), "", dictionary)
    for column in (column for column in listed if column in cells):
        column_cells, found = _translated(table, column, cells[column], meanings, _folded_word, words=False)
        notes += found
        row = lines(cells)
        wide = np.array([isinstance(cell, str) and plain(cell) != cell.strip() for cell in column_cells], dtype=bool)
        written = texts(column_cells)
        read = numerals(column_cells, comma_separates=not decimal_comma)
        known = ~unreadable(read.cells)
        for mask, remark in (
            (wide, remarks.full_width),
            (read.decimal_comma, remarks.decimal_comma),
            (read.thousands, remarks.thousands),
            (read.minus, remarks.minus_sign),
        ):
            if (mask & known).any():
                pairs = dict(zip(written[mask & known], texts(read.cells)[mask & known], strict=True))
                notes.append(remark(table, column, row[mask & known].tolist(), pairs))
        twofold = read.ambiguous & known  # what no computer would read is found when the table is checked
        if twofold.any():
            notes.append(
                number_messages.ambiguous_numbers(table, column, row[twofold].tolist(), distinct(written[twofold]))
            )
        columns[column] = read.cells if unreadable(read.cells).any() else _as_numbers(read.cells)
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


def _folded_word(text: str) -> str:
    """A word as levels are compared: ``1.0`` as 1 and ``(+)`` as +, as tables of other programs write them."""
    word = folded(text)
    bracketed, whole = _BRACKETED.fullmatch(word), _ZERO_DECIMALS.fullmatch(word)
    return bracketed.group(1) if bracketed else whole.group(1) if whole else word


def _translated(
    table: str,
    column: str,
    cells: pd.Series,
    meanings: dict[str, str],
    fold: Callable[[str], str],
    *,
    words: bool = True,
) -> tuple[pd.Series, list[Issue]]:
    """The cells by their meanings; ``words`` that no meaning is known for in ordinary characters, numbers unchanged."""
    written = np.array([str(cell).strip() for cell in cells.fillna("")], dtype=object) if words else texts(cells)
    codes, values = pd.factorize(written)
    ordinary = [plain(str(value)) for value in values]
    meant = np.array([meanings.get(fold(value), value) if value else "" for value in ordinary], dtype=object)
    changed = meant != values
    if not changed.any():
        return cells, []
    row, notes = lines(cells.to_frame()), []
    counts = dict(zip(values.tolist(), np.bincount(codes, minlength=len(values)).tolist(), strict=True))
    gone, other = changed & (meant == MISSING), changed & (meant != MISSING)
    if other.any():
        pairs = dict(zip(values[other].tolist(), meant[other].tolist(), strict=True))
        notes.append(remarks.words_read(table, column, row[other[codes]].tolist(), pairs, counts))
    if gone.any():
        pairs = dict.fromkeys(values[gone].tolist(), say("not recorded"))
        notes.append(remarks.missing_read(table, column, row[gone[codes]].tolist(), pairs, counts))
    result = pd.Series(meant[codes], cells.index)
    return result.mask(result.isin(["", MISSING])), notes
