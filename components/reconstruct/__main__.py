"""Command: reconstruct a cohort and write its files.

``python -m components.reconstruct --seed 1 --out data/cohort``
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import pandas as pd

from components.evidence.fidelity import fidelity, report
from components.reconstruct.assembly import reconstructed_tables
from components.reconstruct.coherence import incoherences
from components.reconstruct.targets import published_targets
from data.cohort import Provenance, Tables, cohort_from
from data.committed import write_list
from data.paper.published import published_numbers

TABLES = ("patients", "measurements", "reactions", "treatments")


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


def main() -> int:
    """Reconstruct, write, and say how faithful and coherent the cohort is; 1 when a number or a rule is missed."""
    parser = argparse.ArgumentParser(prog="python -m components.reconstruct", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="another seed gives another cohort, just as faithful")
    parser.add_argument("--out", type=Path, required=True, help="folder for the four files")
    chosen = parser.parse_args()
    start = time.perf_counter()

    def told(line: str) -> None:
        print(f"{time.perf_counter() - start:6.1f} s  {line}", flush=True)

    tables = reconstructed_tables(chosen.seed, published_targets(), told)
    written(tables, chosen.out)
    told(f"four files in {chosen.out}")
    cohort = cohort_from(tables, Provenance("reconstructed", f"seed {chosen.seed}", ""))
    found = fidelity(cohort, published_numbers())
    wrong = incoherences(cohort)
    print(report(found))
    for incoherence in wrong:
        print(incoherence)
    told(f"{len(wrong)} incoherences")
    return int(bool(wrong) or not all(row.reproduced for row in found.rows))


if __name__ == "__main__":
    sys.exit(main())
