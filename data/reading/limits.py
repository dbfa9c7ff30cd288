"""Values beyond what a laboratory can measure, such as ``<0.5``: counted, and read as the visitor says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.reading.cells import Mask, distinct, texts, which

if TYPE_CHECKING:
    from data.reading.mapping import Limit

_NUMBER = r"(?P<number>[0-9]+(?:[.,][0-9]+)?)"
_BELOW = re.compile(rf"[<＜≤≦]=?\s*{_NUMBER}|(?P<other>[0-9]+(?:[.,][0-9]+)?)\s*(?:未満|以下)")
_ABOVE = re.compile(rf"[>＞≥≧]=?\s*{_NUMBER}|(?P<other>[0-9]+(?:[.,][0-9]+)?)\s*(?:以上|超)")

_SIGN = re.compile("[<＜≤≦>＞≥≧未以超]")
"""What every limit has, and few other cells."""


@dataclass(frozen=True, eq=False)
class Limits:
    """The cells of a column with numbers in place of limits, and which cells were limits, (rows,)."""

    cells: pd.Series
    below: Mask
    above: Mask


def beyond(cells: pd.Series) -> Mask:
    """Which cells hold a limit, (rows,)."""
    written = texts(cells)
    if not _SIGN.search("\n".join(distinct(written))):
        return np.zeros(len(written), dtype=np.bool_)
    return which(written, lambda text: bool(_BELOW.fullmatch(text) or _ABOVE.fullmatch(text)))


def without_limits(cells: pd.Series, taken: Limit) -> Limits:
    """``<0.5`` as 0.25 (``half``), 0.5 (``limit``) or missing; ``>100`` as 100 or missing.

    Half the limit is the usual substitute where few values lie below it (Hornung and Reed, 1990, name its conditions).
    """
    written = texts(cells)
    if not _SIGN.search("\n".join(distinct(written))):
        none = np.zeros(len(written), dtype=np.bool_)
        return Limits(cells, none, none)
    below = which(written, lambda text: _BELOW.fullmatch(text) is not None)
    above = which(written, lambda text: _ABOVE.fullmatch(text) is not None)
    if not (below | above).any():
        return Limits(cells, below, above)
    read = {str(text): _read(str(text), taken) for text in pd.unique(written[below | above])}
    values = [
        read[str(text)] if there else cell for text, there, cell in zip(written, below | above, cells, strict=True)
    ]
    return Limits(pd.Series(values, cells.index, dtype=object), below, above)


def _read(text: str, taken: Limit) -> str | float:
    low = _BELOW.fullmatch(text)
    found = low or _ABOVE.fullmatch(text)
    if taken == "missing" or found is None:
        return np.nan
    number = float((found["number"] or found["other"]).replace(",", "."))
    return f"{number / 2 if low and taken == 'half' else number:.12g}"
