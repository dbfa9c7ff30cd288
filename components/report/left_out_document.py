"""The numbers of held-out truth in docs/reconstruction.md, written from the record of what was left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from components.core.markup import plain
from components.evidence.coverage_words import HEADINGS, label, patients, reach

if TYPE_CHECKING:
    from components.evidence.coverage import Coverage

FILE = Path(__file__).resolve().parents[2] / "docs" / "reconstruction.md"
BEGIN, END = "<!-- written by `make methods`: left out -->", "<!-- to here: left out -->"
MARKED = re.compile(f"{re.escape(BEGIN)}\n.*?{re.escape(END)}\n", re.DOTALL)


def written(document: str, result: Coverage) -> str:
    """The document with how many left-out numbers are covered, and the missed ones in a table, written again.

    Raises ValueError for a document without the marks.
    """
    if not MARKED.search(document):
        raise ValueError(f"no place between {BEGIN} and {END}")
    said = (
        f"Over {result.reconstructions} members the range covers **{result.covered} of {result.n}** left-out numbers; "
        f"{round(result.expected)} would be\n"
        "expected if the printed number were one more draw of the same kind. Missed are:"
    )
    rows = [
        (label(one), patients(one) or "–", one.number.printed, reach(one))
        for one in sorted(result.missed, key=lambda one: (not one.is_ratio, -one.printed))
    ]
    lines = [f"| {' | '.join(map(plain, cells))} |" for cells in (HEADINGS[:4], *rows)]
    lines.insert(1, "|---|---|---|---|")
    block = "\n".join((BEGIN, "", said, "", *lines, "", END, ""))
    return MARKED.sub(lambda _: block, document)
