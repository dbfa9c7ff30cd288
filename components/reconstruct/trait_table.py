"""How many members of the ensemble keep each trait: a table, written as ``traits.csv`` and into the record of members.

``python -m components.reconstruct traits --out data/ensemble``
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from components.reconstruct.believable import TRAITS, Finding, Trait, traits_of
from data.cohort import Provenance, cohort_from
from data.ensemble import FOLDER, RECORD, recorded_members, tables_of

FILE = "traits.csv"


@dataclass(frozen=True)
class TraitRow:
    """A trait over members: ``held`` of ``members`` lie in its range, and the least, median and most that they have."""

    trait: str
    held: int
    members: int
    least: float
    median: float
    most: float

    @property
    def printed(self) -> str:
        """The row of the document: what must hold, in which range, in how many members, and what they have."""
        trait = next(each for each in TRAITS if each.name == self.trait)
        bounds = (
            f"at most {trait.most:g}" if trait.least <= min(0.0, trait.most) else f"{trait.least:g} to {trait.most:g}"
        )
        has = f"{self.least:.3g} to {self.most:.3g}, median {self.median:.3g}"
        return f"| {trait.sentence.removesuffix('.')} | {bounds} | {has} | {self.held} of {self.members} |"


def row_of(trait: Trait, findings: list[Finding]) -> TraitRow:
    """One trait over members; those that have nothing it could be computed from count as held."""
    value = np.array([found.value for found in findings])
    low, middle, high = np.nanmin(value), np.nanmedian(value), np.nanmax(value)
    held = sum(found.believable for found in findings)
    return TraitRow(trait.name, held, len(value), *(round(float(end), 4) for end in (low, middle, high)))


def record_traits(report: Callable[[str], None], folder: Path = FOLDER) -> tuple[TraitRow, ...]:
    """Compute the traits of every member, write the table, and bring the record of the members up to date."""
    found: list[tuple[Finding, ...]] = []
    for place, member in enumerate(recorded_members(folder)):
        found.append(traits_of(cohort_from(tables_of(place, folder), Provenance("reconstructed", "", ""))))
        report(f"seed {member.seed}: {sum(not one.believable for one in found[-1])} of {len(TRAITS)} out of range")
    rows = tuple(row_of(trait, [member[i] for member in found]) for i, trait in enumerate(TRAITS))
    with (folder / FILE).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(asdict(rows[0])), lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
    record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    for member, findings in zip(record["members"], found, strict=True):
        member["unbelievable"] = [one.trait.name for one in findings if not one.believable]
    (folder / RECORD).write_text(f"{json.dumps(record, indent=1, ensure_ascii=False)}\n", encoding="utf-8")
    return rows
