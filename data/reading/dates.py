"""Dates as hospitals write them, read as days: ISO, with slashes or points, Japanese, and with the name of a month.

``4/3/2019`` is one day in Europe and another in America: another cell of the same column decides, or nobody does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.reading.adam_values import date_of
from data.reading.cells import Mask, is_date, texts, which

Order = Literal["", "day first", "month first"]

_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?([T ].*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)([T ].*)?")
_ERA = re.compile(r"(S|H|R|昭和|平成|令和)\s*(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.IGNORECASE)
_ERAS = {"S": 1925, "昭和": 1925, "H": 1988, "平成": 1988, "R": 2018, "令和": 2018}
_NAMED = re.compile(r"\d{1,2}[- ]?[A-Za-z]{3}[- ]?(19|20)\d\d")


@dataclass(frozen=True, eq=False)
class Dates:
    """A column of dates as days since 1970, (rows,), not a number where there is none.

    ``unread`` are the cells that hold something else, ``twofold`` those of which the order of day and month is unknown.
    """

    days: NDArray[np.float64]
    unread: Mask
    twofold: Mask


def are_dates(cells: pd.Series) -> bool:
    """Whether most of the filled cells of a column are dates of a day."""
    written = texts(cells)
    filled = written != ""
    found = which(written, lambda text: is_date(text) or _day(text, "day first") is not None)
    return bool(filled.any()) and int(found.sum()) * 2 > int(filled.sum())


def dates_in(cells: pd.Series, told: Order = "") -> Dates:
    """The dates of a column; ``told`` is their order where no cell shows it."""
    written = texts(cells)
    order = _order(str(text) for text in pd.unique(written)) or told
    codes, values = pd.factorize(written)
    read = [_day(str(value), order) for value in values]
    days = np.array([np.nan if day is None else float((day - date(1970, 1, 1)).days) for day in read])[codes]
    twofold = which(written, lambda text: order == "" and _both_ways(text)) & np.isnan(days)
    return Dates(days, (written != "") & np.isnan(days) & ~twofold, twofold)


def _order(written: Iterable[str]) -> Order:
    """Whether the day or the month stands first in dates that end with the year, as far as a cell shows it."""
    pairs = [(int(found[1]), int(found[2])) for found in map(_YEAR_LAST.fullmatch, written) if found]
    day_first, month_first = any(first > 12 for first, _ in pairs), any(second > 12 for _, second in pairs)
    return "" if day_first == month_first else "day first" if day_first else "month first"


def _both_ways(text: str) -> bool:
    found = _YEAR_LAST.fullmatch(text)
    return found is not None and found[1] != found[2]


@cache
def _day(text: str, order: Order) -> date | None:
    try:
        if first := _YEAR_FIRST.fullmatch(text):
            return date(int(first[1]), int(first[2]), int(first[3]))
        if era := _ERA.fullmatch(text):
            year = 1 if era[2] == "元" else int(era[2])
            return date(_ERAS[era[1].upper()] + year, int(era[3]), int(era[4]))
        if last := _YEAR_LAST.fullmatch(text):
            one, other = int(last[1]), int(last[2])
            if not order and one != other:
                return None
            day, month = (one, other) if order != "month first" else (other, one)
            return date(int(last[3]), month, day)
        return date_of(text) if _NAMED.fullmatch(text) or re.fullmatch(r"(19|20)\d{6}", text) else None
    except ValueError:
        return None
