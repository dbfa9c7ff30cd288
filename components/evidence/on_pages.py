"""Where pages show each published number, and what it is there in every reconstruction, as a command recorded it."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from data.ensemble import FOLDER, RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = FOLDER / "printed_on_pages.csv"
YES = "yes"


@dataclass(frozen=True)
class OnPage:
    """A published number by its ``id``, and the ``least`` and the ``most`` that a page shows over ``members`` cohorts.

    Both are in the digits of print. ``page`` is an address and ``query`` its choices; both are blank of a number that
    no page shows. ``ranged`` says that its panel gives ranges.
    """

    id: str
    page: str
    query: str
    ranged: bool
    printed: str
    least: str
    most: str
    members: int

    @property
    def fixed(self) -> bool:
        """Whether the page shows the same number in every cohort, in the digits of print."""
        return self.least == self.most


def of_these_members(folder: Path = FOLDER) -> str:
    """A line that is another for other members."""
    return f"# members {hashlib.sha256((folder / RECORD).read_bytes()).hexdigest()}"


def written(rows: Iterable[OnPage], folder: Path = FOLDER) -> str:
    """The text of the file: a line on whose members it speaks, and the rows."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow([one.name for one in fields(OnPage)])
    for row in rows:
        ranged = YES if row.ranged else ""
        lines.writerow((row.id, row.page, row.query, ranged, row.printed, row.least, row.most, row.members))
    return f"{of_these_members(folder)}\n{out.getvalue()}"


def on_pages(file: Path = FILE) -> tuple[OnPage, ...]:
    """The rows of the file; none where there is none, or where it speaks of other members."""
    if not file.is_file():
        return ()
    first, _, rest = file.read_text(encoding="utf-8").partition("\n")
    if first != of_these_members(file.parent):
        return ()
    return tuple(_read(row) for row in csv.DictReader(io.StringIO(rest)))


def _read(row: dict[str, str]) -> OnPage:
    return OnPage(
        row["id"],
        row["page"],
        row["query"],
        row["ranged"] == YES,
        row["printed"],
        row["least"],
        row["most"],
        int(row["members"]),
    )
