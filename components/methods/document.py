"""The tables of procedures in docs/methods.md, written from what the procedures say of themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from components.core.procedure import Procedure

HEAD = ("| Statistic | Formula | Source | Equal R call |", "|---|---|---|---|")
BEGIN, END = "<!-- written by `make methods` -->", "<!-- to here -->"
MARKED = re.compile(f"{re.escape(BEGIN)}\n.*?{re.escape(END)}\n", re.DOTALL)
MARKS = re.compile(f"^(?:<!-- written by `[^`]*` -->|{re.escape(END)})\n\n?", re.MULTILINE)
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)


def row(procedure: Procedure) -> str:
    """The line of a procedure."""
    cells = (procedure.name, procedure.formula, procedure.source, f"`{procedure.r}`" if procedure.r else "")
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def written(document: str, procedures: Iterable[Procedure]) -> str:
    """The document with the table of every section that has the marks written again, in the order of ``procedures``.

    Raises ValueError for procedures whose section has no marks, and for marks without a procedure.
    """
    tables: dict[str, list[str]] = {}
    for one in procedures:
        tables.setdefault(one.section, []).append(row(one))

    def table(found: re.Match[str]) -> str:
        *_, title = ("", *SECTION.findall(document[: found.start()]))
        if title not in tables:
            raise ValueError(f"no procedure stands in the section {title!r}")
        return "\n".join((BEGIN, "", *HEAD, *tables.pop(title), "", END, ""))

    said = MARKED.sub(table, document)
    if tables:
        raise ValueError(f"no table to be written in the section {', '.join(map(repr, tables))}")
    return said


def shown(document: str) -> str:
    """The document without its marks."""
    return MARKS.sub("", document)
