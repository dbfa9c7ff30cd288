"""What stands in the cells of a file: numbers, dates, formulas and addresses told apart, nothing changed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from itertools import islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

MOST_WORDS = 200
"""A word near to each of so many words is looked for: it takes long, and nobody reads more."""

LONGEST_WORD = 200
"""A longer text is no misspelt word: comparing takes the square of its length."""

LINE = "line"
"""Name of the index that holds each row's line in its file; the header is line 1."""

MISSING_CODES = re.compile(r"9{2,5}(\.9)?|-9{1,4}|8{3,4}|7{3,4}")
"""Numbers that files write where nothing was recorded."""

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")
_DATE = re.compile(
    r"(19|20)\d\d[-/.年]\d{1,2}(月|[-/.月]\d{1,2}日?)?([T ].*)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](19|20)?\d\d"
    r"|\d{1,2}[- ]?[A-Za-z]{3}[- ]?(19|20)?\d\d"
    r"|[SHR]\d{1,2}\.\d{1,2}\.\d{1,2}"
)
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_EMAIL = re.compile(r"[^@\s]@[^@\s]+\.[A-Za-z]{2}")
_FORMULA = re.compile(r"[=@]|[+-].*[=(|!]")


def unmarked(text: str) -> str:
    """The text with a sign of its own for everything in it that is no text.

    That is control characters, which no workbook, document or slide can hold, halves of characters, and noncharacters,
    which are the marks of our own texts and no file's. Tabs and new lines inside a cell are a space: labels are lines.
    """
    return text if text.isprintable() else _NO_TEXT.sub("\ufffd", _BREAKS.sub(" ", text))


def as_text(cell: object) -> str:
    """The value of a cell as files of text write it: whole numbers without a point, dates as in ISO 8601.

    Nothing, and what is not a number or not a time, is the empty text.
    """
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.replace(tzinfo=None).isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()


def plain(text: str) -> str:
    """The text in its ordinary width (``１２`` is 12, ``ｶﾞ`` is ガ), composed, without invisible characters.

    Space around it goes. Superscripts and other signs stay: ``10²`` is not 102.
    """
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", "".join(map(_ordinary, text))).strip()


@cache
def _ordinary(character: str) -> str:
    if unicodedata.category(character) == "Cf":
        return ""
    kind = unicodedata.decomposition(character).split(" ")[0]
    return unicodedata.normalize("NFKC", character) if kind in ("<wide>", "<narrow>", "<noBreak>") else character


def folded(text: str) -> str:
    """The text as words are compared: compatible signs alike, lower case, no space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", plain(text)).casefold())


def folded_name(text: str) -> str:
    """The text as names of columns and variables are compared: ``Anti-MDA5`` and ``anti_mda5`` are the same."""
    return re.sub(r"[\s_\-./()\[\]]+", "", unicodedata.normalize("NFKC", plain(text)).casefold())


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word most like ``word``, or the empty text when none is near."""
    if len(word) > LONGEST_WORD:
        return ""
    by_fold = {folded_name(entry): entry for entry in allowed}
    found = get_close_matches(folded_name(word), list(by_fold), n=1, cutoff=0.75)
    return by_fold[found[0]] if found else ""


def nearest_each(words: Iterable[str], allowed: Iterable[str]) -> dict[str, str]:
    """Those of the first ``MOST_WORDS`` words for which an allowed word is near, each with that word."""
    choice = tuple(allowed)
    pairs = {word: nearest(word, choice) for word in islice(words, MOST_WORDS)}
    return {word: meant for word, meant in pairs.items() if meant}


def lines(table: pd.DataFrame) -> NDArray[np.int64]:
    """The line of every row in its file, (rows,)."""
    return table.index.to_numpy(dtype=np.int64) if table.index.name == LINE else np.arange(len(table)) + 2


def texts(cells: pd.Series) -> NDArray[np.object_]:
    """Every cell as plain text, (rows,); blank cells as the empty text."""
    codes, values = pd.factorize(cells)
    words = map(str, values)
    plain_values = np.array([*(word.strip() if word.isascii() else plain(word) for word in words), ""], dtype=object)
    return np.asarray(plain_values[codes], dtype=object)


def distinct(words: NDArray[np.object_]) -> list[str]:
    """The different words, in order of appearance."""
    return [str(word) for word in pd.unique(words)]


def which(words: NDArray[np.object_], holds: Callable[[str], bool]) -> Mask:
    """The words for which ``holds`` is true, (rows,); asked once for every different word."""
    codes, values = pd.factorize(words)
    return np.array([holds(value) for value in values], dtype=np.bool_)[codes]


def among(words: NDArray[np.object_], allowed: Iterable[str]) -> Mask:
    """Which words are allowed ones, (rows,)."""
    return which(words, set(allowed).__contains__)


def blank(cells: pd.Series) -> Mask:
    """Which cells hold nothing, (rows,)."""
    return np.asarray(cells.isna()) if _numeric(cells) else np.asarray(texts(cells) == "", dtype=bool)


def numbers(cells: pd.Series) -> NDArray[np.float64]:
    """Every cell as a number, (rows,); not a number where it is blank or unreadable."""
    if _numeric(cells):
        return cells.to_numpy(dtype=float)
    codes, values = pd.factorize(texts(cells))
    read = [float(text) if _NUMBER.fullmatch(text) else np.nan for text in values]
    return np.array([*read, np.nan], dtype=float)[codes]


def unreadable(cells: pd.Series) -> Mask:
    """Which cells hold something that is not a number, (rows,)."""
    return np.isnan(numbers(cells)) & ~blank(cells)


def is_date(text: str) -> bool:
    """Whether a plain text is a date, with or without the day: ``2019-03-04``, ``4/3/2019``, ``2019年3月``."""
    return _DATE.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Whether a plain text holds an e-mail address."""
    return _EMAIL.search(text) is not None


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute a text rather than show it; numbers and a lone sign are none."""
    return len(text) > 1 and _FORMULA.match(text) is not None


def _numeric(cells: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(cells.dtype)
