"""The codes of a status that a saved mapping knows, and those that another file has beside them.

Whoever saved the mapping saw which codes were the event and which were not. A code that was not there then is neither:
taken for censored, a new word for death would leave the dead among the living.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from data.reading.column_content import SheetContent
from data.reading.mapping import ColumnRole, Further, Mapping, TableRole

Changed = Callable[[ColumnRole, frozenset[str]], ColumnRole]

TWO = 2
"""With so many codes, of which one is the event, the other is not, also for a mapping that was saved without it."""


def with_codes(mapping: Mapping, contents: Sequence[SheetContent]) -> Mapping:
    """The mapping with the codes of each status that are no event, as they stand in the files."""

    def known(column: ColumnRole, codes: frozenset[str]) -> ColumnRole:
        return replace(column, censored=tuple(sorted(codes - _events(column) - {*column.missing})))

    return _with_statuses(mapping, contents, known)


def with_questions(mapping: Mapping, contents: Sequence[SheetContent]) -> Mapping:
    """The saved mapping with every status unsettled that has a code it does not know, or none that is the event."""

    def asked(column: ColumnRole, codes: frozenset[str]) -> ColumnRole:
        strange = codes - _events(column) - {*column.censored} - {*column.missing}
        answered = not strange or (not column.censored and len(codes) <= TWO)
        if answered and codes & _events(column):
            return column
        also = tuple(Further(one.name, ()) for one in column.also)
        return replace(column, events=(), also=also, censored=())

    return _with_statuses(mapping, contents, asked)


def _events(column: ColumnRole) -> frozenset[str]:
    return frozenset(code for one in column.endpoints for code in one.events)


def _with_statuses(mapping: Mapping, contents: Sequence[SheetContent], changed: Changed) -> Mapping:
    there = {content.sheet: {one.column: frozenset(one.codes) for one in content.columns} for content in contents}

    def table(one: TableRole) -> TableRole:
        codes = there.get(one.sheet, {})
        return replace(
            one,
            columns=tuple(
                changed(column, found)
                if column.role == "status" and _events(column) and (found := codes.get(column.column))
                else column
                for column in one.columns
            ),
        )

    return replace(mapping, tables=tuple(map(table, mapping.tables)))
