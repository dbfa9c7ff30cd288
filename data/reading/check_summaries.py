"""Lines of sums or means among the patients, recognized by their name or by their numbers."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.dictionary import Dictionary
from data.reading.cells import Mask, folded_name, numbers, plain, which
from data.reading.layout import day_columns

SUMMARIES = frozenset(
    (
        "total",
        "totals",
        "subtotal",
        "grandtotal",
        "sum",
        "mean",
        "average",
        "median",
        "sd",
        "all",
        "overall",
        "gesamt",
        "summe",
        "mittelwert",
        "moyenne",
        "somme",
        "media",
        "suma",
        "totale",
        "合計",
        "小計",
        "総計",
        "計",
        "平均",
        "中央値",
    )
)
"""Words in the place of a patient that mark a line of sums or means, folded."""

_COUNT = re.compile(r"[(（\[]?\s*\bn\s*[=＝:]?\s*[0-9]+\s*[)）\]]?", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")

LONG = 4
"""Shorter words beside others may be initials."""

FEWEST = 3
"""Of fewer patients above it the numbers of a last line show nothing."""

ROUNDED = 0.06
"""A mean is written with one decimal or more."""

SEVERAL = 2
"""In so many columns no patient is the mean of all others by chance."""


def summary_rows(patients: pd.DataFrame, names: NDArray[np.object_], dictionary: Dictionary) -> Mask:
    """Which rows are sums or means of others, (rows,): by their name, or the last one by its numbers."""
    found = which(names, names_a_summary)
    columns = [column for column in (*day_columns(dictionary), *dictionary.number) if column in patients]
    if len(patients) > FEWEST and not found.any():
        found[-1] = sums_up([numbers(patients[column]) for column in columns])
    return found


def names_a_summary(name: str) -> bool:
    """Whether a code is a word for sums or means, also with a group or a count beside it; ``SUM-001`` is a patient."""
    bare = _COUNT.sub(" ", plain(name))
    if any(sign.isdigit() for sign in bare):
        return False
    return folded_name(bare).rstrip(":") in SUMMARIES or any(
        word.casefold() in SUMMARIES and (len(word) >= LONG or not word.isascii()) for word in _WORDS.findall(bare)
    )


def sums_up(columns: list[NDArray[np.float64]]) -> bool:
    """Whether the last number of a column is the sum of those above it, or of two columns their mean as it is rounded.

    Columns with fewer than ``FEWEST`` numbers, or with one number only, show nothing.
    """
    means = 0
    for column in columns:
        above, last = column[:-1][np.isfinite(column[:-1])], column[-1]
        if len(above) < FEWEST or not np.isfinite(last) or len(np.unique(above)) == 1:
            continue
        if last == above.sum() and (above > 0).all():
            return True
        means += bool(abs(last - above.mean()) < ROUNDED)
    return means >= SEVERAL
