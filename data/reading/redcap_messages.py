"""What is said of an export of REDCap."""

from __future__ import annotations

from collections.abc import Mapping

from data.language import say, say_counted
from data.reading.issue import Issue, issue, listing, number


def read(file: str, record: str, patients: int, tables: Mapping[str, int], states: int) -> Issue:
    """How an export became tables: ``tables`` gives the rows of each repeated one, ``states`` the columns left out."""
    wrong = say_counted(
        patients,
        "This is an export of REDCap: {n} record by {record}.",
        "This is an export of REDCap: {n} records by {record}.",
        n=number(patients),
        record=record,
    )
    if tables:
        shown = listing([f"{name} ({number(rows)})" for name, rows in tables.items()], quotes=False)
        wrong += " " + say("Tables of their own, with their rows: {shown}.", shown=shown)
    if states:
        wrong += " " + say_counted(
            states,
            "{n} column that says how far a form is filled in was left out.",
            "{n} columns that say how far a form is filled in were left out.",
            n=number(states),
        )
    return issue("understood", file, "", (), wrong)
