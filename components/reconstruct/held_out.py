"""The record of held-out truth: what members give for printed numbers that were left out, in ``left_out.csv``.

``python -m components.reconstruct heldout --seeds 1-11 --out data/ensemble`` goes on where it was interrupted.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from components.evidence.coverage import DRAWN, RECORD, recorded_values
from components.reconstruct.annealing import NotFoundError
from components.reconstruct.left_out import left_out, rebuilt
from components.reconstruct.targets import Targets
from data.cohort import Provenance, cohort_from
from data.ensemble import FOLDER, recorded_members, tables_of


def record(
    seeds: tuple[int, ...],
    targets: Targets,
    report: Callable[[str], None],
    folder: Path = FOLDER,
    *,
    drawn: bool = False,
) -> None:
    """Rebuild the members of these seeds without each number, and append what is not recorded yet, seed by seed.

    With ``drawn`` strengths the record is one of its own, and progression-free survival, which has no strength, is
    not asked again. A blank value stands for a member in which no search succeeded.
    """
    file, places = (
        folder / (DRAWN if drawn else RECORD),
        {member.seed: place for place, member in enumerate(recorded_members(folder))},
    )
    done = recorded_values(file)
    for seed in seeds:
        member = cohort_from(tables_of(places[seed], folder), Provenance("reconstructed", f"seed {seed}", ""))
        for chosen in left_out(targets):
            if all((number.id, seed) in done for number in chosen.asked) or (drawn and not chosen.key):
                continue
            try:
                found = rebuilt(chosen, member, seed, targets, drawn=drawn)
                values = {key: f"{value:.6g}" for key, value in found.items()}
            except NotFoundError as failure:
                report(f"seed {seed}, {chosen.asked[0].id}: {failure}")
                values = {number.id: "" for number in chosen.asked}
            with file.open("a", encoding="utf-8", newline="") as lines:
                csv.writer(lines, lineterminator="\n").writerows((key, seed, value) for key, value in values.items())
        report(f"seed {seed}: every number left out once")
