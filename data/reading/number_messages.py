"""Why a cell holds no number, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data.language import say, say_counted
from data.reading.issue import Issue, issue, listing, number

Rows = Sequence[int]


def ambiguous_numbers(table: str, column: str, rows: Rows, found: Sequence[str]) -> Issue:
    """Numbers of which it is unclear whether a sign stands before decimals or between thousands."""
    first = found[0]
    sign = "," if "," in first else "."
    whole, part = first.replace(sign, ""), first.replace(sign, ".")
    wrong = say_counted(
        len(rows),
        (
            "{found} ({rows} cell) can be read in two ways: “{first}” as {whole} or as {part}. The other "
            "cells of the column do not show which."
        ),
        (
            "{found} ({rows} cells) can be read in two ways: “{first}” as {whole} or as {part}. The other "
            "cells of the column do not show which."
        ),
        found=listing(found),
        first=first,
        whole=whole,
        part=part,
        rows=number(len(rows)),
    )
    remedy = say(
        "Write {whole} if the sign stands between thousands, or {part}0 with a point if it is the decimal sign.",
        whole=whole,
        part=part,
    )
    return issue("error", table, column, rows, wrong, remedy)


def units_behind(table: str, column: str, rows: Rows, pairs: Mapping[str, str], units: Sequence[str]) -> Issue:
    """Numbers of which each has its unit behind it, ``pairs`` as written and as read."""
    wrong = say_counted(
        len(rows),
        "{n} number has its unit behind it, and counts as if {units} stood in the header: {pairs}.",
        "{n} numbers have their unit behind them, and count as if {units} stood in the header: {pairs}.",
        n=number(len(rows)),
        units=listing(units),
        pairs=listing([f"{written} → {read}" for written, read in pairs.items()], quotes=False),
    )
    return issue("understood", table, column, rows, wrong)


def unreadable_numbers(table: str, column: str, rows: Rows, found: Sequence[str], kind: str) -> Issue:
    """Cells that should hold a number and do not for one reason, ``kind`` (a key of ``NO_NUMBER``)."""
    if kind == "ambiguous":
        return ambiguous_numbers(table, column, rows, found)
    wrong = say_counted(
        len(rows),
        "{rows} cell does not hold a number: {found}.",
        "{rows} cells do not hold a number: {found}.",
        rows=number(len(rows)),
        found=listing(found),
    )
    return issue("error", table, column, rows, wrong, NO_NUMBER[kind])


NO_NUMBER = {
    "formula": say("Formulas are not computed here: copy the column and paste it as values."),
    "error": say("A formula of the spreadsheet failed here: correct it, or leave the cell empty."),
    "limit": say("For results beyond the limit of the assay, write the limit itself, without the sign."),
    "power": say("Superscripts, fractions and powers are not read: write the number in digits."),
    "range": say("Write one number, not a range or two values."),
    "ambiguous": "",
    "comma": say("Write a point for the decimals and no sign between thousands: 1234.5."),
    "unit": say(
        "Write the number alone, without its unit, or the same unit behind every number of the column; the units are "
        "listed in the template."
    ),
    "other": say("Write the number alone, without remark; leave the cell empty where nothing was recorded."),
}
"""What to do about a cell that is no number, by the kind of what stands there."""


_TELLING = 200
_KINDS = (
    ("formula", r"=.*"),
    ("error", r"#[A-Z0-9/]+[!?]?"),
    ("limit", r"[<>≤≥].*"),
    ("power", r".*[²³¹⁰-₉¼-¾^].*|.*[×x]\s*10.*"),
    ("range", r"[0-9.]+\s*([-–~〜/;±]|to)\s*[0-9.]+"),
    ("ambiguous", r"[+-]?[1-9][0-9]{0,2},[0-9]{3}"),
    ("comma", r"[0-9.,'’\s]+"),
    ("unit", r"[+-]?[0-9][0-9.,]*\s*[^0-9\s].*"),
)


def no_number(text: str) -> str:
    """Why a text is no number: a key of ``NO_NUMBER``; known from its beginning."""
    start = text[:_TELLING]
    return next((kind for kind, pattern in _KINDS if re.fullmatch(pattern, start, re.DOTALL)), "other")
