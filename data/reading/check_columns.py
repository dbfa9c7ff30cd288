"""Columns that are not there, and what stands in their place: the remedy depends on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.dictionary import Dictionary
from data.reading import column_messages
from data.reading.cells import folded_name, nearest
from data.reading.issue import Issue
from data.reading.layout import ALIASES, COLUMNS, OPTIONAL, columns_of
from data.reading.synonyms import variable_meanings

_UNIT_BEHIND = re.compile(r"(?P<name>[^(（\[]+?)\s*[(（\[](?P<unit>[^()（）\[\]]+)[)）\]]")

TIMES = {"week": "weeks", "weeks": "weeks", "month": "months", "months": "months", "year": "years", "years": "years",
         "週": "weeks", "月": "months"}  # fmt: skip
"""Columns named by a unit of time, folded, and the unit."""


def absent_columns(
    table: str, there: Sequence[str], unread: Sequence[str], dictionary: Dictionary, *, told_by_status: bool
) -> tuple[list[Issue], list[str]]:
    """What is said of the required columns that are not ``there``, and those of ``unread`` of which that says enough.

    ``told_by_status`` says that a time and a status stand in the place of the days of the outcome.
    """
    required = set(COLUMNS[table]) - set(OPTIONAL[table])
    absent = [column for column in columns_of(table, dictionary) if column in required and column not in there]
    found: list[Issue] = []
    explained: list[str] = []
    if told_by_status:
        absent = [column for column in absent if column not in ("last_day", "death_day")]
    if table == "measurements" and "variable" in absent:
        measured = variable_meanings(dictionary)
        explained = [column for column in unread if folded_name(column) in measured]
        if explained:
            found.append(column_messages.wide_measurements(explained))
            absent = [column for column in absent if column not in ("variable", "value")]
    for column in absent:
        other, remark = _in_another_unit(table, column, [name for name in unread if name not in explained])
        explained += other
        found.append(remark or column_messages.missing_column(table, column, nearest(column, unread)))
    return found, explained


def _in_another_unit(table: str, column: str, unread: Sequence[str]) -> tuple[list[str], Issue | None]:
    """A column that holds values or days with their unit in its name, and what is said of it."""
    if column == "value":
        names = {folded_name(name) for name in ("value", *ALIASES["value"])}
        for told in filter(None, map(_UNIT_BEHIND.fullmatch, unread)):
            if folded_name(told["name"]) in names:
                return [told.group(0)], column_messages.value_with_unit(told.group(0), told["unit"].strip())
    if column == "day":
        for name in (name for name in unread if folded_name(name) in TIMES):
            return [name], column_messages.day_in_unit(table, name, TIMES[folded_name(name)])
    return [], None
