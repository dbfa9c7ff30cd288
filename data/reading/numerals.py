"""How the numbers of one column are written: decimal signs, signs between thousands, and what cannot be told apart.

``1,234`` is one number with a decimal comma and another with a sign between thousands. Other cells of the same column
can show which; where none does, nothing is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from data.reading.cells import Mask, texts, which

POINT, COMMA = "point", "comma"
"""The decimal sign of a column."""

Convention = Literal["", "point", "comma", "both"]

_SIGN = r"[+-]?"
_PLAIN = re.compile(_SIGN + r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")
_ONE_COMMA = re.compile(_SIGN + r"[1-9][0-9]{0,2},[0-9]{3}")
_ONE_POINT = re.compile(_SIGN + r"[1-9][0-9]{0,2}\.[0-9]{3}")
_COMMA_DECIMAL = re.compile(_SIGN + r"[0-9]*,[0-9]+")
_COMMA_GROUPS = re.compile(_SIGN + r"[1-9][0-9]{0,2}((,[0-9]{3})+\.[0-9]*|(,[0-9]{3}){2,})")
_POINT_GROUPS = re.compile(_SIGN + r"[1-9][0-9]{0,2}((\.[0-9]{3})+,[0-9]*|(\.[0-9]{3}){2,})")
_SPACED = re.compile(_SIGN + r"[1-9][0-9]{0,2}([ \u2009\u202f'’][0-9]{3})+([.,][0-9]*)?")
_BETWEEN = re.compile(r"[ \u2009\u202f'’]")

_ALL_PLAIN = re.compile(r"(?:-?[0-9]+(?:\.[0-9]+)?)?(?:\n(?:-?[0-9]+(?:\.[0-9]+)?)?)*")
"""Lines of which each is empty or a number with a point or without."""


@dataclass(frozen=True, eq=False)
class Numerals:
    """The cells of a column with their numbers written plainly, and which were written otherwise (masks, (rows,)).

    ``ambiguous`` cells stay as they are: nothing shows whether their sign is a decimal one. ``decimal`` is the sign
    that decided about cells which could have been either.
    """

    cells: pd.Series
    decimal_comma: Mask
    thousands: Mask
    minus: Mask
    ambiguous: Mask
    decimal: Convention


def numerals(cells: pd.Series, *, comma_separates: bool) -> Numerals:
    """How the numbers of a column are written.

    Where the comma separates cells, a point is always the decimal sign, and a lone comma is none: it is left alone.
    """
    written = texts(cells)
    found = "\n".join(map(str, pd.unique(written)))
    if comma_separates and _ALL_PLAIN.fullmatch(found):
        none = np.zeros(len(written), dtype=np.bool_)
        return Numerals(cells, none, none, none, none, "point" if "." in found else "")
    signed = np.array([_hyphened(str(text)) for text in written], dtype=object)
    minus = signed != written
    kinds = {str(text): _kind(str(text), comma_separates=comma_separates) for text in pd.unique(signed)}
    known = {kind for kind in kinds.values() if kind in (POINT, COMMA)}
    decimal: Convention = "both" if len(known) == 2 else "point" if POINT in known else "comma" if known else ""
    read = {text: _plainly(text, kind, decimal) for text, kind in kinds.items()}
    result = np.array([read[str(text)] for text in signed], dtype=object)
    ambiguous = which(signed, lambda text: kinds[text] == "ambiguous" and read[text] == text)
    ambiguous &= ~which(signed, lambda text: decimal == POINT and _PLAIN.fullmatch(text) is not None)
    changed = result != signed
    thousands = changed & which(signed, lambda text: _grouped(text, read[text]))
    by_comma = changed & which(signed, lambda text: _decimal_comma(text, read[text]))
    if not (changed | minus).any():
        return Numerals(cells, by_comma, thousands, minus & False, ambiguous, decimal)
    plain_numbers = pd.Series(result, cells.index)
    minus &= which(result, lambda text: _PLAIN.fullmatch(text) is not None)
    plain_numbers = plain_numbers.where(changed | minus, pd.Series(cells.to_numpy(), cells.index))
    return Numerals(plain_numbers, by_comma, thousands, minus, ambiguous, decimal)


def _hyphened(text: str) -> str:
    """The text with a hyphen where it begins with another minus sign."""
    return f"-{text[1:]}" if text[:1] in ("−", "–", "‐") and text[1:2].isdigit() else text


def _kind(text: str, *, comma_separates: bool) -> str:
    """The decimal sign that the way a number is written shows; ``ambiguous``, or nothing where it shows none."""
    if _SPACED.fullmatch(text):
        return COMMA if "," in text else POINT if "." in text else ""
    kinds = (
        (_COMMA_GROUPS, POINT),
        (_POINT_GROUPS, COMMA),
        (_ONE_COMMA, "ambiguous"),
        (_COMMA_DECIMAL, "" if comma_separates else COMMA),
        (_ONE_POINT, POINT if comma_separates else "ambiguous"),
    )
    found = next((kind for pattern, kind in kinds if pattern.fullmatch(text)), None)
    if found is not None:
        return found
    return POINT if "." in text and _PLAIN.fullmatch(text) else ""


def _plainly(text: str, kind: str, decimal: Convention) -> str:
    """The number as a computer writes it, or the text as it is where that is unclear."""
    if _SPACED.fullmatch(text):
        return _BETWEEN.sub("", text).replace(",", ".")
    if kind == "ambiguous":
        if decimal == POINT:
            return text.replace(",", "")
        return text.replace(".", "").replace(",", ".") if decimal == COMMA else text
    if _COMMA_GROUPS.fullmatch(text):
        return text.replace(",", "")
    if _POINT_GROUPS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", ".") if kind == COMMA else text


def _grouped(text: str, read: str) -> bool:
    """Whether a sign between thousands was taken out."""
    return len(read) < len(text)


def _decimal_comma(text: str, read: str) -> bool:
    """Whether the comma of a text became the decimal point: it stands as far from the end."""
    return "," in text and "." in read and len(text) - text.rfind(",") == len(read) - read.rfind(".")
