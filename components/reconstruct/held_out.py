"""The record of held-out truth: what members give for printed numbers that were left out, in ``left_out.csv``.

``python -m components.reconstruct heldout --seeds 1-11 --out data/ensemble`` goes on where it was interrupted.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from components.reconstruct.annealing import NotFoundError
from components.reconstruct.left_out import left_out, rebuilt
from components.reconstruct.targets import Targets
from data.cohort import Provenance, cohort_from
from data.ensemble import FOLDER, recorded_members, tables_of
from data.paper.published import PublishedNumber

RECORD = "left_out.csv"


@dataclass(frozen=True)
class HeldOut:
    """A left-out number and what the members gave for it; 0 or infinite where a hazard ratio is."""

    number: PublishedNumber
    values: tuple[float, ...]

    @property
    def covered(self) -> bool:
        """Whether the printed number lies between the least and the most, to half a unit of its last digit."""
        half, printed = 0.5 * 10.0 ** -(self.number.digits or 0), float(self.number.printed)
        return min(self.values) - half <= printed <= max(self.values) + half


def held_out(targets: Targets, folder: Path = FOLDER) -> tuple[HeldOut, ...]:
    """Every number that was left out, in the order of the search, with at least one value."""
    found: dict[str, list[float]] = {}
    for (id_, _), value in _recorded(folder / RECORD).items():
        if value:
            found.setdefault(id_, []).append(float(value))
    asked = (number for chosen in left_out(targets) for number in chosen.asked)
    return tuple(HeldOut(number, tuple(found[number.id])) for number in asked if number.id in found)


def record(seeds: tuple[int, ...], targets: Targets, report: Callable[[str], None], folder: Path = FOLDER) -> None:
    """Rebuild the members of these seeds without each number, and append what is not recorded yet, seed by seed.

    A blank value stands for a member in which no search succeeded.
    """
    file, places = folder / RECORD, {member.seed: place for place, member in enumerate(recorded_members(folder))}
    done = _recorded(file)
    for seed in seeds:
        member = cohort_from(tables_of(places[seed], folder), Provenance("reconstructed", f"seed {seed}", ""))
        for chosen in left_out(targets):
            if all((number.id, seed) in done for number in chosen.asked):
                continue
            try:
                values = {key: f"{value:.6g}" for key, value in rebuilt(chosen, member, seed, targets).items()}
            except NotFoundError as failure:
                report(f"seed {seed}, {chosen.asked[0].id}: {failure}")
                values = {number.id: "" for number in chosen.asked}
            with file.open("a", encoding="utf-8", newline="") as lines:
                csv.writer(lines, lineterminator="\n").writerows((key, seed, value) for key, value in values.items())
        report(f"seed {seed}: every number left out once")


def _recorded(file: Path) -> dict[tuple[str, int], str]:
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        return {(id_, int(seed)): value for id_, seed, value in csv.reader(lines)}
