"""A hospital's own files for the browser: some of the reconstructed patients, with names no address may hold."""

from __future__ import annotations

import csv
import io

from data.reading.layout import COLUMNS
from data.reading.read import COHORT_FOLDER

FEWER = 30
"""So many of the reconstructed patients, the first ones, are not in the files."""

VALUES = ("Spätwert #1? 100 % & <b>/=x", "own-1", "from")
"""Laboratory values of their own: what an address would have to write in another way, and words that it uses itself."""

TERMS = ("Frau Mustermann: 皮膚", "Other than ?by=Sex&at=")
"""Reactions of their own."""


def rows(table: str) -> list[dict[str, str]]:
    gone = {row["patient"] for row in committed("patients")[:FEWER]}
    return [row for row in committed(table) if row["patient"] not in gone]


def committed(table: str) -> list[dict[str, str]]:
    with (COHORT_FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_csv(found: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(found[0]))
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue().encode()


def odd_files() -> dict[str, bytes]:
    """The four tables; measured values and reactions have names of their own too."""
    found = {table: rows(table) for table in COLUMNS}
    kl6 = [row for row in found["measurements"] if row["variable"] == "kl6"]
    found["measurements"] += [{**row, "variable": name} for name in VALUES for row in kl6]
    for i, row in enumerate(found["reactions"]):
        if i % 3 < len(TERMS):
            row["term"] = TERMS[i % 3]
    return {table: as_csv(found[table]) for table in COLUMNS}
