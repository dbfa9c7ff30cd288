"""Every further variable of ADSL as a characteristic or a number of the patients, with the words that stand there.

Left out are dates, codes of subjects, what is the same for everybody and what another variable gives as well; and, by
name, texts with more than ``MOST_LEVELS`` different words, and what becomes known only after the first dose: patients
compared by that would be compared by their future.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from data.dictionary import Dictionary
from data.levels import MISSING
from data.reading import adam_variable_messages as messages
from data.reading.adam_values import Dataset, number, text
from data.reading.cells import distinct, folded, unreadable
from data.reading.issue import Issue
from data.reading.mapped_variables import OwnVariables, cuts_of

MOST_LEVELS = 12
"""A text with more different words is free text, or a code."""

MOST_VARIABLES = 40
"""So many variables are taken over, in the order of the file."""

ARMS = ("TRT01A", "TRT01P", "ACTARM", "ARM")
"""The treatment, as taken before as planned."""

_CODES = frozenset({"STUDYID", "SUBJID", "INVID", "INVNAM", "SITEID", "DOMAIN", "AGEU"})
_DATES = re.compile(r"\w*(DT|DTC|DTM|TM|DTF|TMF|DY|SDT|EDT)")
_AFTERWARDS = re.compile(
    r"(TRT\d*|TR\d\d)(DUR|DURD)\w*|AVGDD|CUMDOSE\w*|COMP\w*|DISC\w*|DSR\w*|DTH\w*|LDDTH\w*|EO[ST]\w*|DC[DRST]\w+|VISNUM\w*"
)
_GROUPS, _FIRST_NUMBER = re.compile(r"\w*GR\d+"), re.compile(r"\d+(\.\d+)?")
_NOT_IN_FLAG = frozenset({"Y", ""})


@dataclass
class Variables:
    """The columns of patients that were made, by their ids, and the variable that each is; ``issues`` say how."""

    columns: dict[str, pd.Series] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def variables_of(adsl: Dataset, taken: Collection[str], own: OwnVariables, dictionary: Dictionary) -> Variables:
    """The further variables of ADSL, added to ``own``; ``taken`` are columns that are read for something else."""
    found, cells = Variables(), adsl.cells
    left: dict[str, list[str]] = {"after": [], "words": [], "more": []}
    seen: set[tuple[str, ...]] = set()
    nothing = {folded(word) for word in dict(dictionary.spellings).get(MISSING, ())}
    arms = [column for column in ARMS if column in cells]
    for column in (*arms, *(str(column) for column in cells.columns if column not in arms)):
        if column in taken or column in _CODES or _DATES.fullmatch(column):
            continue
        words = _words(cells, column, nothing)
        levels = distinct(words[words != ""])
        if len(levels) < 2 or _is_code_of_another(cells, column):
            continue
        if _AFTERWARDS.fullmatch(column):
            left["after"].append(column)
            continue
        numeric = not _GROUPS.fullmatch(column) and not unreadable(pd.Series(words).replace("", np.nan)).any()
        if not numeric and len(levels) > min(MOST_LEVELS, (words != "").sum() - 1):
            left["words"].append(column)
            continue
        if tuple(words) in seen:
            continue
        seen.add(tuple(words))
        if len(found.names) == MOST_VARIABLES:
            left["more"].append(column)
            continue
        label = adsl.labels.get(column) or column
        if numeric and len(levels) > 2:
            key = _add_number(cells, column, label, own)
        else:
            key = own.add_factor(label, _in_order(cells, column, words, levels))
        found.columns[key] = pd.Series(np.where(words == "", np.nan, words), cells.index, dtype=object)
        found.names[key] = column
    if found.names:
        found.issues.append(messages.variables(adsl.name, list(found.names.values())))
    found.issues += [messages.left_out(adsl.name, why, columns) for why, columns in left.items() if columns]
    return found


def _words(cells: pd.DataFrame, column: str, nothing: Collection[str]) -> np.ndarray:
    """The words of a variable, blank where nothing is recorded; a flag that is Y or blank is N where it is blank."""
    words = np.array(["" if folded(str(word)) in nothing else str(word) for word in text(cells, column)], dtype=object)
    if column.endswith("FL") and set(words) == _NOT_IN_FLAG:
        words = np.where(words == "", "N", words)
    return words


def _is_code_of_another(cells: pd.DataFrame, column: str) -> bool:
    """Whether a variable numbers or codes the words of another one, as TRT01PN and ARMCD do those of TRT01P and ARM."""
    numbers = column.endswith("N") and column[:-1] in cells and not unreadable(cells[column]).any()
    return numbers or (column.endswith("CD") and column[:-2] in cells)


def _in_order(cells: pd.DataFrame, column: str, words: np.ndarray, levels: Sequence[str]) -> list[str]:
    """The words by the numbers that the variable with N behind its name gives them.

    Without one placebo is first, and the others stand by what they begin with.
    """
    order = number(cells, f"{column}N")
    place = {word: np.unique(order[(words == word) & ~np.isnan(order)]) for word in levels}
    if all(len(numbers) == 1 for numbers in place.values()):
        return sorted(levels, key=lambda word: float(place[word][0]))
    return sorted(levels, key=lambda word: ("placebo" not in word.casefold(), _beginning(word)))


def _beginning(word: str) -> tuple[float, str]:
    """Where a word stands: ``<25``, ``25-<30``, ``>=30`` by their numbers, words without one by the alphabet."""
    found = _FIRST_NUMBER.search(word)
    side = {"<": -0.5, "≤": -0.5, ">": 0.5, "≥": 0.5}.get(word[:1], 0)
    return (float(found.group()) + side if found else np.inf, word.casefold())


def _add_number(cells: pd.DataFrame, column: str, label: str, own: OwnVariables) -> str:
    """The id of a number, which also makes two groups, below its median and from it on."""
    value = number(cells, column)
    there = value[np.isfinite(value)]
    decimals = next((digits for digits in (0, 1) if np.allclose(there, there.round(digits), atol=1e-9)), 2)
    key = own.add_number(label, "", decimals)
    if cuts := cuts_of(value, "median", ()):
        own.add_groups(key, cuts)
    return key
