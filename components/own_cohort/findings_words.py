"""Words around what was found in a cohort's files: what must be put right, what to look at, how it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from components.core.markup import bold
from components.core.numbers import count, joined
from components.core.page_words import quoted
from components.core.table import Table
from data.reading.issue import Issue, Severity
from data.reading.read import Unread

COLUMNS = ("Where", "What was found", "What to do")
UNDERSTOOD = ("Column", "How it is taken", "Lines")
FILE_COLUMNS = ("How serious", "Table or file", *COLUMNS)
FILES = "The files"
TITLE = "Problems in the files"
LIST = "This list to take along"
SEVERITIES: dict[Severity, str] = {
    "error": "Must be put right",
    "warning": "Look at",
    "understood": "Understood",
    "note": "How it was read",
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
    problems, them = ("problems stand", "They are all") if n != 1 else ("problem stands", "It is")
    head = bold(f"{count(n)} {problems} in the way, so nothing was opened.")
    return (
        f"{head} {them} listed here. Put the files right and add them again: a file of the same name takes the place "
        f"of the one before. Until then {still_open} stays open."
    )


def warned(n: int) -> str:
    """The heading of what does not stand in the way."""
    return f"Worth a look before opening ({count(n)})"


def understood(n: int) -> str:
    """The heading of what was understood rather than read."""
    head = bold(f"Please check ({count(n)}).")
    return (
        f"{head} The files write this in another way, or it may mean something else; it is taken like this when opened."
    )


def noted(n: int) -> str:
    """The heading of how files were read."""
    return f"How the files were read ({count(n)})"


def identifying(unread: Sequence[Unread]) -> str:
    """Which columns seem to say who a patient is; blank where none does."""
    found = [f"{quoted(entry.column)} in {entry.table} ({entry.identifies})" for entry in unread if entry.identifies]
    if not found:
        return ""
    several = len(found) > 1
    columns, them, they = ("columns look", "them", "They are") if several else ("column looks", "it", "It is")
    return (
        f"{bold(f'{count(len(found))} {columns} as if somebody could be recognised by {them}:')} {joined(found)}. "
        f"{they} left out when the cohort is opened. Take such columns out of a file before you pass it on."
    )


def left_out(unread: Sequence[Unread]) -> str:
    """The other columns that nothing reads; blank where there are none."""
    tables = {entry.table: [one.column for one in unread if one.table == entry.table] for entry in unread}
    return "; ".join(f"{joined(list(map(quoted, columns)))} of {table}" for table, columns in tables.items())


def findings_table(issues: Sequence[Issue]) -> Table:
    """All findings as a file holds them."""
    rows = []
    for severity, said in SEVERITIES.items():
        for table, lines in grouped([entry for entry in issues if entry.severity == severity]):
            rows += [(said, table, line.where, line.wrong, line.remedy) for line in lines]
    return Table(FILE_COLUMNS, tuple(rows), texts=frozenset(range(1, len(FILE_COLUMNS))))
