"""The files of a reconstructed cohort: the same tables give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from components.evidence.fidelity import fidelity
from components.reconstruct.coherence import incoherences
from data.cohort import Cohort, Tables
from data.committed import write_list
from data.paper.published import published_numbers
from data.reading.read import reconstructed_cohort

TABLES = ("patients", "measurements", "reactions", "treatments")


@dataclass(frozen=True)
class Quality:
    """How many of the answerable published numbers a cohort gives back, and how often it breaks a rule of coherence."""

    reproduced: int
    answerable: int
    incoherent: int

    @property
    def perfect(self) -> bool:
        """Whether every number comes back and no rule is broken."""
        return self.reproduced == self.answerable and not self.incoherent

    def worse_than(self, other: Quality) -> bool:
        """Whether fewer numbers come back, or as many with more rules broken."""
        return (self.reproduced, -self.incoherent) < (other.reproduced, -other.incoherent)


def quality(cohort: Cohort) -> Quality:
    """The quality of a cohort."""
    rows = fidelity(cohort, published_numbers()).rows
    return Quality(sum(row.reproduced for row in rows), len(rows), len(incoherences(cohort)))


def quality_in(folder: Path) -> Quality | None:
    """The quality of the cohort in a folder; None where there is none that can be read."""
    if not all((folder / f"{name}.csv").exists() for name in TABLES):
        return None
    try:
        return quality(reconstructed_cohort(folder))
    except (ValueError, KeyError):
        return None


def written(tables: Tables, folder: Path) -> None:
    """Write the four files and the list of them, byte for byte the same for the same tables.

    Whole numbers are written as such, with Unix line ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        table: pd.DataFrame = getattr(tables, name)
        whole = {
            str(column): table[column].astype("Int64")
            for column in table.select_dtypes("float")
            if (table[column].dropna() % 1 == 0).all()
        }
        table.assign(**whole).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    write_list(folder, tuple(f"{name}.csv" for name in TABLES))


def kept_or_written(tables: Tables, found: Quality, folder: Path) -> bool:
    """Write the files unless the folder holds a better cohort already; whether they were written."""
    there = quality_in(folder)
    if there is not None and found.worse_than(there):
        return False
    written(tables, folder)
    return True
