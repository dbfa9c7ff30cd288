"""What a cohort lacks for an endpoint, a measurement or a page, and what would bring it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.numbers import joined
from data.entries import Endpoint
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.entries import Need, Needing


def missing_data(entry: Needing) -> str:
    """Why ``entry`` is not shown, and which column or rows of which file would bring it."""
    verb = say("is not offered") if isinstance(entry, Endpoint) else say("cannot be shown")
    if entry.needs is None:
        return ""
    if entry.needs.table == "patients":
        columns = list(entry.needs.columns)
        return say(
            "{label} {verb}: no patient has an entry in the column {columns} of patients.csv, which would bring it.",
            label=entry.label,
            verb=verb,
            columns=joined(columns, say("or")) if len(columns) > 1 else columns[0],
        )
    return say(
        "{label} {verb}: this cohort records nothing of it. {remedy}",
        label=entry.label,
        verb=verb,
        remedy=_remedy(entry.needs),
    )


def each_missing(entries: Iterable[Needing]) -> str:
    """The same of several, each name once."""
    return "  \n".join(dict.fromkeys(missing_data(entry) for entry in entries))


def _remedy(need: Need) -> str:
    if need.of:
        return say(
            "Rows of {table}.csv with {of} as the {among} would bring it.",
            table=need.table,
            of=need.of,
            among=need.among,
        )
    return say("The file {table}.csv would bring it.", table=need.table)
