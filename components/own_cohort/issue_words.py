"""Words around what was found in a cohort's files: what must be put right, what to look at, how it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from components.core.markup import bold
from components.core.numbers import count, joined
from components.core.page_words import quoted
from components.core.table import Table
from data.language import say, say_counted
from data.reading.issue import Issue, Severity
from data.reading.read import Unread

COLUMNS = (say("Where"), say("What was found"), say("What to do"))
UNDERSTOOD = (say("Column"), say("How it is taken"), say("Lines"))
FILE_COLUMNS = (say("How serious"), say("Table or file"), *COLUMNS)
FILES = say("The files")
TITLE = say("Problems in the files")
LIST = say("This list to take along")
SEVERITIES: dict[Severity, str] = {
    "error": say("Must be put right"),
    "warning": say("Look at"),
    "understood": say("Understood"),
    "note": say("How it was read"),
}


@dataclass(frozen=True)
class Line:
    """One finding in print: where in its table it stands, what is wrong, what to do about it."""

    where: str
    wrong: str
    remedy: str


def grouped(issues: Sequence[Issue]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """The findings under the table or file they are about, in the order of first appearance."""
    order = {table: place for place, table in enumerate(dict.fromkeys(entry.table for entry in issues))}
    there = sorted(issues, key=lambda entry: order[entry.table])
    return tuple((table or FILES, tuple(map(_line, group))) for table, group in groupby(there, lambda one: one.table))


def _line(entry: Issue) -> Line:
    place = replace(entry, table="").place
    return Line(place[:1].upper() + place[1:], entry.wrong, entry.remedy)


def understood_lines(issues: Sequence[Issue]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """What was understood, under its table or file: the column, how it is taken, and in the last place the lines."""
    order = {table: place for place, table in enumerate(dict.fromkeys(entry.table for entry in issues))}
    there = sorted(issues, key=lambda entry: order[entry.table])
    return tuple((table or FILES, tuple(map(_taken, group))) for table, group in groupby(there, lambda one: one.table))


def _taken(entry: Issue) -> Line:
    lines = replace(entry, table="", column="").place.removeprefix("lines ").removeprefix("line ")
    return Line(entry.column, " ".join(part for part in (entry.wrong, entry.remedy) if part), lines)


def refused(issues: Sequence[Issue], still_open: str) -> str:
    """That nothing is opened, and why; nothing is lost by it."""
    n = sum(entry.severity == "error" for entry in issues)
    head = say_counted(
        n,
        "{n} problem stands in the way, so nothing was opened.",
        "{n} problems stand in the way, so nothing was opened.",
        n=count(n),
    )
    return say_counted(
        n,
        "{head} It is listed here. Put the files right and add them again: a file of the same name takes the place "
        "of the one before. Until then {still_open} stays open.",
        "{head} They are all listed here. Put the files right and add them again: a file of the same name takes the "
        "place of the one before. Until then {still_open} stays open.",
        head=bold(head),
        still_open=still_open,
    )


def warned(n: int) -> str:
    """The heading of what does not stand in the way."""
    return say("Worth a look before opening ({n})", n=count(n))


def understood(n: int) -> str:
    """The heading of what was understood rather than read."""
    head = bold(say("Please check ({n}).", n=count(n)))
    return say(
        "{head} The files write this in another way, or it may mean something else; it is taken like this when opened.",
        head=head,
    )


def noted(n: int) -> str:
    """The heading of how files were read."""
    return say("How the files were read ({n})", n=count(n))


def identifying(unread: Sequence[Unread]) -> str:
    """Which columns seem to say who a patient is; blank where none does."""
    found = [
        say(
            "{column} in {table} ({identifies})",
            column=quoted(entry.column),
            table=entry.table,
            identifies=entry.identifies,
        )
        for entry in unread
        if entry.identifies
    ]
    if not found:
        return ""
    head = say_counted(
        len(found),
        "{n} column looks as if somebody could be recognised by it:",
        "{n} columns look as if somebody could be recognised by them:",
        n=count(len(found)),
    )
    return say_counted(
        len(found),
        "{head} {columns}. It is left out when the cohort is opened. Take such columns out of a file before you pass "
        "it on.",
        "{head} {columns}. They are left out when the cohort is opened. Take such columns out of a file before you "
        "pass it on.",
        head=bold(head),
        columns=joined(found),
    )


def left_out(unread: Sequence[Unread]) -> str:
    """The other columns that nothing reads; blank where there are none."""
    tables = {entry.table: [one.column for one in unread if one.table == entry.table] for entry in unread}
    return "; ".join(
        say("{list} of {table}", list=joined(list(map(quoted, columns))), table=table)
        for table, columns in tables.items()
    )


def findings_table(issues: Sequence[Issue]) -> Table:
    """All findings as a file holds them."""
    rows = []
    for severity, said in SEVERITIES.items():
        for table, lines in grouped([entry for entry in issues if entry.severity == severity]):
            rows += [(said, table, line.where, line.wrong, line.remedy) for line in lines]
    return Table(FILE_COLUMNS, tuple(rows), texts=frozenset(range(1, len(FILE_COLUMNS))))
